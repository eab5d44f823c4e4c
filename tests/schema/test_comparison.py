"""`compare`: what became of all of one kind between two dates."""

import pytest

from tests.reading import Asking

_SUMMARY = """
inForceBefore inForceAfter opened firstNamed closed moved
moves { belonging count withPatients } renamed recoded succeeded
"""
_YEAR = 'from: "2026-01-01", to: "2026-08-01"'


async def test_1608_practices_changed_their_board(ask: Asking) -> None:
    """Between the extracts of January and August 2026 the mergers moved 1,608 practices with patients."""
    document = f"""{{ compare({_YEAR}, kind: GP_PRACTICE) {{ {_SUMMARY} changes(first: 1) {{ totalCount }} }} }}"""

    compared = (await ask.data(document))["compare"]

    moves = {one["belonging"]: one for one in compared["moves"]}
    assert moves["INTEGRATED_CARE_BOARD"]["withPatients"] == 1_608
    assert moves["INTEGRATED_CARE_BOARD"]["count"] == 1_639
    assert compared["moved"] >= 1_639


async def test_of_42_boards_36_are_left(ask: Asking) -> None:
    """What opened and closed accounts for the difference, and each that closed was succeeded."""
    rows = "nodes { entity { code } change date before { code } after { code } succession }"
    document = (
        f"""{{ compare({_YEAR}, kind: INTEGRATED_CARE_BOARD) {{ {_SUMMARY} changes(first: 1000) {{ {rows} }} }} }}"""
    )

    compared = (await ask.data(document))["compare"]

    assert (compared["inForceBefore"], compared["inForceAfter"]) == (42, 36)
    assert compared["opened"] - compared["closed"] == -6
    changes = compared["changes"]["nodes"]
    closed = {one["entity"]["code"] for one in changes if one["change"] == "CLOSED"}
    assert closed <= {one["entity"]["code"] for one in changes if one["change"] == "SUCCEEDED"}
    frimley = [one for one in changes if one["change"] == "SUCCEEDED" and one["entity"]["code"] == "QNQ"]
    assert {one["succession"] for one in frimley} == {"SPLIT", "ACQUISITION"}
    assert all(one["date"] == "2026-04-01" and len(one["after"]) == 1 for one in frimley)


async def test_barnsley_and_sheffield_were_recoded(ask: Asking) -> None:
    """They changed their ONS codes on 1 April 2025, and are the same bodies."""
    rows = "nodes { entity { code } change textBefore textAfter }"
    document = f"""{{ compare(from: "2025-03-31", to: "2025-04-01", kind: LOCAL_AUTHORITY) {{
      recoded changes(first: 1000) {{ {rows} }} }} }}"""

    compared = (await ask.data(document))["compare"]

    recoded = [one for one in compared["changes"]["nodes"] if one["change"] == "RECODED"]
    assert compared["recoded"] == len(recoded)
    assert ("E08000016", "E08000016", "E08000038") in [
        (one["entity"]["code"], one["textBefore"], one["textAfter"]) for one in recoded
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "GP_PRACTICE",
        "PRIMARY_CARE_NETWORK",
        "SUB_ICB_LOCATION",
        "INTEGRATED_CARE_BOARD",
        "NHS_TRUST",
        "LOCAL_AUTHORITY",
    ],
)
async def test_changes_are_those_of_the_summary(ask: Asking, kind: str) -> None:
    """The pages hold as many rows as the summary counts, each once, in one statement; those there and gone agree."""
    document = f"""query($at: String) {{ compare({_YEAR}, kind: {kind}) {{ {_SUMMARY}
      changes(first: 1000, after: $at) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor }}
        nodes {{ change }} }} }} }}"""
    at, more, cursors, changes = None, True, [], []
    while more:
        before = len(ask.graph.statements)
        compared = (await ask.data(document, at=at))["compare"]
        assert len(ask.graph.statements) - before <= 2 if at is None else 1
        page = compared["changes"]
        cursors += [edge["cursor"] for edge in page["edges"]]
        changes += [node["change"] for node in page["nodes"]]
        at, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    assert len(set(cursors)) == len(cursors) == page["totalCount"]
    assert changes.count("CLOSED") == compared["closed"]
    began = compared["opened"] + compared["firstNamed"]
    assert compared["inForceBefore"] + began - compared["closed"] == compared["inForceAfter"]
    assert changes.count("MOVED") == sum(one["count"] for one in compared["moves"])


async def test_dates_the_wrong_way_round_are_refused(ask: Asking) -> None:
    """The error has a code and says what was sent and what is allowed."""
    error = await ask.error('{ compare(from: "2026-08-01", to: "2026-01-01", kind: NHS_TRUST) { opened } }')

    assert error["extensions"]["code"] == "DATES_REVERSED"
    assert error["extensions"]["sent"] == "2026-08-01"
    assert error["path"] == ["compare"]
