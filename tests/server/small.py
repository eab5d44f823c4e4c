"""A graph of one practice, for tests of what does not depend on how much there is."""

from datetime import date

from neo4j import Driver

from cypher.validity import today_in_england
from cypher.writer import Writer
from tests.cypher.world import SOURCE, node, opened

__all__ = ["FIRST", "make_small", "write_practice"]

FIRST = "A00000"


def make_small(driver: Driver) -> None:
    """Leave nothing in the database but one practice, at sequence 1; constraints and indexes may stay."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
    Writer(driver, today_in_england()).prepare()
    write_practice(driver, FIRST)


def write_practice(driver: Driver, code: str) -> None:
    """Open a practice: the sequence is one more then."""
    changes = opened(node("GPPractice", code, date(2000, 1, 1), odsCode=code))
    Writer(driver, today_in_england()).apply(changes, source="world", references=[SOURCE])
