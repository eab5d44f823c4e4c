"""Both clocks through any history: what was held at each sequence can be told from the graph as it is now."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from cypher.change import Change, LinkKey, LinkRecord, NodeRecord, State
from cypher.held import Held
from cypher.layout import link_from, node_from, validity_from
from cypher.writer import Writer
from seed.diff import diff
from tests.cypher.conftest import Ask
from tests.cypher.world import interval, link, state

TODAY = date(2021, 9, 1)


EPOCH = date(2020, 1, 1)
PRACTICES = ("P1", "P2", "P3", "P4")


def some_tables(chance: random.Random) -> tuple[dict[str, NodeRecord], dict[LinkKey, LinkRecord]]:
    """Return practices with lives and names that chance made, and memberships and commissioners within these."""

    def day(least: int, most: int) -> date:
        return EPOCH + timedelta(days=chance.randint(least, most))

    nodes = {
        record.id: record
        for record in (
            NodeRecord("PrimaryCareNetwork", "U1", "Organisation", (state(EPOCH, name="U1", odsCode="U1"),)),
            NodeRecord("SubICBLocation", "01A", None, (state(EPOCH, name="01A"),)),
            NodeRecord("SubICBLocation", "02B", None, (state(EPOCH, name="02B"),)),
        )
    }
    links: dict[LinkKey, LinkRecord] = {}
    for code in PRACTICES:
        if chance.random() < 0.2:
            continue
        begins, middle = day(0, 300), day(301, 600)
        ends = chance.choice([None, day(601, 900)])
        name = chance.choice(["A", "B"])
        states: tuple[State, ...] = (state(begins, ends, name=name, odsCode=code),)
        if chance.random() < 0.5:
            states = (state(begins, middle, name=name, odsCode=code), state(middle, ends, name="C", odsCode=code))
        practice = NodeRecord("GPPractice", code, "Organisation", states)
        nodes[practice.id] = practice
        left = chance.choice([ends, middle])
        for one in (
            link("MEMBER_OF", practice.id, "PrimaryCareNetwork:U1", begins, left),
            link("COMMISSIONED_BY", practice.id, f"SubICBLocation:{chance.choice(['01A', '02B'])}", begins, ends),
        ):
            links[one.identity] = one.during(interval(one.validity.valid_from, one.validity.valid_to))
    return nodes, links


def span(held: Held) -> tuple[date | None, date | None]:
    """Return between which days nothing that is held starts or ends."""
    intervals = [part.validity for one in held.nodes.values() for part in one.states]
    days = {day for one in (*intervals, *(one.validity for one in held.links.values())) for day in one.boundaries()}
    return (
        max((day for day in days if day <= TODAY), default=None),
        min((day for day in days if day > TODAY), default=None),
    )


def known_at(ask: Ask, sequence: int) -> tuple[list[Any], list[LinkRecord]]:
    """Return the states and relationships that were held at a sequence."""
    states: list[Any] = []
    for id_, properties in ask(
        "MATCH (n:Entity)-[:HAS_STATE|HAS_STATE_SUPERSEDED]->(s:State) "
        "WHERE s.recordedFrom <= $sequence AND (s.recordedTo IS NULL OR s.recordedTo > $sequence) "
        "RETURN n.id, properties(s)",
        sequence=sequence,
    ):
        states.append((id_, validity_from(properties), properties["name"]))
    for labels, properties in ask(
        "MATCH (n:Entity) WHERE n.recordedFrom <= $sequence RETURN labels(n), properties(n)", sequence=sequence
    ):
        record, _ = node_from(labels, properties, [])
        states.append((record.id, record.states[0].validity, record.states[0].values["name"]))
    rows = ask(
        "MATCH (a:Entity)-[r]->(b) "
        "WHERE r.recordedFrom <= $sequence AND (r.recordedTo IS NULL OR r.recordedTo > $sequence) "
        "RETURN a.id, type(r), b.id, properties(r)",
        sequence=sequence,
    )
    links = [
        link_from(
            start,
            type_.removesuffix("_SUPERSEDED"),
            end,
            {key: value for key, value in properties.items() if key != "recordedTo"},
        )
        for start, type_, end, properties in rows
    ]
    return sorted(states, key=str), sorted(links, key=lambda one: one.identity)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_held_at_any_sequence_can_be_told(seed: int, writer: Writer, ask: Ask) -> None:
    """Ten pictures of the world, each unlike the last; increments equal a full derivation all the way."""
    writer.today = TODAY
    chance = random.Random(seed)  # noqa: S311 - the same histories every time
    held = Held()
    then: dict[int, tuple[list[Any], list[LinkRecord]]] = {}

    for _ in range(10):
        nodes, links = some_tables(chance)
        own = {key: one for key, one in held.links.items() if one.rule is None}
        changes: list[Change] = [*diff(held.nodes, nodes), *diff(own, links)]
        change_set = writer.apply(changes, source="chance")
        if change_set is None:
            continue
        held.apply(change_set.changes, change_set.sequence)
        states = [(one.id, part.validity, part.values["name"]) for one in held.nodes.values() for part in one.states]
        then[change_set.sequence] = (
            sorted(states, key=str),
            sorted(held.links.values(), key=lambda one: one.identity),
        )
        assert {key: one for key, one in held.links.items() if one.rule is None} == links
        assert span(held) == (writer.head().since, writer.head().until)

    found, head = writer.held()
    assert (found.nodes, found.links, found.recorded) == (held.nodes, held.links, held.recorded)
    assert head.sequence == len(then) > 5
    assert writer.apply([], source="rules", derive="ALL") is None
    for sequence, picture in then.items():
        assert known_at(ask, sequence) == picture
