"""What a request may choose among the rows of a connection, and by what it may sort and count them.

The templates are those of `resolvers/concept.py`.
"""

from dataclasses import dataclass
from enum import Enum

__all__ = ["Facet", "Filter", "FilterKind", "Sifted"]


class FilterKind(Enum):
    """How a part of a filter is checked and bound."""

    TEXT = "text, compared in small letters"
    TEXTS = "list of texts"
    CODE = "code of any kind"
    DATE = "date"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True)
class Filter:
    """One part of a connection's filter: a condition on `{node}` and `{values}`, in which `{given}` is its value.

    A `source` is clauses that bind `{node}` to what is wanted, instead of a scan of all; what they begin at is found by
    the clauses of `container`, which bind `w`.
    """

    kind: FilterKind
    where: str = ""
    source: str = ""
    container: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """By what the rows of a connection can be counted: clauses from `{node}` that bind `w`, and `key` and `of` of it.

    `key` is a text by which rows are counted together, `of` the node that it stands for, or null.
    """

    match: str
    key: str = "w.code"
    of: str = "w"


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a request may ask of a connection's rows: parts of its filter, orders and facets, by their names.

    `arguments` are filters that are arguments of their own.
    """

    filters: tuple[tuple[str, Filter], ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    facets: tuple[tuple[str, Facet], ...] = ()
    arguments: tuple[tuple[str, Filter], ...] = ()
