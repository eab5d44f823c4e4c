"""`Selection`: what a validated document asks for, read once from its parsed nodes.

Fragments and duplicate fields are merged as the GraphQL specification's CollectFields does; `@skip` and `@include` are
decided here, so a selection holds for one set of values of the variables that they name (`Operation.conditions`). All
other variables stay names: a selection, and the plan made from it, serve every request with the same document. Nothing
here refers to the GraphQL library after it was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    value_from_ast,
)
from graphql.pyutils import Undefined
from graphql.utilities.coerce_input_value import coerce_default_value

from resolvers.errors import Location, MalformedDocument, PlanError

__all__ = ["Argument", "Composed", "Group", "Operation", "Selection", "conditions", "operation_of", "read"]


@dataclass(frozen=True, slots=True)
class Composed:
    """A list or an input object as written with variables in it; the names of a list's parts are empty."""

    parts: tuple[tuple[str, "Argument"], ...]

    def bound(self, variables: Mapping[str, object]) -> object:
        """Return the list or object for one request; a variable that was not sent leaves its name out."""
        if all(name for name, _ in self.parts):
            return {name: part.bound(variables) for name, part in self.parts if part.is_sent(variables)}
        return [part.bound(variables) for _, part in self.parts]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as written: a variable's name, or a value; `default` is the schema's, where a variable has none."""

    name: str
    variable: str | None = None
    value: object = None
    default: object = None

    def bound(self, variables: Mapping[str, object]) -> object:
        """Return the value for one request; `variables` are coerced already."""
        if self.variable is None:
            return self.value.bound(variables) if isinstance(self.value, Composed) else self.value
        return variables.get(self.variable, self.default)

    def is_sent(self, variables: Mapping[str, object]) -> bool:
        """Return whether there is a value: only a variable can be without."""
        return self.variable is None or self.variable in variables or self.default is not None


@dataclass(frozen=True, slots=True)
class Selection:
    """One field asked for: under which response key, with which arguments, and what of it."""

    key: str
    field: str
    arguments: tuple[Argument, ...]
    groups: tuple["Group", ...]
    location: Location

    def argument(self, name: str) -> Argument | None:
        """Return the argument of that name, or None where neither document nor schema gives one."""
        return next((argument for argument in self.arguments if argument.name == name), None)


@dataclass(frozen=True, slots=True)
class Group:
    """What is asked of a value whose type is any of `types`.

    A field of an object type has one group, of an interface one or more.
    """

    types: tuple[str, ...]
    selections: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """The root of a selection: its kind and its root fields."""

    kind: str
    selections: tuple[Selection, ...]

    @property
    def root(self) -> str:
        """The name of the type whose fields they are."""
        return self.kind.capitalize()


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation to run.

    Raises:
        MalformedDocument: there is none, none of that name, or several and no name was given.
    """
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    names = [node.name.value for node in operations if node.name]
    if name is None:
        if len(operations) == 1:
            return operations[0]
        what = "holds no operation" if not operations else f"holds {len(operations)} operations: {', '.join(names)}"
        message = f"The document {what}, and no operationName was sent; send the name of one of its operations."
        raise MalformedDocument(message, "OPERATION_NOT_DETERMINED", details={"allowed": names})
    for node in operations:
        if node.name and node.name.value == name:
            return node
    message = f"operationName is {name!r}, but the document's operations are: {', '.join(names) or 'without a name'}."
    raise MalformedDocument(message, "OPERATION_NOT_DETERMINED", details={"sent": name, "allowed": names})


def conditions(document: DocumentNode) -> tuple[str, ...]:
    """Return the names of the variables that a `@skip` or `@include` of the document reads, sorted."""
    found: set[str] = set()

    def visit(selection_set: SelectionSetNode | None) -> None:
        for node in selection_set.selections if selection_set else ():
            for directive in node.directives or ():
                for argument in directive.arguments or ():
                    if directive.name.value in {"skip", "include"} and isinstance(argument.value, VariableNode):
                        found.add(argument.value.name.value)
            if isinstance(node, (FieldNode, InlineFragmentNode)):
                visit(node.selection_set)

    for definition in document.definitions:
        if isinstance(definition, (OperationDefinitionNode, FragmentDefinitionNode)):
            visit(definition.selection_set)
    return tuple(sorted(found))


