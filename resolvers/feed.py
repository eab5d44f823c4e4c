"""The feed of change sets: a page of it for a query, one event of it for a subscription.

`after` is a number of the graph's sequence. Whether the graph has come so far, and whether it is still the same graph
(its epoch), only the graph can tell: the row says so, and what is wrong is the client's mistake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from resolvers.anchor import Anchor, Row, Walk
from resolvers.arguments import ChoiceParameter, LimitParameter
from resolvers.as_of import Clock
from resolvers.concept import Feed, Rows
from resolvers.errors import Location, MalformedArgument
from resolvers.objects import object_of
from resolvers.plan import Bound, Circumstances
from resolvers.selection import Argument, Selection

__all__ = ["chosen", "feed", "has_come"]

_MOST = 999_999_999_999
_EPOCH_CHARACTERS = 100
# What is wrong with where a client stands, as [code, what was sent, what is so]; null where nothing is.
_GUARD = (
    "CASE WHEN {choice:epoch} <> graph.epoch THEN ['EPOCH_CHANGED', {choice:epoch}, graph.epoch]"
    " WHEN {choice:after} > coalesce({known}, graph.sequence)"
    " THEN ['SEQUENCE_AHEAD', toString({choice:after}), toString(coalesce({known}, graph.sequence))] END"
)


@dataclass(frozen=True, slots=True)
class AfterParameter:
    """`after`: a number of the sequence; null where it is left out. A subscription goes on from where it has come."""

    name: str
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        if circumstances.after is not None:
            given = circumstances.after
        if given is not None and (not isinstance(given, int) or not 0 <= given <= _MOST):
            raise MalformedArgument(
                f"{self.key}(after:) was sent {given}; it is a sequence, from 0 on.",
                "SEQUENCE_OUT_OF_RANGE",
                locations=[self.location],
                details={"argument": "after", "sent": given, "allowed": f"0 to {_MOST}"},
            )
        bound.parameters[self.name] = given


@dataclass(frozen=True, slots=True)
class EpochParameter:
    """`epoch`: a text that the graph's own is compared with; null where it is left out."""

    name: str
    argument: Argument | None

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        bound.parameters[self.name] = None if given is None else str(given)[:_EPOCH_CHARACTERS]


def feed(walk: Walk, field: Feed, selection: Selection, clock: Clock, row: Row) -> str:
    """Collect what comes next by a clause before the root's row; return the Python expression that writes it."""
    key, location = selection.key, selection.location
    names = {name: f"p{walk.number()}" for name in ("after", "epoch", "kinds", "first")}
    walk.take(AfterParameter(names["after"], key, selection.argument("after"), location))
    walk.take(EpochParameter(names["epoch"], selection.argument("epoch")))
    walk.take(ChoiceParameter(names["kinds"], selection.argument("kinds")))
    if not field.is_event:
        walk.take(LimitParameter(names["first"], key, selection.argument("first"), location))
    item, name, held, given = (f"{letter}{walk.number()}" for letter in "ixlo")
    inner = Row(name)
    anchor = Anchor(
        clock, node=item, values=item, record=item, item=item, concept=field.type, choices=tuple(names.items())
    )
    guard = inner.add(anchor.fill(_GUARD))
    found = inner.add(f"{item}.sequence")
    source = object_of(walk, walk.concept(field.type), selection.groups[0].selections, anchor, inner)
    row.before.append(
        f"CALL (graph) {{\n  {anchor.fill(field.match)}\n  WITH {inner} AS {given}"
        f" RETURN collect({given}) AS {held}\n}}"
    )
    path = f"{key!r}, {location.line}, {location.column}"
    written = f"{source} if has_come({guard}, {found}, bound, {path}) else None"
    return f"(lambda {name}: {written})({row.add(held)}[0])"


def chosen(walk: Walk, field: Rows, selection: Selection, anchor: Anchor) -> Anchor:
    """Return the anchor with the choice that rows heed: their own where they are sent one, else that of the feed."""
    if field.choice is None:
        return anchor
    own, held = selection.argument(field.choice), dict(anchor.choices)
    if own is not None or field.choice not in held:
        held[field.choice] = f"p{walk.number()}"
        walk.take(ChoiceParameter(held[field.choice], own))
    return replace(anchor, choices=tuple(held.items()))


def has_come(told: Sequence[Any] | None, found: int | None, bound: Bound, key: str, line: int, column: int) -> bool:
    """Return whether there is something to write; `bound` then knows how far the feed has come.

    Raises:
        MalformedArgument: SEQUENCE_AHEAD or EPOCH_CHANGED, where the client stands where the graph never was.
    """
    if told is not None:
        code, sent, allowed = told
        message = (
            f"{key}(epoch:) was sent {sent!r}, but this graph's epoch is {allowed!r}: it was made anew, and its"
            " sequence is another. Read the whole of it again, and then follow from `graph { sequence epoch }`."
            if code == "EPOCH_CHANGED"
            else f"{key}(after:) was sent {sent}, but the graph stands at {allowed}; send a sequence that an answer"
            " gave. If one gave it, the graph was made anew since: compare `graph { epoch }`."
        )
        raise MalformedArgument(
            message,
            code,
            path=[key],
            locations=[Location(line, column)],
            details={
                "argument": "epoch" if code == "EPOCH_CHANGED" else "after",
                "sent": sent if code == "EPOCH_CHANGED" else int(sent),
                "allowed": allowed if code == "EPOCH_CHANGED" else f"0 to {allowed}",
            },
        )
    bound.came_to = found
    return found is not None
