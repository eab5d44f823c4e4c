"""`knownAt` over the real graph: what is answered, of which sequence, and what is refused."""

from typing import Any

import pytest

from tests.reading import Asking

_NETWORK = """query ($known: KnownAt, $day: Date) {
  primaryCareNetwork(odsCode: "U41591", asOf: $day, knownAt: $known) {
    name validity { from to } gpPractices(first: 3) { totalCount nodes { code name } }
  }
}"""


async def _last(ask: Asking) -> int:
    return int((await ask.data("{ graph { sequence } }"))["graph"]["sequence"])


async def test_the_last_sequence_knows_what_is_held_now(ask: Asking) -> None:
    """Whether the date lies in the graph's span or before it; the sequence is told beside the answer."""
    last = await _last(ask)

    for day in (None, "2024-01-01"):
        known = await ask.whole(_NETWORK, known={"sequence": last}, day=day)

        assert known["data"] == await ask.data(_NETWORK, day=day)
        told = known["extensions"]["knownAt"]
        assert [(one["path"], one["sequence"]) for one in told] == [(["primaryCareNetwork"], last)]


async def test_before_it_was_learnt_there_was_nothing(ask: Asking) -> None:
    """The first change set speaks of no network: null, with the reason that nothing of it was held then."""
    answer = await ask.whole(_NETWORK, known={"sequence": 1})

    assert answer["data"] == {"primaryCareNetwork": None}
    (absent,) = answer["extensions"]["absent"]
    assert (absent["path"], absent["reason"]) == (["primaryCareNetwork"], "NONE_EXISTS")
    assert absent["message"] == "No PrimaryCareNetwork with the code U41591 was held at sequence 1 at any date."


async def test_an_instant_means_the_last_change_set_by_then(ask: Asking) -> None:
    """The moment of a change set means that one; the same statement finds it."""
    sets = await ask.data("{ changeSets(last: 3) { nodes { sequence recordedAt } } }")
    before = len(ask.graph.statements)
    for one in sets["changeSets"]["nodes"]:
        answer = await ask.whole(
            "query ($at: DateTime!) { graph(knownAt: {instant: $at}) { sequence } }", at=one["recordedAt"]
        )

        assert answer["data"]["graph"]["sequence"] == one["sequence"]
        assert answer["extensions"]["knownAt"][0]["recordedAt"] == one["recordedAt"]
    assert len(ask.graph.statements) == before + 3


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"sequence": 0}, "BEFORE_RECORDS"),
        ({"sequence": 1_000_000}, "NOT_YET_RECORDED"),
        ({"instant": "2001-01-01T00:00:00Z"}, "BEFORE_RECORDS"),
        ({"instant": "2901-01-01T00:00:00Z"}, "NOT_YET_RECORDED"),
        ({"instant": "yesterday"}, "MALFORMED_INSTANT"),
        ({"instant": "2026-02-30T00:00:00Z"}, "MALFORMED_INSTANT"),
        ({"sequence": 1, "instant": "2026-01-01T00:00:00Z"}, "MALFORMED_VARIABLES"),
    ],
)
async def test_a_knowledge_that_nobody_had_is_refused(ask: Asking, known: dict[str, Any], code: str) -> None:
    """A sequence or an instant before the first change set or still to come, and what is neither."""
    error = await ask.error(_NETWORK, known=known)

    assert error["extensions"]["code"] == code
    if code in {"BEFORE_RECORDS", "NOT_YET_RECORDED"}:
        assert error["path"] == ["primaryCareNetwork"]
        assert error["extensions"]["argument"] == "knownAt"
        assert error["extensions"]["allowed"]


async def test_a_cursor_carries_the_knowledge(ask: Asking) -> None:
    """A page of one knowledge can't be gone on with by another."""
    page = "query ($known: KnownAt, $after: String) { nhsTrusts(first: 2, after: $after, knownAt: $known) {"
    page += " nodes { code } pageInfo { endCursor } } }"
    last = await _last(ask)
    first = await ask.data(page, known={"sequence": last})
    after = first["nhsTrusts"]["pageInfo"]["endCursor"]

    second = await ask.data(page, known={"sequence": last}, after=after)
    assert second["nhsTrusts"]["nodes"][0]["code"] > first["nhsTrusts"]["nodes"][1]["code"]
    for other in (None, {"sequence": last - 1}):
        assert (await ask.error(page, known=other, after=after))["extensions"]["code"] == "FOREIGN_CURSOR"


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("{ graph(knownAt: {sequence: 1}) { since } }", "Graph.since"),
        ("{ graph(knownAt: {sequence: 1}) { yearsOfEvidence } }", "Graph.yearsOfEvidence"),
        ("{ graph(knownAt: {sequence: 1}) { completeness { have } } }", "Completeness.have"),
    ],
)
async def test_what_can_not_be_told_of_then_is_refused(ask: Asking, document: str, field: str) -> None:
    """Never answered with what is held now."""
    error = await ask.error(document)

    assert error["extensions"]["code"] == "NOT_TOLD_THEN"
    assert error["extensions"]["sent"] == field


async def test_the_plan_without_it_serves_requests_that_leave_it_out(ask: Asking) -> None:
    """One document with and without: the statement without is the one of a document that never heard of it."""
    await ask.data(_NETWORK, known={"sequence": await _last(ask)})
    await ask.data(_NETWORK)

    assert "SUPERSEDED" in ask.graph.statements[-2]
    assert "SUPERSEDED" not in ask.graph.statements[-1]
