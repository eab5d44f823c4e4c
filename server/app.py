"""`create_app`: the HTTP side, GraphQL over HTTP at `/graphql`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cypher.errors import IcsgraphError
from cypher.graph import Graph
from resolvers.answers import Answers
from resolvers.limits import DocumentLimits
from resolvers.paging import CursorKey, PageLimits
from schema.catalogue import contract
from schema.graph import ATTRIBUTION
from server.errors import status_and_entry
from server.health import Health
from server.negotiation import GRAPHQL, JSON, media_type
from server.settings import Settings

__all__ = ["create_answers", "create_app", "today_in_london"]

_LOG = logging.getLogger("icsgraph")
_LARGEST = '{ coverage(of: "U00000") { outcome rules { rule outcome missing } nearest { basis } } }'


def today_in_london() -> date:
    """Return the date in Europe/London: the `asOf` of whoever sends none."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def create_answers(
    settings: Settings, graph: Graph, cursor_secret: bytes, today: Callable[[], date] = today_in_london
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
        attribution=ATTRIBUTION,
    )


def create_app(
    settings: Settings, graph: Graph, *, cursor_secret: bytes = b"", today: Callable[[], date] = today_in_london
) -> Starlette:
    """Return the application; `graph` is closed with it where it can be.

    `cursor_secret` seals cursors: processes that serve the same graph share it. Any secret of the deployment will do,
    such as the database's password.
    """
    answers = create_answers(settings, graph, cursor_secret, today)
    endpoint = _Endpoint(answers, settings.max_body_bytes)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(_warm(answers))
        yield
        warming.cancel()
        close = getattr(graph, "close", None)
        if close is not None:
            await close()

    return Starlette(
        routes=[
            Route("/graphql", endpoint.respond, methods=["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE"]),
            Route("/health", Health(graph).respond, methods=["GET"]),
            Route("/schema.graphql", endpoint.sdl, methods=["GET"]),
            Route("/", endpoint.index, methods=["GET"]),
        ],
        lifespan=lifespan,
    )


async def _warm(answers: Answers) -> None:
    """Have the database plan its largest statement while nobody waits: one just started takes seconds for the first."""
    try:
        await answers.answer(_LARGEST)
    except IcsgraphError as error:
        _LOG.warning("the graph does not answer yet: %s", error)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks: the document, its variables, which operation."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    is_dry: bool = False


class _Refusal(Exception):
    """A request that is answered with an HTTP status of its own."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


class _Endpoint:
    def __init__(self, answers: Answers, max_body_bytes: int) -> None:
        self._answers = answers
        self._max_body_bytes = max_body_bytes

    async def index(self, _: Request) -> Response:
        """Say where things are."""
        return PlainTextResponse(
            "icsgraph: the structure of England's health and care system.\n"
            "POST GraphQL to /graphql; the schema is at /schema.graphql.\n" + "\n".join(ATTRIBUTION) + "\n"
        )

    async def sdl(self, _: Request) -> Response:
        """Give the schema."""
        return PlainTextResponse(contract().sdl())

    async def respond(self, request: Request) -> Response:
        """Answer one request; whatever goes wrong is an answer with a code."""
        accepted = media_type(request.headers.get("accept"))
        try:
            if accepted is None:
                message = f"Accept names no media type that is spoken here; send {GRAPHQL} or {JSON}."
                raise _Refusal(406, "NOT_ACCEPTABLE", message)
            asked = await self._asked(request)
            answer = await self._answers.answer(asked.query, asked.variables, asked.operation_name, is_dry=asked.is_dry)
        except _Refusal as refusal:
            entry = {"message": refusal.message, "extensions": {"code": refusal.code}}
            return _response({"errors": [entry]}, refusal.status, accepted or JSON, refusal.headers)
        except ClientDisconnect:
            return Response(status_code=499)
        except IcsgraphError as error:
            status, failure = status_and_entry(error)
            _LOG.error("%s: %s", type(error).__name__, error, exc_info=error if status == 500 else None)
            return _response({"errors": [failure]}, status, accepted or JSON)
        except Exception as error:  # noqa: BLE001  # the edge: logged here, masked for the client
            _LOG.exception("unforeseen error")
            status, failure = status_and_entry(error)
            return _response({"errors": [failure]}, status, accepted or JSON)
        status = 200 if answer.has_data or accepted == JSON else 400
        return Response(answer.body, status, {"content-type": f"{accepted}; charset=utf-8"})

    async def _asked(self, request: Request) -> _Asked:
        if request.method in {"GET", "HEAD"}:
            return self._from_query(request)
        if request.method != "POST":
            message = f"{request.method} is not allowed at /graphql; send POST, or GET for a query."
            raise _Refusal(405, "METHOD_NOT_ALLOWED", message, {"allow": "GET, HEAD, POST"})
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent != "application/json":
            message = f"Content-Type is {sent[:100] or 'missing'!r}; send application/json."
            raise _Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message)
        return self._from_body(await self._body(request))

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._max_body_bytes:
                message = f"The body is larger than {self._max_body_bytes} bytes, which is the most that is allowed."
                raise _Refusal(413, "BODY_TOO_LARGE", message)
        return bytes(body)

    @staticmethod
    def _from_query(request: Request) -> _Asked:
        query = request.query_params
        if "query" not in query:
            raise _Refusal(400, "NO_QUERY", "The query parameter `query` is missing: the GraphQL document to run.")
        return _Asked(
            query["query"],
            _object("variables", _json(query["variables"], "variables")) if query.get("variables") else {},
            query.get("operationName") or None,
        )

    @staticmethod
    def _from_body(body: bytes) -> _Asked:
        sent = _json(body, "The body")
        if isinstance(sent, list):
            raise _Refusal(400, "BATCH_REFUSED", "The body is an array: send one request at a time, as an object.")
        if not isinstance(sent, dict):
            raise _Refusal(400, "MALFORMED_BODY", 'The body is no JSON object; send {"query": …, "variables": …}.')
        query, name = sent.get("query"), sent.get("operationName")
        if not isinstance(query, str):
            raise _Refusal(400, "NO_QUERY", "`query` is missing or no text: send the GraphQL document to run.")
        if name is not None and not isinstance(name, str):
            raise _Refusal(
                400, "MALFORMED_BODY", "`operationName` is no text: send the name of an operation, or leave it out."
            )
        is_dry = _object("extensions", sent.get("extensions")).get("dryRun", False)
        if not isinstance(is_dry, bool):
            raise _Refusal(400, "MALFORMED_BODY", "`extensions.dryRun` is neither true nor false.")
        return _Asked(query, _object("variables", sent.get("variables")), name or None, is_dry)


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise _Refusal(400, "MALFORMED_JSON", f"{what} is not JSON in UTF-8.") from error


def _object(name: str, value: object) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _Refusal(400, "MALFORMED_BODY", f"`{name}` is no JSON object; send one, or leave it out.")
    return value


def _response(body: object, status: int, accepted: str, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body), status, {"content-type": f"{accepted}; charset=utf-8", **(headers or {})})
