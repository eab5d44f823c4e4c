"""Health and wellbeing boards."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "HealthAndWellbeingBoard"]


@concept(
    singular="healthAndWellbeingBoard",
    plural="healthAndWellbeingBoards",
    by=(("code", ArgumentKind.SLUG),),
    title="health and wellbeing board",
)
class HealthAndWellbeingBoard(Entity):
    """A health and wellbeing board (HWB): the committee that each upper-tier authority must have by the Health and
    Social Care Act 2012, for the joint needs assessment and strategy of its area.

    153, each with the code of its authority; their own names are not held, and `absent` says so.
    """


RELATIONSHIPS = (
    Relationship(
        "BOARD_FOR",
        ("HealthAndWellbeingBoard",),
        ("LocalAuthority",),
        "localAuthorities",
        "healthAndWellbeingBoards",
        "The upper-tier authority whose board this is.",
        "The health and wellbeing board of this authority, if it is of the upper tier.",
    ),
    Relationship(
        "WELLBEING_BOARD_IN",
        ("HealthAndWellbeingBoard",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "healthAndWellbeingBoards",
        "The integrated care boards in whose areas its authority, or a district of it, lies.",
        "The health and wellbeing boards whose authority, or a district of it, lies in the area of this board.",
    ),
)
