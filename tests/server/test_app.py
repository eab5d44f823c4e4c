"""GraphQL over HTTP: what each request is answered, with which status, media type and code."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest

from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.settings import Settings

_GRAPHQL = "application/graphql-response+json"
_JSON = "application/json"
_COUNT = "{ integratedCareBoards { totalCount } }"


@pytest.fixture
async def client(real_graph: Connection) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the application over the real graph."""
    async with Neo4jGraph(real_graph, "neo4j", 60) as graph:
        transport = httpx.ASGITransport(create_app(Settings(), graph, cursor_secret=b"tests"))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as given:
            yield given


def _code(response: httpx.Response) -> str:
    body: dict[str, Any] = response.json()
    assert "data" not in body
    return str(body["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize("accept", [_JSON, _GRAPHQL])
async def test_a_query_is_answered_in_the_media_type_that_is_accepted(client: httpx.AsyncClient, accept: str) -> None:
    """Both media types of the specification are spoken, in UTF-8, by POST and by GET."""
    posted = await client.post("/graphql", json={"query": _COUNT}, headers={"accept": accept})
    got = await client.get("/graphql", params={"query": _COUNT}, headers={"accept": accept})

    for response in (posted, got):
        assert response.status_code == 200
        assert response.headers["content-type"] == f"{accept}; charset=utf-8"
        assert response.json()["data"] == {"integratedCareBoards": {"totalCount": 36}}


async def test_an_answer_carries_the_attribution_of_what_it_used(client: httpx.AsyncClient) -> None:
    """The licence asks for it where there is data; a mistake has used nobody's."""
    found = await client.post("/graphql", json={"query": _COUNT})
    mistaken = await client.post("/graphql", json={"query": "{ nonsense }"})

    assert "Open Government Licence v3.0" in found.json()["extensions"]["attribution"][0]
    assert mistaken.json()["extensions"]["attribution"] == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ nonsense", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ('{ primaryCareNetwork(odsCode: "u4") { code } }', "MALFORMED_CODE"),
        ('{ primaryCareNetwork(odsCode: "U41591", asOf: "2026-02-30") { code } }', "MALFORMED_DATE"),
        ('{ gpPractices(after: "abc") { totalCount nodes { code } } }', "MALFORMED_CURSOR"),
        ("{ gpPractices(first: 1001) { nodes { code } } }", "PAGE_SIZE_OUT_OF_RANGE"),
        ('{ node(id: "???") { id } }', "MALFORMED_ID"),
        ("{ integratedCareBoard { code } }", "ONE_CODE_NEEDED"),
        ("query A { graph { sequence } } query B { graph { sequence } }", "OPERATION_NOT_DETERMINED"),
        ("{ graph { sequence } }" + " #" + "x" * 10 + "\n" + "{ a }" * 4000, "TOO_MANY_TOKENS"),
        (
            '{ node(id: "a") { '
            + ("... on NHSTrust { localAuthorities { nodes { located { nodes { ") * 8
            + "id"
            + " } } } } }" * 8
            + " } }",
            "TOO_DEEP",
        ),
    ],
)
async def test_a_mistake_in_the_document_has_a_code(client: httpx.AsyncClient, query: str, code: str) -> None:
    """The new media type answers 400, the old one 200, as the specification says."""
    new = await client.post("/graphql", json={"query": query}, headers={"accept": _GRAPHQL})
    old = await client.post("/graphql", json={"query": query}, headers={"accept": _JSON})

    assert (new.status_code, _code(new)) == (400, code)
    assert (old.status_code, _code(old)) == (200, code)


async def test_a_malformed_date_says_what_was_sent_and_what_is_allowed(client: httpx.AsyncClient) -> None:
    """In a literal and in a variable alike."""
    literal = await client.post("/graphql", json={"query": '{ nhsTrusts(asOf: "01/04/2026") { totalCount } }'})
    variable = await client.post(
        "/graphql",
        json={"query": "query($d: Date) { nhsTrusts(asOf: $d) { totalCount } }", "variables": {"d": "01/04/2026"}},
    )

    for response in (literal, variable):
        error = response.json()["errors"][0]
        assert error["message"] == (
            "'01/04/2026' is not a date of the calendar; send year, month and day as in 2026-04-01."
        )
        assert error["extensions"] == {"code": "MALFORMED_DATE", "sent": "'01/04/2026'", "allowed": "YYYY-MM-DD"}
        assert error["locations"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"null", "MALFORMED_BODY"),
        (b"[]", "BATCH_REFUSED"),
        (b"{", "MALFORMED_JSON"),
        (b'{"query": "\xff"}', "MALFORMED_JSON"),
        (b"[" * 100_000, "MALFORMED_JSON"),
        (b'{"query": 7}', "NO_QUERY"),
        (b"{}", "NO_QUERY"),
        (b'{"query": "{ graph { sequence } }", "variables": []}', "MALFORMED_BODY"),
        (b'{"query": "{ graph { sequence } }", "operationName": 7}', "MALFORMED_BODY"),
    ],
)
async def test_a_body_that_is_no_request_is_a_400(client: httpx.AsyncClient, body: bytes, code: str) -> None:
    """None of these reaches the schema, and none is an error of ours."""
    response = await client.post("/graphql", content=body, headers={"content-type": _JSON})

    assert (response.status_code, _code(response)) == (400, code)


async def test_a_variable_beyond_an_int_is_the_clients_mistake(client: httpx.AsyncClient) -> None:
    """Integers of GraphQL have 32 bits; a larger one never reaches the driver."""
    response = await client.post(
        "/graphql",
        json={
            "query": ("query($n: Int) { nhsTrusts(first: $n) { totalCount nodes { code } } }"),
            "variables": {"n": 2**70},
        },
    )

    assert _code(response) in {"MALFORMED_VARIABLES", "MALFORMED_JSON"}


