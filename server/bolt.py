"""`BoltGraph`: reads over Bolt in a tenth of the time that the official driver takes for it on our side.

Each read is one write (RUN and PULL together) and one answer. It does reads over one server at a `bolt://` address, and
nothing else: writes, routing, TLS are the official driver's, which `ICSGRAPH_READER` puts in its place for reads too.
Values are packed and unpacked by the driver's own code (the compiled part of `neo4j-rust-ext`), which is no public
interface: `is_possible` says whether it is as it was when this was written.

What can go wrong: a statement that fails leaves its connection FAILED, so RESET follows before it is used again; what
the server puts off after a failure it answers by IGNORED. A caller who gives up has his statement ended by RESET. A
connection that was lost while it was idle is replaced, and a read that had no answer yet is asked once more.
"""

import asyncio
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self, cast
from urllib.parse import urlsplit

from neo4j._codec.hydration.bolt.v2 import HydrationHandler
from neo4j._codec.packstream import v1

from server.connection import Connection
from server.errors import Neo4jUnreachable, QueryFailed, QueryTimedOut

__all__ = ["BoltGraph", "is_possible"]

_CONNECT_SECONDS = 5.0
_MOST_CONNECTIONS = 100
_GRACE_SECONDS = 5.0  # beyond the time that the server allows a statement, before the connection is given up
_DEFAULT_PORT = 7687
_HANDSHAKE = b"\x60\x60\xb0\x17" + b"\x00\x04\x04\x05" + b"\x00" * 12  # Bolt 5.4 down to 5.0
_LEAST_MINOR = 3  # of Bolt 5: since then HELLO and LOGON are two, and notifications can be turned off
_HELLO, _LOGON, _GOODBYE, _RESET = b"\xb1\x01", b"\xb1\x6a", b"\xb0\x02", b"\xb0\x0f"
_RUN, _PULL = b"\xb3\x10", b"\xb1\x3f"
_SUCCESS, _RECORD, _IGNORED, _FAILURE = 0x70, 0x71, 0x7E, 0x7F
_LARGEST_CHUNK = 0xFFFF


def is_possible(connection: Connection) -> bool:
    """Return whether reads can go this way: one server without TLS, and the driver's compiled code at hand."""
    compiled = (getattr(v1, name, None) for name in ("_rust_pack", "_rust_unpack"))
    return connection.uri.startswith("bolt://") and all(compiled)


class _Lost(Exception):
    """The connection ended; `is_silent` where nothing of an answer had come."""

    def __init__(self, *, is_silent: bool) -> None:
        super().__init__("The connection was lost.")
        self.is_silent = is_silent


@dataclass(slots=True)
class _Exchange:
    """What is being answered: how many summaries are to come yet, and what has come."""

    missing: int
    done: "asyncio.Future[None]"
    records: list[list[Any]] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    failure: dict[str, Any] | None = None
    has_begun: bool = False
    is_well: bool = False  # whether the last summary was a SUCCESS

    def expire(self) -> None:
        """Have whoever waits for it wait no longer."""
        if not self.done.done():
            self.done.set_exception(TimeoutError())


packstream: Any = v1  # its compiled functions are no public names
_hydration = HydrationHandler()
_PACKING = _hydration.dehydration_hooks.extend(exact_types={tuple: list})
_UNPACKING = _hydration.new_hydration_scope().hydration_hooks


def _packed(value: object) -> bytes:
    return bytes(packstream._rust_pack(value, _PACKING))


def _chunked(message: bytes) -> bytes:
    if len(message) <= _LARGEST_CHUNK:
        return struct.pack(">H", len(message)) + message + b"\x00\x00"
    pieces = (message[at : at + _LARGEST_CHUNK] for at in range(0, len(message), _LARGEST_CHUNK))
    return b"".join(struct.pack(">H", len(piece)) + piece for piece in pieces) + b"\x00\x00"


