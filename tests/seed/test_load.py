"""Tables become a graph: once, again for nothing, after any interruption, and after any correction."""

import multiprocessing
import random
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from cypher.errors import IntegrityViolated, OutsideLife
from cypher.hash import content_hash
from cypher.held import Held
from cypher.writer import Writer
from seed.errors import SourceMissing, TableNotValid
from seed.load import load, read_tables, tables_digest
from seed.source import Source, write_sources
from seed.table import write
from seed.tables import TABLES
from seed.terms import HEADER as TERM_COLUMNS
from server.connection import Connection
from tests.conftest import wipe
from tests.cypher.world import opened

TODAY = date(2026, 8, 15)
ALWAYS = "1990-01-01"

Rows = dict[str, list[dict[str, str]]]


def row(source: str, start: str = ALWAYS, end: str = "", **cells: str) -> dict[str, str]:
    """Return the cells of a row."""
    return {
        **cells,
        "valid_from": start,
        "valid_from_precision": "DAY",
        "valid_to": end,
        "valid_to_precision": "DAY" if end else "",
        "standing": "PUBLISHED",
        "source": source,
    }


def organisation(code: str, source: str, start: str = ALWAYS, end: str = "", **cells: str) -> dict[str, str]:
    """Return the row of an organisation."""
    return row(source, start, end, code=code, ods_code=code, name=f"Organisation {code}", **cells)


def tables(practices: int = 3) -> Rows:
    """Return tiny tables: a region, a system with its board and place, a network of practices; three sources.

    The sources need each other: the lists of practices and of networks in a ring, and both the map.
    """
    codes = [f"P{number:04}" for number in range(practices)]
    return {
        "regions.csv": [organisation("Y1", "map")],
        "systems.csv": [row("map", code="QA", name="System")],
        "boards.csv": [organisation("QA", "map")],
        "board_of.csv": [joined("map", "QA", "QA")],
        "sub_icb_locations.csv": [organisation("01A", "map")],
        "sub_icb_of.csv": [joined("map", "01A", "QA")],
        "in_region.csv": [joined("map", "QA", "Y1")],
        "primary_care_networks.csv": [organisation("U1", "networks")],
        "practices.csv": [organisation(code, "practices") for code in codes],
        "member_of.csv": [joined("practices", code, "U1") for code in codes],
        "commissioned_by.csv": [joined("practices", code, "01A") for code in codes],
        "listed_in.csv": [joined("networks", code, "Y1") for code in codes],
    }


def joined(source: str, start: str, end: str, since: str = ALWAYS, until: str = "") -> dict[str, str]:
    """Return the row of a relationship."""
    return row(source, since, until) | {"start": start, "end": end}


