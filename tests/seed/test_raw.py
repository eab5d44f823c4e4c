"""Raw files: nothing is passed over, and a file that changed is not read by accident."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seed.build.raw import RawFolder
from seed.errors import CountNotMet, SourceChanged, SourceMissing, SourceNotUnderstood
from seed.source import Expected

RawMaker = Callable[..., RawFolder]


def test_a_column_that_is_not_taken_out_stops_the_reader(raw_of: RawMaker) -> None:
    """What a reader does not understand is named with file, line, column and value."""
    raw = raw_of({"tiny": "code,name\nA,Alpha\n"})
    row = next(raw.headed("tiny", ("code", "name")))
    row.take("code")

    with pytest.raises(SourceNotUnderstood, match=r"tiny\.csv, line 2, column name, value 'Alpha'"):
        row.finish()


def test_a_header_with_a_new_column_stops_the_reader(raw_of: RawMaker) -> None:
    """A header must be the one that the reader knows, name for name."""
    raw = raw_of({"tiny": "code,name,extra\nA,Alpha,x\n"})

    with pytest.raises(SourceNotUnderstood, match="column extra"):
        list(raw.headed("tiny", ("code", "name")))


def test_a_row_without_a_header_must_have_every_column(raw_of: RawMaker) -> None:
    """The layout of a headerless file is its number of columns."""
    raw = raw_of({"tiny": "A,Alpha,x\n"})

    with pytest.raises(SourceNotUnderstood, match="must have 2"):
        list(raw.unheaded("tiny", ("code", "name")))


def test_an_unknown_category_stops_the_reader(raw_of: RawMaker) -> None:
    """No category falls to a default."""
    row = next(raw_of({"tiny": "status\nSLEEPING\n"}).headed("tiny", ("status",)))

    with pytest.raises(SourceNotUnderstood, match="value 'SLEEPING': is none of 'ACTIVE'"):
        row.choose("status", {"ACTIVE": True})


def test_a_column_that_was_always_empty_may_not_speak_up(raw_of: RawMaker) -> None:
    """News in a column that held nothing is not passed over."""
    row = next(raw_of({"tiny": "spare\nnews\n"}).headed("tiny", ("spare",)))

    with pytest.raises(SourceNotUnderstood, match="always empty"):
        row.empty("spare")


def test_a_row_that_goes_nowhere_fails_the_proof(raw_of: RawMaker) -> None:
    """Rows read are rows placed, quarantined and out of scope, and no others."""
    raw = raw_of({"tiny": "code\nA\nB\nC\nD\n"})
    first, second, third, _ = raw.headed("tiny", ("code",))
    first.place()
    second.quarantine("B", "no record")
    third.leave_out("kind", "not held")

    with pytest.raises(CountNotMet, match=r"lines \[5\] went nowhere"):
        raw.files["tiny"].prove()


def test_a_row_in_two_places_fails_the_proof(raw_of: RawMaker) -> None:
    """A row that is placed cannot be quarantined as well; a part of it can."""
    raw = raw_of({"tiny": "code\nA\n"})
    row = next(raw.headed("tiny", ("code",)))
    row.place()
    row.quarantine_part("A", "its parent is unknown")
    raw.files["tiny"].prove()

    row.quarantine("A", "no record")

    with pytest.raises(CountNotMet, match=r"lines \[2\] went to two places"):
        raw.files["tiny"].prove()


def test_a_changed_file_is_refused_unless_renewed(tmp_path: Path, raw_of: RawMaker) -> None:
    """A checksum that differs is a sentence that says what to do; a renewal writes the new one down."""
    before = raw_of({"tiny": "code\nA\n"}, renew=False)
    renewing = RawFolder(tmp_path, before.sources, renew=True)
    (tmp_path / "tiny.csv").write_text("code\nB\n")

    with pytest.raises(SourceChanged, match=r"is not the file that sources\.yml describes"):
        next(before.headed("tiny", ("code",)))
    assert [row.take("code") for row in renewing.headed("tiny", ("code",))] == ["B"]
    assert renewing.sources[0].sha256 != before.sources[0].sha256


def test_a_file_that_shrank_is_refused(raw_of: RawMaker) -> None:
    """The counts of sources.yml hold whatever its checksum says."""
    raw = raw_of({"tiny": "code\nA\n"}, {"raw/rows": Expected(2, 3)})

    with pytest.raises(CountNotMet, match=r"has 1 rows, but sources\.yml expects 2\.\.3"):
        list(raw.headed("tiny", ("code",)))


def test_a_file_that_nobody_described_is_not_read(raw_of: RawMaker) -> None:
    """A source without publisher and licence is none."""
    with pytest.raises(SourceMissing, match="does not describe the source other"):
        next(raw_of({"tiny": "code\n"}).headed("other", ("code",)))
