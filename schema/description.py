"""How a concept module says what a type is and how it lies in the graph.

A field is declared once. `town: str | None = value("The town of its address.")` is the GraphQL field and its place in
the graph: the property `town` of the state that holds at the date. A relationship is one `Relationship` line, which
gives a connection at both ends.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.concept import ArgumentKind, Field, Rows, Value

__all__ = [
    "ConceptDeclaration",
    "Relationship",
    "RootField",
    "RowsField",
    "concept",
    "graph_field",
    "interface",
    "property_of",
    "record",
    "value",
]

T = TypeVar("T")
GRAPH = "graph"  # the key of a field's metadata under which its place in the graph stands
NAMED_AFTER_FIELD = "{values}.*"


@dataclass(frozen=True, slots=True)
class ConceptDeclaration:
    """What the root of the schema needs to know of a concept: its two fields and the codes that lead to one of it."""

    name: str
    singular: str
    plural: str
    by: tuple[tuple[str, ArgumentKind], ...]
    title: str
    is_timeless: bool
    order: str


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of the graph, in both directions.

    `starts` and `ends` are concepts; where one side has several, the other side's connection is of the interface
    Entity. `forward` is the field of the starts, `backward` that of the ends. `edge` names the edge type of
    `schema/links.py` that carries what the link itself holds.
    """

    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    forward: str
    backward: str
    forward_description: str
    backward_description: str
    edge: str = "Link"
    key: str | None = None


@dataclass(frozen=True, slots=True)
class RowsField:
    """A connection of rows that are no entities, as a field of the class `holder`; of Entity, of every concept."""

    holder: str
    name: str
    description: str
    place: Rows
    arguments: Mapping[str, tuple[Any, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RootField:
    """One field of the root: what it returns, its words, where it lies, and its arguments but `asOf`."""

    name: str
    returned: Any
    description: str
    place: Field
    arguments: Mapping[str, tuple[Any, str]]
    required: tuple[str, ...]


def graph_field(place: Field, description: str, name: str | None = None) -> Any:
    """Return a field of the schema that lies at `place` in the graph; `name` where Python reserves the word."""
    return strawberry.field(description=description, metadata={GRAPH: place}, name=name)


def value(
    description: str, template: str = NAMED_AFTER_FIELD, writer: str | None = None, name: str | None = None
) -> Any:
    """Return a field for one value, by default the property of the same name held at the date."""
    return graph_field(Value(template, writer), description, name)


def property_of(template: str, python_name: str) -> str:
    """Return the template with the field's own name in place of `*`."""
    return template.replace("*", to_camel_case(python_name)) if template.endswith(".*") else template


def concept(
    *,
    singular: str,
    plural: str,
    by: tuple[tuple[str, ArgumentKind], ...],
    title: str,
    is_timeless: bool = False,
    order: str = "{node}.code",
) -> Callable[[type[T]], type[T]]:
    """Declare a concept of the graph: a GraphQL object type whose name is its label."""

    def declare(cls: type[T]) -> type[T]:
        made: type[T] = strawberry.type(cls, description=_description(cls))
        declaration = ConceptDeclaration(cls.__name__, singular, plural, by, title, is_timeless, order)
        made.__concept__ = declaration  # type: ignore[attr-defined]  # read back by schema/catalogue.py alone
        return made

    return declare


def record(cls: type[T]) -> type[T]:
    """Declare an object type that describes part of a concept, such as a validity."""
    made: type[T] = strawberry.type(cls, description=_description(cls))
    return made


def interface(cls: type[T]) -> type[T]:
    """Declare an interface; its fields lie in the graph alike for every type that has it."""
    made: type[T] = strawberry.interface(cls, description=_description(cls))
    return made


def _description(cls: type) -> str:
    text = inspect.getdoc(cls) or ""
    return " ".join(text.split())
