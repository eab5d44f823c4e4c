"""What a request asks, read from its address or its body; what is no request is a `Refusal` with an HTTP status."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

__all__ = ["Asked", "Refusal", "asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the document, its variables, which operation; a dry one is priced and not run."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    is_dry: bool = False


class Refusal(Exception):
    """A request that is answered with an HTTP status of its own."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


async def asked(request: Request, max_body_bytes: int) -> Asked:
    """Return what a request asks.

    Raises:
        Refusal: it is none of ours: its method, its media type, its size or its form.
    """
    if request.method in {"GET", "HEAD"}:
        return _from_query(request)
    if request.method != "POST":
        message = f"{request.method} is not allowed at /graphql; send POST, or GET for a query."
        raise Refusal(405, "METHOD_NOT_ALLOWED", message, {"allow": "GET, HEAD, POST"})
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != "application/json":
        message = f"Content-Type is {sent[:100] or 'missing'!r}; send application/json."
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message)
    return _from_body(await _body(request, max_body_bytes))


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            message = f"The body is larger than {most} bytes, which is the most that is allowed."
            raise Refusal(413, "BODY_TOO_LARGE", message)
    return bytes(body)


def _from_query(request: Request) -> Asked:
    query = request.query_params
    if "query" not in query:
        raise Refusal(400, "NO_QUERY", "The query parameter `query` is missing: the GraphQL document to run.")
    return Asked(
        query["query"],
        _object("variables", _json(query["variables"], "variables")) if query.get("variables") else {},
        query.get("operationName") or None,
    )


def _from_body(body: bytes) -> Asked:
    sent = _json(body, "The body")
    if isinstance(sent, list):
        raise Refusal(400, "BATCH_REFUSED", "The body is an array: send one request at a time, as an object.")
    if not isinstance(sent, dict):
        raise Refusal(400, "MALFORMED_BODY", 'The body is no JSON object; send {"query": …, "variables": …}.')
    query, name = sent.get("query"), sent.get("operationName")
    if not isinstance(query, str):
        raise Refusal(400, "NO_QUERY", "`query` is missing or no text: send the GraphQL document to run.")
    if name is not None and not isinstance(name, str):
        raise Refusal(
            400, "MALFORMED_BODY", "`operationName` is no text: send the name of an operation, or leave it out."
        )
    is_dry = _object("extensions", sent.get("extensions")).get("dryRun", False)
    if not isinstance(is_dry, bool):
        raise Refusal(400, "MALFORMED_BODY", "`extensions.dryRun` is neither true nor false.")
    return Asked(query, _object("variables", sent.get("variables")), name or None, is_dry)


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
