"""`postcode(code:)` on the real graph without a postcode directory: how exact it is, and what it does not say."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.reading import Asking

_POSTCODE = """
query($code: String!, $day: Date) {
  postcode(code: $code, asOf: $day) {
    code basis note country point { latitude longitude } precisionKilometres
    localAuthorities { share authority { code name } }
    systems { share system { code } }
    candidates { distanceKilometres basis network { code } practice { code primaryCareNetworks { nodes { code } } } }
    sources { code }
    absent { field reason since settles }
  }
}
"""


async def _postcode(ask: Asking, code: str, day: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (await ask.data(_POSTCODE, code=code, day=day))["postcode"]
    return found


@pytest.mark.parametrize("sent", ["TS18 1HU", "ts181hu", " Ts18  1hU ", "TS18\u00a01HU"])
async def test_a_practices_own_postcode_lies_where_the_practice_does(ask: Asking, sent: str) -> None:
    """A81001 stands in Stockton-on-Tees; spaces, also those that don't break, and small letters are forgiven."""
    found = await _postcode(ask, sent)

    assert (found["code"], found["basis"], found["country"]) == ("TS18 1HU", "SAME_POSTCODE", "England")
    assert found["localAuthorities"] == [{"share": 1, "authority": {"code": "E06000004", "name": "Stockton-on-Tees"}}]
    assert found["systems"] == [{"share": 1, "system": {"code": "QHM"}}]
    assert found["precisionKilometres"] is None
    assert found["sources"] != []
    assert found["absent"] == []


async def test_networks_are_candidates_by_distance_and_never_one(ask: Asking) -> None:
    """The nearest is that of the practice at the door, and others follow, each by a practice of its own."""
    found = await _postcode(ask, "TS18 1HU")

    candidates = found["candidates"]
    distances = [one["distanceKilometres"] for one in candidates]
    assert len(candidates) == 10
    assert (candidates[0]["practice"]["code"], distances[0]) == ("A81001", 0)
    assert distances == sorted(distances)
    assert len({one["network"]["code"] for one in candidates}) == 10
    assert {one["basis"] for one in candidates} == {"Its nearest practice, from the postcode itself."}
    for one in candidates:
        assert one["network"] in one["practice"]["primaryCareNetworks"]["nodes"]


async def test_an_outward_code_gives_what_lies_near_and_says_so(ask: Asking) -> None:
    """Nothing held has GU14 6ZZ: its districts are shares of what has GU14, and the answer names what would settle."""
    found = await _postcode(ask, "GU14 6ZZ")

    assert found["basis"] == "OUTWARD_CODE"
    assert found["country"] is None
    assert sum(one["share"] for one in found["localAuthorities"]) == pytest.approx(1, abs=0.001)
    assert sum(one["share"] for one in found["systems"]) == pytest.approx(1, abs=0.001)
    assert found["precisionKilometres"] > 0
    assert "it may lie in another" in found["note"]
    assert "from the middle" in found["candidates"][0]["basis"]
    assert [(one["field"], one["reason"]) for one in found["absent"]] == [("localAuthorities", "NOT_PUBLISHED")]
    assert "icsgraph seed postcodes" in found["absent"][0]["settles"]


async def test_a_district_in_two_systems_is_in_both_with_shares(ask: Asking) -> None:
    """Each authority that lies in two boards gives both; the postcode of a practice there is no exception."""
    asked = await ask.data(
        "{ localAuthorities(first: 1000) { nodes { code integratedCareBoards { totalCount } located(first: 100)"
        " { nodes { ... on GPPractice { postcode } } } } } }"
    )
    split = next(
        one
        for one in asked["localAuthorities"]["nodes"]
        if one["integratedCareBoards"]["totalCount"] > 1 and any(one["located"]["nodes"])
    )
    postcode = next(one["postcode"] for one in split["located"]["nodes"] if one)

    found = await _postcode(ask, postcode)

    assert [one["authority"]["code"] for one in found["localAuthorities"]] == [split["code"]]
    shares = [one["share"] for one in found["systems"]]
    assert len(shares) == split["integratedCareBoards"]["totalCount"]
    assert sum(shares) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("code", "country", "reason"),
    [
        ("AB10 1AA", "Scotland", "NOT_APPLICABLE"),
        ("CF10 1AA", "Wales", "NOT_APPLICABLE"),
        ("BT1 1AA", "Northern Ireland", "NOT_APPLICABLE"),
        ("JE2 3AB", "the Channel Islands", "NOT_APPLICABLE"),
        ("LL99 9ZZ", None, "NOT_PUBLISHED"),
        ("QX1 1AA", None, "NONE_EXISTS"),
    ],
)
async def test_outside_england_unknown_and_impossible_are_told_apart(
    ask: Asking, code: str, country: str | None, reason: str
) -> None:
    """As far as the letters tell: LL lies on both sides of the Welsh border, and no postcode begins with QX."""
    found = await _postcode(ask, code)

    assert (found["basis"], found["point"], found["country"]) == (None, None, country)
    assert found["localAuthorities"] == found["systems"] == found["candidates"] == found["sources"] == []
    assert [(one["field"], one["reason"]) for one in found["absent"]] == [("localAuthorities", reason)]


