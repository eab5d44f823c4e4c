"""The load: requests over kept connections, one after the other on each, and how long each took.

Its own, because the requests differ from one to the next and their answers have to be counted as right or wrong; wrk
would be cheaper, but needs Lua for the one and can't do the other. What it can do at most is in each result: the
constant body.
"""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import cast

__all__ = ["Pressed", "loop_factory", "press", "press_times", "request"]

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_GRACE_SECONDS = 60.0


@dataclass(slots=True)
class Pressed:
    """What came of one burst: the seconds of each request in order, how long all took, and how many went wrong."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: int = 0
    bytes_received: int = 0


def request(path: str, body: bytes, headers: Sequence[str] = ()) -> bytes:
    """Return a request as it goes over the wire."""
    lines = [
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/json",
        "accept: application/json",
        f"content-length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + _END + body


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], until: float, pressed: Pressed, expected: bytes) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._until = until
        self._pressed = pressed
        self._expected = b"HTTP/1.1 " + expected
        self._received = bytearray()
        self._needed = 0
        self._sent = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class
        self._next()

    def _next(self) -> None:
        assert self._transport is not None  # noqa: S101  # it is connected
        self._sent = time.perf_counter()
        following = next(self._requests, None) if self._sent < self._until else None
        if following is None:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._transport.write(following)

    def data_received(self, data: bytes) -> None:
        received = self._received
        received += data
        if not self._needed:
            head = received.find(_END)
            if head < 0:
                return
            self._needed = head + len(_END) + _length(bytes(received[:head]))
        if len(received) < self._needed:
            return
        self._pressed.latencies.append(time.perf_counter() - self._sent)
        self._pressed.bytes_received += len(received)
        if not received.startswith(self._expected) or b'"errors"' in received[:2000]:
            self._pressed.failures += 1
        received.clear()
        self._needed = 0
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("The server closed the connection."))


def _length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(_LENGTH)
    if at < 0:
        if b" 304 " in lowered[:16]:
            return 0
        raise ValueError("An answer came without its length.")
    return int(lowered[at + len(_LENGTH) :].split(b"\r\n", 1)[0])


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's loops where there is uvloop, which cost the load least."""
    try:
        import uvloop
    except ImportError:
        return None
    made: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return made


async def press(
    port: int, requests: Sequence[bytes], connections: int, seconds: float, expected: bytes = b"200"
) -> Pressed:
    """Send the requests for some seconds over some connections, each of them waiting for its answer."""
    loop = asyncio.get_running_loop()
    pressed = Pressed()
    began = time.perf_counter()
    made = []
    for number in range(connections):
        start = number * len(requests) // connections
        turned = itertools.cycle([*requests[start:], *requests[:start]])
        _, protocol = await loop.create_connection(
            lambda turned=turned: _Connection(turned, began + seconds, pressed, expected),  # type: ignore[misc]  # mypy can't infer a lambda with a default
            "127.0.0.1",
            port,
        )
        made.append(protocol)
    async with asyncio.timeout(seconds + _GRACE_SECONDS):
        await asyncio.gather(*(protocol.done for protocol in made))
    pressed.seconds = time.perf_counter() - began
    return pressed


async def press_times(port: int, requests: Sequence[bytes], connections: int) -> int:
    """Send each of the requests once, over some connections; return how many were not answered as they should be."""
    loop = asyncio.get_running_loop()
    pressed, following = Pressed(), iter(requests)
    made = [
        (await loop.create_connection(lambda: _Connection(following, inf, pressed, b"200"), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for protocol in made))
    return pressed.failures
