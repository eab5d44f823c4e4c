"""Commissioning support units, where a source names one."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "CommissioningSupportUnit"]


@concept(
    singular="commissioningSupportUnit",
    plural="commissioningSupportUnits",
    by=(("code", ArgumentKind.SLUG),),
    title="commissioning support unit",
)
class CommissioningSupportUnit(Entity):
    """A commissioning support unit (CSU): a body of NHS England that sells support, such as contracting and data, to
    commissioners.

    Only those are here that a source names; which boards they support is not known.
    """

    url: str = value("The page that names it.")


RELATIONSHIPS = (
    Relationship(
        "SERVES_STAFF_OF",
        ("Eligibility",),
        ("CommissioningSupportUnit",),
        "commissioningSupportUnits",
        "eligibilities",
        "The commissioning support unit whose staff it names.",
        "The eligibilities that name its staff.",
    ),
)
