"""Intervals are sets of days."""

from datetime import date

import pytest
from hypothesis import given

from cypher.errors import RecordNotValid
from cypher.validity import Validity, intersection, suffix, today_in_england, weaker
from tests.cypher.intervals import DAYS, days, precisions, validities


@given(validities(), validities())
def test_an_intersection_has_exactly_the_days_of_both(one: Validity, other: Validity) -> None:
    """Whatever two intervals are, their intersection holds where both hold."""
    assert days(intersection(one, other)) == days(one) & days(other)


@given(validities(), validities())
def test_an_intersection_does_not_depend_on_the_order(one: Validity, other: Validity) -> None:
    """Precisions included."""
    assert intersection(one, other) == intersection(other, one)


@given(validities(), validities())
def test_within_means_that_every_day_is_one_of_the_other(one: Validity, other: Validity) -> None:
    """An open interval lies in open ones only."""
    assert one.within(other) == (days(one) <= days(other))


@given(validities())
def test_a_fact_has_one_status_a_day(validity: Validity) -> None:
    """Planned before the start, ended from the end on, in force on the days between."""
    for day in DAYS:
        status = validity.status(day)

        assert (status == "IN_FORCE") == validity.holds(day)
        assert (status == "PLANNED") == (day < validity.valid_from)


@given(precisions)
def test_nothing_is_weaker_than_unknown(precision: str) -> None:
    """Unknown swallows the rest, a day swallows nothing."""
    assert weaker("UNKNOWN", precision) == "UNKNOWN"  # type: ignore[arg-type]  # drawn from the literal's own values
    assert weaker("DAY", precision) == precision  # type: ignore[arg-type]  # as above


def test_an_interval_is_half_open() -> None:
    """The day of `validTo` is the first on which the fact no longer holds."""
    validity = Validity(date(2022, 7, 1), "DAY", date(2026, 4, 1), "DAY")

    assert validity.holds(date(2026, 3, 31))
    assert validity.status(date(2026, 4, 1)) == "ENDED"


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), "DAY"),
        (date(2026, 4, 1), date(2026, 3, 1), "DAY"),
        (date(2026, 4, 1), None, "DAY"),
        (date(2026, 4, 1), date(2026, 5, 1), None),
    ],
)
def test_an_interval_that_cannot_be_is_refused(start: date, end: date | None, precision: str | None) -> None:
    """Empty ones, and an end without its precision or the other way round."""
    with pytest.raises(RecordNotValid):
        Validity(start, "DAY", end, precision)  # type: ignore[arg-type]  # the wrong ones are the point


def test_types_bear_their_status() -> None:
    """A pattern without a thought for time sees what is in force."""
    assert [suffix("IN_FORCE"), suffix("ENDED"), suffix("PLANNED")] == ["", "_ENDED", "_PLANNED"]


def test_today_is_a_date_in_england() -> None:
    """It is a plain date, at most a day from that of any machine."""
    assert abs((today_in_england() - date.today()).days) <= 1  # noqa: DTZ011 - the machine's own day is meant
