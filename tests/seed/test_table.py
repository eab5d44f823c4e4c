"""Tidy tables: read strictly, written the same each time."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.errors import SourceMissing, TableNotValid
from seed.table import read, read_links, read_nodes, write
from seed.tables import COMMON_COLUMNS, LINK_TABLES, NODE_TABLES, TABLES, LinkTable, NodeTable

PRACTICES = next(table for table in NODE_TABLES if table.label == "GPPractice")
HOSTED = next(table for table in LINK_TABLES if table.type == "HOSTED_BY")

_ROW = {
    "code": "A81001",
    "name": "THE DENSHAM SURGERY",
    "ods_code": "A81001",
    "address_lines": "HEALTH CENTRE;LAWSON STREET",
    "latitude": "54.56",
    "longitude": "-1.31",
    "valid_from": "1974-04-01",
    "valid_from_precision": "DAY",
    "standing": "PUBLISHED",
    "source": "epraccur_20260302",
    "absences": "supplier|NOT_PUBLISHED|a map",
}


def _put(folder: Path, table: NodeTable | LinkTable, *rows: dict[str, str]) -> None:
    (folder / table.file).write_bytes(write(table, rows))


def test_a_row_has_values_by_property(tmp_path: Path) -> None:
    """Lists and points come out as they will lie in the graph, and empty cells not at all."""
    _put(tmp_path, PRACTICES, _ROW)

    (row,) = read_nodes(PRACTICES, tmp_path)

    assert row.id == "GPPractice:A81001"
    assert row.values["addressLines"] == ("HEALTH CENTRE", "LAWSON STREET")
    assert row.values["location"] == (54.56, -1.31)
    assert "supplier" not in row.values
    assert (row.validity.valid_from, row.validity.valid_to) == (date(1974, 4, 1), None)
    assert row.validity.absences == ("supplier|NOT_PUBLISHED|a map",)


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("valid_from", "1 April 1974", "must be a date"),
        ("valid_from_precision", "ROUGHLY", "must be one of DAY"),
        ("valid_to", "1974-04-01", "must stand exactly where valid_to stands"),
        ("standing", "RUMOUR", "must be one of PUBLISHED"),
        ("name", "", "must not be empty"),
        ("longitude", "", "without its longitude"),
        ("latitude", "north", "must be a number"),
        ("absences", "supplier", r"must be field\|REASON"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(tmp_path: Path, column: str, value: str, what: str) -> None:
    """An error names file, line, column and value."""
    _put(tmp_path, PRACTICES, {**_ROW, column: value})

    with pytest.raises(TableNotValid, match=rf"practices\.csv, line 2, column .*: {what}|{what}"):
        list(read_nodes(PRACTICES, tmp_path))


def test_an_interval_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    """Intervals are half-open and never empty."""
    _put(tmp_path, PRACTICES, {**_ROW, "valid_to": "1974-04-01", "valid_to_precision": "DAY"})

    with pytest.raises(TableNotValid, match="must be after valid_from"):
        list(read_nodes(PRACTICES, tmp_path))


def test_a_link_to_a_concept_that_it_cannot_join_is_refused(tmp_path: Path) -> None:
    """A service is hosted by a trust or another organisation, not by a practice."""
    row = {**_ROW, "start": "a", "end_concept": "GPPractice", "end": "A81001", "basis": "exact name"}
    row = {name: row[name] for name in HOSTED.header if name in row}
    _put(tmp_path, HOSTED, row)

    with pytest.raises(TableNotValid, match="column end_concept, value 'GPPractice'"):
        list(read_links(HOSTED, tmp_path))


def test_a_header_that_is_not_the_layout_is_refused(tmp_path: Path) -> None:
    """A column too many is not passed over."""
    content = write(PRACTICES, [_ROW]).decode().replace("telephone", "telephone,fax", 1)
    (tmp_path / PRACTICES.file).write_text(content)

    with pytest.raises(TableNotValid, match="line 1, column fax"):
        list(read_nodes(PRACTICES, tmp_path))


def test_a_missing_table_says_what_makes_it(tmp_path: Path) -> None:
    """The way out is in the sentence."""
    with pytest.raises(SourceMissing, match="icsgraph seed build"):
        read(PRACTICES, tmp_path)


@given(st.permutations([{**_ROW, "code": f"A{number}"} for number in range(5)]))
def test_rows_in_any_order_are_written_as_the_same_bytes(rows: list[dict[str, str]]) -> None:
    """A table does not know in what order it was made."""
    assert write(PRACTICES, rows) == write(PRACTICES, sorted(rows, key=lambda row: row["code"]))


def test_every_table_has_its_own_file_and_ends_with_the_common_columns() -> None:
    """The layout is one list without doubles."""
    assert len({table.file for table in TABLES}) == len(TABLES)
    assert all(table.header[-len(COMMON_COLUMNS) :] == COMMON_COLUMNS for table in TABLES)
    assert all(len(set(table.header)) == len(table.header) for table in TABLES)
