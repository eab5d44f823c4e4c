"""The README shows what is really answered: its examples are run.

`ICSGRAPH_WRITE_README=1` puts the real answers in; read the diff before committing it.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from server.connection import Connection
from tests.reading import asking

_README = Path(__file__).parent.parent.parent / "README.md"


def _block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```", _README.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, name
    return found[1]


def _holds(name: str, real: str) -> None:
    if os.environ.get("ICSGRAPH_WRITE_README"):
        text = _README.read_text(encoding="utf-8")
        shown = re.compile(rf"(<!-- {name} -->\n```\w*\n)(.*?)(```)", re.DOTALL)
        _README.write_text(shown.sub(lambda found: found[1] + real + found[3], text), encoding="utf-8")
    assert _block(name) == real


async def test_the_graphql_example_is_answered_as_shown(real_graph: Connection) -> None:
    """The JSON in the README is the real answer's data."""
    async with asking(real_graph) as ask:
        data = await ask.data(_block("graphql"))

    _holds("graphql answer", json.dumps(data, indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", ["graphql gaps", "graphql explanation"])
async def test_the_examples_of_gaps_and_of_an_explanation_are_answered_as_shown(
    real_graph: Connection, name: str
) -> None:
    """The gaps of West Yorkshire and the sentences are the real answers'."""
    async with asking(real_graph) as ask:
        data = await ask.data(_block(name))

    _holds(f"{name} answer", json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def test_the_cypher_example_is_answered_as_shown(real_graph: Connection) -> None:
    """The two lines give the same service as the API."""
    with GraphDatabase.driver(real_graph.uri, auth=(real_graph.user, real_graph.password)) as driver:
        records = driver.execute_query(_block("cypher")).records
    lines = [" | ".join(str(value) for value in record.values()) for record in records]

    _holds("cypher answer", "\n".join([" | ".join(records[0].keys()), *lines]) + "\n")


def test_the_terminal_example_is_answered_as_shown(real_graph: Connection) -> None:
    """What the README shows is what the command prints, 100 columns wide."""
    asked = next(line for line in _block("terminal").splitlines() if line.startswith("$ icsgraph "))
    environment = {
        **os.environ,
        "NEO4J_URI": real_graph.uri,
        "NEO4J_USER": real_graph.user,
        "NEO4J_PASSWORD": real_graph.password,
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "server.cli", *asked.removeprefix("$ icsgraph ").split()],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    _holds("terminal", asked + "\n" + "".join(line.rstrip() + "\n" for line in ran.stdout.splitlines()))


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE"])
def test_the_papers_name_no_place_of_a_machine(name: str) -> None:
    """What is published holds no path of whoever wrote it."""
    text = (_README.parent / name).read_text(encoding="utf-8")

    assert not re.search(r"/(work|root|home)/", text)
