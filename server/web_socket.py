"""`GraphQLWebSocket`: GraphQL over WebSocket, the protocol `graphql-transport-ws` that the package `graphql-ws` speaks.

Subscriptions are followed, queries answered, several at a time on one socket. What the protocol calls for is closed
with its code; besides those, 4508 drops a reader that takes nothing, and 1013 asks to come again later.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from cypher.errors import IcsgraphError
from resolvers.answers import Answer
from server.asked import Asked, Refusal, asked_of
from server.errors import status_and_entry
from server.persisted import PersistedDocuments
from server.subscriptions import Ended

__all__ = ["PROTOCOL", "GraphQLWebSocket", "SocketLimits"]

PROTOCOL = "graphql-transport-ws"
_LOG = logging.getLogger("icsgraph")
_SLOW, _BUSY = 4508, 1013
_MOST_ID = 200

Results = Callable[[Asked], AsyncGenerator[Answer, None]]
"""Gives the results of one operation as they come; one without data is the last."""


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """How many sockets, how many operations on each, and how long a client may take to begin and to read."""

    sockets: int
    operations: int
    init_seconds: float
    send_seconds: float


class _Closed(Exception):
    """The socket is to be closed; without a code it is closed already."""

    def __init__(self, code: int | None = None, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class GraphQLWebSocket:
    """Speaks the protocol with each client that connects."""

    def __init__(
        self, results: Results, documents: PersistedDocuments, limits: SocketLimits, origins: tuple[str, ...]
    ) -> None:
        self._results = results
        self._documents = documents
        self._limits = limits
        self._origins = origins
        self._open = 0

    async def respond(self, socket: WebSocket) -> None:
        """Serve one socket until it is closed."""
        if not self._may_ask(socket):
            await socket.close()  # before it is accepted, which is HTTP 403
            return
        speaks = PROTOCOL in socket.scope["subprotocols"]
        await socket.accept(PROTOCOL if speaks else None)
        if not speaks:
            await socket.close(4406, "Subprotocol not acceptable: ask for graphql-transport-ws")
        elif self._open >= self._limits.sockets:
            await socket.close(_BUSY, f"{self._open} clients are connected, which is the most; try again later")
        else:
            self._open += 1
            try:
                await _Conversation(socket, self._results, self._documents, self._limits).hold()
            finally:
                self._open -= 1

    def _may_ask(self, socket: WebSocket) -> bool:
        """Return whether a page of that origin may ask: ours, and those that the setting names; browsers say theirs."""
        origin = socket.headers.get("origin")
        if origin is None or "*" in self._origins or origin.rstrip("/") in self._origins:
            return True
        return urlsplit(origin).netloc.lower() == socket.headers.get("host", "").lower()


class _Conversation:
    def __init__(
        self, socket: WebSocket, results: Results, documents: PersistedDocuments, limits: SocketLimits
    ) -> None:
        self._socket = socket
        self._results = results
        self._documents = documents
        self._limits = limits
        self._is_initialised = False
        self._operations: dict[str, asyncio.Task[None]] = {}

    async def hold(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                await self._initialised()
                while True:
                    await self._heed(await self._received(), group)
        except* _Closed as closings:
            await self._close(_first(closings))
        except* WebSocketDisconnect:
            pass

    async def _close(self, closing: _Closed) -> None:
        """Tell why; who does not read is given a little time to, and is cut off then."""
        if closing.code is None or self._socket.client_state is WebSocketState.DISCONNECTED:
            return
        with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
            async with asyncio.timeout(self._limits.send_seconds):
                await self._socket.close(closing.code, closing.reason)

    # What the client says

    async def _initialised(self) -> None:
        try:
            async with asyncio.timeout(self._limits.init_seconds):
                while not self._is_initialised:
                    message = await self._received()
                    match message["type"]:
                        case "connection_init":
                            self._is_initialised = True
                            await self._send({"type": "connection_ack"})
                        case "subscribe":
                            raise _Closed(4401, "Unauthorized: send connection_init first")
                        case _:
                            await self._heed_others(message)
        except TimeoutError as error:
            raise _Closed(4408, "Connection initialisation timeout") from error

    async def _heed(self, message: dict[str, Any], group: asyncio.TaskGroup) -> None:
        match message["type"]:
            case "connection_init":
                raise _Closed(4429, "Too many initialisation requests")
            case "subscribe":
                self._begin(message, group)
            case "complete":
                operation = self._operations.pop(_id(message), None)
                if operation is not None:
                    operation.cancel()
            case _:
                await self._heed_others(message)

    async def _heed_others(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "ping":
                payload = {"payload": message["payload"]} if "payload" in message else {}
                await self._send({"type": "pong", **payload})
            case "pong":
                pass
            case other:
                raise _Closed(4400, f"Invalid message: {str(other)[:50]!r} is no type of {PROTOCOL}")

    def _begin(self, message: dict[str, Any], group: asyncio.TaskGroup) -> None:
        id_, payload = _id(message), message.get("payload")
        if not isinstance(payload, dict):
            raise _Closed(4400, "Invalid message: the payload of subscribe is no object")
        if id_ in self._operations:
            raise _Closed(4409, f"Subscriber for {id_[:80]} already exists")
        is_full = len(self._operations) >= self._limits.operations
        self._operations[id_] = group.create_task(self._refused(id_) if is_full else self._operate(id_, payload))

    async def _received(self) -> dict[str, Any]:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise _Closed
        try:
            message = orjson.loads(received.get("text") or b"")
        except (orjson.JSONDecodeError, RecursionError) as error:
            raise _Closed(4400, "Invalid message: it is not JSON") from error
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise _Closed(4400, "Invalid message: it is no object with a type")
        return message

    # What the client is told

    async def _operate(self, id_: str, payload: dict[str, Any]) -> None:
        try:
            asked = asked_of(payload, self._documents)
            async with aclosing(self._results(asked)) as results:
                async for answer in results:
                    if not answer.has_data:
                        await self._end(id_, orjson.loads(answer.body)["errors"])
                        return
                    await self._put(b'{"id":%s,"type":"next","payload":%s}' % (orjson.dumps(id_), answer.body))
        except Ended as error:
            raise _Closed(1012, "Service Restart: connect again and resume with after") from error
        except Refusal as refusal:
            await self._end(id_, [{"message": refusal.message, "extensions": {"code": refusal.code}}])
        except IcsgraphError as error:
            status, entry = status_and_entry(error)
            _LOG.error("%s: %s", type(error).__name__, error, exc_info=error if status == 500 else None)
            await self._end(id_, [entry])
        else:
            if self._operations.pop(id_, None) is not None:
                await self._send({"id": id_, "type": "complete"})

    async def _refused(self, id_: str) -> None:
        message = f"{self._limits.operations} operations run on this connection, which is the most; complete one first."
        await self._end(id_, [{"message": message, "extensions": {"code": "TOO_MANY_OPERATIONS"}}])

    async def _end(self, id_: str, errors: list[dict[str, Any]]) -> None:
        # Taken away first: the client may use the id again as soon as it has read this.
        if self._operations.pop(id_, None) is not None:
            await self._send({"id": id_, "type": "error", "payload": errors})

    async def _send(self, message: dict[str, Any]) -> None:
        await self._put(orjson.dumps(message))

    async def _put(self, text: bytes) -> None:
        """Send a message, or drop a client that does not take it."""
        try:
            async with asyncio.timeout(self._limits.send_seconds):
                await self._socket.send_text(text.decode())
        except TimeoutError as error:
            reason = f"SLOW_READER: nothing was read for {self._limits.send_seconds:g} s; resume with after"
            _LOG.warning("a reader of a WebSocket took nothing for %s s and was dropped", self._limits.send_seconds)
            raise _Closed(_SLOW, reason) from error
        except RuntimeError as error:  # the socket was closed meanwhile
            raise _Closed from error


def _id(message: dict[str, Any]) -> str:
    given = message.get("id")
    if not isinstance(given, str) or not 0 < len(given) <= _MOST_ID:
        raise _Closed(4400, f"Invalid message: its id is no text of 1 to {_MOST_ID} characters")
    return given


def _first(closings: BaseExceptionGroup[_Closed]) -> _Closed:
    """Return the reason that there is, of several operations that were closed at once."""
    found = [_first(one) if isinstance(one, BaseExceptionGroup) else one for one in closings.exceptions]
    return next((one for one in found if one.code is not None), found[0])
