"""Primary care training hubs, and the knowledge specialists that worked in them."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "HubLevel", "KnowledgeSpecialistPost", "TrainingHub"]


@strawberry.enum(description="For what area a training hub is.")
class HubLevel(Enum):
    """For what area a training hub is."""

    ICS = strawberry.enum_value("ICS", description="A whole integrated care system.")
    PLACE = strawberry.enum_value("PLACE", description="A part of one: a place, a borough.")


@concept(
    singular="trainingHub",
    plural="trainingHubs",
    by=(("code", ArgumentKind.SLUG),),
    title="primary care training hub",
)
class TrainingHub(Entity):
    """A primary care training hub.

    A network of education and service providers, one for each integrated care system, that plans and supports
    training, placements and careers for the general practice and primary care workforce.
    """

    level: HubLevel | None = value("Whether it is of a whole system or of a part of one.")
    level_text: str = value("The same in the words of the list that it is from.")
    host_name: str | None = value("Who hosts it, in the words of its source.")
    note: str | None = value("What else is known of the entry.")
    url: str | None = value("The page that it is known from.")
    evidence_date: Date | None = value("The date of the page; null where it has none.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")


@concept(
    singular="knowledgeSpecialistPost",
    plural="knowledgeSpecialistPosts",
    by=(("code", ArgumentKind.SLUG),),
    title="post of a knowledge specialist",
)
class KnowledgeSpecialistPost(Entity):
    """A post of a knowledge specialist in a primary care training hub, for as long as it is funded.

    A librarian of a knowledge and library service who works within the hub for the primary care staff of its area.
    """

    funding: str = value("How it was funded, in the words of its source.")
    library_name: str = value("The library that it belongs to, in the words of its source.")
    url: str | None = value("The page that it is known from.")
    evidence_date: Date | None = value("The date of the page; null where it has none.")
    evidence_date_precision: Precision | None = value("How exactly that date is known.")


RELATIONSHIPS = (
    Relationship(
        "HUB_OF",
        ("TrainingHub",),
        ("IntegratedCareSystem",),
        "integratedCareSystems",
        "trainingHubs",
        "The system that it trains for.",
        "The primary care training hubs of the system or of a part of it.",
    ),
    Relationship(
        "HUB_HOSTED_BY",
        ("TrainingHub",),
        ("NHSTrust", "HostOrganisation"),
        "hosts",
        "trainingHubs",
        "The body that hosts it.",
        "The primary care training hubs that it hosts.",
    ),
    Relationship(
        "POST_IN",
        ("KnowledgeSpecialistPost",),
        ("TrainingHub",),
        "trainingHubs",
        "knowledgeSpecialists",
        "The hub that it is in.",
        "The posts of knowledge specialists in it.",
    ),
    Relationship(
        "POST_WITH",
        ("KnowledgeSpecialistPost",),
        ("KnowledgeService",),
        "knowledgeServices",
        "knowledgeSpecialists",
        "The knowledge service that it belongs to.",
        "Its posts of knowledge specialists in training hubs.",
    ),
    Relationship(
        "POST_SERVES",
        ("KnowledgeSpecialistPost",),
        ("IntegratedCareBoard", "SubICBLocation", "ClinicalCommissioningGroup", "LocalAuthority"),
        "areas",
        "knowledgeSpecialists",
        "The areas whose primary care staff it serves.",
        "The knowledge specialists who serve its primary care staff.",
    ),
)
