"""The fields of an object, one kind of place in the graph after the other, and the entities that stand below."""

from collections.abc import Sequence
from dataclasses import replace

from resolvers import knowledge
from resolvers.anchor import Anchor, Row, Walk
from resolvers.arguments import LimitParameter
from resolvers.as_of import Clock
from resolvers.concept import (
    Concept,
    Count,
    Embedded,
    EntityList,
    Field,
    Link,
    Listed,
    ScopedAbsences,
    Single,
    Value,
)
from resolvers.selection import Group, Selection

__all__ = ["absences", "counted", "entities", "entity", "listed", "needs_values", "object_of", "state"]


def object_of(walk: Walk, concept: Concept, selections: Sequence[Selection], anchor: Anchor, row: Row) -> str:
    """Add what is asked of one object to the row; return the Python dict display that writes it."""
    within = replace(anchor, concept=concept.name)
    entries = [f"{selection.key!r}: {walk.field(concept, selection, within, row)}" for selection in selections]
    return f"{{{', '.join(entries)}}}"


def counted(field: Count, clock: Clock, item: str) -> str:
    """Return the expression that counts; without dates and conditions the store's own counts answer it."""
    if clock.known is not None:
        return _counted_then(field, clock, item)
    where = [clock.holds(item)] if not clock.is_now else []
    if field.where:
        where.append(field.where.replace("{item}", item))
    if field.label is not None:
        pattern = f"({item}:{clock.labels(field.label)})" if where else f"(:{field.label})"
    else:
        types = clock.types(field.relationship or "")
        pattern = f"()-[{item}:{types}]->()" if where else f"()-[:{types}]->()"
    return f"COUNT {{ MATCH {pattern} WHERE {' AND '.join(where)} }}" if where else f"COUNT {{ {pattern} }}"


def _counted_then(field: Count, clock: Clock, item: str) -> str:
    """Return the expression that counts what was held at a past sequence."""
    if field.label is None:
        return f"COUNT {{ MATCH ()-[{item}:{clock.types(field.relationship or '')}]->() WHERE {clock.holds(item)} }}"
    pattern, where = clock.one_of(field.label, item)
    if field.where:
        anchor = Anchor(clock, node=item, values=item, is_entity=True)
        where.append(anchor.fill(field.where.replace("{item}", "{node}")))
    return f"COUNT {{ MATCH {pattern} WHERE {' AND '.join(where)} }}"


