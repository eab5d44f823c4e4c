"""What changed in the life of anything, and what was learnt of it when.

One text for every concept: it reads whatever states and relationships an entity has.
"""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind, Listed, Rows, Single
from schema.description import RowsField, graph_field, record, value
from schema.provenance import SOURCES, ChangeSet, Entity, Precision, Source, Standing
from schema.scalars import Date

__all__ = ["ROWS", "UPCOMING", "HistoryChange", "HistoryEvent", "HistoryValue"]

# What every fact bears, besides its own values.
_OF_FACTS = (
    "['id', 'code', 'key', 'validFrom', 'validFromPrecision', 'validTo', 'validToPrecision', 'standing', 'rule',"
    " 'sources', 'series', 'absences', 'recordedFrom', 'recordedTo', 'stateFrom', 'stateFromPrecision', 'stateTo',"
    " 'stateToPrecision', 'states']"
)


def _values(held: str, before: str) -> str:
    """Return the list of the own values of `held` that `before` (a map, or null) had otherwise, and of those gone."""
    return (
        f"[k IN keys({held}) + [b IN keys(coalesce({before}, {{}})) WHERE {held}[b] IS NULL]"
        f" WHERE NOT k IN {_OF_FACTS} AND ({before}[k] IS NULL OR {held}[k] IS NULL OR {before}[k] <> {held}[k])"
        f" | {{field: k, before: {before}[k], after: {held}[k]}}]"
    )


def _event(change: str, date: str, of: str, **others: str) -> str:
    """Return one event as a map; `of` is the fact that it is read from."""
    held = {
        "change": change,
        "date": f"{of}.valid{date}",
        "precision": f"{of}.valid{date}Precision",
        "standing": f"{of}.standing",
        "rule": f"{of}.rule",
        "sources": f"{of}.sources",
        "sequence": f"{of}.recordedFrom",
        "values": "[]",
        "entity": "{node}",
        **others,
    }
    held["key"] = f"toString({held['date']}) + ' ' + {others.get('key', repr('0'))}"
    return f"{{{', '.join(f'{name}: {text}' for name, text in held.items())}}}"


_BEFORE = (
    "head(COLLECT { UNWIND states AS earlier WITH earlier WHERE earlier.validFrom < held.validFrom"
    " RETURN earlier ORDER BY earlier.validFrom DESC LIMIT 1 })"
)
_EACH_STATE = (
    "WITH properties({node}) AS own WITH COLLECT { MATCH ({node})-[:HAS_STATE]->(s:State) RETURN properties(s) }"
    " + [own {.*, validFrom: {node}.stateFrom,"
    " validFromPrecision: coalesce({node}.stateFromPrecision, {node}.validFromPrecision)}] AS states"
    " UNWIND states AS held WITH held, states"
)
_EACH_STATE_THEN = "WITH lived.states AS states UNWIND states AS held WITH held, states"
_END = "CASE WHEN other:Identifier THEN null ELSE other END"
_IDENTIFIER = "CASE WHEN other:Identifier THEN other.value END"
_TYPE = "reduce(name = type(r), ending IN ['_ENDED', '_PLANNED', '_SUPERSEDED'] | replace(name, ending, ''))"
# The type that it had while it was held, by which events are sorted.
_TYPE_THEN = (
    f"{_TYPE} + CASE WHEN r.validFrom > {{today}} THEN '_PLANNED' WHEN r.validTo <= {{today}} THEN '_ENDED' ELSE '' END"
)
_LINK = {
    "relationship": _TYPE,
    "isOutgoing": "startNode(r) = {node}",
    "other": _END,
    "identifier": _IDENTIFIER,
}


def _link_key(type_: str = "type(r)") -> str:
    return (
        f"' ' + {type_} + ' ' + other.id + ' ' + CASE WHEN startNode(r) = {{node}} THEN '>' ELSE '<' END"
        " + ' ' + coalesce(r.key, '') + ' ' + toString(r.validFrom) + ' ' + toString(r.recordedFrom)"
    )


_LINKS = "MATCH ({node})-[r]-(other:Entity|Identifier)"
_IS_HELD = "NOT type(r) ENDS WITH '_SUPERSEDED'"


