"""Where the compiler stands on its walk down a selection, and the row that it fills there."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from resolvers import knowledge
from resolvers.as_of import Clock
from resolvers.assumptions import Question
from resolvers.concept import Concept
from resolvers.errors import PlanError
from resolvers.plan import Parameter
from resolvers.selection import Argument, Group, Selection

__all__ = ["Anchor", "Row", "Walk", "let"]

_OF_CLOCK = re.compile(r"\{(types|labels|covers|where|later|shown):(\w+)\}")
_OF_SPAN = re.compile(r"<now>(.*?)</now>")
_SHOWN = (
    "coalesce(head(COLLECT { MATCH ({of})-[:HAS_STATE]->(s) WHERE s.validFrom <= {asOf} AND {asOf} < s.validTo"
    " RETURN s }), {life:{of}})"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the walk stands.

    The Cypher variables of what is described, the clock, the response path for messages, and the parameters of the
    arguments of closed sets by their names. `is_entity` tells that the node is an entity, not a map of ours.
    """

    clock: Clock
    node: str = ""
    values: str = ""
    edge: str = ""
    record: str = ""
    item: str = ""
    concept: str = ""
    code: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_entity: bool = False

    @property
    def life(self) -> str:
        """What tells the life of the entity: its node, or what lay on that at a past sequence."""
        if self.clock.known is None:
            return self.node
        return knowledge.lay(self.node, self.clock.known) if self.values == self.node else f"{self.values}.life"

    def fill(self, template: str) -> str:
        if self.clock.known is not None:
            return self._filled_for(self.clock.known, template)
        if "<now>" in template:
            template = _OF_SPAN.sub(r"\1" if self.clock.is_now else "", template)
        if "{" in template:
            template = _OF_CLOCK.sub(self._by_clock, template)
        return self._placed(knowledge.of_now(template, self.clock.covers))

    def parts(self, offered: Sequence[tuple[str, str]], text: str) -> list[str]:
        """Return the clauses of those parts of the node that the text reads, and that these read in turn."""
        wanted: list[str] = []
        for name, clauses in reversed(offered):
            if re.search(rf"\b{self.node}\.{name}\b", text):
                wanted.insert(0, self.fill(clauses))
                text += wanted[0]
        return wanted

    def filled_then(self, template: str) -> str:
        """Return a text that was written for a past knowledge."""
        known = self.clock.known or ""
        template = template.replace("{known}", known).replace("{today}", f"${knowledge.TODAY}")
        template = re.sub(r"\{held:(\w+)\}", lambda found: knowledge.held(found[1], known), template)
        return knowledge.expanded(self._placed(template), known, self.clock.parameter)

    def _filled_for(self, known: str, template: str) -> str:
        """Return the text for a past knowledge: as for any other date, and then rewritten."""
        if self.is_entity:
            life = f"<lay:{self.node}>" if self.values == self.node else self.life
            template = re.sub(r"(?<!\w)\{node\}\.(?!(?:id|code)\b)(?=\w)", f"{life}.", template)
        template = _OF_SPAN.sub("", template).replace("{known}", known)
        template = _OF_CLOCK.sub(self._by_clock_then, template)
        return knowledge.rewritten(self._placed(template), known, self.clock.parameter)

    def _by_clock(self, found: re.Match[str]) -> str:
        """Return what a placeholder of the clock stands for."""
        kind, of = found.groups()
        holds = self.clock.holds(of)
        return {
            "types": self.clock.types(of),
            "labels": self.clock.labels(of),
            "covers": holds or "true",
            "where": f" WHERE {holds}" if holds else "",
            "later": f"{of}_PLANNED" if self.clock.is_now else self.clock.types(of),
            "shown": of if self.clock.is_now else _SHOWN.replace("{of}", of),
        }[kind]

    def _by_clock_then(self, found: re.Match[str]) -> str:
        """Return the same of a past knowledge, in a text that is yet to be rewritten for it."""
        kind, of = found.groups()
        every = f"{of}|{of}_ENDED|{of}_PLANNED"
        return {
            "types": every,
            "labels": f"{of}|{of}Ended|{of}Planned",
            "covers": f"{{covers:{of}}}",
            "where": f" WHERE {{covers:{of}}}",
            "later": every,
            "shown": _SHOWN.replace("{of}", of),
        }[kind]

    def _placed(self, template: str) -> str:
        for name, parameter in self.choices:
            template = template.replace(f"{{choice:{name}}}", f"${parameter}")
        return (
            template.replace("{node}", self.node)
            .replace("{values}", self.values)
            .replace("{edge}", self.edge)
            .replace("{record}", self.record)
            .replace("{item}", self.item)
            .replace("{code}", f"${self.code}")
            .replace("{asOf}", f"${self.clock.parameter}")
        )