def listed(walk: Walk, field: Listed, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add a plain list of objects to the row; return the Python expression that writes it."""
    item, name = f"i{walk.number()}", f"x{walk.number()}"
    inner = Row(name)
    within = replace(anchor, item=item, record=item)
    if field.aggregates:
        found = f"UNWIND {_gathered(walk, field, selection, anchor, row)} AS {item}"
        order = limit = ""
    else:
        found, order, limit = _found(walk, field, selection, anchor, item)
    source = object_of(walk, walk.concept(field.type), selection.groups[0].selections, within, inner)
    return f"[{source} for {name} in {row.add(f'COLLECT {{ {found} RETURN {inner}{order}{limit} }}')}]"


def _gathered(walk: Walk, field: Listed, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Return the variable that holds what a list aggregates, found once for all that ask for it of the object."""
    asked = (field, selection.argument(field.limit_argument or ""), anchor)
    if asked not in row.gathered:
        item, held = f"i{walk.number()}", f"l{walk.number()}"
        found, order, limit = _found(walk, field, selection, anchor, item)
        in_order = f" WITH *{order}{limit}" if order or limit else ""
        known = ", ".join(dict.fromkeys(one for one in (anchor.node, anchor.record) if one))
        row.before.append(f"CALL ({known}) {{ {found}{in_order} RETURN collect({item}) AS {held} }}")
        row.gathered[asked] = held
    return row.gathered[asked]


def _found(walk: Walk, field: Listed, selection: Selection, anchor: Anchor, item: str) -> tuple[str, str, str]:
    """Return the clauses that bind `item` to each of a list, its order and its limit."""
    match = field.match.replace("{covers:{item}}", f"{{covers:{item}}}")
    limit = ""
    if field.limit_argument:
        parameter = f"p{walk.number()}"
        argument = selection.argument(field.limit_argument)
        walk.take(LimitParameter(parameter, selection.key, argument, selection.location))
        limit = f" LIMIT ${parameter}"
        match = match.replace("{limit}", f"${parameter}")
    order = f" ORDER BY {replace(anchor, item=item, record=item).fill(field.order)}" if field.order else ""
    # What a list hangs on is the record of the place where it stands; within its rows the record is the row.
    return replace(anchor, item=item).fill(match), order, limit


def absences(walk: Walk, field: ScopedAbsences, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add what is absent to the row, in the layout of Absence; return the Python expression that writes it."""
    parts = []
    if field.stored:
        # Where sources speak from a day on, which is the fourth part, it is not absent any more from then.
        only = f" WHERE coalesce(${anchor.clock.parameter} < date(split(a, '|')[3]), true)"
        only += f" AND split(a, '|')[0] = '{field.of}'" if field.of else ""
        texts = f"[a IN coalesce({anchor.fill(field.stored)}, []){only}"
        parts.append(f"{texts} | [split(a, '|')[0], split(a, '|')[1], date(split(a, '|')[3]), split(a, '|')[2]]]")
    if field.rows:
        parts.append(anchor.fill(field.rows))
    if field.about:
        pairs = ", ".join(f"['{about}', '{name}']" for about, name in field.about)
        pair, scope = f"i{walk.number()}", f"i{walk.number()}"
        parts.append(
            f"COLLECT {{ UNWIND [{pairs}] AS {pair} MATCH ({scope}:Scope {{about: {pair}[0]}})"
            f" WHERE ${anchor.clock.parameter} < {scope}.since{_none_there(anchor, pair)}"
            f" RETURN [{pair}[1], {scope}.reasonBefore, {scope}.since, {scope}.settles] }}"
        )
    name = f"x{walk.number()}"
    source = object_of(walk, walk.concept("Absence"), selection.groups[0].selections, anchor, Row(name))
    return f"[{source} for {name} in {row.add(' + '.join(parts) or '[]')}]"


def _none_there(anchor: Anchor, pair: str) -> str:
    """Return the condition that nothing is there at the date after all, although few sources speak of it yet."""
    if not anchor.is_entity:
        return ""
    endings = ["", "_ENDED", "_PLANNED", *(["_SUPERSEDED"] if anchor.clock.known else [])]
    types = ", ".join(f"{pair}[0] + '{ending}'" for ending in endings)
    holds = replace(anchor.clock, is_now=False).holds("there")
    return f" AND NOT EXISTS {{ MATCH ({anchor.node})-[there:$any([{types}])]-() WHERE {holds} }}"


def state(walk: Walk, groups: Sequence[Group], node: str, clock: Clock, *, is_needed: bool = False) -> tuple[str, str]:
    """Return the Cypher that finds the values held at the date, and the variable that bears them."""
    if clock.known is not None:
        life, values = f"k{walk.number()}", f"v{walk.number()}"
        text = (
            f"\n    WITH *, {knowledge.lay(node, clock.known)} AS {life}"
            f"\n    WITH *, {knowledge.values(life, clock.parameter)} AS {values}"
        )
        return text, values
    if clock.is_now or not (is_needed or needs_values(walk, groups)):
        return "", node
    found, values = f"s{walk.number()}", f"v{walk.number()}"
    text = (
        f"\n    OPTIONAL MATCH ({node})-[:HAS_STATE]->({found}:State) WHERE {clock.covers(found)}"
        f"\n    WITH *, coalesce({found}, {node}) AS {values}"
    )
    return text, values


def needs_values(walk: Walk, groups: Sequence[Group]) -> bool:
    """Return whether anything is asked that may have had another value at another date."""

    def needed(concept: Concept, selection: Selection) -> bool:
        field = concept.fields.get(selection.field)
        if isinstance(field, Value):
            return "{values}" in field.template
        if isinstance(field, Listed):
            return "{values}" in field.match or "{record}" in field.match
        if isinstance(field, EntityList | Single):
            return "{values}" in field.template
        if isinstance(field, ScopedAbsences):
            return "{values}" in (field.stored or "")
        if isinstance(field, Link):
            return any(inner.field == "absent" for group in selection.groups for inner in group.selections)
        if isinstance(field, Embedded):
            within = walk.concept(field.type)
            return "{values}" in (field.unless or "") or any(
                needed(within, inner) for group in selection.groups for inner in group.selections
            )
        return False

    return any(
        needed(walk.concept(name), selection)
        for group in groups
        for name in group.types[:1]
        for selection in group.selections
    )


def entity(
    walk: Walk,
    groups: Sequence[Group],
    anchor: Anchor,
    value: str,
    before: list[str] | None = None,
    kind: str = "",
) -> tuple[str, str]:
    """Return the Cypher of one entity's row, and the Python that writes it from `value`.

    Where the type is only known with the row, the row is `[type, the fields asked of that type]`. Clauses that must run
    before the row is made go to `before`, where the caller can place them. `kind` is an expression of the type, where
    that is held already.
    """
    if len(groups) == 1 and len(groups[0].types) == 1:
        name = f"x{walk.number()}"
        inner = Row(name)
        source = object_of(walk, walk.concept(groups[0].types[0]), groups[0].selections, anchor, inner)
        if before is not None:
            before.extend(inner.before)
            return inner.text(), f"(lambda {name}: {source})({value})"
        return str(inner), f"(lambda {name}: {source})({value})"
    type_of = kind or f"split({anchor.node}.id, ':')[0]"
    branches, writers = [], []
    described = _by_description(walk, groups)
    if len(described) == 1:  # all types are asked the same and lie alike: the type of the row makes no difference
        types, selections = described[0]
        name = f"x{walk.number()}"
        inner = Row(name)
        source = object_of(walk, replace(walk.concept(types[0]), typename=type_of), selections, anchor, inner)
        return str(inner), f"(lambda {name}: {source})({value})"
    for types, selections in described:
        name = f"x{walk.number()}"
        inner = Row(name)
        concept = replace(walk.concept(types[0]), typename=type_of if len(types) > 1 else None)
        source = object_of(walk, concept, selections, anchor, inner)
        branches.append(f"WHEN {type_of} IN {list(types)} THEN {inner}")
        writers += [f"{one!r}: (lambda {name}: {source})" for one in types]
    pair = f"x{walk.number()}"
    written = f"(lambda {pair}: {{{', '.join(writers)}}}[{pair}[0]]({pair}[1]))({value})"
    return f"[{type_of}, CASE {' '.join(branches)} END]", written


def _by_description(walk: Walk, groups: Sequence[Group]) -> list[tuple[tuple[str, ...], tuple[Selection, ...]]]:
    """Split groups where the types that were asked the same lie differently in the graph."""
    split: list[tuple[tuple[str, ...], tuple[Selection, ...]]] = []
    for group in groups:
        described: list[tuple[list[Field | None], list[str]]] = []
        for name in group.types:
            fields = [walk.concept(name).fields.get(selection.field) for selection in group.selections]
            alike = next((names for known, names in described if known == fields), None)
            if alike is None:
                described.append((fields, [name]))
            else:
                alike.append(name)
        split += [(tuple(names), group.selections) for _, names in described]
    return split


def entities(walk: Walk, field: EntityList | Single, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add the entities that an expression holds to the row; return the Python expression that writes them."""
    node, name = f"n{walk.number()}", f"x{walk.number()}"
    found, values = state(walk, selection.groups, node, anchor.clock)
    within = replace(anchor, node=node, values=values, record=values, item=node, is_entity=True)
    kind = anchor.fill(field.kind) if isinstance(field, Single) else ""
    expression, source = entity(walk, selection.groups, within, name, kind=kind)
    held = anchor.fill(field.template)
    many = f"[{held}]" if isinstance(field, Single) else f"coalesce({held}, [])"
    text = f"COLLECT {{ UNWIND {many} AS {node} WITH {node} WHERE {node} IS NOT NULL{found} RETURN {expression}"
    if isinstance(field, Single):
        # A list of one or none: from a `head(COLLECT {…})` Neo4j makes a plan of its own that reads each property anew.
        return f"([{source} for {name} in {row.add(f'{text} }}')}] or [None])[0]"
    return f"[{source} for {name} in {row.add(f'{text} ORDER BY {node}.id }}')}]"
