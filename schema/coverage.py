"""`coverage(of:, asOf:)`.

Which knowledge services cover an organisation or area, on what basis, since when, how we know; if none, why not.
"""

from enum import Enum
from itertools import groupby

import strawberry

from cypher.statement import Statement, load, names, opening, parts
from resolvers.concept import ArgumentKind, Embedded, EntityList, Listed, Root, ScopedAbsences, Single, Told
from resolvers.explaining import PARTS
from schema.agreements import AgreementKind
from schema.dates import at
from schema.description import Relationship, graph_field, record, value
from schema.knowledge import KnowledgeService
from schema.links import BASIS, CoverageExtent, CoverageRule, Terms
from schema.members import MEMBERS, CoverageOfMembers, outcome_of_members
from schema.outcomes import CoverageOutcome, has_staff, of_group, outcome
from schema.provenance import (
    SOURCES,
    Absence,
    AbsenceReason,
    Entity,
    Precision,
    Source,
    Standing,
    Validity,
    frame,
)
from schema.scalars import Date

__all__ = [
    "ABSENT",
    "CODED",
    "COVERAGE",
    "RELATIONSHIPS",
    "SUBJECT",
    "Coverage",
    "CoveringService",
    "NearestService",
    "RuleOutcome",
    "explanations",
    "nearest_services",
]

_EXPLAINED = (
    "rule",
    "outcome",
    "service",
    "group",
    "terms",
    "reason",
    "missing",
    "settles",
    "quote",
    "url",
    "evidenceDate",
    "path",
    "basis",
)
_NEAREST = ("service", "distanceKilometres", "basis", "why")
_NO_LOCAL = frozenset({"RECIPROCAL", "NATIONAL_CORE"})


def _embedded(text: str) -> str:
    """Return a vetted statement's text as a part of a larger one.

    Its subject and date are those of the place where it stands.
    """
    return text.replace("$subject", "{node}.id").replace("$asOf", "{asOf}")


def _rules() -> list[Statement]:
    """Return how the rules explain, strongest first."""
    order = [str(rule.name) for rule in CoverageRule]
    found = [load(name, "explain") for name in names("coverage") if "explain" in parts(name)]
    return sorted(found, key=lambda one: order.index(one.rule or ""))


def _called(text: str, columns: tuple[str, ...]) -> str:
    row = ", ".join(f"{column}: {column}" for column in columns)
    return f"CALL ({{node}}) {{ {text} }} WITH {{{row}}} AS {{item}}"


def _explained(rules: list[Statement]) -> str:
    """Return explanations as one text; what several go on from is asked for once, as it is dear to plan."""
    branches = []
    for after, group in groupby(rules, key=lambda one: one.after):
        texts = " UNION ALL ".join(one.own for one in group)
        if after is not None:
            shared = ", ".join(column.name for column in load(after).gives)
            texts = f"{opening(after)} CALL ({shared}) {{ {texts} }} RETURN {', '.join(_EXPLAINED)}"
        branches.append(_embedded(texts))
    return " UNION ALL ".join(branches)


_UNTOLD = (
    "{untold:For how many years evidence speaks is a setting of the graph, of which no record is kept, so why a rule"
    " did not apply then can't be told. Ask `services`, which says by which rule and on what proof one covered it.}"
)


def explanations(node: str = "{node}", *, is_local: bool = False) -> str:
    """Return the clauses that bind `{item}` to what each rule says of a node; `is_local` leaves out the two of no
    local service.

    Each rule has its say: where all that it says is of other groups than the one asked for, that.
    """
    rules = [one for one in _rules() if not (is_local and one.rule in _NO_LOCAL)]
    text = (
        f"{_called(_explained(rules), _EXPLAINED)} WITH collect({{item}}) AS said WHERE said <> []"
        f" UNWIND [{', '.join(repr(str(one.rule)) for one in rules)}] AS rule"
        " WITH rule, [row IN said WHERE row.rule = rule AND (row.group IS NULL OR " + of_group("row") + ")] AS rows"
        " UNWIND CASE WHEN rows = [] THEN [{rule: rule, outcome: 'DOES_NOT_APPLY', reason: 'NOT_PUBLISHED',"
        " missing: 'What is known by this rule is of other groups of staff.',"
        " settles: 'A source that speaks of this group.'}] ELSE rows END AS {item}"
    )
    return _UNTOLD + text.replace("{node}", node)


def nearest_services(node: str = "{node}") -> str:
    """Return the clauses that bind `{item}` to the services to ask, at most `{limit}`, the best to ask first."""
    text = _embedded(load("coverage/nearest").text.strip()).replace("$first", "{limit}")
    return _called(text, _NEAREST).replace("{node}", node)