def put(folder: Path, rows: Mapping[str, Iterable[Mapping[str, str]]]) -> Path:
    """Write a whole folder of tables."""
    for table in TABLES:
        (folder / table.file).write_bytes(write(table, rows.get(table.file, ())))
    sources = [
        Source(
            code,
            code,
            "A publisher",
            f"A list of {code}",
            "https://example.org",
            "OGL-UK-3.0",
            date(2026, 8, 1),
            date(2026, 8, 2),
            "0" * 64,
            f"{code}.csv",
            "nothing",
            {},
        )
        for code in ("practices", "networks", "map")
    ]
    (folder / "sources.yml").write_bytes(write_sources(sources))
    (folder / "terms.csv").write_text(
        ",".join(TERM_COLUMNS) + "\nword,A word,,What it means.,,https://a.example,,,map\n"
    )
    (folder / "scopes.csv").write_text(
        "about,since,reason_before,basis,expected,settles\n"
        "COMMISSIONED_BY,1990-01-01,BEFORE_SOURCES,the list of practices,,an older list\n"
    )
    return folder


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give a writer as of a day in August 2026, on a graph that holds nothing."""
    wipe(neo4j_driver)
    return Writer(neo4j_driver, TODAY)


def test_a_term_that_is_explained_anew_takes_a_number(writer: Writer, tmp_path: Path, neo4j_driver: Driver) -> None:
    """A word of the field has no life of its own: it is laid like a source, and again only where it changed."""
    folder = put(tmp_path, tables())
    load(writer, folder)
    terms = folder / "terms.csv"
    terms.write_text(terms.read_text().replace("What it means.", "What it means now."))

    again, then = load(writer, folder), load(writer, folder)

    assert [sum(one.counts.values()) for one in again.change_sets] == [0]
    assert then.change_sets == ()
    with neo4j_driver.session() as session:
        assert session.run("MATCH (t:Term) RETURN t.definition, t.sources").values() == [
            ["What it means now.", ["map"]]
        ]


def test_a_load_holds_what_the_tables_say(writer: Writer, tmp_path: Path) -> None:
    """One change set a source, and one for what rules make of them; two for those that need each other."""
    folder = put(tmp_path, tables())

    report = load(writer, folder)

    said = read_tables(folder)
    held, head = writer.held()
    assert held.nodes == said.nodes
    assert {key: one for key, one in held.links.items() if one.rule is None} == said.links
    steps = [one.source for one in report.change_sets]
    assert steps == ["map", "networks", "practices", "networks", "practices", "rules"]
    assert report.sequence == head.sequence == len(report.change_sets)
    assert report.content_hash == writer.content_hash() == content_hash(held)
    assert report.counts["GPPractice"] == 3
    assert report.counts["NETWORK_IN"] == 1
    assert head.tables_digest == tables_digest(folder)


def test_loading_twice_changes_nothing_and_takes_no_number(writer: Writer, tmp_path: Path) -> None:
    """Not even where another day has come."""
    folder = put(tmp_path, tables())
    first = load(writer, folder)

    second = load(writer, folder)

    assert second.change_sets == ()
    assert (second.sequence, second.content_hash) == (first.sequence, first.content_hash)


def test_nothing_is_superseded_by_the_first_load(writer: Writer, tmp_path: Path, neo4j_driver: Driver) -> None:
    """What rules make of a part of the sources was never meant by anybody."""
    load(writer, put(tmp_path, tables()))

    with neo4j_driver.session() as session:
        count = session.run("MATCH ()-[r]->() WHERE type(r) ENDS WITH '_SUPERSEDED' RETURN count(r)").single(
            strict=True
        )[0]

    assert count == 0


def test_a_correction_of_the_tables_leaves_what_was_held(writer: Writer, tmp_path: Path) -> None:
    """A practice that closed takes its relationships with it, one that was an error is withdrawn, others stay."""
    rows = tables()
    load(writer, put(tmp_path, rows))
    closed, gone = rows["practices.csv"][0], rows["practices.csv"][1]["code"]
    for name in ("practices.csv", "member_of.csv", "commissioned_by.csv", "listed_in.csv"):
        rows[name] = [one for one in rows[name] if gone not in (one.get("code"), one.get("start"))]
        for one in rows[name]:
            if closed["code"] in (one.get("code"), one.get("start")):
                one |= {"valid_to": "2026-06-01", "valid_to_precision": "DAY"}

    report = load(writer, put(tmp_path, rows))

    said = read_tables(tmp_path)
    held, _ = writer.held()
    assert held.nodes == said.nodes
    assert {key: one for key, one in held.links.items() if one.rule is None} == said.links
    assert sum(one.counts["withdrawn"] for one in report.change_sets) >= 4
    assert load(writer, tmp_path).change_sets == ()


def test_a_detour_ends_at_the_same_hash(writer: Writer, tmp_path: Path, neo4j_driver: Driver) -> None:
    """A graph that was corrected, and one that was loaded at once, on another day, hold the same facts."""
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    rows = tables(4)
    rows["practices.csv"][0] |= {"telephone": "01234"}
    load(writer, put(before, tables()))
    by_detour = load(writer, put(after, rows)).content_hash
    wipe(neo4j_driver)

    at_once = load(Writer(neo4j_driver, date(2027, 8, 15)), after).content_hash

    assert at_once == by_detour


def test_what_another_has_said_is_left_alone(writer: Writer, tmp_path: Path) -> None:
    """A load speaks for the series of its sources only."""
    folder = put(tmp_path, tables())
    load(writer, folder)
    other = tmp_path / "other"
    other.mkdir()
    host = row("practices", code="college", name="A college", kind="university")
    said = read_tables(put(other, {"host_organisations.csv": [host]})).nodes["HostOrganisation:college"]
    foreign = replace(said, states=(replace(said.states[0], series="mutations"),))
    writer.apply(opened(foreign), source="mutations")

    report = load(writer, folder)

    assert report.change_sets == ()
    assert foreign.id in writer.held()[0].nodes


def test_a_relationship_outside_a_life_stops_the_load(writer: Writer, tmp_path: Path) -> None:
    """It names the relationship and the life."""
    rows = tables()
    rows["practices.csv"][0] |= {"valid_from": "2000-01-01"}

    with pytest.raises(OutsideLife, match="GPPractice:P0000 lives 2000-01-01"):
        load(writer, put(tmp_path, rows))


def test_a_graph_that_is_not_sound_stops_the_load(writer: Writer, tmp_path: Path) -> None:
    """A practice without a commissioner; the graph does not claim to hold these tables."""
    rows = tables()
    rows["commissioned_by.csv"].pop()

    with pytest.raises(IntegrityViolated, match="GPPractice:P0002"):
        load(writer, put(tmp_path, rows))
    assert writer.head().tables_digest is None


def test_tables_that_are_not_in_order_stop_the_load(writer: Writer, tmp_path: Path) -> None:
    """Before anything is written: an unknown source, a life with a gap, a fact said twice, no tables at all."""
    unknown = tables()
    unknown["practices.csv"][0] |= {"source": "hearsay"}
    gap = tables()
    gap["practices.csv"] = [
        organisation("P0000", "practices", "1990-01-01", "2000-01-01"),
        organisation("P0000", "practices", "2001-01-01"),
    ]
    twice = tables()
    twice["member_of.csv"].append(twice["member_of.csv"][0])

    for rows, what in ((unknown, "hearsay"), (gap, "must touch"), (twice, "is there twice")):
        with pytest.raises(TableNotValid, match=what):
            load(writer, put(tmp_path, rows))
    with pytest.raises(SourceMissing):
        load(writer, tmp_path / "nowhere")


def test_progress_is_told(writer: Writer, tmp_path: Path) -> None:
    """Each step before it begins, and the end."""
    told: list[tuple[int, int, str]] = []

    load(writer, put(tmp_path, tables()), progress=lambda done, of, what: told.append((done, of, what)))

    assert told[-1][0] == told[-1][1]
    assert "practices" in [what for _, _, what in told]


def _load_in_another_process(connection: Connection, folder: Path) -> None:
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        load(Writer(driver, TODAY), folder)


@pytest.mark.timeout(180)
def test_a_load_that_is_killed_is_before_or_after_a_change_set(
    writer: Writer, tmp_path: Path, neo4j_connection: Connection, neo4j_driver: Driver
) -> None:
    """SIGKILL at random moments: each time the graph is at a change set's end, and the last run completes it."""
    folder = put(tmp_path, tables(1500))
    started = time.monotonic()
    whole = load(writer, folder)
    seconds = time.monotonic() - started
    ends = {0: content_hash(Held())}
    upto = Held()
    for change_set in whole.change_sets:
        upto.apply(change_set.changes, change_set.sequence)
        ends[change_set.sequence] = content_hash(upto)
    wipe(neo4j_driver)
    writer.prepare()
    moments = random.Random(time.time_ns())  # noqa: S311 - no secret hangs on when a process is killed
    seen: list[int] = []
    spawn = multiprocessing.get_context("spawn")

    for _ in range(5):
        process = spawn.Process(target=_load_in_another_process, args=(neo4j_connection, folder))
        process.start()
        process.join(0.8 + moments.random() * seconds)
        process.kill()
        process.join()
        held, head = writer.held()
        assert content_hash(held) == ends[head.sequence]
        seen.append(head.sequence)

    assert seen == sorted(seen)
    report = load(writer, folder)
    assert report.content_hash == whole.content_hash
    assert report.sequence == whole.sequence
    writer.check()
