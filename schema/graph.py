"""The graph itself: where it stands, how much it holds, and how much there is."""

from resolvers.attribution import CROWN, PUBLIC_SECTOR
from resolvers.concept import Concept, Constant, Count, Dated, Embedded, Field, Listed, Value
from schema.claims import CLAIM_COUNTS, ClaimCount
from schema.description import graph_field, record, value
from schema.provenance import frame
from schema.scalars import Date

__all__ = ["ATTRIBUTION", "Completeness", "Graph", "GraphCounts", "completeness_of", "completeness_place"]

ATTRIBUTION = (PUBLIC_SECTOR, CROWN)

_OF_SCOPE = ("expected", "since", "basis", "settles")


@record
class GraphCounts:
    """How much of each concept is in force at a date."""

    as_of: Date = frame("asOf", "The date.")
    nhs_regions: int = graph_field(Count(label="NHSRegion"), "NHS regions.")
    integrated_care_systems: int = graph_field(Count(label="IntegratedCareSystem"), "Integrated care systems.")
    integrated_care_boards: int = graph_field(Count(label="IntegratedCareBoard"), "Integrated care boards.")
    sub_icb_locations: int = graph_field(Count(label="SubICBLocation"), "Sub-ICB locations.")
    clinical_commissioning_groups: int = graph_field(
        Count(label="ClinicalCommissioningGroup"), "Clinical commissioning groups."
    )
    primary_care_networks: int = graph_field(Count(label="PrimaryCareNetwork"), "Primary care networks.")
    gp_practices: int = graph_field(
        Count(label="GPPractice"), "General practices that the NHS Organisation Data Service has not closed."
    )
    registered_practices: int = graph_field(
        Count(relationship="LISTED_IN"),
        "General practices with registered patients: those on NHS England's practice map.",
    )
    registered_networks: int = value(
        "Primary care networks with registered practices.",
        "COUNT { MATCH (n:{labels:PrimaryCareNetwork}) WHERE {covers:n} AND EXISTS {"
        " (n)<-[o:{types:MEMBER_OF}]-()-[l:{types:LISTED_IN}]->() WHERE {covers:o} AND {covers:l} } }",
    )
    registered_practices_in_no_network: int = value(
        "Registered practices that are in no primary care network.",
        "COUNT { MATCH (n)-[l:{types:LISTED_IN}]->() WHERE {covers:l} AND NOT EXISTS {"
        " (n)-[o:{types:MEMBER_OF}]->() WHERE {covers:o} } }",
    )
    nhs_trusts: int = graph_field(Count(label="NHSTrust"), "NHS trusts.")
    districts: int = graph_field(
        Count(label="LocalAuthority", where="{item}.isDistrict"), "Lower-tier and unitary authorities."
    )
    upper_tier_authorities: int = graph_field(
        Count(label="LocalAuthority", where="{item}.isUpperTier"), "Upper-tier and unitary authorities."
    )
    knowledge_services: int = graph_field(Count(label="KnowledgeService"), "Knowledge and library services.")
    host_organisations: int = graph_field(Count(label="HostOrganisation"), "Hosts that are no NHS trust.")
    eligibilities: int = graph_field(Count(label="Eligibility"), "Published eligibilities.")
    agreements: int = graph_field(Count(label="Agreement"), "Agreements that a source states.")
    claims: int = graph_field(Count(label="Claim"), "What sources say although another is believed.")
    board_seats: int = graph_field(Count(label="BoardSeat"), "Seats by role that every board must have.")
    document_requirements: int = graph_field(
        Count(label="DocumentRequirement"), "Kinds of document that there must be of every board."
    )
    documents: int = graph_field(Count(label="Document"), "Documents of boards that are known by their titles.")
    meetings: int = graph_field(Count(label="Meeting"), "Boards and partnerships whose meetings are known.")
    commissioning_functions: int = graph_field(Count(label="CommissioningFunction"), "Commissioning functions.")
    commissioning_support_units: int = graph_field(
        Count(label="CommissioningSupportUnit"), "Commissioning support units that a source names."
    )
    integrated_care_partnerships: int = graph_field(
        Count(label="IntegratedCarePartnership"), "Integrated care partnerships."
    )
    places: int = graph_field(Count(label="Place"), "Places that pages name.")
    neighbourhoods: int = graph_field(Count(label="Neighbourhood"), "Neighbourhoods, one for each network.")
    health_and_wellbeing_boards: int = graph_field(
        Count(label="HealthAndWellbeingBoard"), "Health and wellbeing boards."
    )
    programmes: int = graph_field(Count(label="Programme"), "National programmes that places take part in.")
    board_clusters: int = graph_field(Count(label="BoardCluster"), "Clusters of boards.")
    planned_changes: int = graph_field(Count(label="PlannedChange"), "Changes of boards that are only planned.")
    provider_collaboratives: int = graph_field(Count(label="ProviderCollaborative"), "Provider collaboratives.")
    training_hubs: int = graph_field(Count(label="TrainingHub"), "Primary care training hubs.")
    knowledge_specialist_posts: int = graph_field(
        Count(label="KnowledgeSpecialistPost"), "Posts of knowledge specialists that are funded."
    )
    knowledge_networks: int = graph_field(Count(label="KnowledgeNetwork"), "Networks of knowledge services.")
    national_offers: int = graph_field(
        Count(label="NationalOffer"), "Statements of who is eligible for what is bought for the whole of England."
    )


