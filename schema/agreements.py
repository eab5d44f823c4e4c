"""Agreements by which a knowledge service serves others than its host."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.links import Terms
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "Agreement", "AgreementKind"]


@strawberry.enum(description="By which route of the national guidance a service came to serve somebody.")
class AgreementKind(Enum):
    """By which route of the national guidance a service came to serve somebody."""

    FORMAL = strawberry.enum_value("FORMAL", description="A formal agreement or paid contract.")
    PRIOR_CCG = strawberry.enum_value(
        "PRIOR_CCG", description="An agreement with a clinical commissioning group, which continues to its board."
    )
    ON_REQUEST = strawberry.enum_value("ON_REQUEST", description="On request, for a few without an agreement.")


@concept(singular="agreement", plural="agreements", by=(("code", ArgumentKind.SLUG),), title="agreement")
class Agreement(Entity):
    """What a knowledge service has agreed with whom, where a source states it."""

    kind: AgreementKind = value("By which route.")
    group: str = value("The group of staff.")
    area_kind: str = value("What kind of area is named.")
    area_name: str | None = value("The area in the words of the page.")
    area_code: str | None = value("The code of the area, where it has one.")
    terms: Terms = value("On which terms.", "toUpper({values}.terms)")
    quote: str | None = value("The page's own words.")
    url: str | None = value("The page.")
    evidence_date: Date | None = value("The date of the page; null where it has none.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")


RELATIONSHIPS = (
    Relationship(
        "HAS_AGREEMENT",
        ("KnowledgeService",),
        ("Agreement",),
        "agreements",
        "knowledgeServices",
        "The agreements that sources state of it.",
        "The service that agreed.",
    ),
    Relationship(
        "AGREEMENT_AREA",
        ("Agreement",),
        ("LocalAuthority", "IntegratedCareBoard", "SubICBLocation", "ClinicalCommissioningGroup", "NHSTrust"),
        "areas",
        "agreements",
        "The area or body that is named, where it has a code.",
        "The agreements that name it.",
    ),
)
