"""Whether the tidy tables are what they must be: whole, sorted, resolved, and as many as their sources say."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from seed.errors import SeedError
from seed.source import Source, read_sources
from seed.table import LinkRow, NodeRow, Validity, read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES, REASONS, STANDALONE_TYPES, LinkTable, NodeTable
from seed.terms import FILE as TERMS
from seed.terms import read_terms

QUARANTINE, OUT_OF_SCOPE, SCOPES = "quarantine.csv", "out_of_scope.csv", "scopes.csv"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row, or a part of one, that could not be placed."""

    file: str
    line: int
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """How many rows or cells of one kind the graph does not hold."""

    file: str
    kind: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is wrong (nothing, if `problems` is empty), how much there is, and what was left outside.

    `claims` counts, by kind, what sources say against each other.
    """

    problems: tuple[str, ...]
    tables: dict[str, int]
    quarantined: tuple[Quarantined, ...]
    out_of_scope: tuple[OutOfScope, ...]
    claims: dict[str, int] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(slots=True)
class _Check:
    """What has been seen so far."""

    sources: dict[str, Source]
    problems: list[str] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    by_source: Counter[tuple[str, str]] = field(default_factory=Counter)
    lives: dict[tuple[str, str], tuple[date, date | None]] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    out_of_scope: list[OutOfScope] = field(default_factory=list)
    claims: Counter[str] = field(default_factory=Counter)


def check(data: Path) -> CheckReport:
    """Check the tables in a folder and return everything that is wrong with them."""
    try:
        sources = read_sources(data)
    except SeedError as error:
        return CheckReport((str(error),), {}, (), ())
    found = _Check({source.code: source for source in sources})
    for node_table in NODE_TABLES:
        _nodes(found, node_table, data)
    for link_table in LINK_TABLES:
        _links(found, link_table, data)
    for source in sources:
        for name, expected in source.expected.items():
            count = found.by_source[f"{name}.csv", source.code]
            # What the raw file itself must hold is held by whoever reads it.
            if not name.startswith("raw/") and not expected.allows(count):
                found.problems.append(f"{source.code}: {name} has {count} things or links from it, expected {expected}")
    _terms(found, data)
    _outside(found, data)
    return CheckReport(
        tuple(found.problems),
        found.tables,
        tuple(found.quarantined),
        tuple(found.out_of_scope),
        dict(sorted(found.claims.items())),
    )


def _nodes(found: _Check, table: NodeTable, data: Path) -> None:
    rows: list[NodeRow] = []
    try:
        rows.extend(read_nodes(table, data))
    except SeedError as error:
        found.problems.append(str(error))
    found.tables[table.file] = len(rows)
    _sorted(found, table.file, [(row.line, (row.code, row.validity.valid_from)) for row in rows])
    last: dict[str, NodeRow] = {}
    for row in rows:
        where = f"{table.file}, line {row.line}"
        _sourced(found, where, row.validity)
        before = last.get(row.code)
        if before is None:
            found.by_source[table.file, row.validity.source] += 1
            found.lives[table.label, row.code] = (row.validity.valid_from, row.validity.valid_to)
        else:
            if before.validity.valid_to != row.validity.valid_from:
                found.problems.append(f"{where}: the state of {row.code} does not touch the one before it")
            found.lives[table.label, row.code] = (found.lives[table.label, row.code][0], row.validity.valid_to)
        last[row.code] = row
        if table.label == "Claim":
            _claim(found, where, row)


def _claim(found: _Check, where: str, row: NodeRow) -> None:
    found.claims[str(row.values["kind"])] += 1
    if row.values["chosenSource"] not in found.sources:
        found.problems.append(f"{where}: sources.yml does not describe the source {row.values['chosenSource']}")
    if row.values["reason"] not in REASONS:
        found.problems.append(f"{where}: {row.values['reason']} is no reason to choose a source")


def _links(found: _Check, table: LinkTable, data: Path) -> None:
    rows: list[LinkRow] = []
    try:
        rows.extend(read_links(table, data))
    except SeedError as error:
        found.problems.append(str(error))
    found.tables[table.file] = len(rows)
    keys = [
        (row.line, (row.start_concept, row.start, row.end_concept, row.end, row.validity.valid_from)) for row in rows
    ]
    _sorted(found, table.file, keys)
    for row in rows:
        where = f"{table.file}, line {row.line}"
        _sourced(found, where, row.validity)
        found.by_source[table.file, row.validity.source] += 1
        for thing in ((row.start_concept, row.start), (row.end_concept, row.end)):
            if thing[0] == "Identifier":
                continue
            life = found.lives.get(thing)
            if life is None:
                found.problems.append(f"{where}: {thing[0]} {thing[1]} is not in the tables")
            elif table.type not in STANDALONE_TYPES and not _lies_within(row.validity, life):
                found.problems.append(f"{where}: is not within the life of {thing[0]} {thing[1]}")
    for before, after in pairwise(rows):
        same = (before.start_id, before.end_id) == (after.start_id, after.end_id)
        end = before.validity.valid_to
        if same and (end is None or end > after.validity.valid_from):
            found.problems.append(f"{table.file}, line {after.line}: overlaps the line before it, of the same two ends")


def _lies_within(validity: Validity, life: tuple[date, date | None]) -> bool:
    begins, ends = life
    return begins <= validity.valid_from and (ends is None or (validity.valid_to or date.max) <= ends)


def _sourced(found: _Check, where: str, validity: Validity) -> None:
    for code in (validity.source, *validity.other_sources):
        if code not in found.sources:
            found.problems.append(f"{where}: sources.yml does not describe the source {code}")


def _sorted(found: _Check, file: str, keys: Sequence[tuple[int, tuple[object, ...]]]) -> None:
    for (_, before), (line, after) in pairwise(keys):
        if not tuple(map(str, before)) < tuple(map(str, after)):
            found.problems.append(
                f"{file}, line {line}: is not sorted after the line before it, or says the same twice"
            )


def _terms(found: _Check, data: Path) -> None:
    terms: list[dict[str, Any]] = []
    try:
        terms.extend(read_terms(data))
    except SeedError as error:
        found.problems.append(str(error))
    found.tables[TERMS] = len(terms)
    for source in {source for term in terms for source in term["sources"]} - found.sources.keys():
        found.problems.append(f"{TERMS}: sources.yml does not describe the source {source}")


def _outside(found: _Check, data: Path) -> None:
    for file, columns in (
        (QUARANTINE, ("file", "line", "key", "reason")),
        (OUT_OF_SCOPE, ("file", "kind", "count", "reason")),
        (SCOPES, ("about", "since", "reason_before", "basis", "expected", "settles")),
    ):
        try:
            text = (data / file).read_text(encoding="utf-8")
        except FileNotFoundError:
            found.problems.append(f"{file} is not in {data}; `icsgraph seed build` makes it")
            continue
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        if tuple(next(reader, ())) != columns:
            found.problems.append(f"{file}: the header must be {','.join(columns)}")
            continue
        for row in reader:
            if file == QUARANTINE:
                found.quarantined.append(Quarantined(row[0], int(row[1]), row[2], row[3]))
            elif file == OUT_OF_SCOPE:
                found.out_of_scope.append(OutOfScope(row[0], row[1], int(row[2]), row[3]))
