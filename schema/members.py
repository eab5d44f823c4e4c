"""What is covered of what lies within a region, system, place or other area, derived from networks and practices."""

from enum import Enum

import strawberry

from resolvers.concept import Listed, Single
from schema.belonging import inside
from schema.description import graph_field, record, value
from schema.knowledge import KnowledgeService
from schema.outcomes import CoverageCounts, counts, counts_field, of_group, outcome, patients

__all__ = ["MEMBERS", "CoverageOfMembers", "MemberService", "outcome_of_members"]

_NETWORK, _PRACTICE = "PrimaryCareNetwork", "GPPractice"
_OF_GROUPS = (
    "WITH w WHERE w.id STARTS WITH 'ClinicalCommissioningGroup:'"
    " MATCH (w)<-[step0:{types:COMMISSIONED_BY_GROUP}]-(n) WHERE {covers:step0} RETURN n"
)


def _inside(concept: str, node: str) -> str:
    branches = inside(concept, "n") + (f" UNION {_OF_GROUPS}" if concept == _PRACTICE else "")
    return f"WITH {node} AS w CALL (w) {{ {branches} }}"


def _members(concept: str) -> str:
    people = patients("n") if concept == _NETWORK else "null"
    return (
        f"CALL ({{node}}) {{ {_inside(concept, '{node}')} WITH n, {outcome('n')} AS came, {people} AS people"
        " WHERE came <> 'NOT_APPLICABLE'"
        f" WITH collect(n) AS held, {counts('true', 'came')} AS counts,"
        f" {counts('true', 'came', 'coalesce(people, 0)')} AS people"
        " CALL (held) { UNWIND held AS n MATCH (s)-[c:{types:COVERS}]->(n) WHERE {covers:c} AND "
        + of_group("c")
        + " WITH s, count(DISTINCT n) AS number ORDER BY number DESC, s.id"
        " RETURN collect({service: s, number: number}) AS services }"
        f" RETURN {{kind: '{concept}', counts: counts, people: people, services: services}} AS found }}"
    )


def outcome_of_members(node: str) -> str:
    """Return the expression of the outcome for a node that has no staff of its own whom a rule speaks of."""
    networks = f"COLLECT {{ {_inside(_NETWORK, node)} WITH DISTINCT n RETURN {outcome('n')} }}"
    practices = f"COLLECT {{ WITH {node} AS w CALL (w) {{ {_OF_GROUPS} }} RETURN {outcome('n')} }}"
    came = f"{networks} + {practices}"
    return (
        f"head([came IN [[one IN {came} WHERE one <> 'NOT_APPLICABLE']] | CASE WHEN came = [] THEN 'NOT_APPLICABLE'"
        " WHEN all(one IN came WHERE one = 'COVERED') THEN 'COVERED'"
        " WHEN any(one IN came WHERE one IN ['COVERED', 'PARTLY_COVERED']) THEN 'PARTLY_COVERED'"
        " WHEN 'UNKNOWN' IN came THEN 'UNKNOWN' ELSE 'GAP' END])"
    )


@strawberry.enum(description="Of what kind members are.")
class CoveredKind(Enum):
    """Of what kind members are."""

    NETWORKS = strawberry.enum_value("NETWORKS", description="Primary care networks that have practices.")
    PRACTICES = strawberry.enum_value("PRACTICES", description="General practices.")


@record
class MemberService:
    """A knowledge service that covers members, with how many."""

    service: KnowledgeService = graph_field(Single("{item}.service", "KnowledgeService"), "The service.")
    members: int = value("How many it covers, wholly or in part.", "{item}.number")


@record
class CoverageOfMembers:
    """What is covered of the networks or the practices that lie within a subject, wholly or in part."""

    kind: CoveredKind = value(
        "Of what kind the members are.", f"CASE {{item}}.kind WHEN '{_NETWORK}' THEN 'NETWORKS' ELSE 'PRACTICES' END"
    )
    counts: CoverageCounts = counts_field("{item}.counts", "How many there are, and what comes of the rules for them.")
    registered_patients: CoverageCounts = counts_field(
        "{item}.people", "The same by registered patients, as published for networks; 0 for practices."
    )
    services: list[MemberService] = graph_field(
        Listed("MemberService", "UNWIND {record}.services AS {item}", "{item}.number DESC, {item}.service.id"),
        "The services that cover them, the one that covers most first.",
    )


MEMBERS = Listed(
    "CoverageOfMembers",
    f"CALL ({{node}}) {{ {_members(_NETWORK)} RETURN found UNION ALL {_members(_PRACTICE)} RETURN found }}"
    " WITH found AS {item} WHERE {item}.counts.inAll > 0",
    "{item}.kind DESC",
    aggregates=True,
    price=60,
)
