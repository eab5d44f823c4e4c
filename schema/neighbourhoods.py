"""Neighbourhoods, the third tier below system and place."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "Neighbourhood"]


@concept(singular="neighbourhood", plural="neighbourhoods", by=(("code", ArgumentKind.SLUG),), title="neighbourhood")
class Neighbourhood(Entity):
    """A neighbourhood: the footprint that one primary care network serves.

    Derived, one for each network, whose code it bears: no list of neighbourhoods is published.
    """


RELATIONSHIPS = (
    Relationship(
        "NEIGHBOURHOOD_OF",
        ("Neighbourhood",),
        ("PrimaryCareNetwork",),
        "primaryCareNetworks",
        "neighbourhoods",
        "The network whose footprint this is.",
        "The neighbourhood that this network serves.",
    ),
    Relationship(
        "NEIGHBOURHOOD_IN",
        ("Neighbourhood",),
        ("Place",),
        "places",
        "neighbourhoods",
        "The places in which its practices lie, each with its share of them. Places that take in a part of an "
        "authority are left out: which practices lie in them is not known.",
        "The neighbourhoods with practices in this place. None where it takes in a part of an authority.",
        "NeighbourhoodPlaceLink",
    ),
)
