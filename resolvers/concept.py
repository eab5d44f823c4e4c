"""How a GraphQL type lies in the graph.

`schema/` builds these beside its Strawberry types; the compiler reads nothing else. A template is Cypher text of ours,
in which `{node}` stands for the entity (identity and life), `{values}` for the node or state that holds its values at
the date, `{edge}` for the relationship that led here, `{record}` for whichever of these the surrounding type
describes, `{item}` for one row of a list, and `{asOf}` for the parameter of the date. `{types:T}` and `{labels:L}` are
what to match of a relationship type or a concept at the date, `{covers:x}` the predicate that the interval of `x`
covers it and `{where:x}` the same as a clause, `{later:T}` the types of what begins after it, `{shown:n}` what bears
the values of the node `n` at it, `{choice:name}` the parameter of an argument of a closed set. What stands between
`<now>` and `</now>` is for dates within the graph's span alone. A client's value never enters a template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from resolvers.sifted import Sifted

__all__ = [
    "ArgumentKind",
    "Catalogue",
    "Column",
    "Concept",
    "Constant",
    "Count",
    "Dated",
    "Direction",
    "Embedded",
    "EntityList",
    "Feed",
    "Field",
    "Link",
    "Listed",
    "Lookup",
    "Lookups",
    "Root",
    "RootConnection",
    "RootRows",
    "Rows",
    "ScopedAbsences",
    "SequenceValue",
    "Single",
    "Told",
    "Value",
    "Written",
]


class Direction(Enum):
    """Which way a link follows its relationship: from its start to its end, or back."""

    FORWARD = "forward"
    BACKWARD = "backward"


class ArgumentKind(Enum):
    """How an argument's value is checked and bound."""

    DATE = "date"
    ODS_CODE = "ods code"
    ONS_CODE = "ons code"
    ANY_CODE = "ods or ons code"
    SLUG = "code of ours"
    GLOBAL_ID = "id"
    BODY_CODE = "ods code, or one that stands for none"
    BODY_CODES = "list of such codes"
    CHOICE = "one or several of a closed set"
    TEXT = "text to search for"
    PLACE = "code, point or postcode"
    POSTCODE = "postcode"
    SEQUENCE = "sequence"
    LIMIT = "limit"
    DAYS = "number of days"


_UNSIFTED = Sifted()


@dataclass(frozen=True, slots=True)
class Value:
    """One Cypher expression; where it reads `{values}`, the state of the date is looked up.

    `writer` names the function of `resolvers/writing.py` that makes the answer's value of the database's.
    """

    template: str
    writer: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A text that a function of `resolvers/writing.py` makes of other fields of the same object, named in `parts`."""

    parts: tuple[Any, ...]
    writer: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the schema itself knows: never asked of the database."""

    value: str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class SequenceValue:
    """A value of the answer's frame (the graph's sequence, span or the date asked for), by its position there."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """One position of a row of fixed layout, see `Listed.layout`."""

    index: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """An object made of the same record: `validity`, `location`. Null where `unless` is null.

    `anchor` names what `{record}` stands for below: the node (its life) or whatever it stood for already. Where `of`
    is set, it is that: a map within a row.
    """

    type: str
    unless: str | None = None
    anchor: str = "record"
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of objects, each a row of `match`, which binds `{item}`; its fields are templates over `{item}`.

    One that `aggregates` in its match is collected by a clause before the row: within an expression Neo4j takes the
    aggregation for that of the row around it and refuses the statement. `price` is what it counts for in objects, where
    finding it costs more than its rows.
    """

    type: str
    match: str
    order: str
    limit_argument: str | None = None
    aggregates: bool = False
    price: int | None = None


@dataclass(frozen=True, slots=True)
class ScopedAbsences:
    """What is absent of a record, and what its sources cannot speak of at the date.

    `about` pairs what a Scope node is about (a relationship type or a label) with the field that it empties; `stored`
    is a template of the texts "field|REASON|what would settle it" that a record bears, with "|2026-11-01" where sources
    speak from that day on; `of` picks one field's; `rows` a template of rows in the layout of Absence.
    """

    about: tuple[tuple[str, str], ...] = ()
    stored: str | None = None
    rows: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship followed in one direction, as a connection."""

    relationship: str
    direction: Direction
    target: str
    edge: str
    connection: str
    key: str | None = None
    sifted: Sifted = _UNSIFTED


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are no entities, as a connection: `match` are clauses that bind `{item}`, a map with a unique `key`.

    The key is a text of ASCII, by which the rows are sorted and paged. `degree` is how many there are on average;
    `match` reads each of the `arguments`, which only a root field has, as `{choice:<name>}`, and `choice`, one of a
    closed set, likewise: one that is not sent is that of the feed above, if there is one. Where `is_list`,
    `match` is a list in the order of the keys: sorting it again would hold the whole of it once for each of its rows.
    `then` is the text for a past knowledge where that can't be made of `match`: `{held:r}` says that `r` was held,
    `{known}` is the sequence, `{today}` the day, `<lay:n>` what lay on `n`.
    A root field may have clauses that run `once` and bind `{node}` for the rows and for all that its connection says,
    and `parts` of that as a Root has them. `sift` are clauses that look at the rows of a list one after the other, only
    until the page is full; `total` is then how many they leave.
    """

    type: str
    match: str
    degree: int
    arguments: tuple[tuple[str, ArgumentKind], ...] = ()
    choice: str | None = None
    is_list: bool = False
    then: str = ""
    once: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    sift: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class EntityList:
    """Entities that an expression holds as a list of nodes; `target` is a concept or an interface."""

    template: str
    target: str


