"""The main question on the real graph, asked in GraphQL, in Cypher and at the terminal."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from graphql import build_schema
from neo4j import Driver, GraphDatabase

from server.connection import Connection
from tests.reading import Asking

_TWO_LINES = (
    "MATCH (s:KnowledgeService)-[c:COVERS]->(n {odsCode: $code})\n"
    "RETURN DISTINCT s.name AS service, c.rule AS rule ORDER BY service, rule"
)
_OF_NETWORKS = (
    "MATCH (s:KnowledgeService)-[c:COVERS {rule: 'PUBLISHED_ELIGIBILITY'}]->(n:PrimaryCareNetwork)\n"
    "WITH n, s, max(c.share) AS share RETURN n.code AS network, s.name AS service, share"
)


@pytest.fixture
def cypher(real_graph: Connection) -> Iterator[Driver]:
    """Give a driver, as an analyst would use it."""
    with GraphDatabase.driver(real_graph.uri, auth=(real_graph.user, real_graph.password)) as driver:
        yield driver


async def _coverage(ask: Asking, code: str, day: str | None = None) -> dict[str, Any]:
    data = await ask.data(
        "query($code: String!, $day: Date) { coverage(of: $code, asOf: $day) { outcome subject { code }"
        " services { rule extent share service { name } practices { code } validity { from } }"
        " rules { rule outcome reason missing settles service { name } url }"
        " nearest(first: 3) { service { name } distanceKilometres } absent { reason since } } }",
        code=code,
        day=day,
    )
    coverage: dict[str, Any] = data["coverage"]
    return coverage


@pytest.mark.parametrize("code", ["U41591", "U78462", "RFR", "A81001", "U25219"])
async def test_graphql_and_two_lines_of_cypher_agree(ask: Asking, cypher: Driver, code: str) -> None:
    """Whoever asks, the same services cover the same subject by the same rules."""
    coverage = await _coverage(ask, code)

    records = cypher.execute_query(_TWO_LINES, code=code).records

    assert sorted({(one["service"]["name"], one["rule"]) for one in coverage["services"]}) == [
        (record["service"], record["rule"]) for record in records
    ]


async def test_u41591_is_a_gap_that_says_why_and_whom_to_ask(ask: Asking) -> None:
    """No page names the general practices of Cornwall or Devon: each rule says which fact is missing."""
    coverage = await _coverage(ask, "U41591")

    assert (coverage["outcome"], coverage["services"]) == ("GAP", [])
    assert [(one["rule"], one["outcome"]) for one in coverage["rules"]] == [
        ("HOST", "DOES_NOT_APPLY"),
        ("AGREEMENT", "DOES_NOT_APPLY"),
        ("PUBLISHED_ELIGIBILITY", "DOES_NOT_APPLY"),
        ("TRAINING_HUB", "DOES_NOT_APPLY"),
        ("RECIPROCAL", "DOES_NOT_APPLY"),
        ("NATIONAL_CORE", "APPLIES"),
    ]
    missing = [one for one in coverage["rules"] if one["outcome"] != "APPLIES"]
    assert all(one["reason"] and one["missing"] and one["settles"] for one in missing)
    distances = [one["distanceKilometres"] for one in coverage["nearest"]]
    assert len(distances) == 3
    assert distances == sorted(distances)


def test_published_eligibility_covers_oxfordshire_leeds_and_rotherham(cypher: Driver) -> None:
    """21, 19 and 6 networks lie wholly in the three areas; U78462 and U25219 in part."""
    wholly: dict[str, int] = {}
    partly = set()
    for record in cypher.execute_query(_OF_NETWORKS).records:
        if record["share"] == 1.0:
            wholly[record["service"]] = wholly.get(record["service"], 0) + 1
        else:
            partly.add(record["network"])

    assert wholly == {
        "Leeds Community Healthcare Library": 19,
        "Oxford Health NHS FT Library Service": 21,
        "Rotherham NHS Foundation Trust Library & Knowledge Service": 6,
    }
    assert partly == {"U78462", "U25219"}


@pytest.mark.parametrize("code", ["U78462", "U25219"])
async def test_a_network_that_is_covered_in_part_names_its_practices(ask: Asking, code: str) -> None:
    """A network with practices outside the named area is no half-truth: the covered practices are named."""
    coverage = await _coverage(ask, code)

    assert coverage["outcome"] == "PARTLY_COVERED"
    for one in coverage["services"]:
        assert one["extent"] == "PART"
        assert 0 < one["share"] < 1
        assert one["practices"]


@pytest.mark.parametrize(("practice", "words"), [("N85002", "2008"), ("H82016", "2012")])
async def test_an_old_page_covers_nobody_today_and_is_called_stale(ask: Asking, practice: str, words: str) -> None:
    """Wirral's page is of 2008 and West Sussex's of 2012: older than ten years they are no evidence, and say so."""
    coverage = await _coverage(ask, practice)

    assert coverage["outcome"] == "GAP"
    stale = [one for one in coverage["rules"] if one["reason"] == "SOURCE_STALE"]
    assert stale
    assert words in stale[0]["missing"]


async def test_an_unknown_code_has_a_reason(ask: Asking) -> None:
    """Null is never silent."""
    coverage = await _coverage(ask, "U99999")

    assert (coverage["outcome"], coverage["subject"]) == ("NOT_FOUND", None)
    assert [one["reason"] for one in coverage["absent"]] == ["NONE_EXISTS"]


async def test_where_a_place_is_not_known_yet_there_is_no_gap(ask: Asking) -> None:
    """No source says where the practices of U41591 lay in 2021, so none says that nobody covered them."""
    coverage = await _coverage(ask, "U41591", "2021-01-01")

    assert (coverage["outcome"], coverage["services"]) == ("UNKNOWN", [])
    assert {one["reason"] for one in coverage["rules"]} >= {"BEFORE_SOURCES"}


async def test_a_date_before_the_page_is_no_coverage_and_no_gap_without_a_word(ask: Asking) -> None:
    """Rotherham's page names the ICB, so it is of July 2022 or later: of 2020 nothing is known, which is no gap."""
    coverage = await _coverage(ask, "RFR", "2020-01-01")

    assert (coverage["outcome"], coverage["services"]) == ("UNKNOWN", [])
    assert "BEFORE_SOURCES" in {one["reason"] for one in coverage["rules"]}


