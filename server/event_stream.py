"""`EventStream`: an answer in events as they come, GraphQL over SSE in distinct connections mode.

Each result is an event `next`; the id of one of a subscription is its sequence, and a client that sends the last one
back as `Last-Event-ID` goes on from there. `complete` ends a stream for good. One that ends without it was cut, and
`EventSource` and the package `graphql-sse` connect again by themselves.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import lru_cache

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cypher.errors import IcsgraphError
from resolvers.answers import Answer
from server.asked import Refusal
from server.errors import status_and_entry
from server.subscriptions import Ended

__all__ = ["EVENTS", "EventStream", "accepts_events", "last_event_id"]

EVENTS = "text/event-stream"
_LOG = logging.getLogger("icsgraph")
_MOST_DIGITS = 12
_COMPLETE = b"event: complete\ndata:\n\n"
_KEEP = b":\n\n"

Results = AsyncGenerator[tuple[int | None, Answer], None]


class _Gone(Exception):
    """The client has left."""


class _Slow(Exception):
    """The client takes nothing."""


@lru_cache(64)  # clients send few
def accepts_events(accept: str | None) -> bool:
    """Return whether `Accept` names a stream of events itself; a wildcard does not mean one."""
    return any(entry.partition(";")[0].strip().lower() == EVENTS for entry in (accept or "").split(","))


def last_event_id(request: Request) -> int | None:
    """Return the sequence that a client received last, None where it says none.

    Raises:
        Refusal: it is no sequence.
    """
    given = request.headers.get("last-event-id", "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > _MOST_DIGITS:
        message = f"Last-Event-ID is {given[:50]!r}, but the ids of events here are numbers of the graph's sequence."
        raise Refusal(400, "MALFORMED_EVENT_ID", message)
    return int(given)


class EventStream(Response):
    """Sends results as they come; `send_seconds` is how long a client may take for one before it is dropped."""

    media_type = EVENTS

    def __init__(self, results: Results, *, send_seconds: float, keep_alive_seconds: float) -> None:
        # Proxies such as nginx hold back what they are not told to pass on.
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no", "vary": "Accept"})
        del self.headers["content-length"]
        self._results = results
        self._send_seconds = send_seconds
        self._keep_alive_seconds = keep_alive_seconds

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Send until the results end or the client is gone."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async with asyncio.TaskGroup() as group, aclosing(self._results) as results:
                watching = group.create_task(self._until_gone(receive))
                await self._sent(results, send)
                watching.cancel()
        except* _Slow:
            await self._drop(send)
        except* _Gone:
            pass

    @staticmethod
    async def _until_gone(receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        raise _Gone

    async def _sent(self, results: Results, send: Send) -> None:
        is_complete = False
        coming = asyncio.ensure_future(anext(results, None))
        try:
            while True:
                done, _ = await asyncio.wait({coming}, timeout=self._keep_alive_seconds)
                if not done:
                    await self._put(send, _KEEP)
                    continue
                if (result := self._result(coming)) is None:
                    break
                await self._put(send, _event(*result))
                if not result[1].has_data or result[0] is None:
                    is_complete = True
                    break
                coming = asyncio.ensure_future(anext(results, None))
        finally:
            coming.cancel()
            await asyncio.wait({coming})
        await self._put(send, _COMPLETE if is_complete else b"", more=False)

    @staticmethod
    def _result(coming: "asyncio.Future[tuple[int | None, Answer] | None]") -> tuple[int | None, Answer] | None:
        try:
            return coming.result()
        except Ended:
            return None
        except IcsgraphError as error:
            status, entry = status_and_entry(error)
            _LOG.error("%s: %s", type(error).__name__, error, exc_info=error if status == 500 else None)
            return None, Answer(orjson.dumps({"errors": [entry]}), False)

    async def _put(self, send: Send, text: bytes, *, more: bool = True) -> None:
        """Send a part.

        Raises:
            _Slow: the client does not take it.
        """
        try:
            async with asyncio.timeout(self._send_seconds):
                await send({"type": "http.response.body", "body": text, "more_body": more})
        except TimeoutError as error:
            raise _Slow from error

    async def _drop(self, send: Send) -> None:
        """Tell why a stream ends; who does not read is given a little time to, and is cut off then."""
        _LOG.warning("a reader of events took nothing for %s s and was dropped", self._send_seconds)
        message = f"Nothing was read for {self._send_seconds:g} s; connect again with the last event's id."
        entry = {"message": message, "extensions": {"code": "SLOW_READER"}}
        told = _event(None, Answer(orjson.dumps({"errors": [entry]}), False)) + _COMPLETE
        with suppress(TimeoutError):
            async with asyncio.timeout(self._send_seconds):
                await send({"type": "http.response.body", "body": told, "more_body": False})


def _event(sequence: int | None, answer: Answer) -> bytes:
    id_ = b"" if sequence is None else b"id: %d\n" % sequence
    return b"event: next\n%sdata: %s\n\n" % (id_, answer.body)
