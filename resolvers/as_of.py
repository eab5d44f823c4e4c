"""How a date becomes Cypher: which types and labels are matched, and what is asked of them.

Between the graph's `since` and `until` nothing that is held starts or ends, so the plain types and labels are exactly
what holds and need no date predicate (`DESIGN.md`, Recorded time). A `Clock` that is *now* compiles to those; any
other to all three with dates. One that also asks what was held at a past sequence takes the superseded ones too
(`resolvers/knowledge.py`).
"""

from dataclasses import dataclass
from datetime import date

from resolvers import knowledge

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
    """The date of a subtree: the parameter that carries it, and whether the plan may take the plain types for it.

    `known` is the Cypher variable that holds the sequence whose knowledge is asked for, None for what is held now.
    """

    parameter: str
    is_now: bool
    known: str | None = None

    def types(self, relationship_type: str) -> str:
        """Return the types to match for one relationship, as `T` or `T|T_ENDED|T_PLANNED`."""
        if self.is_now:
            return relationship_type
        types = f"{relationship_type}|{relationship_type}_ENDED|{relationship_type}_PLANNED"
        return types if self.known is None else f"{types}|{relationship_type}_SUPERSEDED"

    def labels(self, label: str) -> str:
        """Return the labels to match for one concept, save where a past knowledge is asked for: see `one_of`."""
        return label if self.is_now else f"{label}|{label}Ended|{label}Planned"

    def one_of(self, label: str, node: str) -> tuple[str, list[str]]:
        """Return the pattern of the nodes of a concept, and the conditions that they are in force at the date."""
        if self.known is not None:
            return f"({node}:Entity)", [f"{node}.id STARTS WITH '{label}:'", self.lives(node)]
        return f"({node}:{self.labels(label)})", [] if self.is_now else [self.covers(node)]

    def holds(self, edge: str) -> str:
        """Return the predicate that a matched relationship holds at the date; empty when the match says so."""
        if self.is_now:
            return ""
        covers = self.covers(edge)
        return covers if self.known is None else f"{knowledge.held(edge, self.known)} AND {covers}"

    def covers(self, variable: str) -> str:
        """Return the predicate that the interval of `variable` covers the date, whatever its label."""
        return (
            f"{variable}.validFrom <= ${self.parameter}"
            f" AND ({variable}.validTo IS NULL OR {variable}.validTo > ${self.parameter})"
        )

    def lives(self, node: str) -> str:
        """Return the predicate that an entity is in force at the date, as its life is held or was."""
        return self.covers(node) if self.known is None else knowledge.lives(node, self.known, self.parameter)
