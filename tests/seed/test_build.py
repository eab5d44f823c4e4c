"""The tables are what the raw files give, each time, and hold nobody's name."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from seed.build import BuildReport, build, practice_map
from seed.build.codes import FILE as CODES_FILE
from seed.build.codes import Codes
from seed.errors import SourceChanged
from seed.source import FILE as SOURCES_FILE
from seed.source import read_sources

_SENTENCE = 30  # letters: shorter notes, like "19 PCNs", name nobody
_CLUSTERS = ("icb_mergers_clusters.csv", ("chair_or_ceo",))


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, real_sources: Path, committed_tables: Path
) -> tuple[Path, BuildReport]:
    """Tables made from the real raw files into an empty folder, and what was said of it."""
    folder = tmp_path_factory.mktemp("tables")
    for name in (SOURCES_FILE, CODES_FILE):
        shutil.copy(committed_tables / name, folder / name)
    return folder, build(real_sources, folder)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_committed_tables_are_what_the_raw_files_give(
    built: tuple[Path, BuildReport], committed_tables: Path
) -> None:
    """Nobody edited a table by hand, and no table is older than the code."""
    made, committed = _contents(built[0]), _contents(committed_tables)

    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_building_twice_gives_the_same_bytes(built: tuple[Path, BuildReport], real_sources: Path) -> None:
    """A second build changes nothing and says so."""
    folder, _ = built
    before = _contents(folder)

    report = build(real_sources, folder)

    assert report.changed == ()
    assert _contents(folder) == before


def test_every_raw_row_is_accounted_for(built: tuple[Path, BuildReport]) -> None:
    """Rows read are rows placed, in quarantine and out of scope, file by file."""
    _, report = built

    assert all(file.read == file.placed + file.quarantined + file.out_of_scope for file in report.files)
    assert sum(file.read for file in report.files) > 350_000


def test_a_raw_file_that_changed_is_refused(tmp_path: Path, real_sources: Path, committed_tables: Path) -> None:
    """The build stops before it writes anything."""
    text = (committed_tables / SOURCES_FILE).read_text()
    digest = next(one.sha256 for one in read_sources(committed_tables) if one.code == practice_map.JANUARY)
    (tmp_path / SOURCES_FILE).write_text(text.replace(digest, "f" * 64))

    with pytest.raises(SourceChanged, match="is not the file that"):
        build(real_sources, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [SOURCES_FILE]


def test_the_tables_hold_nobodys_name(real_sources: Path, committed_tables: Path) -> None:
    """Chairs and chief executives are left out; their names, and the notes that hold some, are in no table."""
    names, notes = set(), set()
    for file_name, columns in (("icb_facts.csv", ("chair", "chief_executive")), _CLUSTERS):
        with (real_sources / "knowledge-services" / file_name).open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        cells = [row[column] for row in rows for column in columns]
        names |= {name.strip() for cell in cells for name in re.split(r"[;,(]", cell) if " " in name.strip()}
        notes |= {row["note"] for row in rows if file_name == "icb_facts.csv" and len(row["note"]) > _SENTENCE}

    tables = b"\n".join(_contents(committed_tables).values()).decode()

    assert len(names) > 30
    assert [text for text in (*names, *notes) if text in tables] == []


def test_the_committed_tables_are_under_20_megabytes(committed_tables: Path) -> None:
    """A clone stays small."""
    assert sum(path.stat().st_size for path in committed_tables.iterdir()) < 20_000_000


def test_a_code_of_ours_is_never_made_anew(tmp_path: Path) -> None:
    """A code that was given out stays, and two things of one name have two."""
    (tmp_path / CODES_FILE).write_text("concept,name,code\nKnowledgeService,A Library (old name),first-code\n")

    codes = Codes(tmp_path)

    assert codes.of("KnowledgeService", "A Library (old name)") == "first-code"
    assert codes.of("KnowledgeService", "King's Library (North)") == "kings-library"
    assert codes.of("KnowledgeService", "King's Library (South)") == "kings-library-2"
