"""Dates as pages give them: a day, a month, a year, or none."""

import calendar
from collections.abc import Iterable
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


def month(in_year: int, number: int) -> Stated:
    """Return a month as a date that is stated no more exactly."""
    last = calendar.monthrange(in_year, number)[1]
    return Stated(date(in_year, number, 1), "MONTH", date(in_year, number, last) + timedelta(days=1))


def speaks_from(dated: Stated | None, named: Iterable[When]) -> When:
    """Return since when a page speaks that names things of these lives, open at its end.

    An undated page speaks from the day it was read. Where it names something that had ended by then, it was written
    before that end: no later than the last day of the first that ended.
    """
    if dated is not None:
        return When(dated.day, dated.precision)
    ends = [life.end for life in named if life.end is not None and life.end <= UNDATED.day]
    if ends:
        return When(min(ends) - timedelta(days=1), "NO_LATER_THAN")
    return When(UNDATED.day, UNDATED.precision)


_NAMING = {
    "https://joinedupcarederbyshire.co.uk/news/": "the-hub-plus-derbyshire-welcomes-icb-chair-",
    "https://www.primarycarecollaborativenenc.org.uk/2024/09/06/": "in-conversation-with-",
}


def address(url: str) -> str:
    """Return the address of a page, cut where it would name a person."""
    for start, naming in _NAMING.items():
        if url.startswith(start + naming):
            return start
    return url


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
            return month(*numbers)
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
