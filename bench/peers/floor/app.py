"""The floor: each question's hand-written statement through the official async driver, in Starlette, without GraphQL.

`POST /floor/NAME` and `/floor-dated/NAME` with the variables as JSON; the one row is the answer. `/constant` is a body
that was there before: what HTTP alone costs.
"""

import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase
from neo4j.time import Date
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.question import questions

__all__ = ["app", "statements"]

_CONSTANT = orjson.dumps({"data": {"primaryCareNetwork": {"name": "WEST KENT HEALTH PCN"}}})
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def statements() -> dict[str, str]:
    """Return the hand-written statements by the path at which they are answered."""
    found = {}
    for one in questions():
        found[f"/floor/{one.name}"] = one.floor
        if one.floor_dated is not None:
            found[f"/floor-dated/{one.name}"] = one.floor_dated
    return found


def bound(variables: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a statement: the date as a date."""
    if "asOf" in variables:
        return variables | {"asOf": date.fromisoformat(variables["asOf"])}
    return variables


def as_text(value: object) -> str:
    """Return a date as JSON has it."""
    if isinstance(value, Date):
        return value.iso_format()
    raise TypeError(f"{type(value).__name__} has no JSON form")


class _Floor:
    def __init__(self) -> None:
        self._driver: AsyncDriver | None = None

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        uri, user, password = (os.environ[name] for name in ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD"))
        driver = AsyncGraphDatabase.driver(
            uri, auth=(user, password), notifications_min_severity="OFF", telemetry_disabled=True
        )
        async with driver:
            self._driver = driver
            yield

    def endpoint(self, statement: str) -> Endpoint:
        async def respond(request: Request) -> Response:
            assert self._driver is not None  # noqa: S101  # the lifespan comes first
            parameters = bound(orjson.loads(await request.body()))
            async with self._driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
                result = await session.run(statement, parameters)
                record = await result.single()
            row = None if record is None else record[0]
            return Response(orjson.dumps(row, default=as_text), media_type="application/json")

        return respond


async def _constant(request: Request) -> Response:
    await request.body()
    return Response(_CONSTANT, media_type="application/json")


def app() -> Starlette:
    """Return the application."""
    floor = _Floor()
    return Starlette(
        routes=[
            Route("/constant", _constant, methods=["POST"]),
            *(Route(path, floor.endpoint(text), methods=["POST"]) for path, text in statements().items()),
        ],
        lifespan=floor.lifespan,
    )
