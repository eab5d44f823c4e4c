"""`compare(from:, to:, kind:)`: what became of all of one kind between two dates."""

from enum import Enum

import strawberry

from resolvers.concept import EntityList, Listed, Root, Rows, Single
from schema.dates import any_status, at
from schema.description import RowsField, graph_field, record, value
from schema.links import SuccessionKind
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["COMPARISON", "ROWS", "ComparedKind", "Comparison", "ComparisonChange", "Difference"]

# What each kind belongs to in one body at a time: a relationship's type → what it leads to. A sub-ICB location leads on
# to its board, so what belongs to it belongs to the board as well.
_BELONGS: dict[str, tuple[str, ...]] = {
    "SUB_ICB_LOCATION": ("COMMISSIONED_BY", "PARENTED_BY"),
    "PRIMARY_CARE_NETWORK": ("MEMBER_OF",),
    "INTEGRATED_CARE_BOARD": ("TRUST_IN", "SUB_ICB_OF", "AUTHORITY_IN"),
    "NHS_REGION": ("IN_REGION",),
    "UPPER_TIER_AUTHORITY": ("WITHIN",),
}
_FROM, _TO = "{choice:from}", "{asOf}"
_STEPS = any_status("|".join(one for types in _BELONGS.values() for one in types))
_ON = any_status("SUB_ICB_OF")
_IN = any_status("|".join(_BELONGS["SUB_ICB_LOCATION"]))


def _between(day: str) -> str:
    """Return the condition that a day lies after the first date and not after the second."""
    return f"{day} > {_FROM} AND {day} <= {_TO}"


def _changed(link: str) -> str:
    return f"({_between(f'{link}.validFrom')} OR {_between(f'{link}.validTo')})"


def _is(types: tuple[str, ...]) -> str:
    return " OR ".join(f"type(s) STARTS WITH '{one}'" for one in types)


def _name(day: str) -> str:
    return f"coalesce(head(COLLECT {{ MATCH (n)-[:HAS_STATE]->(s) WHERE {at('s', day)} RETURN s.name }}), n.name)"


def _codes(day: str) -> str:
    held = f"MATCH (n)-[h:{any_status('HAS_IDENTIFIER')}]->(i) WHERE {at('h', day)}"
    return f"reduce(t = '', one IN COLLECT {{ {held} RETURN i.value ORDER BY i.value }} | t + ' ' + one)"


def _of_kind(condition: str) -> str:
    """Return the condition that `n` is of the kind, and one on its life: an index of dates and ids tells both."""
    return f"n.id STARTS WITH {{choice:kind}} + ':'{{tell_where:n}} {condition}"


_LIVES = f"n.validFrom <= {_TO} AND (n.validTo IS NULL OR n.validTo > {_FROM})"
_STAYS = f"{at('n', _FROM)} AND {at('n', _TO)}"
_BEGAN = f"MATCH (n:Entity) USING INDEX n:Entity(validFrom, id) WHERE {_of_kind(_between('n.validFrom'))}"
_ENDED = f"MATCH (n:Entity) USING INDEX n:Entity(validTo, id) WHERE {_of_kind(_between('n.validTo'))}"
_FIRST_NAMED = "n.validFromPrecision IN ['NO_LATER_THAN', 'UNKNOWN']"


def _part(name: str, change: str, clauses: str, found: str, of: str = "") -> tuple[str, str]:
    """Return a part of a comparison: the list of each `n` that `clauses` bind, with the change and what is `found`."""
    row = f"change: {change}, entity: n, key: n.id + ' ' + {change} + ' '{of and f' + {of}'}, {found}"
    text = f"{clauses} RETURN collect({{{row}}}) AS found"
    return name, f"CALL () {{ {text} }} WITH {{node}} {{.*, {name}: found}} AS {{node}}"


