"""What the bodies of the NHS have in common."""

from typing import Any

from resolvers.concept import Embedded
from schema.description import graph_field, record, value

__all__ = ["LOCATION", "Location"]


@record
class Location:
    """A point on the map, in WGS 84."""

    latitude: float = value("Degrees north.", "{values}.location.latitude")
    longitude: float = value("Degrees east.", "{values}.location.longitude")


LOCATION = Embedded("Location", unless="{values}.location.latitude")


def location(description: str) -> Any:
    """Return a field for the place of a postcode on the map."""
    return graph_field(LOCATION, description)
