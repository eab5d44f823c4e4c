"""Root fields that give a plain list: one row for each of what a match gives, in the order of the match."""

from resolvers.anchor import Anchor, Row, Walk
from resolvers.arguments import (
    ChoiceParameter,
    DaysParameter,
    LimitParameter,
    OptionalCodeParameter,
    checked_body_code,
)
from resolvers.as_of import Clock
from resolvers.concept import ArgumentKind, RootRows
from resolvers.errors import PlanError
from resolvers.lists import ListParameter
from resolvers.objects import object_of
from resolvers.origin import OriginParameter
from resolvers.postcodes import PostcodeParameter
from resolvers.search import SearchParameter
from resolvers.selection import Selection

__all__ = ["rows", "taken"]


def rows(walk: Walk, field: RootRows, selection: Selection, clock: Clock, row: Row) -> str:
    """Collect the rows by a clause before the root's row; return the Python expression that writes them."""
    choices = taken(walk, field.arguments, selection)
    item, name, held, given = (f"{letter}{walk.number()}" for letter in "ixlo")
    inner = Row(name)
    anchor = Anchor(clock, node=item, values=item, record=item, item=item, concept="Query", choices=choices)
    source = object_of(walk, walk.concept(field.type), selection.groups[0].selections, anchor, inner)
    if clock.known is not None and field.then:
        clauses = [anchor.filled_then(field.then)]
    else:
        asked = " ".join([*inner.before, inner.text()])
        match = field.now if clock.is_now and field.now else field.match
        clauses = [anchor.fill(match), *anchor.parts(field.parts, asked)]
    found = "\n  ".join([*clauses, *inner.before])
    row.before.append(f"CALL () {{\n  {found}\n  WITH {inner.text()} AS {given} RETURN collect({given}) AS {held}\n}}")
    if field.is_one:
        return f"(lambda {name}: {source})({row.add(held)}[0])"
    return f"[{source} for {name} in {row.add(held)}]"


def taken(
    walk: Walk, arguments: tuple[tuple[str, ArgumentKind], ...], selection: Selection
) -> tuple[tuple[str, str], ...]:
    """Bind arguments with each request; return their names, each with that of its parameter."""
    return tuple((name, _taken(walk, name, kind, selection)) for name, kind in arguments)


def _taken(walk: Walk, name: str, kind: ArgumentKind, selection: Selection) -> str:
    """Bind an argument with each request; return the name of its parameter."""
    parameter = f"p{walk.number()}"
    argument, key, location = selection.argument(name), selection.key, selection.location
    match kind:
        case ArgumentKind.BODY_CODES:

            def check(text: str, at: str) -> str:
                return checked_body_code(text, key, at, location)

            walk.take(ListParameter(parameter, argument, key, location, check))
        case ArgumentKind.ANY_CODE:
            walk.take(OptionalCodeParameter(parameter, name, key, argument, location))
        case ArgumentKind.DAYS:
            walk.take(DaysParameter(parameter, name, key, argument, location))
        case ArgumentKind.CHOICE:
            walk.take(ChoiceParameter(parameter, argument))
        case ArgumentKind.LIMIT:
            walk.take(LimitParameter(parameter, key, argument, location))
        case ArgumentKind.PLACE:
            walk.take(OriginParameter(parameter, argument, key, location))
        case ArgumentKind.POSTCODE:
            walk.take(PostcodeParameter(parameter, argument, key, location))
        case ArgumentKind.TEXT:
            walk.take(SearchParameter(parameter, argument, key, location))
        case _:
            raise PlanError(f"{key}({name}:) is of a kind that a list does not take: {kind}.")
    return parameter
