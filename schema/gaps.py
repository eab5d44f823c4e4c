"""`coverageGaps(within:, group:, subjects:, asOf:)`: whom no local knowledge service is known to cover.

Each gap with its reasons and whom to ask. Subjects are sorted first; then each is held against the rules, by the text
that `coverage` has too, until the page is full. Only where the whole is asked about (`totalCount`, `counts`, `absent`)
are all of them. What is dear, reasons and the nearest services, is looked up for the rows of the page alone.
"""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind, EntityList, Listed, Rows, ScopedAbsences, Single
from schema.belonging import CONTAINER, down
from schema.coverage import NearestService, RuleOutcome, explanations, nearest_services
from schema.dates import at
from schema.description import graph_field, record, value
from schema.outcomes import CoverageCounts, counts, counts_field, outcome, patients
from schema.provenance import Absence, Entity, frame
from schema.scalars import Date

__all__ = ["GAPS", "PAGES", "CoverageGap", "CoverageGapPage", "GapSubject"]

_KINDS = ("PrimaryCareNetwork", "GPPractice")
_ASKED = "coalesce({choice:subjects}, 'PrimaryCareNetwork')"
_FOUND = " UNION ".join(
    branch
    for kind in _KINDS
    for branch in (
        f"WITH 1 AS one WHERE {{choice:within}} IS NULL AND {_ASKED} = '{kind}'"
        f" MATCH (n:{{labels:{kind}}}) WHERE {{covers:n}} RETURN n",
        f"WITH 1 AS one WHERE {_ASKED} = '{kind}' {down(kind, '{choice:within}', 'n')} RETURN n",
    )
)
_SINCE = (
    "MATCH (s:Scope) WHERE s.about IN ['LOCATED_IN', 'COVERS', {node}.kind]"
    " RETURN s.since ORDER BY s.since DESC LIMIT 1"
)
_ONCE = (
    f"CALL () {{ CALL () {{ {_FOUND} }} WITH n, {patients('n')} AS patients WITH n, patients,"
    " right('00000000' + toString(99999999 - coalesce(patients, 0)), 8) + ' ' + n.id AS key ORDER BY key"
    " RETURN collect({entity: n, patients: patients, key: key}) AS found }"
    f" WITH {{found: found, kind: {_ASKED}}} AS {{node}}"
)
_PARTS = (
    (
        "within",
        f"CALL () {{ {CONTAINER.replace('{within}', '{choice:within}')}"
        f" WITH w ORDER BY {at('w')} DESC, w.validFrom DESC, w.id RETURN collect(w)[0] AS held }}"
        " WITH {node} {.*, within: held} AS {node}",
    ),
    (
        "told",
        "CALL ({node}) { UNWIND {node}.found AS one WITH one.entity AS n, one.patients AS patients"
        f" WITH n, patients, {outcome('n')} AS outcome WHERE outcome <> 'NOT_APPLICABLE'"
        " RETURN collect(CASE outcome WHEN 'PARTLY_COVERED' THEN n END) AS partly,"
        f" {counts('true', 'outcome')} AS counts, {counts('true', 'outcome', 'coalesce(patients, 0)')} AS people }}"
        " WITH {node} {.*, told: {partly: partly, counts: counts, people: people}} AS {node}",
    ),
)
_SIFT = f"WITH *, {{item}}.entity AS g{{item}} WITH *, {outcome('g{item}')} AS o{{item}} WHERE o{{item}} = 'GAP'"
_ABSENT = (
    "CASE WHEN {choice:within} IS NOT NULL AND {record}.within IS NULL THEN [['nodes', 'NONE_EXISTS', null,"
    " {choice:within} + ' is the code of no region, system, board, sub-ICB location, place, authority or network that'"
    " + ' is held at any date. Check the code.']]"
    " WHEN {record}.within.validFrom > {asOf} THEN [['nodes',"
    " CASE {record}.within.validFromPrecision WHEN 'NO_LATER_THAN' THEN 'BEFORE_SOURCES' ELSE 'NONE_EXISTS' END,"
    " {record}.within.validFrom, {record}.within.name + ' begins on the date named in since: ask for that or later.']]"
    " WHEN {record}.within.validTo <= {asOf} THEN [['nodes', 'NONE_EXISTS', {record}.within.validFrom,"
    " {record}.within.name + ' ended: its last day was ' + toString({record}.within.validTo - duration('P1D'))"
    " + '. Ask for its successors.']]"
    " WHEN NOT {choice:group} IN ['gp_practices', 'pcn_staff'] THEN [['nodes', 'NOT_APPLICABLE', null,"
    " 'Networks and practices have no staff of this group: ask for gp_practices or pcn_staff.']]"
    " WHEN {record}.told.counts.inAll = 0 AND {record}.within IS NOT NULL THEN [['nodes', 'NOT_PUBLISHED', null,"
    " 'No source says which networks or practices lie in ' + {record}.within.name + ' on this date. Ask for the'"
    " + ' system or authority that it is in.']] ELSE [] END"
    " + CASE WHEN {record}.told.counts.unknown > 0 THEN [['nodes', 'BEFORE_SOURCES',"
    f" head(COLLECT {{ {_SINCE.replace('{node}', '{record}')} }}), 'Of ' + toString({{record}}.told.counts.unknown)"
    " + ' of ' + toString({record}.told.counts.inAll) + ' sources speak only from a later date on: they are not'"
    " + ' listed. An older source would settle it.']]"
    " WHEN {record}.told.counts.inAll = 0 AND {choice:group} IS NULL AND {choice:within} IS NULL"
    " THEN [['nodes', 'BEFORE_SOURCES',"
    f" head(COLLECT {{ {_SINCE.replace('{node}', '{record}')} }}), 'Sources name none on this date.']] ELSE [] END"
)
GAPS = Rows(
    "CoverageGap",
    "{node}.found",
    1250,
    (("within", ArgumentKind.ANY_CODE), ("group", ArgumentKind.CHOICE), ("subjects", ArgumentKind.CHOICE)),
    is_list=True,
    once=_ONCE,
    parts=_PARTS,
    sift=_SIFT,
    total="{node}.told.counts.gaps",
)


