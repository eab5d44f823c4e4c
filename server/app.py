"""`create_app`: the HTTP side, GraphQL over HTTP at `/graphql`."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import date

import orjson
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from cypher.errors import IcsgraphError
from cypher.graph import Graph
from cypher.validity import today_in_england
from resolvers.answers import Answer, Answers
from resolvers.limits import DocumentLimits
from resolvers.paging import CursorKey, PageLimits
from resolvers.writes import Caller, Writing
from schema.catalogue import contract
from schema.graph import ATTRIBUTION
from server.asked import Asked, Refusal, asked
from server.compression import Compression
from server.errors import RequestTimedOut, SequenceNotReached, headers_of, status_and_entry
from server.event_stream import EventStream, accepts_events, last_event_id
from server.graphiql import graphiql_routes, is_browser, to_graphiql
from server.health import Health
from server.keys import Keys
from server.memory import Memory
from server.negotiation import GRAPHQL, JSON, media_type
from server.persisted import PersistedDocuments
from server.sequence import Watch
from server.settings import Settings
from server.subscriptions import Subscriptions
from server.tags import TIMELESS, Tags
from server.web_socket import GraphQLWebSocket, SocketLimits

__all__ = ["create_answers", "create_app"]

_LOG = logging.getLogger("icsgraph")
_LARGEST = (
    '{ coverage(of: "U00000") { outcome rules { rule outcome missing } nearest { basis } } }',
    '{ coverage(of: "U00000") { explanation } }',
    "{ coverageGaps(first: 1) { totalCount } }",
)
_BODY_SECONDS = 1.0  # that a body is waited for, to see whether its answer is remembered
_COMPRESSION_LEVEL = 4  # of 9: JSON that repeats its keys shrinks with little effort, and there are others to serve
# The next change of the graph may be about any date, so an answer is good as long as its tag says so and no longer.
_KEPT = {"cache-control": "private, no-cache", "vary": "Accept"}
_KEPT_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept"}
_NOT_KEPT = {"cache-control": "no-store", "vary": "Accept"}


def create_answers(
    settings: Settings,
    graph: Graph,
    cursor_secret: bytes,
    today: Callable[[], date] = today_in_england,
    writing: Writing | None = None,
) -> Answers:
    """Return what answers GraphQL documents, without HTTP: the terminal's `ask` goes by it too."""
    made = contract()
    return Answers(
        made.graphql,
        made.catalogue,
        graph,
        today=today,
        pages=PageLimits(settings.default_page, settings.max_page),
        limits=DocumentLimits(
            tokens=settings.max_tokens,
            depth=settings.max_depth,
            aliases=settings.max_aliases,
            root_fields=settings.max_root_fields,
            directives=settings.max_directives,
            cost=settings.max_cost,
        ),
        cursors=CursorKey(cursor_secret),
        writing=writing,
    )


def create_app(
    settings: Settings,
    graph: Graph,
    *,
    cursor_secret: bytes = b"",
    today: Callable[[], date] = today_in_england,
    writing: Writing | None = None,
) -> Starlette:
    """Return the application; `graph` and `writing` are closed with it where they can be.

    Without `writing` nothing can be written.

    `cursor_secret` seals cursors: processes that serve the same graph share it. Any secret of the deployment will do,
    such as the database's password.
    """
    answers = create_answers(settings, graph, cursor_secret, today, writing)
    keys = Keys(graph)
    shown = (settings.default_page, settings.max_page, settings.max_cost)
    watch = Watch(graph, settings.fresh_milliseconds / 1000)
    subscriptions = Subscriptions(answers, watch, settings.max_subscriptions)
    endpoint = _Endpoint(answers, subscriptions, Tags(cursor_secret, shown, today), watch, keys, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(_warm(answers, writing))
        async with watch.polling():
            yield
        warming.cancel()
        for one in (keys, writing, graph):
            close = getattr(one, "close", None)
            if close is not None:
                await close()

    app = Starlette(
        routes=[
            Route("/graphql", endpoint, methods=["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE"]),
            WebSocketRoute("/graphql", endpoint.web_socket.respond),
            Route("/health", Health(graph).respond, methods=["GET"]),
            Route("/schema.graphql", endpoint.sdl, methods=["GET"]),
            Route("/", endpoint.index, methods=["GET"]),
            *graphiql_routes(),
        ],
        middleware=[
            Middleware(
                Memory,
                watch=watch,
                most_bytes=settings.memory_megabytes * 1_000_000,
                patience_seconds=_BODY_SECONDS,
                today=today,
            ),
            *_middleware(settings),
        ],
        lifespan=lifespan,
    )
    app.state.subscriptions = subscriptions
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    """Return what each answer passes on its way out: compression, and outermost leave for other pages to read it."""
    compressed = Middleware(Compression, minimum_size=settings.compress_from_bytes, compresslevel=_COMPRESSION_LEVEL)
    if not settings.cors_origins:
        return [compressed]
    # No credentials: there are none here, and with them a page could ask in its visitor's name.
    leave = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["authorization", "content-type", "if-none-match", "last-event-id"],
        expose_headers=["etag"],
    )
    return [leave, compressed]


