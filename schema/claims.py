"""What sources say against each other: the word that was not chosen, and why."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind, Listed, Single
from schema.description import Relationship, concept, graph_field, record, value
from schema.provenance import Entity, Source
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "Claim", "ClaimCount", "ClaimReason"]


@strawberry.enum(description="Why one source is believed and the other is not.")
class ClaimReason(Enum):
    """Why one source is believed and the other is not."""

    SAID_BEFORE_AND_AFTER = strawberry.enum_value(
        "SAID_BEFORE_AND_AFTER", description="The chosen source says the same before and after the other spoke."
    )
    HIERARCHY = strawberry.enum_value(
        "HIERARCHY", description="The chosen value follows from the body in between, whose own place is published."
    )
    DATED = strawberry.enum_value(
        "DATED", description="The chosen source gives the dates of what it says; the other a state on one day."
    )
    STATED = strawberry.enum_value("STATED", description="The chosen source says it; the other lets it be inferred.")
    NOT_CLOSURE = strawberry.enum_value(
        "NOT_CLOSURE", description="That a list leaves something out does not say that it has ended."
    )
    REGISTER_NAMES = strawberry.enum_value(
        "REGISTER_NAMES", description="The register gives organisations their names; the other repeats or shortens."
    )
    ORIGINAL = strawberry.enum_value(
        "ORIGINAL", description="The other source repeats what the chosen one published, and not as it stands there."
    )


@concept(singular="claim", plural="claims", by=(("code", ArgumentKind.SLUG),), title="claim")
class Claim(Entity):
    """What a source says although another is believed: a contradiction between sources of the same time.

    It is in force while it is the latest word of its source's series.
    """

    kind: str = value("The concept and the field that are contested, as in GPPractice.postcode.")
    field: str = value(
        "The field that is contested, or the path of fields that leads there.",
        "substring({values}.kind, size(split({values}.kind, '.')[0]) + 1)",
    )
    said: str = value("What the source says: a code, a text or a number as printed.")
    as_at: Date = value("The date as at which the source speaks.")
    chosen_value: str = value("What is held instead.")
    chosen_source: Source | None = graph_field(
        Single("head(COLLECT { MATCH (m:Source {code: {values}.chosenSource}) RETURN m })", "Source"),
        "The source that is believed.",
    )
    reason: ClaimReason = value("Why.")


@record
class ClaimCount:
    """How many contradictions of one kind are in force today."""

    kind: str = value("The concept and the field that are contested.", "{item}")
    count: int = value("How many.", "COUNT { MATCH (held:{labels:Claim}) WHERE held.kind = {item} AND {covers:held} }")


CLAIM_COUNTS = Listed(
    "ClaimCount", "MATCH (claim:{labels:Claim}) WHERE {covers:claim} WITH DISTINCT claim.kind AS {item}", "{item}"
)

RELATIONSHIPS = (
    Relationship(
        "CLAIMED_ABOUT",
        ("Claim",),
        ("Entity",),
        "about",
        "contradictions",
        "What it is about.",
        "What sources say of it although another is believed, and why.",
    ),
)
