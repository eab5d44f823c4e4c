"""`changes(after:)`: what was learnt, change set by change set, each with every single change, to keep a copy in step.

A change set does not hold its changes: they are read from the recorded clock of the facts, which never forgets. What
bears the set's number as `recordedFrom` is held since; what bears it as `recordedTo` was held until then.
"""

from enum import Enum

import strawberry

from resolvers.concept import Embedded, Feed, Listed, Rows, SequenceValue, Single
from schema.description import RootField, RowsField, graph_field, record, value
from schema.provenance import SOURCES, ChangeSet, Entity, Source, Standing, Validity

__all__ = [
    "FEED",
    "FEED_PAGE",
    "FOLLOWED",
    "ROWS",
    "Change",
    "ChangeFeed",
    "ChangeKind",
    "RecordedFact",
    "RecordedValue",
]

_CLOCKS = "['validTo', 'validToPrecision', 'recordedFrom', 'recordedTo']"
_IDENTITY = "['id', 'code', 'stateFrom', 'stateFromPrecision', 'stateTo', 'stateToPrecision']"
# What every fact bears, besides its own values.
_OF_FACTS = (
    "['key', 'validFrom', 'validFromPrecision', 'standing', 'rule', 'sources', 'series', 'absences']"
    f" + {_CLOCKS} + {_IDENTITY}"
)
_TYPE = "reduce(name = type({r}), ending IN ['_ENDED', '_PLANNED', '_SUPERSEDED'] | replace(name, ending, ''))"
# A change set that says what it touched is read from there; one that does not, from everything there is.
_TOUCHED = (
    "UNWIND CASE WHEN {record}.touched IS NULL THEN COLLECT { MATCH (e:Entity) RETURN e.id } ELSE {record}.touched END"
    " AS id MATCH (n:Entity {id: id})"
)


def _same(before: str, after: str) -> str:
    """Return the predicate that two facts differ in nothing but their ends and in when they were recorded."""
    keys = f"keys({before}) + keys({after})"
    equal = f"coalesce({before}[k] = {after}[k], {before}[k] IS NULL AND {after}[k] IS NULL)"
    return f"all(k IN {keys} WHERE k IN {_CLOCKS} + {_IDENTITY} OR {equal})"


def _kind(has_before: str, has_after: str, is_one: str) -> str:
    """Return the kind of a change; `is_one` says that one fact became one other."""
    closed = f"before[0].validTo IS NULL AND after[0].validTo IS NOT NULL AND {_same('before[0]', 'after[0]')}"
    return (
        f"CASE WHEN NOT ({has_before}) THEN 'OPENED' WHEN NOT ({has_after}) THEN 'WITHDRAWN'"
        f" WHEN {is_one} AND {closed} THEN 'CLOSED' ELSE 'AMENDED' END"
    )


