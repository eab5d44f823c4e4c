"""An answer is given again from memory as long as the graph is proven to be the same, and no longer."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from neo4j import Driver
from starlette.types import Receive, Scope, Send

from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.memory import Memory
from server.sequence import Watch
from server.settings import Settings
from tests.reading import TODAY
from tests.server.small import FIRST, make_small, write_practice

_QUERY = f'{{ gpPractice(odsCode: "{FIRST}") {{ name }} }}'
_BOUND_SECONDS = 0.4
_LONG = Settings(fresh_milliseconds=600_000)  # however busy the machine is, what is kept is proven


class _CountingGraph:
    """A Neo4j whose statements are counted, polls of the sequence apart."""

    def __init__(self, graph: Neo4jGraph) -> None:
        self._graph = graph
        self.read_count = 0
        self.idle = asyncio.Event()
        self._under_way = 0

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        self.read_count += 1
        self._under_way += 1
        self.idle.clear()
        try:
            return await self._graph.read(text, parameters)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self.idle.set()

    async def read_marked(self, text: str, parameters: Mapping[str, Any]) -> tuple[list[list[Any]], str]:
        return await self._graph.read_marked(text, parameters)


@asynccontextmanager
async def _serving(
    connection: Connection, settings: Settings = _LONG
) -> AsyncIterator[tuple[httpx.AsyncClient, _CountingGraph]]:
    async with Neo4jGraph(connection, "neo4j", 60) as neo4j:
        graph = _CountingGraph(neo4j)
        app = create_app(settings, graph, cursor_secret=b"tests", today=lambda: TODAY)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
        ):
            await _post(client, "{ graph { sequence } }")  # the first request of all also reads the degrees
            await graph.idle.wait()  # what is planned at the start is planned
            yield client, graph


async def _post(client: httpx.AsyncClient, query: str = _QUERY, **headers: str) -> httpx.Response:
    return await client.post("/graphql", json={"query": query}, headers=headers)


@pytest.fixture(scope="module")
def small_graph(neo4j_connection: Connection, neo4j_driver: Driver) -> Connection:
    """Give a Neo4j that held one practice at the start."""
    make_small(neo4j_driver)
    return neo4j_connection


async def test_a_repeated_request_asks_the_database_nothing(small_graph: Connection) -> None:
    """The same bytes come again, headers and all; so does a 304."""
    async with _serving(small_graph) as (client, graph):
        first = await _post(client)
        unchanged = await _post(client, **{"if-none-match": first.headers["etag"]})
        asked = graph.read_count
        again = await _post(client)
        unchanged_again = await _post(client, **{"if-none-match": first.headers["etag"]})

    assert graph.read_count == asked
    assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)
    assert (unchanged.status_code, unchanged_again.status_code, unchanged_again.content) == (304, 304, b"")


@pytest.mark.parametrize(
    "headers",
    [{"accept": "application/graphql-response+json"}, {"accept-encoding": "identity"}],
    ids=str,
)
async def test_another_request_is_no_repetition(small_graph: Connection, headers: dict[str, str]) -> None:
    """What chooses an answer's form tells requests apart."""
    async with _serving(small_graph) as (client, graph):
        await _post(client)
        asked = graph.read_count
        await _post(client, **headers)

    assert graph.read_count == asked + 1


async def test_mistakes_and_dry_runs_are_not_kept(small_graph: Connection) -> None:
    """They are answered anew each time; a dry run costs no statement anyway."""
    async with _serving(small_graph) as (client, _):
        wrong = [await _post(client, "{ gpPractice { nothing } }") for _ in range(2)]
        dry = await client.post("/graphql", json={"query": _QUERY, "extensions": {"dryRun": True}})

    assert [one.headers["cache-control"] for one in (*wrong, dry)] == ["no-store"] * 3


@pytest.mark.parametrize("is_ours", [True, False], ids=["our writer", "round our writer"])
async def test_a_write_is_seen_within_the_bound(small_graph: Connection, neo4j_driver: Driver, is_ours: bool) -> None:
    """By its sequence; and where somebody wrote round our writer and left the sequence alone, by the commit itself."""
    settings = Settings(fresh_milliseconds=int(_BOUND_SECONDS * 1000))
    async with _serving(small_graph, settings) as (client, _):
        query = '{ gpPractice(odsCode: "A00002") { name } }' if is_ours else _QUERY
        before = (await _post(client, query)).json()["data"]["gpPractice"]
        if is_ours:
            await asyncio.to_thread(write_practice, neo4j_driver, "A00002")
        else:
            stray = f"MATCH (n:GPPractice {{code: '{FIRST}'}}) SET n.name = 'other'"
            await asyncio.to_thread(neo4j_driver.execute_query, stray)
        await asyncio.sleep(_BOUND_SECONDS)
        after = (await _post(client, query)).json()["data"]["gpPractice"]

    assert before == (None if is_ours else {"name": f"GPPractice {FIRST}"})
    assert after == {"name": "GPPractice A00002" if is_ours else "other"}


async def test_nothing_is_kept_where_the_memory_is_0(small_graph: Connection) -> None:
    """Each request is a statement then."""
    settings = Settings(memory_megabytes=0)
    async with _serving(small_graph, settings) as (client, graph):
        await _post(client)
        asked = graph.read_count
        await _post(client)

    assert graph.read_count == asked + 1


async def test_what_no_poll_proves_is_read_anew(small_graph: Connection) -> None:
    """Without polls, as while the database is slow, nothing comes from memory."""
    async with Neo4jGraph(small_graph, "neo4j", 60) as neo4j:
        graph = _CountingGraph(neo4j)
        app = create_app(_LONG, graph, cursor_secret=b"tests", today=lambda: TODAY)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            await _post(client)
            asked = graph.read_count
            await _post(client)

    assert graph.read_count == asked + 1


async def test_the_memory_holds_no_more_than_it_may() -> None:
    """The answers least lately used go first, and one that is too large is never kept."""
    calls: list[bytes] = []

    class Head:
        async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
            del text, parameters
            return [[1]]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["path"] == "/graphql"
        body = (await receive())["body"]
        calls.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"1"')]})
        await send({"type": "http.response.body", "body": b"x" * (10_000 if body == b"large" else 1_000)})

    watch = Watch(Head(), 60)
    await watch.poll()
    memory = Memory(app, watch, 20_000, 60, lambda: TODAY)

    async def ask(body: bytes) -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(_: Any) -> None:
            return

        scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": []}
        await memory(scope, receive, send)

    for number in range(9):
        await ask(b"%d" % number)
        await ask(b"0")
    await ask(b"9")
    await ask(b"1")
    for _ in range(2):
        await ask(b"large")

    assert calls.count(b"0") == 1
    assert calls.count(b"1") == 2
    assert calls.count(b"large") == 2
