"""An answer is for ever where both clocks of all that it asks are past, and nowhere else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from resolvers.errors import Location
from resolvers.finality import is_final
from resolvers.selection import Argument, Operation, Selection

_TODAY, _NOW = date(2026, 11, 24), datetime(2026, 11, 24, 12, tzinfo=UTC)
_PAST = date(2026, 4, 1)


def _root(as_of: object = None, known_at: object = None, field: str = "gpPractices") -> Selection:
    given = {"asOf": as_of, "knownAt": known_at}
    arguments = tuple(Argument(name, value=value) for name, value in given.items() if value is not None)
    return Selection(field, field, arguments, (), Location(1, 1))


@pytest.mark.parametrize(
    ("roots", "expected"),
    [
        ([_root(_PAST, {"sequence": 7})], True),
        ([_root(_TODAY, {"sequence": 7})], True),
        ([_root(_PAST, {"instant": _NOW - timedelta(days=1)})], True),
        ([_root(_PAST, {"sequence": 7}), _root(field="__typename")], True),
        ([_root(_PAST)], False),
        ([_root(None, {"sequence": 7})], False),
        ([_root(_TODAY + timedelta(days=1), {"sequence": 7})], False),
        ([_root(_PAST, {"instant": _NOW - timedelta(seconds=1)})], False),
        ([_root(_PAST, {"sequence": 7}), _root(_PAST)], False),
        ([_root(field="__typename")], False),
    ],
    ids=[
        "past",
        "today is a date",
        "instant",
        "with its type",
        "known now",
        "of today",
        "still to come",
        "just recorded",
        "one of two",
        "schema",
    ],
)
def test_an_answer_is_for_ever_where_both_clocks_are_past(roots: list[Selection], expected: bool) -> None:
    """A date alone may be corrected; what was known, without a date, is of another day tomorrow."""
    assert is_final(Operation("query", tuple(roots)), {}, _TODAY, _NOW) is expected


def test_the_clocks_may_be_variables() -> None:
    """They are looked at with each request."""
    root = Selection(
        "a", "a", (Argument("asOf", variable="day"), Argument("knownAt", variable="known")), (), Location(1, 1)
    )
    past: dict[str, Any] = {"day": _PAST, "known": {"sequence": 3}}

    assert is_final(Operation("query", (root,)), past, _TODAY, _NOW)
    assert not is_final(Operation("query", (root,)), {**past, "known": None}, _TODAY, _NOW)
