"""`coverageSummary(by:, group:, asOf:)`: how many networks, patients and practices are covered, by what they lie in or
by the rule that covers them, without fetching any of them.
"""

from enum import Enum

import strawberry

from resolvers.concept import Listed, Root, Single
from schema.belonging import BELONGS, up
from schema.dates import at
from schema.description import graph_field, record, value
from schema.links import CoverageRule
from schema.outcomes import COUNTS, CoverageCounts, counts, counts_field, of_group, outcome, patients
from schema.provenance import Entity, frame
from schema.scalars import Date

__all__ = ["SUMMARY", "CoverageSummary", "CoverageSummaryRow", "SummaryDimension"]

_HOLDERS = {"REGION": "NHSRegion", "SYSTEM": "IntegratedCareSystem", "PLACE": "Place"}
_LOCAL = ("HOST", "AGREEMENT", "PUBLISHED_ELIGIBILITY", "TRAINING_HUB")
# A practice lies in the places that take in the whole of its authority, as for a network's practices.
_PLACES_OF_PRACTICE = (
    "MATCH (n)-[l:{types:LOCATED_IN}]->()-[i:{types:WITHIN}]->{0,1}()<-[a:{types:PLACE_AUTHORITY}]-(whom)"
    " WHERE {covers:l} AND all(step IN i WHERE " + at("step") + ")"
    " AND {covers:a} AND a.coverage = 'WHOLE'"
)


def _holders(concept: str, dimension: str) -> str:
    if (concept, dimension) == ("GPPractice", "PLACE"):
        return _PLACES_OF_PRACTICE
    (path,) = BELONGS[concept][dimension]
    return up(path, "n", "whom")


def _placed(concept: str) -> str:
    """Return the clauses that bind each of a concept with its outcome to each of what it is counted in."""
    branches = [
        f"WITH n, what WHERE {{choice:by}} = '{dimension}' {_holders(concept, dimension)}"
        " RETURN DISTINCT whom, null AS rule, what AS came"
        for dimension in _HOLDERS
    ]
    branches.append(
        "WITH n WHERE {choice:by} = 'RULE' MATCH ()-[c:{types:COVERS}]->(n) WHERE {covers:c} AND "
        + of_group("c")
        + " WITH c.rule AS rule, max(CASE coalesce(c.extent, 'WHOLE') WHEN 'WHOLE' THEN 1 ELSE 0 END) AS whole"
        " RETURN null AS whom, rule, CASE whole WHEN 1 THEN 'COVERED' ELSE 'PARTLY_COVERED' END AS came"
    )
    return (
        f"MATCH (n:{{labels:{concept}}}) WHERE {at('n')}"
        f" WITH n, {outcome('n')} AS what, {patients('n') if concept == 'PrimaryCareNetwork' else 'null'} AS people"
        " WHERE what <> 'NOT_APPLICABLE'"
        f" CALL (n, what) {{ CALL (n, what) {{ {' UNION '.join(branches)} }}"
        " RETURN collect([whom, rule, came]) AS placed }"
    )


def _facts(concept: str) -> str:
    return (
        f"{_placed(concept)} WITH what, people, CASE placed WHEN [] THEN [[null, null, what]] ELSE placed END AS placed"
        f" UNWIND range(0, size(placed) - 1) AS at RETURN placed[at][0] AS whom, placed[at][1] AS rule,"
        f" '{concept}' AS kind, placed[at][2] AS came, people, what, at"
    )


