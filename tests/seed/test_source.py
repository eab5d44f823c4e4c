"""sources.yml: what is known of each raw file, and nothing that is not understood."""

from datetime import date
from pathlib import Path

import pytest

from seed.errors import SeedError, SourceMissing
from seed.source import FILE, Expected, Source, read_sources, write_sources

_SOURCE = Source(
    code="tiny",
    series="tiny",
    publisher="A publisher",
    title="A title",
    url="https://example.org",
    licence="Open Government Licence v3.0",
    as_at=date(2026, 1, 1),
    date_read=date(2026, 11, 24),
    sha256="0" * 64,
    file="folder/tiny.csv",
    absence_means="closure",
    expected={"raw/rows": Expected(5, 5), "practices": Expected(1, 9)},
)


def test_sources_are_read_as_they_were_written(tmp_path: Path) -> None:
    """The file says all that a source is."""
    (tmp_path / FILE).write_bytes(write_sources([_SOURCE]))

    assert read_sources(tmp_path) == [_SOURCE]


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ("publisher: A publisher", "publisher: ''", "publisher must be a text"),
        ("as_at: 2026-01-01", "as_at: January", "as_at must be a date"),
        ("absence_means: closure", "absence_means: maybe", "absence_means must be closure or nothing"),
        ("raw/rows: 5", "raw/rows: many", "expected raw/rows must be a number"),
        ("series: tiny", "series: tiny\n  colour: red", "colour has no meaning here"),
    ],
)
def test_an_entry_that_is_not_understood_is_named(tmp_path: Path, was: str, now: str, what: str) -> None:
    """A key too many, too few, or of the wrong kind."""
    text = write_sources([_SOURCE]).decode()
    assert was in text
    (tmp_path / FILE).write_text(text.replace(was, now))

    with pytest.raises(SeedError, match=what):
        read_sources(tmp_path)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """A code names one file."""
    (tmp_path / FILE).write_bytes(write_sources([_SOURCE, _SOURCE]))

    with pytest.raises(SeedError, match="describes source tiny twice"):
        read_sources(tmp_path)


def test_a_folder_without_sources_says_what_makes_them(tmp_path: Path) -> None:
    """The way out is in the sentence."""
    with pytest.raises(SourceMissing, match="icsgraph seed build"):
        read_sources(tmp_path)
