"""Sub-ICB locations, and the clinical commissioning groups before them."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "ClinicalCommissioningGroup", "SubICBLocation"]


@concept(
    singular="subIcbLocation",
    plural="subIcbLocations",
    by=(("odsCode", ArgumentKind.ODS_CODE), ("onsCode", ArgumentKind.ONS_CODE)),
    title="sub-ICB location",
)
class SubICBLocation(Entity):
    """A sub-ICB location (SICBL): the part of an integrated care board that succeeded a clinical commissioning group
    and kept its code; 106.
    """

    ods_code: str = value(
        "Its code in the NHS Organisation Data Service: that of the clinical commissioning group before it."
    )
    ons_code: str | None = value("Its code at the Office for National Statistics, at the date.")
    registered_patients: int | None = value("Patients registered at its practices.")
    registered_patients_as_at: Date | None = value("The date of that count.")


@concept(
    singular="clinicalCommissioningGroup",
    plural="clinicalCommissioningGroups",
    by=(("odsCode", ArgumentKind.ODS_CODE),),
    title="clinical commissioning group",
)
class ClinicalCommissioningGroup(Entity):
    """A clinical commissioning group (CCG).

    The body that commissioned the care of an area from 2013 until 1 July 2022.
    """

    ods_code: str = value("Its code in the NHS Organisation Data Service.")


RELATIONSHIPS = (
    Relationship(
        "SUB_ICB_OF",
        ("SubICBLocation",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "subIcbLocations",
        "The board of which this is a part.",
        "The sub-ICB locations of this board.",
    ),
)
