"""Integrated care partnerships, and who belongs to them."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "IntegratedCarePartnership"]


@strawberry.enum(description="How the name of a partnership is known.")
class PartnershipNameBasis(Enum):
    """How the name of a partnership is known."""

    STATED = strawberry.enum_value("STATED", description="A page states it.")
    NAMED_AS_PARTNERSHIP_OF_SYSTEM = strawberry.enum_value(
        "NAMED_AS_PARTNERSHIP_OF_SYSTEM", description="Pages name it only as the partnership of its system."
    )
    FROM_ADDRESS = strawberry.enum_value(
        "FROM_ADDRESS", description="Taken from the address of its website; no page read says that it is this one."
    )


@concept(
    singular="integratedCarePartnership",
    plural="integratedCarePartnerships",
    by=(("code", ArgumentKind.SLUG),),
    title="integrated care partnership",
)
class IntegratedCarePartnership(Entity):
    """An integrated care partnership (ICP): the statutory committee of an integrated care board and the upper-tier
    authorities of its area, which writes the integrated care strategy.

    One for each integrated care system since 1 July 2022, whose code it bears. Where no page names it, its name is
    descriptive and `absent` says so.
    """

    name_basis: PartnershipNameBasis | None = value("How its name is known; null where it is not.")
    url: str | None = value("The page that tells of it.")
    strategy_title: str | None = value("The title of its integrated care strategy.")
    strategy_url: str | None = value("Where the strategy itself is.")
    strategy_source_url: str | None = value("The page that tells of the strategy.")
    strategy_date: Date | None = value("The date of the strategy.")
    strategy_date_precision: Precision | None = value("How exactly that date is known.")


RELATIONSHIPS = (
    Relationship(
        "PARTNERSHIP_OF",
        ("IntegratedCarePartnership",),
        ("IntegratedCareSystem",),
        "integratedCareSystems",
        "integratedCarePartnerships",
        "The system whose partnership this is.",
        "The partnership of this system.",
    ),
    Relationship(
        "PARTNERSHIP_MEMBER",
        ("IntegratedCareBoard", "LocalAuthority"),
        ("IntegratedCarePartnership",),
        "integratedCarePartnerships",
        "members",
        "The partnerships of which it is a member, by law or as a page states.",
        "Its members: the board, and the upper-tier authorities by law or as a page states. A partnership may have "
        "others, which are not held.",
        "PartnershipMemberLink",
    ),
)
