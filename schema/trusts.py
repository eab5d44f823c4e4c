"""NHS trusts and foundation trusts."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.organisations import Location, location
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "NHSTrust"]


@concept(singular="nhsTrust", plural="nhsTrusts", by=(("odsCode", ArgumentKind.ODS_CODE),), title="NHS trust")
class NHSTrust(Entity):
    """An NHS trust or foundation trust in England.

    Acute, mental health, community, ambulance, specialist or several of these.
    """

    ods_code: str = value("Its code in the NHS Organisation Data Service.")
    trust_type: str | None = value("Its type; `trustTypeBasis` says where that is from.")
    trust_subtype: str | None = value("Its type more exactly.")
    trust_type_basis: str | None = value("Where the type is from: some are judged from the name and not verified.")
    address_lines: list[str] | None = value("Its address without the postcode, a line each.")
    postcode: str | None = value("The postcode of its headquarters.")
    location: Location | None = location("Where the postcode of its headquarters lies.")


RELATIONSHIPS = (
    Relationship(
        "TRUST_IN",
        ("NHSTrust",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "nhsTrusts",
        "The integrated care board in whose area the NHS files it.",
        "The trusts that the NHS files under this board.",
    ),
)
