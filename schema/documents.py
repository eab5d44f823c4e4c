"""What documents an integrated care board must have, and those that are known."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "Document", "DocumentKind", "DocumentRequirement", "DutyHolder", "RequiredBy"]


@strawberry.enum(description="What kind of document it is.")
class DocumentKind(Enum):
    """What kind of document it is."""

    CONSTITUTION = strawberry.enum_value(
        "CONSTITUTION", description="The ICB constitution: name, area, members, how they are appointed and decide."
    )
    JOINT_FORWARD_PLAN = strawberry.enum_value(
        "JOINT_FORWARD_PLAN", description="The joint forward plan (JFP): five years ahead, with partner NHS trusts."
    )
    ANNUAL_REPORT_AND_ACCOUNTS = strawberry.enum_value(
        "ANNUAL_REPORT_AND_ACCOUNTS", description="The annual report and accounts."
    )
    ANNUAL_ASSESSMENT = strawberry.enum_value(
        "ANNUAL_ASSESSMENT", description="NHS England's assessment of the boards in one year: one document for all."
    )
    INTEGRATED_CARE_STRATEGY = strawberry.enum_value(
        "INTEGRATED_CARE_STRATEGY",
        description="The integrated care strategy, which the integrated care partnership (ICP) writes.",
    )
    JOINT_CAPITAL_RESOURCE_USE_PLAN = strawberry.enum_value(
        "JOINT_CAPITAL_RESOURCE_USE_PLAN", description="The joint capital resource use plan, with partner NHS trusts."
    )
    GOVERNANCE_HANDBOOK = strawberry.enum_value(
        "GOVERNANCE_HANDBOOK", description="The governance handbook: committees and scheme of delegation."
    )
    CHIEF_EXECUTIVE_REPORT = strawberry.enum_value(
        "CHIEF_EXECUTIVE_REPORT", description="A report on the state of the system."
    )
    COMMISSIONING_INTENTIONS = strawberry.enum_value(
        "COMMISSIONING_INTENTIONS", description="What the board means to commission."
    )


@strawberry.enum(description="On what a required document rests.")
class RequiredBy(Enum):
    """On what a required document rests."""

    LAW = strawberry.enum_value("LAW", description="The Act.")
    CUSTOM = strawberry.enum_value(
        "CUSTOM", description="Custom: no law asks for it, though it holds what must be told."
    )


@strawberry.enum(description="Whose duty a document is.")
class DutyHolder(Enum):
    """Whose duty a document is."""

    INTEGRATED_CARE_BOARD = strawberry.enum_value("INTEGRATED_CARE_BOARD", description="The board's.")
    INTEGRATED_CARE_PARTNERSHIP = strawberry.enum_value(
        "INTEGRATED_CARE_PARTNERSHIP", description="That of the integrated care partnership of its system."
    )
    NHS_ENGLAND = strawberry.enum_value("NHS_ENGLAND", description="NHS England's, about the board.")


@concept(
    singular="documentRequirement",
    plural="documentRequirements",
    by=(("code", ArgumentKind.SLUG),),
    title="required document",
)
class DocumentRequirement(Entity):
    """A kind of document that there must be of every integrated care board (ICB), by law or by custom."""

    kind: DocumentKind = value("What kind of document.")
    required_by: RequiredBy = value("On what it rests.")
    duty_of: DutyHolder = value("Who must make it.")
    legal_reference: str | None = value("Where it is written; null where it is custom.")
    guidance_title: str | None = value("Guidance on how to make it, where a source names some.")
    guidance_url: str | None = value("Where that guidance is.")
    url: str = value("The page that says so.")
    note: str | None = value("What else is known of the requirement.")


@concept(singular="document", plural="documents", by=(("code", ArgumentKind.SLUG),), title="document")
class Document(Entity):
    """A document of an integrated care board (ICB), by its title: a constitution, a joint forward plan (JFP), a
    report, a strategy.

    One of a single board is held until that board ends. That a later one replaced it is only held where a source says
    so.
    """

    kind: DocumentKind = value("What kind of document.")
    url: str | None = value("Where it is, where a page of its own is known.")
    page: str = value("The page that names it.")
    published: Date | None = value("When it was published; null where no source dates it.")
    published_precision: Precision | None = value("How exactly that date is known.")
    note: str | None = value("What else is known of it.")


RELATIONSHIPS = (
    Relationship(
        "REQUIRED_OF",
        ("DocumentRequirement",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "documentRequirements",
        "The boards of which it is required.",
        "The documents that there must be of this board, each with those that are known.",
        "RequirementLink",
    ),
    Relationship(
        "DOCUMENT_OF",
        ("Document",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "documents",
        "The boards whose document it is, or which it is about.",
        "The documents of this board that are known.",
    ),
    Relationship(
        "MEETS",
        ("Document",),
        ("DocumentRequirement",),
        "documentRequirements",
        "documents",
        "The requirement that it meets, being of the same kind.",
        "The documents that are known to meet it.",
    ),
)