@pytest.mark.parametrize(
    ("method", "headers", "content", "status", "code"),
    [
        ("POST", {"content-type": "text/plain"}, b"{}", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {"content-type": "application/x-www-form-urlencoded"}, b"query=x", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {"content-type": _JSON}, b" " * 300_000, 413, "BODY_TOO_LARGE"),
        ("GET", {}, b"", 400, "NO_QUERY"),
        ("PUT", {}, b"", 405, "METHOD_NOT_ALLOWED"),
        ("GET", {"accept": "text/csv"}, b"", 406, "NOT_ACCEPTABLE"),
    ],
)
async def test_what_is_no_graphql_request_has_a_status_and_a_code(
    client: httpx.AsyncClient, method: str, headers: dict[str, str], content: bytes, status: int, code: str
) -> None:
    """The HTTP part of a mistake is told in HTTP's own terms, with the code beside it."""
    response = await client.request(method, "/graphql", headers=headers, content=content)

    assert (response.status_code, _code(response)) == (status, code)


async def test_a_database_that_is_away_is_a_503(unused_tcp_port: int) -> None:
    """An outage is no mistake of the client's, and says nothing of addresses."""
    away = Connection(f"bolt://127.0.0.1:{unused_tcp_port}", "neo4j", "secret")
    async with Neo4jGraph(away, "neo4j", 5) as graph:
        transport = httpx.ASGITransport(create_app(Settings(), graph))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await client.post("/graphql", json={"query": _COUNT})

    assert (response.status_code, _code(response)) == (503, "DATABASE_UNAVAILABLE")
    assert "127.0.0.1" not in response.text


async def test_an_empty_database_is_a_503_that_says_what_to_do(bare_graph: Connection) -> None:
    """A server without a graph tells how to load one."""
    async with Neo4jGraph(bare_graph, "neo4j", 60) as graph:
        transport = httpx.ASGITransport(create_app(Settings(), graph))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await client.post("/graphql", json={"query": _COUNT})

    assert (response.status_code, _code(response)) == (503, "GRAPH_IS_EMPTY")
    assert "icsgraph seed load" in response.json()["errors"][0]["message"]


async def test_introspection_is_answered_beside_data(client: httpx.AsyncClient) -> None:
    """Tools ask for the schema; a document may ask for both, in any order and through fragments."""
    document = "{ b: graph { sequence } ...S __typename } fragment S on Query { __schema { queryType { name } } }"
    response = await client.post("/graphql", json={"query": document})

    data = response.json()["data"]
    assert list(data) == ["b", "__schema", "__typename"]
    assert (data["__schema"], data["__typename"]) == ({"queryType": {"name": "Query"}}, "Query")


async def test_the_standard_introspection_passes_the_limits(client: httpx.AsyncClient) -> None:
    """What code generators and explorers send is within what is allowed."""
    from graphql import build_client_schema, get_introspection_query

    response = await client.post("/graphql", json={"query": get_introspection_query(descriptions=True)})

    assert build_client_schema(response.json()["data"]).query_type is not None


async def test_a_page_goes_on_where_the_last_one_ended(client: httpx.AsyncClient) -> None:
    """Forward through all boards and backward again: each once, in order."""
    document = (
        "query($after: String, $before: String, $first: Int, $last: Int) { integratedCareBoards(first: $first, "
        "after: $after,"
        " last: $last, before: $before) { nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor "
        "endCursor } } }"
    )

    async def pages(size: str, cursor: str, end: str, more: str) -> list[list[str]]:
        found: list[list[str]] = []
        variables: dict[str, object] = {size: 10}
        while True:
            sent = orjson.dumps({"query": document, "variables": variables})
            response = await client.post("/graphql", content=sent, headers={"content-type": _JSON})
            page = response.json()["data"]["integratedCareBoards"]
            found.append([node["code"] for node in page["nodes"]])
            if not page["pageInfo"][more]:
                return found
            variables = {size: 10, cursor: page["pageInfo"][end]}

    forward = await pages("first", "after", "endCursor", "hasNextPage")
    backward = await pages("last", "before", "startCursor", "hasPreviousPage")

    codes = [code for page in forward for code in page]
    assert [len(page) for page in forward] == [10, 10, 10, 6]
    assert codes == sorted(set(codes))
    assert [code for page in reversed(backward) for code in page] == codes


async def test_an_answer_says_what_it_cost_and_a_dry_run_only_that(client: httpx.AsyncClient) -> None:
    """A client can price a request before it sends it in earnest."""
    query = "{ integratedCareBoards(first: 50) { nodes { code subIcbLocations { totalCount } } } }"
    real = await client.post("/graphql", json={"query": query})
    dry = await client.post("/graphql", json={"query": query, "extensions": {"dryRun": True}})

    assert real.json()["extensions"]["cost"] == {"requested": 36, "allowed": 50_000}
    assert dry.json() == {
        "data": None,
        "extensions": {
            "attribution": [],
            "cost": real.json()["extensions"]["cost"],
        },
    }


async def test_what_costs_too_much_is_refused_with_the_field_to_cut(client: httpx.AsyncClient) -> None:
    """Each practice's networks' practices' networks' practices: a hundred thousand objects that nobody can read."""
    inner = "primaryCareNetworks { nodes { gpPractices { nodes {"
    query = f"{{ gpPractices(first: 1000) {{ nodes {{ {inner * 3} code {'} } } }' * 3} }} }} }}"
    response = await client.post("/graphql", json={"query": query})

    assert _code(response) == "TOO_COSTLY"
    assert response.json()["errors"][0]["extensions"]["cut"].startswith(
        "gpPractices.nodes.primaryCareNetworks.nodes.gpPractices"
    )