class Row:
    """The positional list of one object.

    Its Cypher expressions, and the Python name under which the writer meets it.
    """

    def __init__(self, name: str, *, first: int = 0) -> None:
        self.name = name
        self.expressions: list[str] = []
        self.before: list[str] = []  # clauses that must run before the row is made
        self.gathered: dict[object, str] = {}  # what `before` holds for all of the row, by what was asked
        self._first = first
        self._held: dict[str, str] = {}

    def add(self, expression: str) -> str:
        """Put a value into the row once; return the Python expression that reads it."""
        if expression not in self._held:
            self._held[expression] = f"{self.name}[{self.size}]"
            self.expressions.append(expression)
        return self._held[expression]

    def rename(self, expression: str, name: str) -> None:
        """Read a value that a variable holds by now from there; its position stays."""
        self.expressions = [name if held == expression else held for held in self.expressions]

    @property
    def size(self) -> int:
        """The position of the next value."""
        return self._first + len(self.expressions)

    def __str__(self) -> str:
        """Return the list, for a place that can hold no clauses before it."""
        if self.before:
            raise PlanError("A list that aggregates stands where it cannot be collected first.")
        return self.text()

    def text(self) -> str:
        """Return the list; the clauses of `before` are the caller's to place."""
        return f"[{', '.join(self.expressions)}]"


def let(name: str, value: str, body: str) -> str:
    """Return the Python expression `body` with `name` standing for `value`, which is read at most once.

    The name is in marks, as «x1», so that no response key can be taken for it.
    """
    if body.count(name) == 1:
        return body.replace(name, value)
    bare = name.strip("«»")
    return f"(lambda {bare}: {body.replace(name, bare)})({value})"


class Walk(Protocol):
    """What a part of the compiler asks of the whole: names, parameters, and the parts of an object below."""

    def number(self) -> int:
        """Return a number that no name of the plan has yet."""

    def take(self, parameter: Parameter) -> None:
        """Bind a parameter with each request; what is wrong with it is wrong at the path where the walk stands."""

    def path(self) -> tuple[str, ...]:
        """Return the response keys from the root to where the walk stands."""

    def within(self, key: str) -> AbstractContextManager[None]:
        """Stand one response key further down for a while."""

    def concept(self, name: str) -> Concept:
        """Return how a type lies in the graph."""

    def described(self, name: str) -> Concept | None:
        """Return how a type lies in the graph, None where it is an interface."""

    def told(self) -> str:
        """Return the Python expression of the sequence whose knowledge is told, with when it was recorded."""

    def order(self, target: str, node: str) -> str:
        """Return the key by which entities of a type are sorted and paged."""

    def ask(self, question: Question) -> object:
        """Return what the variables answer; the plan is used again only where they answer the same."""

    def is_entity(self, target: str) -> bool:
        """Return whether values of a type are entities: things that have a life."""

    def field(self, concept: Concept, selection: Selection, anchor: Anchor, row: Row) -> str:
        """Add what a field asks to the row; return the Python expression that writes it."""

    def absences(
        self, about: tuple[str, str], selection: Selection, anchor: Anchor, row: Row, rows: str | None = None
    ) -> str:
        """Add what is absent of a connection, and further `rows`, to the row; return what writes it."""

    def clock(self, selection: Selection, name: str = "asOf") -> Clock:
        """Take the argument that says of which date a field is; return the clock by which what is below it is read."""

    def subject(self) -> tuple[Argument, ...]:
        """Return the arguments of the root field below which the walk stands, save its date and page."""

    def state(self, groups: Sequence[Group], node: str, anchor: Anchor, *, is_needed: bool = False) -> tuple[str, str]:
        """Return the Cypher that finds the values held at the date, and the variable that bears them."""

    def entity(
        self, groups: Sequence[Group], anchor: Anchor, value: str, before: list[str] | None = None
    ) -> tuple[str, str]:
        """Return the Cypher of one entity's row, and the Python that writes it from `value`."""