async def test_before_sources_speak_that_is_said(ask: Asking) -> None:
    """In 2023 nobody says in which system a district lies, and the district of today may not have been there."""
    found = await _postcode(ask, "TS18 1HU", "2023-06-01")

    assert found["systems"] == []
    reasons = {one["field"]: (one["reason"], one["since"]) for one in found["absent"]}
    assert reasons["systems"] == ("BEFORE_SOURCES", "2024-04-01")


async def test_the_systems_are_those_of_the_date(ask: Asking) -> None:
    """Frimley was one in 2025 and is none since April 2026."""
    then = await _postcode(ask, "GU14 7LT", "2025-06-01")
    now = await _postcode(ask, "GU14 7LT")

    assert "QNQ" in {one["system"]["code"] for one in then["systems"]}
    assert "QNQ" not in {one["system"]["code"] for one in now["systems"]}


@pytest.mark.parametrize("sent", ["", "OX1", "1AA", "OX1 1A", "OXX 1AA", "OX1 AAA", "OX1-1AA", "٣X1 1AA", "'}) //"])
async def test_a_malformed_postcode_is_the_clients_mistake(ask: Asking, sent: str) -> None:
    """What was sent, what is allowed, and an example."""
    error = await ask.error(_POSTCODE, code=sent)

    assert error["extensions"]["code"] == "MALFORMED_POSTCODE"
    assert error["extensions"]["sent"] == sent
    assert "OX1 1AA" in error["extensions"]["allowed"]


@pytest.mark.parametrize("sent", ["OX1 1AA", "ox1 1aa", "OX11AA"])
async def test_a_postcode_is_no_subject_of_coverage(ask: Asking, sent: str) -> None:
    """It names nobody who could be covered: the error says where to ask, and that way gives the coverage."""
    error = await ask.error("query($of: String!) { coverage(of: $of) { outcome } }", of=sent)
    assert error["extensions"]["code"] == "POSTCODE_IS_NO_CODE"
    assert 'postcode(code: "OX1 1AA")' in error["message"]

    data = await ask.data(
        "query($code: String!) { postcode(code: $code) {"
        " candidates { network { code coveredBy { nodes { name } } } }"
        " localAuthorities { authority { code coveredBy { totalCount } } } } }",
        code=sent,
    )
    assert any(one["network"]["coveredBy"]["nodes"] for one in data["postcode"]["candidates"])


async def test_the_nearest_may_be_asked_from_a_postcode(ask: Asking) -> None:
    """From a practice's own postcode the practice is nearest; from an outward code it is said how far off that is."""
    asked = """query($to: Origin!) { nearest(to: $to, kind: GP_PRACTICE, first: 3) {
        from { code } point { latitude } basis hits { node { code } distanceKilometres } absent { field reason } } }"""

    same = (await ask.data(asked, to={"postcode": "ts181hu"}))["nearest"]
    near = (await ask.data(asked, to={"postcode": "GU14 6ZZ"}))["nearest"]
    none = (await ask.data(asked, to={"postcode": "AB10 1AA"}))["nearest"]

    assert (same["from"], same["hits"][0]) == (None, {"node": {"code": "A81001"}, "distanceKilometres": 0})
    assert "up to" in near["basis"]
    assert len(near["hits"]) == 3
    assert (none["hits"], none["absent"]) == ([], [{"field": "hits", "reason": "NOT_APPLICABLE"}])
    error = await ask.error(asked, to={"postcode": "nowhere"})
    assert error["extensions"]["code"] == "MALFORMED_POSTCODE"


async def test_a_postcode_is_one_statement_that_reads_no_more_than_is_asked(ask: Asking) -> None:
    """Without candidates no practice is measured."""
    await ask.data('{ postcode(code: "OX1 1AA") { basis } }')
    before = len(ask.graph.statements)

    await ask.data('{ postcode(code: "OX1 1AA") { localAuthorities { share } } }')

    assert len(ask.graph.statements) - before == 1
    assert "MEMBER_OF" not in ask.graph.statements[-1]
    asked = await ask.whole('{ postcode(code: "OX1 1AA") { candidates { network { code } } } }')
    assert asked["extensions"]["cost"]["requested"] >= 10


async def test_the_example_of_the_page_is_answered(ask: Asking) -> None:
    """What docs/postcodes.md shows can be asked as it stands there."""
    page = (Path(__file__).parents[2] / "docs" / "postcodes.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```graphql\n(.*?)```", page, re.DOTALL)

    data = await ask.data(example, code="TS18 1HU")

    assert data["postcode"]["systems"] != []
