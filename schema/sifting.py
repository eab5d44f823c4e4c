"""Filters, orders and facets of connections: what people ask of a list, made by hand and few.

Every connection takes `filter` and `orderBy`. At the root a filter can also say within what the wanted lie, where the
concept belongs to anything (`belonging.py`), and whether a local knowledge service covers them, where one could.
"""

from collections.abc import Collection
from enum import Enum
from typing import Any

import strawberry

from resolvers.concept import Single
from resolvers.sifted import Facet, Filter, FilterKind, Sifted
from schema.belonging import BELONGS, CONTAINER, Dimension, down, up
from schema.description import ConceptDeclaration, graph_field, record, value
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["EntityFilter", "EntityOrder", "FacetCount", "below_root", "filter_type", "has_facets", "sifted"]


@strawberry.enum(description="By what the rows of a connection are sorted. For the other direction use `last`.")
class EntityOrder(Enum):
    """By what the rows of a connection are sorted."""

    CODE = strawberry.enum_value("CODE", description="By the code.")
    NAME = strawberry.enum_value("NAME", description="By the name at the date, capitals and small letters alike.")
    OPENED = strawberry.enum_value("OPENED", description="By the day on which its life began, the earliest first.")


@strawberry.input(description="Which rows are wanted: those of which all that is given here is true.")
class EntityFilter:
    """Which rows are wanted."""

    name_contains: strawberry.Maybe[str] = strawberry.field(
        description="A part of the name at the date; capitals and small letters are alike.", default=None
    )
    codes: strawberry.Maybe[list[str]] = strawberry.field(description="One of these codes.", default=None)
    open_at: strawberry.Maybe[Date] = strawberry.field(
        description="In force at this date also, besides the date of the answer.", default=None
    )
    changed_since: strawberry.Maybe[Date] = strawberry.field(
        description="One of its values became what it is, or one of its relationships began or ended, on this date or"
        " later, up to the date of the answer. What sources only first name since then does not count.",
        default=None,
    )


@strawberry.input(description="Which rows are wanted: those of which all that is given here is true.")
class PlacedFilter(EntityFilter):
    """Which rows are wanted, of what belongs to areas and organisations."""

    within: strawberry.Maybe[str] = strawberry.field(
        description="What lies within the region, system, board, sub-ICB location, place, network or authority that"
        " bears this ODS or ONS code, or code of ours; all of it or a part.",
        default=None,
    )


@strawberry.input(description="Which rows are wanted: those of which all that is given here is true.")
class CoverableFilter(PlacedFilter):
    """Which rows are wanted, of what a knowledge service can cover."""

    has_local_coverage: strawberry.Maybe[bool] = strawberry.field(
        description="Whether a local knowledge service covers it, or a part of it.", default=None
    )


@strawberry.input(description="Which rows are wanted: those of which all that is given here is true.")
class TrustFilter(CoverableFilter):
    """Which trusts are wanted."""

    trust_types: strawberry.Maybe[list[str]] = strawberry.field(
        description="One of these types, as `trustType` gives them.", default=None
    )


@strawberry.input(description="Which rows are wanted: those of which all that is given here is true.")
class AuthorityFilter(CoverableFilter):
    """Which authorities are wanted."""

    is_upper_tier: strawberry.Maybe[bool] = strawberry.field(
        description="Whether it is a county, a unitary authority, a metropolitan district or a London borough.",
        default=None,
    )


@record
class FacetCount:
    """How many rows of a connection share something. A row that belongs to two is counted with each."""

    key: str | None = value("What they share: a code, a type or a rule; null for those that have none.", "{item}.key")
    node: Entity | None = graph_field(Single("{item}.of", "Entity"), "The entity that they share, where it is one.")
    count: int = value("How many.", "{item}.number")


