"""Dates as pages give them: a day, a month, a year, or none."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from seed.build.draft import When
from seed.build.raw import RawRow
from seed.tables import Precision

READ = date(2026, 11, 1)
"""All pages were read in November 2026; one without a date speaks from then."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A date with the precision that it was stated with; `end` is the first day after the stated day, month or year."""

    day: date
    precision: Precision
    end: date


UNDATED = Stated(READ, "MONTH", date(2026, 12, 1))


def year(number: int) -> Stated:
    """Return a year as a date that is stated no more exactly."""
    return Stated(date(number, 1, 1), "YEAR", date(number + 1, 1, 1))


def take(row: RawRow, column: str) -> Stated | None:
    """Take a date out of a row, None where the page has none."""
    text = row.take(column)
    if not text:
        return None
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        if [len(part) for part in parts] == [4, 2, 2]:
            day = date(*numbers)
            return Stated(day, "DAY", day + timedelta(days=1))
        if [len(part) for part in parts] == [4, 2]:
            in_year, month = numbers
            return Stated(
                date(in_year, month, 1),
                "MONTH",
                date(in_year, month, calendar.monthrange(in_year, month)[1]) + timedelta(days=1),
            )
        if [len(part) for part in parts] == [4]:
            return year(numbers[0])
    except ValueError as error:
        raise row.odd(column, text, "is no date") from error
    raise row.odd(column, text, "is no day, month or year")


def spoken(stated: Stated | None, life: When) -> When:
    """Return from when a page speaks of something that lives so long: undated, from the day on which it was read.

    An undated page of what had ended by then speaks of its last day at the least.
    """
    if stated is not None:
        return When(stated.day, stated.precision, life.end, life.end_precision)
    if life.end is not None and life.end <= READ:
        return When(life.end - timedelta(days=1), "UNKNOWN", life.end, life.end_precision)
    return When(UNDATED.day, UNDATED.precision, life.end, life.end_precision)
