"""Integrated care systems."""

from resolvers.concept import ArgumentKind
from schema.description import concept
from schema.provenance import Entity

__all__ = ["IntegratedCareSystem"]


@concept(
    singular="integratedCareSystem",
    plural="integratedCareSystems",
    by=(("code", ArgumentKind.SLUG),),
    title="integrated care system",
)
class IntegratedCareSystem(Entity):
    """An integrated care system (ICS): the NHS bodies, councils and others of one area that plan and provide health
    and care together.

    42 from 1 July 2022, 36 since 1 April 2026. Its code is that of its integrated care board.
    """
