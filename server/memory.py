"""`Memory`: answers that are given again without asking the database, for as long as a `Watch` proves them.

It stands before the application and keeps what the application sent, by all of the request that an answer depends on:
method, address, body, and the headers that choose its form. So a warm answer costs neither reading the document nor
writing the JSON. What may be kept says so by its `ETag` (`server/tags.py`); 304 likewise.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.sequence import Watch

__all__ = ["Memory"]

_PATH = "/graphql"
_CHOOSING = (b"content-type", b"accept", b"accept-encoding", b"if-none-match", b"origin")
_PERSONAL = frozenset({b"authorization", b"cookie"})  # whose answers may be of one person: not kept
_KEPT_STATUSES = frozenset({200, 304})
_OVERHEAD_BYTES = 1_000  # of a kept answer besides its own bytes
_LARGEST_PART = 8  # no answer takes more than this part of the memory

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    generation: int
    start: Message
    body: Message
    size: int


class Memory:
    """An ASGI application before another; `most_bytes` 0 keeps nothing. Least lately used answers go first."""

    def __init__(
        self, app: ASGIApp, watch: Watch, most_bytes: int, patience_seconds: float, today: Callable[[], date]
    ) -> None:
        self._app = app
        self._watch = watch
        self._most_bytes = most_bytes
        self._patience_seconds = patience_seconds
        self._today = today
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on and keep what comes back."""
        if scope["type"] != "http" or scope["path"] != _PATH or not self._most_bytes:
            await self._app(scope, receive, send)
            return
        chosen = _chosen(scope)
        if chosen is None:
            await self._app(scope, receive, send)
            return
        taken: list[Message] = []
        if scope["method"] == "POST":
            awaited = _Awaited(receive)
            receive = awaited.receive
            if not await self._is_whole(taken, awaited):
                await self._app(scope, _replaying(taken, receive), send)
                return
        body = b"".join(message.get("body", b"") for message in taken)
        key = (scope["method"], scope["query_string"], body, self._today(), *chosen)
        kept = self._kept.get(key)
        if kept is not None:
            if self._watch.proves(kept.generation):
                self._kept.move_to_end(key)
                await send(kept.start)
                await send(kept.body)
                return
            self._forget(key, kept)
        recorder = _Recorder(send)
        generation = self._watch.generation  # before the read: what was committed since is in a later one
        await self._app(scope, _replaying(taken, receive) if taken else receive, recorder)
        if recorder.body is not None and recorder.start is not None:
            self._keep(key, generation, recorder.start, recorder.body, len(body))

    async def _is_whole(self, taken: list[Message], awaited: "_Awaited") -> bool:
        """Take the body, if it comes in time in one piece or two; what was taken is in `taken` in either case."""
        for _ in range(2):
            message = await awaited.within(self._patience_seconds)
            if message is None:
                return False
            taken.append(message)
            if message["type"] != "http.request":
                return False
            if not message.get("more_body", False):
                return True
        return False

    def _keep(self, key: _Key, generation: int, start: Message, body: Message, sent: int) -> None:
        size = sent + len(body.get("body", b"")) + _OVERHEAD_BYTES
        if size * _LARGEST_PART > self._most_bytes or not self._watch.proves(generation):
            return
        if (before := self._kept.get(key)) is not None:
            self._forget(key, before)
        self._kept[key] = _Kept(generation, start, body, size)
        self._bytes += size
        while self._bytes > self._most_bytes:
            oldest, kept = next(iter(self._kept.items()))
            self._forget(oldest, kept)

    def _forget(self, key: _Key, kept: _Kept) -> None:
        del self._kept[key]
        self._bytes -= kept.size


class _Recorder:
    """Passes an answer on, and has kept it where it is whole, in one piece, and says that it may be kept."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.start: Message | None = None
        self.body: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] in _KEPT_STATUSES and any(name == b"etag" for name, _ in message["headers"]):
                self.start = message
        elif self.start is not None and not message.get("more_body", False):
            self.body = message
        else:
            self.start = None
        await self._send(message)


def _chosen(scope: Scope) -> tuple[bytes | None, ...] | None:
    """Return the values of the headers that choose an answer's form; None where the request is not to be kept."""
    if scope["method"] not in {"GET", "POST"}:
        return None
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _PERSONAL:
            return None
        if name in _CHOOSING:
            found[name] = found[name] + b"," + value if name in found else value
    return tuple(found.get(name) for name in _CHOOSING)


class _Awaited:
    """Messages that can be waited for a while: one that did not come in time is not lost, but the next to come."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._late: asyncio.Future[Message] | None = None

    async def within(self, seconds: float) -> Message | None:
        """Return the next message, or None where it does not come in time."""
        self._late = asyncio.ensure_future(self._receive())
        done, _ = await asyncio.wait({self._late}, timeout=seconds)
        return await self.receive() if done else None

    async def receive(self) -> Message:
        """Return the next message."""
        late, self._late = self._late, None
        return await (self._receive() if late is None else late)


def _replaying(taken: list[Message], receive: Receive) -> Receive:
    """Return a `receive` that gives the messages that were taken, and then what follows."""
    waiting = taken[::-1]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed
