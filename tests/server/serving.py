"""What tests over HTTP share: a client of the application, and the graphs under it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import httpx

from cypher.graph import Graph
from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.settings import Settings
from tests.reading import TODAY, RecordingGraph

__all__ = ["SilentGraph", "client_of", "code_of", "serving"]


class SilentGraph:
    """A `Graph` that never answers, as a database that loops or a connection that died."""

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Wait for ever."""
        del text, parameters
        await asyncio.Event().wait()
        return []


@asynccontextmanager
async def client_of(
    graph: Graph, settings: Settings | None = None, today: date = TODAY
) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the application over any graph."""
    app = create_app(settings or Settings(), graph, cursor_secret=b"tests", today=lambda: today)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


@asynccontextmanager
async def serving(
    connection: Connection, settings: Settings | None = None, today: date = TODAY
) -> AsyncIterator[tuple[httpx.AsyncClient, RecordingGraph]]:
    """Give a client of the application over a Neo4j, and the graph that counts its statements."""
    async with Neo4jGraph(connection, "neo4j", 60) as graph:
        recording = RecordingGraph(graph)
        async with client_of(recording, settings, today) as client:
            yield client, recording


def code_of(response: httpx.Response) -> str:
    """Return the code of an answer that has an error and no data."""
    body: dict[str, Any] = response.json()
    assert "data" not in body
    return str(body["errors"][0]["extensions"]["code"])