def read(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, object]
) -> Operation:
    """Return what `operation` asks for; `variables` decide `@skip` and `@include` and nothing else."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    reader = _Reader(schema, fragments, variables)
    root = schema.get_root_type(operation.operation)
    if root is None:
        raise PlanError(f"The schema has no {operation.operation.value} type.")
    selections = reader.selections(root, (operation.selection_set,))
    return Operation(OperationType(operation.operation).value, selections)


class _Reader:
    """CollectFields over all possible types at once; types that are asked the same share one group."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables

    def selections(self, object_type: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> tuple[Selection, ...]:
        collected = self._collect(object_type, sets)
        return tuple(self._selection(object_type, key, nodes) for key, nodes in collected.items())

    def _collect(self, object_type: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        collected: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()

        def visit(selection_set: SelectionSetNode) -> None:
            for node in selection_set.selections:
                if not self._is_included(node):
                    continue
                if isinstance(node, FieldNode):
                    key = node.alias.value if node.alias else node.name.value
                    collected.setdefault(key, []).append(node)
                elif isinstance(node, InlineFragmentNode):
                    if node.type_condition is None or self._applies(node.type_condition.name.value, object_type):
                        visit(node.selection_set)
                elif isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
                    visited.add(node.name.value)
                    fragment = self._fragments[node.name.value]
                    if self._applies(fragment.type_condition.name.value, object_type):
                        visit(fragment.selection_set)

        for selection_set in sets:
            visit(selection_set)
        return collected

    def _applies(self, condition: str, object_type: GraphQLObjectType) -> bool:
        if condition == object_type.name:
            return True
        conditional = self._schema.get_type(condition)
        return isinstance(conditional, GraphQLInterfaceType) and self._schema.is_sub_type(conditional, object_type)

    def _is_included(self, node: FieldNode | InlineFragmentNode | FragmentSpreadNode | object) -> bool:
        for directive in getattr(node, "directives", None) or ():
            name = directive.name.value
            if name not in {"skip", "include"}:
                continue
            given = directive.arguments[0].value
            decided = (
                self._variables.get(given.name.value)
                if isinstance(given, VariableNode)
                else getattr(given, "value", None)
            )
            if bool(decided) is (name == "skip"):
                return False
        return True

    def _selection(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selection:
        first = nodes[0]
        name = first.name.value
        location = Location(1, 1)
        if first.loc:
            position = first.loc.source.get_location(first.loc.start)
            location = Location(position.line, position.column)
        if name == "__typename":
            return Selection(key, name, (), (), location)
        field = self._field(parent, name)
        sets = tuple(node.selection_set for node in nodes if node.selection_set)
        groups = self._groups(get_named_type(field.type), sets) if sets else ()
        return Selection(key, name, self._arguments(field, first), groups, location)

    def _field(self, parent: GraphQLObjectType, name: str) -> GraphQLField:
        field = self._schema.get_field(parent, name)
        if field is None:
            raise PlanError(f"{parent.name} has no field {name}.")
        return field

    def _groups(self, returned: GraphQLNamedType, sets: Sequence[SelectionSetNode]) -> tuple[Group, ...]:
        if isinstance(returned, GraphQLObjectType):
            return (Group((returned.name,), self.selections(returned, sets)),)
        if not isinstance(returned, GraphQLInterfaceType):
            raise PlanError(f"{returned.name} is neither an object type nor an interface.")
        # Types whose collected field nodes are the same are read once: an interface below an interface stays linear.
        shared: dict[tuple[tuple[str, tuple[int, ...]], ...], list[GraphQLObjectType]] = {}
        for possible in self._schema.get_possible_types(returned):
            collected = self._collect(possible, sets)
            asked = tuple((key, tuple(id(node) for node in nodes)) for key, nodes in collected.items())
            shared.setdefault(asked, []).append(possible)
        return tuple(
            Group(tuple(sorted(possible.name for possible in types)), self.selections(types[0], sets))
            for types in shared.values()
        )

    def _arguments(self, field: GraphQLField, node: FieldNode) -> tuple[Argument, ...]:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        arguments = []
        for name, defined in field.args.items():
            default = coerce_default_value(defined) if defined.default is not None else None
            value = given.get(name)
            if value is None:
                if default is not None:
                    arguments.append(Argument(name, value=default, default=default))
            elif isinstance(value, VariableNode):
                arguments.append(Argument(name, variable=value.name.value, default=default))
            else:
                arguments.append(Argument(name, value=_literal(value, defined.type), default=default))
        return tuple(arguments)


def _literal(node: ValueNode, declared: object) -> object:
    """Return the value of a literal; the document was validated, so it fits the declared type."""
    if isinstance(node, NullValueNode):
        return None
    if _has_variable(node):
        return _composed(node, declared)
    value = value_from_ast(node, declared)  # type: ignore[arg-type]  # the declared input type, whichever it is
    return None if value is Undefined else value


def _has_variable(node: ValueNode) -> bool:
    if isinstance(node, ListValueNode):
        return any(_has_variable(item) for item in node.values)
    if isinstance(node, ObjectValueNode):
        return any(_has_variable(field.value) for field in node.fields)
    return isinstance(node, VariableNode)


def _composed(node: ValueNode, declared: object) -> Composed:
    """Return what is put together for each request; an input object's own defaults are not among it."""
    kind = get_nullable_type(declared)  # type: ignore[call-overload]  # the declared input type, whichever it is
    named: list[tuple[str, ValueNode, object]] = []
    if isinstance(node, ListValueNode) and isinstance(kind, GraphQLList):
        named = [("", item, kind.of_type) for item in node.values]
    elif isinstance(node, ObjectValueNode) and isinstance(kind, GraphQLInputObjectType):
        named = [(field.name.value, field.value, kind.fields[field.name.value].type) for field in node.fields]
    parts = []
    for name, value, inner in named:
        if isinstance(value, VariableNode):
            parts.append((name, Argument(name, variable=value.name.value)))
        else:
            parts.append((name, Argument(name, value=_literal(value, inner))))
    return Composed(tuple(parts))


def introspection_only(document: DocumentNode, operation: OperationDefinitionNode) -> DocumentNode:
    """Return the document with the one operation, of whose root only what asks about the schema is left."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}

    def kept(selection_set: SelectionSetNode) -> list[FieldNode | InlineFragmentNode]:
        nodes: list[FieldNode | InlineFragmentNode] = []
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                if node.name.value in {"__schema", "__type"}:
                    nodes.append(node)
                continue
            if isinstance(node, FragmentSpreadNode):
                inner, directives = fragments[node.name.value].selection_set, node.directives
            elif isinstance(node, InlineFragmentNode):
                inner, directives = node.selection_set, node.directives
            left = kept(inner)
            if left:
                nodes.append(
                    InlineFragmentNode(directives=directives, selection_set=SelectionSetNode(selections=tuple(left)))
                )
        return nodes

    narrowed = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=tuple(kept(operation.selection_set))),
    )
    return DocumentNode(definitions=(narrowed, *fragments.values()))
