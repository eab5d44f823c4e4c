"""General practices, their networks and commissioners."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.organisations import Location, location
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "GPPractice"]


@concept(
    singular="gpPractice",
    plural="gpPractices",
    by=(("odsCode", ArgumentKind.ODS_CODE),),
    title="general practice",
)
class GPPractice(Entity):
    """A general practice (GP practice) in England, as the NHS Organisation Data Service records it."""

    ods_code: str = value("Its code in the NHS Organisation Data Service.")
    address_lines: list[str] | None = value("Its address without the postcode, a line each.")
    postcode: str | None = value("The postcode of its address.")
    telephone: str | None = value("Its telephone number.")
    location: Location | None = location("Where its postcode lies.")
    ods_status: str | None = value("Its status in the NHS Organisation Data Service, as published.")
    supplier: str | None = value("The supplier of its clinical system.")


RELATIONSHIPS = (
    Relationship(
        "MEMBER_OF",
        ("GPPractice",),
        ("PrimaryCareNetwork",),
        "primaryCareNetworks",
        "gpPractices",
        "The networks of which it is a member.",
        "The practices that are its members.",
    ),
    Relationship(
        "COMMISSIONED_BY",
        ("GPPractice",),
        ("SubICBLocation",),
        "subIcbLocations",
        "gpPractices",
        "The sub-ICB location that commissions it, since July 2022.",
        "The practices that this sub-ICB location commissions.",
    ),
    Relationship(
        "COMMISSIONED_BY_GROUP",
        ("GPPractice",),
        ("ClinicalCommissioningGroup",),
        "clinicalCommissioningGroups",
        "gpPractices",
        "The clinical commissioning group that commissioned it, until July 2022.",
        "The practices that this group commissioned, as far as it was the last to do so.",
    ),
    Relationship(
        "LISTED_IN",
        ("GPPractice",),
        ("NHSRegion",),
        "listedInRegions",
        "listedGpPractices",
        "The region under which NHS England's practice map lists it: it has registered patients.",
        "The practices with registered patients that the practice map lists under this region.",
    ),
)
