"""Compression, leave for pages of other addresses, and the time that a whole request may take."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.connection import Connection
from server.settings import Settings
from tests.server.serving import SilentGraph, client_of, code_of, serving

_SMALL = "{ integratedCareBoards { totalCount } }"
_LARGE = "{ integratedCareBoards { nodes { code name validity { from fromPrecision to } } } }"
_PAGE = "https://page.example"


async def test_a_large_answer_is_compressed_where_that_is_accepted(real_graph: Connection) -> None:
    """The same answer with the same tag; a small one is not worth it."""
    async with serving(real_graph) as (client, _):
        plain = await client.post("/graphql", json={"query": _LARGE}, headers={"accept-encoding": "identity"})
        packed = await client.post("/graphql", json={"query": _LARGE}, headers={"accept-encoding": "gzip"})
        small = await client.get("/health", headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert (packed.json(), packed.headers["etag"]) == (plain.json(), plain.headers["etag"])
    assert all("Accept-Encoding" in one.headers["vary"] and "Accept," in one.headers["vary"] for one in (plain, packed))
    assert not {"content-encoding"} & (set(plain.headers) | set(small.headers))


async def test_pages_of_other_addresses_have_no_leave_unless_it_is_set() -> None:
    """A browser then keeps the answer from them; a preflight is refused."""
    async with client_of(SilentGraph()) as client:
        sdl = await client.get("/schema.graphql", headers={"origin": _PAGE})
        preflight = await client.options("/graphql", headers={"origin": _PAGE, "access-control-request-method": "POST"})

    assert not [name for one in (sdl, preflight) for name in one.headers if name.startswith("access-control")]
    assert preflight.status_code == 405


@pytest.mark.parametrize("origins", [(_PAGE,), ("*",), ("https://other.example", _PAGE)])
async def test_pages_that_are_set_may_ask_and_read_the_tag(real_graph: Connection, origins: tuple[str, ...]) -> None:
    """By POST with JSON after a preflight; answers and mistakes alike; never with credentials."""
    async with serving(real_graph, Settings(cors_origins=origins)) as (client, _):
        asked = {"origin": _PAGE, "access-control-request-method": "POST"}
        preflight = await client.options(
            "/graphql", headers={**asked, "access-control-request-headers": "content-type, if-none-match"}
        )
        answers = [
            await client.post("/graphql", json={"query": query}, headers={"origin": _PAGE}) for query in (_SMALL, "{")
        ]

    assert preflight.status_code == 200
    for one in (preflight, *answers):
        assert one.headers["access-control-allow-origin"] in {_PAGE, "*"}
        assert "access-control-allow-credentials" not in one.headers
    assert all(one.headers["access-control-expose-headers"] == "etag" for one in answers)


async def test_a_page_that_is_not_set_has_no_leave() -> None:
    """The setting names the others."""
    async with client_of(SilentGraph(), Settings(cors_origins=("https://other.example",))) as client:
        response = await client.get("/schema.graphql", headers={"origin": _PAGE})

    assert "access-control-allow-origin" not in response.headers


async def test_a_request_that_takes_too_long_is_a_504_although_the_database_never_answers() -> None:
    """The door has a clock of its own: it does not wait for the database to notice."""
    async with client_of(SilentGraph(), Settings(request_timeout_seconds=1)) as client, asyncio.timeout(10):
        response = await client.post("/graphql", json={"query": _SMALL})

    assert (response.status_code, code_of(response)) == (504, "TOOK_TOO_LONG")
    assert "1 s" in response.json()["errors"][0]["message"]


async def test_a_body_that_never_ends_is_a_504() -> None:
    """Reading is part of the request, so nobody holds a place by sending slowly."""

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"query": "'
        await asyncio.Event().wait()

    async with client_of(SilentGraph(), Settings(request_timeout_seconds=1)) as client, asyncio.timeout(10):
        response = await client.post("/graphql", content=slowly(), headers={"content-type": "application/json"})

    assert (response.status_code, code_of(response)) == (504, "TOOK_TOO_LONG")


async def test_after_a_request_that_took_too_long_the_database_answers_the_next(real_graph: Connection) -> None:
    """The connection is cut and not given to the next one in the middle of an answer."""
    async with serving(real_graph) as (client, graph):
        await client.post("/graphql", json={"query": _SMALL})
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await graph.read("UNWIND range(1, 100000000) AS i RETURN count(i)", {})
        response = await client.post("/graphql", json={"query": _SMALL})

    assert response.json()["data"] == {"integratedCareBoards": {"totalCount": 36}}
