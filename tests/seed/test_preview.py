"""seed diff: what new raw files would change is told before anything is written."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cypher.change import LinkRecord, NodeRecord
from seed.load import Tables
from seed.preview import Difference, differences, preview
from tests.cypher.world import JULY_2022, interval, link, node

_ROOT = Path(__file__).parents[2]
_ETR = "organisations/etr_202607.csv"
_AUGUST = date(2026, 8, 1)


def _tables(*records: NodeRecord | LinkRecord) -> Tables:
    nodes = {one.id: one for one in records if isinstance(one, NodeRecord)}
    links = {one.identity: one for one in records if isinstance(one, LinkRecord)}
    return Tables((), (), (), nodes, links, {}, {})


def _member(network: str, since: date = JULY_2022, until: date | None = None) -> LinkRecord:
    record = link("MEMBER_OF", "GPPractice:P1", f"PrimaryCareNetwork:{network}", since)
    return record.during(interval(since, until))


def test_equal_tables_have_no_difference() -> None:
    """A second build of the same files is silent."""
    tables = _tables(node("GPPractice", "P1", JULY_2022), _member("U1"))

    assert differences(tables, tables) == []


def test_an_end_and_a_beginning_at_one_thing_are_one_move() -> None:
    """A practice that leaves one network for another has moved; the two changes are told as one."""
    held = _tables(_member("U1"))
    said = _tables(_member("U1", until=_AUGUST), _member("U2", since=_AUGUST))

    assert differences(held, said) == [Difference("MEMBER_OF", "MOVED", ("P1: from U1 to U2 on 2026-08-01",))]


def test_what_opens_closes_and_changes_is_told_by_kind() -> None:
    """Things and relationships alike, in the order of the kinds."""
    closed = node("GPPractice", "P1", JULY_2022)
    state = replace(closed.states[0], validity=interval(JULY_2022, _AUGUST))
    renamed = node("GPPractice", "P2", JULY_2022, supplier="EMIS")
    held = _tables(closed, renamed, _member("U1"))
    said = _tables(
        replace(closed, states=(state,)),
        node("GPPractice", "P2", JULY_2022, supplier="TPP"),
        node("GPPractice", "P3", _AUGUST),
        _member("U1", until=_AUGUST),
    )

    found = {(one.about, one.kind): one.changes for one in differences(held, said)}

    assert list(found) == [
        ("GPPractice", "OPENED"),
        ("GPPractice", "AMENDED"),
        ("GPPractice", "CLOSED"),
        ("MEMBER_OF", "CLOSED"),
    ]
    assert "supplier 'EMIS' → 'TPP'" in found["GPPractice", "AMENDED"][0]
    assert found["MEMBER_OF", "CLOSED"] == ("P1 → U1: from 2022-07-01 → from 2022-07-01 to 2026-08-01",)


@pytest.fixture(scope="module")
def changed_sources(tmp_path_factory: pytest.TempPathFactory, real_sources: Path) -> Path:
    """The real raw files, of which one has one trust that moved to another postcode."""
    folder = tmp_path_factory.mktemp("sources")
    for room in real_sources.iterdir():
        if room.is_dir():
            (folder / room.name).mkdir()
            for file in room.iterdir():
                (folder / room.name / file.name).symlink_to(file)
    (folder / _ETR).unlink()
    lines = (real_sources / _ETR).read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith(('"RX1"', "RX1,")))
    assert lines[place].count("NG7 2UH") == 1
    lines[place] = lines[place].replace("NG7 2UH", "NG5 1PB")
    (folder / _ETR).write_text("".join(lines), encoding="utf-8")
    return folder


def test_a_changed_source_says_what_it_would_change_and_contradict(
    changed_sources: Path, committed_tables: Path
) -> None:
    """The trust's postcode, where it lies, and the geocoded copy that still has the old one."""
    found = preview(changed_sources, committed_tables)

    assert found.renewed == (_ETR,)
    told = {(one.about, one.kind): one.changes for one in found.differences}
    assert told["NHSTrust.postcode", "CONTRADICTED"] == (
        "RX1: NG7 2UH by trusts_202607_geocoded_typed, against NG5 1PB by etr_202607",
    )
    (amended,) = told["NHSTrust", "AMENDED"]
    assert amended.startswith("RX1 ")
    assert "postcode 'NG7 2UH' → 'NG5 1PB'" in amended


def test_the_command_writes_nothing_and_its_exit_code_tells(changed_sources: Path, tmp_path: Path) -> None:
    """1 with differences, whose examples it shows; the tables stay as they are, to the byte."""
    tables = Path(shutil.copytree(_ROOT / "seed" / "data", tmp_path / "tables"))
    before = _digests(tables)

    done = _diff(changed_sources, tables)
    shown = _diff(changed_sources, tables, "--json")

    assert (done.returncode, done.stderr) == (1, "")
    assert f"New: {_ETR}" in done.stdout
    assert "NHSTrust.postcode: 1 contradicted" in done.stdout
    assert done.stdout.rstrip().endswith("Nothing was written.")
    assert json.loads(shown.stdout)["renewed"] == [_ETR]
    assert _digests(tables) == before


def test_the_same_sources_change_nothing(real_sources: Path) -> None:
    """Exit code 0, and a sentence."""
    done = _diff(real_sources, _ROOT / "seed" / "data")

    assert (done.returncode, done.stdout) == (0, "Nothing would change.\n")


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def _diff(sources: Path, tables: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "server.cli", "seed", "diff", "--sources", sources, "--tables", tables, *more],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
