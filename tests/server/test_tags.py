"""`ETag`, `If-None-Match`, `Cache-Control`: what a client may keep, and how little it costs to ask whether it may."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from server.connection import Connection
from server.settings import Settings
from tests.reading import TODAY
from tests.server.serving import serving

_QUERY = "query($first: Int) { integratedCareBoards(first: $first) { totalCount nodes { code name } } }"
_GRAPHQL = "application/graphql-response+json"


async def _post(client: httpx.AsyncClient, tag: str | None = None, **body: Any) -> httpx.Response:
    sent = {"query": _QUERY, "variables": {"first": 3}, **body}
    return await client.post("/graphql", json=sent, headers={"if-none-match": tag} if tag else {})


async def test_an_unchanged_answer_is_a_304_that_asks_for_the_sequence_alone(real_graph: Connection) -> None:
    """By POST and by GET; the statement reads the one node of the graph and nothing else."""
    params = {"query": _QUERY, "variables": '{"first": 3}'}
    async with serving(real_graph) as (client, graph):
        posted = await _post(client)
        got = await client.get("/graphql", params=params)
        graph.statements.clear()

        for response in (
            await _post(client, posted.headers["etag"]),
            await client.get("/graphql", params=params, headers={"if-none-match": f'"x", {got.headers["etag"]}'}),
            await client.head("/graphql", params=params, headers={"if-none-match": got.headers["etag"]}),
        ):
            assert (response.status_code, response.content) == (304, b"")
            assert response.headers["etag"] == posted.headers["etag"] == got.headers["etag"]

    frame = "MATCH (graph:Graph) RETURN [graph.sequence, toString(graph.since), toString(graph.until)] AS row"
    assert graph.statements == [frame] * 3


@pytest.mark.parametrize(
    "body",
    [
        {"variables": {"first": 4}},
        {"query": _QUERY + " "},
        {"query": "query A { graph { sequence } } query B { graph { sequence } }", "operationName": "B"},
    ],
)
async def test_another_request_has_another_tag(real_graph: Connection, body: dict[str, Any]) -> None:
    """A client that sends the tag of something else is answered in full."""
    async with serving(real_graph) as (client, _):
        tag = (await _post(client)).headers["etag"]
        other = await _post(client, tag, **body)

    assert other.status_code == 200
    assert other.headers["etag"] != tag


async def test_a_tag_is_of_its_day_and_its_media_type_and_its_settings(real_graph: Connection) -> None:
    """An undated request means today, so tomorrow it asks something else."""
    tags = set()
    days: tuple[tuple[date, Settings, str], ...] = (
        (TODAY, Settings(), "*/*"),
        (TODAY + timedelta(days=1), Settings(), "*/*"),
        (TODAY, Settings(max_cost=40_000), "*/*"),
        (TODAY, Settings(), _GRAPHQL),
    )
    for today, settings, accept in days:
        async with serving(real_graph, settings, today) as (client, _):
            response = await client.post("/graphql", json={"query": _QUERY}, headers={"accept": accept})
            tags.add(response.headers["etag"])

    assert len(tags) == len(days)


async def test_a_tag_of_another_sequence_is_answered_in_full(real_graph: Connection) -> None:
    """As after every change of the graph."""
    async with serving(real_graph) as (client, _):
        first = await _post(client)
        sequence = first.json()["extensions"]["sequence"]
        old = first.headers["etag"].replace(f'"{sequence}.', f'"{sequence - 1}.')
        response = await _post(client, old)

    assert old != first.headers["etag"]
    assert (response.status_code, response.json()) == (200, first.json())


@pytest.mark.parametrize(
    "tag", ["*", "", '"', 'W/"1.zz"', 'W/"-.00"', '"' + "9" * 5000 + '.00"', "ä".encode("latin-1")]
)
async def test_a_tag_that_is_none_of_ours_is_heeded_by_nobody(real_graph: Connection, tag: str | bytes) -> None:
    """It is no mistake either: the answer comes in full."""
    async with serving(real_graph) as (client, _):
        response = await client.post(
            "/graphql",
            json={"query": _QUERY},
            headers=[(b"if-none-match", tag if isinstance(tag, bytes) else tag.encode())],
        )

    assert response.status_code == 200


async def test_introspection_is_kept_without_asking_the_database(real_graph: Connection) -> None:
    """It is of the schema alone."""
    query = "{ __schema { queryType { name } } }"
    async with serving(real_graph) as (client, graph):
        tag = (await _post(client, query=query)).headers["etag"]
        graph.statements.clear()
        response = await _post(client, tag, query=query)

    assert (response.status_code, graph.statements) == (304, [])


async def test_an_answer_is_kept_by_its_client_and_asked_for_again(real_graph: Connection) -> None:
    """Nothing is promised for ever: a source may correct the past, and recorded time cannot be asked for yet."""
    query = '{ integratedCareBoards(asOf: "2025-01-01") { totalCount } }'
    async with serving(real_graph) as (client, _):
        response = await _post(client, query=query)

    assert response.headers["cache-control"] == "private, no-cache"
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    "body", [{"query": "{ nonsense }"}, {"query": 7}, {"extensions": {"dryRun": True}}], ids=["invalid", "no", "dry"]
)
async def test_what_is_no_answer_is_not_kept(real_graph: Connection, body: dict[str, Any]) -> None:
    """A mistake, a refusal, a price."""
    async with serving(real_graph) as (client, _):
        response = await _post(client, **body)

    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
