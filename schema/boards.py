"""Integrated care boards, with the region and the system of each."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
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
    website: str | None = value("Its website; `websiteBasis` says how it is known.")
    website_basis: str | None = value(
        "How the website is known, where more than the page of its row names it: some were not opened, one is inferred."
    )
    headquarters: str | None = value("Where its headquarters is; `headquartersBasis` says how that is known.")
    headquarters_basis: str | None = value(
        "How the headquarters is known: many are the address of its only sub-ICB location, which can be an old office."
    )
    headquarters_url: str | None = value("The page that gives it.")
    population: int | None = value(
        "The people of its area, where a page gives one number; rounded ones stay rounded. Years and bases differ, so "
        "boards are compared by registered patients."
    )
    population_as_stated: str | None = value("The population in the words of its page.")
    population_basis: str | None = value("The page, or what the page names, from which the population is.")
    population_date: Date | None = value("The date of that page; null where it has none.")
    population_date_precision: Precision | None = value("How exactly that date is known.")
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