@pytest.mark.parametrize(
    ("code", "error"), [("u41591", "MALFORMED_CODE"), ("U 41591", "MALFORMED_CODE"), ("", "MALFORMED_CODE")]
)
async def test_a_malformed_code_is_the_clients_mistake(ask: Asking, code: str, error: str) -> None:
    """What was sent, and what is allowed."""
    found = await ask.error("query($code: String!) { coverage(of: $code) { outcome } }", code=code)

    assert found["extensions"]["code"] == error
    assert "ODS code" in found["extensions"]["allowed"]


@pytest.mark.parametrize(
    ("code", "concept"),
    [("QRL", "IntegratedCareBoard"), ("E10000025", "LocalAuthority"), ("U41591", "PrimaryCareNetwork")],
)
async def test_a_code_means_the_body_that_it_was_given_to(ask: Asking, code: str, concept: str) -> None:
    """A system bears its board's code, a wellbeing board its council's, a neighbourhood its network's: not they."""
    answer = await ask.data("query($code: String!) { coverage(of: $code) { subject { __typename } } }", code=code)

    assert answer["coverage"]["subject"]["__typename"] == concept


async def test_the_age_of_evidence_and_the_years_for_which_it_speaks_are_told(ask: Asking) -> None:
    """On the edge as in the answer about coverage, at the date that was asked for; an undated page has no age."""
    data = await ask.data(
        '{ graph { yearsOfEvidence } knowledgeServices(first: 100, asOf: "2026-03-01")'
        " { nodes { covers(first: 3) { edges { evidenceDate evidenceAgeDays } } } } }"
    )
    edges = [edge for node in data["knowledgeServices"]["nodes"] for edge in node["covers"]["edges"]]
    dated = [edge for edge in edges if edge["evidenceDate"]]

    assert data["graph"]["yearsOfEvidence"] == 10
    assert dated
    assert len(dated) < len(edges)
    for edge in edges:
        day = edge["evidenceDate"]
        age = (date(2026, 3, 1) - date.fromisoformat(day)).days if day else None
        assert edge["evidenceAgeDays"] == age


def test_whatever_a_rule_covers_has_its_services_as_a_connection(cypher: Driver) -> None:
    """Six kinds of body have staff of whom a rule speaks: each has `coveredBy`, and no other is ever covered itself.

    A system, place or neighbourhood has none: of fifty networks two may be covered, and a list of services without that
    denominator would read as if all were. `coverage { members }` counts them, each service with how many it covers.
    """
    contract = build_schema(files("schema").joinpath("schema.graphql").read_text("utf-8")).type_map
    typed = {name for name, one in contract.items() if "coveredBy" in getattr(one, "fields", {})}
    ever = "MATCH ()-[:COVERS|COVERS_ENDED|COVERS_PLANNED]->(n) RETURN DISTINCT split(n.id, ':')[0] AS concept"
    covered = {record["concept"] for record in cypher.execute_query(ever).records}

    assert covered == typed
    assert len(typed) == 6


@pytest.mark.parametrize("listed", ["nhsRegions", "places", "trainingHubs", "providerCollaboratives"])
async def test_what_has_no_staff_of_its_own_is_answered_by_its_members(ask: Asking, listed: str) -> None:
    """No rule speaks of a region, place, hub or collaborative itself, and the answer says that it is derived."""
    found = await ask.data(f"{{ {listed}(first: 1) {{ nodes {{ code }} }} }}")

    document = "query($of: String!) { coverage(of: $of) { basis services { rule } members { kind } } }"
    answer = await ask.data(document, of=found[listed]["nodes"][0]["code"])

    assert (answer["coverage"]["basis"], answer["coverage"]["services"]) == ("MEMBERS", [])
    assert bool(answer["coverage"]["members"]) == (listed in {"nhsRegions", "places"})
