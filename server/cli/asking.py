"""The API as a command asks it: the same documents, the same answers, without HTTP."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
import typer

from server.origin import Origin
from server.settings import Settings

__all__ = ["Ask", "api", "data_of"]

Ask = Callable[[str, Mapping[str, object]], Awaitable[dict[str, Any]]]

_BAD_USAGE = 2


@asynccontextmanager
async def api(settings: Settings, origin: Origin) -> AsyncIterator[Ask]:
    """Give what asks a document of the graph and returns the whole answer. Its cursors serve this process alone."""
    # Here, because the whole schema is made when it is imported, which no other command has to wait for.
    from server.app import create_answers
    from server.database import Neo4jGraph

    async with Neo4jGraph(origin.connection, origin.database, settings.query_timeout_seconds) as graph:
        answers = create_answers(settings, graph, secrets.token_bytes(32))

        async def ask(document: str, variables: Mapping[str, object]) -> dict[str, Any]:
            answer: dict[str, Any] = orjson.loads((await answers.answer(document, variables)).body)
            return answer

        yield ask


def data_of(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data of an answer; where it has errors, say them and end: what was typed is at fault."""
    if answer.get("errors"):
        typer.echo(f"icsgraph: {' '.join(error['message'] for error in answer['errors'])}", err=True)
        raise typer.Exit(_BAD_USAGE)
    data: Mapping[str, Any] = answer["data"]
    return data
