"""Connections by the Relay rules, at the root, below it and of an interface: both directions, and what is not asked."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver

from cypher.writer import Writer
from server.connection import Connection
from tests.cypher.world import SOURCE, TODAY, changed, node, opened, world
from tests.reading import Asking, asking

_PAGE = "{ totalCount edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
_GIVEN = "first: $first, after: $after, last: $last, before: $before"
_HEAD = "query($first: Int, $after: String, $last: Int, $before: String)"
_CONNECTIONS = {
    "of a concept": (f"{_HEAD} {{ integratedCareBoards({_GIVEN}) {_PAGE} }}", ("integratedCareBoards",)),
    "below a root": (
        f'{_HEAD} {{ integratedCareBoard(odsCode: "QT1") {{ nhsTrusts({_GIVEN}) {_PAGE} }} }}',
        ("integratedCareBoard", "nhsTrusts"),
    ),
    "of an interface": (
        f'{_HEAD} {{ subIcbLocation(odsCode: "92A") {{ predecessors({_GIVEN}) {_PAGE} }} }}',
        ("subIcbLocation", "predecessors"),
    ),
}


async def _page(ask: Asking, document: str, path: tuple[str, ...], **variables: object) -> dict[str, Any]:
    found: dict[str, Any] = await ask.data(document, **variables)
    for name in path:
        found = found[name]
    return found


@pytest.mark.parametrize("which", sorted(_CONNECTIONS))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=4))
async def test_pages_of_any_size_join_to_the_whole(ask: Asking, which: str, sizes: list[int]) -> None:
    """Forward and backward, with cursors, flags and count that agree."""
    document, path = _CONNECTIONS[which]
    whole = await _page(ask, document, path, first=1000)
    codes = [edge["node"]["code"] for edge in whole["edges"]]
    assert whole["totalCount"] == len(codes) > 1

    for size_name, cursor_name, flag, end in (
        ("first", "after", "hasNextPage", "endCursor"),
        ("last", "before", "hasPreviousPage", "startCursor"),
    ):
        joined: list[str] = []
        cursor: str | None = None
        for turn in range(len(codes)):
            variables = {size_name: sizes[turn % len(sizes)], cursor_name: cursor}
            page = await _page(ask, document, path, **variables)
            got = [edge["node"]["code"] for edge in page["edges"]]
            joined = [*joined, *got] if size_name == "first" else [*got, *joined]
            cursor = page["pageInfo"][end]
            assert page["totalCount"] == len(codes)
            if not page["pageInfo"][flag]:
                break
        assert joined == codes


@pytest.mark.parametrize("which", sorted(_CONNECTIONS))
async def test_what_is_not_asked_is_not_in_the_statement(ask: Asking, which: str) -> None:
    """Rows are collected for `edges`, `nodes` and `pageInfo` alone, and counted for `totalCount` alone."""
    document, path = _CONNECTIONS[which]

    await _page(ask, document.replace(_PAGE, "{ __typename }"), path)
    nothing = ask.graph.statements[-1]
    await _page(ask, document.replace(_PAGE, "{ totalCount }"), path)
    counted = ask.graph.statements[-1]
    await _page(ask, document.replace(_PAGE, "{ nodes { code } }"), path, first=2)
    rows = ask.graph.statements[-1]

    assert "LIMIT $" not in nothing
    assert "COUNT {" not in nothing
    assert "LIMIT $" not in counted
    assert "COUNT {" in counted
    assert "LIMIT $" in rows
    assert "COUNT {" not in rows


async def test_pages_stay_right_while_rows_come_and_go(empty_graph: Connection, neo4j_driver: Driver) -> None:
    """What was there all the time is met once, whatever comes before or after the cursor, and though its row goes."""
    writer = Writer(neo4j_driver, TODAY)
    writer.prepare()
    writer.apply(opened(*world()), source="world", references=[SOURCE])
    numbered = {number: node("GPPractice", f"N{number}", TODAY) for number in range(2, 9, 2)}
    writer.apply(opened(*numbered.values()), source="world")
    document = f"{_HEAD} {{ gpPractices({_GIVEN}) {_PAGE} }}"

    async with asking(empty_graph, TODAY) as ask:
        first = await _page(ask, document, ("gpPractices",), first=2)
        come = [node("GPPractice", f"N{number}", TODAY) for number in (1, 5)]
        writer.apply([*opened(*come), *changed(numbered[4], None)], source="world")
        second = await _page(ask, document, ("gpPractices",), first=2, after=first["pageInfo"]["endCursor"])
        third = await _page(ask, document, ("gpPractices",), first=9, after=second["pageInfo"]["endCursor"])

    met = [edge["node"]["code"] for page in (first, second, third) for edge in page["edges"]]
    assert met == ["N2", "N4", "N5", "N6", "N8", "P1", "P2", "P3"]
