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

# What each kind belongs to in one body at a time, and by which paths: a step is a relationship's type.
_BELONGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "SUB_ICB_LOCATION": (("COMMISSIONED_BY|PARENTED_BY",),),
    "PRIMARY_CARE_NETWORK": (("MEMBER_OF",),),
    "INTEGRATED_CARE_BOARD": (("TRUST_IN|SUB_ICB_OF|AUTHORITY_IN",), ("COMMISSIONED_BY|PARENTED_BY", "SUB_ICB_OF")),
    "NHS_REGION": (("IN_REGION",),),
    "UPPER_TIER_AUTHORITY": (("WITHIN",),),
}
_FROM, _TO = "{choice:from}", "{asOf}"


def _ends(paths: tuple[tuple[str, ...], ...], day: str) -> str:
    """Return the list of the bodies that paths lead to at a day."""
    texts = []
    for path in paths:
        steps = "".join(
            f"-[s{number}:{any_status(step)}]->({'m' if number == len(path) - 1 else ''}"
            f"{':Entity' if number == len(path) - 1 else ''})"
            for number, step in enumerate(path)
        )
        where = " AND ".join(at(f"s{number}", day) for number in range(len(path)))
        texts.append(f"COLLECT {{ MATCH (n){steps} WHERE {where} RETURN DISTINCT m ORDER BY m.id }}")
    return " + ".join(texts)


def _name(day: str) -> str:
    return f"coalesce(head(COLLECT {{ MATCH (n)-[:HAS_STATE]->(s) WHERE {at('s', day)} RETURN s.name }}), n.name)"


def _codes(day: str) -> str:
    held = f"MATCH (n)-[h:{any_status('HAS_IDENTIFIER')}]->(i) WHERE {at('h', day)}"
    return f"reduce(t = '', one IN COLLECT {{ {held} RETURN i.value ORDER BY i.value }} | t + ' ' + one)"


_BRANCHES = (
    f"WITH n WHERE n.validFrom > {_FROM} AND n.validFrom <= {_TO} RETURN {{change:"
    " CASE WHEN n.validFromPrecision IN ['NO_LATER_THAN', 'UNKNOWN'] THEN 'FIRST_NAMED' ELSE 'OPENED' END,"
    " date: n.validFrom, precision: n.validFromPrecision} AS found",
    f"WITH n WHERE n.validTo > {_FROM} AND n.validTo <= {_TO}"
    " RETURN {change: 'CLOSED', date: n.validTo, precision: n.validToPrecision} AS found",
    *(
        f"WITH n, was, stays WHERE stays WITH n, {_ends(paths, _FROM)} AS before, {_ends(paths, _TO)} AS after"
        " WHERE before <> [] AND after <> [] AND before <> after"
        f" RETURN {{change: 'MOVED', of: '{name}', before: before, after: after}} AS found"
        for name, paths in _BELONGS.items()
    ),
    f"WITH n, was, stays WHERE stays WITH n, {_name(_FROM)} AS old, {_name(_TO)} AS new WHERE old <> new"
    " RETURN {change: 'RENAMED', old: old, new: new} AS found",
    f"WITH n, was, stays WHERE stays WITH n, trim({_codes(_FROM)}) AS old, trim({_codes(_TO)}) AS new"
    " WHERE old <> new AND old <> '' AND new <> '' RETURN {change: 'RECODED', old: old, new: new} AS found",
    f"MATCH (n)-[s:{any_status('SUCCEEDED_BY')}]->(m:Entity) WHERE s.validFrom > {_FROM} AND s.validFrom <= {_TO}"
    " RETURN {change: 'SUCCEEDED', of: m.id, date: s.validFrom, precision: s.validFromPrecision, kind: s.kind,"
    " before: [n], after: [m]} AS found",
)
# A node that was made in error bears no label but :Entity.
_MATCH = (
    "CALL () { MATCH (n:Entity) WHERE n.id STARTS WITH {choice:kind} + ':' AND size(labels(n)) > 1{tell_where:n}"
    f" n.validFrom <= {_TO} AND (n.validTo IS NULL OR n.validTo > {_FROM})"
    f" WITH n{{and:n}}, {at('n', _FROM)} AS was, {at('n', _TO)} AS remains"
    " WITH n{and:n}, was, remains, was AND remains AS stays"
    f" CALL (n{{and:n}}, was, stays) {{ {' UNION ALL '.join(_BRANCHES)} UNION ALL RETURN null AS found }}"
    " WITH n, was, remains, found, EXISTS { MATCH (n)-[l:"
    f"{any_status('LISTED_IN')}]->() WHERE {at('l', _FROM)} }}"
    f" AND EXISTS {{ MATCH (n)-[l:{any_status('LISTED_IN')}]->() WHERE {at('l', _TO)} }} AS listed,"
    " n.id + ' ' + found.change + ' ' + coalesce(found.of, '') AS key ORDER BY key"
    " WITH collect(CASE WHEN found IS NOT NULL THEN found {.*, entity: n, listed: listed,"
    " key: key} END) AS rows,"
    " sum(CASE WHEN found IS NULL AND was THEN 1 ELSE 0 END) AS before,"
    " sum(CASE WHEN found IS NULL AND remains THEN 1 ELSE 0 END) AS after"
    " RETURN {rows: rows,"
    " before: before, after: after} AS {node} }"
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


@record
class MoveCount:
    """How many moved from one body of a kind to another."""

    belonging: Belonging = value("In what they moved.", "{item}")
    count: int = value("How many.", "size([one IN {node}.rows WHERE one.change = 'MOVED' AND one.of = {item}])")
    with_patients: int = value(
        "How many of them are general practices with registered patients on both dates.",
        "size([one IN {node}.rows WHERE one.change = 'MOVED' AND one.of = {item} AND one.listed])",
    )


def _counted(change: str) -> str:
    return f"size([one IN {{node}}.rows WHERE one.change = '{change}'])"


@record
class Comparison:
    """What became of all of one kind between two dates, the first excluded and the second included."""

    to: Date = value("The second date, which governs names and everything below.", "{asOf}")
    from_: Date = value("The first date.", "{choice:from}", name="from")
    in_force_before: int = value("How many there were on the first date.", "{node}.before")
    in_force_after: int = value("How many there were on the second date.", "{node}.after")
    opened: int = value("How many opened.", _counted("OPENED"))
    first_named: int = value("How many sources first name.", _counted("FIRST_NAMED"))
    closed: int = value("How many closed.", _counted("CLOSED"))
    moved: int = value(
        "How many moved in one way or more.",
        "reduce(s = [0, ''], one IN [o IN {node}.rows WHERE o.change = 'MOVED'] |"
        " CASE WHEN s[1] = one.entity.id THEN s ELSE [s[0] + 1, one.entity.id] END)[0]",
    )
    moves: list[MoveCount] = graph_field(
        Listed("MoveCount", f"UNWIND {list(_BELONGS)} AS {{item}}", ""), "How many moved, by what they belong to."
    )
    renamed: int = value("How many have another name.", _counted("RENAMED"))
    recoded: int = value("How many have another ONS code.", _counted("RECODED"))
    succeeded: int = value("How many successions there were; a body divided in three has three.", _counted("SUCCEEDED"))


COMPARISON = Root("Comparison", _MATCH, choices=("kind",), clock="to", begins="from")

ROWS = (
    RowsField(
        "Comparison",
        "changes",
        "The changes, by the code of what changed.",
        Rows("Difference", "{node}.rows", 100, is_list=True),
    ),
)
