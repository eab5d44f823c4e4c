"""NHS knowledge and library services, their hosts, and whom they say they serve."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.links import Terms
from schema.organisations import Location, location
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "Eligibility", "HostOrganisation", "KnowledgeService"]


@concept(
    singular="knowledgeService",
    plural="knowledgeServices",
    by=(("code", ArgumentKind.SLUG),),
    title="knowledge and library service",
)
class KnowledgeService(Entity):
    """An NHS knowledge and library service (KLS).

    The library, evidence and knowledge team of an NHS body, or one that serves it.
    """

    town: str | None = value("The town where it is.")
    website: str | None = value("Its website.")
    serves: str | None = value("Whom it serves, in the words of its source.")
    limits: str | None = value("What it does not do, or for whom, in the words of its source.")
    note: str | None = value("What else is known of the entry.")
    host_name: str | None = value("Its host in the words of its source.")
    host_match: str | None = value("How the host was matched to a code.")
    location: Location | None = location("Where its host's postcode lies.")


@concept(
    singular="hostOrganisation",
    plural="hostOrganisations",
    by=(("code", ArgumentKind.SLUG),),
    title="host organisation",
)
class HostOrganisation(Entity):
    """A host of a knowledge service or training hub that is no NHS trust: a university, a council, a company."""

    kind: str | None = value("What it is.")


@concept(singular="eligibility", plural="eligibilities", by=(("code", ArgumentKind.SLUG),), title="eligibility")
class Eligibility(Entity):
    """Whom a knowledge service's own page says it serves: one group of staff in one area."""

    group: str = value("The group of staff.")
    area_kind: str = value("What kind of area is named.")
    area_name: str | None = value("The area in the words of the page.")
    area_code: str | None = value("The code of the area, where it has one.")
    terms: Terms = value("On which terms.", "toUpper({values}.terms)")
    basis: str = value("By which route, as far as the page says.")
    evidence: str = value("Whether the page states it, or it is assumed; an assumed one is never counted as coverage.")
    quote: str | None = value("The page's own words.")
    url: str | None = value("The page.")
    evidence_date: Date | None = value("The date of the page; null where it has none.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")
    note: str | None = value("What else is known of the entry.")


RELATIONSHIPS = (
    Relationship(
        "HOSTED_BY",
        ("KnowledgeService",),
        ("NHSTrust", "HostOrganisation"),
        "hosts",
        "hostedKnowledgeServices",
        "The body that hosts it.",
        "The knowledge services that it hosts.",
        "HostingLink",
    ),
    Relationship(
        "HAS_ELIGIBILITY",
        ("KnowledgeService",),
        ("Eligibility",),
        "eligibilities",
        "knowledgeServices",
        "Whom its own pages say it serves.",
        "The service whose page says so.",
    ),
    Relationship(
        "ELIGIBILITY_AREA",
        ("Eligibility",),
        ("LocalAuthority", "IntegratedCareBoard", "SubICBLocation", "NHSTrust"),
        "areas",
        "eligibilities",
        "The area or body that is named, where it has a code.",
        "The eligibilities that name it.",
    ),
)
