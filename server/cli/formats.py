"""Rows as CSV or Parquet, with the same columns in both, for `icsgraph ask` and `icsgraph gaps`."""

import csv
import io
from collections.abc import Mapping, Sequence
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from server.errors import BadSetting

__all__ = ["Columns", "Format", "FormatOption", "OutputOption", "checked", "put", "written"]

Columns = Mapping[str, type[str] | type[int] | type[float] | type[bool]]
"""The columns of a table in order, each with the type of its values; any may be empty."""

Cell = str | int | float | bool | None


class Format(Enum):
    """How an answer is given."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


FormatOption = Annotated[
    Format, typer.Option("--format", help="For people, or as CSV, JSON or Parquet with columns that stay the same.")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write there; to standard output if left out.")
]


def checked(chosen: Format, library: str = "pyarrow") -> Format:
    """Return the format, if it can be written here; `library` is what Parquet needs.

    Raises:
        BadSetting: it is Parquet, and the library for that is not installed.
    """
    if chosen is Format.PARQUET and find_spec(library) is None:
        raise BadSetting(
            f"Parquet needs {library}, which is not installed: install icsgraph[parquet], or choose --format csv."
        )
    return chosen


def written(rows: Sequence[Mapping[str, Cell]], columns: Columns, chosen: Format) -> bytes:
    """Return rows as CSV (UTF-8, a header, lines ended by CR LF) or as Parquet."""
    if chosen is Format.PARQUET:
        return _parquet(rows, columns)
    text = io.StringIO()
    lines = csv.DictWriter(text, list(columns))
    lines.writeheader()
    lines.writerows({name: _text(row[name]) for name in columns} for row in rows)
    return text.getvalue().encode()


def put(content: bytes, output: Path | None) -> None:
    """Write to a file or to standard output, byte for byte."""
    if output is None:
        typer.get_binary_stream("stdout").write(content)
    else:
        output.write_bytes(content)


def _text(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell


def _parquet(rows: Sequence[Mapping[str, Cell]], columns: Columns) -> bytes:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    fields = arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    held = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist([dict(row) for row in rows], schema=fields), held)
    return held.getvalue()
