"""Places, and the programmes that they take part in."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "Place", "Programme"]


@concept(singular="place", plural="places", by=(("code", ArgumentKind.SLUG),), title="place")
class Place(Entity):
    """A place: the part of an integrated care system, usually a council's area, whose health and care bodies work
    together as a place-based partnership.

    No list of all places is published; those here are named on pages of 39 systems. A place of a system that ended is
    held to have ended with it, unless a later page names it.
    """

    grouping: str | None = value("What its system calls it, in the words of the page: borough, locality, alliance.")
    authorities_named: str | None = value("Its local authorities in words, with the part of each where one is told.")
    ods_reporting_codes: list[str] | None = value(
        "Codes of the ODS reporting entities of its name, which are for statistics only."
    )
    url: str | None = value("The page that names it.")
    note: str | None = value("What else is to be known of how it was found.")


@concept(singular="programme", plural="programmes", by=(("code", ArgumentKind.SLUG),), title="programme")
class Programme(Entity):
    """A national programme that places take part in, such as wave 1 of neighbourhood health."""


RELATIONSHIPS = (
    Relationship(
        "PLACE_IN",
        ("Place",),
        ("IntegratedCareSystem",),
        "integratedCareSystems",
        "places",
        "The system of which this is a place.",
        "The places of this system that pages name.",
    ),
    Relationship(
        "PLACE_AUTHORITY",
        ("Place",),
        ("LocalAuthority",),
        "localAuthorities",
        "places",
        "The local authorities that it takes in, wholly or in part.",
        "The places that take in this authority, wholly or in part.",
        "PlaceAuthorityLink",
    ),
    Relationship(
        "PLACE_SUB_ICB",
        ("Place",),
        ("SubICBLocation",),
        "subIcbLocations",
        "places",
        "The sub-ICB locations that make up its area, where that is known.",
        "The places whose area is this sub-ICB location or takes it in.",
        "PlaceLocationLink",
    ),
    Relationship(
        "PROGRAMME_MEMBER",
        ("IntegratedCareSystem", "Place"),
        ("Programme",),
        "programmes",
        "members",
        "The national programmes that it takes part in.",
        "The places, and where a whole system takes part the systems, that were announced.",
        "ProgrammeLink",
    ),
)