def _branches(*, then: bool) -> tuple[str, ...]:
    """Return the kinds of event, each as clauses; `then` by what was held at a past sequence, as `lived` tells it."""
    node, each = ("lived", _EACH_STATE_THEN) if then else ("{node}", _EACH_STATE)
    held = f"{_LINKS} WHERE {'{held:r}' if then else _IS_HELD}"
    key = _link_key(_TYPE_THEN if then else "type(r)")
    by_then = " AND r.recordedTo <= {known}" if then else ""
    return (
        f"{each} WHERE held.validFrom = {node}.validFrom"
        f" RETURN {_event(repr('OPENED'), 'From', 'held', values=_values('held', '{}'), key=repr('1'))} AS event",
        f"{each} WHERE held.validFrom > {node}.validFrom WITH held, {_BEFORE} AS before"
        f" RETURN {_event(repr('CHANGED'), 'From', 'held', values=_values('held', 'before'), key=repr('2'))} AS event",
        f"{held} RETURN "
        + _event(
            "'RELATIONSHIP_BEGAN'",
            "From",
            "r",
            **_LINK,
            values=_values("properties(r)", "{}"),
            key="'3' + " + key,
        )
        + " AS event",
        f"{held} AND r.validTo IS NOT NULL RETURN "
        + _event("'RELATIONSHIP_ENDED'", "To", "r", **_LINK, key="'4' + " + key)
        + " AS event",
        f"WITH {node} WHERE {node}.validTo IS NOT NULL RETURN "
        + _event("'CLOSED'", "To", node, key="'5'")
        + " AS event",
        f"{_LINKS} WHERE type(r) ENDS WITH '_SUPERSEDED'{by_then} RETURN "
        + _event(
            "'CORRECTED'",
            "From",
            "r",
            **_LINK,
            sequence="r.recordedTo",
            values=_values("properties(r)", "{}"),
            key="'6' + " + _link_key(),
        )
        + " AS event",
        f"MATCH ({{node}})-[:HAS_STATE_SUPERSEDED]->(s:State){' WHERE s.recordedTo <= {known}' if then else ''} RETURN "
        + _event(
            "'CORRECTED'",
            "From",
            "s",
            sequence="s.recordedTo",
            values=_values("properties(s)", "{}"),
            key="'7 ' + toString(s.recordedFrom) + ' ' + toString(s.recordedTo)",
        )
        + " AS event",
    )


_MATCH = f"CALL ({{node}}) {{ {' UNION ALL '.join(_branches(then=False))} }} WITH *, event AS {{item}}"
_MATCH_THEN = (
    "CALL ({node}) { WITH {node}, <lay:{node}> AS lived"
    f" CALL ({{node}}, lived) {{ {' UNION ALL '.join(_branches(then=True))} }} RETURN event }}"
    " WITH *, event AS {item}"
)


# What is ahead of the date, of whatever there is: the same events, found from the other side.
_AHEAD = "{of} > {asOf} AND ({choice:within} IS NULL OR {of} <= {asOf} + duration({days: {choice:within}}))"


def _ahead(match: str, of: str, event: str) -> str:
    return f"{match}{_AHEAD.replace('{of}', of)} RETURN {event.replace('{node}', 'n')} AS event"


def _upcoming(*, then: bool) -> str:
    node = "lived" if then else "n"
    nodes = "MATCH (n:Entity) WHERE size(labels(n)) > 1 AND "
    states = "MATCH (n:Entity)-[:HAS_STATE]->(s:State) WHERE s.validFrom > n.validFrom AND "
    related = f"MATCH (n:Entity)-[r]->(other:Entity|Identifier) WHERE {'{held:r}' if then else _IS_HELD} AND "
    if then:
        nodes = "MATCH (n:Entity) WITH n, <lay:n> AS lived WHERE "
        states = (
            "MATCH (n:Entity) WHERE EXISTS { (n)-[:HAS_STATE|HAS_STATE_SUPERSEDED]->() } WITH n, <lay:n> AS lived"
            " UNWIND [one IN lived.states WHERE one.validFrom <> lived.stateFrom] AS s"
            " WITH n, lived, s WHERE s.validFrom > lived.validFrom AND "
        )
    key = "n.id + " + _link_key(_TYPE_THEN if then else "type(r)")
    return " UNION ALL ".join(
        (
            _ahead(
                nodes,
                f"{node}.validFrom",
                _event("'OPENED'", "From", node, values=_values(f"properties({node})", "{}"), key="'1 ' + n.id"),
            ),
            _ahead(
                states,
                "s.validFrom",
                _event(
                    "'CHANGED'",
                    "From",
                    "s",
                    values=_values("properties(s)", f"properties({node})"),
                    key="'2 ' + n.id",
                ),
            ),
            _ahead(
                related,
                "r.validFrom",
                _event(
                    "'RELATIONSHIP_BEGAN'",
                    "From",
                    "r",
                    **_LINK,
                    values=_values("properties(r)", "{}"),
                    key="'3 ' + " + key,
                ),
            ),
            _ahead(related, "r.validTo", _event("'RELATIONSHIP_ENDED'", "To", "r", **_LINK, key="'4 ' + " + key)),
            _ahead(nodes, f"{node}.validTo", _event("'CLOSED'", "To", node, key="'5 ' + n.id")),
        )
    )


