"""Whether an answer is for ever: each of its root fields was asked for a date that has come, as it was known then."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from resolvers.selection import Operation

__all__ = ["is_final"]

_SETTLED = timedelta(minutes=5)  # a change set that is on its way may yet be recorded at an instant just gone


def is_final(operation: Operation, variables: Mapping[str, object], today: date, now: datetime | None = None) -> bool:
    """Return whether nothing that will be learnt can change the answer.

    A date alone is not enough: a source may correct what it said of that day. What was held at a sequence is
    settled, and so is what was held at an instant that is a while ago.
    """
    roots = [one for one in operation.selections if one.field != "__typename"]
    latest = (now or datetime.now(UTC)) - _SETTLED
    for one in roots:
        as_of, known_at = one.argument("asOf"), one.argument("knownAt")
        day = as_of.bound(variables) if as_of else None
        given = known_at.bound(variables) if known_at else None
        if not isinstance(day, date) or day > today or not isinstance(given, Mapping):
            return False
        instant = given.get("instant")
        if given.get("sequence") is None and not (isinstance(instant, datetime) and instant <= latest):
            return False
    return bool(roots)
