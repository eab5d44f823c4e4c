"""Every tier of a system by the API, on the real graph."""

from importlib.resources import files
from typing import Any

import pytest

from tests.reading import Asking


async def _tiers(ask: Asking, day: str) -> dict[str, dict[str, Any]]:
    document = files("tests").joinpath("queries/system_tiers.graphql").read_text(encoding="utf-8")
    data = await ask.data(document, day=day)
    return {system["code"]: system for system in data["integratedCareSystems"]["nodes"]}


@pytest.mark.parametrize(("day", "count"), [("2025-01-01", 42), ("2026-03-31", 42), ("2026-04-01", 36)])
async def test_each_system_has_one_partnership(ask: Asking, day: str, count: int) -> None:
    """By statute, whether or not its own name is known."""
    data = await ask.data(
        "query($day: Date) { graph { counts(asOf: $day) { integratedCarePartnerships } }"
        " integratedCareSystems(first: 50, asOf: $day) { nodes { integratedCarePartnerships { totalCount } } } }",
        day=day,
    )

    assert data["graph"]["counts"]["integratedCarePartnerships"] == count
    held = [one["integratedCarePartnerships"]["totalCount"] for one in data["integratedCareSystems"]["nodes"]]
    assert held == [1] * count


async def test_each_of_the_42_systems_shows_all_its_tiers_in_one_statement(ask: Asking) -> None:
    """Board, partnership with its members, councils' boards, sub-ICB locations, networks, neighbourhoods, places; and
    where there are no places, why not.
    """
    await ask.data("{ graph { sequence } }")  # the first of all requests also learns the span of the graph
    before = len(ask.graph.statements)

    systems = await _tiers(ask, "2026-03-31")

    assert len(ask.graph.statements) - before == 1
    assert len(systems) == 42
    for code, system in systems.items():
        (board,) = system["integratedCareBoards"]["nodes"]
        (partnership,) = system["integratedCarePartnerships"]["nodes"]
        locations = board["subIcbLocations"]["nodes"]
        networks = [one for location in locations for one in location["primaryCareNetworks"]["nodes"]]
        assert board["code"] == partnership["code"] == code
        assert len(partnership["members"]["edges"]) > 1, code
        assert board["healthAndWellbeingBoards"]["nodes"], code
        assert locations, code
        assert networks, code
        assert all([one["code"]] == [hood["code"] for hood in one["neighbourhoods"]["nodes"]] for one in networks)
        assert system["places"]["nodes"] or system["places"]["absent"], code


async def test_three_systems_of_2022_have_no_published_places(ask: Asking) -> None:
    """Dorset, Lincolnshire and Staffordshire."""
    systems = await _tiers(ask, "2026-03-31")

    unnamed = {
        code
        for code, system in systems.items()
        if [one["reason"] for one in system["places"]["absent"]] == ["NOT_PUBLISHED"]
    }
    assert unnamed == {"QVV", "QJM", "QNC"}
    assert all(not systems[code]["places"]["nodes"] for code in unnamed)


async def test_a_system_whose_pages_have_no_date_says_so(ask: Asking) -> None:
    """Leicester's three places are known from when the page was read; before that the answer is not just empty."""
    data = await ask.data(
        '{ before: integratedCareSystem(code: "QK1", asOf: "2026-03-31") { places { totalCount absent { reason } } }'
        ' after: integratedCareSystem(code: "QK1", asOf: "2026-11-24") { places { totalCount } } }'
    )

    assert data["before"]["places"] == {"totalCount": 0, "absent": [{"reason": "BEFORE_SOURCES"}]}
    assert data["after"]["places"]["totalCount"] == 3


async def test_the_six_partnerships_of_april_2026_have_no_name_of_their_own(ask: Asking) -> None:
    """They exist by statute, and say that their name is not published."""
    data = await ask.data(
        '{ integratedCarePartnership(code: "D7T5G") { name nameBasis standing validity { from } absent { field reason }'
        " members { edges { basis standing rule node { code } } } } }"
    )
    essex = data["integratedCarePartnership"]

    assert (essex["name"], essex["nameBasis"]) == ("Integrated care partnership of Essex", None)
    assert (essex["standing"], essex["validity"]) == ("STATUTORY", {"from": "2026-04-01"})
    assert {"field": "name", "reason": "NOT_PUBLISHED"} in essex["absent"]
    assert {one["node"]["code"]: (one["basis"], one["standing"], one["rule"]) for one in essex["members"]["edges"]} == {
        "D7T5G": ("LAW", "STATUTORY", None),
        **dict.fromkeys(("E06000033", "E06000034", "E10000012"), ("LAW", "DERIVED", "RESPONSIBLE_AUTHORITY")),
    }


async def test_a_member_says_whether_a_page_or_the_law_names_it(ask: Asking) -> None:
    """Four councils are stated for Lancashire and South Cumbria with Cumberland; North Yorkshire's fringe is by law."""
    data = await ask.data(
        '{ integratedCarePartnership(code: "QE1") { members { edges { basis standing fringeAreas node { code } } } } }'
    )
    edges = data["integratedCarePartnership"]["members"]["edges"]
    members = {one["node"]["code"]: (one["basis"], one["standing"], one["fringeAreas"]) for one in edges}

    assert members["E10000017"] == ("STATED", "PUBLISHED", None)
    assert members["E06000065"] == ("LAW", "DERIVED", 3)


