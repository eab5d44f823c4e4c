"""Reading and writing tidy tables: strict in both directions, and the same bytes for the same rows."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seed.errors import SourceMissing, TableNotValid
from seed.tables import PRECISIONS, STANDINGS, Column, LinkTable, NodeTable, Precision, Standing, Table

Value = str | int | float | bool | date | tuple[str, ...] | tuple[float, float]
"""A value as it will be a property: a `list` is a tuple of texts, a `point` is (latitude, longitude)."""


@dataclass(frozen=True, slots=True)
class Validity:
    """When something held and who says so; half-open, `valid_to` None where it is open."""

    valid_from: date
    valid_from_precision: Precision
    valid_to: date | None
    valid_to_precision: Precision | None
    standing: Standing
    source: str
    other_sources: tuple[str, ...]
    absences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One state of one thing."""

    table: NodeTable
    line: int
    code: str
    values: Mapping[str, Value]
    validity: Validity

    @property
    def id(self) -> str:
        """The id of its node."""
        return f"{self.table.label}:{self.code}"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One relationship during one interval."""

    table: LinkTable
    line: int
    start_concept: str
    start: str
    end_concept: str
    end: str
    values: Mapping[str, Value]
    validity: Validity

    @property
    def start_id(self) -> str:
        """The id of the node where it starts."""
        return f"{self.start_concept}:{self.start}"

    @property
    def end_id(self) -> str:
        """The id of the node where it ends; an identifier's code is its id."""
        return self.end if self.end_concept == "Identifier" else f"{self.end_concept}:{self.end}"


class Cells:
    """One row of a file, whose cells are taken out one by one; what is left over is an error."""

    __slots__ = ("_cells", "file", "line")

    def __init__(self, file: str, line: int, cells: Mapping[str, str]) -> None:
        self.file = file
        self.line = line
        self._cells = dict(cells)

    def pop(self, column: str) -> str:
        """Take a cell out; '' where it is empty."""
        try:
            return self._cells.pop(column)
        except KeyError as error:
            raise self.wrong(column, "", "there is no such column") from error

    def needed(self, column: str) -> str:
        """Take out a cell that must not be empty."""
        value = self.pop(column)
        if not value:
            raise self.wrong(column, value, "must not be empty")
        return value

    def day(self, column: str, text: str) -> date:
        """Return a date that was taken out as text."""
        return _date(self, column, text)

    def finish(self) -> None:
        """Raise TableNotValid if a column was not taken out."""
        for column, value in self._cells.items():
            raise self.wrong(column, value, "is a column that nothing here understands")

    def wrong(self, column: str, value: str, what: str) -> TableNotValid:
        """The error that names this file, line, column and value."""
        return TableNotValid(self.file, self.line, column, value, what)


def read(table: Table, folder: Path) -> list[NodeRow] | list[LinkRow]:
    """Return the rows of a table, in the order of the file."""
    return list(read_nodes(table, folder)) if isinstance(table, NodeTable) else list(read_links(table, folder))


def read_nodes(table: NodeTable, folder: Path) -> Iterator[NodeRow]:
    """Yield the states of a concept, in the order of the file."""
    for cells in _rows(table, folder):
        code = cells.needed("code")
        values, validity = _values(table, cells), _validity(cells)
        cells.finish()
        yield NodeRow(table, cells.line, code, values, validity)


def read_links(table: LinkTable, folder: Path) -> Iterator[LinkRow]:
    """Yield the relationships of a type, in the order of the file."""
    for cells in _rows(table, folder):
        start_concept = _concept(cells, "start_concept", table.start)
        start = cells.needed("start")
        end_concept = _concept(cells, "end_concept", table.end)
        end = cells.needed("end")
        values, validity = _values(table, cells), _validity(cells)
        cells.finish()
        yield LinkRow(table, cells.line, start_concept, start, end_concept, end, values, validity)


