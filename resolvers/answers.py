"""`Answers.answer`: the one way from a request to its answer.

A document is parsed and validated once, its selection is read once for each way in which its `@skip` and `@include`
fall, and compiled once for each way in which its dates lie to the graph's span; all three are kept. A request with a
known document goes from its variables straight to the statement. Introspection alone is answered by the GraphQL
library, from the schema.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    execute_sync,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from cypher.errors import GraphNotPrepared, IcsgraphError
from cypher.graph import Graph
from resolvers import selection as selections
from resolvers.as_of import Span
from resolvers.compiler import FRAME, compile  # noqa: A004  # `compiler.compile` is the name to know
from resolvers.concept import Catalogue
from resolvers.errors import Location, MalformedDocument, MalformedVariables, RequestError
from resolvers.limits import DocumentLimits, check
from resolvers.paging import CursorKey, PageLimits
from resolvers.plan import Bound, Circumstances, Plan
from resolvers.selection import Argument, Operation, Selection
from resolvers.writing import encoded

__all__ = ["Answer", "Answers"]

_KEPT_DOCUMENTS = 1_000
_KEPT_PLANS = 16  # of one document: each date may lie within the span or not, each page be the first or the last
_INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as JSON in UTF-8.

    `has_data` is false where the request itself was at fault, and nothing was asked of the graph.
    """

    body: bytes
    has_data: bool


