"""Provider collaboratives: NHS trusts and others that work together at scale or at place."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "CollaborativeKind", "MembersKnown", "ProviderCollaborative"]


@strawberry.enum(description="Whether alike providers join, or providers along one path of care.")
class CollaborativeKind(Enum):
    """Whether alike providers join, or providers along one path of care."""

    HORIZONTAL = strawberry.enum_value("HORIZONTAL", description="Providers of the same kind of care.")
    VERTICAL = strawberry.enum_value("VERTICAL", description="Providers of different kinds of care in one place.")


@strawberry.enum(description="How far the members of something are known.")
class MembersKnown(Enum):
    """How far the members of something are known."""

    COMPLETE = strawberry.enum_value("COMPLETE", description="A source lists them all.")
    PARTIAL = strawberry.enum_value("PARTIAL", description="A source names some of them.")
    INFERRED = strawberry.enum_value(
        "INFERRED", description="A source describes them; they are inferred from the trusts of the system."
    )
    PARTLY_INFERRED = strawberry.enum_value("PARTLY_INFERRED", description="Some are stated and some inferred.")


@concept(
    singular="providerCollaborative",
    plural="providerCollaboratives",
    by=(("code", ArgumentKind.SLUG),),
    title="provider collaborative",
)
class ProviderCollaborative(Entity):
    """A provider collaborative: at least two NHS trusts, or trusts and others, that plan and deliver care together."""

    type: str = value("Its type in the words of its source.")
    kind: CollaborativeKind | None = value("Vertical or horizontal, only where the source says so.")
    members_known: MembersKnown | None = value("How far its members are known; null where none is.")
    other_members: list[str] = value(
        "Members that a source names and that have no record here.", "coalesce({values}.otherMembers, [])"
    )
    url: str | None = value("The page that it is known from.")
    evidence_date: Date | None = value("The date of the page; null where it has none.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")


RELATIONSHIPS = (
    Relationship(
        "COLLABORATIVE_MEMBER",
        ("NHSTrust",),
        ("ProviderCollaborative",),
        "providerCollaboratives",
        "members",
        "The provider collaboratives that it is a member of.",
        "Its members among NHS trusts; an inferred one is derived, by the rule that its edge names.",
    ),
    Relationship(
        "COLLABORATIVE_IN",
        ("ProviderCollaborative",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "providerCollaboratives",
        "The boards in whose areas it works.",
        "The provider collaboratives that work in its area.",
    ),
)