def write(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return the file of these rows: header, sorted by every key column and then the rest, LF, UTF-8."""
    header = table.header
    tuples = sorted(tuple(row.get(name, "") for name in header) for row in rows)
    order = [header.index(name) for name in (*table.keys, "valid_from")]
    tuples.sort(key=lambda cells: tuple(cells[place] for place in order))
    return to_csv(header, tuples)


def to_csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return a header and rows as CSV bytes, the same on every machine."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _rows(table: Table, folder: Path) -> Iterator[Cells]:
    path = folder / table.file
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceMissing(f"{table.file} is not in {folder}; `icsgraph seed build` makes it") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = tuple(next(reader, ()))
    if header != table.header:
        odd = next(iter(set(header) ^ set(table.header)), "(the order of the columns)")
        raise TableNotValid(table.file, 1, odd, ",".join(header), f"the header must be {','.join(table.header)}")
    for cells in reader:
        if len(cells) != len(header):
            raise TableNotValid(
                table.file, reader.line_num, header[0], cells[0] if cells else "", f"has {len(cells)} cells"
            )
        yield Cells(table.file, reader.line_num, dict(zip(header, cells, strict=True)))


def _concept(cells: Cells, column: str, allowed: tuple[str, ...]) -> str:
    if len(allowed) == 1:
        return allowed[0]
    value = cells.needed(column)
    if value not in allowed:
        raise cells.wrong(column, value, f"must be one of {', '.join(allowed)}")
    return value


def _values(table: Table, cells: Cells) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for column in table.columns:
        value = _value(column, cells)
        if value is not None:
            values[column.property] = value
        elif column.required:
            raise cells.wrong(column.name, "", "must not be empty")
    return values


def _value(column: Column, cells: Cells) -> Value | None:
    if column.kind == "point":
        latitude, longitude = cells.pop("latitude"), cells.pop("longitude")
        if bool(latitude) != bool(longitude):
            raise cells.wrong("latitude", latitude, "stands without its longitude, or the other way round")
        return (_decimal(cells, "latitude", latitude), _decimal(cells, "longitude", longitude)) if latitude else None
    text = cells.pop(column.name)
    if not text:
        return None
    match column.kind:
        case "text":
            return text
        case "integer":
            return int(_decimal(cells, column.name, text))
        case "decimal":
            return _decimal(cells, column.name, text)
        case "boolean":
            if text not in ("true", "false"):
                raise cells.wrong(column.name, text, "must be true or false")
            return text == "true"
        case "date":
            return _date(cells, column.name, text)
        case "list":
            return tuple(text.split(";"))


def _validity(cells: Cells) -> Validity:
    valid_from = _date(cells, "valid_from", cells.needed("valid_from"))
    from_precision = _precision(cells, "valid_from_precision", cells.needed("valid_from_precision"))
    ended = cells.pop("valid_to")
    valid_to = _date(cells, "valid_to", ended) if ended else None
    precise = cells.pop("valid_to_precision")
    if bool(precise) != bool(ended):
        raise cells.wrong("valid_to_precision", precise, "must stand exactly where valid_to stands")
    if valid_to is not None and valid_to <= valid_from:
        raise cells.wrong("valid_to", ended, f"must be after valid_from {valid_from}")
    standing = cells.needed("standing")
    known = next((one for one in STANDINGS if one == standing), None)
    if known is None:
        raise cells.wrong("standing", standing, f"must be one of {', '.join(STANDINGS)}")
    return Validity(
        valid_from,
        from_precision,
        valid_to,
        _precision(cells, "valid_to_precision", precise) if precise else None,
        known,
        cells.needed("source"),
        _list(cells.pop("other_sources")),
        _absences(cells),
    )


def _precision(cells: Cells, column: str, text: str) -> Precision:
    known = next((one for one in PRECISIONS if one == text), None)
    if known is None:
        raise cells.wrong(column, text, f"must be one of {', '.join(PRECISIONS)}")
    return known


_ABSENCE = re.compile(r"[^|]+\|[A-Z_]+\|[^|]*(\|\d{4}-\d{2}-\d{2})?")


def _absences(cells: Cells) -> tuple[str, ...]:
    absences = _list(cells.pop("absences"))
    for absence in absences:
        if not _ABSENCE.fullmatch(absence):
            allowed = "must be field|REASON|what would settle it, and |YYYY-MM-DD where sources speak from a day on"
            raise cells.wrong("absences", absence, allowed)
    return absences


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _date(cells: Cells, column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise cells.wrong(column, text, "must be a date, YYYY-MM-DD") from error


def _decimal(cells: Cells, column: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise cells.wrong(column, text, "must be a number") from error