async def _warm(answers: Answers, writing: Writing | None) -> None:
    """Have the database plan its largest statements while nobody waits: one just started takes seconds for each.

    One after the other, so that requests that come meanwhile find a processor free.
    """
    try:
        for document in _LARGEST:
            await answers.answer(document)
        if writing is not None:
            await writing.warm()
    except IcsgraphError as error:
        _LOG.warning("the graph does not answer yet: %s", error)


class _Endpoint:
    def __init__(
        self, answers: Answers, subscriptions: Subscriptions, tags: Tags, watch: Watch, keys: Keys, settings: Settings
    ) -> None:
        self._answers = answers
        self._subscriptions = subscriptions
        self._tags = tags
        self._watch = watch
        self._keys = keys
        self._wait_seconds = settings.sequence_wait_seconds
        self._documents = PersistedDocuments.of(settings.documents_file, are_all=settings.documents_only)
        self._max_body_bytes = settings.max_body_bytes
        self._timeout_seconds = settings.request_timeout_seconds
        self._send_seconds = settings.send_timeout_seconds
        self._keep_alive_seconds = settings.keep_alive_seconds
        limits = SocketLimits(
            settings.max_subscriptions, settings.max_operations, settings.init_timeout_seconds, self._send_seconds
        )
        self.web_socket = GraphQLWebSocket(self._results, self._documents, limits, settings.cors_origins)

    async def index(self, _: Request) -> Response:
        """Say where things are."""
        return PlainTextResponse(
            "icsgraph: the structure of England's health and care system.\n"
            "POST GraphQL to /graphql; the schema is at /schema.graphql; a browser finds an editor at /graphiql.\n"
            + "\n".join(ATTRIBUTION)
            + "\n"
        )

    async def sdl(self, _: Request) -> Response:
        """Give the schema."""
        return PlainTextResponse(contract().sdl())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: an application of its own, as the library wraps a mere function at a cost to each."""
        response = await self.respond(Request(scope, receive, send))
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """Return the answer to one request; whatever goes wrong is an answer with a code."""
        if is_browser(request):
            return to_graphiql(request)
        accept = request.headers.get("accept")
        accepted, is_stream = media_type(accept), accepts_events(accept)
        try:
            if accepted is None and not is_stream:
                message = f"Accept names no media type that is spoken here; send {GRAPHQL} or {JSON}."
                raise Refusal(406, "NOT_ACCEPTABLE", message)
            return await self._within_time(request, accepted, is_stream=is_stream)
        except Refusal as refusal:
            entry = {"message": refusal.message, "extensions": {"code": refusal.code}}
            return _response({"errors": [entry]}, refusal.status, accepted or JSON, refusal.headers)
        except ClientDisconnect:
            return Response(status_code=499)
        except IcsgraphError as error:
            status, failure = status_and_entry(error)
            if status >= 500:
                _LOG.error("%s: %s", type(error).__name__, error, exc_info=error if status == 500 else None)
            return _response({"errors": [failure]}, status, accepted or JSON, headers_of(status))
        except Exception as error:  # noqa: BLE001  # the edge: logged here, masked for the client
            _LOG.exception("unforeseen error")
            status, failure = status_and_entry(error)
            return _response({"errors": [failure]}, status, accepted or JSON)

    async def _within_time(self, request: Request, accepted: str | None, *, is_stream: bool) -> Response:
        # The database has a limit of its own, but may not heed it, and a client may send its body byte by byte.
        try:
            async with asyncio.timeout(self._timeout_seconds):
                what = await asked(request, self._max_body_bytes, self._documents)
                if request.method != "POST" and await self._answers.is_mutation(what.query, what.operation_name):
                    message = "A mutation is sent by POST; by GET there are queries alone."
                    raise Refusal(405, "METHOD_NOT_ALLOWED", message, {"allow": "POST"})
                if is_stream:
                    is_followed = await self._subscriptions.is_subscription(what)
                    if is_followed or accepted is None:
                        return self._streamed(request, what, is_followed=is_followed)
                caller = await self._keys.caller(request.headers.get("authorization"))
                return await self._answered(what, accepted or JSON, request.headers.get("if-none-match"), caller)
        except TimeoutError as error:
            message = f"The request took longer than {self._timeout_seconds} s; ask for less at once."
            raise RequestTimedOut(message) from error

    def _streamed(self, request: Request, what: Asked, *, is_followed: bool) -> Response:
        after = last_event_id(request)
        if is_followed:
            self._subscriptions.check()
        results = self._subscriptions.events(what, after) if is_followed else self._one(what)
        return EventStream(results, send_seconds=self._send_seconds, keep_alive_seconds=self._keep_alive_seconds)

    async def _one(self, what: Asked) -> AsyncGenerator[tuple[None, Answer], None]:
        yield None, await self._in_time(what)

    async def _results(self, what: Asked) -> AsyncGenerator[Answer, None]:
        """Give what a WebSocket is told of one operation."""
        if not await self._subscriptions.is_subscription(what):
            yield await self._in_time(what)
            return
        async with aclosing(self._subscriptions.events(what)) as events:
            async for _, answer in events:
                yield answer

    async def _in_time(self, what: Asked) -> Answer:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                if what.least_sequence is not None:
                    await self._reach(what.least_sequence)
                return await self._answers.answer(what.query, what.variables, what.operation_name, is_dry=what.is_dry)
        except TimeoutError as error:
            message = f"The request took longer than {self._timeout_seconds} s; ask for less at once."
            raise RequestTimedOut(message) from error

    async def _answered(self, what: Asked, accepted: str, if_none_match: str | None, caller: Caller | None) -> Response:
        if what.least_sequence is not None:
            await self._reach(what.least_sequence)
        digest = self._tags.digest(what, accepted)
        held = self._tags.held(if_none_match, digest)
        if held is not None and digest is not None:
            sequence = None if held == TIMELESS else await self._sequence()
            if self._tags.is_good(held, sequence):
                return Response(status_code=304, headers={**_KEPT, "etag": self._tags.tag(digest, sequence)})
        answer = await self._answers.answer(
            what.query, what.variables, what.operation_name, is_dry=what.is_dry, caller=caller
        )
        if answer.is_write:
            with suppress(IcsgraphError):  # what was written is written, whether or not the database still answers
                await self._watch.poll()  # what this process answers next is not older than what it wrote
        status = 200 if answer.has_data or accepted == JSON else 400
        return Response(
            answer.body, status, {"content-type": f"{accepted}; charset=utf-8", **self._kept(answer, digest)}
        )

    async def _sequence(self) -> int:
        proven = self._watch.proven
        return await self._answers.sequence() if proven is None else proven.sequence

    async def _reach(self, sequence: int) -> None:
        if not await self._watch.reaches(sequence, self._wait_seconds):
            head = self._watch.head
            raise SequenceNotReached(
                f"extensions.minSequence is {sequence}; after {self._wait_seconds} s the graph's sequence is "
                f"{head.sequence if head else 'not known'}. Ask again later, or for one that an answer named."
            )

    def _kept(self, answer: Answer, digest: str | None) -> dict[str, str]:
        if digest is None or not answer.has_data or answer.is_write:
            return _NOT_KEPT
        return {**(_KEPT_FOR_EVER if answer.is_final else _KEPT), "etag": self._tags.tag(digest, answer.sequence)}


def _response(body: object, status: int, accepted: str, headers: dict[str, str] | None = None) -> Response:
    own = {"content-type": f"{accepted}; charset=utf-8", **_NOT_KEPT, **(headers or {})}
    return Response(orjson.dumps(body), status, own)
