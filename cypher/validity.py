"""When a fact holds: half-open intervals of dates, each end with its own precision.

Nothing here knows the graph. `validTo` is the first day on which a fact no longer holds, None where it is open.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from cypher.errors import RecordNotValid

__all__ = ["Precision", "Status", "Validity", "intersection", "suffix", "today_in_england", "weaker"]

Precision = Literal["DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN"]
PRECISIONS: tuple[Precision, ...] = ("DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN")

Status = Literal["IN_FORCE", "ENDED", "PLANNED"]


@dataclass(frozen=True, slots=True)
class Validity:
    """From the first day to the day after the last, with what is known of both."""

    valid_from: date
    valid_from_precision: Precision = "DAY"
    valid_to: date | None = None
    valid_to_precision: Precision | None = None

    def __post_init__(self) -> None:
        """Refuse an empty interval and a precision without its date."""
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise RecordNotValid(f"an interval must end after it starts, not {self.valid_from} to {self.valid_to}")
        if (self.valid_to is None) != (self.valid_to_precision is None):
            raise RecordNotValid(f"validTo {self.valid_to} and its precision {self.valid_to_precision} stand together")

    def holds(self, day: date) -> bool:
        """Whether the fact holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def status(self, today: date) -> Status:
        """Whether the fact is in force, has ended, or is planned."""
        if today < self.valid_from:
            return "PLANNED"
        return "ENDED" if self.valid_to is not None and self.valid_to <= today else "IN_FORCE"

    def within(self, other: "Validity") -> bool:
        """Whether every day of this interval is one of the other."""
        if self.valid_from < other.valid_from:
            return False
        return other.valid_to is None or (self.valid_to is not None and self.valid_to <= other.valid_to)

    def boundaries(self) -> tuple[date, ...]:
        """The days on which something changes."""
        return (self.valid_from,) if self.valid_to is None else (self.valid_from, self.valid_to)


def weaker(one: Precision, other: Precision) -> Precision:
    """Return the less precise of two."""
    return max(one, other, key=PRECISIONS.index)


def intersection(one: Validity, other: Validity) -> Validity | None:
    """Return the days of both, or None; each end takes the precision of the interval that it is from."""
    start, start_precision = one.valid_from, one.valid_from_precision
    if other.valid_from > start:
        start, start_precision = other.valid_from, other.valid_from_precision
    elif other.valid_from == start:
        start_precision = weaker(start_precision, other.valid_from_precision)
    end, end_precision = one.valid_to, one.valid_to_precision
    if other.valid_to is not None and other.valid_to_precision is not None:
        if end is None or end_precision is None or other.valid_to < end:
            end, end_precision = other.valid_to, other.valid_to_precision
        elif other.valid_to == end:
            end_precision = weaker(end_precision, other.valid_to_precision)
    if end is not None and end <= start:
        return None
    return Validity(start, start_precision, end, end_precision)


def suffix(status: Status) -> str:
    """Return what a relationship type bears beside its name: `T`, `T_ENDED`, `T_PLANNED`."""
    return {"IN_FORCE": "", "ENDED": "_ENDED", "PLANNED": "_PLANNED"}[status]


def today_in_england() -> date:
    """Return the date in Europe/London."""
    return datetime.now(ZoneInfo("Europe/London")).date()
