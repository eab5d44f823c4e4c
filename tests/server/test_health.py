"""`/health`: 200 with the sequence when the database answers, 503 otherwise, and nothing told of why."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from cypher.validity import today_in_england
from cypher.writer import Writer
from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.errors import Neo4jUnreachable, QueryFailed
from server.settings import Settings


class _Away:
    """A graph whose database fails in one way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:  # noqa: ARG002 - as a Graph is asked
        """Fail."""
        raise self._error


class _Rows:
    """A graph that answers everything with the same rows."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self._rows = rows

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:  # noqa: ARG002 - as a Graph is asked
        """Answer."""
        return self._rows


async def _probe(graph: Any, method: str = "GET") -> httpx.Response:
    transport = httpx.ASGITransport(create_app(Settings(), graph))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, "/health")


async def test_a_graph_that_answers_is_healthy_and_says_its_sequence(real_graph: Connection) -> None:
    """The sequence is that of the last change set."""
    async with Neo4jGraph(real_graph, "neo4j", 60) as graph:
        response = await _probe(graph)
        asked = (await graph.read("MATCH (c:ChangeSet) RETURN max(c.sequence)", {}))[0][0]

    assert (response.status_code, response.json()) == (200, {"status": "OK", "sequence": asked})
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("error", [Neo4jUnreachable("bolt://secret-host is away"), QueryFailed("refused")])
async def test_a_database_that_is_away_is_503_without_a_word_of_why(error: Exception) -> None:
    """Whoever probes learns that it does not answer, and no address."""
    response = await _probe(_Away(error))

    assert (response.status_code, response.json()) == (503, {"status": "DATABASE_UNAVAILABLE"})


async def test_a_closed_port_is_503() -> None:
    """A real driver that finds nobody is the same as a database that is away."""
    async with Neo4jGraph(Connection("bolt://127.0.0.1:9", "neo4j", "x"), "neo4j", 5) as graph:
        response = await _probe(graph)

    assert response.status_code == 503


@pytest.mark.parametrize("rows", [[], [[0, None]]])
async def test_a_database_without_a_graph_is_503(rows: list[list[Any]]) -> None:
    """It answers, but there is nothing to serve yet."""
    response = await _probe(_Rows(rows))

    assert (response.status_code, response.json()) == (503, {"status": "GRAPH_EMPTY"})


async def test_a_prepared_database_that_holds_nothing_is_503(empty_graph: Connection, neo4j_driver: Any) -> None:
    """Before the first change set there is no graph to answer from."""
    Writer(neo4j_driver, today_in_england()).prepare()
    async with Neo4jGraph(empty_graph, "neo4j", 30) as graph:
        response = await _probe(graph)

    assert (response.status_code, response.json()) == (503, {"status": "GRAPH_EMPTY"})


async def test_only_reading_is_allowed() -> None:
    """A probe changes nothing."""
    assert (await _probe(_Rows([[1]]), "HEAD")).status_code == 200
    assert (await _probe(_Rows([[1]]), "POST")).status_code == 405