@dataclass(frozen=True, slots=True)
class Single:
    """One entity that an expression holds as a node, or null; `kind` holds its concept where that is known besides."""

    template: str
    target: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many nodes of a concept, or relationships of a type, hold at the date."""

    label: str | None = None
    relationship: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """An object below which another date holds: its `asOf` argument opens a clock of its own."""

    type: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """One entity found by one of its codes: argument name → how its value leads to the entity.

    Where a concept's code alone does not lead there, `match` does: it binds `{node}` from `{code}` and `{asOf}`.
    `called` is what a message calls the target, `sentinels` are codes that stand for none, with what they mean.
    """

    target: str
    by: tuple[tuple[str, ArgumentKind], ...]
    match: str = ""
    called: str = ""
    sentinels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lookups:
    """Entities found by a list of global ids, in its order; null where one is not in force, with the reason."""

    target: str


@dataclass(frozen=True, slots=True)
class RootRows:
    """A plain list at the root: `match` binds `{item}` in order, reading each argument as `{choice:name}`.

    `now` is the text for a date within the graph's span, where that can be plainer, `then` that for a past knowledge
    (see `Rows`). Where the match gives exactly one row, `is_one` makes it an object instead of a list. `parts` are
    clauses that each add a value to `{item}`, a map, by the name of the value: they stand in the statement only where
    a field that is asked for reads it, and not below a past knowledge.
    """

    type: str
    match: str
    arguments: tuple[tuple[str, ArgumentKind], ...]
    now: str = ""
    then: str = ""
    is_one: bool = False
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What follows a number of the sequence: `match` binds `{item}` in one row, which holds `sequence` of what it has.

    It reads `{choice:after}`, `{choice:kinds}` and `{choice:first}`, of which an event, the one next thing of a
    subscription, has no `first`.
    """

    type: str
    match: str
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class RootConnection:
    """All entities of a concept, as a connection that hangs on nothing; its `asOf` opens a clock of its own."""

    target: str
    connection: str
    sifted: Sifted = _UNSIFTED


@dataclass(frozen=True, slots=True)
class Written:
    """The result of a root field that writes: `{item}` is the outcome, a map (`resolvers/writes.py`)."""

    type: str


@dataclass(frozen=True, slots=True)
class Root:
    """An object that hangs on nothing or on a subject found by a code: `graph`, `coverage`.

    `choices` are arguments of a closed set, which templates below read as `{choice:name}`, null where left out. `clock`
    names the argument of the date; `begins` that of an earlier one, `codes` that of a list of codes of any kind, which
    are read in the same way. `parts` are clauses that each add a value to `{node}`, a map, by the name of the value:
    they stand in the statement only where a field that is asked for, or a later part, reads `{node}.<name>`. `now`
    is the match for a date within the graph's span, where that can look at less.
    """

    type: str
    match: str = ""
    arguments: tuple[tuple[str, ArgumentKind], ...] = ()
    choices: tuple[str, ...] = ()
    clock: str = "asOf"
    begins: str | None = None
    codes: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    now: str = ""


Field = (
    Value
    | Constant
    | SequenceValue
    | Column
    | Embedded
    | Listed
    | ScopedAbsences
    | Told
    | Link
    | Rows
    | EntityList
    | Single
    | Count
    | Dated
    | Lookup
    | Lookups
    | Feed
    | RootConnection
    | RootRows
    | Root
    | Written
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One GraphQL object type: its fields by their GraphQL names.

    `label` is set for what lies in the graph as nodes: the label of those in force. A timeless one (a source, a change
    set) has no life. `order` is the key by which its connections are sorted and paged: a text, unique. `typename` is
    the Cypher that tells `__typename` where one description stands for several types.
    """

    name: str
    fields: Mapping[str, Field]
    label: str | None = None
    is_timeless: bool = False
    order: str = "{node}.code"
    typename: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All types of the schema as they lie in the graph, and the possible types of each interface."""

    concepts: Mapping[str, Concept]
    interfaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def possible(self, name: str) -> tuple[str, ...]:
        """Return the object types that a value of type `name` can have."""
        return self.interfaces.get(name, (name,))