async def test_there_are_153_health_and_wellbeing_boards(ask: Asking) -> None:
    """One for each upper-tier authority, each in the area of at least one integrated care board."""
    data = await ask.data(
        '{ graph { counts(asOf: "2026-07-01") { healthAndWellbeingBoards upperTierAuthorities } }'
        ' healthAndWellbeingBoards(first: 200, asOf: "2026-07-01") { nodes { code standing localAuthorities {'
        " nodes { code } } integratedCareBoards { edges { rule node { code } } } } } }"
    )
    boards = data["healthAndWellbeingBoards"]["nodes"]

    assert data["graph"]["counts"] == {"healthAndWellbeingBoards": 153, "upperTierAuthorities": 153}
    assert {one["standing"] for one in boards} == {"STATUTORY"}
    assert all([one["code"]] == [authority["code"] for authority in one["localAuthorities"]["nodes"]] for one in boards)
    assert {edge["rule"] for one in boards for edge in one["integratedCareBoards"]["edges"]} == {"AUTHORITY_AREA"}
    assert all(one["integratedCareBoards"]["edges"] for one in boards)


async def test_a_place_says_what_of_it_is_inferred(ask: Asking) -> None:
    """The authority of East Kent is inferred from its name; Cheshire East bears its authority's."""
    data = await ask.data(
        '{ kent: place(code: "kent-and-medway--east-kent") { localAuthorities {'
        " edges { basis coverage standing rule node { code } } } }"
        ' east: place(code: "cheshire-and-merseyside--cheshire-east") { localAuthorities {'
        " edges { basis coverage standing rule node { code } } } } }"
    )

    assert data["kent"]["localAuthorities"]["edges"] == [
        {
            "basis": "INFERRED",
            "coverage": "PART",
            "standing": "DERIVED",
            "rule": "PLACE_NAME_INFERRED",
            "node": {"code": "E10000016"},
        }
    ]
    assert [one["basis"] for one in data["east"]["localAuthorities"]["edges"]] == ["SAME_NAME"]


async def test_a_neighbourhood_lies_where_its_practices_do(ask: Asking) -> None:
    """A network wholly in Leeds serves a neighbourhood of the place Leeds; it is derived and says so."""
    data = await ask.data(
        '{ place(code: "west-yorkshire--leeds") { neighbourhoods(first: 100) { edges {'
        " share shareBasis extent practices rule node { standing rule primaryCareNetworks { totalCount } } } } } }"
    )
    edges = data["place"]["neighbourhoods"]["edges"]

    whole = [one for one in edges if one["extent"] == "WHOLE"]
    assert len(whole) >= 19
    assert {(one["share"], one["shareBasis"]) for one in whole} == {(1.0, "PRACTICES")}
    assert {one["rule"] for one in edges} == {"NEIGHBOURHOOD_PLACE"}
    assert {(one["node"]["standing"], one["node"]["rule"]) for one in edges} == {("DERIVED", "NETWORK_NEIGHBOURHOOD")}
    assert {one["node"]["primaryCareNetworks"]["totalCount"] for one in edges} == {1}


async def test_wave_1_has_the_places_that_are_named_for_sure(ask: Asking) -> None:
    """20 of the 21 names are a place or a system of ours; Morecambe Bay is none, and is quarantined."""
    data = await ask.data(
        '{ programme(code: "national-neighbourhood-health-implementation-programme-wave-1", asOf: "2026-03-31") {'
        " members(first: 50) { totalCount nodes { __typename name } } absent { field reason } } }"
    )
    members = data["programme"]["members"]

    assert members["totalCount"] == 20
    assert [one["name"] for one in members["nodes"] if one["__typename"] == "IntegratedCareSystem"] == [
        "Cornwall and the Isles of Scilly Integrated Care System"
    ]
    assert {"field": "members", "reason": "NOT_PUBLISHED"} in data["programme"]["absent"]


async def test_clusters_are_in_force_and_mergers_of_2027_are_only_planned(ask: Asking) -> None:
    """Devon is in a cluster with Cornwall; that clustered boards are to merge is a plan, and adds no board."""
    data = await ask.data(
        '{ integratedCareBoard(odsCode: "QJK") { boardClusters { nodes { integratedCareBoards { nodes { code } } } }'
        " plannedChanges { edges { standing rule node { kind effectiveDate effectiveDatePrecision } } } }"
        ' graph { counts(asOf: "2027-06-01") { integratedCareBoards boardClusters } } }'
    )
    board = data["integratedCareBoard"]
    (cluster,) = board["boardClusters"]["nodes"]

    assert {one["code"] for one in cluster["integratedCareBoards"]["nodes"]} == {"QJK", "QT6"}
    assert board["plannedChanges"]["edges"] == [
        {
            "standing": "DERIVED",
            "rule": "EVERY_CLUSTERED_BOARD",
            "node": {"kind": "MERGER", "effectiveDate": "2027-04-01", "effectiveDatePrecision": "MONTH"},
        }
    ]
    assert data["graph"]["counts"] == {"integratedCareBoards": 36, "boardClusters": 7}
