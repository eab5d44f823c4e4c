"""A deed is decided on and looked at within the transaction that writes it; a rehearsal leaves no trace."""

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from neo4j import GraphDatabase

from cypher.change import Change, NodeRecord
from cypher.change_set import chained
from cypher.deed import Ask, Said
from cypher.errors import CodeTaken, OutsideLife
from cypher.held import Run
from cypher.writer import Writer
from server.connection import Connection
from tests.cypher.conftest import Ask as Asking
from tests.cypher.world import APRIL_2026, JULY_2022, TODAY, link, node, opened

PRACTICE = node("GPPractice", "P9", JULY_2022, odsCode="P9")
MARKS = {"by": "somebody", "operation": "test", "idempotencyKey": "k1", "inputDigest": "d", "written": PRACTICE.id}


@dataclass
class Opening:
    """A deed that opens records, and remembers what it was told and what it saw."""

    changes: Sequence[Change]
    is_rehearsal: bool = False
    has_been: bool = False
    told: list[int] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)

    def decide(self, _: Run, sequence: int) -> Said | None:
        """Say what was given."""
        self.told.append(sequence)
        return None if self.has_been else Said(self.changes, "world", (), MARKS)

    def look(self, _: Run, ask: Ask, sequence: int | None) -> None:
        """See whether the practice is there, and the number."""
        (row,) = ask("MATCH (g:Graph) RETURN g.sequence, COUNT { (:GPPractice {code: $code}) }", {"code": "P9"})
        self.seen.append((sequence, *row))


def test_a_deed_sees_what_it_wrote_before_anybody_else_can(tiny: Writer, ask: Asking) -> None:
    """The number that it is told first is the one before; its change set says who asked for it."""
    deed = Opening(opened(PRACTICE))

    tiny.do(deed)

    assert (deed.told, deed.seen) == ([1], [(2, 2, 1)])
    ((properties,),) = ask("MATCH (c:ChangeSet {sequence: 2}) RETURN properties(c)")
    assert {name: properties[name] for name in MARKS} == MARKS
    assert isinstance(tiny.held()[0].nodes.get(PRACTICE.id), NodeRecord)


def test_who_asked_is_part_of_the_chain_of_hashes(tiny: Writer, ask: Asking) -> None:
    """Whoever puts another name there breaks the chain."""
    tiny.do(Opening(opened(PRACTICE)))
    ((properties,),) = ask("MATCH (c:ChangeSet {sequence: 2}) RETURN c {.*, recordedAt: toString(c.recordedAt)}")
    ((recorded_at,),) = ask("MATCH (c:ChangeSet {sequence: 2}) RETURN c.recordedAt")
    properties["recordedAt"] = recorded_at.to_native()

    assert chained(properties) == properties["hash"]
    assert chained({**properties, "by": "somebody else"}) != properties["hash"]


def test_a_rehearsal_sees_the_same_and_leaves_everything_as_it_was(tiny: Writer) -> None:
    """Nothing is written, and no number is taken."""
    before = tiny.held()
    deed = Opening(opened(PRACTICE), is_rehearsal=True)

    tiny.do(deed)

    assert deed.seen == [(2, 2, 1)]
    assert tiny.held() == before


def test_what_was_done_before_is_only_looked_at(tiny: Writer) -> None:
    """A deed that decides on nothing writes nothing."""
    deed = Opening((), has_been=True)

    tiny.do(deed)

    assert deed.seen == [(None, 1, 0)]
    assert tiny.head().sequence == 1


def test_one_key_is_one_change_set(tiny: Writer) -> None:
    """Even where a deed does not look for it, the database holds the second back."""
    tiny.do(Opening(opened(PRACTICE)))

    with pytest.raises(CodeTaken):
        tiny.do(Opening(opened(node("GPPractice", "P10", JULY_2022, odsCode="P10"))))

    assert tiny.head().sequence == 2


def test_a_deed_that_cannot_be_leaves_nothing_half_done(tiny: Writer) -> None:
    """A relationship that reaches beyond the life of an end takes the practice with it."""
    deed = Opening(opened(PRACTICE, link("COMMISSIONED_BY", PRACTICE.id, "IntegratedCareBoard:QA1", APRIL_2026)))

    with pytest.raises(OutsideLife):
        tiny.do(deed)

    assert (deed.seen, tiny.head().sequence) == ([], 1)
    assert PRACTICE.id not in tiny.held()[0].nodes


def _be_stuck(connection: Connection, is_written: Any) -> None:
    class Stuck(Opening):
        """A deed that has written everything and never comes to an end."""

        def look(self, *_: Any) -> None:
            is_written.set()
            time.sleep(600)

    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        Writer(driver, TODAY).do(Stuck(opened(PRACTICE)))


def test_who_is_killed_in_the_middle_leaves_nothing(tiny: Writer, neo4j_connection: Connection) -> None:
    """Everything was written but the commit: nothing of it is held, and whoever writes next is not held up."""
    before = tiny.held()
    context = multiprocessing.get_context("spawn")
    is_written = context.Event()
    process = context.Process(target=_be_stuck, args=(neo4j_connection, is_written))
    process.start()
    assert is_written.wait(120)

    process.kill()
    process.join(30)

    assert tiny.held() == before
    deed = Opening(opened(PRACTICE))
    tiny.do(deed)
    assert deed.seen == [(2, 2, 1)]
