"""How much of each concept and relationship the tables hold, of how much there is, and how that is known.

The graph says the same by `graph { completeness }`, from what it holds; a test holds the two together.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seed.load import SCOPES
from seed.table import Validity, Value, read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES
from seed.terms import read_terms

__all__ = ["Completeness", "completeness"]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a concept, relationship type or property is held today; None where rules make it at the load."""

    about: str
    have: int | None
    expected: int | None
    since: date
    basis: str
    settles: str


def completeness(folder: Path, today: date) -> list[Completeness]:
    """Return how complete each thing is that `scopes.csv` speaks of, in its order.

    Raises:
        SeedError: a table is missing or not valid.
    """
    rows = list(csv.DictReader((folder / SCOPES).read_text(encoding="utf-8").splitlines(), strict=True))
    held = _held(folder, today, {row["about"] for row in rows if "." in row["about"]})
    return [
        Completeness(
            row["about"],
            held.get(row["about"]),
            int(row["expected"]) if row["expected"] else None,
            date.fromisoformat(row["since"]),
            row["basis"],
            row["settles"],
        )
        for row in rows
    ]


def _held(folder: Path, today: date, properties: set[str]) -> Mapping[str, int]:
    held: Counter[str] = Counter()
    for node_table in NODE_TABLES:
        held[node_table.label] = 0
        for node in read_nodes(node_table, folder):
            if _is_current(node.validity, today):
                held[node_table.label] += 1
                held.update(_filled(node_table.label, node.values) & properties)
    for link_table in LINK_TABLES:
        held[link_table.type] = sum(_is_current(link.validity, today) for link in read_links(link_table, folder))
    held["Term"] = sum(1 for _ in read_terms(folder))
    return held


def _filled(label: str, values: Mapping[str, Value]) -> set[str]:
    return {f"{label}.{name}" for name in values}


def _is_current(validity: Validity, today: date) -> bool:
    return validity.valid_from <= today and (validity.valid_to is None or today < validity.valid_to)
