"""What tests of subscriptions share: a served graph, a way to it that can be cut, and a WebSocket by hand."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from cypher.statement import load
from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.ports import claim
from server.settings import Settings
from server.subscriptions import Subscriptions
from tests.cypher.world import TODAY
from tests.reading import RecordingGraph

__all__ = [
    "FOLLOW",
    "LARGE",
    "MUCH",
    "Cut",
    "Serving",
    "closed",
    "dropped",
    "narrow_connection",
    "next_message",
    "open_socket",
    "say",
    "served",
]

FOLLOW = "subscription Follow($after: Int) { changes(after: $after) { sequence } }"
LARGE = (
    "subscription($after: Int) { changes(after: $after) { sequence changes(first: 1000) { nodes { kind entityId concept"
    " relationship key other { id } after { values { field value } } } } } }"
)
MUCH = 12
"""How many large change sets there are."""
_POLL = load("write/head").text


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
def served(connection: Connection, settings: Settings) -> Iterator[Serving]:
    """Serve a graph on a port of its own."""
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


@asynccontextmanager
async def open_socket(serving: Serving, *, is_initialised: bool = True) -> AsyncIterator[ClientConnection]:
    """Open a WebSocket to a served graph; initialised, it may subscribe."""
    address = serving.address.replace("http", "ws")
    async with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")], max_size=None) as made:
        if is_initialised:
            await say(made, type="connection_init")
            assert await next_message(made) == {"type": "connection_ack"}
        yield made


async def say(made: ClientConnection, **message: object) -> None:
    """Send a message."""
    await made.send(json.dumps(message))


async def next_message(made: ClientConnection) -> dict[str, Any]:
    """Return the next message."""
    async with asyncio.timeout(60):
        message: dict[str, Any] = json.loads(await made.recv())
        return message


async def closed(made: ClientConnection) -> tuple[int, str]:
    """Return code and reason of a socket that the server closes."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(60):
            while True:
                await made.recv()
    assert made.close_code is not None
    return made.close_code, made.close_reason or ""


def narrow_connection(port: int) -> socket.socket:
    """Return a connection that holds little of what is not read."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    made.connect(("127.0.0.1", port))
    return made


def _read_for_clients(serving: Serving) -> int:
    """Return how many statements were run so far, the process's own look at the sequence aside."""
    return sum(text != _POLL for text in serving.graph.statements)


async def dropped(serving: Serving) -> int:
    """Wait until the one client is followed and then no more; return how many statements were run for it."""
    before = _read_for_clients(serving)
    async with asyncio.timeout(60):
        for is_followed in (True, False):
            while (serving.subscriptions.count > 0) is not is_followed:  # noqa: ASYNC110  # it is counted in another thread
                await asyncio.sleep(0.02)
    return _read_for_clients(serving) - before
