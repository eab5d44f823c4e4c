"""Codes of ours for things that nobody gave one: made once from their names, kept in `codes.csv`, never made anew."""

import csv
import io
from pathlib import Path

from cypher.codes import slug
from seed.table import to_csv

FILE = "codes.csv"
_HEADER = ("concept", "name", "code")


class Codes:
    """The codes that were given out, by concept and the names that a thing is known by in its source."""

    def __init__(self, folder: Path) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        path = folder / FILE
        if path.exists():
            for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
                self._codes[row["concept"], row["name"]] = row["code"]
        self._taken = {(concept, code) for (concept, _), code in self._codes.items()}

    def of(self, concept: str, *names: str) -> str:
        """Return the code of a thing, a new one if it has none: a slug of its names, numbered if it is taken."""
        name = " / ".join(names)
        if (concept, name) not in self._codes:
            plain = "--".join(slug(one) for one in names if slug(one))
            code, number = plain, 1
            while (concept, code) in self._taken:
                number += 1
                code = f"{plain}-{number}"
            self._codes[concept, name] = code
            self._taken.add((concept, code))
        return self._codes[concept, name]

    def file(self) -> bytes:
        """Return `codes.csv` as it is now."""
        return to_csv(_HEADER, sorted((*key, code) for key, code in self._codes.items()))
