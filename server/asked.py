"""What a request asks, read from its address or its body; what is no request is a `Refusal` with an HTTP status."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

from server.persisted import PREFIX, PersistedDocuments, document_id

__all__ = ["Asked", "Refusal", "asked", "asked_of"]

_NO_SEQUENCE = 2**63


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the document, its variables, which operation; a dry one is priced and not run.

    The answer is to be of a graph whose sequence is `least_sequence` or later.
    """

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    is_dry: bool = False
    least_sequence: int | None = None


class Refusal(Exception):
    """A request that is answered with an HTTP status of its own."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


async def asked(request: Request, max_body_bytes: int, documents: PersistedDocuments) -> Asked:
    """Return what a request asks.

    Raises:
        Refusal: it is none of ours: its method, its media type, its size or its form; or its document is not known, or
            not one that is answered here.
    """
    if request.method in {"GET", "HEAD"}:
        return asked_of(_from_address(request), documents)
    if request.method != "POST":
        message = f"{request.method} is not allowed at /graphql; send POST, or GET for a query."
        raise Refusal(405, "METHOD_NOT_ALLOWED", message, {"allow": "GET, HEAD, POST"})
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != "application/json":
        message = f"Content-Type is {sent[:100] or 'missing'!r}; send application/json."
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message)
    return asked_of(_from_body(await _body(request, max_body_bytes)), documents)


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            message = f"The body is larger than {most} bytes, which is the most that is allowed."
            raise Refusal(413, "BODY_TOO_LARGE", message)
    return bytes(body)


def _from_address(request: Request) -> dict[str, Any]:
    """Return the parameters of a GET, those that are JSON read; an empty one is as if it were not there."""
    given = request.query_params
    sent: dict[str, Any] = {name: given[name] for name in ("query", "documentId", "operationName") if name in given}
    sent.update({name: _json(given[name], name) for name in ("variables", "extensions") if given.get(name)})
    return sent


def _from_body(body: bytes) -> dict[str, Any]:
    sent = _json(body, "The body")
    if isinstance(sent, list):
        raise Refusal(400, "BATCH_REFUSED", "The body is an array: send one request at a time, as an object.")
    if not isinstance(sent, dict):
        raise Refusal(400, "MALFORMED_BODY", 'The body is no JSON object; send {"query": …, "variables": …}.')
    return sent


def asked_of(sent: dict[str, Any], documents: PersistedDocuments) -> Asked:
    """Return what an object asks that came as a body, or within a message of a WebSocket.

    Raises:
        Refusal: it is none of ours.
    """
    extensions = _object("extensions", sent.get("extensions"))
    query, name = _document(sent, extensions, documents), sent.get("operationName")
    if name is not None and not isinstance(name, str):
        raise Refusal(
            400, "MALFORMED_BODY", "`operationName` is no text: send the name of an operation, or leave it out."
        )
    is_dry = extensions.get("dryRun", False)
    if not isinstance(is_dry, bool):
        raise Refusal(400, "MALFORMED_BODY", "`extensions.dryRun` is neither true nor false.")
    least = extensions.get("minSequence")
    if least is not None and (not isinstance(least, int) or isinstance(least, bool) or not 0 <= least < _NO_SEQUENCE):
        message = (
            "`extensions.minSequence` is no sequence: send a whole number, as in an answer's `extensions.sequence`."
        )
        raise Refusal(400, "MALFORMED_BODY", message)
    return Asked(query, _object("variables", sent.get("variables")), name or None, is_dry, least)


def _document(sent: dict[str, Any], extensions: dict[str, Any], documents: PersistedDocuments) -> str:
    """Return the document's text, sent or known by its id."""
    query, given = sent.get("query"), sent.get("documentId")
    apollo = _object("extensions.persistedQuery", extensions.get("persistedQuery")).get("sha256Hash")
    if given is None and apollo is not None:
        given = f"{PREFIX}{apollo}"
        if isinstance(query, str) and documents.is_id(given) and document_id(query) != given:
            message = "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query`; send the one or the other."
            raise Refusal(400, "DOCUMENT_ID_MISMATCH", message)
    elif given is not None and query is not None:
        raise Refusal(400, "TWO_DOCUMENTS", "Both `query` and `documentId` were sent; send one of them.")
    if given is not None and (not isinstance(given, str) or not documents.is_id(given)):
        message = (
            f"{str(given)[:100]!r} is no id of a document; send {PREFIX} and 64 hexadecimal digits in small letters."
        )
        raise Refusal(400, "MALFORMED_DOCUMENT_ID", message)
    if given is not None and query is None:
        if (known := documents.get(given)) is None:
            message = "No document with this id is known here; send its text as `query`."
            raise Refusal(400, "PERSISTED_QUERY_NOT_FOUND", message)  # the code that Apollo's clients look for
        return known
    if not isinstance(query, str):
        raise Refusal(400, "NO_QUERY", "`query` is missing or no text: send the GraphQL document to run.")
    if not documents.allows(query):
        message = "Only documents that this server knows are answered here; send the `documentId` of one."
        raise Refusal(403, "DOCUMENT_NOT_ALLOWED", message)
    return query


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise Refusal(400, "MALFORMED_JSON", f"{what} is not JSON in UTF-8.") from error


def _object(name: str, value: object) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refusal(400, "MALFORMED_BODY", f"`{name}` is no JSON object; send one, or leave it out.")
    return value