# The first of those that bear one code is the one that is meant: QRL is a board and the system that it is in.
_BY_CODE = (
    "PrimaryCareNetwork",
    "GPPractice",
    "NHSTrust",
    "IntegratedCareBoard",
    "SubICBLocation",
    "ClinicalCommissioningGroup",
    "NHSRegion",
    "LocalAuthority",
)
_BY_OUR_CODE = (
    "IntegratedCareSystem",
    "Place",
    "Neighbourhood",
    "HealthAndWellbeingBoard",
    "TrainingHub",
    "ProviderCollaborative",
    "HostOrganisation",
    "KnowledgeService",
    "KnowledgeNetwork",
)
CODED = "', '".join(_BY_CODE)
# What bears the code: the one in force at the date, else the last that was; 00L was a commissioning group and is a
# sub-ICB location. A code of the NHS or ONS means the body that they gave it to before one that we named after it, such
# as a board's system or a council's health and wellbeing board.
_BEARERS = (
    "CALL () { MATCH (found:Entity {code: {code}}) RETURN found UNION"
    " MATCH (:Identifier {id: 'ONS:' + {code}})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-"
    "(found:Entity) RETURN found }"
)
_IN_ORDER = (
    "{tell:found}"
    " WITH found{and:found}, found.validFrom AS began, found.validTo AS ended, split(found.id, ':')[0] AS kind"
    f" WHERE began IS NOT NULL AND kind IN {[*_BY_CODE, *_BY_OUR_CODE]}"
    " WITH found, kind, began, began <= {asOf} AND coalesce({asOf} < ended, true) AS holds"
    f" ORDER BY holds DESC, kind IN {list(_BY_OUR_CODE)}, began DESC"
)
_PICKED = (
    " WITH picked[0] AS k{node}, picked[1] AS holds{tell:k{node}}"
    " WITH k{node}{and:k{node}}, CASE WHEN holds THEN k{node} END AS {node}"
)
SUBJECT = f"{_BEARERS}{_IN_ORDER} WITH head(collect([found, holds])) AS picked{_PICKED}"
# In the graph's span labels say what is in force. Where that is one, as nearly always, nothing more is looked at.
_SUBJECT_NOW = (
    f"{_BEARERS} WITH collect([found, any(label IN labels(found) WHERE label IN {list(_BY_CODE)})]) AS borne"
    " WITH borne, [one IN borne WHERE one[1]] AS held"
    f" CALL (borne, held) {{ UNWIND CASE size(held) WHEN 1 THEN [] ELSE borne END AS one WITH one[0] AS found"
    f"{_IN_ORDER} RETURN head(collect([found, holds])) AS nearest }}"
    f" WITH CASE size(held) WHEN 1 THEN held[0] ELSE nearest END AS picked{_PICKED}"
)
_COVERS = "MATCH ()-[{item}:{types:COVERS}]->({node}) WHERE {covers:{item}} AND " + of_group("{item}")
_OUTCOME = (
    f"CASE WHEN {{node}} IS NULL THEN 'NOT_FOUND' WHEN {has_staff('{node}')} THEN {outcome('{node}')}"
    f" ELSE {outcome_of_members('{node}')} END"
)
_BASIS = f"CASE WHEN {{node}} IS NULL THEN null WHEN {has_staff('{node}')} THEN 'ITSELF' ELSE 'MEMBERS' END"
_AGE = "duration.inDays({item}.evidenceDate, {asOf}).days"
_HOLDS = at("r")
# All that joins what is on the path at the date, in the order of the path; coverage itself is no proof of it.
_LINKS = (
    "WITH coalesce({record}.path, []) AS path UNWIND range(0, size(path) - 1) AS at"
    " MATCH (:Entity {id: path[at]})-[r]->(end:Entity) WHERE end.id IN path"
    f" AND NOT type(r) STARTS WITH 'COVERS' AND NOT type(r) ENDS WITH '_SUPERSEDED' AND {_HOLDS} WITH r AS {{item}}, at"
)
ABSENT = (
    "CASE WHEN {node} IS NOT NULL THEN []"
    " WHEN k{node} IS NULL THEN [['subject', 'NONE_EXISTS', null,"
    " 'Nothing with this code is held at any date. Check the code; the NHS Organisation Data Service and the ONS "
    "list those in use.']]"
    " WHEN {asOf} < {told:k{node}}.validFrom THEN [['subject',"
    " CASE {told:k{node}}.validFromPrecision WHEN 'NO_LATER_THAN' THEN 'BEFORE_SOURCES' ELSE 'NONE_EXISTS' END, "
    "{told:k{node}}.validFrom,"
    " 'It begins on the date named in since: ask for that or a later one.']]"
    " ELSE [['subject', 'NONE_EXISTS', {told:k{node}}.validFrom, {told:k{node}}.name + ' ended: its last day was '"
    " + toString({told:k{node}}.validTo - duration('P1D')) + '. Ask for its successors.']] END"
)


