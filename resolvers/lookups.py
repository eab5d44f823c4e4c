"""Root fields that find entities: one by a code that it has or had, many by their global ids."""

from resolvers import knowledge, objects
from resolvers.anchor import Anchor, Row, Walk
from resolvers.arguments import CodeParameter, parse_global_id
from resolvers.as_of import Clock
from resolvers.concept import ArgumentKind, Lookup, Lookups
from resolvers.lists import ListParameter
from resolvers.selection import Selection

__all__ = ["code", "lookup", "lookups"]


def code(walk: Walk, target: str, by: tuple[tuple[str, ArgumentKind], ...], selection: Selection) -> str:
    """Bind the one code that leads to an entity; return the name of its parameter."""
    name = f"p{walk.number()}"
    described = walk.described(target)
    walk.take(
        CodeParameter(
            name=name,
            concept=target,
            key=selection.key,
            allowed=by,
            arguments=selection.arguments,
            location=selection.location,
            is_entity=described is None or not described.is_timeless,
        )
    )
    return name


def lookup(walk: Walk, field: Lookup, selection: Selection, clock: Clock, row: Row) -> str:
    """Add the entity that a code leads to; return the Python expression that writes it, or why it is not there."""
    parameter = code(walk, field.target, field.by, selection)
    value, found, source = _found(walk, field, selection, clock, parameter)
    names = f"{selection.key!r}, {(field.called or field.target)!r}, {parameter!r}, {clock.parameter!r}"
    names += _known(walk, clock)
    if field.sentinels:
        names += f", sentinels={dict(field.sentinels)!r}"
    return f"(lambda {value}: {source} if found({value}, bound, {names}) else None)({row.add(found)})"


def lookups(walk: Walk, field: Lookups, selection: Selection, clock: Clock, row: Row) -> str:
    """Add the entities of a list of ids, in its order; return the Python expression that writes them."""
    ids, key, location = f"p{walk.number()}", selection.key, selection.location

    def check(text: str, at: str) -> str:
        return parse_global_id(text, key, location, at)

    walk.take(ListParameter(ids, selection.argument("ids"), key, location, check))
    item, at = f"i{walk.number()}", f"x{walk.number()}"
    one = Lookup(field.target, (("id", ArgumentKind.GLOBAL_ID),))
    value, found, source = _found(walk, one, selection, clock, f"{ids}[{item}]")
    names = f"{key!r}, {field.target!r}, {ids!r}, {clock.parameter!r}, {at}{_known(walk, clock)}"
    held = row.add(
        f"COLLECT {{ UNWIND range(0, size(${ids}) - 1) AS {item} WITH {item}\n"
        f"  RETURN {found} AS {value} ORDER BY {item} }}"
    )
    return f"[{source} if found({value}, bound, {names}) else None for {at}, {value} in enumerate({held})]"


def _known(walk: Walk, clock: Clock) -> str:
    return "" if clock.known is None else f", known={walk.told()}[0]"


def _found(walk: Walk, field: Lookup, selection: Selection, clock: Clock, code: str) -> tuple[str, str, str]:
    """Return a name for what a code leads to, the expression of it with its life, and what writes it."""
    node, value = f"n{walk.number()}", f"x{walk.number()}"
    found, values = objects.state(walk, selection.groups, node, clock)
    anchor = Anchor(clock, node=node, values=values, record=values, item=node, concept=field.target, is_entity=True)
    inner, source = objects.entity(walk, selection.groups, anchor, f"{value}[0]")
    described = walk.described(field.target)
    if described is not None and described.is_timeless:
        holds = "true"
    elif described is not None and described.label and clock.is_now:
        holds = f"{node}:{described.label}"  # in the graph's span the plain label says so
    else:
        holds = clock.lives(node)
    life = ", ".join(f"{anchor.life}.{name}" for name in ("validFrom", "validFromPrecision", "validTo"))
    text = (
        f"head(COLLECT {{ {_found_by(walk, field, selection, node, code, clock)}{found}\n"
        f"    RETURN CASE WHEN {holds} THEN [{inner}] ELSE [null, {life}] END LIMIT 1 }})"
    )
    return value, text, source


def _found_by(walk: Walk, field: Lookup, selection: Selection, node: str, code: str, clock: Clock) -> str:
    """Return the clauses that lead from a code to the entity; a former code leads there as well."""
    if field.match:
        return Anchor(clock, node=node, code=code).fill(field.match)
    concept = walk.described(field.target)
    label = concept.label if concept else None
    if concept and concept.is_timeless:
        return f"MATCH ({node}:{label}) WHERE {concept.order.replace('{node}', node)} = ${code}"
    is_ours = f"{node}:{label}|{label}Ended|{label}Planned" if label else f"size(labels({node})) > 1"
    sent = {argument.name for argument in selection.arguments}
    kinds = {kind for name, kind in field.by if name in sent}
    identified = "HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED"
    by_identifier = f"MATCH (:Identifier {{id: ${code}}})<-[:{identified}]-({node}:Entity)"
    by_id = f"MATCH ({node}:Entity {{id: ${code}}})"
    if ArgumentKind.ONS_CODE not in kinds:
        text = f"{by_id} WHERE {is_ours}"
    elif len(kinds) == 1:
        text = f"{by_identifier} WITH DISTINCT {node} WHERE {is_ours}"
    else:
        either = f"{by_identifier} RETURN {node} UNION {by_id} RETURN {node}"
        text = f"CALL () {{ {either} }} WITH {node} WHERE {is_ours}"
    return text if clock.known is None else knowledge.rewritten(text, clock.known, clock.parameter)
