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
from schema.subject import ABSENT, SUBJECT, SUBJECT_NOW

__all__ = [
    "COVERAGE",
    "RELATIONSHIPS",
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


COVERAGE = Root("Coverage", SUBJECT, (("of", ArgumentKind.ANY_CODE),), choices=("group",), now=SUBJECT_NOW)

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
