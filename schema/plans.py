"""Clusters of boards, which are in force, and changes that are only planned."""

from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity, Precision
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "BoardCluster", "PlannedChange"]


@strawberry.enum(description="What is planned.")
class PlannedChangeKind(Enum):
    """What is planned."""

    MERGER = strawberry.enum_value("MERGER", description="Boards are to become one.")
    BOUNDARY_CHANGE = strawberry.enum_value("BOUNDARY_CHANGE", description="A board's area is to change.")
    CLUSTER = strawberry.enum_value("CLUSTER", description="Boards may come to share their leadership.")


@concept(singular="boardCluster", plural="boardClusters", by=(("code", ArgumentKind.SLUG),), title="board cluster")
class BoardCluster(Entity):
    """A cluster: integrated care boards that share leadership and staff by arrangement.

    It is in force; each board stays the statutory body that it is, with its own code.
    """

    url: str | None = value("The page that announces it.")
    announced_on: Date | None = value("When it was announced.")
    announced_on_precision: Precision | None = value("How exactly that date is known.")


@concept(singular="plannedChange", plural="plannedChanges", by=(("code", ArgumentKind.SLUG),), title="planned change")
class PlannedChange(Entity):
    """A change of integrated care boards that is announced and has not happened.

    Its life is that of the plan, from its announcement; the bodies that it would make are not in the graph, since no
    code of theirs is published.
    """

    kind: PlannedChangeKind | None = value("What is planned.")
    effective_date: Date | None = value("The day on which it is to take effect; null where none is told.")
    effective_date_precision: Precision | None = value("How exactly that day is known.")
    announced_on: Date | None = value("When it was announced; null where the page has no date.")
    announced_on_precision: Precision | None = value("How exactly that date is known.")
    url: str | None = value("The page that tells of it.")
    note: str | None = value("How far it is to be relied on.")


RELATIONSHIPS = (
    Relationship(
        "CLUSTERED_IN",
        ("IntegratedCareBoard",),
        ("BoardCluster",),
        "boardClusters",
        "integratedCareBoards",
        "The cluster that this board is in.",
        "The boards of this cluster.",
    ),
    Relationship(
        "CONCERNS",
        ("PlannedChange",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "plannedChanges",
        "The boards in force that it would change.",
        "The changes that are planned for this board.",
    ),
)
