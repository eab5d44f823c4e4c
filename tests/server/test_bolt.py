"""The pipelined reader reads what the official driver reads, and comes through whatever goes wrong."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from server.bolt import BoltGraph, is_possible
from server.connection import Connection
from server.database import Neo4jGraph
from server.errors import Neo4jUnreachable, QueryFailed, QueryTimedOut
from server.local import LocalNeo4j

_ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a + b AS c WHERE c < 0 RETURN count(c)"
_PATIENCE_SECONDS = 60.0

_VALUES = """
RETURN null, true, false, 0, -1, 127, 128, -129, 32768, -32769, 2147483648, 9223372036854775807, 1.5, -0.25, '', 'a',
  'é€😀', [], [1, [2, ['x']]], {a: 1, b: {c: [null]}}, date('2026-04-01'), datetime('2026-04-01T12:30:00.5Z'),
  datetime('2026-04-01T12:30:00[Europe/London]'), localdatetime('2026-04-01T12:30:00'), duration('P1M2DT3S'),
  point({latitude: 51.5, longitude: -0.25}), $given
"""
_GIVEN = {
    "text": "x" * 70_000,  # more than one chunk
    "numbers": [0, -17, 2**40, 1.5],
    "day": date(2026, 4, 1),
    "nothing": None,
    "within": {"deep": [{"er": (1, 2)}]},
    "many": list(range(300)),
}


@asynccontextmanager
async def _reading(connection: Connection, timeout_seconds: float = 60.0, most: int = 100) -> AsyncIterator[BoltGraph]:
    async with BoltGraph(connection, "neo4j", timeout_seconds, most) as graph:
        yield graph


async def _until_nobody_runs(connection: Connection) -> None:
    """Return once none but this asks the server anything."""
    asked = "SHOW TRANSACTIONS YIELD currentQuery AS asked WHERE asked STARTS WITH 'UNWIND range(1, 1000000)' RETURN 1"
    async with Neo4jGraph(connection, "neo4j", 60) as graph:
        until = time.monotonic() + _PATIENCE_SECONDS
        while await graph.read(asked, {}):
            assert time.monotonic() < until, "the statement runs on"
            await asyncio.sleep(0.1)


async def test_it_reads_what_the_official_driver_reads(neo4j_connection: Connection) -> None:
    """Every kind of value, in both directions, over several chunks, and of the same types."""
    async with _reading(neo4j_connection) as graph, Neo4jGraph(neo4j_connection, "neo4j", 60) as official:
        ours = await graph.read(_VALUES, {"given": _GIVEN})
        theirs = await official.read(_VALUES, {"given": _GIVEN})

    assert ours == theirs
    assert [type(one) for one in ours[0]] == [type(one) for one in theirs[0]]


def test_it_reads_on_the_loop_of_the_server(neo4j_connection: Connection) -> None:
    """Which is uvloop's where there is one, whose transports are no subclass of asyncio's."""
    uvloop = pytest.importorskip("uvloop")

    async def read() -> object:
        async with _reading(neo4j_connection) as graph:
            return await graph.read("RETURN 1", {})

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(read()) == [[1]]


async def test_many_rows_and_large_rows_come_whole(neo4j_connection: Connection) -> None:
    """In their order; an answer of several megabytes too."""
    async with _reading(neo4j_connection) as graph:
        many = await graph.read("UNWIND range(1, 20000) AS n RETURN n, toString(n)", {})
        large = await graph.read("RETURN [n IN range(1, 300000) | 'number ' + n] AS all", {})
        none = await graph.read("MATCH (n:NoSuchLabel) RETURN n.name", {})

    assert many == [[n, str(n)] for n in range(1, 20001)]
    assert large == [[[f"number {n}" for n in range(1, 300001)]]]
    assert none == []


async def test_its_mark_is_the_official_drivers(neo4j_connection: Connection) -> None:
    """So that two processes, one with each, agree."""
    async with _reading(neo4j_connection) as graph, Neo4jGraph(neo4j_connection, "neo4j", 60) as official:
        assert (await graph.read_marked("RETURN 1", {}))[1] == (await official.read_marked("RETURN 1", {}))[1] != ""


async def test_answers_are_not_mixed_up(neo4j_connection: Connection) -> None:
    """However many ask at a time over few connections, and although some of them fail or give up."""

    async def ask(graph: BoltGraph, number: int) -> object:
        if number % 7 == 0:
            with pytest.raises(QueryFailed):
                await graph.read("RETURN 1 +", {})
            return number
        if number % 11 == 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.001 * (number % 5)):
                    await graph.read("RETURN $number", {"number": number})
            return number
        return (await graph.read("RETURN $number", {"number": number}))[0][0]

    async with _reading(neo4j_connection, most=8) as graph:
        assert await asyncio.gather(*(ask(graph, number) for number in range(400))) == list(range(400))


@pytest.mark.parametrize(
    ("statement", "parameters"),
    [("RETURN 1 +", {}), ("RETURN $missing", {}), ("UNWIND [1, 0] AS n RETURN 1 / n", {}), ("RETURN $n", {"n": 2**70})],
)
async def test_a_statement_that_fails_is_an_error_and_the_connection_goes_on(
    neo4j_connection: Connection, statement: str, parameters: dict[str, object]
) -> None:
    """Before its first row or after it; there is one connection, and it is used again."""
    async with _reading(neo4j_connection, most=1) as graph:
        for _ in range(3):
            with pytest.raises(QueryFailed):
                await graph.read(statement, parameters)
            assert await graph.read("RETURN 1", {}) == [[1]]


async def test_it_only_reads(neo4j_connection: Connection) -> None:
    """A statement that would write is refused by the server."""
    async with _reading(neo4j_connection) as graph:
        with pytest.raises(QueryFailed):
            await graph.read("CREATE (n:Written) RETURN 1", {})


async def test_a_statement_is_ended_when_its_time_is_over(neo4j_connection: Connection) -> None:
    """By the server, whose time-out it is; the sentence names it."""
    async with _reading(neo4j_connection, timeout_seconds=1) as graph:
        with pytest.raises(QueryTimedOut, match="longer than 1 s"):
            await graph.read(_ENDLESS, {})
        assert await graph.read("RETURN 1", {}) == [[1]]
    await _until_nobody_runs(neo4j_connection)


async def test_a_statement_is_ended_when_nobody_waits_for_it(neo4j_connection: Connection) -> None:
    """As when a client goes away: the server works on nothing."""
    async with _reading(neo4j_connection) as graph:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await graph.read(_ENDLESS, {})
        await _until_nobody_runs(neo4j_connection)
        assert await graph.read("RETURN 1", {}) == [[1]]


async def test_a_wrong_password_and_a_wrong_address_are_outages(neo4j_connection: Connection) -> None:
    """Whose sentence gives nothing away."""
    wrong = Connection(neo4j_connection.uri, neo4j_connection.user, "wrong")
    nobody = Connection("bolt://127.0.0.1:1", "neo4j", "x")
    for connection in (wrong, nobody):
        async with _reading(connection) as graph:
            with pytest.raises(Neo4jUnreachable, match=r"^The database does not answer\.$"):
                await graph.read("RETURN 1", {})


async def test_no_room_is_an_outage_and_not_a_wait_for_ever(neo4j_connection: Connection) -> None:
    """Where all connections are busy for longer than one may wait."""
    async with _reading(neo4j_connection, most=1) as graph:
        busy = asyncio.create_task(graph.read(_ENDLESS, {}))
        await asyncio.sleep(0.5)
        with pytest.raises(Neo4jUnreachable, match="in use"):
            await graph.read("RETURN 1", {})
        busy.cancel()
        with pytest.raises(asyncio.CancelledError):
            await busy
        assert await graph.read("RETURN 1", {}) == [[1]]


@asynccontextmanager
async def _cutting(connection: Connection, after_bytes: int) -> AsyncIterator[tuple[Connection, list[bool]]]:
    """Give an address behind which that Neo4j stands, and answers of which no more than some bytes come through."""
    host, _, port = connection.uri.removeprefix("bolt://").partition(":")
    is_cutting = [False]
    passing: list[asyncio.Task[None]] = []

    async def pass_on(client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        server, forth = await asyncio.open_connection(host, int(port))

        async def forward() -> None:
            with contextlib.suppress(OSError):
                while data := await client.read(65536):
                    forth.write(data)
            forth.close()

        passing.append(asyncio.create_task(forward()))
        left = after_bytes
        with contextlib.suppress(OSError):
            while left > 0 and (data := await server.read(65536)):
                if is_cutting[0]:
                    data, left = data[:left], left - len(data)
                back.write(data)
        for one in (back, forth):
            one.close()
            with contextlib.suppress(OSError):
                await one.wait_closed()

    def passed_on(client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        passing.append(asyncio.create_task(pass_on(client, back)))

    async with await asyncio.start_server(passed_on, "127.0.0.1", 0) as proxy:
        listening = proxy.sockets[0].getsockname()[1]
        yield Connection(f"bolt://127.0.0.1:{listening}", connection.user, connection.password), is_cutting
        await asyncio.gather(*passing)


@pytest.mark.parametrize("after_bytes", [1, 40, 70_000])
async def test_half_an_answer_is_none(neo4j_connection: Connection, after_bytes: int) -> None:
    """A connection that ends within an answer is an outage, and the next read has a new one."""
    async with _cutting(neo4j_connection, after_bytes) as (connection, is_cutting), _reading(connection) as graph:
        assert await graph.read("RETURN 1", {}) == [[1]]
        is_cutting[0] = True
        with pytest.raises(Neo4jUnreachable):
            await graph.read("UNWIND range(1, 50000) AS n RETURN n", {})
        is_cutting[0] = False
        assert await graph.read("RETURN 1", {}) == [[1]]


async def test_a_server_that_is_killed_is_an_outage_and_read_again_when_it_is_back(tmp_path: Path) -> None:
    """What was under way fails, what comes meanwhile fails, and afterwards no client notices anything."""
    server = LocalNeo4j(tmp_path / "neo4j", heap_megabytes=256)
    connection = await asyncio.to_thread(server.start)
    port = int(connection.uri.rpartition(":")[2])
    try:
        async with _reading(connection) as graph:
            assert await asyncio.gather(*(graph.read("RETURN 1", {}) for _ in range(5))) == [[[1]]] * 5
            under_way = asyncio.create_task(graph.read(_ENDLESS, {}))
            await asyncio.sleep(0.5)
            await asyncio.to_thread(server.stop)
            with pytest.raises((Neo4jUnreachable, QueryFailed)):
                await under_way
            with pytest.raises(Neo4jUnreachable):
                await graph.read("RETURN 1", {})
            server = LocalNeo4j(tmp_path / "neo4j", port, heap_megabytes=256)
            await asyncio.to_thread(server.start)
            assert await asyncio.gather(*(graph.read("RETURN 1", {}) for _ in range(5))) == [[[1]]] * 5
    finally:
        await asyncio.to_thread(server.stop)


@pytest.mark.parametrize(
    ("uri", "is_so"),
    [("bolt://localhost:7687", True), ("bolt+s://localhost", False), ("neo4j://localhost", False)],
)
def test_it_is_for_one_server_without_tls(uri: str, is_so: bool) -> None:
    """Anything else is the official driver's, and so is everything where the compiled code is not at hand."""
    assert is_possible(Connection(uri, "neo4j", "x")) is is_so
