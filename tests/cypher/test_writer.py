"""One hand writes: all of a change set or nothing, numbered without a gap, with both clocks."""

import multiprocessing
from dataclasses import replace
from datetime import date

import pytest
from neo4j import Driver, GraphDatabase

from cypher.change import Change, NodeRecord, change
from cypher.change_set import chained
from cypher.errors import CodeTaken, GraphNotPrepared, IntegrityViolated, OutsideLife, StaleChange
from cypher.held import Held
from cypher.writer import Reference, Writer
from server.connection import Connection
from tests.cypher.conftest import Ask
from tests.cypher.world import (
    APRIL_2026,
    JULY_2022,
    SOURCE,
    TODAY,
    changed,
    find,
    interval,
    link,
    node,
    opened,
    state,
    world,
)

BOARD = find(world(), "IntegratedCareBoard:QB2")
PRACTICE = find(world(), "GPPractice:P3")
MEMBERSHIP = link("MEMBER_OF", "GPPractice:P3", "PrimaryCareNetwork:U1", date(2023, 1, 1))


def ended(record: NodeRecord, day: date) -> NodeRecord:
    """Return a thing whose last state ends on a day."""
    last = record.states[-1]
    closed = replace(last, validity=interval(last.validity.valid_from, day))
    return replace(record, states=(*record.states[:-1], closed))


def test_what_is_written_is_held(tiny: Writer) -> None:
    """Every record comes back as it was given: dates, points, lists, numbers."""
    held, _ = tiny.held()

    for record in world():
        assert (held.nodes.get(record.id) if isinstance(record, NodeRecord) else held.links[record.identity]) == record


def test_a_pattern_without_a_thought_for_time_sees_what_is_in_force(tiny: Writer, ask: Ask) -> None:  # noqa: ARG001
    """An abolished board bears another label, and what ended with it another type."""
    assert ask("MATCH (b:IntegratedCareBoard) RETURN collect(b.code) AS codes") == [[["QB2", "QC3"]]]
    assert ask("MATCH (b:IntegratedCareBoardEnded:Organisation:Entity) RETURN b.code") == [["QA1"]]
    assert ask("MATCH (:SubICBLocation {odsCode: '01A'})-[:SUB_ICB_OF]->(b) RETURN b.code") == [["QC3"]]
    assert ask("MATCH (:SubICBLocation {odsCode: '01A'})-[:SUB_ICB_OF_ENDED]->(b) RETURN b.code") == [["QA1"]]


def test_an_empty_diff_takes_no_number(tiny: Writer) -> None:
    """Nor does a source that is described as before."""
    assert tiny.apply([], source="world", references=[SOURCE], check=True) is None
    assert tiny.head().sequence == 1


def test_a_source_described_anew_takes_a_number(tiny: Writer, ask: Ask) -> None:
    """Nobody who holds an older answer may think that it still says the same."""
    again = Reference("Source", {**SOURCE.properties, "title": "A very tiny England"})

    change_set = tiny.apply([], source="world", references=[again])

    assert change_set is not None
    assert (change_set.sequence, sum(change_set.counts.values())) == (2, 0)
    assert ask("MATCH (s:Source) RETURN s.title") == [["A very tiny England"]]


def test_a_correction_keeps_what_was_held(tiny: Writer, ask: Ask) -> None:
    """The old record hangs on the node as superseded, from the sequence that brought it to the one that took it."""
    after = replace(BOARD, states=(replace(BOARD.states[0], values={"name": "Better", "odsCode": "QB2"}),))

    change_set = tiny.apply(changed(BOARD, after), source="world", check=True)

    assert change_set is not None
    assert change_set.counts == {"opened": 0, "amended": 1, "closed": 0, "withdrawn": 0}
    assert ask(
        "MATCH (b:IntegratedCareBoard {code: 'QB2'})-[:HAS_STATE_SUPERSEDED]->(s:State) "
        "RETURN b.name, b.website, b.recordedFrom, s.name, s.website, s.recordedFrom, s.recordedTo"
    ) == [["Better", None, 2, "IntegratedCareBoard QB2", "https://b.example", 1, 2]]


