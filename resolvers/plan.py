"""`Plan`: a compiled selection: its statement, how arguments bind to parameters, and the writer of its answer.

A plan is made once for a document and serves every request with it. What it took for granted is in `assumptions`: for
which root fields the date lay within the graph's span. Print a plan to see its Cypher.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from resolvers.as_of import Span
from resolvers.errors import Location, MalformedArgument, RequestError
from resolvers.paging import CursorKey, PageLimits, Window

__all__ = ["Absence", "Bound", "Circumstances", "Knowledge", "Parameter", "Plan"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What binding needs to know besides the variables: today's date, page sizes, and the key of the cursors.

    `after` is how far a subscription has come, which goes before the argument that it began with.
    """

    today: date
    pages: PageLimits
    cursors: CursorKey
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a root field is null: put into the answer's `extensions.absent`."""

    path: tuple[str | int, ...]
    reason: str
    since: date | None
    message: str

    def formatted(self) -> dict[str, object]:
        """Return the entry of `extensions.absent`."""
        return {"path": list(self.path), "reason": self.reason, "since": self.since, "message": self.message}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Where the row tells of which sequence a root field was asked.

    At `place` stand the sequence, when that was recorded, and when the first was.
    """

    key: str
    location: Location
    place: int

    def told(self, row: Sequence[Any]) -> dict[str, object]:
        """Return the entry of `extensions.knownAt`.

        Raises:
            MalformedArgument: nothing was recorded by then, or the sequence has not been given yet.
        """
        sequence, recorded_at, first = row[self.place]
        if sequence is not None and recorded_at is not None:
            return {"path": [self.key], "sequence": sequence, "recordedAt": recorded_at}
        if sequence is None:
            what = f"nothing was held then: the first change set was recorded at {first.iso_format() if first else '-'}"
            code, allowed = "BEFORE_RECORDS", "an instant at or after the first change set"
        else:
            what = f"there is no sequence {sequence} yet: the last is {row[0]}"
            code, allowed = "NOT_YET_RECORDED", f"1 to {row[0]}"
        raise MalformedArgument(
            f"{self.key}(knownAt:): {what}.",
            code,
            path=[self.key],
            locations=[self.location],
            details={"argument": "knownAt", "allowed": allowed},
        )


@dataclass(slots=True)
class Bound:
    """One request's values: the statement's parameters, the pages asked for, and what turned out to be absent.

    `came_to` is the sequence of the change set that an event of a subscription is about, None where there is none yet.
    """

    parameters: dict[str, Any] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    absences: list[Absence] = field(default_factory=list)
    came_to: int | None = None


class Parameter(Protocol):
    """Something that is bound for each request: reads the variables and writes into `bound`."""

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound, /) -> None:
        """Check the argument's value and put it into `bound`; raise MalformedArgument where it does not fit."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement, what binds to it and for which field, and the writer that makes the answer's `data` of its one row.

    The row is `[sequence, since, until, tables digest…, one value a root field]`; `write` takes the row, the bound
    request and the cursor key.
    """

    statement: str
    parameters: tuple[tuple[Parameter, tuple[str, ...]], ...]
    write: Callable[[Sequence[Any], Bound, CursorKey], dict[str, Any]]
    clocks: tuple[str, ...]
    assumptions: tuple[bool, ...]
    source: str
    knowledge: tuple[Knowledge, ...] = ()

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances) -> Bound:
        """Return the request's values, checked.

        Raises:
            RequestError: one is not of the form that its field takes; its path is that of the field, from the root.
        """
        bound = Bound()
        for parameter, path in self.parameters:
            try:
                parameter.bind(variables, circumstances, bound)
            except RequestError as error:
                error.path = path
                raise
        return bound

    def assumes(self, bound: Bound, span: Span) -> bool:
        """Return whether each date lies to the span as the plan took it: then it is the best plan, not only right."""
        return all(
            span.holds(bound.dates[clock]) is is_now
            for clock, is_now in zip(self.clocks, self.assumptions, strict=True)
        )

    def holds(self, bound: Bound, span: Span) -> bool:
        """Return whether what the plan took for granted is so, given the span that came with the row."""
        return all(
            not is_now or span.holds(bound.dates[clock])
            for clock, is_now in zip(self.clocks, self.assumptions, strict=True)
        )

    def __str__(self) -> str:
        return self.statement
