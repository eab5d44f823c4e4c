"""What a request will cost, before it is run: the objects that its answer can hold, by the graph's real degrees.

A connection costs its rows, each with what is asked below it: as many rows as the page allows, but no more than the
graph has on average at such a place. So a page of 1,000 boards is priced as the 36 that there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from resolvers.concept import (
    Catalogue,
    Concept,
    Count,
    Dated,
    Embedded,
    EntityList,
    Feed,
    Field,
    Link,
    Listed,
    Lookup,
    Lookups,
    Root,
    RootConnection,
    RootRows,
    Rows,
    ScopedAbsences,
    Single,
    Written,
)
from resolvers.errors import RequestError
from resolvers.paging import PageLimits
from resolvers.selection import Argument, Operation, Selection

__all__ = ["Degrees", "Price", "TooCostly", "check", "counted", "price"]

_LISTED = 3  # rows of a plain list of one record: its sources, what is absent of it, the outcomes of rules
_LEAST = 1.0


class TooCostly(RequestError):
    """The answer could hold more than is allowed; the message names the field that costs most."""


@dataclass(frozen=True, slots=True)
class Degrees:
    """How many are in force today: entities by label, relationships by type."""

    counts: Mapping[str, int]

    def rows(self, catalogue: Catalogue, holder: str, link: Link) -> float:
        """Return how many rows a link gives on average, from one of the nodes that it starts at."""
        starts = sum(self.counts.get(name, 0) for name in catalogue.possible(holder))
        return max(_LEAST, self.counts.get(link.relationship, 0) / max(1, starts))


@dataclass(frozen=True, slots=True)
class Price:
    """One field that multiplies: at most `degree` rows, fewer if the page is smaller, each with what `parts` cost.

    `path` are the response keys that lead to it from the field above that multiplies; `sizes` the arguments that say
    how many rows: a number, or a list of which each gives one.
    """

    path: tuple[str, ...]
    degree: float
    sizes: tuple[Argument, ...] | None
    parts: tuple["Price", ...]

    def total(self, variables: Mapping[str, object], pages: PageLimits) -> float:
        """Return the price in objects."""
        return self._rows(variables, pages) * (1 + sum(part.total(variables, pages) for part in self.parts))

    def _rows(self, variables: Mapping[str, object], pages: PageLimits) -> float:
        if self.sizes is None:
            return self.degree
        given = [one.bound(variables) for one in self.sizes]
        asked = [one if isinstance(one, int) else len(one) for one in given if isinstance(one, int | list | tuple)]
        return min(self.degree, max(0, asked[0]) if asked else pages.default)

    def dearest(self, variables: Mapping[str, object], pages: PageLimits) -> list[str]:
        """Return the path of response keys down to where most of the price arises."""
        if not self.parts:
            return [*self.path]
        part = max(self.parts, key=lambda one: one.total(variables, pages))
        return [*self.path, *part.dearest(variables, pages)]


def price(operation: Operation, catalogue: Catalogue, degrees: Degrees) -> Price:
    """Return the price of an operation, to be totalled with the variables of each request."""
    return Price((), 1.0, None, _parts(operation.root, operation.selections, catalogue, degrees))


def check(whole: Price, variables: Mapping[str, object], pages: PageLimits, allowed: int) -> int:
    """Return the price in whole objects.

    Raises:
        TooCostly: it is more than allowed.
    """
    total = round(whole.total(variables, pages) - 1)
    if total > allowed:
        path = whole.dearest(variables, pages)
        raise TooCostly(
            f"The answer could hold about {total} objects; at most {allowed} are allowed. Most of them are below"
            f" {'.'.join(path)}: ask for a smaller page there (first:), or leave it out.",
            "TOO_COSTLY",
            path=path,
            details={"sent": total, "allowed": allowed, "cut": ".".join(path)},
        )
    return total


def _parts(holder: str, selections: tuple[Selection, ...], catalogue: Catalogue, degrees: Degrees) -> tuple[Price, ...]:
    concept = catalogue.concepts.get(holder) or Concept(holder, {})
    found: list[Price] = []
    for selection in selections:
        field = concept.fields.get(selection.field)
        if isinstance(field, Link | Rows | RootConnection) and not _asks_rows(selection):
            continue
        below = _below(field, selection, catalogue, degrees)
        rows, is_paged = _rows(field, holder, catalogue, degrees)
        if rows is None and not below:
            continue
        sizes = None
        if is_paged:
            sizes = tuple(one for one in selection.arguments if one.name in {"first", "last", "ids", "odsCodes"})
        if rows is None:
            found += _under((selection.key,), below)
        else:
            found.append(Price((selection.key,), rows, sizes, below))
    return tuple(found)


def _rows(field: Field | None, holder: str, catalogue: Catalogue, degrees: Degrees) -> tuple[float | None, bool]:
    match field:
        case Link():
            return degrees.rows(catalogue, holder, field), True
        case Rows():
            return float(field.degree), True
        case RootConnection():
            return max(_LEAST, degrees.counts.get(field.target, 0)), True
        case Lookup() | Root() | Single() | Written():
            return 1.0, False
        case Feed(is_event=True):
            return 1.0, False
        case Lookups() | RootRows() | Feed():
            return float("inf"), True
        case Listed(price=int(amount)):
            return float(amount), False
        case Listed() | ScopedAbsences() | EntityList():
            return float(_LISTED), False
        case Count():
            return 0.0, False
    return None, False


def _below(field: Field | None, selection: Selection, catalogue: Catalogue, degrees: Degrees) -> tuple[Price, ...]:
    """Return what is asked below: of an interface the dearest type, of a page what edges and nodes ask together."""
    if isinstance(field, Link | Rows | RootConnection):
        asked = [one for group in selection.groups for item in group.selections for one in _of_rows(item)]
        return tuple(part for path, one in asked for part in _under(path, _dearest_group(one, catalogue, degrees)))
    if isinstance(field, Dated | Embedded):
        return tuple(
            part for group in selection.groups for part in _parts(group.types[0], group.selections, catalogue, degrees)
        )
    return _dearest_group(selection, catalogue, degrees)


def _asks_rows(selection: Selection) -> bool:
    return any(item.field in {"edges", "nodes", "pageInfo"} for group in selection.groups for item in group.selections)


def _of_rows(item: Selection) -> tuple[tuple[tuple[str, ...], Selection], ...]:
    """Return what is asked of each row of a page, each with the response keys that lead to it."""
    if item.field == "nodes":
        return (((item.key,), item),)
    if item.field != "edges":
        return ()
    return tuple(((item.key, inner.key), inner) for group in item.groups for inner in group.selections)


def _under(path: tuple[str, ...], parts: tuple[Price, ...]) -> tuple[Price, ...]:
    return tuple(replace(one, path=(*path, *one.path)) for one in parts)


def _dearest_group(selection: Selection, catalogue: Catalogue, degrees: Degrees) -> tuple[Price, ...]:
    candidates = [
        _parts(name, group.selections, catalogue, degrees) for group in selection.groups for name in group.types
    ]
    pages = PageLimits(100, 1000)
    return max(candidates, key=lambda parts: sum(part.total({}, pages) for part in parts), default=())


def counted(catalogue: Catalogue) -> str:
    """Return the expression that counts labels and types, as a list of pairs; the store keeps these counts."""
    labels = sorted(one.label for one in catalogue.concepts.values() if one.label)
    links = (field for one in catalogue.concepts.values() for field in one.fields.values() if isinstance(field, Link))
    types = sorted({link.relationship for link in links})
    pairs = [f"['{label}', COUNT {{ (:{label}) }}]" for label in labels]
    pairs += [f"['{type_}', COUNT {{ ()-[:{type_}]->() }}]" for type_ in types]
    return f"[{', '.join(pairs)}]"
