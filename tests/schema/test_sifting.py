"""Filters, orders and facets on the real graph, held against what a client could sift for itself."""

from typing import Any

import pytest

from tests.reading import Asking

_ALL = "query($day: Date, $after: String) { primaryCareNetworks(asOf: $day, first: 1000, after: $after) { %s } }"
_ROW = (
    "nodes { code name validity { from } coveredBy { totalCount } subIcbLocations { nodes { code"
    " integratedCareBoards { nodes { code } } } } } pageInfo { hasNextPage endCursor }"
)
_SIFTED = (
    "query($filter: CoverableFilter, $order: EntityOrder, $day: Date, $after: String, $first: Int = 1000)"
    " { primaryCareNetworks(asOf: $day, filter: $filter, orderBy: $order, first: $first, after: $after)"
    " { totalCount nodes { code } pageInfo { hasNextPage endCursor } } }"
)
_DAYS = (None, "2025-06-01", "2026-04-01")


async def _networks(ask: Asking, day: str | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await ask.data(_ALL % _ROW, day=day, after=after))["primaryCareNetworks"]
        rows += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return rows


async def _codes(ask: Asking, first: int = 1000, **variables: object) -> list[str]:
    codes: list[str] = []
    after = None
    while True:
        page = (await ask.data(_SIFTED, first=first, after=after, **variables))["primaryCareNetworks"]
        codes += [node["code"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(codes)
            return codes


@pytest.mark.parametrize("day", _DAYS)
async def test_a_filter_gives_what_sifting_all_gives(ask: Asking, day: str | None) -> None:
    """Name, codes, coverage and where they lie, at today's date and at others."""
    networks = await _networks(ask, day)
    within = {
        one["code"]
        for one in networks
        for location in one["subIcbLocations"]["nodes"]
        if any(board["code"] == "QJM" for board in location["integratedCareBoards"]["nodes"])
    }

    named = await _codes(ask, day=day, filter={"nameContains": "Central"})
    coded = await _codes(ask, day=day, filter={"codes": ["U41591", "U78462", "U99999"]})
    covered = await _codes(ask, day=day, filter={"hasLocalCoverage": True})
    gaps = await _codes(ask, day=day, filter={"hasLocalCoverage": False})
    inside = await _codes(ask, day=day, filter={"within": "QJM"})

    assert named == sorted(one["code"] for one in networks if "central" in one["name"].lower())
    assert coded == ["U41591", "U78462"]
    assert covered == sorted(one["code"] for one in networks if one["coveredBy"]["totalCount"])
    assert sorted(covered + gaps) == sorted(one["code"] for one in networks)
    assert inside == sorted(within)


@pytest.mark.parametrize("day", _DAYS)
async def test_an_order_is_kept_across_pages(ask: Asking, day: str | None) -> None:
    """Pages of seven give the same as one of all, by name and by age, forward."""
    networks = [one for one in await _networks(ask, day) if "valley" in one["name"].lower()]
    by_name = sorted(networks, key=lambda one: (one["name"].lower(), one["code"]))
    by_age = sorted(networks, key=lambda one: (one["validity"]["from"], one["code"]))

    assert await _codes(ask, 7, day=day, filter={"nameContains": "valley"}, order="NAME") == [
        one["code"] for one in by_name
    ]
    assert await _codes(ask, 7, day=day, filter={"nameContains": "valley"}, order="OPENED") == [
        one["code"] for one in by_age
    ]


async def test_a_cursor_is_bound_to_filter_order_and_subject(ask: Asking) -> None:
    """A cursor of another list would give a page that means nothing, so it is refused."""
    page = (await ask.data(_SIFTED, filter={"nameContains": "valley"}, order="NAME", first=3))["primaryCareNetworks"]
    cursor = page["pageInfo"]["endCursor"]
    below = "query($code: String!, $after: String) { integratedCareBoard(odsCode: $code)"
    below += " { nhsTrusts(first: 1, after: $after) { pageInfo { endCursor } } } }"
    of_board = (await ask.data(below, code="QRL"))["integratedCareBoard"]["nhsTrusts"]["pageInfo"]["endCursor"]

    for variables in ({"filter": {"nameContains": "hill"}, "order": "NAME"}, {"filter": {"nameContains": "valley"}}):
        assert (await ask.error(_SIFTED, after=cursor, **variables))["extensions"]["code"] == "FOREIGN_CURSOR"
    assert (await ask.error(below, code="QWO", after=of_board))["extensions"]["code"] == "FOREIGN_CURSOR"


async def test_facets_count_what_a_client_would(ask: Asking) -> None:
    """By board, with those in two counted in each, and the sum of those in one and none is all."""
    networks = await _networks(ask, None)
    counted: dict[str, int] = {}
    for one in networks:
        boards = {
            board["code"]
            for location in one["subIcbLocations"]["nodes"]
            for board in location["integratedCareBoards"]["nodes"]
        }
        for board in boards:
            counted[board] = counted.get(board, 0) + 1

    facets = (await ask.data("{ primaryCareNetworks { facets(by: BOARD) { key count } } }"))["primaryCareNetworks"]

    assert {one["key"]: one["count"] for one in facets["facets"] if one["key"]} == counted


async def test_facets_fetch_no_row_and_keep_to_the_filter(ask: Asking) -> None:
    """What counts is counted by the database; the statement returns no practice."""
    document = '{ gpPractices(filter: {within: "QWO"}) { totalCount facets(by: SUB_ICB_LOCATION) { key count } } }'

    answer = (await ask.data(document))["gpPractices"]

    assert sum(one["count"] for one in answer["facets"]) == answer["totalCount"]
    assert "LIMIT $" not in ask.graph.statements[-1]


async def test_what_a_filter_does_not_ask_costs_nothing(ask: Asking) -> None:
    """A part that is left out or null is not in the text: the count of all is still the store's own."""
    await ask.data("query($f: CoverableFilter) { primaryCareNetworks(filter: $f) { totalCount } }", f={"within": None})

    assert "COUNT { (:PrimaryCareNetwork) }" in ask.graph.statements[-1]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ('{ gpPractices(filter: {nameContains: " "}) { totalCount } }', "MALFORMED_FILTER"),
        ("{ nhsTrusts { facets(by: PLACE) { key } } }", "FACET_NOT_OFFERED"),
        ('{ gpPractices(filter: {openAt: "soon"}) { totalCount } }', "MALFORMED_DATE"),
        ('{ places(filter: {trustTypes: ["ACUTE"]}) { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_a_filter_that_cannot_be_is_refused(ask: Asking, document: str, code: str) -> None:
    """With a code of its own."""
    assert (await ask.error(document))["extensions"]["code"] == code


async def test_a_place_that_nobody_knows_is_said(ask: Asking) -> None:
    """Nothing lies within what there is not: the list is empty, and says why."""
    answer = await ask.data('{ nhsTrusts(filter: {within: "ZZ9"}) { totalCount absent { field reason } } }')

    assert answer["nhsTrusts"] == {"totalCount": 0, "absent": [{"field": "filter.within", "reason": "NONE_EXISTS"}]}


async def test_changed_since_sees_a_merger(ask: Asking) -> None:
    """What moved on 1 April 2026 changed; a practice in a board that stayed as it was did not by that."""
    document = (
        'query($c: [String!]) { subIcbLocations(filter: {changedSince: "2026-04-01", codes: $c}) { nodes { code } } }'
    )

    changed = (await ask.data(document, c=["U2G6B", "36J"]))["subIcbLocations"]["nodes"]

    assert {one["code"] for one in changed} == {"U2G6B"}
