"""What a tidy table is: its file, its key, its columns, and the columns that all have in common.

A file's header is exactly: the key columns, the own columns (a `point` takes two, latitude and longitude), the common
columns.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "COMMON_COLUMNS",
    "PRECISIONS",
    "STANDINGS",
    "Column",
    "Kind",
    "LinkTable",
    "NodeTable",
    "Precision",
    "Standing",
    "Table",
    "headers",
]

Kind = Literal["text", "integer", "decimal", "boolean", "date", "list", "point"]
"""`list` is `;`-joined; `point` is the pair of columns latitude, longitude in WGS84 degrees."""

Precision = Literal["DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN"]
Standing = Literal["PUBLISHED", "STATUTORY", "DERIVED"]

PRECISIONS: tuple[Precision, ...] = ("DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN")
STANDINGS: tuple[Standing, ...] = ("PUBLISHED", "STATUTORY", "DERIVED")

COMMON_COLUMNS = (
    "valid_from",
    "valid_from_precision",
    "valid_to",
    "valid_to_precision",
    "standing",
    "source",
    "other_sources",
    "absences",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One own value of a concept or relationship: its column, its property in the graph, its kind."""

    name: str
    property: str
    kind: Kind = "text"
    required: bool = False


def headers(column: Column) -> tuple[str, ...]:
    """Return the column names that an own value takes in the file."""
    return ("latitude", "longitude") if column.kind == "point" else (column.name,)


@dataclass(frozen=True, slots=True)
class NodeTable:
    """A table of one concept; several rows of one code are its successive states, whose intervals touch."""

    file: str
    label: str
    coded: Literal["Organisation", "Area"] | None
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name the thing."""
        return ("code",)

    @property
    def header(self) -> tuple[str, ...]:
        """The whole header row of the file."""
        return (*self.keys, *(name for column in self.columns for name in headers(column)), *COMMON_COLUMNS)


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A table of one relationship type; `start` and `end` are the concepts that it may join."""

    file: str
    type: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    columns: tuple[Column, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name the two ends; a concept is named only where there are several."""
        start = ("start_concept", "start") if len(self.start) > 1 else ("start",)
        end = ("end_concept", "end") if len(self.end) > 1 else ("end",)
        return (*start, *end)

    @property
    def header(self) -> tuple[str, ...]:
        """The whole header row of the file."""
        return (*self.keys, *(name for column in self.columns for name in headers(column)), *COMMON_COLUMNS)


Table = NodeTable | LinkTable
