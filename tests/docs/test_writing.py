"""The page on writing shows what is really answered: its examples are run, in order, in the made-up county.

`ICSGRAPH_WRITE_README=1` puts the real answers in; read the diff before committing it.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

from neo4j import Driver

from resolvers import amending, order, recording, writes
from server.connection import Connection
from tests.conftest import wipe
from tests.server.writing_county import Client, county, key_of, writing

_PAGE = Path(__file__).parents[2] / "docs" / "writing.md"


def _block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, name
    return found[1]


def _holds(name: str, data: dict[str, Any]) -> None:
    real = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("ICSGRAPH_WRITE_README"):
        text = _PAGE.read_text(encoding="utf-8")
        shown = re.compile(rf"(<!-- {name} -->\n```\w*\n)(.*?)(```)", re.DOTALL)
        _PAGE.write_text(shown.sub(lambda found: found[1] + real + found[3], text), encoding="utf-8")
    assert _block(name) == real


async def _data(client: Client, query: str, **variables: Any) -> dict[str, Any]:
    answer = (await client.post(query, **variables)).json()
    assert "errors" not in answer, answer["errors"]
    data: dict[str, Any] = answer["data"]
    return data


async def test_the_examples_are_answered_as_shown(neo4j_connection: Connection, neo4j_driver: Driver) -> None:
    """The dry run, the real one, and the end of what it recorded."""
    wipe(neo4j_driver)
    county(neo4j_driver)
    variables = json.loads(_block("variables"))
    async with writing(neo4j_connection, key_of(neo4j_driver)) as client:
        dry = await _data(client, _block("mutation"), **variables)
        del variables["input"]["dryRun"]
        real = await _data(client, _block("mutation"), **variables)
        ended = await _data(client, _block("ending"))

    _holds("dry answer", dry)
    _holds("answer", real)
    _holds("ending answer", ended)


def test_every_code_of_a_refusal_is_on_the_page() -> None:
    """Whoever meets one finds why."""
    texts = [Path(str(one.__file__)).read_text(encoding="utf-8") for one in (amending, order, recording, writes)]
    codes = {code for text in texts for code in re.findall(r'refuse\(\s*"([A-Z_]+)"', text)}
    codes |= {"AGREEMENT_EXISTS", "ELIGIBILITY_EXISTS"}  # named where the two kinds of statements are described
    page = _PAGE.read_text(encoding="utf-8")

    assert len(codes) > 15
    assert [code for code in sorted(codes) if f"`{code}`" not in page] == []
