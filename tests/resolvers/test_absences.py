"""What is absent is told by date: it never names what is there at that date."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from neo4j import Driver

from cypher.change import NodeRecord
from cypher.writer import Reference, Writer
from server.connection import Connection
from tests.cypher.world import link, opened, state
from tests.reading import Asking, asking

_BEGINS, _MIDDLE, _TODAY = date(2020, 1, 1), date(2021, 3, 1), date(2021, 9, 1)
_LACKING = ("location|NOT_PUBLISHED|a map", "supplier|BEFORE_SOURCES|a list|2021-03-01")


@pytest.fixture
async def ask(empty_graph: Connection, neo4j_driver: Driver) -> AsyncIterator[Asking]:
    """Give the API over two practices in no place until March 2021, of which one is in a network."""
    writer = Writer(neo4j_driver, _TODAY)
    writer.prepare()
    values = {"name": "Ash House", "odsCode": "P11"}
    states = (
        replace(state(_BEGINS, _MIDDLE, **values), absences=_LACKING),
        replace(state(_MIDDLE, None, **values, location=(51.5, -0.25)), absences=_LACKING[1:]),
    )
    practice = NodeRecord("GPPractice", "P11", "Organisation", states)
    other = NodeRecord("GPPractice", "P12", "Organisation", (state(_BEGINS, name="Birch House", odsCode="P12"),))
    network = NodeRecord("PrimaryCareNetwork", "U11", "Organisation", (state(_BEGINS, name="U11", odsCode="U11"),))
    member = link("MEMBER_OF", practice.id, network.id, _BEGINS)
    scope = Reference("Scope", {"about": "MEMBER_OF", "since": _MIDDLE, "reasonBefore": "BEFORE_SOURCES"})
    writer.apply(opened(practice, other, network, member), source="world", references=[scope])
    async with asking(empty_graph, _TODAY) as one:
        yield one


async def _absent(ask: Asking, code: str, day: str | None) -> dict[str, tuple[str, str | None]]:
    text = "query ($code: String!, $day: Date) { gpPractice(odsCode: $code, asOf: $day) {"
    text += " absent { field reason since } primaryCareNetworks { absent { field } } } }"
    found = (await ask.data(text, code=code, day=day))["gpPractice"]
    fields = {one["field"] for one in found["absent"]}
    assert {one["field"] for one in found["primaryCareNetworks"]["absent"]} == fields & {"primaryCareNetworks"}
    return {one["field"]: (one["reason"], one["since"]) for one in found["absent"]}


async def test_what_is_absent_is_that_of_the_state_of_the_date(ask: Asking) -> None:
    """Without a place on the map in its first state, with one in its second."""
    assert "location" in await _absent(ask, "P11", "2020-06-01")
    assert "location" not in await _absent(ask, "P11", "2021-06-01")


async def test_what_sources_speak_of_from_a_day_on_is_absent_before_it(ask: Asking) -> None:
    """With the day; from that day on it is not said any more, today included."""
    assert (await _absent(ask, "P11", "2021-02-28"))["supplier"] == ("BEFORE_SOURCES", "2021-03-01")
    for day in ("2021-03-01", None):
        assert "supplier" not in await _absent(ask, "P11", day)


async def test_what_a_scope_empties_is_absent_only_where_nothing_is(ask: Asking) -> None:
    """One practice has its membership although sources speak of all only later; the other has none."""
    assert "primaryCareNetworks" not in await _absent(ask, "P11", "2020-06-01")
    assert (await _absent(ask, "P12", "2020-06-01"))["primaryCareNetworks"] == ("BEFORE_SOURCES", "2021-03-01")
    assert "primaryCareNetworks" not in await _absent(ask, "P12", "2021-06-01")
