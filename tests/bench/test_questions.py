"""The bench compares like with like: icsgraph and the hand-written statements answer its questions equally."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pytest
from neo4j import Driver, GraphDatabase

from bench.contestants import AS_OF
from bench.equality import reduced
from bench.peers.floor.app import as_text, bound
from bench.question import Question, questions
from server.connection import Connection
from tests.reading import asking

_QUESTIONS = questions()
_ASKED = 8  # of the variables of each question, spread over all


@pytest.fixture(scope="module")
def driver(real_graph: Connection) -> Iterator[Driver]:
    """Give a driver that keeps Neo4j's remarks to itself: a type of which nothing is planned is none to it."""
    with GraphDatabase.driver(
        real_graph.uri, auth=(real_graph.user, real_graph.password), notifications_min_severity="OFF"
    ) as made:
        yield made


def _variables(driver: Driver, question: Question) -> list[dict[str, Any]]:
    with driver.session() as session:
        found = [row[0] for row in session.run(question.parameters, {"asOf": date.fromisoformat(AS_OF)})]
    return found[:: max(1, len(found) // _ASKED)]


def _by_hand(driver: Driver, statement: str, variables: dict[str, Any]) -> Any:
    with driver.session() as session:
        record = session.run(statement, bound(variables)).single()
    return reduced(orjson.loads(orjson.dumps(record and record[0], default=as_text)))


@pytest.mark.parametrize("question", _QUESTIONS, ids=lambda one: one.name)
@pytest.mark.parametrize("is_dated", [False, True], ids=["today", AS_OF])
async def test_a_question_is_answered_as_by_hand(
    question: Question, is_dated: bool, driver: Driver, real_graph: Connection
) -> None:
    """For each of several variables, today and at a date outside the span, and never with nothing at all."""
    statement = question.floor_dated if is_dated else question.floor
    if statement is None:
        pytest.skip("this question has dates of its own")
    dated = {"asOf": AS_OF} if is_dated else {}
    variables = [one | dated for one in _variables(driver, question)]
    assert variables

    async with asking(real_graph) as ours:
        for one in variables:
            data = await ours.data(question.ours, **{key: one[key] for key in one if f"${key}" in question.ours})

            said = reduced(data)
            assert said not in ([], None)
            assert said == _by_hand(driver, statement, one)


def test_there_are_at_least_twelve_questions() -> None:
    """And each has a form for the peer, and one with its dates where it can have one."""
    assert len(_QUESTIONS) >= 12
    assert [one.name for one in _QUESTIONS if one.peer is None] == []


def test_shapes_are_told_apart_by_what_they_say_alone() -> None:
    """Names of fields, order of lists and wrapping make no difference; a value more or less does."""
    as_pages = {"nodes": [{"name": "a", "of": {"totalCount": 2}}, {"name": "b", "of": {"totalCount": 1}}]}
    as_rows = [["b", 1.0], ["a", 2]]

    assert reduced(as_pages) == reduced(as_rows)
    assert reduced(as_pages) != reduced([["b", 1], ["a", 2], ["a", 2]])
