"""Changes of one thing each, of those on which most coverage rests, and how long each takes to write."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from neo4j import Driver

from cypher.change import Change, LinkRecord, NodeRecord, change
from cypher.deed import Ask, Said
from cypher.held import Held, Run
from cypher.validity import today_in_england
from cypher.writer import Writer

__all__ = ["CHANGES", "Rehearsal", "update_seconds"]

_WARMING, _TIMED = 10, 25


@dataclass
class Rehearsal:
    """A deed that says what it was given, and is rolled back."""

    changes: Sequence[Change]
    is_rehearsal: bool = True

    def decide(self, _: Run, __: int) -> Said:
        """Say what was given."""
        return Said(self.changes, "bench")

    def look(self, _: Run, __: Ask, sequence: int | None) -> None:
        """Look at nothing but that something was written.

        Raises:
            RuntimeError: nothing was; then nothing would be measured.
        """
        if sequence is None:
            raise RuntimeError("Nothing was written.")


def update_seconds(driver: Driver) -> dict[str, float]:
    """Return how long each of `CHANGES` takes on the graph as it is, once planned: the median of many; none is kept."""
    writer = Writer(driver, today_in_england())
    held = writer.held()[0]
    said = {name: made(held) for name, made in CHANGES.items()}
    del held  # a graph's worth of objects, through which the garbage collector would go again and again
    for step in writer.warming():
        step()
    taken = {}
    for name, changes in said.items():
        for _ in range(_WARMING):
            writer.do(Rehearsal(changes))
        taken[name] = statistics.median(_seconds(writer, changes) for _ in range(_TIMED))
    return taken


def _seconds(writer: Writer, changes: Sequence[Change]) -> float:
    began = time.monotonic()
    writer.do(Rehearsal(changes))
    return time.monotonic() - began


def _ended(held: Held, type_: str) -> list[Change]:
    """Return the end, yesterday, of a relationship of the thing of that type on which most coverage rests."""
    links = sorted((one for one in held.links.values() if one.type == type_), key=lambda one: one.identity)
    weight = _weights(held)
    link = max(
        (one for one in links if one.validity.valid_to is None), key=lambda one: max(weight[one.start], weight[one.end])
    )
    day = max(today_in_england() - timedelta(days=1), link.validity.valid_from + timedelta(days=1))
    return _changes(link, link.during(replace(link.validity, valid_to=day, valid_to_precision="DAY")))


def _reworded(held: Held, concept: str, **values: str) -> list[Change]:
    """Return that something else is said of the thing of that concept on which most coverage rests."""
    nodes = sorted((one for one in held.nodes.values() if one.concept == concept), key=lambda one: one.id)
    weight = _weights(held)
    node = max(nodes, key=lambda one: weight[one.id])
    last = node.states[-1]
    return _changes(node, replace(node, states=(*node.states[:-1], replace(last, values={**last.values, **values}))))


def _weights(held: Held) -> Counter[str]:
    """Return how many coverages are of each body, or go by each agreement or post."""
    covers = [one for one in held.links.values() if one.type == "COVERS"]
    return Counter(thing for one in covers for thing in (one.end, *cast("tuple[str, ...]", one.values.get("via", ()))))


def _changes(before: NodeRecord | LinkRecord, after: NodeRecord | LinkRecord) -> list[Change]:
    return [one for one in (change(before, after),) if one is not None]


CHANGES: Mapping[str, Callable[[Held], list[Change]]] = {
    "a practice leaves its network": lambda held: _ended(held, "MEMBER_OF"),
    "a practice moves away": lambda held: _ended(held, "LOCATED_IN"),
    "a practice is renamed": lambda held: _reworded(held, "GPPractice", name="X"),
    "an agreement ends": lambda held: _ended(held, "HAS_AGREEMENT"),
    "an agreement is reworded": lambda held: _reworded(held, "Agreement", quote="X"),
    "a post is reworded": lambda held: _reworded(held, "KnowledgeSpecialistPost", quote="X"),
}
"""What is done to the thing on which most coverage rests, and the changes that it is."""