class _BoltConnection(asyncio.Protocol):
    """One connection: bytes to messages, and one exchange at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._message = bytearray()
        self._exchange: _Exchange | None = None
        self._version: asyncio.Future[int] | None = asyncio.get_running_loop().create_future()
        self.is_open = False

    # What the transport calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class
        self.is_open = True

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self.is_open = False
        if self._version is not None and not self._version.done():
            self._version.set_exception(_Lost(is_silent=True))
        exchange, self._exchange = self._exchange, None
        if exchange is not None and not exchange.done.done():
            exchange.done.set_exception(_Lost(is_silent=not exchange.has_begun))

    def data_received(self, data: bytes) -> None:
        received = self._received
        received += data
        if self._exchange is not None:
            self._exchange.has_begun = True
        if self._version is not None:
            if len(received) < 4:
                return
            version, self._version = self._version, None
            if not version.done():
                version.set_result(received[3] * 256 + received[2])
            del received[:4]
        at, end = 0, len(received)
        while at + 2 <= end:
            size = received[at] * 256 + received[at + 1]
            if at + 2 + size > end:
                break
            if size:
                self._message += received[at + 2 : at + 2 + size]
            elif self._message:  # the end of a message; an empty chunk outside of one is a sign of life
                message, self._message = self._message, bytearray()
                self._understand(message)
            at += 2 + size
        del received[:at]

    def _understand(self, message: bytearray) -> None:
        exchange = self._exchange
        if exchange is None:
            self.abort()  # an answer to nothing: what follows cannot be told apart any more
            return
        tag = message[1]
        if tag == _IGNORED or (tag == _SUCCESS and exchange.missing > 1):  # what it says of a RUN we know: one column
            exchange.missing -= 1
            exchange.is_well = tag == _SUCCESS
        else:
            try:
                value, _ = packstream._rust_unpack(message, 2, _UNPACKING)
            except Exception as error:  # noqa: BLE001  # whatever it is, this answer cannot be read
                self._exchange = None
                exchange.done.set_exception(QueryFailed(f"An answer of the database cannot be read ({error})."))
                self.abort()
                return
            if tag == _RECORD:
                exchange.records.append(value)
                return
            exchange.missing -= 1
            exchange.is_well = tag == _SUCCESS
            if tag == _FAILURE:
                exchange.failure = exchange.failure or value
            else:
                exchange.summary = value
        if exchange.missing == 0:
            self._exchange = None
            if not exchange.done.done():
                exchange.done.set_result(None)

    # What the pool calls

    async def open(self, user: str, password: str) -> None:
        """Agree on a version, and say who we are."""
        assert self._transport is not None  # noqa: S101  # it is connected
        self._transport.write(_HANDSHAKE)
        assert self._version is not None  # noqa: S101  # it was just made
        version = await self._version
        if version // 256 != 5 or version % 256 < _LEAST_MINOR:
            raise Neo4jUnreachable("The database does not speak the Bolt that is needed; set ICSGRAPH_READER=driver.")
        agent = "icsgraph/1"
        hello = {
            "user_agent": agent,
            "bolt_agent": {"product": agent},
            "notifications_minimum_severity": "OFF",
        }
        logon = {"scheme": "basic", "principal": user, "credentials": password}
        done = await self.exchange(_chunked(_HELLO + _packed(hello)) + _chunked(_LOGON + _packed(logon)), 2)
        if done.failure is not None:
            raise _error(done.failure)

    async def exchange(self, messages: bytes, answers: int, within_seconds: float | None = None) -> _Exchange:
        """Send messages in one write, and return what came back.

        Raises:
            TimeoutError: not all has come in time.
        """
        if not self.is_open or self._transport is None:
            raise _Lost(is_silent=True)
        loop = asyncio.get_running_loop()
        exchange = self._exchange = _Exchange(answers, loop.create_future())
        self._transport.write(messages)
        # A timer of the loop, which costs less than the task that `asyncio.timeout` has cancelled.
        expiry = None if within_seconds is None else loop.call_later(within_seconds, exchange.expire)
        try:
            await exchange.done
        finally:
            if expiry is not None:
                expiry.cancel()
        return exchange

    async def reset(self) -> None:
        """End what is under way, and be ready again."""
        unfinished = 0 if self._exchange is None else self._exchange.missing
        done = await self.exchange(_chunked(_RESET), unfinished + 1)
        if not done.is_well:
            self.abort()

    def abort(self) -> None:
        """Close at once; the server ends what is under way."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """Say goodbye."""
        if self._transport is not None and self.is_open:
            self._transport.write(_chunked(_GOODBYE))
            self._transport.close()
        self.is_open = False


class BoltGraph:
    """A `Graph` over one Neo4j at a `bolt://` address; close it when done."""

    def __init__(
        self, connection: Connection, database: str, timeout_seconds: float, most_connections: int = _MOST_CONNECTIONS
    ) -> None:
        address = urlsplit(connection.uri)
        self._host = address.hostname or "127.0.0.1"
        self._port = address.port or _DEFAULT_PORT
        self._user, self._password = connection.user, connection.password
        self._timeout_seconds = timeout_seconds
        self._extra = _packed({"mode": "r", "db": database, "tx_timeout": int(timeout_seconds * 1000)})
        self._pull = _chunked(_PULL + _packed({"n": -1}))
        self._free: list[_BoltConnection] = []
        self._room = asyncio.Semaphore(most_connections)
        self._resetting: set[asyncio.Task[None]] = set()

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Run a statement and return its records as lists of values.

        Raises:
            Neo4jUnreachable: the database is away or refuses us.
            QueryTimedOut: the statement took longer than allowed.
            QueryFailed: the database refused the statement: a defect of ours.
        """
        return (await self._asked(text, parameters)).records

    async def read_marked(self, text: str, parameters: Mapping[str, Any]) -> tuple[list[list[Any]], str]:
        """Run a statement; return its records and the bookmark of the last commit that they show.

        Raises:
            IcsgraphError: as `read`.
        """
        asked = await self._asked(text, parameters)
        return asked.records, str(asked.summary.get("bookmark", ""))

    async def _asked(self, text: str, parameters: Mapping[str, Any]) -> _Exchange:
        try:
            run = _chunked(_RUN + _packed(text) + _packed(dict(parameters)) + self._extra)
        except (ValueError, OverflowError, TypeError) as error:
            raise QueryFailed(f"A parameter cannot be sent ({error}).") from error
        await self._enter()
        try:
            return await self._answered(run + self._pull)
        finally:
            self._room.release()

    async def _enter(self) -> None:
        if not self._room.locked():
            await self._room.acquire()  # at once
            return
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await self._room.acquire()
        except TimeoutError as error:
            raise Neo4jUnreachable("All connections to the database are in use.") from error

    async def _answered(self, messages: bytes) -> _Exchange:
        while True:
            is_new = not self._free
            connection = await self._connected() if is_new else self._free.pop()
            try:
                answered = await connection.exchange(messages, 2, self._timeout_seconds + _GRACE_SECONDS)
            except _Lost as error:
                if error.is_silent and not is_new:
                    continue  # it had been lost before, as after a restart: nothing was read, and reads may be repeated
                raise Neo4jUnreachable("The database does not answer.") from error
            except TimeoutError as error:
                connection.abort()
                raise QueryTimedOut(self._too_long()) from error
            except asyncio.CancelledError:
                self._end(connection)
                raise
            if answered.failure is None:
                if connection.is_open:
                    self._free.append(connection)
                return answered
            self._end(connection)
            failure = _error(answered.failure)
            if isinstance(failure, QueryTimedOut):
                raise QueryTimedOut(self._too_long())
            raise failure

    def _too_long(self) -> str:
        return f"The database took longer than {self._timeout_seconds:g} s; ask for less at once."

    async def _connected(self) -> _BoltConnection:
        """Return a new connection.

        Raises:
            Neo4jUnreachable: there is nobody, or not somebody who lets us in.
        """
        connection: _BoltConnection | None = None
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_connection(_BoltConnection, self._host, self._port)
                await connection.open(self._user, self._password)
        except (OSError, TimeoutError, _Lost) as error:
            if connection is not None:
                connection.abort()
            raise Neo4jUnreachable("The database does not answer.") from error
        except BaseException:
            if connection is not None:
                connection.abort()
            raise
        return connection

    def _end(self, connection: _BoltConnection) -> None:
        """Have what is under way ended, and the connection free again, while nobody waits for it."""
        task = asyncio.create_task(self._reset(connection))
        self._resetting.add(task)
        task.add_done_callback(self._resetting.discard)

    async def _reset(self, connection: _BoltConnection) -> None:
        try:
            async with asyncio.timeout(_GRACE_SECONDS):
                await connection.reset()
        except (TimeoutError, _Lost, QueryFailed):
            connection.abort()
        if connection.is_open:
            self._free.append(connection)

    async def close(self) -> None:
        """Close the connections."""
        for task in list(self._resetting):
            with suppress(Exception):
                await task
        while self._free:
            self._free.pop().close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _error(failure: dict[str, Any]) -> Exception:
    """Return our error for a failure of the server's, by its code (`Neo.ClientError.Statement.SyntaxError`)."""
    code = str(failure.get("code", ""))
    if "TransactionTimedOut" in code:
        return QueryTimedOut("The database took too long.")
    kind = code.removeprefix("Neo.")
    if kind.startswith("ClientError.Security"):
        return Neo4jUnreachable("The database does not answer.")
    if kind.startswith("TransientError"):
        return Neo4jUnreachable("The database is not ready.")
    return QueryFailed(f"The database refused a statement ({code}).")