@dataclass(slots=True)
class _Prepared:
    """A validated operation, with the selections and plans made of it so far."""

    document: DocumentNode
    operation: OperationDefinitionNode
    conditions: tuple[str, ...]
    selections: dict[tuple[bool, ...], Operation] = field(default_factory=dict)
    plans: dict[tuple[bool, ...], list[tuple[Plan, "_Directions"]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Directions:
    """From which end a plan pages each connection: one of its assumptions."""

    taken: tuple[tuple[Argument | None, Argument | None, bool], ...]

    def hold(self, variables: Mapping[str, object]) -> bool:
        return all(_is_backward(last, before, variables) is backward for last, before, backward in self.taken)


class Answers:
    """Answers requests from one graph by one schema; safe for many requests at once on one event loop."""

    def __init__(
        self,
        schema: GraphQLSchema,
        catalogue: Catalogue,
        graph: Graph,
        *,
        today: Callable[[], date],
        pages: PageLimits,
        limits: DocumentLimits,
        cursors: CursorKey,
        attribution: tuple[str, ...],
    ) -> None:
        self._schema = schema
        self._catalogue = catalogue
        self._graph = graph
        self._today = today
        self._pages = pages
        self._limits = limits
        self._cursors = cursors
        self._attribution = attribution
        self._documents: OrderedDict[tuple[str, str | None], _Prepared] = OrderedDict()
        self._span: Span | None = None

    async def answer(
        self, text: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> Answer:
        """Return the answer to a document; a mistake of the client's is an answer too.

        Raises:
            IcsgraphError: the database is away or empty, or something of ours is wrong.
        """
        try:
            prepared = self._prepared(text, operation_name)
            coerced = self._coerced(prepared, variables or {})
            operation = self._operation(prepared, coerced)
            if any(one.field in _INTROSPECTION for one in operation.selections):
                return await self._introspected(prepared, operation, coerced)
            data, bound, sequence = await self._read(prepared, operation, coerced)
        except RequestError as error:
            return Answer(
                encoded({"errors": [error.formatted()], "extensions": {"attribution": self._attribution}}), False
            )
        return Answer(encoded({"data": data, "extensions": self._extensions(bound, sequence)}), True)

    async def sequence(self) -> int:
        """Return the graph's sequence, and learn its span."""
        row = await self._frame()
        return int(row[0])

    def _extensions(self, bound: Bound, sequence: int) -> dict[str, Any]:
        extensions: dict[str, Any] = {"sequence": sequence, "attribution": self._attribution}
        if bound.absences:
            extensions["absent"] = [absence.formatted() for absence in bound.absences]
        return extensions

    # The document, once

    def _prepared(self, text: str, operation_name: str | None) -> _Prepared:
        key = (text, operation_name)
        known = self._documents.get(key)
        if known is not None:
            self._documents.move_to_end(key)
            return known
        document = self._parsed(text)
        operation = selections.operation_of(document, operation_name)
        prepared = _Prepared(document, operation, selections.conditions(document))
        self._documents[key] = prepared
        if len(self._documents) > _KEPT_DOCUMENTS:
            self._documents.popitem(last=False)
        return prepared

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
            raise _from_graphql(errors[0], "GRAPHQL_VALIDATION_FAILED", MalformedDocument)
        return document

    def _coerced(self, prepared: _Prepared, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        definitions = prepared.operation.variable_definitions or ()
        if not definitions:
            return {}
        result = get_variable_values(self._schema, definitions, dict(variables), max_errors=1)
        if isinstance(result, list):
            raise _from_graphql(result[0], "MALFORMED_VARIABLES", MalformedVariables)
        return result.coerced

    def _operation(self, prepared: _Prepared, variables: Mapping[str, Any]) -> Operation:
        decided = tuple(bool(variables.get(name)) for name in prepared.conditions)
        known = prepared.selections.get(decided)
        if known is None:
            known = selections.read(self._schema, prepared.document, prepared.operation, variables)
            prepared.selections[decided] = known
        return known

    # The statement, each time

    async def _read(
        self, prepared: _Prepared, operation: Operation, variables: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Bound, int]:
        for _ in range(5):
            span = self._span if self._span is not None else await self._learnt_span()
            circumstances = Circumstances(self._today(), self._pages, self._cursors)
            plan, bound = self._planned(prepared, operation, variables, circumstances, span)
            records = await self._graph.read(plan.statement, bound.parameters)
            if not records:
                raise GraphNotPrepared("The database holds no graph yet; `icsgraph seed load` fills it.")
            row = records[0][0]
            self._span = _span(row)
            if plan.holds(bound, self._span):
                return plan.write(row, bound, self._cursors), bound, row[0]
        raise IcsgraphError("The graph's span moved with every read; ask again.")

    def _planned(
        self,
        prepared: _Prepared,
        operation: Operation,
        variables: Mapping[str, Any],
        circumstances: Circumstances,
        span: Span,
    ) -> tuple[Plan, Bound]:
        plans = prepared.plans.setdefault(tuple(bool(variables.get(name)) for name in prepared.conditions), [])
        for plan, directions in plans:
            if not directions.hold(variables):
                continue
            bound = plan.bind(variables, circumstances)
            if all(
                span.holds(bound.dates[clock]) is assumed
                for clock, assumed in zip(plan.clocks, plan.assumptions, strict=True)
            ):
                return plan, bound
        taken: list[tuple[Argument | None, Argument | None, bool]] = []

        def now(argument: Argument | None) -> bool:
            given = argument.bound(variables) if argument else None
            return span.holds(given if isinstance(given, date) else circumstances.today)

        def backward(connection: Selection) -> bool:
            last, before = connection.argument("last"), connection.argument("before")
            is_backward = _is_backward(last, before, variables)
            taken.append((last, before, is_backward))
            return is_backward

        plan = compile(operation, self._catalogue, now, backward)
        del plans[: max(0, len(plans) - _KEPT_PLANS + 1)]
        plans.append((plan, _Directions(tuple(taken))))
        return plan, plan.bind(variables, circumstances)

    async def _learnt_span(self) -> Span:
        return _span(await self._frame())

    async def _frame(self) -> list[Any]:
        returned = ", ".join(f"graph.{name}" for name in FRAME)
        records = await self._graph.read(f"MATCH (graph:Graph) RETURN [{returned}] AS row", {})
        if not records:
            raise GraphNotPrepared("The database holds no graph yet; `icsgraph seed load` fills it.")
        row: list[Any] = records[0][0]
        self._span = _span(row)
        return row

    async def _introspected(self, prepared: _Prepared, operation: Operation, variables: Mapping[str, Any]) -> Answer:
        """Answer what is asked of the schema itself; what else the document asks is read and put beside it."""
        own = Operation(operation.kind, tuple(one for one in operation.selections if one.field not in _INTROSPECTION))
        data: dict[str, Any] = {}
        extensions: dict[str, Any] = {"attribution": self._attribution}
        if any(one.field != "__typename" for one in own.selections):
            aside = _Prepared(prepared.document, prepared.operation, prepared.conditions)
            data, bound, sequence = await self._read(aside, own, variables)
            extensions = self._extensions(bound, sequence)
        result = execute_sync(
            self._schema,
            selections.introspection_only(prepared.document, prepared.operation),
            variable_values=dict(variables),
        )
        about = result.data or {}
        merged = {
            one.key: about.get(one.key, data.get(one.key, "Query" if one.field == "__typename" else None))
            for one in operation.selections
        }
        return Answer(encoded({"data": merged, "extensions": extensions}), True)


def _is_backward(last: Argument | None, before: Argument | None, variables: Mapping[str, object]) -> bool:
    return any(argument is not None and argument.bound(variables) is not None for argument in (last, before))


def _span(row: list[Any]) -> Span:
    since, until = (value.to_native() if value is not None else None for value in row[1:3])
    return Span(since, until)


def _locations(error: GraphQLError) -> list[Location]:
    return [Location(at.line, at.column) for at in error.locations or ()]


def _from_graphql(error: GraphQLError, code: str, kind: type[RequestError]) -> RequestError:
    """Return a mistake that the GraphQL library found, in our form; a scalar's own code goes before the general one."""
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    own = dict(getattr(original, "extensions", None) or {})
    given = own.pop("code", code)
    message = str(original) if own else error.message
    return kind(message, str(given), locations=_locations(error), details=own)
