"""`history`: all that changed in a life, in the order of the dates, with the change set that each is from."""

from datetime import date

from neo4j import Driver

from schema.catalogue import contract
from server.connection import Connection
from tests.reading import Asking, asking

_EVENTS = """
nodes {
  change date relationship isOutgoing other { code } identifier values { field before after } learnt { sequence source }
}
"""
_PLURALS = sorted(
    name
    for name, field in contract().graphql.query_type.fields.items()  # type: ignore[union-attr]  # it has a query type
    if "asOf" in field.args and "after" in field.args and name not in {"upcoming", "coverageGaps"}
)


async def test_every_history_begins_with_the_opening(ask: Asking) -> None:
    """The first event of anything is that its life began, whatever the concept."""
    for plural in _PLURALS:
        data = await ask.data(f"{{ {plural}(first: 2) {{ nodes {{ history(first: 1) {{ {_EVENTS} }} }} }} }}")
        for node in data[plural]["nodes"]:
            assert [event["change"] for event in node["history"]["nodes"]] == ["OPENED"], plural
            assert node["history"]["nodes"][0]["learnt"]["sequence"] > 0


async def test_a_history_tells_the_end_of_what_has_ended(ask: Asking) -> None:
    """D4U1Y lost its practices (66 with patients and one without) and its board on the day on which it closed."""
    document = f'{{ subIcbLocation(odsCode: "D4U1Y", asOf: "2026-01-01") {{ history(last: 1000) {{ {_EVENTS} }} }} }}'

    events = (await ask.data(document))["subIcbLocation"]["history"]["nodes"]

    assert events == sorted(events, key=lambda event: str(event["date"]))
    assert (events[-1]["change"], events[-1]["date"]) == ("CLOSED", "2026-04-01")
    gone = [event for event in events if event["change"] == "RELATIONSHIP_ENDED" and event["date"] == "2026-04-01"]
    assert len([event for event in gone if event["relationship"] == "COMMISSIONED_BY"]) == 67
    assert [event["other"]["code"] for event in gone if event["relationship"] == "SUB_ICB_OF"] == ["QNQ"]


async def test_a_recoding_is_an_event_of_a_history(ask: Asking) -> None:
    """Barnsley changed its ONS code on 1 April 2025."""
    document = f'{{ localAuthority(onsCode: "E08000016") {{ history(first: 1000) {{ {_EVENTS} }} }} }}'

    events = (await ask.data(document))["localAuthority"]["history"]["nodes"]

    coded = [(one["change"], one["date"], one["identifier"]) for one in events if one["identifier"]]
    assert ("RELATIONSHIP_ENDED", "2025-04-01", "E08000016") in coded
    assert ("RELATIONSHIP_BEGAN", "2025-04-01", "E08000038") in coded


async def test_pages_of_a_history_give_each_event_once(ask: Asking) -> None:
    """Paging on with the cursor gives as many events as are counted, and none twice."""
    page = "totalCount pageInfo { hasNextPage endCursor } edges { cursor }"
    document = f'query($at: String) {{ nhsRegion(odsCode: "Y56") {{ history(first: 400, after: $at) {{ {page} }} }} }}'
    at, cursors, more, total = None, [], True, 0
    while more:
        history = (await ask.data(document, at=at))["nhsRegion"]["history"]
        cursors += [edge["cursor"] for edge in history["edges"]]
        at, more, total = history["pageInfo"]["endCursor"], history["pageInfo"]["hasNextPage"], history["totalCount"]

    assert len(cursors) == len(set(cursors)) == total > 400


async def test_a_renaming_and_a_correction_are_told_apart(bare_graph: Connection, neo4j_driver: Driver) -> None:
    """A value that became another is a change at its date; what was held wrongly is a correction, of its change set."""
    neo4j_driver.execute_query(
        """
        CREATE (:Graph {sequence: 9, since: $day, until: null}), (:ChangeSet {sequence: 7, source: 'later'})
        CREATE (n:Entity:NHSTrust {id: 'NHSTrust:RAA', code: 'RAA', odsCode: 'RAA', name: 'New', validFrom: $began,
          stateFrom: $day, validFromPrecision: 'DAY', standing: 'PUBLISHED', sources: ['s'], recordedFrom: 1})
        CREATE (n)-[:HAS_STATE]->(:State {name: 'Old', odsCode: 'RAA', validFrom: $began, validFromPrecision: 'DAY',
          validTo: $day, standing: 'PUBLISHED', sources: ['s'], recordedFrom: 1})
        CREATE (b:Entity:IntegratedCareBoard {id: 'IntegratedCareBoard:QQQ', code: 'QQQ', name: 'B', validFrom: $began})
        CREATE (n)-[:TRUST_IN_SUPERSEDED {validFrom: $began, standing: 'PUBLISHED', sources: ['s'], recordedFrom: 1,
          recordedTo: 7}]->(b)
        """,
        day=date(2026, 1, 1),
        began=date(2020, 1, 1),
    )
    async with asking(bare_graph) as asked:
        events = (await asked.data(f'{{ nhsTrust(odsCode: "RAA") {{ history {{ {_EVENTS} }} }} }}'))["nhsTrust"]

    held = [(one["change"], one["date"], one["values"]) for one in events["history"]["nodes"]]
    renamed = [{"field": "name", "before": "Old", "after": "New"}]
    assert ("CHANGED", "2026-01-01", renamed) in held
    assert [one for one in events["history"]["nodes"] if one["change"] == "CORRECTED"] == [
        {
            "change": "CORRECTED",
            "date": "2020-01-01",
            "relationship": "TRUST_IN",
            "isOutgoing": True,
            "other": {"code": "QQQ"},
            "identifier": None,
            "values": [],
            "learnt": {"sequence": 7, "source": "later"},
        }
    ]
