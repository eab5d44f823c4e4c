"""`nearest(to:, kind:)` on the real graph: what is near, from where that is measured, and why nothing is."""

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from server.connection import Connection
from tests.reading import Asking

_NEAREST = """
query($to: Origin!, $kind: LocatedKind!, $first: Int, $day: Date) {
  nearest(to: $to, kind: $kind, first: $first, asOf: $day) {
    from { __typename code } point { latitude longitude } basis
    hits { node { __typename code name } distanceKilometres }
    absent { field reason since settles }
  }
}
"""
_LONDON: dict[str, Any] = {"point": {"latitude": 51.5, "longitude": -0.1}}
_MEASURED = """
MATCH (n:GPPractice) WHERE n.location IS NOT NULL
WITH n, point.distance(n.location, point({latitude: $latitude, longitude: $longitude})) AS metres
ORDER BY metres, n.id LIMIT 10
RETURN n.code AS code, round(metres / 1000, 1) AS kilometres
"""


@pytest.fixture
def cypher(real_graph: Connection) -> Iterator[Driver]:
    """Give a driver, as an analyst would use it."""
    with GraphDatabase.driver(real_graph.uri, auth=(real_graph.user, real_graph.password)) as driver:
        yield driver


async def _near(ask: Asking, to: dict[str, Any], kind: str, **given: object) -> dict[str, Any]:
    found: dict[str, Any] = (await ask.data(_NEAREST, to=to, kind=kind, **given))["nearest"]
    return found


async def test_the_nearest_are_those_that_measuring_all_gives(ask: Asking, cypher: Driver) -> None:
    """The point index leaves nobody out."""
    near = await _near(ask, _LONDON, "GP_PRACTICE", first=10)

    records = cypher.execute_query(_MEASURED, _LONDON["point"]).records

    assert [(one["node"]["code"], one["distanceKilometres"]) for one in near["hits"]] == [
        (record["code"], record["kilometres"]) for record in records
    ]
    assert (near["from"], near["point"], near["basis"]) == (None, _LONDON["point"], "From the point that was sent.")


async def test_a_point_is_found_by_index(ask: Asking, cypher: Driver) -> None:
    """What is near is looked up in the point index of its kind."""
    await _near(ask, _LONDON, "GP_PRACTICE", first=1)
    text, parameters = ask.graph.statements[-1], ask.graph.parameters[-1]

    plan = str(cypher.execute_query(f"EXPLAIN {text}", parameters).summary.plan)

    assert "POINT INDEX node:GPPractice(location)" in plan


async def test_a_network_is_measured_from_the_middle_of_its_practices(ask: Asking) -> None:
    """The address of a network is an administrative one; the coverage of U41591 names the same services."""
    near = await _near(ask, {"code": "U41591"}, "KNOWLEDGE_SERVICE", first=3)
    data = await ask.data('{ coverage(of: "U41591") { nearest(first: 3) { service { name } distanceKilometres } } }')

    assert near["from"] == {"__typename": "PrimaryCareNetwork", "code": "U41591"}
    assert near["basis"].startswith("From the middle of its 4 practices")
    assert [(one["node"]["name"], one["distanceKilometres"]) for one in near["hits"]] == [
        (one["service"]["name"], one["distanceKilometres"]) for one in data["coverage"]["nearest"]
    ]


async def test_more_than_are_near_are_found_further_off(ask: Asking) -> None:
    """Where too few are near, all are measured: the trusts nearest to Exeter reach beyond Devon."""
    near = await _near(ask, {"code": "RH8"}, "NHS_TRUST", first=30)

    distances = [one["distanceKilometres"] for one in near["hits"]]
    assert len(distances) == 30
    assert distances == sorted(distances)
    assert distances[-1] > 25
    assert "RH8" not in {one["node"]["code"] for one in near["hits"]}


async def test_the_nearest_are_those_of_the_date(ask: Asking) -> None:
    """Western Sussex's trust RYR was there in 2019, and RXH, which it took over in 2021, too."""
    then = await _near(ask, {"code": "RYR"}, "NHS_TRUST", first=5, day="2021-03-31")
    now = await _near(ask, {"code": "RYR"}, "NHS_TRUST", first=5)

    assert "RXH" in {one["node"]["code"] for one in then["hits"]}
    assert "RXH" not in {one["node"]["code"] for one in now["hits"]}


@pytest.mark.parametrize(
    ("code", "day", "absent"),
    [
        ("Z9999", None, ("from", "NONE_EXISTS")),
        ("D4U1Y", None, ("from", "NONE_EXISTS")),
        ("Y56", None, ("hits", "NOT_PUBLISHED")),
    ],
)
async def test_where_there_is_nothing_to_measure_from_there_is_a_reason(
    ask: Asking, code: str, day: str | None, absent: tuple[str, str]
) -> None:
    """A code that nothing bears at the date, and a body that no source places."""
    near = await _near(ask, {"code": code}, "NHS_TRUST", day=day)

    assert (near["hits"], near["point"], near["basis"]) == ([], None, None)
    assert [(one["field"], one["reason"]) for one in near["absent"]] == [absent]
    assert near["absent"][0]["settles"]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ({}, "MALFORMED_VARIABLES"),
        ({"code": None}, "MALFORMED_VARIABLES"),
        ({"code": "U41591", **_LONDON}, "MALFORMED_VARIABLES"),
        ({"code": "u41591"}, "MALFORMED_CODE"),
        ({"code": "'}) RETURN 1 //"}, "MALFORMED_CODE"),
        ({"point": {"latitude": 90.5, "longitude": 0}}, "POINT_OUT_OF_RANGE"),
        ({"point": {"latitude": 0, "longitude": 1e9}}, "POINT_OUT_OF_RANGE"),
    ],
)
async def test_a_malformed_origin_is_the_clients_mistake(ask: Asking, to: dict[str, Any], code: str) -> None:
    """Exactly one of code and point, and each of its form."""
    error = await ask.error(_NEAREST, to=to, kind="NHS_TRUST")

    assert error["extensions"]["code"] == code


async def test_an_origin_may_be_written_with_variables_in_it(ask: Asking) -> None:
    """An input object written in the document takes variables, and literals are checked like variables."""
    asked = "query($code: String!) { nearest(to: {code: $code}, kind: NHS_TRUST, first: 1) { hits { node { code } } } }"
    before = len(ask.graph.statements)

    data = await ask.data(asked, code="RH8")

    assert len(data["nearest"]["hits"]) == 1
    assert len(ask.graph.statements) - before <= 3  # one, and the first of all requests learns degrees and span
    error = await ask.error("{ nearest(to: {}, kind: NHS_TRUST) { basis } }")
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
