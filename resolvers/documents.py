"""`Documents`: each document is parsed, validated and read once, and kept with the plans that were made of it."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from resolvers import selection as selections
from resolvers.assumptions import Assumptions
from resolvers.attribution import Attribution
from resolvers.cost import Degrees, Price
from resolvers.errors import Location, MalformedDocument, MalformedVariables, RequestError
from resolvers.limits import DocumentLimits, check
from resolvers.plan import Plan
from resolvers.selection import Operation

__all__ = ["Document", "Documents", "Reading"]

_KEPT_DOCUMENTS = 1_000
_UNKNOWN_VALUE = re.compile(
    r"does not exist in '(\w+)' enum"
)  # the library says what was sent, and not what is allowed
_SHORT = 2_000  # characters: the worst document of that length is read and refused in a few milliseconds


@dataclass(slots=True)
class Reading:
    """What a document asks for where its `@skip` and `@include` fall one way, with its plans and its price so far.

    And with what to say of whose data it reads.
    """

    operation: Operation
    plans: list[tuple[Plan, Assumptions]] = field(default_factory=list)
    priced: tuple[Degrees, Price] | None = None
    attributed: tuple[Attribution, tuple[str, ...]] | None = None


class Document:
    """A validated operation of a document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self.document = document
        self.operation = operation
        self._schema = schema
        self._conditions = selections.conditions(document)
        self._readings: dict[tuple[bool, ...], Reading] = {}
        self._plain = _plain(operation)

    @property
    def is_subscription(self) -> bool:
        """Whether it is followed rather than answered once."""
        return self.operation.operation is OperationType.SUBSCRIPTION

    @property
    def is_mutation(self) -> bool:
        """Whether it writes."""
        return self.operation.operation is OperationType.MUTATION

    def coerced(self, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the variables as the operation declares them.

        Raises:
            MalformedVariables: they do not fit.
        """
        definitions = self.operation.variable_definitions or ()
        if not definitions:
            return {}
        # Texts sent for texts, and what is left out, need no looking at: the library would give them back as they are.
        given = {name: variables[name] for name in self._plain if name in variables}
        if len(given) == len(self._plain) == len(variables) and all(type(one) is str for one in given.values()):
            return given
        result = get_variable_values(self._schema, definitions, dict(variables), max_errors=1)
        if isinstance(result, list):
            raise _from_graphql(self._schema, result[0], "MALFORMED_VARIABLES", MalformedVariables)
        return result.coerced

    def reading(self, variables: Mapping[str, Any]) -> Reading:
        """Return what is asked for with these variables; they decide `@skip` and `@include` alone."""
        decided = tuple(bool(variables.get(name)) for name in self._conditions)
        known = self._readings.get(decided)
        if known is None:
            known = Reading(selections.read(self._schema, self.document, self.operation, variables))
            self._readings[decided] = known
        return known


def _plain(operation: OperationDefinitionNode) -> tuple[str, ...]:
    """Return the variables that may be a text, where all others may be left out and none has a default."""
    plain: list[str] = []
    for one in operation.variable_definitions or ():
        named = one.type.type if isinstance(one.type, NonNullTypeNode) else one.type
        if one.default_value is not None:
            return ()
        if isinstance(named, NamedTypeNode) and named.name.value == "String":
            plain.append(one.variable.name.value)
        elif isinstance(one.type, NonNullTypeNode):
            return ()
    return tuple(plain)


class Documents:
    """The documents met last, by their text and the operation that was named."""

    def __init__(self, schema: GraphQLSchema, limits: DocumentLimits) -> None:
        self._schema = schema
        self._limits = limits
        self._reader = ThreadPoolExecutor(1, "documents")
        self._kept: OrderedDict[tuple[str, str | None], Document] = OrderedDict()

    async def known(self, text: str, operation_name: str | None) -> Document:
        """Return a document, parsed and validated now or before; a long one beside the event loop, one at a time.

        Raises:
            MalformedDocument: it is no GraphQL, does not fit the schema, is too large, or has no such operation.
        """
        key = (text, operation_name)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        if len(text) <= _SHORT:
            parsed = self._parsed(text)
        else:
            parsed = await asyncio.get_running_loop().run_in_executor(self._reader, self._parsed, text)
        made = Document(self._schema, parsed, selections.operation_of(parsed, operation_name))
        self._kept[key] = made
        if len(self._kept) > _KEPT_DOCUMENTS:
            self._kept.popitem(last=False)
        return made

    def _parsed(self, text: str) -> DocumentNode:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as error:
            code = "TOO_MANY_TOKENS" if "tokens. Parsing aborted" in error.message else "GRAPHQL_PARSE_FAILED"
            raise MalformedDocument(error.message, code, locations=_locations(error)) from error
        except RecursionError as error:
            raise MalformedDocument("The document is nested too deeply to be read.", "TOO_DEEP") from error
        check(document, self._limits)
        errors = validate(self._schema, document, max_errors=5)
        if errors:
            raise _from_graphql(self._schema, errors[0], "GRAPHQL_VALIDATION_FAILED", MalformedDocument)
        return document


def _locations(error: GraphQLError) -> list[Location]:
    return [Location(at.line, at.column) for at in error.locations or ()]


def _from_graphql(schema: GraphQLSchema, error: GraphQLError, code: str, kind: type[RequestError]) -> RequestError:
    """Return a mistake that the GraphQL library found, in our form; a scalar's own code goes before the general one."""
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    own = dict(getattr(original, "extensions", None) or {})
    given = own.pop("code", code)
    message = str(original) if own else error.message
    named = _UNKNOWN_VALUE.search(message)
    if named and isinstance(enum := schema.get_type(named[1]), GraphQLEnumType):
        own["allowed"] = list(enum.values)
        message = f"{message} Send one of {', '.join(own['allowed'])}."
    return kind(message, str(given), locations=_locations(error), details=own)
