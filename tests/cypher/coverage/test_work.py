"""What a change costs the database: counted in statements and in hits by PROFILE, which no busy machine changes."""

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

import pytest
from neo4j import Driver, GraphDatabase, ManagedTransaction, Record

from cypher.change import Change, LinkRecord, NodeRecord, change
from cypher.deed import Ask, Said
from cypher.held import Held, Run
from cypher.statement import load, taking_one_map
from cypher.validity import Validity, today_in_england
from cypher.warming import statements_of_nothing
from cypher.writer import Writer
from server.connection import Connection

_STATEMENTS = 32
_HITS = 25_000  # a full derivation of the rules that a membership touches has several millions
_HITS_OF_A_POST = 50_000  # its hundred bodies are all covered anew, with other words


@dataclass
class Counting:
    """A driver whose transactions PROFILE what they run, and count it."""

    driver: Driver
    statements: list[tuple[str, int]] = field(default_factory=list)

    @contextmanager
    def session(self, **options: Any) -> Any:
        """Give a session that counts."""
        with self.driver.session(**options) as session:

            def execute_write(work: Callable[[Any], Any]) -> Any:
                return session.execute_write(lambda tx: work(_CountingTransaction(tx, self.statements)))

            yield type("CountingSession", (), {"execute_write": staticmethod(execute_write)})()


@dataclass
class _CountingTransaction:
    tx: ManagedTransaction
    statements: list[tuple[str, int]]

    def run(self, text: str, parameters: dict[str, Any]) -> list[Record]:
        result = self.tx.run(f"PROFILE {text}", parameters)
        records = list(result)
        self.statements.append((text, _hits(cast("dict[str, Any]", result.consume().profile))))
        return records


def _hits(plan: dict[str, Any]) -> int:
    return int(plan["args"].get("DbHits", 0)) + sum(_hits(one) for one in plan.get("children", []))


@dataclass
class Rehearsal:
    """A deed that says what it was given, and is rolled back."""

    changes: Sequence[Change]
    is_rehearsal: bool = True

    def decide(self, _: Run, __: int) -> Said:
        """Say what was given."""
        return Said(self.changes, "world")

    def look(self, _: Run, __: Ask, sequence: int | None) -> None:
        """Look at nothing but that something was written."""
        assert sequence is not None


@cache
def _held(uri: str, user: str, password: str) -> Held:
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        return Writer(driver, today_in_england()).held()[0]


def _ended(held: Held, type_: str) -> list[Change]:
    """Return the end, yesterday, of a relationship of the thing of that type on which most coverage rests."""
    links = sorted((one for one in held.links.values() if one.type == type_), key=lambda one: one.identity)
    weight = _weights(held)
    link = max(
        (one for one in links if one.validity.valid_to is None), key=lambda one: max(weight[one.start], weight[one.end])
    )
    day = max(today_in_england() - timedelta(days=1), link.validity.valid_from + timedelta(days=1))
    return _changes(link, link.during(_until(link.validity, day)))


def _weights(held: Held) -> Counter[str]:
    """Return how many coverages are of each body, or go by each agreement or post."""
    covers = [one for one in held.links.values() if one.type == "COVERS"]
    return Counter(thing for one in covers for thing in (one.end, *cast("tuple[str, ...]", one.values.get("via", ()))))


def _seconds(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _forget_plans(driver: Driver) -> None:
    with driver.session() as session:
        session.run("CALL db.clearQueryCaches()").consume()


def _until(validity: Validity, day: date) -> Validity:
    return Validity(validity.valid_from, validity.valid_from_precision, day, "DAY")


def _reworded(held: Held, concept: str, **values: str) -> list[Change]:
    nodes = sorted((one for one in held.nodes.values() if one.concept == concept), key=lambda one: one.id)
    weight = _weights(held)
    node = max(nodes, key=lambda one: weight[one.id])
    last = node.states[-1]
    return _changes(node, replace(node, states=(*node.states[:-1], replace(last, values={**last.values, **values}))))


def _changes(before: NodeRecord | LinkRecord, after: NodeRecord | LinkRecord) -> list[Change]:
    return [one for one in (change(before, after),) if one is not None]


@pytest.mark.parametrize(
    ("said", "most"),
    [
        pytest.param(lambda held: _ended(held, "MEMBER_OF"), _HITS, id="a practice leaves its network"),
        pytest.param(lambda held: _ended(held, "LOCATED_IN"), _HITS, id="a practice moves away"),
        pytest.param(lambda held: _reworded(held, "GPPractice", name="X"), _HITS, id="a practice is renamed"),
        pytest.param(lambda held: _ended(held, "HAS_AGREEMENT"), _HITS, id="an agreement ends"),
        pytest.param(lambda held: _reworded(held, "Agreement", quote="X"), _HITS, id="an agreement is reworded"),
        pytest.param(
            lambda held: _reworded(held, "KnowledgeSpecialistPost", quote="X"), _HITS_OF_A_POST, id="a post is reworded"
        ),
    ],
)
def test_one_change_asks_for_what_it_touched_alone(
    real_graph: Connection, said: Callable[[Held], list[Change]], most: int
) -> None:
    """In few statements, each of which looks at few things: so within a tenth of a second, wherever it happens."""
    changes = said(_held(real_graph.uri, real_graph.user, real_graph.password))
    with GraphDatabase.driver(
        real_graph.uri, auth=(real_graph.user, real_graph.password), notifications_min_severity="OFF"
    ) as driver:
        counting = Counting(driver)

        Writer(cast("Driver", counting), today_in_england()).do(Rehearsal(changes))

    hits = sum(hits for _, hits in counting.statements)
    assert len(counting.statements) <= _STATEMENTS
    assert 0 < hits <= most, sorted(counting.statements, key=lambda one: -one[1])[:3]


def test_what_a_change_runs_was_planned_by_warming(real_graph: Connection) -> None:
    """Text for text, save what takes the number; so the first change after a start takes a part of the time.

    A half is asked for: it is a fiftieth, but a machine may be busy.
    """
    held = _held(real_graph.uri, real_graph.user, real_graph.password)
    with GraphDatabase.driver(
        real_graph.uri, auth=(real_graph.user, real_graph.password), notifications_min_severity="OFF"
    ) as driver:
        writer = Writer(driver, today_in_england())
        before = writer.head()
        leaving = _ended(held, "MEMBER_OF")

        _forget_plans(driver)
        unplanned = _seconds(lambda: writer.do(Rehearsal(leaving)))
        _forget_plans(driver)
        for step in writer.warming():
            step()
        planned_before = _seconds(lambda: writer.do(Rehearsal(leaving)))
        counting = Counting(driver)
        for changes in (leaving, _reworded(held, "KnowledgeSpecialistPost", quote="X")):
            Writer(cast("Driver", counting), today_in_england()).do(Rehearsal(changes))

        assert writer.head() == before
        assert planned_before < unplanned / 2
    planned = {taking_one_map(statement) for statement, _ in statements_of_nothing()}
    taking_the_number = {taking_one_map(load(f"write/{name}")) for name in ("lock", "head", "change_set")}
    assert {text for text, _ in counting.statements} <= planned | taking_the_number


def test_the_plan_of_a_statement_does_not_depend_on_the_lengths_of_its_lists() -> None:
    """All that a statement takes is in one map, which has no length to the planner."""
    for statement, _ in statements_of_nothing():
        assert set(re.findall(r"\$(?!any\b)(\w+)", taking_one_map(statement))) <= {"given"}
