"""What a source says against what the graph holds: the changes that take one to the other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, TypeVar

from cypher.change import Change, LinkKey, LinkRecord, NodeRecord, change

__all__ = ["Absence", "Key", "Record", "diff"]

Absence = Literal["WITHDRAWAL", "CLOSURE", "NOTHING"]
"""What it means that a source leaves out what is held of it.

WITHDRAWAL: it tells the whole history, as our tidy tables do, so what it leaves out was an error. CLOSURE: it lists
what is in force, and its contract says that whatever left the list has ended. NOTHING: it lists some, and says nothing
of the rest.
"""

Record = TypeVar("Record", NodeRecord, LinkRecord)
Key = TypeVar("Key", str, LinkKey)


def diff(
    held: Mapping[Key, Record],
    said: Mapping[Key, Record],
    *,
    absence: Absence = "WITHDRAWAL",
    as_at: date | None = None,
) -> list[Change]:
    """Return the changes that take `held` to `said`, ordered by key; equal sides give an empty list.

    Both map ids of nodes, or identities of relationships, to their records, and `held` has only what this source may
    speak for.
    `as_at` is the day from which what is absent has ended, where absence is closure; what has ended before is left as
    it is.
    """
    changes: list[Change | None] = []
    for key in sorted(set(held) | set(said)):
        before, after = held.get(key), said.get(key)
        if before is not None and after is None:
            changes.append(_absent(before, absence, as_at))
        else:
            changes.append(change(before, after))
    return [one for one in changes if one is not None]


def _absent(before: NodeRecord | LinkRecord, absence: Absence, as_at: date | None) -> Change | None:
    if absence == "WITHDRAWAL":
        return change(before, None)
    if absence == "NOTHING" or as_at is None:
        return None
    last = before.states[-1] if isinstance(before, NodeRecord) else before
    if last.validity.valid_to is not None or last.validity.valid_from >= as_at:
        return None
    # Nobody says on which day it ended: only that it had by the day of the list.
    closed = replace(last.validity, valid_to=as_at, valid_to_precision="NO_LATER_THAN")
    if isinstance(before, NodeRecord):
        states = (*before.states[:-1], replace(before.states[-1], validity=closed))
        return change(before, replace(before, states=states))
    return change(before, before.during(closed))