def test_a_closed_relationship_is_kept_twice(tiny: Writer, ask: Ask) -> None:
    """As it is now known, ended; and as it was held until then, open."""
    tiny.apply(changed(MEMBERSHIP, MEMBERSHIP.during(interval(date(2023, 1, 1), date(2026, 5, 1)))), source="world")

    assert ask(
        "MATCH (:Entity {id: 'GPPractice:P3'})-[m]->(:Entity {id: 'PrimaryCareNetwork:U1'}) "
        "RETURN type(m), toString(m.validTo), m.recordedFrom, m.recordedTo ORDER BY type(m)"
    ) == [["MEMBER_OF_ENDED", "2026-05-01", 2, None], ["MEMBER_OF_SUPERSEDED", None, 1, 2]]


def test_what_ends_with_a_node_is_closed_with_it(tiny: Writer) -> None:
    """In the same change set, and what rules made of it too."""
    change_set = tiny.apply(changed(PRACTICE, ended(PRACTICE, date(2026, 6, 1))), source="world", check=True)

    held, _ = tiny.held()
    assert change_set is not None
    at_practice = list(held.links_at(PRACTICE.id))
    assert {one.type for one in at_practice} == {"MEMBER_OF", "COMMISSIONED_BY"}
    assert {one.validity.valid_to for one in at_practice} == {date(2026, 6, 1)}
    footprint = [one for one in held.links.values() if one.type == "NETWORK_IN" and one.end == "SubICBLocation:02B"]
    assert [one.validity.valid_to for one in footprint] == [date(2026, 6, 1)]


def test_a_withdrawn_node_keeps_entity_alone(tiny: Writer, ask: Ask) -> None:
    """What was made in error is not in force, has not ended, and can still be asked for."""
    tiny.apply(changed(PRACTICE, None), source="world", check=True)

    assert ask("MATCH (p:Entity {id: 'GPPractice:P3'}) RETURN labels(p), keys(p)") == [[["Entity"], ["id", "code"]]]
    assert ask("MATCH (:Entity {id: 'GPPractice:P3'})-[r]->() RETURN DISTINCT type(r) AS type ORDER BY type") == [
        ["COMMISSIONED_BY_SUPERSEDED"],
        ["HAS_STATE_SUPERSEDED"],
        ["MEMBER_OF_SUPERSEDED"],
    ]

    again = tiny.apply(opened(PRACTICE), source="world", check=True)

    assert again is not None
    assert tiny.held()[0].recorded[PRACTICE.id] == (3,)


def test_a_relationship_outside_a_life_is_refused(tiny: Writer) -> None:
    """And so is one to nothing; nothing is written."""
    too_early = link("SUB_ICB_OF", "SubICBLocation:02B", "IntegratedCareBoard:QC3", JULY_2022)
    to_nothing = link("SUB_ICB_OF", "SubICBLocation:02B", "IntegratedCareBoard:Q99", JULY_2022)

    with pytest.raises(OutsideLife, match="QC3 lives 2026-04-01"):
        tiny.apply(opened(too_early), source="world")
    with pytest.raises(OutsideLife, match="there is no IntegratedCareBoard:Q99"):
        tiny.apply(opened(to_nothing), source="world")
    assert tiny.head().sequence == 1


def test_a_code_that_is_taken_is_refused(tiny: Writer) -> None:
    """Two boards in force with one ODS code cannot be."""
    with pytest.raises(CodeTaken, match="QB2"):
        tiny.apply(opened(node("IntegratedCareBoard", "QX9", JULY_2022, odsCode="QB2")), source="world")

    assert tiny.head().sequence == 1


def test_a_code_can_go_from_one_to_another(tiny: Writer) -> None:
    """In one change set: who gives it up comes first."""
    taker = node("IntegratedCareBoard", "QA0", APRIL_2026, odsCode="QB2")

    change_set = tiny.apply([*opened(taker), *changed(BOARD, ended(BOARD, APRIL_2026))], source="world")

    assert change_set is not None


