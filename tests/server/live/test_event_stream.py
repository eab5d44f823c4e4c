"""GraphQL over server-sent events, as a browser's EventSource asks for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import httpx

from tests.server.live.following import (
    FOLLOW,
    LARGE,
    MUCH,
    Serving,
    dropped,
    narrow_connection,
)


async def test_events_have_ids_from_which_a_browser_goes_on(serving: Serving, write: Callable[[], int]) -> None:
    """As EventSource does: by GET, with the last id in a header, which goes before what the document says."""
    write()
    last = write()
    request = {"query": FOLLOW, "variables": json.dumps({"after": 0})}
    headers = {"accept": "text/event-stream", "last-event-id": str(last - 2)}

    async with (
        httpx.AsyncClient(timeout=20) as client,
        client.stream("GET", serving.address, params=request, headers=headers) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.aiter_lines()
        told = [line async for line in _until(lines, f"id: {last}")]

    assert told[:2] == ["event: next", f"id: {last - 1}"]
    assert json.loads(told[2].removeprefix("data: "))["data"] == {"changes": {"sequence": last - 1}}


async def _until(lines: AsyncIterator[str], last: str) -> AsyncIterator[str]:
    async for line in lines:
        if line not in {"", ":"}:  # what parts events, and signs of life
            yield line
        if line == last:
            return


async def test_a_query_over_events_is_one_result(serving: Serving) -> None:
    """And complete; what is at fault is a result too, with its code."""
    headers = {"accept": "text/event-stream"}
    async with httpx.AsyncClient(timeout=20) as client:
        right = await client.post(serving.address, json={"query": "{ graph { epoch } }"}, headers=headers)
        wrong = await client.post(serving.address, json={"query": "{ grahp }"}, headers=headers)
        ahead = await client.post(
            serving.address, json={"query": FOLLOW, "variables": {"after": 10**6}}, headers=headers
        )

    assert right.text.startswith('event: next\ndata: {"data":{"graph":')
    assert right.text.endswith("\n\nevent: complete\ndata:\n\n")
    assert '"code":"GRAPHQL_VALIDATION_FAILED"' in wrong.text
    assert '"code":"SEQUENCE_AHEAD"' in ahead.text
    assert ahead.text.endswith("event: complete\ndata:\n\n")


async def test_a_last_event_that_is_no_sequence_is_refused(serving: Serving) -> None:
    """Before anything is followed."""
    headers = {"accept": "text/event-stream", "last-event-id": "x"}
    async with httpx.AsyncClient(timeout=20) as client:
        answer = await client.post(serving.address, json={"query": FOLLOW}, headers=headers)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "MALFORMED_EVENT_ID")


async def test_events_that_are_not_read_end_with_the_reason(serving: Serving, much: int) -> None:
    """The stream is ended by an event that says why, with its code."""
    body = json.dumps({"query": LARGE, "variables": {"after": much}}).encode()
    head = "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n"
    reader, writer = await asyncio.open_connection(sock=narrow_connection(serving.port), limit=1024)
    writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)

    read = await dropped(serving)
    async with asyncio.timeout(60):
        told = b""
        while chunk := await reader.read(1_000_000):
            told = (told + chunk)[-2000:]
            if b"event: complete" in told:
                break
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()

    assert b'"code":"SLOW_READER"' in told
    assert read < MUCH
