"""What the writer is told: records before and after, and nothing of how they lie in the graph.

A node's record is its whole life, a sequence of states whose intervals touch; a relationship's record is one interval.
An id is `<Concept>:<code>`; the end of HAS_IDENTIFIER is an identifier, `<SCHEME>:<value>`, which has no life of its
own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from cypher.errors import RecordNotValid
from cypher.validity import Validity

__all__ = ["Change", "Kind", "LinkKey", "LinkRecord", "NodeRecord", "Standing", "State", "Value", "change"]

Value = str | int | float | bool | date | tuple[str, ...] | tuple[float, float]
"""A property: a tuple of texts is a list, a tuple of two numbers a point, (latitude, longitude) in WGS84."""

Standing = Literal["PUBLISHED", "STATUTORY", "DERIVED"]
Kind = Literal["OPENED", "AMENDED", "CLOSED", "WITHDRAWN"]
LinkKey = tuple[str, str, str, str, date]
"""Type, start, end, key, validFrom: what makes two records the same fact."""

STANDALONE_TYPES = frozenset({"SUCCEEDED_BY", "CLAIMED_ABOUT"})
"""Types that join things of different lives, and so are not held within both ends' lives.

A body can follow one that has ended, and a source can speak of one.
"""

IDENTIFIER_TYPE = "HAS_IDENTIFIER"
"""The one type whose end is no entity."""


@dataclass(frozen=True, slots=True)
class State:
    """The values of a thing during one interval, and who says so."""

    validity: Validity
    values: Mapping[str, Value]
    standing: Standing
    sources: tuple[str, ...]
    series: str
    absences: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """A thing of one concept; `coded` is the label beside it where the NHS or ONS gives a code."""

    concept: str
    code: str
    coded: Literal["Organisation", "Area"] | None
    states: tuple[State, ...]

    def __post_init__(self) -> None:
        """Refuse a life with a gap, an overlap, or nothing in it."""
        if not self.states:
            raise RecordNotValid(f"{self.id} has no state")
        for earlier, later in pairwise(self.states):
            if earlier.validity.valid_to != later.validity.valid_from:
                raise RecordNotValid(
                    f"{self.id}: a state until {earlier.validity.valid_to} and the next from "
                    f"{later.validity.valid_from} must touch"
                )

    @property
    def id(self) -> str:
        """The id of its node."""
        return f"{self.concept}:{self.code}"

    @property
    def life(self) -> Validity:
        """From the start of the first state to the end of the last."""
        first, last = self.states[0].validity, self.states[-1].validity
        return Validity(first.valid_from, first.valid_from_precision, last.valid_to, last.valid_to_precision)

    def state_on(self, today: date) -> int:
        """Return which state the node shows: today's, the last if it has ended, the first if it is planned."""
        for place, state in enumerate(self.states):
            if state.validity.holds(today):
                return place
        return 0 if today < self.states[0].validity.valid_from else len(self.states) - 1


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A relationship during one interval; `key` parts several of one type between the same ends."""

    type: str
    start: str
    end: str
    validity: Validity
    standing: Standing
    sources: tuple[str, ...]
    series: str
    values: Mapping[str, Value]
    key: str = ""
    absences: tuple[str, ...] = ()
    rule: str | None = None

    @property
    def identity(self) -> LinkKey:
        """What makes two records the same fact."""
        return (self.type, self.start, self.end, self.key, self.validity.valid_from)

    def during(self, validity: Validity) -> "LinkRecord":
        """Return the same relationship during another interval."""
        return replace(self, validity=validity)

    def __str__(self) -> str:
        return f"{self.start} {self.type} {self.end} {self.validity.valid_from}..{self.validity.valid_to or ''}"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was learnt: what was held before, what is held after."""

    kind: Kind
    before: NodeRecord | LinkRecord | None
    after: NodeRecord | LinkRecord | None

    @property
    def record(self) -> NodeRecord | LinkRecord:
        """Whichever of the two there is, the later one if both are."""
        record = self.after or self.before
        if record is None:  # `change` makes no such thing
            raise RecordNotValid("a change must have a before or an after")
        return record

    @property
    def subject(self) -> str:
        """The id of the node that it is about; of a relationship, of the node that it starts from."""
        record = self.record
        return record.id if isinstance(record, NodeRecord) else record.start


def change(before: NodeRecord | LinkRecord | None, after: NodeRecord | LinkRecord | None) -> Change | None:
    """Return the change from one record to another of the same thing, or None where they are equal.

    It is CLOSED where nothing changed but that an open interval got its end.
    """
    if before == after:
        return None
    if before is None:
        return Change("OPENED", before, after)
    if after is None:
        return Change("WITHDRAWN", before, after)
    return Change("CLOSED" if _closed(before, after) else "AMENDED", before, after)


def _closed(before: NodeRecord | LinkRecord, after: NodeRecord | LinkRecord) -> bool:
    if isinstance(before, NodeRecord) and isinstance(after, NodeRecord):
        last, then = before.states[-1], after.states[-1]
        if last.validity.valid_to is not None or then.validity.valid_to is None:
            return False
        if last.validity.valid_from != then.validity.valid_from:
            return False
        closed = replace(last, validity=then.validity)
        return replace(before, states=(*before.states[:-1], closed)) == after
    if isinstance(before, LinkRecord) and isinstance(after, LinkRecord):
        if before.validity.valid_to is not None or after.validity.valid_to is None:
            return False
        return before.during(after.validity) == after and before.identity == after.identity
    return False
