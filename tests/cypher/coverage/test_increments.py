"""What increments leave behind is what a full derivation says, whatever changed and in whatever order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from neo4j import Driver

from cypher.change import Change, LinkRecord, NodeRecord, change
from cypher.errors import OutsideLife
from cypher.held import Held
from cypher.validity import Validity, intersection
from cypher.writer import Writer
from tests.conftest import wipe
from tests.cypher.coverage.shire import (
    LONG_AGO,
    START,
    Record,
    agreement,
    board,
    eligibility,
    group,
    hub,
    location,
    network,
    post,
    service,
    shire,
    unplaced,
)
from tests.cypher.world import JULY_2022, SOURCE, link, node, opened

DAYS = [date(2021, 1, 1), date(2023, 6, 1), date(2026, 8, 14), date(2027, 1, 1)]
GROUPS = ("gp_practices", "icb_staff", "public_health", "community_trust")
AREAS = (
    *("LocalAuthority:SHIRE", "LocalAuthority:NORTH", "LocalAuthority:BOROUGH", "IntegratedCareBoard:QS"),
    *("SubICBLocation:01S", "NHSTrust:RX"),
)


def county() -> list[Record]:
    """Return the Shire with a statement of each kind about each kind of area, and with what other rules speak of."""
    return [
        *shire(),
        *unplaced("P8"),
        *unplaced("P9", date(2022, 1, 1)),
        *network("DIM", "P3", "P8", "P9"),
        *service("other", host="RX"),
        node("NHSTrust", "RO", START, DAYS[0]),
        *service("followed"),
        link("HOSTED_BY", "KnowledgeService:followed", "NHSTrust:RO", START, DAYS[0]),
        link("SUCCEEDED_BY", "NHSTrust:RO", "NHSTrust:RX", DAYS[0]),
        *group("09Z", "P1", "P4", heirs=("SubICBLocation:01S",)),
        *agreement("ccg", None, of="followed"),
        link("AGREEMENT_AREA", "Agreement:ccg", "ClinicalCommissioningGroup:09Z", START, JULY_2022),
        *location("03C", "P5"),
        *board("QO", "03C", ends=DAYS[1], heirs=("QS",)),
        link("SUB_ICB_OF", "SubICBLocation:03C", "IntegratedCareBoard:QS", DAYS[1]),
        *agreement("board", None, of="followed", begins=JULY_2022),
        link("AGREEMENT_AREA", "Agreement:board", "IntegratedCareBoard:QO", JULY_2022, DAYS[1]),
        *hub("HUB"),
        *post("p", "IntegratedCareBoard:QS", "LocalAuthority:BOROUGH", in_hub="HUB"),
        *(
            record
            for number, area in enumerate(AREAS)
            for record in (
                *agreement(f"a{number}", area, GROUPS[number % 4], of=("library", "other")[number % 2]),
                *eligibility(f"e{number}", area, GROUPS[(number + 1) % 4], of=("other", "library")[number % 2]),
            )
        ),
        node("Neighbourhood", "N1", START),
        link("NEIGHBOURHOOD_OF", "Neighbourhood:N1", "PrimaryCareNetwork:ALL", START),
        node("Place", "PL", START),
        link("PLACE_AUTHORITY", "Place:PL", "LocalAuthority:SHIRE", START, coverage="WHOLE", basis="stated"),
        node("HealthAndWellbeingBoard", "HB", LONG_AGO),
        link("BOARD_FOR", "HealthAndWellbeingBoard:HB", "LocalAuthority:SHIRE", LONG_AGO),
    ]


one_change = st.tuples(
    st.sampled_from(["end", "end", "withdraw", "move", "move", "reword", "reopen", "shorten"]),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.sampled_from(DAYS),
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(st.lists(one_change, min_size=1, max_size=4), min_size=3, max_size=6))
def test_increments_are_a_full_derivation(writer: Writer, neo4j_driver: Driver, sequence: list[list[Any]]) -> None:
    """After each change set, deriving everything anew finds nothing to change."""
    wipe(neo4j_driver)
    writer.prepare()
    writer.apply(opened(*county()), source="world", references=[SOURCE])

    for step in sequence:
        held = writer.held()[0]
        changes = list(_changes(held, step))
        try:
            written = writer.apply(changes, source="world")
        except OutsideLife:
            event("refused")
            continue
        derived = [one for one in written.changes if one not in changes] if written else []
        event(f"derived {min(len(derived) // 5 * 5, 20)} or more")
        again = writer.apply([], source="world", derive="ALL")
        assert again is None, [str(one) for one in again.changes]


def test_what_is_derived_from_nothing_is_what_grew(writer: Writer, neo4j_driver: Driver) -> None:
    """The same facts, a few at a time, as if the derived ones had never been: the recorded clock alone differs."""
    records = county()
    for place in range(0, len(records), 6):
        writer.apply(opened(*records[place : place + 6]), source="world", references=[SOURCE])
    grown = _derived(writer.held()[0])
    with neo4j_driver.session() as session:
        session.run("MATCH ()-[r]->() WHERE r.standing = 'DERIVED' DELETE r").consume()
    assert not _derived(writer.held()[0])

    writer.apply([], source="world", derive="ALL")

    assert _derived(writer.held()[0]) == grown
    assert set(Counter(one.rule for one in grown)) == {
        *("HOST", "AGREEMENT", "PUBLISHED_ELIGIBILITY", "TRAINING_HUB"),
        *("NETWORK_FOOTPRINT", "NEIGHBOURHOOD_PLACE", "AUTHORITY_AREA"),
    }


def _derived(held: Held) -> list[LinkRecord]:
    return sorted((one for one in held.links.values() if one.rule), key=lambda one: one.identity)


def _changes(held: Held, step: Iterable[tuple[str, int, int, date]]) -> Iterator[Change]:
    """Yield changes of different things, of those that were drawn and make sense."""
    links = sorted((one for one in held.links.values() if not one.rule), key=lambda one: one.identity)
    nodes = sorted(held.nodes.values(), key=lambda one: one.id)
    seen: set[object] = set()
    for what, which, where, day in step:
        before: Record = nodes[which % len(nodes)] if what in {"reword", "shorten"} else links[which % len(links)]
        key = before.id if isinstance(before, NodeRecord) else before.identity
        if key in seen:
            continue
        seen.add(key)
        if isinstance(before, NodeRecord):
            after = _reworded(before, where) if what == "reword" else _shortened(before, day)
            made = [change(before, after)]
        elif what == "withdraw":
            made = [change(before, None)]
        elif what == "move":
            made = [change(*pair) for pair in _moved(before, held, nodes, where, day)]
        else:
            interval = _until(before.validity, None if what == "reopen" else day)
            made = [change(before, before.during(interval) if interval else before)]
        yield from (one for one in made if one is not None)


def _until(validity: Validity, day: date | None) -> Validity | None:
    if day is None:
        return Validity(validity.valid_from, validity.valid_from_precision)
    if day <= validity.valid_from:
        return None
    return Validity(validity.valid_from, validity.valid_from_precision, day, "DAY")


def _reworded(before: NodeRecord, where: int) -> NodeRecord:
    last = before.states[-1]
    if before.concept in {"Agreement", "Eligibility"}:
        other = {"group": GROUPS[where % 4], "terms": ("free", "charged")[where % 2], "quote": f"said {where % 3}"}
    else:
        other = {"name": f"renamed {where % 3}"}
    return replace(before, states=(*before.states[:-1], replace(last, values={**last.values, **other})))


def _shortened(before: NodeRecord, day: date) -> NodeRecord:
    last = before.states[-1]
    interval = _until(last.validity, day)
    return (
        before if interval is None else replace(before, states=(*before.states[:-1], replace(last, validity=interval)))
    )


def _moved(
    before: LinkRecord, held: Held, nodes: list[NodeRecord], where: int, day: date
) -> Iterator[tuple[LinkRecord | None, LinkRecord | None]]:
    """Yield what makes a relationship go to another thing of the same kind from a day on."""
    concept = before.end.partition(":")[0]
    ends = [one for one in nodes if one.concept == concept and one.id != before.end]
    start = held.nodes[before.start].life
    if not ends:
        return
    end = ends[where % len(ends)]
    lives = intersection(start, end.life)
    both = None if lives is None else intersection(lives, Validity(day, "DAY"))
    if both is None or not before.validity.holds(day) or before.validity.valid_from == day:
        return
    after = replace(before, end=end.id, validity=both)
    if after.identity not in held.links:
        yield (
            before,
            before.during(Validity(before.validity.valid_from, before.validity.valid_from_precision, day, "DAY")),
        )
        yield None, after
