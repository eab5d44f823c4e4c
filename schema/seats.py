"""The seats of a board by role, as the Act and NHS England require them."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "BoardSeat", "MemberKind", "SeatBasis"]


@strawberry.enum(description="What kind of member sits on a seat.")
class MemberKind(Enum):
    """What kind of member sits on a seat."""

    CHAIR = strawberry.enum_value("CHAIR", description="The chair.")
    CHIEF_EXECUTIVE = strawberry.enum_value("CHIEF_EXECUTIVE", description="The chief executive.")
    ORDINARY = strawberry.enum_value(
        "ORDINARY", description="An ordinary member: anyone but the chair and the chief executive."
    )
    PARTNER = strawberry.enum_value(
        "PARTNER", description="A partner member, put forward by trusts, general practice or councils."
    )
    EXECUTIVE = strawberry.enum_value("EXECUTIVE", description="An executive director.")
    NON_EXECUTIVE = strawberry.enum_value("NON_EXECUTIVE", description="An independent non-executive member.")
    WHOLE_BOARD = strawberry.enum_value("WHOLE_BOARD", description="No seat, but all of them: how many there must be.")


@strawberry.enum(description="On what a required seat rests.")
class SeatBasis(Enum):
    """On what a required seat rests."""

    LAW = strawberry.enum_value("LAW", description="The Act.")
    POLICY = strawberry.enum_value("POLICY", description="NHS England's model constitution.")
    GUIDANCE = strawberry.enum_value("GUIDANCE", description="NHS England's guidance.")
    LAW_AND_POLICY = strawberry.enum_value("LAW_AND_POLICY", description="The Act and NHS England's policy together.")


@concept(singular="boardSeat", plural="boardSeats", by=(("code", ArgumentKind.SLUG),), title="board seat")
class BoardSeat(Entity):
    """A seat, by role, that every integrated care board (ICB) must have.

    Never a person: who sits on it is not held. Minimums overlap, as partner members count as ordinary members and one
    person can bear two roles, so they are not to be added up; `WHOLE_BOARD` is the total.
    """

    member_kind: MemberKind = value("What kind of member it is.")
    minimum: int = value("How many there must be at least.")
    nominated_by: str | None = value("Who nominates; null where no source names anybody.")
    appointed_by: str | None = value("Who appoints.")
    basis: SeatBasis = value("On what the requirement rests: only what the Act says is statutory.")
    legal_reference: str = value("Where it is written.")
    url: str = value("The page that says it.")
    note: str | None = value("What else is known of the requirement.")


RELATIONSHIPS = (
    Relationship(
        "SEAT_OF",
        ("BoardSeat",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "boardSeats",
        "The boards that must have it.",
        "The seats that this board must have, by role.",
    ),
)
