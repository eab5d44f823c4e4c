"""NHS England's regions."""

from resolvers.concept import ArgumentKind
from schema.description import concept, value
from schema.provenance import Entity

__all__ = ["NHSRegion"]


@concept(
    singular="nhsRegion",
    plural="nhsRegions",
    by=(("odsCode", ArgumentKind.ODS_CODE), ("onsCode", ArgumentKind.ONS_CODE)),
    title="NHS region",
)
class NHSRegion(Entity):
    """An NHS England region: one of seven, each with the integrated care boards that it oversees."""

    ods_code: str = value("Its code in the NHS Organisation Data Service.")
    ons_code: str | None = value("Its code at the Office for National Statistics, at the date.")
