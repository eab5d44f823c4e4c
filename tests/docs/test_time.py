"""docs/time.md shows what is really answered: its three change sets are written and its examples are run.

`ICSGRAPH_WRITE_TIME=1` puts the real answers in; read the diff before committing it.
"""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from neo4j import Driver

from cypher.change import NodeRecord
from cypher.writer import Writer
from server.connection import Connection
from tests.cypher.world import changed, opened, state
from tests.reading import asking

_PAGE = Path(__file__).parents[2] / "docs" / "time.md"
_TODAY = date(2021, 12, 1)


def _practice(begins: date, ends: date | None = None) -> NodeRecord:
    return NodeRecord("GPPractice", "P11", "Organisation", (state(begins, ends, name="Ash House", odsCode="P11"),))


@pytest.fixture
def learnt(empty_graph: Connection, neo4j_driver: Driver) -> Connection:
    """Give a graph that learnt the three things of the page, one after the other."""
    writer = Writer(neo4j_driver, _TODAY)
    writer.prepare()
    first, second, third = (
        _practice(date(2020, 1, 1)),
        _practice(date(2020, 3, 1)),
        _practice(date(2020, 3, 1), date(2021, 7, 1)),
    )
    for changes in (opened(first), changed(first, second), changed(second, third)):
        writer.apply(changes, source="page")
    return empty_graph


async def test_the_examples_are_answered_as_shown(learnt: Connection) -> None:
    """Every example of the page has its answer below it, which is the real one's data."""
    text = _PAGE.read_text(encoding="utf-8")
    examples = re.findall(r"<!-- (\w+) -->\n```graphql\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 4
    async with asking(learnt, _TODAY) as ask:
        for name, document in examples:
            real = json.dumps(await ask.data(document), indent=2) + "\n"
            answer = re.compile(rf"(<!-- {name} answer -->\n```json\n)(.*?)(```)", re.DOTALL)
            if os.environ.get("ICSGRAPH_WRITE_TIME"):
                text = answer.sub(lambda found, real=real: found[1] + real + found[3], text)  # type: ignore[misc]  # inferred
                _PAGE.write_text(text, encoding="utf-8")
            found = answer.search(text)
            assert found is not None, name
            assert found[2] == real, name
