"""Each check finds what breaks it, and the tiny England breaks none."""

from typing import LiteralString

import pytest
from neo4j import Driver

from cypher.errors import IntegrityViolated
from cypher.integrity import CHECKS
from cypher.statement import load
from cypher.writer import Writer

BREAKS: dict[str, LiteralString] = {
    "codes_unique": "MATCH (a:GPPractice {code: 'P1'}), (b:GPPractice {code: 'P2'}) "
    "REMOVE b:GPPractice SET b.odsCode = a.odsCode SET b:GPPracticeEnded",
    "commissioner_always": "CREATE (:Scope {about: 'COMMISSIONED_BY', since: date('2022-07-01')}) WITH 1 AS one "
    "MATCH (:GPPractice {code: 'P1'})-[c:COMMISSIONED_BY]->() DELETE c",
    "no_orphan": "MATCH ()-[b:BOARD_OF]->() DELETE b",
    "no_overlap": "MATCH (a:GPPractice {code: 'P1'})-[m:MEMBER_OF]->(b) CREATE (a)-[n:MEMBER_OF]->(b) "
    "SET n = properties(m), n.validFrom = date('2024-01-01')",
    "nothing_missing": "MATCH (a:GPPractice {code: 'P1'}) REMOVE a.standing",
    "required_of_boards": "CREATE (s:Entity:BoardSeat {id: 'BoardSeat:chair', code: 'chair', name: 'Chair'}) "
    "SET s.validFrom = date('2022-07-01')",
    "sequence_gapless": "MATCH (g:Graph) SET g.sequence = 3",
    "sources_described": "MATCH (s:Source) DELETE s",
    "statutory_bodies": "CREATE (:Scope {about: 'IntegratedCarePartnership'})",
    "status_of_nodes": "MATCH (a:GPPractice {code: 'P1'}) SET a:GPPracticeEnded",
    "status_of_relationships": "MATCH (a:GPPractice {code: 'P1'})-[m:MEMBER_OF]->(b) "
    "CREATE (a)-[n:MEMBER_OF_PLANNED]->(b) SET n = properties(m) DELETE m",
    "within_lives": "MATCH (a:GPPractice {code: 'P1'}) SET a.validFrom = date('2023-06-01')",
}


def test_the_tiny_england_is_sound(tiny: Writer) -> None:
    """No check finds anything in it."""
    tiny.check()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_what_breaks_it(name: str, tiny: Writer, neo4j_driver: Driver) -> None:
    """Somebody with the password changed the graph by hand: the check that is about it says so."""
    with neo4j_driver.session() as session:
        session.run(BREAKS[name.removeprefix("integrity/")]).consume()

    with pytest.raises(IntegrityViolated) as caught:
        tiny.check()

    assert load(name).holds in caught.value.violations
