"""Who said it: the raw files that the tidy tables were made from, as `sources.yml` describes them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from seed.errors import SeedError, SourceMissing

FILE = "sources.yml"


@dataclass(frozen=True, slots=True)
class Expected:
    """How many of something a source must give; both bounds belong to the range."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}..{self.most}"

    def allows(self, count: int) -> bool:
        """Whether a count lies in the range."""
        return self.least <= count <= self.most


@dataclass(frozen=True, slots=True)
class Source:
    """One raw file: who published it, as at when, when it was read, and what must be in it.

    `code` names it in the tables; `series` is what successive files of one kind share, and owns their facts. `file`
    is relative to the folder of sources. `absence_means` says whether a thing that a later file of the series leaves
    out has ended. `expected` maps what is counted to how many there must be: "raw/rows" and other "raw/…" are of the
    raw file, and "listed_in" is how many things or links of that table have this source.
    """

    code: str
    series: str
    publisher: str
    title: str
    url: str
    licence: str
    as_at: date
    date_read: date
    sha256: str
    file: str
    absence_means: Literal["closure", "nothing"]
    expected: dict[str, Expected]


def read_sources(folder: Path) -> list[Source]:
    """Return the sources that `sources.yml` in a folder describes, in its order.

    Raises:
        SourceMissing: there is no such file.
        SeedError: an entry has a key too many, too few, or of the wrong kind.
    """
    path = folder / FILE
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourceMissing(f"{FILE} is not in {folder}; `icsgraph seed build` makes it") from error
    except yaml.YAMLError as error:
        raise SeedError(f"{FILE} is not YAML: {error}") from error
    if not isinstance(entries, list):
        raise SeedError(f"{FILE} must hold a list of sources")
    sources = [_source(entry, place) for place, entry in enumerate(entries, 1)]
    codes = [source.code for source in sources]
    for code in codes:
        if codes.count(code) > 1:
            raise SeedError(f"{FILE} describes source {code} twice")
    return sources


def write_sources(sources: Iterable[Source]) -> bytes:
    """Return `sources.yml` for these sources, ordered by code."""
    entries = [
        {
            "code": source.code,
            "series": source.series,
            "publisher": source.publisher,
            "title": source.title,
            "url": source.url,
            "licence": source.licence,
            "as_at": source.as_at,
            "date_read": source.date_read,
            "file": source.file,
            "sha256": source.sha256,
            "absence_means": source.absence_means,
            "expected": {name: _written(source.expected[name]) for name in sorted(source.expected)},
        }
        for source in sorted(sources, key=lambda source: source.code)
    ]
    return yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=120).encode()


def _written(expected: Expected) -> int | str:
    return expected.least if expected.least == expected.most else str(expected)


def _source(entry: Any, place: int) -> Source:
    if not isinstance(entry, dict):
        raise SeedError(f"{FILE}, source {place}: must be a mapping")
    rest = dict(entry)
    where = f"{FILE}, source {place} ({rest.get('code', 'no code')})"

    def text(key: str) -> str:
        value = rest.pop(key, None)
        if not isinstance(value, str) or not value:
            raise SeedError(f"{where}: {key} must be a text, not {value!r}")
        return value

    def day(key: str) -> date:
        value = rest.pop(key, None)
        if not isinstance(value, date):
            raise SeedError(f"{where}: {key} must be a date, not {value!r}")
        return value

    source = Source(
        code=text("code"),
        series=text("series"),
        publisher=text("publisher"),
        title=text("title"),
        url=text("url"),
        licence=text("licence"),
        as_at=day("as_at"),
        date_read=day("date_read"),
        sha256=text("sha256"),
        file=text("file"),
        absence_means="nothing",
        expected={},
    )
    absence = rest.pop("absence_means", None)
    if absence not in ("closure", "nothing"):
        raise SeedError(f"{where}: absence_means must be closure or nothing, not {absence!r}")
    expected = rest.pop("expected", None)
    if not isinstance(expected, dict):
        raise SeedError(f"{where}: expected must be a mapping, not {expected!r}")
    if rest:
        raise SeedError(f"{where}: {', '.join(sorted(map(str, rest)))} has no meaning here")
    counts = {str(name): _expected(count, where, str(name)) for name, count in expected.items()}
    return replace(source, absence_means="closure" if absence == "closure" else "nothing", expected=counts)


def _expected(count: Any, where: str, name: str) -> Expected:
    least, dots, most = str(count).partition("..")
    if not least.isdigit() or (dots and not most.isdigit()):
        raise SeedError(f"{where}: expected {name} must be a number or least..most, not {count!r}")
    return Expected(int(least), int(most) if dots else int(least))
