"""The meetings of boards and partnerships, and where their papers are."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "Meeting", "MeetingBody"]


@strawberry.enum(description="Who meets.")
class MeetingBody(Enum):
    """Who meets."""

    BOARD = strawberry.enum_value("BOARD", description="The integrated care board (ICB).")
    PARTNERSHIP = strawberry.enum_value("PARTNERSHIP", description="The integrated care partnership (ICP).")


@concept(singular="meeting", plural="meetings", by=(("code", ArgumentKind.SLUG),), title="meeting")
class Meeting(Entity):
    """The meetings of an integrated care board (ICB) or integrated care partnership (ICP): one entry for each body
    that meets, not for each time.
    """

    body: MeetingBody = value("Who meets.")
    frequency: str | None = value("How often, in the words of the source.")
    in_public: bool | None = value("Whether it is stated that they meet in public; null where no source says.")
    last_meeting: Date | None = value("The last meeting that the source names, as of its own date.")
    next_meeting: Date | None = value("The next meeting that the source names, as of its own date.")
    papers_url: str | None = value("Where the papers are.")
    url: str = value("The page that says it.")
    note: str | None = value("What else is known, such as which address was not opened.")


RELATIONSHIPS = (
    Relationship(
        "MEETING_OF",
        ("Meeting",),
        ("IntegratedCareBoard", "IntegratedCarePartnership"),
        "meetingOf",
        "meetings",
        "The board that meets, or the system whose partnership meets.",
        "The meetings that are known.",
    ),
)
