"""The edges of connections: what a relationship itself holds, and the page that it stands in."""

from enum import Enum

import strawberry

from resolvers.concept import Embedded, EntityList, ScopedAbsences
from schema.description import graph_field, interface, record, value
from schema.provenance import SOURCES, Absence, Entity, Source, Standing, Validity
from schema.scalars import Date

__all__ = [
    "EDGES",
    "ArrangementLink",
    "CoverageLink",
    "FootprintLink",
    "HostingLink",
    "Link",
    "NeighbourhoodPlaceLink",
    "PageInfo",
    "PartnershipMemberLink",
    "PlaceAuthorityLink",
    "PlaceLocationLink",
    "ProgrammeLink",
    "RequirementLink",
    "ShareLink",
    "SuccessionLink",
]


@record
class PageInfo:
    """Where a page stands in its connection."""

    has_next_page: bool = strawberry.field(description="Whether more follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether some stand before this page.")
    start_cursor: str | None = strawberry.field(
        description="The cursor of the page's first edge; null where it is empty."
    )
    end_cursor: str | None = strawberry.field(description="The cursor of the page's last edge; null where it is empty.")


@interface
class Link:
    """A relationship between two entities, with its own dates, standing and sources."""

    cursor: str = strawberry.field(description="Where this edge stands; give it as `after` or `before` to page on.")
    validity: Validity = graph_field(Embedded("Validity"), "When the relationship held.")
    standing: Standing = value("On what the relationship stands.", "{edge}.standing")
    rule: str | None = value("The rule that made it, where it is derived.", "{edge}.rule")
    sources: list[Source] = graph_field(SOURCES, "Where the relationship is from.")
    absent: list[Absence] = graph_field(ScopedAbsences(stored="{edge}.absences"), "What is not known of it, and why.")


@strawberry.enum(description="Of what a share is a share.")
class ShareBasis(Enum):
    """Of what a share is a share."""

    PRACTICES = strawberry.enum_value("PRACTICES", description="General practices that are members, each counted once.")
    LSOA_2021 = strawberry.enum_value(
        "LSOA_2021", description="Lower layer super output areas of 2021 (about 1,500 people each), by count."
    )


@interface
class ShareLink(Link):
    """A relationship of which one side has several, each with a share."""

    share: float | None = value("The share, from above 0 to 1; null where it is not known.", "{edge}.share")
    share_basis: ShareBasis | None = value("Of what it is the share.", "{edge}.shareBasis")


@interface
class FootprintLink(ShareLink):
    """A sub-ICB location that commissions practices of a network."""

    practices: int | None = value("How many practices of the network it commissions.", "{edge}.practices")


@strawberry.enum(description="How one body follows another.")
class SuccessionKind(Enum):
    """How one body follows another."""

    MERGER = strawberry.enum_value("MERGER", description="It was merged into the successor.")
    SPLIT = strawberry.enum_value("SPLIT", description="It was divided among several successors.")
    ACQUISITION = strawberry.enum_value(
        "ACQUISITION", description="The successor, which existed before, took it over or a part of it."
    )
    RENAME = strawberry.enum_value("RENAME", description="The same body under another code.")
    SUCCESSION = strawberry.enum_value("SUCCESSION", description="The source says that it follows, not how.")


@interface
class SuccessionLink(Link):
    """One body following another on a day."""

    kind: SuccessionKind = value("How it follows.", "{edge}.kind")


@interface
class HostingLink(Link):
    """A host of a knowledge service."""

    basis: str | None = value("How the host was found, in words.", "{edge}.basis")


@interface
class ArrangementLink(Link):
    """What was arranged with a board about a commissioning function."""

    arrangement: str = value("The arrangement in the words of its source.", "{edge}.arrangement")
    detail: str | None = value("What exactly it is about, in the words of its source.", "{edge}.detail")
    url: str = value("The page that says it.", "{edge}.url")
    confirmed_url: str | None = value(
        "The page on which the board itself confirms it, where one is known.", "{edge}.confirmedUrl"
    )
    note: str | None = value("What else is known of the entry.", "{edge}.note")


_MEETING_IT = "MATCH (:Entity {id: endNode({edge}).id})<-[o:%s]-(m)-[a:%s]->(:Entity {id: startNode({edge}).id})"
_NOW_MEETING_IT = _MEETING_IT % ("{types:DOCUMENT_OF}", "{types:MEETS}") + " WHERE {covers:o} AND {covers:a}"
_EVER_MEETING_IT = _MEETING_IT % (
    "DOCUMENT_OF|DOCUMENT_OF_ENDED|DOCUMENT_OF_PLANNED",
    "MEETS|MEETS_ENDED|MEETS_PLANNED",
)
_NOT_YET_KNOWN = (
    "CASE WHEN any(absence IN coalesce({edge}.absences, []) WHERE absence STARTS WITH 'documents|')"
    f" OR EXISTS {{ {_NOW_MEETING_IT} }} THEN [] ELSE [['documents', 'BEFORE_SOURCES',"
    f" head(COLLECT {{ {_EVER_MEETING_IT} RETURN o.validFrom ORDER BY o.validFrom LIMIT 1 }}),"
    " 'an earlier document, or a page that dates this one']] END"
)


