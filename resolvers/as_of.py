"""How a date becomes Cypher: which types and labels are matched, and what is asked of them.

Between the graph's `since` and `until` nothing that is held starts or ends, so the plain types and labels are exactly
what holds and need no date predicate (`DESIGN.md`, Recorded time). A `Clock` that is *now* compiles to those; any
other to all three with dates.
"""

from dataclasses import dataclass
from datetime import date

__all__ = ["Clock", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """The days around today in which nothing that is held starts or ends: `since` ≤ day < `until`.

    Either may be open.
    """

    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Return whether `day` lies within the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Clock:
    """The date of a subtree: the parameter that carries it, and whether the plan may take the plain types for it."""

    parameter: str
    is_now: bool

    def types(self, relationship_type: str) -> str:
        """Return the types to match for one relationship, as `T` or `T|T_ENDED|T_PLANNED`."""
        if self.is_now:
            return relationship_type
        return f"{relationship_type}|{relationship_type}_ENDED|{relationship_type}_PLANNED"

    def labels(self, label: str) -> str:
        """Return the labels to match for one concept."""
        return label if self.is_now else f"{label}|{label}Ended|{label}Planned"

    def holds(self, variable: str) -> str:
        """Return the predicate that a matched node or relationship holds at the date; empty when the match says so."""
        if self.is_now:
            return ""
        return self.covers(variable)

    def covers(self, variable: str) -> str:
        """Return the predicate that the interval of `variable` covers the date, whatever its label."""
        return (
            f"{variable}.validFrom <= ${self.parameter}"
            f" AND ({variable}.validTo IS NULL OR {variable}.validTo > ${self.parameter})"
        )
