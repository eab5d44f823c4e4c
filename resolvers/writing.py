"""What a plan's writer is made of: the source of a lambda, and the few functions that it may call.

The source is made by `resolvers/compiler.py` alone, from the schema's names and from response keys (letters, digits
and underscores by the GraphQL grammar); it is compiled once with a plan and holds no value of a client.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
from neo4j.spatial import Point
from neo4j.time import Date, DateTime

from resolvers import explaining
from resolvers.arguments import global_id
from resolvers.feed import has_come
from resolvers.paging import CursorKey, Window, page
from resolvers.plan import Absence, Bound

__all__ = ["encoded", "function"]

_FRAME = {"sequence": 0, "since": 1, "until": 2}


def function(source: str) -> Callable[[Sequence[Any], Bound, CursorKey], dict[str, Any]]:
    """Return the function that a lambda's source describes, with nothing in reach but the writer's own functions."""
    reachable: dict[str, object] = {
        "__builtins__": {},
        "page": page,
        "found": _found,
        "global_id": global_id,
        "maybe_global_id": _maybe_global_id,
        "frame": _frame,
        "enumerate": enumerate,
        "has_next": _has_next,
        "has_previous": _has_previous,
        "has_come": has_come,
        "text": _text,
        "explained": explaining.explained,
    }
    made: Callable[[Sequence[Any], Bound, CursorKey], dict[str, Any]] = eval(source, reachable)  # noqa: S307  # see above
    return made


def encoded(answer: object) -> bytes:
    """Return the answer as JSON in UTF-8; dates and instants of the database as ISO 8601."""
    return orjson.dumps(answer, default=_iso_text)


def _iso_text(value: object) -> str:
    if isinstance(value, Date | DateTime):
        return value.iso_format()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _text(value: object) -> str | None:
    """Return a value of any kind as one text: a list by its parts, a point by longitude and latitude."""
    if isinstance(value, list | tuple) and not isinstance(value, Point):
        return "; ".join(str(_text(one)) for one in value)
    if isinstance(value, Point):
        return ", ".join(str(one) for one in value)
    if isinstance(value, Date | DateTime):
        return value.iso_format()
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _maybe_global_id(entity_id: str | None) -> str | None:
    return None if entity_id is None else global_id(entity_id)


def _frame(row: Sequence[Any], bound: Bound, name: str, clock: str) -> Any:
    return bound.dates[clock] if name == "asOf" else row[_FRAME[name]]


def _has_next(rows: Sequence[Any], window: Window) -> bool:
    return window.has_cursor if window.is_backward else len(rows) > window.size


def _has_previous(rows: Sequence[Any], window: Window) -> bool:
    return len(rows) > window.size if window.is_backward else window.has_cursor


def _found(
    value: Sequence[Any] | None,
    bound: Bound,
    key: str,
    concept: str,
    code: str,
    clock: str,
    at: int | None = None,
    sentinels: Mapping[str, str] = {},  # never changed
    known: int | None = None,
) -> bool:
    """Return whether the entity is there at the date; note the reason where it is not. `at` is its place in a list.

    `value` is a list of its row alone, or of null and its life, or None where nothing bears the code.
    """
    day = bound.dates[clock]
    path: tuple[str | int, ...] = (key,)
    if at is not None:
        path, code = (key, at), f"{code}.{at}"
    if bound.codes[code] in sentinels:
        message = f"{bound.codes[code]} {sentinels[bound.codes[code]]}."
        bound.absences.append(Absence(path, "NOT_APPLICABLE", None, message))
        return False
    if value is None:
        when = "is held" if known is None else f"was held at sequence {known}"
        message = f"No {concept} with the code {bound.codes[code]} {when} at any date."
        bound.absences.append(Absence(path, "NONE_EXISTS", None, message))
        return False
    if value[0] is not None:
        return True
    _, valid_from, precision, valid_to = value
    began: date = valid_from.to_native()
    if day < began and precision == "NO_LATER_THAN":
        message = f"{bound.codes[code]} began no later than {began}, when sources first name it; asked for {day}."
        bound.absences.append(Absence(path, "BEFORE_SOURCES", began, message))
    elif day < began:
        message = f"{bound.codes[code]} begins on {began}; asked for {day}."
        bound.absences.append(Absence(path, "NONE_EXISTS", began, message))
    else:
        ended: date = valid_to.to_native()
        message = f"{bound.codes[code]} ended: the first day without it is {ended}; asked for {day}."
        bound.absences.append(Absence(path, "NONE_EXISTS", began, message))
    return False
