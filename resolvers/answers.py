"""`Answers.answer`: the one way from a request to its answer.

A document is parsed, validated and read once (`documents.py`), and compiled once for each way in which its dates lie to
the graph's span. A request with a known document goes from its variables straight to the statement. Introspection alone
is answered by the GraphQL library.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphql import GraphQLSchema, execute_sync

from cypher.errors import GraphNotPrepared, IcsgraphError
from cypher.graph import Graph
from resolvers import attribution, cost
from resolvers import selection as selections
from resolvers.as_of import Span
from resolvers.assumptions import Assumptions, Question
from resolvers.attribution import Attribution
from resolvers.compiler import FRAME, compile  # noqa: A004  # `compiler.compile` is the name to know
from resolvers.concept import Catalogue
from resolvers.cost import Degrees
from resolvers.documents import Document, Documents, Reading
from resolvers.errors import MalformedDocument, RequestError
from resolvers.finality import is_final
from resolvers.limits import DocumentLimits
from resolvers.paging import CursorKey, PageLimits
from resolvers.plan import Bound, Circumstances, Plan
from resolvers.selection import Argument, Operation
from resolvers.writes import Caller, Writing, allowed, written
from resolvers.writing import encoded

__all__ = ["Answer", "Answers", "Event"]

_KEPT_PLANS = 16  # of one document: each date may lie within the span or not, each page be the first or the last
_INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as JSON in UTF-8; `has_data` is false where the request itself was at fault.

    `sequence` is that of the graph it was read from; None where nothing was read, as for introspection alone. One that
    `is_final` is for ever the same.
    """

    body: bytes
    has_data: bool
    sequence: int | None = None
    is_write: bool = False
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What a subscription is told next, and up to which sequence it has been told all.

    `answer` is None where nothing has followed yet; one without data ends the subscription.
    """

    answer: Answer | None
    sequence: int


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
        writing: Writing | None = None,
    ) -> None:
        self._schema = schema
        self._catalogue = catalogue
        self._graph = graph
        self._today = today
        self._pages = pages
        self._cursors = cursors
        self._attribution: Attribution | None = None
        self._writing = writing
        self._most_objects = limits.cost
        self._documents = Documents(schema, limits)
        self._span: Span | None = None
        self._degrees: tuple[int, Degrees] | None = None

    async def answer(
        self,
        text: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        *,
        is_dry: bool = False,
        caller: Caller | None = None,
    ) -> Answer:
        """Return the answer to a document; a mistake of the client's is an answer too. A dry one is priced and not run.

        Raises:
            KeyNeeded, ScopeMissing: it writes, and whoever asks may not.
            IcsgraphError: the database is away or empty, or something of ours is wrong.
        """
        extensions: dict[str, Any] = {"attribution": ()}
        try:
            document = await self._documents.known(text, operation_name)
            if document.is_subscription:
                raise MalformedDocument(
                    "A subscription is answered over WebSocket (graphql-transport-ws), or as a stream of events"
                    " (Accept: text/event-stream).",
                    "SUBSCRIPTION_NEEDS_STREAM",
                )
            coerced = document.coerced(variables or {})
            reading = document.reading(coerced)
            price = await self._price(reading, coerced)
            extensions["cost"] = {"requested": price, "allowed": self._most_objects}
            if is_dry:
                return Answer(encoded({"data": None, "extensions": extensions}), True)
            if document.is_mutation:
                return await self._written(reading.operation, coerced, extensions, caller)
            if any(one.field in _INTROSPECTION for one in reading.operation.selections):
                data = await self._introspected(document, reading.operation, coerced, extensions)
            else:
                data = await self._read(reading, coerced, extensions)
        except RequestError as error:
            return Answer(encoded({"errors": [error.formatted()], "extensions": extensions}), False)
        lasts = is_final(reading.operation, coerced, self._today())
        return Answer(
            encoded({"data": data, "extensions": extensions}), True, extensions.get("sequence"), is_final=lasts
        )

    async def is_subscription(self, text: str, operation_name: str | None) -> bool:
        """Return whether a document is a subscription; one that is at fault is none, and `answer` says why."""
        try:
            return (await self._documents.known(text, operation_name)).is_subscription
        except RequestError:
            return False

    async def event(
        self, text: str, variables: Mapping[str, Any], operation_name: str | None, after: int | None
    ) -> Event:
        """Return what follows `after`; where it is None, what follows the sequence that the document names, or now.

        Raises:
            IcsgraphError: the database is away or empty, or something of ours is wrong.
        """
        extensions: dict[str, Any] = {"attribution": ()}
        try:
            document = await self._documents.known(text, operation_name)
            coerced = document.coerced(variables)
            reading = document.reading(coerced)
            price = await self._price(reading, coerced)
            extensions["cost"] = {"requested": price, "allowed": self._most_objects}
            data, bound = await self._read_bound(reading, coerced, extensions, after)
        except RequestError as error:
            return Event(Answer(encoded({"errors": [error.formatted()], "extensions": extensions}), False), 0)
        sequence = int(extensions["sequence"])
        if bound.came_to is None:
            return Event(None, sequence)
        return Event(Answer(encoded({"data": data, "extensions": extensions}), True, sequence), bound.came_to)

    async def is_mutation(self, text: str, operation_name: str | None) -> bool:
        """Return whether a document writes; one that is at fault does not, and `answer` says why."""
        try:
            return (await self._documents.known(text, operation_name)).is_mutation
        except RequestError:
            return False

    async def _written(
        self, operation: Operation, variables: Mapping[str, Any], extensions: dict[str, Any], caller: Caller | None
    ) -> Answer:
        if self._writing is None:
            raise MalformedDocument("Nothing can be written here; this server only reads.", "WRITES_NOT_OFFERED")
        circumstances = Circumstances(self._today(), self._pages, self._cursors)
        by = allowed(operation, caller)
        result = await written(operation, self._catalogue, variables, circumstances, by, self._writing)
        self._span = self._degrees = None
        errors = {"errors": result.errors} if result.errors else {}
        extensions["sequence"] = result.sequence
        body = encoded({**errors, "data": result.data, "extensions": extensions})
        return Answer(body, True, result.sequence, is_write=True)

    async def sequence(self) -> int:
        """Return the graph's sequence, and learn its span."""
        return int((await self._frame())[0])

    # What it costs

    async def _price(self, reading: Reading, variables: Mapping[str, Any]) -> int:
        if self._degrees is None:
            self._degrees = await self._read_degrees()
            await self._learn_sources(self._degrees[1].counts.get("Source", 0))
        degrees = self._degrees[1]
        if reading.priced is None or reading.priced[0] is not degrees:
            reading.priced = (degrees, cost.price(reading.operation, self._catalogue, degrees))
        return cost.check(reading.priced[1], variables, self._pages, self._most_objects)

    async def _read_degrees(self) -> tuple[int, Degrees]:
        """Read how many there are of each label and type, with the graph's frame: one statement for all.

        The first time it also reads whose data they are.
        """
        counted = cost.counted(self._catalogue)
        row = await self._frame(counted if self._attribution else f"{counted}, {attribution.READ}")
        counts = dict(row[len(FRAME)])
        if self._attribution is None:
            self._attribution = Attribution.read(row[len(FRAME) + 1], counts.get("Source", 0))
        return int(row[0]), Degrees(counts)

    # Whose data it is

    async def _learn_sources(self, sources: int) -> None:
        """Read anew whose data the labels and types are, unless there are as many sources as then."""
        if self._attribution is None or self._attribution.sources != sources:
            row = await self._frame(attribution.READ)
            self._attribution = Attribution.read(row[len(FRAME)], sources)

    def _attributed(self, reading: Reading, plan: Plan) -> tuple[str, ...]:
        """Return what to say of whose data a plan reads."""
        if self._attribution is None:
            return ()
        if reading.attributed is None or reading.attributed[0] is not self._attribution:
            told = self._attribution.of(attribution.words(plan.statement, reading.operation))
            reading.attributed = (self._attribution, told)
        return reading.attributed[1]

    # The statement

    async def _read(self, reading: Reading, variables: Mapping[str, Any], extensions: dict[str, Any]) -> dict[str, Any]:
        return (await self._read_bound(reading, variables, extensions))[0]

    async def _read_bound(
        self, reading: Reading, variables: Mapping[str, Any], extensions: dict[str, Any], after: int | None = None
    ) -> tuple[dict[str, Any], Bound]:
        for _ in range(5):
            circumstances = Circumstances(self._today(), self._pages, self._cursors, after)
            span = self._span
            if span is None:
                span = _span(await self._frame())
            plan, bound = self._planned(reading, variables, circumstances, span)
            row = self._first(await self._graph.read(plan.statement, bound.parameters))
            self._span = _span(row)
            if self._degrees is not None and self._degrees[0] != row[0]:
                self._degrees = None  # the graph has changed: the next request reads them anew
            if plan.holds(bound, self._span):
                extensions["attribution"] = self._attributed(reading, plan)
                extensions["sequence"] = row[0]
                if plan.knowledge:
                    extensions["knownAt"] = [one.told(row) for one in plan.knowledge]
                data = plan.write(row, bound, self._cursors)
                if bound.absences:
                    extensions["absent"] = [absence.formatted() for absence in bound.absences]
                return data, bound
        raise IcsgraphError("The graph's span moved with every read; ask again.")

    def _planned(
        self, reading: Reading, variables: Mapping[str, Any], circumstances: Circumstances, span: Span
    ) -> tuple[Plan, Bound]:
        """Return a plan whose assumptions hold, made before or now, with the request's values bound."""
        for plan, assumptions in reading.plans:
            if assumptions.hold(variables):
                bound = plan.bind(variables, circumstances)
                if plan.assumes(bound, span):
                    return plan, bound
        taken: list[tuple[Question, object]] = []

        def now(argument: Argument | None) -> bool:
            given = argument.bound(variables) if argument else None
            return span.holds(given if isinstance(given, date) else circumstances.today)

        def ask(question: Question) -> object:
            taken.append((question, question.answer(variables)))
            return taken[-1][1]

        plan = compile(reading.operation, self._catalogue, now, ask)
        del reading.plans[: max(0, len(reading.plans) - _KEPT_PLANS + 1)]
        reading.plans.append((plan, Assumptions(tuple(taken))))
        return plan, plan.bind(variables, circumstances)

    async def _frame(self, besides: str | None = None) -> list[Any]:
        """Return the graph's sequence and span, and the value of a further expression where one is given."""
        returned = ", ".join([*FRAME, *([besides] if besides else [])])
        row = self._first(await self._graph.read(f"MATCH (graph:Graph) RETURN [{returned}] AS row", {}))
        self._span = _span(row)
        return row

    @staticmethod
    def _first(records: list[list[Any]]) -> list[Any]:
        if not records:
            raise GraphNotPrepared("The database holds no graph yet; `icsgraph seed load` fills it.")
        row: list[Any] = records[0][0]
        return row

    async def _introspected(
        self, document: Document, operation: Operation, variables: Mapping[str, Any], extensions: dict[str, Any]
    ) -> dict[str, Any]:
        """Answer what is asked of the schema itself; what else the document asks is read and put beside it."""
        own = Operation(operation.kind, tuple(one for one in operation.selections if one.field not in _INTROSPECTION))
        data: dict[str, Any] = {}
        if any(one.field != "__typename" for one in own.selections):
            data = await self._read(Reading(own), variables, extensions)
        result = execute_sync(
            self._schema,
            selections.introspection_only(document.document, document.operation),
            variable_values=dict(variables),
        )
        about = result.data or {}
        return {
            one.key: about.get(one.key, data.get(one.key, "Query" if one.field == "__typename" else None))
            for one in operation.selections
        }


def _span(row: list[Any]) -> Span:
    since, until = (date.fromisoformat(value) if value is not None else None for value in row[1:3])
    return Span(since, until)
