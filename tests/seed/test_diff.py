"""A diff takes what is held to what is said, and says nothing where they are equal."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cypher.change import LinkKey, LinkRecord, NodeRecord
from cypher.held import Held
from seed.diff import diff
from tests.cypher.intervals import validities
from tests.cypher.world import JULY_2022, interval, link, node

AUGUST = date(2026, 8, 1)


@st.composite
def link_tables(draw: st.DrawFn) -> dict[LinkKey, LinkRecord]:
    """Draw relationships between a few practices and networks."""
    found: dict[LinkKey, LinkRecord] = {}
    for practice, network, validity, note in draw(
        st.lists(
            st.tuples(st.sampled_from("PQR"), st.sampled_from("UV"), validities(), st.sampled_from(["a", "b"])),
            max_size=6,
        )
    ):
        record = link("MEMBER_OF", f"GPPractice:{practice}", f"PrimaryCareNetwork:{network}", JULY_2022, note=note)
        record = record.during(validity)
        found[record.identity] = record
    return found


@st.composite
def node_tables(draw: st.DrawFn) -> dict[str, NodeRecord]:
    """Draw practices whose lives and values differ."""
    found: dict[str, NodeRecord] = {}
    for code, validity, name in draw(
        st.lists(st.tuples(st.sampled_from("PQRS"), validities(), st.sampled_from(["a", "b"])), max_size=5)
    ):
        record = node("GPPractice", code, JULY_2022, note=name)
        found[record.id] = replace(record, states=(replace(record.states[0], validity=validity),))
    return found


@given(link_tables(), link_tables(), node_tables(), node_tables())
def test_applying_a_diff_to_what_is_held_gives_what_is_said(
    held_links: dict[LinkKey, LinkRecord],
    said_links: dict[LinkKey, LinkRecord],
    held_nodes: dict[str, NodeRecord],
    said_nodes: dict[str, NodeRecord],
) -> None:
    """Whatever the two tables are; and a second diff is empty."""
    held = Held()
    for one in held_nodes.values():
        held.add_node(one, (1,))
    for link_record in held_links.values():
        held.add_link(link_record)

    held.apply([*diff(held_nodes, said_nodes), *diff(held_links, said_links)], 2)

    assert held.nodes == said_nodes
    assert held.links == said_links
    assert diff(held.nodes, said_nodes) == []
    assert diff(held.links, said_links) == []


@given(node_tables())
def test_states_that_did_not_change_keep_their_sequence(said: dict[str, NodeRecord]) -> None:
    """A load that says the same again does not pretend to have learnt it today."""
    held = Held()
    held.apply(diff({}, said), 1)
    held.apply(diff(held.nodes, said), 2)

    assert set(held.recorded.values()) <= {(1,)}


def test_changes_come_in_the_order_of_their_keys() -> None:
    """Whatever the order of the tables."""
    records = {record.id: record for record in (node("GPPractice", code, JULY_2022) for code in "CAB")}

    assert [one.record.code for one in diff({}, records) if isinstance(one.record, NodeRecord)] == ["A", "B", "C"]


def test_absence_means_what_the_contract_says() -> None:
    """A whole history corrects what it leaves out, a list of what is in force ends it, another list says nothing."""
    practice = node("GPPractice", "P1", JULY_2022)
    held = {practice.id: practice}

    (withdrawn,) = diff(held, {})
    (closed,) = diff(held, {}, absence="CLOSURE", as_at=AUGUST)

    assert (withdrawn.kind, withdrawn.after) == ("WITHDRAWN", None)
    assert closed.kind == "CLOSED"
    assert isinstance(closed.after, NodeRecord)
    assert closed.after.life.valid_to == AUGUST
    assert closed.after.life.valid_to_precision == "NO_LATER_THAN"
    assert diff(held, {}, absence="NOTHING") == []


def test_what_has_ended_is_not_ended_again() -> None:
    """Absence from a list of what is in force is right for it."""
    ended = link("MEMBER_OF", "GPPractice:P1", "PrimaryCareNetwork:U1", JULY_2022)
    ended = ended.during(interval(JULY_2022, date(2024, 1, 1)))

    assert diff({ended.identity: ended}, {}, absence="CLOSURE", as_at=AUGUST) == []