# A body moved where it belongs to others than before: that takes a link that began or ended in between, its own or that
# of the sub-ICB location that it is in. Those that have one are found by the indexes of dates of links.
_TURNED = " UNION ".join(
    branch
    for end in ("validFrom", "validTo")
    for branch in (
        f"MATCH (n)-[s:{_STEPS}]->() WHERE {_between(f's.{end}')} RETURN n",
        f"MATCH (m)-[s:{_ON}]->() WHERE {_between(f's.{end}')} MATCH (n)-[o:{_IN}]->(m) RETURN n",
    )
)
_MOVES = (
    f"CALL () {{ {_TURNED} }} WITH n WHERE {_of_kind(_STAYS)} MATCH (n)-[s:{_STEPS}]->(m)"
    f" WITH n{{and:n}}, s, m, {at('s', _FROM)} AS was, {at('s', _TO)} AS remains WHERE was OR remains"
    " CALL (s, m, was, remains) {"
    f" RETURN CASE {' '.join(f'WHEN {_is(types)} THEN {name!r}' for name, types in _BELONGS.items())} END AS of,"
    " m AS body, was AS before, remains AS after UNION ALL"
    f" WITH s, m, was, remains WHERE {_is(_BELONGS['SUB_ICB_LOCATION'])} MATCH (m)-[o:{_ON}]->(b)"
    f" RETURN 'INTEGRATED_CARE_BOARD' AS of, b AS body, was AND {at('o', _FROM)} AS before,"
    f" remains AND {at('o', _TO)} AS after }}"
    " WITH n, of, body, before, after ORDER BY body.id"
    " WITH n, of, collect(DISTINCT CASE WHEN before THEN body END) AS before,"
    " collect(DISTINCT CASE WHEN after THEN body END) AS after"
    " WHERE before <> [] AND after <> [] AND before <> after"
)
_RENAMES = (
    f"MATCH (e:Entity)-[:HAS_STATE]->(s:State) WITH DISTINCT e AS n WHERE {_of_kind(_STAYS)}"
    f" WITH n{{and:n}}, {_name(_FROM)} AS old, {_name(_TO)} AS new WHERE old <> new"
)
_RECODES = (
    f"MATCH (n)-[h:{any_status('HAS_IDENTIFIER')}]->(:Identifier) WHERE {_changed('h')}"
    f" WITH DISTINCT n WHERE {_of_kind(_STAYS)}"
    f" WITH n, trim({_codes(_FROM)}) AS old, trim({_codes(_TO)}) AS new WHERE old <> new AND old <> '' AND new <> ''"
)
_SUCCESSIONS = (
    f"MATCH (n)-[s:{any_status('SUCCEEDED_BY')}]->(m) WHERE {_between('s.validFrom')}"
    f" WITH n, s, m WHERE {_of_kind(_LIVES)}"
)
_ROWS = ("begun", "ended", "moved", "renamed", "recoded", "succeeded")
# Each is found where something that is asked for reads it, and no other.
_PARTS = (
    (
        "inForce",
        f"CALL () {{ MATCH (n:Entity) WHERE {_of_kind(_LIVES)} WITH {at('n', _FROM)} AS was, {at('n', _TO)} AS remains"
        " RETURN [sum(CASE WHEN was THEN 1 ELSE 0 END), sum(CASE WHEN remains THEN 1 ELSE 0 END)] AS found }"
        " WITH {node} {.*, inForce: found} AS {node}",
    ),
    _part(
        "begun",
        f"CASE WHEN {_FIRST_NAMED} THEN 'FIRST_NAMED' ELSE 'OPENED' END",
        _BEGAN,
        "date: n.validFrom, precision: n.validFromPrecision",
    ),
    _part("ended", "'CLOSED'", _ENDED, "date: n.validTo, precision: n.validToPrecision"),
    _part("moved", "'MOVED'", _MOVES, "of: of, before: before, after: after", of="of"),
    _part("renamed", "'RENAMED'", _RENAMES, "old: old, new: new"),
    _part("recoded", "'RECODED'", _RECODES, "old: old, new: new"),
    _part(
        "succeeded",
        "'SUCCEEDED'",
        _SUCCESSIONS,
        "of: m.id, date: s.validFrom, precision: s.validFromPrecision, kind: s.kind, before: [n], after: [m]",
        of="m.id",
    ),
    (
        "rows",
        f"CALL ({{node}}) {{ UNWIND {' + '.join(f'{{node}}.{one}' for one in _ROWS)} AS one WITH one ORDER BY one.key"
        " RETURN collect(one) AS found } WITH {node} {.*, rows: found} AS {node}",
    ),
)


@strawberry.enum(description="Of what kind the compared are.")
class ComparedKind(Enum):
    """Of what kind the compared are."""

    GP_PRACTICE = strawberry.enum_value("GPPractice", description="General practices.")
    PRIMARY_CARE_NETWORK = strawberry.enum_value("PrimaryCareNetwork", description="Primary care networks.")
    SUB_ICB_LOCATION = strawberry.enum_value("SubICBLocation", description="Sub-ICB locations.")
    INTEGRATED_CARE_BOARD = strawberry.enum_value("IntegratedCareBoard", description="Integrated care boards.")
    NHS_TRUST = strawberry.enum_value("NHSTrust", description="NHS trusts.")
    LOCAL_AUTHORITY = strawberry.enum_value("LocalAuthority", description="Local authorities.")


@strawberry.enum(description="What became of one between two dates.")
class ComparisonChange(Enum):
    """What became of one between two dates."""

    OPENED = strawberry.enum_value("OPENED", description="Its life began.")
    FIRST_NAMED = strawberry.enum_value(
        "FIRST_NAMED", description="Sources first name it; since when it has been there is not stated."
    )
    CLOSED = strawberry.enum_value("CLOSED", description="Its life ended.")
    MOVED = strawberry.enum_value(
        "MOVED", description="It belonged to one body and belongs to another, by sources that speak of both dates."
    )
    RENAMED = strawberry.enum_value("RENAMED", description="It has another name.")
    RECODED = strawberry.enum_value("RECODED", description="The same body has another ONS code.")
    SUCCEEDED = strawberry.enum_value("SUCCEEDED", description="Another body followed it, wholly or in part.")


