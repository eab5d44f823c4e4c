"""What is refused costs the event loop next to nothing and holds nobody up; a start is short."""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from server.connection import Connection
from tests.server.serving import client_of

_MOST_SECONDS = 0.05
_FRAGMENTS = " ".join(f"fragment F{one} on Query {{ ...F{one + 1} ...F{one + 1} }}" for one in range(300))
_IN_EACH_OTHER = "... on Entity { history { nodes { entity { history { nodes { date } } } } } } "
_REFUSED = {
    "too many tokens": ("{ " + "graph { sequence } " * 5000 + "}", "TOO_MANY_TOKENS"),
    "too deep to parse": ("{ graph " + "{ a " * 1990 + "}" * 1990 + " }", "GRAPHQL_PARSE_FAILED"),
    "too deep": ("{ graph " + "{ a " * 40 + "}" * 40 + " }", "TOO_DEEP"),
    "too large": ("{ graph { sequence } } #" + "x" * 300_000, "BODY_TOO_LARGE"),
    "too costly": (
        "{ gpPractices(first: 1000) { nodes { history(first: 1000) { nodes { values { field } } } } } }",
        "TOO_COSTLY",
    ),
    "doubling fragments": (
        f"{{ ...F0 }} {_FRAGMENTS} fragment F300 on Query {{ graph {{ sequence }} }}",
        "TOO_MANY_ROOT_FIELDS",
    ),
    "one field for ever": ("{ graph { " + "sequence " * 3900 + "} }", "GRAPHQL_VALIDATION_FAILED"),
    "nothing of the schema": ("{ graph { " + "nothing " * 3900 + "} }", "GRAPHQL_VALIDATION_FAILED"),
    "what must be merged": (f'{{ node(id: "x") {{ {_IN_EACH_OTHER * 170} nothing }} }}', "GRAPHQL_VALIDATION_FAILED"),
}


class _Empty:
    """A graph of which only the frame is known, with as many practices as there are."""

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Give the frame."""
        del text, parameters
        return [[[1, None, None, {"GPPractice": 6000}, []]]]


@pytest.mark.parametrize("name", _REFUSED)
async def test_a_refused_document_costs_the_event_loop_little_and_holds_nobody_up(name: str) -> None:
    """Counted in the time of the loop's own thread, so that a busy machine makes no difference; another is answered."""
    document, code = _REFUSED[name]
    async with client_of(_Empty()) as client:
        for warm in ("{ __typename }", '{ __type(name: "Query") { name } }'):
            await client.post("/graphql", json={"query": warm})
        before = time.thread_time()

        refused = asyncio.create_task(client.post("/graphql", json={"query": document}))
        await asyncio.sleep(0)
        other = await client.post("/graphql", json={"query": "{ __typename }"})
        waited = time.thread_time() - before
        answer = await refused
        spent = time.thread_time() - before

    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert other.json()["data"] == {"__typename": "Query"}
    assert waited < _MOST_SECONDS
    assert spent < 2 * _MOST_SECONDS, "what the client of the tests spends is among it"


_START = """
import asyncio, json, os
import httpx
from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.settings import Settings

async def answered() -> None:
    connection = Connection(os.environ["URI"], os.environ["USER_NAME"], os.environ["PASSWORD"])
    async with Neo4jGraph(connection, "neo4j", 60) as graph:
        app = create_app(Settings(), graph, cursor_secret=b"start")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://start") as client:
            response = await client.post("/graphql", json={"query": "{ graph { sequence } }"})
            print(json.dumps(response.json()["data"]))

asyncio.run(answered())
"""


_MOST_TO_START = 2.0


def test_a_start_takes_less_than_two_seconds(real_graph: Connection) -> None:
    """From the program's first line to the first answer, with a running database: in processor time, whole.

    A first start leaves the bytecode of its modules behind, as an installation does; it is the second that counts.
    """
    environment = os.environ | {
        "URI": real_graph.uri,
        "USER_NAME": real_graph.user,
        "PASSWORD": real_graph.password,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    _start(environment)
    taken, said = _start(environment)

    assert said.startswith('{"graph": {"sequence": ')
    assert taken < _MOST_TO_START


def _start(environment: dict[str, str]) -> tuple[float, str]:
    """Start, ask, and end; return how much processor time that took, and the answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "-c", _START], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ran.returncode == 0, ran.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ran.stdout