_ROWS = " UNION ALL ".join(
    (
        *(_facts(concept) for concept in ("PrimaryCareNetwork", "GPPractice")),
        *(
            f"WITH 1 AS one WHERE {{choice:by}} = '{dimension}' MATCH (whom:{{labels:{label}}})"
            f" WHERE {at('whom')}"
            " RETURN whom, null AS rule, null AS kind, null AS came, null AS people,"
            " null AS what, null AS at"
            for dimension, label in _HOLDERS.items()
        ),
        f"WITH 1 AS one WHERE {{choice:by}} = 'RULE' UNWIND {list(_LOCAL)} AS rule"
        " RETURN null AS whom, rule, null AS kind, null AS came, null AS people,"
        " null AS what, null AS at",
    )
)
_NETWORK, _PRACTICE = "kind = 'PrimaryCareNetwork'", "kind = 'GPPractice'"
_PARTS = {
    "networks": (_NETWORK, "1"),
    "patients": (_NETWORK, "coalesce(people, 0)"),
    "practices": (_PRACTICE, "1"),
}
_EACH = ", ".join(f"{name}: {counts(of, 'came', number)}" for name, (of, number) in _PARTS.items())
_ONCE_EACH = ", ".join(f"{name}: {counts(f'at = 0 AND {of}', 'what', number)}" for name, (of, number) in _PARTS.items())


def _total(part: str) -> str:
    names = ("inAll", *COUNTS)
    return f"{{{', '.join(f'{one}: reduce(t = 0, row IN rows | t + row.first.{part}.{one})' for one in names)}}}"


_RANK = f"coalesce(head([place IN range(0, 3) WHERE {list(_LOCAL)}[place] = rule]), 4)"
_MATCH = (
    f"CALL () {{ CALL () {{ {_ROWS} }} WITH whom, rule, {{{_EACH}, first: {{{_ONCE_EACH}}},"
    f" several: sum(CASE WHEN {_NETWORK} AND at = 1 THEN 1 ELSE 0 END)}} AS row"
    f" ORDER BY whom.name IS NULL, whom.name, whom.id, {_RANK}"
    " RETURN collect({whom: whom, rule: rule, networks: row.networks, patients: row.patients,"
    " practices: row.practices, first: row.first, several: row.several}) AS rows }"
    " WITH {rows: rows, several: reduce(t = 0, row IN rows | t + row.several), "
    + ", ".join(f"{part}: {_total(part)}" for part in _PARTS)
    + "} AS {node}"
)


@strawberry.enum(description="By what coverage is counted.")
class SummaryDimension(Enum):
    """By what coverage is counted."""

    REGION = strawberry.enum_value("REGION", description="By NHS region.")
    SYSTEM = strawberry.enum_value("SYSTEM", description="By integrated care system.")
    PLACE = strawberry.enum_value("PLACE", description="By place, as far as it is known which authorities it takes in.")
    RULE = strawberry.enum_value("RULE", description="By the rule for local services that covers them.")


@record
class CoverageSummaryRow:
    """How much is covered of what lies in one entity, or how much one rule covers."""

    within: Entity | None = graph_field(
        Single("{item}.whom", "Entity"),
        "In what they lie; null for those that lie in none, and where rules are counted.",
    )
    rule: CoverageRule | None = value(
        "The rule that covers them, counting only what it covers; null for those that no rule covers, and where"
        " entities are counted.",
        "{item}.rule",
    )
    networks: CoverageCounts = counts_field("{item}.networks", "Primary care networks that have practices.")
    registered_patients: CoverageCounts = counts_field(
        "{item}.patients", "The patients registered with those networks, as published for the date."
    )
    practices: CoverageCounts = counts_field("{item}.practices", "General practices.")


@record
class CoverageSummary:
    """How much is covered by local knowledge services, counted by region, system, place or rule."""

    as_of: Date = frame("asOf", "The date of the answer.")
    by: SummaryDimension = value("By what it is counted.", "{choice:by}")
    networks: CoverageCounts = counts_field(
        "{record}.networks", "Primary care networks that have practices, each counted once."
    )
    registered_patients: CoverageCounts = counts_field(
        "{record}.patients", "The patients registered with those networks, as published for the date."
    )
    practices: CoverageCounts = counts_field("{record}.practices", "General practices, each counted once.")
    counted_in_several: int = value(
        "How many networks are counted in more than one row, because they lie in several or several rules cover them:"
        " by so much and more the rows add up to more than there are.",
        "{record}.several",
    )
    rows: list[CoverageSummaryRow] = graph_field(
        Listed("CoverageSummaryRow", "UNWIND {record}.rows AS {item}", ""),
        "The counts, by name; rules strongest first.",
    )


SUMMARY = Root("CoverageSummary", _MATCH, choices=("by", "group"))
