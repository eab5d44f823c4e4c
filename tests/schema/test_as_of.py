"""`asOf` governs the whole subtree: what did not hold at the date is not in the answer, and what did is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from server.connection import Connection
from tests.reading import Asking

_LIFE = "validity { from to }"
_DEEP = f"""
query($day: Date) {{
  integratedCareBoards(first: 100, asOf: $day) {{
    nodes {{
      code {_LIFE}
      integratedCareSystems {{ edges {{ {_LIFE} node {{ code {_LIFE} }} }} }}
      nhsTrusts(first: 100) {{
        totalCount
        edges {{ {_LIFE} node {{ code {_LIFE} coveredBy {{ edges {{ {_LIFE} node {{ {_LIFE} }} }} }} }} }}
      }}
      subIcbLocations(first: 100) {{
        totalCount
        edges {{
          {_LIFE}
          node {{ code {_LIFE} primaryCareNetworks(first: 20) {{ edges {{ {_LIFE} node {{ code {_LIFE} }} }} }} }}
        }}
      }}
    }}
  }}
}}
"""
_DAYS = ("2022-07-01", "2023-12-31", "2025-07-01", "2026-03-31", "2026-04-01", "2026-08-01", "2026-11-24")
_HELD = """
MATCH (b:IntegratedCareBoard|IntegratedCareBoardEnded)<-[r:SUB_ICB_OF|SUB_ICB_OF_ENDED|TRUST_IN|TRUST_IN_ENDED]-()
WHERE r.validFrom <= $day AND (r.validTo IS NULL OR r.validTo > $day)
RETURN split(type(r), '_ENDED')[0] AS type, count(*) AS held
"""


@pytest.fixture
def cypher(real_graph: Connection) -> Iterator[Driver]:
    """Give a driver, as an analyst would use it."""
    with GraphDatabase.driver(real_graph.uri, auth=(real_graph.user, real_graph.password)) as driver:
        yield driver


def _lives(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "validity" in value:
            yield value["validity"]
        for inner in value.values():
            yield from _lives(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _lives(inner)


@pytest.mark.parametrize("day", _DAYS)
async def test_nothing_in_an_answer_lies_outside_its_date(ask: Asking, day: str) -> None:
    """Every node and every edge, however deep, holds at the date of the root."""
    data = await ask.data(_DEEP, day=day)

    lives = list(_lives(data))
    assert len(lives) > 500
    assert [life for life in lives if life["from"] > day or (life["to"] is not None and life["to"] <= day)] == []


@pytest.mark.parametrize("day", _DAYS)
async def test_nothing_that_held_at_the_date_is_missing(ask: Asking, cypher: Driver, day: str) -> None:
    """The counts of all boards together are those of the relationships that hold by their own dates."""
    data = await ask.data(_DEEP, day=day)
    boards = data["integratedCareBoards"]["nodes"]

    held = {row["type"]: row["held"] for row in cypher.execute_query(_HELD, day=date.fromisoformat(day)).records}

    assert sum(board["subIcbLocations"]["totalCount"] for board in boards) == held["SUB_ICB_OF"]
    assert sum(board["nhsTrusts"]["totalCount"] for board in boards) == held.get("TRUST_IN", 0)


async def test_two_dates_in_one_request_do_not_mix(ask: Asking) -> None:
    """Each root field has its own date, and the same statement answers both."""
    before = len(ask.graph.statements)
    data = await ask.data(
        '{ a: subIcbLocation(odsCode: "D4U1Y", asOf: "2026-03-31") { integratedCareBoards { nodes { code } } }'
        '  b: subIcbLocation(odsCode: "D4U1Y", asOf: "2026-04-01") { code }'
        '  c: subIcbLocation(odsCode: "U2G6B") { integratedCareBoards { nodes { code } } } }'
    )

    assert data["a"]["integratedCareBoards"]["nodes"] == [{"code": "QNQ"}]
    assert data["b"] is None
    assert data["c"]["integratedCareBoards"]["nodes"] == [{"code": "S0E4D"}]
    assert len(ask.graph.statements) - before == 2  # the first request of all also learns the graph's span
