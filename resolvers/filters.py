"""Filters and orders of a connection: which of its rows are wanted, and by which key they are sorted and paged.

The parts of a filter that a request gives become conditions; those that it leaves out are not in the text at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from resolvers.anchor import Anchor, Walk
from resolvers.assumptions import Chosen, Given, IsSent
from resolvers.errors import Location, MalformedArgument
from resolvers.plan import Bound, Circumstances
from resolvers.selection import Argument, Selection
from resolvers.sifted import FilterKind, Sifted

__all__ = ["FilterParameter", "Sifting", "sifting"]

_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Sifting:
    """What a request asks of the rows: conditions, a source instead of a scan, and the key of the order.

    `late` are the conditions that read values of the date, which must be looked up before.
    """

    conditions: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    source: str = ""
    container: str = ""
    order: str | None = None

    @property
    def needs_values(self) -> bool:
        """Whether conditions or order read values of the date."""
        return bool(self.late) or (self.order is not None and "{values}" in self.order)

    def filled(self, anchor: Anchor) -> "Sifting":
        """Return the same with the names of node and values in place."""
        return Sifting(
            tuple(anchor.fill(one) for one in self.conditions),
            tuple(anchor.fill(one) for one in self.late),
            anchor.fill(self.source),
            self.container,
            self.order and anchor.fill(self.order),
        )


def sifting(walk: Walk, field: Sifted, selection: Selection) -> Sifting:
    """Bind what a request asks of the rows of a connection; node and values have no names in it yet."""
    argument = selection.argument("filter")
    chosen = walk.ask(Chosen(selection.argument("orderBy"))) if field.orders else None
    order = dict(field.orders).get(str(chosen)) if chosen is not None else None
    known = dict(field.filters)
    given = walk.ask(Given(argument, tuple(known))) if known and argument is not None else ()
    asked = [(name, known[name], argument) for name in given] if isinstance(given, tuple) else []
    for name, part in field.arguments:
        own = selection.argument(name)
        if walk.ask(IsSent(own)):
            asked.append((name, part, own))
    conditions: list[str] = []
    late: list[str] = []
    source = container = ""
    for name, part, sent in asked:
        parameter = f"p{walk.number()}"
        walk.take(FilterParameter(parameter, name, part.kind, selection.key, sent, selection.location))
        if part.where:
            to = late if "{values}" in part.where else conditions
            to.append(part.where.replace("{given}", f"${parameter}"))
        if part.source:
            source = part.source.replace("{given}", f"${parameter}")
            container = part.container.replace("{given}", f"${parameter}")
    return Sifting(tuple(conditions), tuple(late), source, container, order)


@dataclass(frozen=True, slots=True)
class FilterParameter:
    """One part of a filter, or a filter of its own, that is given: a text, a list of codes, a code, a date, a truth."""

    name: str
    part: str
    kind: FilterKind
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        sent = self.argument.bound(variables) if self.argument else None
        given = sent.get(self.part) if isinstance(sent, Mapping) else sent
        match self.kind:
            case FilterKind.TEXT:
                text = str(given).strip().lower()
                if not 1 <= len(text) <= _MOST_CHARACTERS:
                    raise self._mistake(str(given), "MALFORMED_FILTER", f"a text of 1 to {_MOST_CHARACTERS} characters")
                bound.parameters[self.name] = text
            case FilterKind.TEXTS:
                texts = [str(one)[:_MOST_CHARACTERS] for one in given] if isinstance(given, list | tuple) else []
                if len(texts) > circumstances.pages.maximum:
                    allowed = f"at most {circumstances.pages.maximum} of them"
                    raise self._mistake(f"{len(texts)} of them", "TOO_MANY_CODES", allowed)
                bound.parameters[self.name] = texts
            case FilterKind.DATE | FilterKind.TRUTH | FilterKind.CODE:
                bound.parameters[self.name] = given if isinstance(given, date | bool) else str(given)

    def _mistake(self, sent: str, code: str, allowed: str) -> MalformedArgument:
        named = self.argument.name if self.argument else ""
        part = "" if named == self.part else f" as {self.part}"
        return MalformedArgument(
            f"{self.key}({named}:) was sent {sent[:100]!r}{part}, which is not {allowed}.",
            code,
            locations=[self.location],
            details={
                "argument": f"{named}.{self.part}" if part else named,
                "sent": sent[:200],
                "allowed": allowed,
            },
        )