def test_a_change_from_something_else_is_stale(tiny: Writer) -> None:
    """Whoever read before another wrote must read again."""
    stale = changed(ended(BOARD, APRIL_2026), BOARD)

    with pytest.raises(StaleChange):
        tiny.apply(stale, source="world")
    with pytest.raises(StaleChange):
        tiny.apply(opened(BOARD), source="world")
    assert tiny.head().sequence == 1


def test_what_would_not_be_sound_is_not_written(tiny: Writer) -> None:
    """A board without its system is an orphan: the change set is refused before it is committed."""
    with pytest.raises(IntegrityViolated, match="IntegratedCareBoard:QD4"):
        tiny.apply(opened(node("IntegratedCareBoard", "QD4", JULY_2022)), source="world", check=True)

    assert tiny.head().sequence == 1


@pytest.mark.usefixtures("bare_graph")
def test_a_graph_that_was_not_prepared_is_refused(neo4j_driver: Driver) -> None:
    """Without its constraints two writers could make one thing twice."""
    with pytest.raises(GraphNotPrepared):
        Writer(neo4j_driver, TODAY).apply(opened(BOARD), source="world")


def test_things_move_when_their_day_comes(tiny: Writer, neo4j_driver: Driver, ask: Ask) -> None:
    """A planned rename and a planned end: labels, types, values and the span follow the calendar, under a number."""
    renamed = date(2026, 10, 1)
    closes = date(2026, 12, 1)
    board = replace(
        BOARD,
        states=(
            replace(BOARD.states[0], validity=interval(JULY_2022, renamed)),
            state(renamed, name="New name", odsCode="QB2"),
        ),
    )
    tiny.apply([*changed(BOARD, board), *changed(PRACTICE, ended(PRACTICE, closes))], source="world", check=True)
    before = tiny.content_hash()
    assert ask("MATCH (b:IntegratedCareBoard {code: 'QB2'}) RETURN b.name") == [["IntegratedCareBoard QB2"]]
    assert (tiny.head().since, tiny.head().until) == (APRIL_2026, renamed)

    later = Writer(neo4j_driver, date(2027, 1, 1))
    change_set = later.advance()

    assert change_set is not None
    assert (change_set.sequence, change_set.kind, change_set.source) == (3, "CALENDAR", None)
    later.check()
    assert ask("MATCH (b:IntegratedCareBoard {code: 'QB2'})-[:HAS_STATE]->(s) RETURN b.name, s.name") == [
        ["New name", "IntegratedCareBoard QB2"]
    ]
    assert ask("MATCH (p:GPPracticeEnded)-[:MEMBER_OF_ENDED]->() RETURN p.code") == [["P3"]]
    assert (later.head().since, later.head().until) == (closes, None)
    assert later.advance() is None
    assert later.content_hash() == before

    back = tiny.advance()

    assert back is not None
    tiny.check()
    assert ask("MATCH (b:IntegratedCareBoard {code: 'QB2'}) RETURN b.name") == [["IntegratedCareBoard QB2"]]


def test_a_write_on_another_day_moves_things_first(tiny: Writer, neo4j_driver: Driver) -> None:
    """The calendar takes its own number before the facts take theirs."""
    tiny.apply(changed(PRACTICE, ended(PRACTICE, date(2026, 12, 1))), source="world")

    change_set = Writer(neo4j_driver, date(2027, 1, 1)).apply(
        opened(node("GPPractice", "P4", date(2026, 12, 24))), source="world"
    )

    assert change_set is not None
    assert change_set.sequence == 4


def test_the_content_hash_does_not_depend_on_the_way(tiny: Writer, ask: Ask) -> None:
    """A graph that got there by a detour holds the same facts as one that was told at once."""
    at_once = tiny.content_hash()
    closed = ended(PRACTICE, date(2026, 6, 1))

    tiny.apply(changed(PRACTICE, closed), source="world")
    assert tiny.content_hash() != at_once
    held, _ = tiny.held()
    lengthened = [
        change(one, replace(one, validity=interval(one.validity.valid_from)))
        for one in held.links_at(PRACTICE.id)
        if one.rule is None
    ]
    tiny.apply([*changed(closed, PRACTICE), *(one for one in lengthened if one)], source="world", check=True)

    assert tiny.content_hash() == at_once
    assert ask("MATCH (c:ChangeSet) RETURN count(c)") == [[3]]


