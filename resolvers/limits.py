"""What a document may be, checked on its parsed form before it is validated: a large one is refused cheaply.

Each limit is a setting (`icsgraph settings list`). The introspection that tools send, and the longest path that the
schema has a use for, are within the defaults; tests hold them so.
"""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from resolvers.errors import Location, MalformedDocument

__all__ = ["DocumentLimits", "check"]


_MOST_TOLD = 1_000_000_000  # fragments within fragments double each time, and JSON's numbers have an end


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """What a document may be: `tokens` is heeded while parsing, `cost` (objects) by `cost.py`, the rest by `check`."""

    tokens: int
    depth: int
    aliases: int
    root_fields: int
    directives: int
    cost: int


@dataclass(frozen=True, slots=True)
class _Measure:
    """What one selection set holds, with all fragments spread: the deepest field, and how many of each."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0


def check(document: DocumentNode, limits: DocumentLimits) -> None:
    """Refuse a document that is larger than allowed.

    Fragments count where they are spread, as often as they are; a cycle of them is left to validation.

    Raises:
        MalformedDocument: TOO_DEEP, TOO_MANY_ALIASES, TOO_MANY_ROOT_FIELDS or TOO_MANY_DIRECTIVES, with what was sent
            and what is allowed.
    """
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    measured: dict[str, _Measure] = {}
    counted: dict[str, int] = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            whole = _measure(definition.selection_set, fragments, measured, ())
            roots = _roots(definition.selection_set, fragments, counted, ())
            _refuse("TOO_DEEP", "levels of fields", whole.depth, limits.depth, definition)
            _refuse("TOO_MANY_ALIASES", "aliases", whole.aliases, limits.aliases, definition)
            _refuse("TOO_MANY_ROOT_FIELDS", "root fields", roots, limits.root_fields, definition)
            _refuse("TOO_MANY_DIRECTIVES", "directives", whole.directives, limits.directives, definition)


def _measure(
    selection_set: SelectionSetNode | None,
    fragments: dict[str, FragmentDefinitionNode],
    measured: dict[str, _Measure],
    spread: tuple[str, ...],
) -> _Measure:
    depth = fields = aliases = directives = 0
    for node in selection_set.selections if selection_set else ():
        directives += len(node.directives or ())
        inner = _Measure()
        below = 0
        if isinstance(node, FieldNode):
            inner = _measure(node.selection_set, fragments, measured, spread)
            below = 1
            fields += 1
            aliases += node.alias is not None
        elif isinstance(node, InlineFragmentNode):
            inner = _measure(node.selection_set, fragments, measured, spread)
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name in spread or name not in fragments:
                continue
            if name not in measured:
                measured[name] = _measure(fragments[name].selection_set, fragments, measured, (*spread, name))
            inner = measured[name]
        depth = max(depth, inner.depth + below)
        fields += inner.fields
        aliases += inner.aliases
        directives += inner.directives
    return _Measure(depth, fields, aliases, directives)


def _roots(
    selection_set: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    counted: dict[str, int],
    spread: tuple[str, ...],
) -> int:
    """Return how many fields a selection set has itself; each fragment is counted once, however often it is spread."""
    fields = 0
    for node in selection_set.selections:
        if isinstance(node, FieldNode):
            fields += 1
        elif isinstance(node, InlineFragmentNode):
            fields += _roots(node.selection_set, fragments, counted, spread)
        elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments and node.name.value not in spread:
            name = node.name.value
            if name not in counted:
                counted[name] = _roots(fragments[name].selection_set, fragments, counted, (*spread, name))
            fields += counted[name]
    return fields


def _refuse(code: str, what: str, sent: int, allowed: int, operation: OperationDefinitionNode) -> None:
    if sent <= allowed:
        return
    sent = min(sent, _MOST_TOLD)
    name = f"operation {operation.name.value}" if operation.name else "operation"
    at = operation.loc.source.get_location(operation.loc.start) if operation.loc else None
    raise MalformedDocument(
        f"The {name} has {sent} {what}; at most {allowed} are allowed. Ask for less at once, in several requests.",
        code,
        locations=[Location(at.line, at.column)] if at else [],
        details={"sent": sent, "allowed": allowed},
    )
