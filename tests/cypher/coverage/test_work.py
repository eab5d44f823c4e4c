"""What a change costs the database: counted in statements and in hits by PROFILE, which no busy machine changes."""

import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import pytest
from neo4j import Driver, GraphDatabase, ManagedTransaction, Record

from bench.updates import CHANGES, Rehearsal
from cypher.held import Held
from cypher.statement import load, taking_one_map
from cypher.validity import today_in_england
from cypher.warming import statements_of_nothing
from cypher.writer import Writer
from server.connection import Connection

_STATEMENTS = 32
_HITS = 25_000  # a full derivation of the rules that a membership touches has several millions
_HITS_OF_A_POST = 50_000  # its hundred bodies are all covered anew, with other words
_OF_A_POST = "a post is reworded"


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


@cache
def _held(uri: str, user: str, password: str) -> Held:
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        return Writer(driver, today_in_england()).held()[0]


def _seconds(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _forget_plans(driver: Driver) -> None:
    with driver.session() as session:
        session.run("CALL db.clearQueryCaches()").consume()


@pytest.mark.parametrize("what", CHANGES)
def test_one_change_asks_for_what_it_touched_alone(real_graph: Connection, what: str) -> None:
    """In few statements, each of which looks at few things: so within a tenth of a second, wherever it happens."""
    changes = CHANGES[what](_held(real_graph.uri, real_graph.user, real_graph.password))
    with GraphDatabase.driver(
        real_graph.uri, auth=(real_graph.user, real_graph.password), notifications_min_severity="OFF"
    ) as driver:
        counting = Counting(driver)

        Writer(cast("Driver", counting), today_in_england()).do(Rehearsal(changes))

    hits = sum(hits for _, hits in counting.statements)
    most = _HITS_OF_A_POST if what == _OF_A_POST else _HITS
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
        leaving = CHANGES["a practice leaves its network"](held)

        _forget_plans(driver)
        unplanned = _seconds(lambda: writer.do(Rehearsal(leaving)))
        _forget_plans(driver)
        for step in writer.warming():
            step()
        planned_before = _seconds(lambda: writer.do(Rehearsal(leaving)))
        counting = Counting(driver)
        for changes in (leaving, CHANGES[_OF_A_POST](held)):
            Writer(cast("Driver", counting), today_in_england()).do(Rehearsal(changes))

        assert writer.head() == before
        assert planned_before < unplanned / 2
    planned = {text for text, _ in statements_of_nothing()}
    taking_the_number = {taking_one_map(load(f"write/{name}")) for name in ("lock", "head", "change_set")}
    assert {text for text, _ in counting.statements} <= planned | taking_the_number


def test_the_plan_of_a_statement_does_not_depend_on_the_lengths_of_its_lists() -> None:
    """All that a statement takes is in one map, which has no length to the planner."""
    for text, _ in statements_of_nothing():
        assert set(re.findall(r"\$(?!any\b)(\w+)", text)) <= {"given"}