@interface
class RequirementLink(Link):
    """A document that a board must have, and those that are known to be it."""

    documents: list[Entity] = graph_field(
        EntityList(f"COLLECT {{ {_NOW_MEETING_IT} RETURN m }}", "Entity"),
        "The documents of this board that are known to meet it at the date; `absent` says why there is none.",
    )
    absent: list[Absence] = graph_field(
        ScopedAbsences(stored="{edge}.absences", rows=_NOT_YET_KNOWN), "What is not known of it at the date, and why."
    )


@strawberry.enum(description="How a knowledge and library service comes to cover somebody, strongest first.")
class CoverageRule(Enum):
    """How a knowledge and library service comes to cover somebody, strongest first."""

    HOST = strawberry.enum_value("HOST", description="The service's host employs them.")
    AGREEMENT = strawberry.enum_value(
        "AGREEMENT", description="An agreement or contract, a prior agreement that continues, or service on request."
    )
    PUBLISHED_ELIGIBILITY = strawberry.enum_value(
        "PUBLISHED_ELIGIBILITY", description="The service's own page says that it serves them."
    )
    TRAINING_HUB = strawberry.enum_value(
        "TRAINING_HUB",
        description="A knowledge specialist in the training hub of their system or place, while the post is funded.",
    )
    RECIPROCAL = strawberry.enum_value(
        "RECIPROCAL", description="Loans through a network of their service: no local service, and never a coverage."
    )
    NATIONAL_CORE = strawberry.enum_value(
        "NATIONAL_CORE",
        description="National core content through NHS OpenAthens: the floor, no local service, and never a coverage.",
    )


@strawberry.enum(description="A group of staff or others, as the pages of knowledge services tell them apart.")
class StaffGroup(Enum):
    """A group of staff or others, as the pages of knowledge services tell them apart."""

    OWN_STAFF = strawberry.enum_value("own_staff", description="The staff of the host trust.")
    OTHER_TRUST = strawberry.enum_value("other_trust", description="The staff of another trust.")
    COMMUNITY_TRUST = strawberry.enum_value("community_trust", description="The staff of a community trust.")
    MENTAL_HEALTH_TRUST = strawberry.enum_value(
        "mental_health_trust", description="The staff of a mental health trust."
    )
    AMBULANCE = strawberry.enum_value("ambulance", description="The staff of an ambulance trust.")
    GP_PRACTICES = strawberry.enum_value("gp_practices", description="General practices and their staff.")
    PCN_STAFF = strawberry.enum_value("pcn_staff", description="The staff of primary care networks.")
    ICB_STAFF = strawberry.enum_value("icb_staff", description="The staff of an integrated care board.")
    CSU = strawberry.enum_value("csu", description="The staff of a commissioning support unit.")
    NHS_ENGLAND = strawberry.enum_value("nhs_england", description="The staff of NHS England.")
    PUBLIC_HEALTH = strawberry.enum_value("public_health", description="Public health staff of a council.")
    SOCIAL_CARE = strawberry.enum_value("social_care", description="Social care staff.")
    HOSPICE = strawberry.enum_value("hospice", description="The staff of a hospice.")
    STUDENTS = strawberry.enum_value("students", description="Students and learners on placement.")
    UNIVERSITY = strawberry.enum_value("university", description="The staff of a university.")
    PUBLIC = strawberry.enum_value("public", description="The public.")


@strawberry.enum(description="Whether the whole or a part is covered.")
class CoverageExtent(Enum):
    """Whether the whole or a part is covered."""

    WHOLE = strawberry.enum_value("WHOLE", description="All of it.")
    PART = strawberry.enum_value(
        "PART",
        description="A part of it only: some practices of a network, which the answer names, or one area of a board.",
    )