@record
class Completeness:
    """How much of something the graph has, of how much there is, and how that is known."""

    about: str = value("The concept, its property, or the relationship, as it is named in the graph.", "{item}.about")
    have: int = value(
        "How many of it are in force: below a connection at its date, else today.",
        "{untold:How much of each there was is counted where it is listed. Ask `completeness` of a connection, as in"
        " gpPractices(knownAt:).}CASE WHEN {item}.about CONTAINS '.'"
        " THEN COUNT { MATCH (held:$(split({item}.about, '.')[0]))"
        " WHERE held[split({item}.about, '.')[1]] IS NOT NULL }"
        " ELSE COUNT { MATCH (held:$({item}.about)) } + COUNT { MATCH ()-[held:$({item}.about)]->() } END",
    )
    expected: int | None = value("How many there are, where that is known.", "{item}.expected")
    since: Date | None = value("The first date at which sources speak of it.", "{item}.since")
    basis: str | None = value("How that is known.", "{item}.basis")
    settles: str | None = value("What would make it complete.", "{item}.settles")


def completeness_place(label: str) -> Embedded:
    """Return where the completeness of a concept lies: at the date of what is around, as `completeness_of` says."""
    return Embedded(_described(label), unless=_scope(label, "about"))


def completeness_of(label: str) -> tuple[str, Concept]:
    """Return how the completeness of one concept lies in the graph, and the name by which a field finds that."""
    fields: dict[str, Field] = {name: Value(_scope(label, name)) for name in ("about", *_OF_SCOPE)}
    return _described(label), Concept(Completeness.__name__, {**fields, "have": Count(label=label)})


def _described(label: str) -> str:
    return f"{Completeness.__name__} of {label}"


def _scope(label: str, name: str) -> str:
    return f"head(COLLECT {{ MATCH (scope:Scope {{about: '{label}'}}) RETURN scope.{name} }})"


@record
class Graph:
    """Where the graph stands and what it holds. It has no date of its own; its counts have."""

    sequence: int = frame("sequence", "The number of the last change set: the same number, the same graph.")
    epoch: str = value(
        "The mark of this graph: where it is another, the sequence is another too, and a feed begins anew.",
        "{record}.epoch",
    )
    years_of_evidence: int = value(
        "For how many years evidence speaks: what only older evidence says is UNKNOWN, and covers nobody.",
        "{untold:It is no fact of the record but a choice, and only the present one is held. Ask it without knownAt.}"
        "coalesce({record}.yearsOfEvidence, 10)",
    )
    since: Date | None = frame(
        "since", "The first day of the span around today in which nothing that is held starts or ends."
    )
    until: Date | None = frame("until", "The first day after that span; null while nothing is planned.")
    counts: GraphCounts = graph_field(Dated("GraphCounts"), "How much of each concept is in force at a date.")
    completeness: list[Completeness] = graph_field(
        Listed("Completeness", "MATCH ({item}:Scope)", "{item}.about"),
        "What sources can speak of, since when, and how much of it is held.",
    )
    contradiction_counts: list[ClaimCount] = graph_field(
        CLAIM_COUNTS, "How many contradictions between sources are in force today, by kind."
    )
    attribution: list[str] = graph_field(Constant(ATTRIBUTION), "What to say wherever this data is shown.")
