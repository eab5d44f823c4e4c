"""What the graph holds now, as records: read whole for a load, or only where a few changes need it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cypher.change import Change, LinkKey, LinkRecord, NodeRecord
from cypher.errors import StaleChange
from cypher.layout import link_from, node_from
from cypher.statement import Statement

__all__ = ["Held", "Run", "links_of", "read_all", "read_around"]


class Run(Protocol):
    """Runs one of our statements, which may be given by its name, in the transaction at hand; returns its records."""

    def __call__(self, statement: str | Statement, **parameters: Any) -> list[list[Any]]:
        """Run a statement whatever it gives."""
        ...

    def at_once(self, statement: str | Statement, **parameters: Any) -> list[list[Any]]:
        """Run a statement that gives some thousands of records at most."""
        ...


@dataclass(slots=True)
class Held:
    """Records that are held now; `recorded` tells for each node since which sequence each of its states is."""

    nodes: dict[str, NodeRecord] = field(default_factory=dict)
    recorded: dict[str, tuple[int, ...]] = field(default_factory=dict)
    links: dict[LinkKey, LinkRecord] = field(default_factory=dict)
    _at: dict[str, dict[LinkKey, None]] = field(default_factory=dict)

    def add_node(self, record: NodeRecord, recorded: tuple[int, ...]) -> None:
        """Hold a node."""
        self.nodes[record.id] = record
        self.recorded[record.id] = recorded

    def add_link(self, record: LinkRecord) -> None:
        """Hold a relationship."""
        self.links[record.identity] = record
        for end in (record.start, record.end):
            self._at.setdefault(end, {})[record.identity] = None

    def links_at(self, node: str) -> Iterator[LinkRecord]:
        """Yield the relationships that start or end at a node."""
        for identity in self._at.get(node, ()):
            yield self.links[identity]

    def holding(self, one: Change) -> NodeRecord | LinkRecord | None:
        """Return what is held of the thing that a change is about."""
        record = one.before or one.record
        return self.nodes.get(record.id) if isinstance(record, NodeRecord) else self.links.get(record.identity)

    def check(self, changes: Iterable[Change]) -> None:
        """Raise StaleChange unless each change starts from what is held."""
        for one in changes:
            holding = self.holding(one)
            if holding != one.before:
                record = one.record
                what = record.id if isinstance(record, NodeRecord) else str(record)
                raise StaleChange(f"{what} is held otherwise than the change took for granted: {holding}")

    def apply(self, changes: Iterable[Change], sequence: int) -> None:
        """Hold what changes leave; states that a change did not touch keep the sequence since which they are held."""
        for one in changes:
            if isinstance(one.before, LinkRecord):
                del self.links[one.before.identity]
                for end in (one.before.start, one.before.end):
                    del self._at[end][one.before.identity]
            if isinstance(one.after, LinkRecord):
                self.add_link(one.after)
            elif isinstance(one.after, NodeRecord):
                self.add_node(one.after, self.recorded_after(one.after, sequence))
            elif isinstance(one.before, NodeRecord):
                del self.nodes[one.before.id]
                del self.recorded[one.before.id]

    def recorded_after(self, record: NodeRecord, sequence: int) -> tuple[int, ...]:
        """Return since when each state of a changed node is held, if it changes with this sequence."""
        before = self.nodes.get(record.id)
        if before is None:
            return (sequence,) * len(record.states)
        known = list(zip(before.states, self.recorded[record.id], strict=True))
        return tuple(next((since for old, since in known if old == state), sequence) for state in record.states)


def read_all(run: Run) -> Held:
    """Return everything that the graph holds."""
    return _held(run("write/all_nodes"), run("write/all_links"))


def read_around(run: Run, changes: Sequence[Change]) -> Held:
    """Return what the graph holds of the things that changes are about, and of what touches them."""
    nodes = sorted({one.record.id for one in changes if isinstance(one.record, NodeRecord)})
    links = [one.record for one in changes if isinstance(one.record, LinkRecord)]
    starts = sorted({link.start for link in links})
    ids = sorted({*nodes, *starts, *(link.end for link in links)})
    types = [link.type + ending for link in links for ending in ("", "_ENDED", "_PLANNED")]
    return _held(
        run("write/held_nodes", ids=ids),
        [*run("write/held_links", ids=nodes), *run("write/held_links_from", ids=starts, types=sorted(set(types)))],
    )


def links_of(rows: Iterable[Sequence[Any]]) -> Iterator[LinkRecord]:
    """Yield the records of rows of start, type, end and properties."""
    for start, type_, end, properties in rows:
        yield link_from(start, type_, end, properties)


def _held(nodes: Iterable[Sequence[Any]], links: Iterable[Sequence[Any]]) -> Held:
    held = Held()
    for labels, properties, states in nodes:
        record, recorded = node_from(labels, properties, states)
        held.add_node(record, recorded)
    for link in links_of(links):
        held.add_link(link)
    return held