UPCOMING = Rows(
    "HistoryEvent",
    f"CALL () {{ {_upcoming(then=False)} }} WITH *, event AS {{item}}",
    50,
    (("within", ArgumentKind.DAYS),),
    then=f"CALL () {{ {_upcoming(then=True)} }} WITH *, event AS {{item}}",
)


@strawberry.enum(description="What an event of a history is.")
class HistoryChange(Enum):
    """What an event of a history is."""

    OPENED = strawberry.enum_value("OPENED", description="Its life began, with the values that it then had.")
    CHANGED = strawberry.enum_value("CHANGED", description="Some of its values became others.")
    RELATIONSHIP_BEGAN = strawberry.enum_value("RELATIONSHIP_BEGAN", description="A relationship began.")
    RELATIONSHIP_ENDED = strawberry.enum_value("RELATIONSHIP_ENDED", description="A relationship ended.")
    CLOSED = strawberry.enum_value("CLOSED", description="Its life ended: the date is the first day without it.")
    CORRECTED = strawberry.enum_value(
        "CORRECTED",
        description="What was held from this date on was found to be wrong, or is now held otherwise: the change set"
        " is the one that replaced it.",
    )


@record
class HistoryValue:
    """One value that became another. Numbers, dates and lists are written as text."""

    field: str = value("The name of the value, as it is in the graph.", "{item}.field")
    before: str | None = value("What it was before; null where there was none.", "{item}.before", "text")
    after: str | None = value("What it was from then on; null where there is none.", "{item}.after", "text")


@record
class HistoryEvent:
    """Something that changed on a date, and by which change set we learnt of it."""

    entity: Entity = graph_field(Single("{item}.entity", "Entity"), "What changed.")
    change: HistoryChange = value("What it is.", "{item}.change")
    date: Date = value("The day on which it became so.", "{item}.date")
    precision: Precision = value("How exactly the day is known.", "coalesce({item}.precision, 'UNKNOWN')")
    relationship: str | None = value(
        "The type of the relationship, as it is in the graph; null where it is about none.", "{item}.relationship"
    )
    is_outgoing: bool | None = value(
        "Whether the relationship goes from it to the other end; null where it is about none.", "{item}.isOutgoing"
    )
    other: Entity | None = graph_field(
        Single("{item}.other", "Entity"), "The other end of the relationship; null where that is an identifier."
    )
    identifier: str | None = value("The code that it came to have or ceased to have.", "{item}.identifier")
    values: list[HistoryValue] = graph_field(
        Listed("HistoryValue", "UNWIND {record}.values AS {item}", "{item}.field"), "The values that changed."
    )
    standing: Standing = value("On what it stands.", "{item}.standing")
    rule: str | None = value("The rule that made it, where it is derived.", "{item}.rule")
    sources: list[Source] = graph_field(SOURCES, "Where it is from.")
    learnt: ChangeSet | None = graph_field(
        Single("head(COLLECT { MATCH (m:ChangeSet {sequence: {item}.sequence}) RETURN m })", "ChangeSet"),
        "The change set by which it came to be held.",
    )


ROWS = (
    RowsField(
        "Entity",
        "history",
        "All that changed in its life and what is planned, in the order of the dates, whatever the date of the answer.",
        Rows("HistoryEvent", _MATCH, 20, then=_MATCH_THEN),
    ),
)
