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


def said_of(stated: Stated | None, body: When) -> When:
    """Return from when a page speaks of something that belongs to a body and ends with it at the latest.

    A page that speaks only from a day on which the body was past (undated ones speak from the day they were read) tells
    of something that was there at some time before: it is held for the last day of the body, and says that nobody
    knows.
    """
    first = stated or UNDATED
    if body.end is not None and first.day >= body.end:
        return When(body.end - timedelta(days=1), "UNKNOWN", body.end, body.end_precision)
    return When(first.day, first.precision, body.end, body.end_precision)