_STATES = (
    "COLLECT { MATCH (n)-[:HAS_STATE|HAS_STATE_SUPERSEDED]->(s:State) RETURN properties(s) }"
    " + CASE WHEN n.validFrom IS NULL THEN [] ELSE [n {.*, validFrom: n.stateFrom,"
    " validFromPrecision: coalesce(n.stateFromPrecision, n.validFromPrecision),"
    " validTo: coalesce(n.stateTo, n.validTo),"
    " validToPrecision: CASE WHEN n.stateTo IS NULL THEN n.validToPrecision ELSE n.stateToPrecision END}] END"
)
_HELD = "s.recordedFrom < number AND (s.recordedTo IS NULL OR s.recordedTo > number)"
_NODES = (
    f"{_TOUCHED} WITH n, {{record}}.sequence AS number, {_STATES} AS states"
    " WITH n, [s IN states WHERE s.recordedTo = number] AS before,"
    f" [s IN states WHERE s.recordedFrom = number] AS after, any(s IN states WHERE {_HELD}) AS keeps"
    " WHERE before <> [] OR after <> []"
    " RETURN {key: '1 ' + n.id, subject: n, before: before, after: after, kind: "
    f"{_kind('keeps OR before <> []', 'keeps OR after <> []', 'size(before) = 1 AND size(after) = 1')}}} AS {{item}}"
)
_LINK = (
    "subject: n, relationship: relationship, other: m, of: coalesce(r.key, ''), before: before, after: after,"
    " key: '2 ' + n.id + ' ' + relationship + ' ' + m.id + ' ' + coalesce(r.key, '') + ' ' + toString(r.validFrom)"
)
_TWIN = "s.validFrom = r.validFrom AND coalesce(s.key, '') = coalesce(r.key, '')"
_BEFORE = (
    "COLLECT { MATCH (n)-[s]->(m) WHERE s.recordedTo = r.recordedFrom AND s.recordedFrom < s.recordedTo"
    f" AND type(s) = relationship + '_SUPERSEDED' AND {_TWIN} RETURN properties(s) }}"
)
_AFTER = (
    "EXISTS { MATCH (n)-[s]->(m) WHERE s.recordedFrom = r.recordedTo AND coalesce(s.recordedTo > s.recordedFrom, true)"
    f" AND {_TYPE.replace('{r}', 's')} = relationship AND {_TWIN} }}"
)
_LINKS = (
    f"{_TOUCHED} MATCH (n)-[r]->(m:Entity|Identifier) WHERE r.recordedFrom = {{record}}.sequence"
    " AND coalesce(r.recordedTo > r.recordedFrom, true)"
    f" WITH n, r, m, {_TYPE.replace('{r}', 'r')} AS relationship, [properties(r)] AS after"
    f" WITH *, {_BEFORE} AS before RETURN {{{_LINK}, kind: {_kind('before <> []', 'true', 'true')}}} AS {{item}}"
)
_WITHDRAWN = (
    f"{_TOUCHED} MATCH (n)-[r]->(m:Entity|Identifier) WHERE r.recordedTo = {{record}}.sequence"
    " AND r.recordedFrom < r.recordedTo"
    f" WITH n, r, m, {_TYPE.replace('{r}', 'r')} AS relationship, [properties(r)] AS before, [] AS after"
    f" WHERE NOT {_AFTER} RETURN {{{_LINK}, kind: 'WITHDRAWN'}} AS {{item}}"
)
_MATCH = (
    f"CALL ({{record}}) {{ {' UNION ALL '.join((_NODES, _LINKS, _WITHDRAWN))} }} WITH *"
    " WHERE {choice:kinds} IS NULL OR {item}.kind IN {choice:kinds}"
)


