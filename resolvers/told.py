"""A value that is told from other fields of the same object: they are selected as a client would select them."""

from typing import Any

from resolvers.concept import Catalogue, Concept, Embedded, EntityList, Listed, ScopedAbsences, Single
from resolvers.errors import Location, PlanError
from resolvers.selection import Argument, Group, Selection

__all__ = ["selections"]


def selections(
    catalogue: Catalogue, concept: Concept, parts: tuple[Any, ...], location: Location
) -> tuple[Selection, ...]:
    """Return the selections of `parts` on a concept.

    A part is the name of a field, or the name with the parts of its type and, where it takes them, its arguments.

    Raises:
        PlanError: a part is no field that the catalogue describes.
    """
    return tuple(_selection(catalogue, concept, one, location) for one in parts)


def _selection(catalogue: Catalogue, concept: Concept, part: Any, location: Location) -> Selection:
    if isinstance(part, str):
        return Selection(part, part, (), (), location)
    name, inner = part[:2]
    given = part[2] if len(part) > 2 else {}
    match concept.fields.get(name):
        case Listed(type=target) | Embedded(type=target):
            pass
        case Single(target=target) | EntityList(target=target):
            pass
        case ScopedAbsences():
            target = "Absence"
        case _:
            raise PlanError(f"{concept.name}.{name} is no object that another field can be told from.")
    possible = catalogue.possible(target)
    below = selections(catalogue, catalogue.concepts[possible[0]], inner, location)
    arguments = tuple(Argument(key, value=value) for key, value in given.items())
    return Selection(name, name, arguments, (Group(possible, below),), location)
