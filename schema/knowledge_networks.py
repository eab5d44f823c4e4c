"""Networks of knowledge services, and what is offered nationally to everyone eligible."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "KnowledgeNetwork", "KnowledgeNetworkKind", "NationalOffer", "Reciprocity"]


@strawberry.enum(description="How wide a network of knowledge services reaches.")
class KnowledgeNetworkKind(Enum):
    """How wide a network of knowledge services reaches."""

    REGIONAL = strawberry.enum_value("REGIONAL", description="A region or several.")
    LOCAL = strawberry.enum_value("LOCAL", description="A county, a city, a system.")
    SPECIALIST = strawberry.enum_value("SPECIALIST", description="A field of work and not an area.")
    NATIONAL = strawberry.enum_value("NATIONAL", description="England.")


@strawberry.enum(description="What the members of a network do for each other's readers.")
class Reciprocity(Enum):
    """What the members of a network do for each other's readers."""

    LOANS = strawberry.enum_value("LOANS", description="They lend to them.")
    OTHER = strawberry.enum_value("OTHER", description="They share something else, such as a catalogue or projects.")
    NOT_STATED = strawberry.enum_value("NOT_STATED", description="The source does not say.")


@concept(
    singular="knowledgeNetwork",
    plural="knowledgeNetworks",
    by=(("code", ArgumentKind.SLUG),),
    title="network of knowledge services",
)
class KnowledgeNetwork(Entity):
    """A network or consortium of knowledge and library services."""

    kind: KnowledgeNetworkKind = value("How wide it reaches.")
    region: str = value("The region or area in the words of its source.")
    members_text: str = value("Its members in the words of its source.")
    reciprocal: str = value("What is reciprocal in it, in the words of its source.")
    reciprocity: Reciprocity = value("What those words come to.")
    note: str | None = value("What else is known of the entry.")
    url: str | None = value("The page that it is known from.")
    evidence_date: Date | None = value("The date of the page; null where it has none.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")


@concept(
    singular="nationalOffer",
    plural="nationalOffers",
    by=(("code", ArgumentKind.SLUG),),
    title="statement of what is offered nationally",
)
class NationalOffer(Entity):
    """A statement of who is eligible for the knowledge resources that are bought for the whole of England."""

    groups: list[str] = value("The groups of staff that it names.", "{values}.groups")
    quote: str = value("The page's own words.")
    url: str = value("The page.")
    evidence_date: Date | None = value("The date of the page.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")


RELATIONSHIPS = (
    Relationship(
        "NETWORK_MEMBER",
        ("KnowledgeService",),
        ("KnowledgeNetwork",),
        "knowledgeNetworks",
        "members",
        "The networks of knowledge services that name it as a member.",
        "The members that a source names.",
    ),
)
