"""Raw files, read so that nothing in them is passed over in silence.

Every column is taken out of a row by name or set aside by name, and every row ends in exactly one of three places: in
the tables, in quarantine, or out of scope. `RawFile.prove` holds the sums together.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from seed.errors import CountNotMet, SeedError, SourceChanged, SourceMissing, SourceNotUnderstood
from seed.source import Source

T = TypeVar("T")


@dataclass(slots=True)
class RawFile:
    """One raw file and what became of its rows, by line."""

    source: Source
    lines: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)
    quarantined: dict[int, tuple[str, str]] = field(default_factory=dict)
    parts: list[tuple[int, str, str]] = field(default_factory=list)
    out_of_scope: dict[int, tuple[str, str]] = field(default_factory=dict)
    columns: Counter[tuple[str, str]] = field(default_factory=Counter)
    measures: dict[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of its source."""
        return self.source.code

    def measure(self, name: str, count: int) -> None:
        """Write down a count of what is in the file, and hold it against what `sources.yml` expects."""
        self.measures[name] = count
        expected = self.source.expected.get(f"raw/{name}")
        if expected is not None and not expected.allows(count):
            raise CountNotMet(f"{self.source.file} has {count} {name}, but sources.yml expects {expected}")

    def prove(self) -> None:
        """Raise CountNotMet unless every row is placed, quarantined or out of scope, and only one of these."""
        fates = (self.placed, set(self.quarantined), set(self.out_of_scope))
        known = set().union(*fates)
        if known != self.lines or sum(map(len, fates)) != len(self.lines):
            lost = sorted(self.lines - known)[:5]
            twice = sorted(line for line in known if sum(line in fate for fate in fates) > 1)[:5]
            raise CountNotMet(f"{self.source.file}: lines {lost} went nowhere, lines {twice} went to two places")


