"""What a document may be, checked on its parsed form before it is validated: a large one is refused cheaply.

Each limit is a setting (`icsgraph settings list`). The introspection that tools send, and the longest path that the
schema has a use for, are within the defaults; tests hold them so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
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
    aliases: int = 0
    directives: int = 0


def check(document: DocumentNode, limits: DocumentLimits) -> None:
    """Refuse a document that is larger than allowed.

    Fragments count where they are spread, as often as they are; a cycle of them is left to validation.

    Raises:
        MalformedDocument: TOO_DEEP, TOO_MANY_ALIASES, TOO_MANY_ROOT_FIELDS or TOO_MANY_DIRECTIVES, with what was sent,
            what is allowed, and the path of the field to cut.
    """
    sizes = _Sizes({node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)})
    for operation in document.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        whole = sizes.of(operation.selection_set, ())
        roots = sizes.roots(operation.selection_set, ())
        for code, what, sent, allowed, size in (
            ("TOO_DEEP", "levels of fields", whole.depth, limits.depth, _depth),
            ("TOO_MANY_ALIASES", "aliases", whole.aliases, limits.aliases, _aliases),
            ("TOO_MANY_ROOT_FIELDS", "root fields", roots, limits.root_fields, None),
            ("TOO_MANY_DIRECTIVES", "directives", whole.directives, limits.directives, _directives),
        ):
            if sent <= allowed:
                continue
            if size is None:
                path = [next(islice(sizes.root_keys(operation.selection_set, ()), allowed, None), "")]
            else:
                path = sizes.heaviest(operation.selection_set, size, sent, allowed)
            raise _refused(code, what, min(sent, _MOST_TOLD), allowed, operation, path)


def _depth(measure: _Measure) -> int:
    return measure.depth


def _aliases(measure: _Measure) -> int:
    return measure.aliases


def _directives(measure: _Measure) -> int:
    return measure.directives


def _with_itself(node: SelectionNode, below: _Measure) -> _Measure:
    directives = below.directives + len(node.directives or ())
    if not isinstance(node, FieldNode):
        return _Measure(below.depth, below.aliases, directives)
    return _Measure(below.depth + 1, below.aliases + (node.alias is not None), directives)


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


class _Sizes:
    """The sizes of a document's selection sets; each is measured once, a fragment however often it is spread."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._measured: dict[int, _Measure] = {}
        self._counted: dict[int, int] = {}

    def of(self, selection_set: SelectionSetNode | None, spread: tuple[str, ...]) -> _Measure:
        """Return the size of a selection set that stands in the fragments `spread`."""
        if selection_set is None:
            return _Measure()
        if id(selection_set) not in self._measured:
            depth = aliases = directives = 0
            for node in selection_set.selections:
                one = _with_itself(node, self.of(*self._below(node, spread)))
                depth = max(depth, one.depth)
                aliases += one.aliases
                directives += one.directives
            self._measured[id(selection_set)] = _Measure(depth, aliases, directives)
        return self._measured[id(selection_set)]

    def _below(self, node: SelectionNode, spread: tuple[str, ...]) -> tuple[SelectionSetNode | None, tuple[str, ...]]:
        """Return what stands below a field or in a fragment, and the fragments in which that is spread."""
        if isinstance(node, FieldNode | InlineFragmentNode):
            return node.selection_set, spread
        name = node.name.value if isinstance(node, FragmentSpreadNode) else ""
        if name in spread or name not in self._fragments:
            return None, spread
        return self._fragments[name].selection_set, (*spread, name)

    def roots(self, selection_set: SelectionSetNode, spread: tuple[str, ...]) -> int:
        """Return how many fields a selection set has itself; each fragment is counted once, however often spread."""
        if id(selection_set) not in self._counted:
            fields = 0
            for node in selection_set.selections:
                below, within = self._below(node, spread)
                if isinstance(node, FieldNode):
                    fields += 1
                elif below is not None:
                    fields += self.roots(below, within)
            self._counted[id(selection_set)] = fields
        return self._counted[id(selection_set)]

    def root_keys(self, selection_set: SelectionSetNode, spread: tuple[str, ...]) -> Iterator[str]:
        """Give the response keys of a selection set's own fields, in order."""
        for node in selection_set.selections:
            below, within = self._below(node, spread)
            if isinstance(node, FieldNode):
                yield _key(node)
            elif below is not None and self.roots(below, within):
                yield from self.root_keys(below, within)

    def heaviest(
        self, selection_set: SelectionSetNode, size: Callable[[_Measure], int], sent: int, allowed: int
    ) -> list[str]:
        """Return the path of the field to cut: without it the document is as allowed, or as near as one field takes it.

        Of depth it is the first field that is too deep; of what is counted the deepest with as much as is too much.
        """
        path: list[str] = []
        at: SelectionSetNode | None = selection_set
        spread: tuple[str, ...] = ()
        while at is not None and at.selections:
            measured = [(_with_itself(one, self.of(*self._below(one, spread))), one) for one in at.selections]
            measure, node = max(measured, key=lambda one: size(one[0]))
            if path and size is not _depth and size(measure) < sent - allowed:
                break
            if isinstance(node, FieldNode):
                path.append(_key(node))
            if size is _depth and len(path) > allowed:
                break
            at, spread = self._below(node, spread)
        return path


def _refused(
    code: str, what: str, sent: int, allowed: int, operation: OperationDefinitionNode, path: list[str]
) -> MalformedDocument:
    name = f"operation {operation.name.value}" if operation.name else "operation"
    at = operation.loc.source.get_location(operation.loc.start) if operation.loc else None
    cut = ".".join(path)
    return MalformedDocument(
        f"The {name} has {sent} {what}; at most {allowed} are allowed. Leave out {cut}, or ask for less at once,"
        " in several requests.",
        code,
        path=path,
        locations=[Location(at.line, at.column)] if at else [],
        details={"sent": sent, "allowed": allowed, "cut": cut},
    )
