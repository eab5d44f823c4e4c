"""What comes of all coverage rules together for one subject: one text for every place that says it.

`coverage`, `coverageGaps` and `coverageSummary` all take it from here, so that they can't disagree.
"""

from enum import Enum

import strawberry

from resolvers.concept import Embedded
from schema.description import graph_field, record, value

__all__ = [
    "COUNTS",
    "CoverageCounts",
    "CoverageOutcome",
    "counts",
    "counts_field",
    "has_staff",
    "of_group",
    "outcome",
    "patients",
]

# Whether what speaks of a group speaks of the one that was asked for. Two rules speak of all staff of primary care.
_OF_GROUP = (
    "({choice:group} IS NULL OR {it}.group = {choice:group} OR {choice:group} = 'pcn_staff'"
    " AND {it}.group = 'gp_practices' AND {it}.rule IN ['TRAINING_HUB', 'NATIONAL_CORE'])"
)
# A node's degree is known without a look at what it is joined to, so in the graph's span each question is first put to
# that. Elsewhere it would only make the statement dearer to plan.
_IS_COVERED = "<now>EXISTS { ({node})<-[:COVERS]-() } AND </now>"
_BY_GROUP = f"MATCH ()-[c:{{types:COVERS}}]->({{node}}) WHERE {{covers:c}} AND {_OF_GROUP.replace('{it}', 'c')}"
_COVERED = (
    f"WHEN {_IS_COVERED}EXISTS {{ {_BY_GROUP} AND coalesce(c.extent, 'WHOLE') = 'WHOLE' }} THEN 'COVERED'"
    f" WHEN {_IS_COVERED}EXISTS {{ {_BY_GROUP} }} THEN 'PARTLY_COVERED'"
)
# As in coverage/places.cypher: which groups of staff there are in a body of a kind.
_STAFF = (
    "{GPPractice: ['gp_practices', 'pcn_staff'], PrimaryCareNetwork: ['gp_practices', 'pcn_staff'],"
    " NHSTrust: ['own_staff', 'other_trust', 'community_trust', 'mental_health_trust', 'ambulance'],"
    " IntegratedCareBoard: ['icb_staff'], SubICBLocation: ['icb_staff'],"
    " LocalAuthority: ['public_health', 'social_care']}"
)
# Sources that speak from a later date on leave open what was before. Before its post began a training hub had none, and
# that is known. A network without practices has nobody whom a service could cover.
_NOT_COVERED = (
    f" WHEN {{choice:group}} IS NOT NULL AND NOT {{choice:group}} IN {_STAFF}[split({{node}}.id, ':')[0]]"
    " THEN 'NOT_APPLICABLE'"
    " WHEN <now>EXISTS { ({node})<-[:COVERS_PLANNED]-() } AND </now>"
    f"EXISTS {{ MATCH ()-[c:{{later:COVERS}}]->({{node}}) WHERE {_OF_GROUP.replace('{it}', 'c')}"
    " AND c.rule <> 'TRAINING_HUB' AND c.validFrom > {asOf} AND coalesce(c.evidenceDate > {asOf}, true) }"
    " THEN 'UNKNOWN'"
    " WHEN <now>EXISTS { ({node})-[:LOCATED_IN_PLANNED]->() } AND </now>"
    "EXISTS { MATCH ({node})-[l:{later:LOCATED_IN}]->() WHERE l.validFrom > {asOf} } THEN 'UNKNOWN'"
    " WHEN <now>EXISTS { ()-[:LOCATED_IN_PLANNED]->() } AND </now>"
    "EXISTS { MATCH ({node})<-[o:{types:MEMBER_OF}]-()-[l:{later:LOCATED_IN}]->()"
    " WHERE {covers:o} AND l.validFrom > {asOf} } THEN 'UNKNOWN'"
    " WHEN NOT EXISTS { ({node})<-[o:{types:MEMBER_OF}{where:o}]-() }"
    " AND split({node}.id, ':')[0] = 'PrimaryCareNetwork'"
    " THEN CASE WHEN EXISTS { MATCH ({node})<-[o:{later:MEMBER_OF}]-() WHERE o.validFrom > {asOf} }"
    " THEN 'UNKNOWN' ELSE 'NOT_APPLICABLE' END ELSE 'GAP'"
)


def of_group(it: str) -> str:
    """Return the predicate that `it`, which has a rule and a group, speaks of the group that was asked for."""
    return _OF_GROUP.replace("{it}", it)


def outcome(node: str) -> str:
    """Return the expression of the outcome for the node `node`, which is there at the date."""
    return f"CASE {_COVERED}{_NOT_COVERED} END".replace("{node}", node)


def has_staff(node: str) -> str:
    """Return the predicate that a node is of a kind that has staff of its own whom a rule speaks of."""
    return f"{_STAFF}[split({node}.id, ':')[0]] IS NOT NULL"


def patients(node: str) -> str:
    """Return the expression of a network's registered patients as they were published for the date."""
    return f"{{shown:{node}}}.registeredPatients"


@strawberry.enum(description="What comes of all rules together.")
class CoverageOutcome(Enum):
    """What comes of all rules together."""

    COVERED = strawberry.enum_value("COVERED", description="A local service covers it.")
    PARTLY_COVERED = strawberry.enum_value(
        "PARTLY_COVERED", description="A local service covers some of its practices."
    )
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN",
        description="Sources speak of a service, or of where it is, only from a later date on: this date is not known.",
    )
    GAP = strawberry.enum_value("GAP", description="No local service is known to cover it.")
    NOT_APPLICABLE = strawberry.enum_value(
        "NOT_APPLICABLE",
        description="There is nobody whom a rule could cover: it has no staff of that kind, or no practices.",
    )
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="Nothing with this code is in force at the date.")


@record
class CoverageCounts:
    """How many there are, and how many of them are covered by a local service."""

    in_all: int = value("How many in all.", "{record}.inAll")
    covered: int = value("How many are covered wholly.", "{record}.covered")
    partly_covered: int = value("How many are covered in part: that is no gap.", "{record}.partlyCovered")
    gaps: int = value("How many no local service is known to cover.", "{record}.gaps")
    unknown: int = value(
        "Of how many sources speak only from a later date on: neither covered nor a gap.", "{record}.unknown"
    )


COUNTS = {"covered": "COVERED", "partlyCovered": "PARTLY_COVERED", "gaps": "GAP", "unknown": "UNKNOWN"}


def counts(of: str, what: str, number: str = "1") -> str:
    """Return the aggregating map of CoverageCounts.

    `of` is the condition on a row, `what` the row's outcome, `number` what a row counts for.
    """
    each = {"inAll": of} | {name: f"{of} AND {what} = '{value}'" for name, value in COUNTS.items()}
    return f"{{{', '.join(f'{name}: sum(CASE WHEN {one} THEN {number} ELSE 0 END)' for name, one in each.items())}}}"


def counts_field(of: str, description: str) -> CoverageCounts:
    """Return a field of CoverageCounts that a map holds."""
    field: CoverageCounts = graph_field(Embedded("CoverageCounts", of=of), description)
    return field
