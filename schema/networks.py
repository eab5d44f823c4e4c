"""Primary care networks."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.organisations import Location, location
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "PrimaryCareNetwork"]


@concept(
    singular="primaryCareNetwork",
    plural="primaryCareNetworks",
    by=(("odsCode", ArgumentKind.ODS_CODE),),
    title="primary care network",
)
class PrimaryCareNetwork(Entity):
    """A primary care network (PCN): general practices that work together for some 30,000 to 50,000 patients."""

    ods_code: str = value("Its code in the NHS Organisation Data Service.")
    postcode: str | None = value("The postcode of its administrative address, which is not the centre of its patients.")
    town: str | None = value("The town of its administrative address.")
    location: Location | None = location("Where the postcode of its administrative address lies.")
    registered_patients: int | None = value("Patients registered at its practices.")
    registered_patients_as_at: Date | None = value("The date of that count.")


RELATIONSHIPS = (
    Relationship(
        "NETWORK_IN",
        ("PrimaryCareNetwork",),
        ("SubICBLocation",),
        "subIcbLocations",
        "primaryCareNetworks",
        "The sub-ICB locations that commission its practices, each with its share of them.",
        "The networks with practices that this sub-ICB location commissions.",
        "FootprintLink",
    ),
    Relationship(
        "PARENTED_BY",
        ("PrimaryCareNetwork",),
        ("SubICBLocation",),
        "parentSubIcbLocations",
        "parentedPrimaryCareNetworks",
        "The one sub-ICB location under which the NHS files it, wherever its practices are.",
        "The networks that the NHS files under this sub-ICB location.",
    ),
)
