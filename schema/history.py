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
    " 'sources', 'series', 'absences', 'recordedFrom', 'recordedTo', 'stateFrom']"
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


_STATES = (
    "COLLECT { MATCH ({node})-[:HAS_STATE]->(s:State) RETURN properties(s) }"
    " + [own {.*, validFrom: coalesce({node}.stateFrom, {node}.validFrom),"
    " validFromPrecision: CASE WHEN coalesce({node}.stateFrom, {node}.validFrom) = {node}.validFrom"
    " THEN {node}.validFromPrecision END}]"
)
_BEFORE = (
    "head(COLLECT { UNWIND states AS earlier WITH earlier WHERE earlier.validFrom < held.validFrom"
    " RETURN earlier ORDER BY earlier.validFrom DESC LIMIT 1 })"
)
_EACH_STATE = f"WITH properties({{node}}) AS own WITH {_STATES} AS states UNWIND states AS held WITH held, states"
_END = "CASE WHEN other:Identifier THEN null ELSE other END"
_IDENTIFIER = "CASE WHEN other:Identifier THEN other.value END"
_TYPE = "reduce(name = type(r), ending IN ['_ENDED', '_PLANNED', '_SUPERSEDED'] | replace(name, ending, ''))"
_LINK = {
    "relationship": _TYPE,
    "isOutgoing": "startNode(r) = {node}",
    "other": _END,
    "identifier": _IDENTIFIER,
}
_LINK_KEY = (
    "' ' + type(r) + ' ' + other.id + ' ' + CASE WHEN startNode(r) = {node} THEN '>' ELSE '<' END"
    " + ' ' + coalesce(r.key, '') + ' ' + toString(r.validFrom) + ' ' + toString(r.recordedFrom)"
)
_LINKS = "MATCH ({node})-[r]-(other:Entity|Identifier)"
_HELD = f"{_LINKS} WHERE NOT type(r) ENDS WITH '_SUPERSEDED'"

_BRANCHES = (
    f"{_EACH_STATE} WHERE held.validFrom = {{node}}.validFrom"
    f" RETURN {_event(repr('OPENED'), 'From', 'held', values=_values('held', '{}'), key=repr('1'))} AS event",
    f"{_EACH_STATE} WHERE held.validFrom > {{node}}.validFrom"
    f" WITH held, {_BEFORE} AS before"
    f" RETURN {_event(repr('CHANGED'), 'From', 'held', values=_values('held', 'before'), key=repr('2'))} AS event",
    f"{_HELD} RETURN "
    + _event(
        "'RELATIONSHIP_BEGAN'",
        "From",
        "r",
        **_LINK,
        values=_values("properties(r)", "{}"),
        key="'3'" + " + " + _LINK_KEY,
    )
    + " AS event",
    f"{_HELD} AND r.validTo IS NOT NULL RETURN "
    + _event("'RELATIONSHIP_ENDED'", "To", "r", **_LINK, key="'4' + " + _LINK_KEY)
    + " AS event",
    "WITH {node} WHERE {node}.validTo IS NOT NULL RETURN "
    + _event("'CLOSED'", "To", "{node}", key="'5'")
    + " AS event",
    f"{_LINKS} WHERE type(r) ENDS WITH '_SUPERSEDED' RETURN "
    + _event(
        "'CORRECTED'",
        "From",
        "r",
        **_LINK,
        sequence="r.recordedTo",
        values=_values("properties(r)", "{}"),
        key="'6' + " + _LINK_KEY,
    )
    + " AS event",
    "MATCH ({node})-[:HAS_STATE_SUPERSEDED]->(s:State) RETURN "
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
_MATCH = f"CALL ({{node}}) {{ {' UNION ALL '.join(_BRANCHES)} }} WITH *, event AS {{item}}"


# What is ahead of the date, of whatever there is: the same events, found from the other side.
_AHEAD = "{of} > {asOf} AND ({choice:within} IS NULL OR {of} <= {asOf} + duration({days: {choice:within}}))"
_RELATED = "MATCH (n:Entity)-[r]->(other:Entity|Identifier) WHERE NOT type(r) ENDS WITH '_SUPERSEDED' AND "


def _ahead(match: str, of: str, event: str) -> str:
    return f"{match}{_AHEAD.replace('{of}', of)} RETURN {event.replace('{node}', 'n')} AS event"


_UPCOMING = " UNION ALL ".join(
    (
        _ahead(
            "MATCH (n:Entity) WHERE size(labels(n)) > 1 AND ",
            "n.validFrom",
            _event("'OPENED'", "From", "n", values=_values("properties(n)", "{}"), key="'1 ' + n.id"),
        ),
        _ahead(
            "MATCH (n:Entity)-[:HAS_STATE]->(s:State) WHERE s.validFrom > n.validFrom AND ",
            "s.validFrom",
            _event("'CHANGED'", "From", "s", values=_values("properties(s)", "properties(n)"), key="'2 ' + n.id"),
        ),
        _ahead(
            _RELATED,
            "r.validFrom",
            _event(
                "'RELATIONSHIP_BEGAN'",
                "From",
                "r",
                **_LINK,
                values=_values("properties(r)", "{}"),
                key="'3 ' + n.id + " + _LINK_KEY,
            ),
        ),
        _ahead(
            _RELATED, "r.validTo", _event("'RELATIONSHIP_ENDED'", "To", "r", **_LINK, key="'4 ' + n.id + " + _LINK_KEY)
        ),
        _ahead(
            "MATCH (n:Entity) WHERE size(labels(n)) > 1 AND ",
            "n.validTo",
            _event("'CLOSED'", "To", "n", key="'5 ' + n.id"),
        ),
    )
)
UPCOMING = Rows(
    "HistoryEvent", f"CALL () {{ {_UPCOMING} }} WITH *, event AS {{item}}", 50, (("within", ArgumentKind.DAYS),)
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
        Rows("HistoryEvent", _MATCH, 20),
    ),
)