@strawberry.enum(description="To what one may belong.")
class Belonging(Enum):
    """To what one may belong."""

    SUB_ICB_LOCATION = strawberry.enum_value("SUB_ICB_LOCATION", description="The sub-ICB location it is in.")
    PRIMARY_CARE_NETWORK = strawberry.enum_value("PRIMARY_CARE_NETWORK", description="The network it is a member of.")
    INTEGRATED_CARE_BOARD = strawberry.enum_value(
        "INTEGRATED_CARE_BOARD", description="The board it is in, itself or by its sub-ICB location."
    )
    NHS_REGION = strawberry.enum_value("NHS_REGION", description="The region it is in.")
    UPPER_TIER_AUTHORITY = strawberry.enum_value("UPPER_TIER_AUTHORITY", description="The upper-tier authority.")


@record
class Difference:
    """One change of one entity between the two dates; one that moved in two ways has two."""

    entity: Entity = graph_field(Single("{item}.entity", "Entity"), "What changed.")
    change: ComparisonChange = value("What became of it.", "{item}.change")
    date: Date | None = value("The day; null where it may have changed more than once in between.", "{item}.date")
    precision: Precision | None = value("How exactly the day is known.", "{item}.precision")
    belonging: Belonging | None = value(
        "In what it moved; null where it did not.", "CASE {item}.change WHEN 'MOVED' THEN {item}.of END"
    )
    before: list[Entity] = graph_field(
        EntityList("{item}.before", "Entity"), "What it belonged to on the first date; what was succeeded."
    )
    after: list[Entity] = graph_field(
        EntityList("{item}.after", "Entity"), "What it belongs to on the second date; what succeeded it."
    )
    succession: SuccessionKind | None = value("How it was succeeded; null where it was not.", "{item}.kind")
    text_before: str | None = value("Its name or code on the first date, where that changed.", "{item}.old")
    text_after: str | None = value("Its name or code on the second date, where that changed.", "{item}.new")


_LISTED = any_status("LISTED_IN")


@record
class MoveCount:
    """How many moved from one body of a kind to another."""

    belonging: Belonging = value("In what they moved.", "{item}")
    count: int = value("How many.", "size([one IN {node}.moved WHERE one.of = {item}])")
    with_patients: int = value(
        "How many of them are general practices with registered patients on both dates.",
        "COUNT { UNWIND [one IN {node}.moved WHERE one.of = {item} | one.entity] AS n WITH n"
        f" WHERE EXISTS {{ MATCH (n)-[l:{_LISTED}]->() WHERE {at('l', _FROM)} }}"
        f" AND EXISTS {{ MATCH (n)-[l:{_LISTED}]->() WHERE {at('l', _TO)} }} RETURN n }}",
    )


@record
class Comparison:
    """What became of all of one kind between two dates, the first excluded and the second included."""

    to: Date = value("The second date, which governs names and everything below.", "{asOf}")
    from_: Date = value("The first date.", "{choice:from}", name="from")
    in_force_before: int = value("How many there were on the first date.", "{node}.inForce[0]")
    in_force_after: int = value("How many there were on the second date.", "{node}.inForce[1]")
    opened: int = value("How many opened.", f"COUNT {{ {_BEGAN} AND NOT {_FIRST_NAMED} RETURN n }}")
    first_named: int = value("How many sources first name.", f"COUNT {{ {_BEGAN} AND {_FIRST_NAMED} RETURN n }}")
    closed: int = value("How many closed.", f"COUNT {{ {_ENDED} RETURN n }}")
    moved: int = value(
        "How many moved in one way or more.", "COUNT { UNWIND {node}.moved AS one RETURN DISTINCT one.entity }"
    )
    moves: list[MoveCount] = graph_field(
        Listed("MoveCount", f"UNWIND {list(_BELONGS)} AS {{item}}", ""), "How many moved, by what they belong to."
    )
    renamed: int = value("How many have another name.", "size({node}.renamed)")
    recoded: int = value("How many have another ONS code.", "size({node}.recoded)")
    succeeded: int = value(
        "How many successions there were; a body divided in three has three.", "size({node}.succeeded)"
    )


COMPARISON = Root("Comparison", "WITH {} AS {node}", choices=("kind",), clock="to", begins="from", parts=_PARTS)

ROWS = (
    RowsField(
        "Comparison",
        "changes",
        "The changes, by the code of what changed.",
        Rows("Difference", "{node}.rows", 100, is_list=True),
    ),
)
