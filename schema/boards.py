"""Integrated care boards, with the region and the system of each."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "IntegratedCareBoard"]


@concept(
    singular="integratedCareBoard",
    plural="integratedCareBoards",
    by=(("odsCode", ArgumentKind.ODS_CODE), ("onsCode", ArgumentKind.ONS_CODE)),
    title="integrated care board",
)
class IntegratedCareBoard(Entity):
    """An integrated care board (ICB).

    The statutory NHS body that plans and pays for most NHS services of an area, since 1 July 2022.
    """

    ods_code: str = value("Its code in the NHS Organisation Data Service.")
    ons_code: str | None = value(
        "Its code at the Office for National Statistics, at the date; it can change while the body stays the same."
    )
    website: str | None = value("Its website.")
    registered_patients: int | None = value("Patients registered at its practices.")
    registered_patients_as_at: Date | None = value("The date of that count.")


RELATIONSHIPS = (
    Relationship(
        "BOARD_OF",
        ("IntegratedCareBoard",),
        ("IntegratedCareSystem",),
        "integratedCareSystems",
        "integratedCareBoards",
        "The system whose board this is.",
        "The board of this system.",
    ),
    Relationship(
        "IN_REGION",
        ("IntegratedCareBoard",),
        ("NHSRegion",),
        "nhsRegions",
        "integratedCareBoards",
        "The region that oversees this board.",
        "The boards that this region oversees.",
    ),
)
