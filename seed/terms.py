"""The glossary's tidy table: words of the field, timeless like sources, each with the page that explains it."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seed.errors import SourceMissing, TableNotValid
from seed.table import Cells
from seed.tables import PRECISIONS

__all__ = ["FILE", "HEADER", "read_terms"]

FILE = "terms.csv"
HEADER = (
    *("code", "name", "abbreviation", "definition", "concept", "url", "page_date", "page_date_precision", "source"),
)
_PROPERTIES = {"page_date": "pageDate", "page_date_precision": "pageDatePrecision"}
_OPTIONAL = frozenset({"abbreviation", "concept", "page_date", "page_date_precision"})


def read_terms(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the properties of each term.

    Raises:
        SourceMissing: there is no such table.
        TableNotValid: a cell is not what it must be.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceMissing(f"{FILE} is not in {folder}; `icsgraph seed build` makes it") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    if tuple(reader.fieldnames or ()) != HEADER:
        raise TableNotValid(FILE, 1, "", "", f"the header must be {','.join(HEADER)}")
    for line, row in enumerate(reader, 2):
        cells = Cells(FILE, line, row)
        term: dict[str, Any] = {}
        for column in HEADER:
            value = cells.pop(column) if column in _OPTIONAL else cells.needed(column)
            if value:
                term[_PROPERTIES.get(column, column)] = value
        if "pageDate" in term:
            term["pageDate"] = cells.day("page_date", term["pageDate"])
            if term.get("pageDatePrecision") not in PRECISIONS:
                raise cells.wrong("page_date_precision", "", f"must be one of {', '.join(PRECISIONS)}")
        term["sources"] = (term.pop("source"),)
        yield term