@strawberry.enum(description="What became of a fact that is held.")
class ChangeKind(Enum):
    """What became of a fact that is held."""

    OPENED = strawberry.enum_value("OPENED", description="It was not held before.")
    AMENDED = strawberry.enum_value("AMENDED", description="It is held otherwise: its values, its dates, its sources.")
    CLOSED = strawberry.enum_value("CLOSED", description="It has an end now, and nothing else of it changed.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="It was an error: it never was so.")


@record
class RecordedValue:
    """One value of a fact. Numbers, dates and lists are written as text."""

    field: str = value("The name of the value, as it is in the graph.", "{item}[0]")
    value: str = value("The value.", "{item}[1]", "text")


@record
class RecordedFact:
    """A fact as it is or was held: a relationship, or the values of a thing during one interval."""

    validity: Validity = graph_field(Embedded("Validity"), "When it held in the world.")
    standing: Standing = value("On what it stands.", "{item}.standing")
    rule: str | None = value("The rule that made it, where it is derived.", "{item}.rule")
    sources: list[Source] = graph_field(SOURCES, "Where it is from.")
    values: list[RecordedValue] = graph_field(
        Listed(
            "RecordedValue",
            f"UNWIND [k IN keys({{record}}) WHERE NOT k IN {_OF_FACTS} AND {{record}}[k] IS NOT NULL"
            " | [k, {record}[k]]] AS {item}",
            "{item}[0]",
        ),
        "Its own values.",
    )


_FACTS = "UNWIND {record}.%s AS {item}"
_IS_HELD = "{life:{item}.%s}.validFrom IS NOT NULL"


@record
class Change:
    """What one change set did to one fact: to a thing, or to a relationship between two.

    Applied in order to what was held before, the changes of a set give what is held after it.
    """

    kind: ChangeKind = value("What became of it.", "{item}.kind")
    entity_id: strawberry.ID = value(
        "The global id of what it is about; of a relationship, of its start.", "{item}.subject.id", "global_id"
    )
    concept: str = value("What that is: the name of its type here.", "split({item}.subject.id, ':')[0]")
    entity: Entity | None = graph_field(
        Single(f"CASE WHEN {_IS_HELD % 'subject'} THEN {{item}}.subject END", "Entity"),
        "The same as it is held now, or at the `knownAt`; null where it is no longer held at all.",
    )
    relationship: str | None = value(
        "The type of the relationship, as it is in the graph; null where it is about the thing itself.",
        "{item}.relationship",
    )
    key: str | None = value(
        "What parts it from others of its type between the same ends; empty where nothing does.", "{item}.of"
    )
    other_id: strawberry.ID | None = value(
        "The global id of the relationship's end; null where that is an identifier.",
        "CASE WHEN {item}.other:Entity THEN {item}.other.id END",
        "maybe_global_id",
    )
    other: Entity | None = graph_field(
        Single(f"CASE WHEN {{item}}.other:Entity AND {_IS_HELD % 'other'} THEN {{item}}.other END", "Entity"),
        "The relationship's end as it is held now; null where that is an identifier or no longer held.",
    )
    identifier: str | None = value(
        "The code that is the relationship's end, where that is an identifier.",
        "CASE WHEN {item}.other:Identifier THEN {item}.other.value END",
    )
    before: list[RecordedFact] = graph_field(
        Listed("RecordedFact", _FACTS % "before", "{item}.validFrom", price=1),
        "What was held before and is not since: of a thing, those of its intervals that changed.",
    )
    after: list[RecordedFact] = graph_field(
        Listed("RecordedFact", _FACTS % "after", "{item}.validFrom", price=1),
        "What is held since and was not before: of a thing, those of its intervals that changed.",
    )


ROWS = (
    RowsField(
        "ChangeSet",
        "changes",
        "What it did, fact by fact: first to things, then to relationships.",
        Rows("Change", _MATCH, 500, choice="kinds", then=_MATCH),
        {"kinds": (list[ChangeKind], "Of these kinds alone; if left out, of those that the feed was asked for.")},
    ),
)

_COUNTED = "({choice:kinds} IS NULL OR any(kind IN {choice:kinds} WHERE c[toLower(kind)] > 0))"
_PAGE = (
    "WITH *, coalesce({known}, graph.sequence) AS stands"
    " WITH *, COLLECT { MATCH (c:ChangeSet) WHERE c.sequence > coalesce({choice:after}, 0) AND c.sequence <= stands"
    f" AND {_COUNTED} RETURN c ORDER BY c.sequence LIMIT {{choice:first}} + 1 }} AS found"
    " WITH *, found[..{choice:first}] AS sets, size(found) > {choice:first} AS more"
    " WITH *, {sequence: stands, sets: sets, more: more,"
    " last: CASE WHEN NOT more THEN stands WHEN sets = [] THEN coalesce({choice:after}, 0)"
    " ELSE sets[-1].sequence END} AS {item}"
)
_NEXT = (
    "WITH graph, head(COLLECT { MATCH (c:ChangeSet) WHERE c.sequence > coalesce({choice:after}, graph.sequence)"
    f" AND {_COUNTED} RETURN c ORDER BY c.sequence LIMIT 1 }}) AS {{item}}"
)


@record
class ChangeFeed:
    """A page of what was learnt after a number of the sequence."""

    sequence: int = graph_field(SequenceValue("sequence"), "The number of the graph's last change set.")
    epoch: str = value(
        "The mark of the graph whose sequence it is; send it as `epoch` with the next page.", "graph.epoch"
    )
    change_sets: list[ChangeSet] = graph_field(
        Listed("ChangeSet", "UNWIND {record}.sets AS {item}", "{item}.sequence", price=1), "The change sets, in order."
    )
    last: int = value("How far this page goes; send it as `after` for the next one.", "{item}.last")
    has_more: bool = value("Whether more follow in the graph already.", "{item}.more")


FEED_PAGE = 10  # change sets of a page where none is asked for: each may hold hundreds of changes
_KINDS = (list[ChangeKind], "Only change sets with a change of these kinds, and of those only these changes.")
_EPOCH = (str, "The `epoch` that came with `after`; an error where the graph has been made anew since.")
FEED = RootField(
    "changes",
    ChangeFeed,
    "What was learnt after a number of the sequence, change set by change set, with every single change: what keeps a"
    " copy in step. Below a `knownAt` it tells nothing later than that.",
    Feed("ChangeFeed", _PAGE),
    {
        "after": (int, "A sequence, as an answer gave it; from the first change set on if left out."),
        "epoch": _EPOCH,
        "kinds": _KINDS,
        "first": (int, "How many change sets at most."),
    },
    (),
)
FOLLOWED = RootField(
    "changes",
    ChangeSet,
    "Each change set after a number of the sequence, in order and without a gap: those there are, then each new one.",
    Feed("ChangeSet", _NEXT, is_event=True),
    {
        "after": (int, "The sequence of the last one that was received; only new ones come if left out."),
        "epoch": _EPOCH,
        "kinds": _KINDS,
    },
    (),
)