@strawberry.enum(description="Whose gaps are listed.")
class GapSubject(Enum):
    """Whose gaps are listed."""

    NETWORKS = strawberry.enum_value("PrimaryCareNetwork", description="Primary care networks that have practices.")
    PRACTICES = strawberry.enum_value("GPPractice", description="General practices.")


@record
class CoverageGap:
    """A network or practice that no local knowledge service is known to cover, with why not and whom to ask."""

    subject: Entity = graph_field(Single("{item}.entity", "Entity"), "The network or practice.")
    registered_patients: int | None = value(
        "The patients registered with the network's practices, as published for the date; null for a practice, for"
        " which they are not published.",
        "{item}.patients",
    )
    reasons: list[RuleOutcome] = graph_field(
        Listed(
            "RuleOutcome",
            "WITH {record}.entity AS g{item} " + explanations("g{item}", is_local=True),
            "",
            aggregates=True,
            price=60,
        ),
        "Each rule for local services held against it: which fact is missing and what would settle it.",
    )
    nearest: list[NearestService] = graph_field(
        Listed(
            "NearestService",
            "WITH {record}.entity AS g{item} " + nearest_services("g{item}"),
            "{item}.distanceKilometres, {item}.service",
            limit_argument="first",
            aggregates=True,
            price=30,
        ),
        "The services to ask, the nearest first, each with why it is worth asking.",
    )


@record
class CoverageGapPage:
    """What a page of gaps says of all of them together."""

    as_of: Date = frame("asOf", "The date of the answer.")
    within: Entity | None = graph_field(
        Single("{record}.within", "Entity"), "Within what they lie; null for all of England, or where nothing is found."
    )
    counts: CoverageCounts = counts_field(
        "{record}.told.counts", "How many networks or practices there are, and what comes of the rules for them."
    )
    registered_patients: CoverageCounts = counts_field(
        "{record}.told.people", "The same by registered patients, as published for networks; 0 for practices."
    )
    partly_covered: list[Entity] = graph_field(
        EntityList("{record}.told.partly", "Entity"), "The networks that are covered in part: they are no gaps."
    )
    absent: list[Absence] = graph_field(
        ScopedAbsences(rows=_ABSENT), "What is not listed at the date although it may exist, and why."
    )


PAGES = {"CoverageGap": CoverageGapPage}
