"""Local authorities: districts and upper tier."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "LocalAuthority"]


@concept(
    singular="localAuthority",
    plural="localAuthorities",
    by=(("onsCode", ArgumentKind.ONS_CODE),),
    title="local authority",
)
class LocalAuthority(Entity):
    """A council in England: a district, an upper-tier authority such as a county, or both at once (a unitary
    authority).
    """

    ons_code: str | None = value(
        "Its code at the Office for National Statistics, at the date; it can change while the council stays the same."
    )
    is_district: bool | None = value("Whether it is a lower-tier or unitary authority.")
    is_upper_tier: bool | None = value(
        "Whether it is an upper-tier or unitary authority: one with public health duties."
    )


RELATIONSHIPS = (
    Relationship(
        "WITHIN",
        ("LocalAuthority",),
        ("LocalAuthority",),
        "within",
        "districts",
        "The county in which this district lies; none for a unitary authority.",
        "The districts of this county.",
    ),
    Relationship(
        "AUTHORITY_IN",
        ("LocalAuthority",),
        ("IntegratedCareBoard",),
        "integratedCareBoards",
        "localAuthorities",
        "The boards in whose areas it lies, each with its share.",
        "The districts that lie in the area of this board, each with the share of it that does.",
        "ShareLink",
    ),
    Relationship(
        "LOCATED_IN",
        ("GPPractice", "NHSTrust", "PrimaryCareNetwork"),
        ("LocalAuthority",),
        "localAuthorities",
        "located",
        "The district in which its postcode lies.",
        "The practices, trusts and networks whose postcode lies in this district.",
    ),
)