@strawberry.enum(description="On which terms a service is given.")
class Terms(Enum):
    """On which terms a service is given."""

    FREE = strawberry.enum_value("FREE", description="Free of charge.")
    CHARGED = strawberry.enum_value("CHARGED", description="Against a charge.")
    REFERENCE_ONLY = strawberry.enum_value("REFERENCE_ONLY", description="Use on the spot only.")
    ON_REQUEST = strawberry.enum_value("ON_REQUEST", description="On request.")
    SLA = strawberry.enum_value("SLA", description="Under a service level agreement.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="The page does not state them.")


BASIS = (
    "How it came to be covered where no source names it: `by succession` where what a source says of a body that ended "
    "has passed to the one that followed it. Null where a source names it."
)


@interface
class CoverageLink(Link):
    """A knowledge service covering somebody, with the proof: rule, groups of staff, terms, evidence and path."""

    coverage_rule: CoverageRule = value("The coverage rule that applies.", "{edge}.rule")
    group: str = value("The group of staff that is served, in the words of the eligibility table.", "{edge}.group")
    terms: Terms = value("On which terms.", "toUpper({edge}.terms)")
    extent: CoverageExtent = value("Whether all of it is covered.", "coalesce({edge}.extent, 'WHOLE')")
    share: float | None = value(
        "The share of its practices that is covered, where the covered is a network.", "{edge}.share"
    )
    covered_practices: list[Entity] = graph_field(
        EntityList(
            "COLLECT { MATCH (:Entity {id: startNode({edge}).id})-[c:{types:COVERS}]->(m)-[o:{types:MEMBER_OF}]->"
            "(:Entity {id: endNode({edge}).id}) WHERE c.key = {edge}.key AND {covers:c} AND {covers:o} RETURN m }",
            "Entity",
        ),
        "The practices that are covered, where the covered is a network.",
    )
    basis: str | None = value(BASIS, "{edge}.basis")
    path: list[Entity] = graph_field(
        EntityList("COLLECT { MATCH (m:Entity) WHERE m.id IN {edge}.via RETURN m }", "Entity"),
        "What the coverage goes by: the eligibility or agreement, and the area.",
    )
    quote: str | None = value("The source's own words.", "{edge}.quote")
    url: str | None = value("The page that says it.", "{edge}.url")
    evidence_date: Date | None = value("The date of the page; null where it has none.", "{edge}.evidenceDate")
    evidence_age_days: int | None = value(
        "How old the page is at the date, in days; null where it has no date.",
        "duration.inDays({edge}.evidenceDate, {asOf}).days",
    )


@strawberry.enum(description="How it is known that somebody is a member of a partnership.")
class MembershipBasis(Enum):
    """How it is known that somebody is a member of a partnership."""

    STATED = strawberry.enum_value("STATED", description="A page names it; all that are named are members by law too.")
    LAW = strawberry.enum_value(
        "LAW", description="By section 116ZA: the board, and each upper-tier authority with any part in its area."
    )


@interface
class PartnershipMemberLink(Link):
    """A member of an integrated care partnership."""

    basis: MembershipBasis = value("How the membership is known.", "{edge}.basis")
    fringe_areas: int | None = value(
        "How many lower layer super output areas of the authority lie in the system, where it is only a fringe.",
        "{edge}.fringeAreas",
    )


@strawberry.enum(description="How it is known that a place takes in an authority.")
class PlaceAuthorityBasis(Enum):
    """How it is known that a place takes in an authority."""

    STATED = strawberry.enum_value("STATED", description="A page names the authority.")
    SAME_NAME = strawberry.enum_value("SAME_NAME", description="The place bears the authority's name.")
    INFERRED = strawberry.enum_value("INFERRED", description="Inferred from the place's name; to be checked.")


@interface
class PlaceAuthorityLink(Link):
    """An authority that a place takes in."""

    basis: PlaceAuthorityBasis = value("How that is known.", "{edge}.basis")
    coverage: CoverageExtent = value(
        "Whether the place takes in the whole of its authorities, all together, or a part.", "{edge}.coverage"
    )


@interface
class PlaceLocationLink(Link):
    """A sub-ICB location that makes up the area of a place, alone or with others."""

    basis: str = value("How that is known, in words.", "{edge}.basis")


@interface
class NeighbourhoodPlaceLink(ShareLink):
    """A place in which practices of a neighbourhood lie."""

    practices: int | None = value("How many of its practices lie there.", "{edge}.practices")
    extent: CoverageExtent = value("Whether all of its practices lie there.", "{edge}.extent")
    basis: PlaceAuthorityBasis = value("How it is known that the place takes in their authority.", "{edge}.basis")


@interface
class ProgrammeLink(Link):
    """Taking part in a national programme."""

    url: str | None = value("The page that announced it.", "{edge}.url")


EDGES: dict[str, type] = {
    edge.__name__: edge
    for edge in (
        Link,
        ShareLink,
        FootprintLink,
        SuccessionLink,
        HostingLink,
        ArrangementLink,
        RequirementLink,
        CoverageLink,
        CoverageLink,
        PartnershipMemberLink,
        PlaceAuthorityLink,
        PlaceLocationLink,
        NeighbourhoodPlaceLink,
        ProgrammeLink,
    )
}