@strawberry.enum(description="Of whom an outcome speaks.")
class CoverageBasis(Enum):
    """Of whom an outcome speaks."""

    ITSELF = strawberry.enum_value("ITSELF", description="Of its own staff.")
    MEMBERS = strawberry.enum_value(
        "MEMBERS",
        description="Of the networks and practices that lie within it, as no rule speaks of staff of this kind of body:"
        " derived, and `members` has the counts.",
    )


@strawberry.enum(description="What comes of one rule.")
class Outcome(Enum):
    """What comes of one rule."""

    APPLIES = strawberry.enum_value("APPLIES", description="The rule gives coverage.")
    DOES_NOT_APPLY = strawberry.enum_value(
        "DOES_NOT_APPLY", description="A fact that the rule needs is not there; `missing` names it."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="What is known does not decide it.")


@record
class ProofLink:
    """A relationship between two that a proof goes by, with its dates."""

    start: Entity = graph_field(Single("startNode({item})", "Entity"), "Where it starts.")
    relationship: str = value(
        "Its type, as it is in the graph for what is in force.",
        "replace(replace(type({item}), '_ENDED', ''), '_PLANNED', '')",
    )
    end: Entity = graph_field(Single("endNode({item})", "Entity"), "Where it ends.")
    validity: Validity = graph_field(Embedded("Validity"), "When it held.")
    standing: Standing = value("On what it stands.", "{item}.standing")
    sources: list[Source] = graph_field(SOURCES, "Where it is from.")


@record
class RuleOutcome:
    """One rule held against the subject: what it gave, or which fact is missing and what would settle it."""

    rule: CoverageRule = value("The rule.", "{item}.rule")
    is_local: bool = value(
        "Whether the rule is one for local services; loans through a network and national content are none.",
        "NOT {item}.rule IN ['RECIPROCAL', 'NATIONAL_CORE']",
    )
    outcome: Outcome = value("What it gave.", "{item}.outcome")
    service: KnowledgeService | None = graph_field(
        Single("head(COLLECT { MATCH (m:Entity {id: {item}.service}) RETURN m })", "KnowledgeService"),
        "The service that it is about; null where it is about none.",
    )
    group: str | None = value("The group of staff.", "{item}.group")
    terms: Terms | None = value("On which terms.", "toUpper({item}.terms)")
    reason: AbsenceReason | None = value("Why it does not apply; null where it does.", "{item}.reason")
    missing: str | None = value("The missing fact, in words; null where the rule applies.", "{item}.missing")
    settles: str | None = value("What would settle it.", "{item}.settles")
    quote: str | None = value("The source's own words.", "{item}.quote")
    url: str | None = value("The page that says it.", "{item}.url")
    evidence_date: Date | None = value("The date of the page; null where it has none.", "{item}.evidenceDate")
    basis: str | None = value(BASIS, "{item}.basis")
    evidence_age_days: int | None = value("How old the page is at the date, in days; null where it has no date.", _AGE)
    path: list[Entity] = graph_field(
        EntityList("COLLECT { MATCH (m:Entity) WHERE m.id IN {item}.path RETURN m }", "Entity"),
        "What the rule goes by: the service, the statement, the area, practices and the subject.",
    )
    links: list[ProofLink] = graph_field(
        Listed("ProofLink", _LINKS, "startNode({item}).id, type({item}), endNode({item}).id"),
        "What joins all that is on the path at the date, with dates.",
    )


@strawberry.enum(description="Why a service is worth asking.")
class NearestReason(Enum):
    """Why a service is worth asking."""

    DISTANCE = strawberry.enum_value("DISTANCE", description="It is among the nearest.")
    SHARED_SYSTEM = strawberry.enum_value(
        "SHARED_SYSTEM", description="Its host lies in the same integrated care system."
    )
    PREDECESSOR_AGREEMENT = strawberry.enum_value(
        "PREDECESSOR_AGREEMENT",
        description="It has or had an agreement with a body that was followed by one of the subject's, or with a former"
        " commissioning group for an area in which the subject lies.",
    )


@record
class NearestService:
    """A service to ask where none is known to cover the subject."""

    service: KnowledgeService = graph_field(
        Single("head(COLLECT { MATCH (m:Entity {id: {item}.service}) RETURN m })", "KnowledgeService"), "The service."
    )
    distance_kilometres: float = value("How far it is, as the crow flies, in kilometres.", "{item}.distanceKilometres")
    why: list[NearestReason] = value("Why it is worth asking.", "{item}.why")
    basis: str = value("Why this one, and between which points the distance is.", "{item}.basis")


