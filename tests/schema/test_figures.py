"""The figures that must come out of the real graph, by the API, at their dates."""

from typing import Any

import pytest

from tests.reading import Asking


async def _counts(ask: Asking, day: str) -> dict[str, Any]:
    data = await ask.data(
        "query($day: Date) { graph { counts(asOf: $day) { nhsRegions integratedCareSystems integratedCareBoards "
        "subIcbLocations"
        " clinicalCommissioningGroups registeredPractices nhsTrusts districts upperTierAuthorities "
        "knowledgeServices } } }",
        day=day,
    )
    counts: dict[str, Any] = data["graph"]["counts"]
    return counts


@pytest.mark.parametrize(
    ("day", "systems"),
    [("2022-07-01", 42), ("2025-01-01", 42), ("2026-03-31", 42), ("2026-04-01", 36), ("2026-11-24", 36)],
)
async def test_there_are_42_systems_until_march_2026_and_36_since(ask: Asking, day: str, systems: int) -> None:
    """Each system has one board, at every date."""
    counts = await _counts(ask, day)

    assert (counts["integratedCareSystems"], counts["integratedCareBoards"]) == (systems, systems)


async def test_before_july_2022_there_are_106_commissioning_groups_and_no_boards(ask: Asking) -> None:
    """The groups were abolished on the day on which the boards began."""
    counts = await _counts(ask, "2021-06-01")

    assert counts["clinicalCommissioningGroups"] == 106
    assert (counts["integratedCareSystems"], counts["integratedCareBoards"], counts["subIcbLocations"]) == (0, 0, 0)


async def test_an_earlier_date_is_told_when_the_systems_begin(ask: Asking) -> None:
    """An empty list before July 2022 says why, and since when there is one."""
    data = await ask.data('{ integratedCareSystems(asOf: "2021-06-01") { totalCount absent { field reason since } } }')

    assert data["integratedCareSystems"] == {
        "totalCount": 0,
        "absent": [{"field": "integratedCareSystems", "reason": "NONE_EXISTS", "since": "2022-07-01"}],
    }


async def test_an_as_of_before_the_sources_is_absent_and_says_so(ask: Asking) -> None:
    """Boards are known to lie in a region only since a map of 2026 says so.

    Before that nothing is known, which is no gap.
    """
    data = await ask.data(
        '{ integratedCareBoard(odsCode: "QRL", asOf: "2024-06-01")'
        " { nhsRegions { totalCount absent { reason since } } } }"
    )

    assert data["integratedCareBoard"]["nhsRegions"] == {
        "totalCount": 0,
        "absent": [{"reason": "BEFORE_SOURCES", "since": "2026-01-01"}],
    }


async def test_there_are_106_sub_icb_locations_at_both_dates_and_not_the_same(ask: Asking) -> None:
    """D4U1Y closed with Frimley, U2G6B is new."""
    codes = {}
    for day in ("2026-01-15", "2026-08-15"):
        data = await ask.data(
            ("query($day: Date) { subIcbLocations(first: 200, asOf: $day) { nodes { code } } }"), day=day
        )
        codes[day] = {node["code"] for node in data["subIcbLocations"]["nodes"]}

    assert [len(found) for found in codes.values()] == [106, 106]
    assert codes["2026-01-15"] - codes["2026-08-15"] == {"D4U1Y"}
    assert codes["2026-08-15"] - codes["2026-01-15"] == {"U2G6B"}


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ('integratedCareBoard(odsCode: "QRL"', "E54000042", "E54000067"),
        ('subIcbLocation(odsCode: "92A"', "E38000264", "E38000267"),
        ('subIcbLocation(odsCode: "D9Y0V"', "E38000253", "E38000266"),
    ],
)
async def test_an_ons_recode_is_no_succession(ask: Asking, field: str, before: str, after: str) -> None:
    """The code changes on 1 April 2026, the body goes on: it succeeds nobody of its own kind by that."""
    data = await ask.data(
        f'{{ old: {field}, asOf: "2026-03-31") {{ id onsCode }}'
        f' new: {field}, asOf: "2026-04-01") {{ id onsCode successors {{ totalCount }} }} }}'
    )

    assert data["old"]["id"] == data["new"]["id"]
    assert (data["old"]["onsCode"], data["new"]["onsCode"]) == (before, after)
    assert data["new"]["successors"]["totalCount"] == 0


async def test_the_practice_map_has_6171_practices_in_january_and_6129_in_august(ask: Asking) -> None:
    """Registered practices are those on the map; the 42 that left it are not closed by that."""
    january, august = await _counts(ask, "2026-01-01"), await _counts(ask, "2026-08-01")

    assert (january["registeredPractices"], august["registeredPractices"]) == (6171, 6129)


async def test_u41591_has_practices_in_two_systems(ask: Asking) -> None:
    """Two practices in Cornwall, two in Devon: a network is many-valued where the world is."""
    data = await ask.data(
        '{ primaryCareNetwork(odsCode: "U41591") { subIcbLocations { edges { share shareBasis practices'
        " node { code integratedCareBoards { nodes { code } } } } } } }"
    )
    edges = data["primaryCareNetwork"]["subIcbLocations"]["edges"]

    assert {edge["node"]["integratedCareBoards"]["nodes"][0]["code"]: edge["practices"] for edge in edges} == {
        "QT6": 2,
        "QJK": 2,
    }
    assert {(edge["share"], edge["shareBasis"]) for edge in edges} == {(0.5, "PRACTICES")}


async def test_trusts_authorities_and_services_are_as_many_as_published(ask: Asking) -> None:
    """199 English trusts in July 2026, 296 districts and 153 upper-tier authorities, 115 services that are not
    historic.
    """
    july, today = await _counts(ask, "2026-07-31"), await _counts(ask, "2026-11-24")

    assert july["nhsTrusts"] == 199
    assert (july["districts"], july["upperTierAuthorities"], july["nhsRegions"]) == (296, 153, 7)
    assert today["knowledgeServices"] == 115


async def test_completeness_names_the_denominator(ask: Asking) -> None:
    """115 of 177 knowledge services are known: no list without its denominator."""
    data = await ask.data("{ graph { completeness { about have expected basis } } }")
    rows = {row["about"]: row for row in data["graph"]["completeness"]}

    assert (rows["KnowledgeService"]["have"], rows["KnowledgeService"]["expected"]) == (115, 177)
    assert all(row["basis"] for row in rows.values())
