"""Worlds that chance made, one after the other: what a graph that is corrected again and again has to tell apart."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from neo4j import Driver

from cypher.change import LinkKey, LinkRecord, NodeRecord, State
from cypher.held import Held
from cypher.writer import Writer
from seed.diff import diff
from tests.cypher.world import interval, link, state

__all__ = ["DAYS", "EPOCH", "TODAY", "Tables", "chance_tables", "corrections"]

EPOCH = date(2020, 1, 1)
TODAY = date(2021, 9, 1)
DAYS = ("2020-01-01", "2021-03-01", "2021-09-01", "2022-02-01")
_PRACTICES = ("P11", "P12", "P13")
Tables = tuple[dict[str, NodeRecord], dict[LinkKey, LinkRecord]]


def chance_tables(chance: random.Random) -> Tables:
    """Return a small world: what is in it, how long it lived, what it was called and what it belonged to, by chance."""
    nodes: list[NodeRecord] = [
        NodeRecord("NHSRegion", "Y01", "Organisation", (state(EPOCH, name="Region", odsCode="Y01"),)),
        NodeRecord("SubICBLocation", "01A", "Organisation", (state(EPOCH, name="One", odsCode="01A"),)),
        NodeRecord("SubICBLocation", "02B", "Organisation", (state(EPOCH, name="Two", odsCode="02B"),)),
        NodeRecord("PrimaryCareNetwork", "U11", "Organisation", _states(chance, EPOCH, None, "U11")),
        NodeRecord("LocalAuthority", "E06000001", "Area", (state(EPOCH, name="Town", onsCode="E06000001"),)),
    ]
    links: list[LinkRecord] = []
    links += _boards(chance, nodes)
    for code in _PRACTICES:
        if chance.random() < 0.2:
            continue
        begins, middle = _day(chance, 0, 300), _day(chance, 301, 600)
        ends = chance.choice([None, _day(chance, 601, 900)])
        practice = NodeRecord("GPPractice", code, "Organisation", _states(chance, begins, ends, code, middle))
        nodes.append(practice)
        left = chance.choice([ends, middle])
        links += [
            link("MEMBER_OF", practice.id, "PrimaryCareNetwork:U11", begins, left),
            link("COMMISSIONED_BY", practice.id, f"SubICBLocation:{chance.choice(['01A', '02B'])}", begins, ends),
            link("LISTED_IN", practice.id, "NHSRegion:Y01", begins, left),
            link("LOCATED_IN", practice.id, "LocalAuthority:E06000001", begins, ends),
        ]
    links += _trust(chance, nodes)
    return {one.id: one for one in nodes}, {one.identity: one for one in links}


def corrections(driver: Driver, chance: random.Random, worlds: int) -> Iterator[int]:
    """Write so many worlds into an empty graph, each a correction of the last; give the sequence at which it is held.

    A world that is as the one before it takes no number, and none is given.
    """
    writer = Writer(driver, TODAY)
    writer.prepare()
    held = Held()
    for _ in range(worlds):
        nodes, links = chance_tables(chance)
        own = {key: one for key, one in held.links.items() if one.rule is None}
        change_set = writer.apply([*diff(held.nodes, nodes), *diff(own, links)], source="chance")
        if change_set is None:
            continue
        held.apply(change_set.changes, change_set.sequence)
        yield change_set.sequence


def _day(chance: random.Random, least: int, most: int) -> date:
    return EPOCH + timedelta(days=chance.randint(least, most))


def _states(
    chance: random.Random, begins: date, ends: date | None, code: str, middle: date | None = None
) -> tuple[State, ...]:
    middle = middle or _day(chance, 301, 600)
    name, point = chance.choice(["Ash House", "Birch House"]), (51.5, chance.choice([-0.25, -0.5]))
    postcode = chance.choice(["OX1 1AA", "OX1 1AB", "OX2 1AA"])
    first: dict[str, str | tuple[float, float]] = {
        "name": name,
        "odsCode": code,
        "location": point,
        "postcode": postcode,
    }
    if chance.random() < 0.5:
        return (state(begins, ends, **first),)
    return (
        state(begins, middle, **first),
        state(middle, ends, name="Cedar House", odsCode=code, location=(51.25, -0.25), postcode="OX1 1AA"),
    )


def _boards(chance: random.Random, nodes: list[NodeRecord]) -> Iterable[LinkRecord]:
    """Yield what two boards are joined to; the second may follow the first, on a day that is corrected."""
    over = _day(chance, 301, 600)
    first = NodeRecord(
        "IntegratedCareBoard", "QA1", "Organisation", (state(EPOCH, over, name="Old board", odsCode="QA1"),)
    )
    nodes.append(first)
    yield link("SUB_ICB_OF", "SubICBLocation:01A", first.id, EPOCH, over)
    yield link("HAS_IDENTIFIER", first.id, f"ONS:E5400000{chance.choice([1, 2])}", EPOCH, over)
    if chance.random() < 0.8:
        second = NodeRecord(
            "IntegratedCareBoard", "QB2", "Organisation", (state(over, name="New board", odsCode="QB2"),)
        )
        nodes.append(second)
        yield link("SUB_ICB_OF", "SubICBLocation:01A", second.id, over)
        yield link("SUCCEEDED_BY", first.id, second.id, over, kind=chance.choice(["MERGER", "SUCCESSION"]))
        yield link("HAS_IDENTIFIER", second.id, "ONS:E54000003", over)


def _trust(chance: random.Random, nodes: list[NodeRecord]) -> Iterable[LinkRecord]:
    """Yield what joins a trust to the library that it hosts, of which a rule makes coverage."""
    trust = NodeRecord("NHSTrust", "RX1", "Organisation", _states(chance, EPOCH, None, "RX1"))
    library = NodeRecord(
        "KnowledgeService", "library", None, (state(EPOCH, name="Library", hostName="RX1", location=(51.5, -0.25)),)
    )
    nodes += [trust, library]
    if chance.random() < 0.8:
        hosted = link("HOSTED_BY", library.id, trust.id, _day(chance, 0, 300))
        yield hosted.during(interval(hosted.validity.valid_from, chance.choice([None, _day(chance, 301, 900)])))
