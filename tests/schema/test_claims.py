"""Contradictions between sources, by the API on the real graph."""

from pathlib import Path
from typing import get_args

from graphql import GraphQLObjectType, get_named_type

from cypher.derive import rules
from schema.catalogue import contract
from schema.claims import ClaimReason
from seed.check import check
from seed.completeness import completeness
from seed.load import DATA
from seed.tables import REASONS, Reason
from tests.reading import TODAY, Asking


async def test_the_graph_lists_contradictions_with_the_chosen_word_and_why(ask: Asking) -> None:
    """Both sources are named, and what it is about."""
    data = await ask.data(
        "{ graph { contradictions(first: 1000) { totalCount nodes { kind field said asAt chosenValue "
        "chosenSource { code } reason sources { code } about { nodes { code } } } } } }"
    )

    page = data["graph"]["contradictions"]
    assert page["totalCount"] == len(page["nodes"]) == 129
    found = next(one for one in page["nodes"] if one["about"]["nodes"] == [{"code": "F83666"}])
    assert found == {
        "kind": "GPPractice.postcode",
        "field": "postcode",
        "said": "N7 7EP",
        "asAt": "2026-03-02",
        "chosenValue": "N7 7QZ",
        "chosenSource": {"code": "gp_reg_pat_prac_map_20260801"},
        "reason": "SAID_BEFORE_AND_AFTER",
        "sources": [{"code": "epraccur_20260302"}],
        "about": {"nodes": [{"code": "F83666"}]},
    }


async def test_contradictions_are_paged(ask: Asking) -> None:
    """A cursor leads on from page to page, and back to none at the end."""
    document = (
        "query($after: String) { graph { contradictions(first: 100, after: $after) "
        "{ nodes { id } pageInfo { hasNextPage endCursor } } } }"
    )
    first = (await ask.data(document))["graph"]["contradictions"]
    second = (await ask.data(document, after=first["pageInfo"]["endCursor"]))["graph"]["contradictions"]

    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert len({one["id"] for one in (*first["nodes"], *second["nodes"])}) == 129


async def test_an_entity_shows_what_is_said_against_it(ask: Asking) -> None:
    """On 2026-02-01 the map of January was the latest word, which has Y02811 in no network."""
    data = await ask.data(
        '{ gpPractice(odsCode: "Y02811", asOf: "2026-02-01") { contradictions { nodes '
        "{ field said chosenValue reason } } } }"
    )

    assert data["gpPractice"]["contradictions"]["nodes"] == [
        {"field": "primaryCareNetworks", "said": "U", "chosenValue": "U36188", "reason": "DATED"}
    ]


async def test_a_date_has_the_contradictions_of_its_sources(ask: Asking) -> None:
    """Before the first files of 2026 there are none to disagree, and the answer says so."""
    data = await ask.data(
        '{ graph { contradictions(asOf: "2025-06-01") { totalCount absent { field reason since } } } }'
    )

    assert data["graph"]["contradictions"] == {
        "totalCount": 0,
        "absent": [{"field": "contradictions", "reason": "BEFORE_SOURCES", "since": "2026-01-01"}],
    }


async def test_the_counts_by_kind_are_those_of_the_tables(ask: Asking) -> None:
    """`seed check` and the graph count alike, save for the two that the map of August replaced."""
    data = await ask.data("{ graph { contradictionCounts { kind count } } }")

    counts = {one["kind"]: one["count"] for one in data["graph"]["contradictionCounts"]}
    told = dict(check(DATA).claims)
    told["PrimaryCareNetwork.parentSubIcbLocations"] -= 1
    del told["GPPractice.primaryCareNetworks"]
    assert counts == told


async def test_the_completeness_of_the_graph_is_that_of_the_tables(ask: Asking) -> None:
    """Have, expected and basis are the same by `graph` and by `seed check`, save for what rules make at the load."""
    data = await ask.data("{ graph { completeness { about have expected since basis } } }")

    shown = {one["about"]: one for one in data["graph"]["completeness"]}
    told = completeness(DATA, TODAY)
    assert shown.keys() == {one.about for one in told}
    for one in told:
        have = shown[one.about]["have"] if one.have is None else one.have
        assert shown[one.about] == {
            "about": one.about,
            "have": have,
            "expected": one.expected,
            "since": one.since.isoformat(),
            "basis": one.basis,
        }
    assert {one.about for one in told if one.have is None} <= {type_ for rule in rules() for type_ in rule.writes}


def test_every_contested_field_is_a_field_of_the_schema() -> None:
    """Whoever reads a kind finds the field, or the path of fields, in the schema."""
    types = contract().graphql.type_map
    for kind in check(DATA).claims:
        label, *path = kind.split(".")
        found = types[label]
        for name in path:
            assert isinstance(found, GraphQLObjectType), kind
            found = get_named_type(found.fields[name].type)
            if found.name.endswith("Connection"):
                assert isinstance(found, GraphQLObjectType)
                found = get_named_type(found.fields["nodes"].type)


def test_the_reasons_are_those_of_the_tables() -> None:
    """The closed list stands in the tables' layout and is described in the schema."""
    assert [str(one.value) for one in ClaimReason] == list(REASONS) == list(get_args(Reason))


def test_the_tables_stand_where_they_are_delivered() -> None:
    """What is compared is what is delivered."""
    assert Path(DATA, "claims.csv").is_file()