@dataclass(slots=True)
class RawRow:
    """One row of a raw file, whose cells are taken out one by one."""

    file: RawFile
    line: int
    _cells: dict[str, str]

    @property
    def source(self) -> str:
        """The code of the source that the row is from."""
        return self.file.code

    def take(self, column: str) -> str:
        """Take a cell out, without the blanks around it."""
        return self._cells.pop(column).strip()

    def needed(self, column: str) -> str:
        """Take out a cell that must not be empty."""
        value = self.take(column)
        if not value:
            raise self.odd(column, value, "must not be empty")
        return value

    def choose(self, column: str, meanings: Mapping[str, T]) -> T:
        """Take out a category, which must be one of those that are understood."""
        return self.choose_value(column, self.take(column), meanings)

    def choose_value(self, column: str, value: str, meanings: Mapping[str, T]) -> T:
        """Return the meaning of a category that was taken out already."""
        try:
            return meanings[value]
        except KeyError as error:
            raise self.odd(column, value, f"is none of {', '.join(repr(one) for one in meanings)}") from error

    def day(self, column: str) -> date | None:
        """Take out a date, 20260401 or 2026-04-01; None where it is empty."""
        value = self.take(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.odd(column, value, "is no date") from error

    def needed_day(self, column: str) -> date:
        """Take out a date that must be there."""
        day = self.day(column)
        if day is None:
            raise self.odd(column, "", "must not be empty")
        return day

    def empty(self, *columns: str) -> None:
        """Take out columns that never held anything: what appears in them would be news."""
        for column in columns:
            value = self.take(column)
            if value:
                raise self.odd(column, value, "was always empty until now")

    def set_aside(self, *columns: str, reason: str = "a column that the graph does not hold") -> None:
        """Take out columns that the graph does not hold, and count what was in them."""
        for column in columns:
            if self.take(column):
                self.file.columns[column, reason] += 1

    def finish(self) -> None:
        """Raise SourceNotUnderstood if a column was not taken out."""
        for column, value in self._cells.items():
            raise self.odd(column, value, "is a column that its reader does not understand")

    def place(self) -> None:
        """Say that the row is in the tables."""
        self.file.placed.add(self.line)

    def quarantine(self, key: str, reason: str) -> None:
        """Say that the row could not be placed, and why."""
        self.file.quarantined[self.line] = (key, reason)

    def quarantine_part(self, key: str, reason: str) -> None:
        """Say that one thing which the row says could not be placed; the row itself goes where it goes."""
        part = (self.line, key, reason)
        if part not in self.file.parts:
            self.file.parts.append(part)

    def leave_out(self, kind: str, reason: str) -> None:
        """Say that the row is of a kind that the graph does not hold."""
        self.file.out_of_scope[self.line] = (kind, reason)

    def odd(self, column: str, value: str, what: str) -> SourceNotUnderstood:
        """The error that names this file, line, column and value."""
        return SourceNotUnderstood(self.file.source.file, self.line, column, value, what)


class RawFolder:
    """The folder of raw files, opened by the codes that `sources.yml` gives them.

    With `renew`, a file whose checksum has changed is read all the same, and `sources` gives its new checksum.
    """

    def __init__(self, folder: Path, sources: list[Source], *, renew: bool = False) -> None:
        self._folder = folder
        self._sources = {source.code: source for source in sources}
        self._renew = renew
        self.files: dict[str, RawFile] = {}

    @property
    def sources(self) -> list[Source]:
        """The sources as they are now, in the order of their codes."""
        return [self._sources[code] for code in sorted(self._sources)]

    def headed(self, code: str, columns: tuple[str, ...]) -> Iterator[RawRow]:
        """Yield the rows of a CSV file whose header must be exactly `columns`."""
        file, content = self.open(code)
        yield from _headed(file, content.decode("utf-8-sig"), columns)

    def unheaded(self, code: str, columns: tuple[str, ...]) -> Iterator[RawRow]:
        """Yield the rows of a CSV file without a header, whose rows must have as many cells as `columns`."""
        file, content = self.open(code)
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        yield from _rows(file, reader, columns)

    def zipped(self, code: str, columns: tuple[str, ...]) -> Iterator[RawRow]:
        """Yield the rows of the one CSV file in a zip archive."""
        file, content = self.open(code)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) != 1:
                raise SeedError(f"{file.source.file} must hold one file, not {', '.join(names)}")
            text = archive.read(names[0]).decode("utf-8-sig")
        yield from _headed(file, text, columns)

    def features(self, code: str, columns: tuple[str, ...]) -> Iterator[RawRow]:
        """Yield the properties of each feature of a GeoJSON file, numbered from 1; they must be exactly `columns`."""
        file, content = self.open(code)
        collection: dict[str, Any] = json.loads(content)
        for place, feature in enumerate(collection["features"], 1):
            file.lines.add(place)
            row = RawRow(file, place, {name: str(value) for name, value in feature["properties"].items()})
            for column in columns:
                if column not in feature["properties"]:
                    raise row.odd(column, "", "is not there")
            yield row
        file.measure("rows", len(file.lines))

    def again(self, code: str, columns: tuple[str, ...] = ()) -> Iterator[Mapping[str, str]]:
        """Yield the cells of a CSV file that its reader has read, which said what becomes of each row.

        It is for holding what a reader sets aside against other files. Without a header the file needs `columns`.
        """
        text = (self._folder / self.files[code].source.file).read_text(encoding="utf-8-sig")
        for cells in csv.DictReader(io.StringIO(text, newline=""), columns or None, strict=True):
            yield {column: value.strip() for column, value in cells.items()}

    def open(self, code: str) -> tuple[RawFile, bytes]:
        """Return a file and its bytes, if they are the bytes that `sources.yml` describes."""
        source = self._sources.get(code)
        if source is None:
            raise SourceMissing(f"sources.yml does not describe the source {code}; add it there first")
        path = self._folder / source.file
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise SourceMissing(f"{source.file} is not in {self._folder}") from error
        digest = hashlib.sha256(content).hexdigest()
        if digest != source.sha256:
            if not self._renew:
                raise SourceChanged(
                    f"{source.file} is not the file that sources.yml describes (SHA-256 {digest}, not "
                    f"{source.sha256}); if it was replaced on purpose, build again and say that sources are renewed"
                )
            source = replace(source, sha256=digest)
            self._sources[code] = source
        file = RawFile(source)
        self.files[code] = file
        return file, content


def _headed(file: RawFile, text: str, columns: tuple[str, ...]) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = tuple(next(reader, ()))
    if header != columns:
        odd = next((name for name in (*header, *columns) if (name in header) != (name in columns)), "order of columns")
        raise SourceNotUnderstood(file.source.file, 1, odd, ",".join(header), f"its reader knows {','.join(columns)}")
    yield from _rows(file, reader, columns)


def _rows(file: RawFile, reader: Any, columns: tuple[str, ...]) -> Iterator[RawRow]:
    for cells in reader:
        line: int = reader.line_num
        if len(cells) != len(columns):
            raise SourceNotUnderstood(
                file.source.file, line, f"{len(cells)} columns", ",".join(cells)[:80], f"must have {len(columns)}"
            )
        file.lines.add(line)
        yield RawRow(file, line, dict(zip(columns, cells, strict=True)))
    file.measure("rows", len(file.lines))
