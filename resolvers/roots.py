"""Root fields: each has a clock of its own, and what its arguments name is found once for all that is asked below."""

from resolvers.anchor import Anchor, Row, Walk
from resolvers.arguments import BeginningParameter, CodesParameter
from resolvers.as_of import Clock
from resolvers.concept import (
    ArgumentKind,
    Concept,
    Feed,
    Lookup,
    Lookups,
    Root,
    RootConnection,
    RootRows,
    Rows,
    Written,
)
from resolvers.errors import PlanError
from resolvers.feed import feed
from resolvers.lookups import code, lookup, lookups
from resolvers.objects import object_of
from resolvers.patterns import all_of, found
from resolvers.rows import rows, taken
from resolvers.selection import Selection

__all__ = ["root_field"]


def root_field(walk: Walk, root: Concept, selection: Selection, row: Row) -> str:
    """Add a root field to the row; return the Python expression that writes it.

    Raises:
        PlanError: the catalogue does not describe it.
    """
    if selection.field == "__typename":
        return repr(root.name)
    field = root.fields.get(selection.field)
    match field:
        case Lookup():
            return lookup(walk, field, selection, walk.clock(selection), row)
        case Lookups():
            return lookups(walk, field, selection, walk.clock(selection), row)
        case RootConnection():
            return all_of(walk, root.name, field, selection, row)
        case Rows():
            return _root_rows(walk, root, field, selection, row)
        case Feed():
            return feed(walk, field, selection, walk.clock(selection), row)
        case RootRows():
            return rows(walk, field, selection, walk.clock(selection), row)
        case Root():
            return _root_object(walk, field, selection, row)
        case Written():
            outcome = Root(field.type, "WITH {choice:written} AS {node}", choices=("written",))
            return _root_object(walk, outcome, selection, row)
    raise PlanError(f"{root.name}.{selection.field} is not described in the catalogue.")


def _root_rows(walk: Walk, root: Concept, field: Rows, selection: Selection, row: Row) -> str:
    clock = walk.clock(selection)
    choices = taken(walk, field.arguments, selection)
    if not field.once:
        return found(walk, field, selection, Anchor(clock, concept=root.name, choices=choices), row)
    held = f"n{walk.number()}"
    anchor = Anchor(clock, node=held, values=held, record=held, item=held, concept=root.name, choices=choices)
    mine = Row(row.name, first=row.size)
    source = found(walk, field, selection, anchor, mine)
    asked = " ".join([*mine.before, *mine.expressions])
    clauses = "\n  ".join([anchor.fill(field.once), *anchor.parts(field.parts, asked), f"RETURN {held}"])
    row.before += [f"CALL () {{\n  {clauses}\n}}", *mine.before]
    row.expressions += mine.expressions
    return source


def _root_object(walk: Walk, field: Root, selection: Selection, row: Row) -> str:
    clock = walk.clock(selection, field.clock)
    name = f"x{walk.number()}"
    inner = Row(name)
    concept = walk.concept(field.type)
    if not field.match:
        anchor = Anchor(clock, record="graph", item="graph")
        source = object_of(walk, concept, selection.groups[0].selections, anchor, inner)
        return f"(lambda {name}: {source})({row.add(str(inner))})"
    by_code = code(walk, field.type, field.arguments, selection) if field.arguments else ""
    subject = f"n{walk.number()}"
    anchor = Anchor(
        clock,
        node=subject,
        values=subject,
        record=subject,
        item=subject,
        code=by_code,
        choices=_read_as_choices(walk, field, clock, selection),
        is_entity=bool(field.arguments),
    )
    source = object_of(walk, concept, selection.groups[0].selections, anchor, inner)
    held = f"o{walk.number()}"
    asked = [*inner.before, f"RETURN {inner.text()} AS {held}"]
    match = anchor.fill(field.now if clock.is_now and field.now else field.match)
    clauses = "\n  ".join([match, *anchor.parts(field.parts, " ".join(asked)), *asked])
    row.before.append(f"CALL () {{\n  {clauses}\n}}")
    return f"(lambda {name}: {source})({row.add(held)})"


def _read_as_choices(walk: Walk, field: Root, clock: Clock, selection: Selection) -> tuple[tuple[str, str], ...]:
    choices = list(taken(walk, tuple((name, ArgumentKind.CHOICE) for name in field.choices), selection))
    key, location = selection.key, selection.location
    if field.begins is not None:
        parameter = f"p{walk.number()}"
        argument = selection.argument(field.begins)
        walk.take(BeginningParameter(parameter, clock.parameter, key, argument, location))
        choices.append((field.begins, parameter))
    if field.codes is not None:
        parameter = f"p{walk.number()}"
        walk.take(CodesParameter(parameter, key, selection.argument(field.codes), location))
        choices.append((field.codes, parameter))
    return tuple(choices)
