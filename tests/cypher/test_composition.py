"""Slices and merged intervals say on each day what a count on that day says."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher.composition import Derived, compose, merged, slices
from cypher.errors import DerivationError
from cypher.validity import Validity
from tests.cypher.intervals import DAYS, days, validities

Timeline = dict[str, list[Validity]]
timelines = st.dictionaries(st.sampled_from(["P1", "P2", "P3"]), st.lists(validities(), max_size=3))


def row(start: str, end: str, validity: Validity, member: str | None = None, key: str = "", **values: str) -> Derived:
    """Return a row of a rule."""
    return Derived(start, end, key, validity, ("source",), (), values, member)


@given(st.lists(validities(), max_size=5))
def test_merged_intervals_have_the_same_days_and_neither_overlap_nor_touch(intervals: list[Validity]) -> None:
    """Nothing is lost, nothing is there twice."""
    result = merged(intervals)

    assert [day for one in result for day in sorted(days(one))] == sorted(
        {day for one in intervals for day in days(one)}
    )
    for earlier, later in pairwise(result):
        assert earlier.valid_to is not None
        assert earlier.valid_to < later.valid_from


@given(timelines, timelines)
def test_slices_say_on_each_day_how_many_members_count(counted: Timeline, members: Timeline) -> None:
    """The slice of a day has the counts of that day, and a day without one has none."""

    def on(day: date, timeline: Timeline) -> set[str]:
        return {name for name, intervals in timeline.items() if any(one.holds(day) for one in intervals)}

    found = slices(counted, members)

    for day in DAYS:
        belong = on(day, members)
        count = len(on(day, counted) & belong)
        told = [(one.counted, one.members) for one in found if one.validity.holds(day)]
        assert told == ([(count, len(belong))] if count else [])


@given(timelines, timelines)
def test_slices_that_touch_differ(counted: Timeline, members: Timeline) -> None:
    """A fact is not cut where nothing changes."""
    found = slices(counted, members)

    for earlier, later in pairwise(found):
        if earlier.validity.valid_to == later.validity.valid_from:
            assert (earlier.counted, earlier.members) != (later.counted, later.members)


def test_a_network_lies_in_two_places_with_shares() -> None:
    """Three practices, one of them elsewhere: two thirds here, one third there, by practices."""
    always = Validity(date(2023, 1, 1))
    members = {"U": {name: [always] for name in ("P1", "P2", "P3")}}
    rows = [row("U", place, always, name) for name, place in (("P1", "A"), ("P2", "A"), ("P3", "B"))]

    here, there = compose("FOOTPRINT", "NETWORK_IN", rows, "start", members)

    assert (here.end, here.values) == (
        "A",
        {"share": 2 / 3, "shareBasis": "PRACTICES", "practices": 2, "extent": "PART"},
    )
    assert (there.end, there.values["practices"]) == ("B", 1)


def test_a_slice_ends_when_a_member_joins() -> None:
    """The same network is wholly here until a practice from elsewhere joins it."""
    joined = date(2024, 4, 1)
    members = {"U": {"P1": [Validity(date(2023, 1, 1))], "P2": [Validity(joined, "NO_LATER_THAN")]}}
    rows = [row("U", "A", Validity(date(2023, 1, 1)), "P1")]

    before, after = compose("FOOTPRINT", "NETWORK_IN", rows, "start", members)

    assert before.validity == Validity(date(2023, 1, 1), "DAY", joined, "NO_LATER_THAN")
    assert before.values["extent"] == "WHOLE"
    assert after.validity == Validity(joined, "NO_LATER_THAN")
    assert after.values["share"] == 0.5


def test_rows_that_say_the_same_become_one_fact() -> None:
    """Two paths of one rule to the same coverage are one relationship for the days of both."""
    first = row("S", "P", Validity(date(2023, 1, 1), "DAY", date(2024, 1, 1), "DAY"))
    second = row("S", "P", Validity(date(2023, 6, 1)))

    (record,) = compose("HOST", "COVERS", [first, second], None, {})

    assert record.validity == Validity(date(2023, 1, 1))
    assert (record.standing, record.rule, record.series, record.key) == ("DERIVED", "HOST", "HOST", "HOST")


def test_rows_that_contradict_each_other_are_refused() -> None:
    """A rule cannot say two things of one day without a key that parts them."""
    open_ended = Validity(date(2023, 1, 1))
    rows = [row("S", "P", open_ended, terms="free"), row("S", "P", open_ended, terms="charged")]

    with pytest.raises(DerivationError, match="two things"):
        compose("HOST", "COVERS", rows, None, {})

    parted = [row("S", "P", open_ended, key=terms, terms=terms) for terms in ("free", "charged")]
    assert [record.key for record in compose("HOST", "COVERS", parted, None, {})] == ["HOST:charged", "HOST:free"]


def test_a_member_needs_a_whole() -> None:
    """A row that speaks for a member is refused where the header does not say what is composed."""
    with pytest.raises(DerivationError, match="does not say what it composes"):
        compose("HOST", "COVERS", [row("S", "U", Validity(date(2023, 1, 1)), "P1")], None, {})
