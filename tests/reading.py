"""What tests of answers share: an `Answers` over a Neo4j, and a graph that counts the statements it runs."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import orjson

from cypher.graph import Graph
from resolvers.answers import Answers
from server.app import create_answers
from server.connection import Connection
from server.database import Neo4jGraph
from server.settings import Settings

__all__ = ["TODAY", "Asking", "RecordingGraph", "asking"]

TODAY = date(2026, 11, 24)  # all sources were read by then; later dates bring nothing new
# A plan fits a world of a dozen things whatever the last one held; to plan a large statement anew takes seconds.
_PLANNED_ONCE = "CYPHER replan=skip\n"
_TIMEOUT_SECONDS = 60.0  # of a statement in tests, where the machine may be busy with other things


class RecordingGraph:
    """A `Graph` that remembers each statement that it passes on."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.statements: list[str] = []
        self.parameters: list[dict[str, Any]] = []

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Run a statement and return its records."""
        self.statements.append(text)
        self.parameters.append(dict(parameters))
        return await self._graph.read(_PLANNED_ONCE + text, parameters)


class Asking:
    """Asks documents of a graph and gives the parsed answers."""

    def __init__(self, graph: RecordingGraph, answers: Answers) -> None:
        self.graph = graph
        self.answers = answers

    async def whole(self, document: str, **variables: object) -> dict[str, Any]:
        """Return the whole answer: data, errors, extensions."""
        answer = await self.answers.answer(document, variables)
        parsed: dict[str, Any] = orjson.loads(answer.body)
        return parsed

    async def data(self, document: str, **variables: object) -> dict[str, Any]:
        """Return the data of an answer that has no errors."""
        answer = await self.whole(document, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def error(self, document: str, **variables: object) -> dict[str, Any]:
        """Return the one error of an answer that has no data."""
        answer = await self.whole(document, **variables)
        assert "data" not in answer
        assert len(answer["errors"]) == 1
        error: dict[str, Any] = answer["errors"][0]
        return error


@asynccontextmanager
async def asking(connection: Connection, today: date = TODAY) -> AsyncIterator[Asking]:
    """Give an `Asking` over a Neo4j, as of a fixed today."""
    async with Neo4jGraph(connection, "neo4j", _TIMEOUT_SECONDS) as graph:
        recording = RecordingGraph(graph)
        yield Asking(recording, create_answers(Settings(), recording, b"tests", lambda: today))
