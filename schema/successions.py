"""One body following another."""

from schema.description import Relationship

__all__ = ["RELATIONSHIPS"]

RELATIONSHIPS = (
    Relationship(
        "SUCCEEDED_BY",
        ("Entity",),
        ("Entity",),
        "successors",
        "predecessors",
        "The bodies that followed it, from the day on which they did.",
        "The bodies that it followed, from the day on which it did.",
        "SuccessionLink",
    ),
)
