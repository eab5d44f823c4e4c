"""`compile`: a `Selection` and the `Catalogue` give a `Plan`.

Two texts are made side by side, on one walk down the selection: the Cypher expression of each value, and the Python
expression that puts that value into the answer. Every object is one positional list in Cypher and one dict display in
Python, so an answer costs one comprehension a level. Names in the Cypher are ours (`n1`, `r2`), names in the Python
are response keys, which the GraphQL grammar limits to letters, digits and underscores; values from a client are
parameters (`resolvers/arguments.py`). Root fields are in `roots.py`, other fields in `objects.py`, pages in
`connections.py`, what their rows are in `patterns.py`, what a code or an id leads to in `lookups.py`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from resolvers import knowledge, objects, patterns, writing
from resolvers.anchor import Anchor, Row
from resolvers.arguments import DateParameter, KnowledgeParameter
from resolvers.as_of import Clock
from resolvers.assumptions import Given, Question
from resolvers.concept import (
    Catalogue,
    Column,
    Concept,
    Constant,
    Count,
    Dated,
    Embedded,
    EntityList,
    Link,
    Listed,
    RootConnection,
    Rows,
    ScopedAbsences,
    SequenceValue,
    Single,
    Told,
    Value,
)
from resolvers.errors import NotToldThen, PlanError
from resolvers.plan import Knowledge, Parameter, Plan
from resolvers.roots import root_field
from resolvers.selection import Argument, Group, Operation, Selection
from resolvers.told import selections

__all__ = ["FRAME", "compile"]

# The first positions of every row; the dates as text, which costs both sides less than a date of the database.
FRAME = ("graph.sequence", "toString(graph.since)", "toString(graph.until)")
_NOT_OF_SUBJECT = frozenset({"asOf", "first", "after", "last", "before", "filter", "orderBy"})


def compile(  # noqa: A001  # the builtin is not used here, and `compiler.compile` is the name to know
    operation: Operation,
    catalogue: Catalogue,
    is_now: Callable[[Argument | None], bool],
    ask: Callable[[Question], object],
) -> Plan:
    """Return the plan of a query, or of one event of a subscription.

    `is_now` says of a root field's `asOf` argument whether its date lies within the graph's span; `ask` answers what
    the text depends on besides. Both are assumptions of the plan: it is made again where they differ.

    Raises:
        PlanError: the selection needs what the catalogue does not describe.
        NotToldThen: a past knowledge is asked for what can't be told of it.
    """
    return _Compiler(catalogue, is_now, ask).plan(operation)


def _without_unread_dates(
    parameters: Sequence[tuple[Parameter, tuple[str, ...]]], statement: str
) -> Iterator[tuple[Parameter, tuple[str, ...]]]:
    """Give the parameters; a date that the statement does not name is not sent."""
    named = set(re.findall(r"\$(\w+)", statement))
    for parameter, path in parameters:
        if isinstance(parameter, DateParameter) and parameter.name not in named:
            yield replace(parameter, is_sent=False), path
        else:
            yield parameter, path


class _Compiler:
    """One compilation: the `Walk` that the parts of the compiler share."""

    def __init__(
        self,
        catalogue: Catalogue,
        is_now: Callable[[Argument | None], bool],
        ask: Callable[[Question], object],
    ) -> None:
        self._catalogue = catalogue
        self._is_now = is_now
        self._ask = ask
        self._subject: tuple[Argument, ...] = ()
        self._known: str | None = None  # the sequence of the root field at which the walk is
        self._told = ""  # the Python expression of that sequence, with when it was recorded
        self._knowledge: list[Knowledge] = []
        self._numbers = count(1)
        self._parameters: list[tuple[Parameter, tuple[str, ...]]] = []
        self._path: list[str] = []  # the response keys from the root to where the walk is
        self._clocks: list[Clock] = []

    def plan(self, operation: Operation) -> Plan:
        row = Row("row", first=len(FRAME))
        root = self.concept(operation.root)
        entries = []
        for selection in operation.selections:
            with self.within(selection.key):
                entries.append(f"{selection.key!r}: {self._then(root, selection, row)}")
        source = f"lambda row, bound, cursors: {{{', '.join(entries)}}}"
        returned = ",\n  ".join([", ".join(FRAME), *row.expressions])
        statement = "\n".join(["MATCH (graph:Graph)", *row.before, f"RETURN [{returned}] AS row"])
        return Plan(
            statement=statement,
            parameters=tuple(_without_unread_dates(self._parameters, statement)),
            write=writing.function(source),
            clocks=tuple(clock.parameter for clock in self._clocks),
            assumptions=tuple(clock.is_now for clock in self._clocks),
            source=source,
            knowledge=tuple(self._knowledge),
        )

    def _then(self, root: Concept, selection: Selection, row: Row) -> str:
        """Add a root field to the row, by what was held at the sequence or instant that its `knownAt` names."""
        argument = selection.argument("knownAt")
        if argument is None or not self._ask(Given(argument, ("sequence", "instant"))):
            return self._root(root, selection, row)
        known = f"k{self.number()}"
        self.take(KnowledgeParameter(known, argument, selection.key, selection.location))
        self._known = known
        mine = Row(row.name, first=row.size)
        place = row.size
        self._told = mine.add(f"[{known}, {knowledge.recorded(known)}, {knowledge.recorded('1')}]")
        try:
            source = self._root(root, selection, mine)
        except knowledge.NotTold as error:
            raise NotToldThen(selection.field, str(error), self._path, selection.location) from error
        self._known = None
        self._knowledge.append(Knowledge(selection.key, selection.location, place))
        row.before += [knowledge.sequence_of(known), *(knowledge.rescoped(one, known) for one in mine.before)]
        row.expressions += [knowledge.rescoped(one, known) for one in mine.expressions]
        return source

    def _root(self, root: Concept, selection: Selection, row: Row) -> str:
        self._subject = tuple(one for one in selection.arguments if one.name not in _NOT_OF_SUBJECT)
        return root_field(self, root, selection, row)

    # What the parts share

    def number(self) -> int:
        return next(self._numbers)

    def take(self, parameter: Parameter) -> None:
        self._parameters.append((parameter, tuple(self._path)))

    def path(self) -> tuple[str, ...]:
        return tuple(self._path)

    @contextmanager
    def within(self, key: str) -> Iterator[None]:
        self._path.append(key)
        try:
            yield
        finally:
            self._path.pop()

    def concept(self, name: str) -> Concept:
        try:
            return self._catalogue.concepts[name]
        except KeyError as error:
            raise PlanError(f"{name} is not described in the catalogue.") from error

    def described(self, name: str) -> Concept | None:
        return self._catalogue.concepts.get(name)

    def told(self) -> str:
        return self._told

    def order(self, target: str, node: str) -> str:
        concept = self.described(target)  # None of an interface, of whose codes two may be the same
        return (concept.order if concept else "{node}.id").replace("{node}", node)

    def ask(self, question: Question) -> object:
        return self._ask(question)

    def is_entity(self, target: str) -> bool:
        concept = self.described(target)
        is_concept = concept is not None and concept.label is not None and not concept.is_timeless
        return target in self._catalogue.interfaces or is_concept

    def clock(self, selection: Selection, name: str = "asOf") -> Clock:
        argument = selection.argument(name)
        if self._known is not None:
            clock = Clock(f"p{self.number()}", False, self._known)
        else:
            clock = Clock(f"p{self.number()}", self._is_now(argument))
            self._clocks.append(clock)
        self.take(DateParameter(clock.parameter, argument))
        return clock

    def subject(self) -> tuple[Argument, ...]:
        return self._subject

    def absences(
        self, about: tuple[str, str], selection: Selection, anchor: Anchor, row: Row, rows: str | None = None
    ) -> str:
        stored = "{values}.absences" if anchor.node else None
        return objects.absences(self, ScopedAbsences((about,), stored, rows, about[1]), selection, anchor, row)

    def state(self, groups: Sequence[Group], node: str, anchor: Anchor, *, is_needed: bool = False) -> tuple[str, str]:
        return objects.state(self, groups, node, anchor.clock, is_needed=is_needed)

    def entity(
        self, groups: Sequence[Group], anchor: Anchor, value: str, before: list[str] | None = None
    ) -> tuple[str, str]:
        return objects.entity(self, groups, anchor, value, before)

    def field(self, concept: Concept, selection: Selection, anchor: Anchor, row: Row) -> str:
        with self.within(selection.key):
            try:
                return self._field(concept, selection, anchor, row)
            except knowledge.NotTold as error:
                name = f"{concept.name}.{selection.field}"
                raise NotToldThen(name, str(error), self._path, selection.location) from error

    def _field(self, concept: Concept, selection: Selection, anchor: Anchor, row: Row) -> str:
        if selection.field == "__typename":
            return repr(concept.name) if concept.typename is None else row.add(concept.typename)
        field = concept.fields.get(selection.field)
        match field:
            case Value():
                held = row.add(anchor.fill(field.template))
                return held if field.writer is None else f"{field.writer}({held})"
            case Told():
                return f"{field.writer}({self._told_from(field, concept, selection, anchor, row)})"
            case Constant():
                return repr(field.value)
            case SequenceValue():
                return self._framed(field, anchor.clock)
            case Column():
                return f"{row.name}[{field.index}]"
            case Embedded():
                within = replace(anchor, record=anchor.life) if field.anchor == "node" else anchor
                if field.of is not None:
                    within = replace(within, record=anchor.fill(field.of))
                source = objects.object_of(self, self.concept(field.type), selection.groups[0].selections, within, row)
                is_null = "" if field.unless is None else f"None if {row.add(anchor.fill(field.unless))} is None else "
                return f"({is_null}{source})"
            case Count():
                return row.add(objects.counted(field, anchor.clock, f"c{self.number()}"))
            case Dated():
                within = replace(anchor, clock=self.clock(selection))
                return objects.object_of(self, self.concept(field.type), selection.groups[0].selections, within, row)
            case Listed():
                return objects.listed(self, field, selection, anchor, row)
            case ScopedAbsences():
                return objects.absences(self, field, selection, anchor, row)
            case Link():
                return patterns.linked(self, field, selection, anchor, row)
            case Rows():
                return patterns.found(self, field, selection, anchor, row)
            case EntityList() | Single():
                return objects.entities(self, field, selection, anchor, row)
            case RootConnection():
                return patterns.all_of(self, concept.name, field, selection, row)
        raise PlanError(f"{concept.name}.{selection.field} is not described in the catalogue.")

    def _told_from(self, field: Told, concept: Concept, selection: Selection, anchor: Anchor, row: Row) -> str:
        parts = selections(self._catalogue, concept, field.parts, selection.location)
        try:
            return objects.object_of(self, concept, parts, anchor, row)
        except NotToldThen as error:
            raise knowledge.NotTold(error.reason) from error

    def _framed(self, field: SequenceValue, clock: Clock) -> str:
        if clock.known is not None and field.name == "sequence":
            return f"{self._told}[0]"
        if clock.known is not None and field.name != "asOf":
            raise knowledge.NotTold("It tells between which days the graph as it is now does not change.")
        return f"frame(row, bound, {field.name!r}, {clock.parameter!r})"