@record
class CoveringService:
    """A knowledge service that covers the subject, with the proof."""

    service: KnowledgeService = graph_field(Single("startNode({item})", "KnowledgeService"), "The service.")
    rule: CoverageRule = value("The rule by which it covers the subject.", "{item}.rule")
    group: str = value("The group of staff that it serves.", "{item}.group")
    terms: Terms = value("On which terms.", "toUpper({item}.terms)")
    extent: CoverageExtent = value("Whether all of the subject is covered.", "coalesce({item}.extent, 'WHOLE')")
    share: float | None = value(
        "The share of the network's practices that is covered; null where the subject is no network.", "{item}.share"
    )
    practices: list[Entity] = graph_field(
        EntityList(
            "COLLECT { MATCH ({node})<-[o:{types:MEMBER_OF}]-(m)<-[c:{types:COVERS}]-(w:Entity) WHERE w.id = "
            "startNode({item}).id"
            " AND c.key = {item}.key AND {covers:c} AND {covers:o} RETURN m }",
            "Entity",
        ),
        "The practices that are covered, where the subject is a network.",
    )
    validity: Validity = graph_field(Embedded("Validity"), "Since when, and until when, it covers the subject.")
    basis: str | None = value(BASIS, "{item}.basis")
    route: AgreementKind | None = value(
        "By which route of the national guidance, where an agreement covers it.", "{item}.route"
    )
    path: list[Entity] = graph_field(
        EntityList("COLLECT { MATCH (m:Entity) WHERE m.id IN {item}.via RETURN m }", "Entity"),
        "What the coverage goes by: the eligibility or agreement, and the area.",
    )
    quote: str | None = value("The source's own words.", "{item}.quote")
    url: str | None = value("The page that says it.", "{item}.url")
    evidence_date: Date | None = value("The date of the page; null where it has none.", "{item}.evidenceDate")
    evidence_date_precision: Precision | None = value(
        "How exactly that date is known; null where there is none.",
        "head(COLLECT { MATCH (m:Entity) WHERE m.id IN {item}.via AND m.evidenceDate = {item}.evidenceDate"
        " RETURN m.evidenceDatePrecision })",
    )
    evidence_age_days: int | None = value("How old the page is at the date, in days; null where it has no date.", _AGE)
    sources: list[Source] = graph_field(SOURCES, "Where all links of the path are from.")


@record
class Coverage:
    """The answer to the main question for one subject at one date."""

    code: str = value("The code that was asked for.", "{code}")
    as_of: Date = frame("asOf", "The date of the answer.")
    outcome: CoverageOutcome = value("What comes of all rules together.", _OUTCOME)
    basis: CoverageBasis | None = value("Of whom the outcome speaks; null where there is no subject.", _BASIS)
    explanation: str = graph_field(
        Told(PARTS, "explained"),
        "The answer in sentences that can be read aloud, in the words of the sources, with dates: what covers the"
        " subject and why; if nothing does, why not by each rule and whom to ask first.",
    )
    subject: Entity | None = graph_field(
        Single("{node}", "Entity"), "What bears the code at the date; null where nothing does."
    )
    services: list[CoveringService] = graph_field(
        Listed("CoveringService", _COVERS, "{item}.rule, startNode({item}).id, {item}.key"),
        "The services that cover it, each with its proof.",
    )
    rules: list[RuleOutcome] = graph_field(
        Listed("RuleOutcome", explanations(), "", aggregates=True),
        "Each rule held against the subject, strongest first; those of no local service come last.",
    )
    nearest: list[NearestService] = graph_field(
        Listed(
            "NearestService",
            nearest_services(),
            "{item}.distanceKilometres, {item}.service",
            limit_argument="first",
            aggregates=True,
        ),
        "The nearest services to ask, by distance.",
    )
    members: list[CoverageOfMembers] = graph_field(
        MEMBERS, "What is covered of the networks and practices that lie within it; none where it holds none."
    )
    absent: list[Absence] = graph_field(ScopedAbsences(rows=ABSENT), "Why there is no subject, where there is none.")


COVERAGE = Root("Coverage", SUBJECT, (("of", ArgumentKind.ANY_CODE),), choices=("group",), now=_SUBJECT_NOW)

RELATIONSHIPS = (
    Relationship(
        "COVERS",
        ("KnowledgeService",),
        ("NHSTrust", "GPPractice", "PrimaryCareNetwork", "SubICBLocation", "IntegratedCareBoard", "LocalAuthority"),
        "covers",
        "coveredBy",
        "Whom it covers by one of the rules for local services.",
        "The knowledge services that cover it by one of the rules for local services.",
        "CoverageLink",
        key="key",
    ),
)