_COVERED = "EXISTS { MATCH ()-[c:{types:COVERS}]->({node}) WHERE {covers:c} }"
_NOT_ONLY_NAMED = "'NO_LATER_THAN'"
_SINCE = "c.{of} >= {given} AND c.{of} <= {asOf} AND coalesce(c.{of}Precision, '') <> " + _NOT_ONLY_NAMED
_CHANGED = (
    "(coalesce({values}.stateFrom, {values}.validFrom) >= {given} AND"
    " coalesce({values}.stateFromPrecision, {values}.validFromPrecision) <> " + _NOT_ONLY_NAMED + " OR"
    " EXISTS { MATCH ({node})-[c]-() WHERE c.recordedTo IS NULL AND ("
    + _SINCE.replace("{of}", "validFrom")
    + " OR "
    + _SINCE.replace("{of}", "validTo")
    + ") })"
)
_FILTERS: tuple[tuple[str, Filter], ...] = (
    ("nameContains", Filter(FilterKind.TEXT, "toLower({values}.name) CONTAINS {given}")),
    ("codes", Filter(FilterKind.TEXTS, "{node}.code IN {given}")),
    (
        "openAt",
        Filter(
            FilterKind.DATE,
            "{node}.validFrom <= {given} AND ({node}.validTo IS NULL OR {node}.validTo > {given})",
        ),
    ),
    ("changedSince", Filter(FilterKind.DATE, _CHANGED)),
)
_WORDS = (
    (
        "text",
        Filter(FilterKind.TEXT, "toLower({node}.name + ' ' + coalesce({node}.abbreviation, '')) CONTAINS {given}"),
    ),
)
_COVERAGE = ("hasLocalCoverage", Filter(FilterKind.TRUTH, f"{_COVERED} = {{given}}"))
_OWN: dict[str, tuple[type, tuple[str, Filter]]] = {
    "NHSTrust": (TrustFilter, ("trustTypes", Filter(FilterKind.TEXTS, "{values}.trustType IN {given}"))),
    "LocalAuthority": (AuthorityFilter, ("isUpperTier", Filter(FilterKind.TRUTH, "{values}.isUpperTier = {given}"))),
}
_ORDERS = (
    ("CODE", "{node}.id"),
    ("NAME", "(toLower(coalesce({values}.name, '')) + ' ' + {node}.id)"),
    ("OPENED", "(toString({node}.validFrom) + ' ' + {node}.id)"),
)
_RULES = Facet("MATCH ()-[c:{types:COVERS}]->({node}) WHERE {covers:c} RETURN DISTINCT c.rule AS w", key="w", of="null")
_TYPES = Facet("RETURN {values}.trustType AS w", key="w", of="null")


def below_root() -> Sifted:
    """Return what may be asked of a connection below the root."""
    return Sifted(_FILTERS, _ORDERS)


def filter_type(declared: ConceptDeclaration, coverable: Collection[str]) -> Any:
    """Return the input type by which all of a concept can be filtered."""
    concept = declared.name
    if concept in _OWN:
        return _OWN[concept][0]
    if concept in coverable:
        return CoverableFilter
    return PlacedFilter if concept in BELONGS else EntityFilter


def has_facets(concept: str, coverable: Collection[str]) -> bool:
    """Return whether all of a concept can be counted by something."""
    return concept in BELONGS or concept in coverable


def sifted(declared: ConceptDeclaration, coverable: Collection[str]) -> Sifted:
    """Return what may be asked of all of a concept; of a timeless one nothing, save a text of the glossary."""
    if declared.is_timeless:
        return Sifted(arguments=_WORDS) if declared.name == "Term" else Sifted()
    concept = declared.name
    filters = list(_FILTERS)
    facets: list[tuple[str, Facet]] = []
    if concept in BELONGS:
        container = CONTAINER.replace("{within}", "{given}")
        filters.append(("within", Filter(FilterKind.CODE, "", down(concept, "{given}", "{node}"), container)))
        facets += [
            (dimension, Facet(" UNION ".join(f"{up(path, '{node}', 'w')} RETURN w" for path in paths)))
            for dimension, paths in BELONGS[concept].items()
        ]
    if concept in coverable:
        filters.append(_COVERAGE)
        facets.append((Dimension.RULE.name, _RULES))
    if concept in _OWN:
        filters.append(_OWN[concept][1])
    if concept == "NHSTrust":
        facets.append((Dimension.KIND.name, _TYPES))
    return Sifted(tuple(filters), _ORDERS, tuple(facets))
