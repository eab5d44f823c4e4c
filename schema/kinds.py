"""The kinds of things that have a life, as an enum of the schema."""

from collections.abc import Collection
from enum import Enum
from typing import Any

import strawberry
from strawberry.utils.str_converters import to_snake_case

from schema.description import ConceptDeclaration

__all__ = ["entity_kinds"]


def entity_kinds(declarations: Collection[ConceptDeclaration]) -> Any:
    """Return the enum `EntityKind`: its values are the concepts' labels in the graph."""
    values = {
        to_snake_case(one.singular).upper(): strawberry.enum_value(one.name, description=f"{one.title}.")
        for one in declarations
        if not one.is_timeless
    }
    description = "A kind of thing of the field that has a life."
    made: Any = Enum("EntityKind", values)  # type: ignore[misc]  # its values are only known now
    return strawberry.enum(made, description=description)
