"""Successors and predecessors over any number of steps."""

from datetime import date

from neo4j import Driver

from server.connection import Connection
from tests.reading import Asking, asking

_PATHS = "nodes { entity { code } kind date steps through { code } }"


async def test_predecessors_are_found_over_several_steps(ask: Asking) -> None:
    """A sub-ICB location came of a commissioning group, which came of others by mergers."""
    data = await ask.data(
        f'{{ subIcbLocation(odsCode: "16C", asOf: "2026-01-01") {{ allPredecessors {{ totalCount {_PATHS} }} }} }}'
    )

    found = {one["entity"]["code"]: one for one in data["subIcbLocation"]["allPredecessors"]["nodes"]}
    assert data["subIcbLocation"]["allPredecessors"]["totalCount"] == len(
        data["subIcbLocation"]["allPredecessors"]["nodes"]
    )
    assert (found["16C"]["steps"], found["16C"]["kind"], found["16C"]["date"]) == (1, "SUCCESSION", "2022-07-01")
    assert found["00C"] == {
        "entity": {"code": "00C"},
        "kind": "MERGER",
        "date": "2020-04-01",
        "steps": 2,
        "through": [{"code": "16C"}],
    }


async def test_successors_are_those_of_the_date(ask: Asking) -> None:
    """On its last day a body has no successor yet; from the next day on it has three."""
    document = f"""{{
      before: subIcbLocation(odsCode: "D4U1Y", asOf: "2026-03-31") {{ allSuccessors {{ totalCount }} }}
      after: subIcbLocation(odsCode: "U2G6B") {{ predecessors {{ nodes {{ code allSuccessors {{ {_PATHS} }} }} }} }}
    }}"""

    data = await ask.data(document)

    assert data["before"]["allSuccessors"]["totalCount"] == 0
    frimley = next(one for one in data["after"]["predecessors"]["nodes"] if one["code"] == "D4U1Y")
    paths = frimley["allSuccessors"]["nodes"]
    assert {(one["entity"]["code"], one["kind"], one["date"], one["steps"]) for one in paths} == {
        (code, "SPLIT", "2026-04-01", 1) for code in ("U2G6B", "D9Y0V", "92A")
    }


async def test_a_circle_and_a_step_back_in_time_end(bare_graph: Connection, neo4j_driver: Driver) -> None:
    """Bodies that followed each other in a circle are each met once; what was before the first step is not followed."""
    neo4j_driver.execute_query(
        """
        CREATE (:Graph {sequence: 1, since: $later, until: null})
        FOREACH (code IN ['RAA', 'RBB', 'RCC', 'RDD'] | CREATE (:Entity:NHSTrust {id: 'NHSTrust:' + code, code: code,
          name: code, validFrom: date('2000-01-01'), validFromPrecision: 'DAY'}))
        WITH [['RAA', 'RBB', 2001], ['RBB', 'RCC', 2002], ['RCC', 'RAA', 2003], ['RBB', 'RDD', 1999],
          ['RAA', 'RCC', 2004]] AS steps
        UNWIND steps AS step
        MATCH (a:Entity {code: step[0]}), (b:Entity {code: step[1]})
        CREATE (a)-[:SUCCEEDED_BY {kind: 'MERGER', validFrom: date({year: step[2]}), validFromPrecision: 'DAY'}]->(b)
        """,
        later=date(2026, 1, 1),
    )
    async with asking(bare_graph) as asked:
        data = await asked.data(f'{{ nhsTrust(odsCode: "RAA") {{ allSuccessors {{ {_PATHS} }} }} }}')

    found = [(one["entity"]["code"], one["steps"]) for one in data["nhsTrust"]["allSuccessors"]["nodes"]]
    assert found == [("RBB", 1), ("RCC", 1)]
