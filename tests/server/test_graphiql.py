"""GraphiQL at /graphiql: the page, what it may load, and what is said where it has not been collected."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from server.graphiql import graphiql_routes
from tests.server.serving import SilentGraph, client_of

_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
async def collected(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the routes alone, over a folder in which the page's script lies."""
    tmp_path.joinpath("graphiql.js").write_text("export {};", encoding="utf-8")
    app = Starlette(routes=graphiql_routes(tmp_path))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_the_page_loads_nothing_from_elsewhere(collected: httpx.AsyncClient) -> None:
    """Its policy lets scripts come from here alone, none of them within the page; it stands in no frame."""
    page = await collected.get("/graphiql")
    script = await collected.get("/graphiql/graphiql.js")

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy.replace("https", "http")
    assert "<script>" not in page.text
    assert "//" not in page.text.replace("<!doctype html>", "")
    assert (script.status_code, script.headers["content-type"].partition(";")[0]) == (200, "text/javascript")


async def test_only_what_was_collected_is_given(collected: httpx.AsyncClient) -> None:
    """No path leads out of the folder."""
    for path in ("/graphiql/../settings.py", "/graphiql/%2e%2e/settings.py", "/graphiql/nothing.js"):
        assert (await collected.get(path)).status_code == 404


async def test_one_sentence_says_how_to_collect_it(tmp_path: Path) -> None:
    """Where the npm registry was out of reach, everything else works, and the page says what to do."""
    app = Starlette(routes=graphiql_routes(tmp_path / "none"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        page = await client.get("/graphiql")

    assert page.status_code == 404
    assert "./scripts/graphiql" in page.text
    assert page.text.count("\n") == 1


async def test_a_browser_at_the_address_of_graphql_is_sent_to_the_page() -> None:
    """With the query of the address; who asks for JSON is answered as ever."""
    async with client_of(SilentGraph()) as client:
        sent = await client.get("/graphql?query=%7Bgraph%7D", headers={"accept": _BROWSER})
        plain = await client.get("/graphql", headers={"accept": "application/json"})

    assert (sent.status_code, sent.headers["location"]) == (303, "graphiql?query=%7Bgraph%7D")
    assert plain.json()["errors"][0]["extensions"]["code"] == "NO_QUERY"
