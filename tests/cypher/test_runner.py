"""Records that come as one are those that come one by one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from neo4j import GraphDatabase

from cypher.derive import rules
from cypher.layout import value_from
from cypher.runner import Runner
from cypher.statement import Statement
from server.connection import Connection


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule.rule))
def test_records_that_come_as_one_are_those_that_come_one_by_one(rule: Statement, real_graph: Connection) -> None:
    """For every rule, of ten things from which it makes relationships in the real graph; dates are Python's own."""
    with (
        GraphDatabase.driver(
            real_graph.uri, auth=(real_graph.user, real_graph.password), notifications_min_severity="OFF"
        ) as driver,
        driver.session() as session,
        session.begin_transaction() as tx,
    ):
        run = Runner(tx)
        starts = run.ask(
            "MATCH (start:Entity)-[made:$any($types) {rule: $rule}]->() "
            "WITH DISTINCT start.id AS id ORDER BY id LIMIT 10 RETURN collect(id)",
            {"types": [rule.writes[0], f"{rule.writes[0]}_ENDED"], "rule": rule.rule},
        )[0][0]
        wanted = {column.name: starts if column.name == "starts" else None for column in rule.takes}

        one_by_one, at_once = run(rule, **wanted), run.at_once(rule, **wanted)

    assert starts
    assert at_once
    assert _sorted(at_once) == _sorted(one_by_one)
    days = [place for place, column in enumerate(rule.gives) if column.type == "DATE"]
    assert {type(record[place]) for record in at_once for place in days} <= {date, type(None)}


def _sorted(records: Iterable[Iterable[Any]]) -> list[str]:
    return sorted(repr([value_from(value) for value in record]) for record in records)