def test_the_recorded_history_is_a_chain(tiny: Writer, ask: Ask) -> None:
    """Each change set's hash covers what it says and the hash of the one before it."""
    tiny.apply(changed(PRACTICE, ended(PRACTICE, date(2026, 6, 1))), source="world")

    rows = ask("MATCH (c:ChangeSet) RETURN properties(c) ORDER BY c.sequence")

    previous = ""
    for (properties,) in rows:
        told = {**properties, "recordedAt": properties["recordedAt"].to_native()}
        assert properties["previousHash"] == previous
        assert chained(told) == properties["hash"]
        previous = properties["hash"]


def test_increments_equal_a_full_derivation(tiny: Writer) -> None:
    """Running all rules anew after increments finds nothing to do."""
    tiny.apply(changed(MEMBERSHIP, MEMBERSHIP.during(interval(date(2023, 1, 1), date(2024, 5, 1)))), source="world")
    tiny.apply(opened(node("GPPractice", "P4", date(2020, 1, 1))), source="world")
    tiny.apply(
        opened(
            link("MEMBER_OF", "GPPractice:P4", "PrimaryCareNetwork:U1", date(2024, 1, 1)),
            link("COMMISSIONED_BY", "GPPractice:P4", "SubICBLocation:02B", date(2022, 7, 1)),
        ),
        source="world",
    )

    assert tiny.apply([], source="rules", derive="ALL", check=True) is None


def test_what_a_rule_made_that_is_no_longer_there_is_withdrawn(tiny: Writer) -> None:
    """When all rules run, nobody vouches for it any more."""
    made = replace(
        link("COVERS", "GPPractice:P1", "GPPractice:P2", JULY_2022), standing="DERIVED", series="OLD", rule="OLD"
    )
    tiny.apply(opened(made), source="rules", check=True)

    change_set = tiny.apply([], source="rules", derive="ALL", check=True)

    assert change_set is not None
    assert [(one.kind, one.before) for one in change_set.changes] == [("WITHDRAWN", made)]


def test_rules_that_were_put_off_run_with_the_next_write(writer: Writer) -> None:
    """What a load put off is remembered by the graph, not by the load."""
    writer.apply(opened(*world()), source="world", references=[SOURCE], derive="LATER")
    assert "MEMBER_OF" in writer.head().pending
    assert not [one for one in writer.held()[0].links.values() if one.rule]

    change_set = writer.apply([], source="rules", check=True)

    assert change_set is not None
    assert change_set.counts["opened"] == 2
    assert writer.head().pending == ()


def test_two_writers_prepare_one_graph(neo4j_driver: Driver, ask: Ask) -> None:
    """Preparing again changes nothing."""
    writer = Writer(neo4j_driver, TODAY)
    writer.prepare()
    epoch = ask("MATCH (g:Graph) RETURN g.epoch")
    writer.prepare()

    assert ask("MATCH (g:Graph) RETURN g.epoch") == epoch


def _race(connection: Connection, name: str, times: int) -> None:
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        writer = Writer(driver, TODAY)
        for place in range(times):

            def decide(held: Held, sequence: int, place: int = place) -> list[Change]:  # noqa: ARG001 - it is new anyway
                return opened(node("GPPractice", f"{name}{place}", date(2020, 1, 1)))

            writer.apply(decide, source=name, references=[SOURCE])


def test_four_racing_writers_leave_no_gap(writer: Writer, neo4j_connection: Connection, ask: Ask) -> None:
    """Four processes write at once; every number is taken once, and the chain holds."""
    start = multiprocessing.get_context("spawn")
    racers = [start.Process(target=_race, args=(neo4j_connection, f"R{number}", 10)) for number in range(4)]

    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)

    assert [racer.exitcode for racer in racers] == [0, 0, 0, 0]
    assert sorted(ask("MATCH (c:ChangeSet) RETURN collect(c.sequence)")[0][0]) == list(range(1, 41))
    writer.check()
    assert writer.head().sequence == 40
