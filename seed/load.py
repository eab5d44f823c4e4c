"""Tidy tables into the graph: read, compared with what is held, and written as one change set a source.

A load can be stopped at any moment and run again: what was written is found to be there, and the rest follows. Loading
the same tables twice changes nothing and takes no number.
"""

import csv
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from cypher.change import STANDALONE_TYPES, Change, LinkKey, LinkRecord, NodeRecord, State
from cypher.change_set import ChangeSet
from cypher.derive import rules
from cypher.errors import RecordNotValid, StaleChange
from cypher.hash import content_hash
from cypher.held import Held
from cypher.validity import Validity, intersection
from cypher.writer import Reference, Writer
from seed.diff import Key, Record, diff
from seed.errors import SeedError, SourceMissing, TableNotValid
from seed.order import Step, steps
from seed.source import FILE, Source, read_sources
from seed.table import LinkRow, NodeRow, read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES, TABLES
from seed.terms import FILE as TERMS
from seed.terms import read_terms

__all__ = ["DATA", "LoadReport", "Tables", "load", "read_tables", "tables_digest"]

DATA = Path(str(files("seed").joinpath("data")))
"""The folder of the tables that are delivered with the program."""

SCOPES = "scopes.csv"
RULES_SOURCE = "rules"
"""What the change set of a load is called that holds what rules made of the others."""

Progress = Callable[[int, int, str], None]
"""Told before each step: how many are done, how many there are, and which one begins."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables say, as records, and which source's change set carries each."""

    sources: tuple[Source, ...]
    scopes: tuple[Mapping[str, Any], ...]
    terms: tuple[Mapping[str, Any], ...]
    nodes: Mapping[str, NodeRecord]
    links: Mapping[LinkKey, LinkRecord]
    nodes_by_home: Mapping[str, Mapping[str, NodeRecord]]
    links_by_home: Mapping[str, Mapping[LinkKey, LinkRecord]]

    def nodes_of(self, step: Step) -> Mapping[str, NodeRecord]:
        """Return the nodes that a step writes."""
        return {} if step.what == "LINKS" else self.nodes_by_home.get(step.source, {})

    def links_of(self, step: Step) -> Mapping[LinkKey, LinkRecord]:
        """Return the relationships that a step writes."""
        return {} if step.what == "NODES" else self.links_by_home.get(step.source, {})

    def cited_by(self, step: Step) -> list[Reference]:
        """Return the sources that the facts of a step rest on: none where it has none."""
        cited = {code for link in self.links_of(step).values() for code in link.sources}
        cited.update(code for node in self.nodes_of(step).values() for state in node.states for code in state.sources)
        return [_source_reference(source) for source in self.sources if source.code in cited]

    def steps(self) -> list[Step]:
        """Return the steps of a load."""
        needs: dict[str, set[str]] = {}
        for link in self.links.values():
            for end in (link.start, link.end):
                if end in self.nodes:
                    needs.setdefault(_home(link), set()).add(_home(self.nodes[end]))
        return steps([source.code for source in self.sources], needs)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: its change sets, what the graph holds now by concept and type, and how long it took."""

    change_sets: tuple[ChangeSet, ...]
    counts: Mapping[str, int]
    content_hash: str
    sequence: int
    seconds: float


def load(writer: Writer, folder: Path = DATA, *, progress: Progress | None = None) -> LoadReport:
    """Bring the graph to what the tables in a folder say.

    Raises:
        SeedError: the tables are not there or not in order; nothing was written.
        OutsideLife: a relationship of a source reaches beyond the life of an end; the sources before it are written.
        IntegrityViolated: the whole would not be sound; what rules derive is not written, and the graph says so.
    """
    started = time.monotonic()
    progress = progress or _silent
    progress(0, 1, "reading the tables")
    digest = tables_digest(folder)
    tables = read_tables(folder)
    plan = tables.steps()
    writer.prepare()
    writer.advance()
    held, head = writer.held()
    # On the first load each source is a part of one picture: what rules make of a part was never meant by anybody.
    is_first = head.tables_digest is None
    done: list[ChangeSet] = []
    sequence = head.sequence
    for place, step in enumerate(plan):
        progress(place, len(plan) + 1, step.source)
        references = tables.cited_by(step)
        while True:
            try:
                change_set = writer.apply(
                    _decision(tables, step, sequence),
                    source=step.source,
                    references=references,
                    derive="LATER" if is_first else "TOUCHED",
                    held=held,
                )
                break
            except StaleChange:
                held, head = writer.held()
                sequence = head.sequence
        if change_set is not None:
            held.apply(change_set.changes, change_set.sequence)
            sequence = change_set.sequence
            done.append(change_set)
    progress(len(plan), len(plan) + 1, "what follows from them")
    references = [
        *(_source_reference(source) for source in tables.sources),
        *(Reference("Term", term) for term in tables.terms),
        *(Reference("Scope", scope) for scope in tables.scopes),
    ]
    change_set = writer.apply([], source=RULES_SOURCE, references=references, derive="ALL", check=True)
    if change_set is not None:
        held.apply(change_set.changes, change_set.sequence)
        sequence = change_set.sequence
        done.append(change_set)
    writer.set_tables_digest(digest)
    progress(len(plan) + 1, len(plan) + 1, "done")
    counts = Counter(node.concept for node in held.nodes.values()) + Counter(link.type for link in held.links.values())
    return LoadReport(
        tuple(done), dict(sorted(counts.items())), content_hash(held), sequence, time.monotonic() - started
    )


def _silent(done: int, of: int, what: str) -> None:
    """Tell nobody."""


def tables_digest(folder: Path = DATA) -> str:
    """Return one number for the tables and the rules that are applied to them: is there anything to load?"""
    total = hashlib.sha256()
    for name in (*sorted(table.file for table in TABLES), FILE, SCOPES, TERMS):
        path = folder / name
        if not path.is_file():
            raise SourceMissing(f"{name} is not in {folder}; `icsgraph seed build` makes it")
        total.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for rule in rules():
        total.update(f"{rule.rule} {hashlib.sha256(rule.text.encode()).hexdigest()}\n".encode())
    return total.hexdigest()


def read_tables(folder: Path = DATA) -> Tables:
    """Return what all tables in a folder say.

    Raises:
        SeedError: a table is missing or not valid, names an unknown source, or says two things of one fact.
    """
    sources = read_sources(folder)
    series = {source.code: source.series for source in sources}
    states: dict[str, list[NodeRow]] = {}
    for node_table in NODE_TABLES:
        for row in read_nodes(node_table, folder):
            states.setdefault(row.id, []).append(row)
    nodes = {id_: _node(rows, series) for id_, rows in states.items()}
    links: dict[LinkKey, LinkRecord] = {}
    for link_table in LINK_TABLES:
        for link_row in read_links(link_table, folder):
            link = _link(link_row, series)
            if link.identity in links:
                raise TableNotValid(link_table.file, link_row.line, "start", link_row.start, f"{link} is there twice")
            links[link.identity] = link
    nodes_by_home: dict[str, dict[str, NodeRecord]] = {}
    for id_, node in nodes.items():
        nodes_by_home.setdefault(_home(node), {})[id_] = node
    links_by_home: dict[str, dict[LinkKey, LinkRecord]] = {}
    for key, link in links.items():
        links_by_home.setdefault(_home(link), {})[key] = link
    return Tables(
        tuple(sources), tuple(_scopes(folder)), tuple(read_terms(folder)), nodes, links, nodes_by_home, links_by_home
    )


def _home(record: NodeRecord | LinkRecord) -> str:
    """Return the source whose change set carries a record: for a node, that of its earliest state."""
    return (record.states[0] if isinstance(record, NodeRecord) else record).sources[0]


def _decision(tables: Tables, step: Step, expected: int) -> Callable[[Held, int], list[Change]]:
    """Return the function that decides, inside the transaction, what a step changes."""
    series = {source.series for source in tables.sources}
    first_of = {source.series: source.code for source in reversed(tables.sources)}
    codes = {source.code for source in tables.sources}

    def is_own(record: NodeRecord | LinkRecord) -> bool:
        """Whether all that is held of it was said by the tables' series."""
        return all(said.series in series for said in (record.states if isinstance(record, NodeRecord) else [record]))

    def is_left_out(record: NodeRecord | LinkRecord) -> bool:
        """Whether this step's source said it once; where a source is gone, the first of its series speaks for it."""
        if not is_own(record):
            return False
        home = _home(record)
        if home not in codes:
            home = first_of[(record.states[0] if isinstance(record, NodeRecord) else record).series]
        return home == step.source

    def decide(held: Held, sequence: int) -> list[Change]:
        if sequence != expected:
            raise StaleChange(f"the graph is at {sequence}, not at {expected}")
        changes: list[Change] = []
        if step.what != "LINKS":
            lost = {i: held.nodes[i] for i in held.nodes.keys() - tables.nodes.keys() if is_left_out(held.nodes[i])}
            changes += _diff_own(held.nodes, tables.nodes_of(step), lost, is_own)
        if step.what != "NODES":
            said = _within_others_lives(tables.links_of(step), held, is_own)
            missing = held.links.keys() - tables.links.keys() - said.keys()
            gone = {i: held.links[i] for i in missing if is_left_out(held.links[i])}
            changes += _diff_own(held.links, said, gone, is_own)
        return changes

    return decide


def _within_others_lives(
    links: Mapping[LinkKey, LinkRecord], held: Held, is_own: Callable[[NodeRecord | LinkRecord], bool]
) -> dict[LinkKey, LinkRecord]:
    """Return relationships as far as they lie within those lives of their ends that somebody else has spoken of.

    Whoever ended a thing that the tables go on naming is believed, and the rest of the tables must still load.
    """
    within: dict[LinkKey, LinkRecord] = {}
    for link in links.values():
        life: Validity | None = link.validity
        for end in (link.start, link.end) if link.type not in STANDALONE_TYPES else ():
            node = held.nodes.get(end)
            if node is not None and life is not None and not is_own(node):
                life = intersection(life, node.life)
        if life is not None:
            one = link if life == link.validity else link.during(life)
            within[one.identity] = one
    return within


def _diff_own(
    held: Mapping[Key, Record], said: Mapping[Key, Record], lost: Mapping[Key, Record], is_own: Callable[[Record], bool]
) -> list[Change]:
    """Return the changes to what is said and to what is said no longer, where nobody else has said something of it."""
    theirs = {i for i in said if i in held and not is_own(held[i])}
    mine = {i: held[i] for i in said if i in held and i not in theirs}
    return diff({**mine, **lost}, {i: one for i, one in said.items() if i not in theirs})


def _node(rows: list[NodeRow], series: Mapping[str, str]) -> NodeRecord:
    rows = sorted(rows, key=lambda row: row.validity.valid_from)
    first = rows[0]
    try:
        return NodeRecord(first.table.label, first.code, first.table.coded, tuple(_state(row, series) for row in rows))
    except RecordNotValid as error:
        raise TableNotValid(first.table.file, first.line, "code", first.code, str(error)) from error


def _state(row: NodeRow, series: Mapping[str, str]) -> State:
    values = dict(row.values)
    rule = values.pop("rule", None)
    said = row.validity
    return State(
        validity=_interval(row),
        values=values,
        standing=said.standing,
        sources=_sources(row, series),
        series=series[said.source],
        absences=said.absences,
        rule=None if rule is None else str(rule),
    )


def _link(row: LinkRow, series: Mapping[str, str]) -> LinkRecord:
    values = dict(row.values)
    rule, key = values.pop("rule", None), values.pop("key", "")
    said = row.validity
    sources = _sources(row, series)
    return LinkRecord(
        type=row.table.type,
        start=row.start_id,
        end=row.end_id,
        validity=_interval(row),
        standing=said.standing,
        sources=sources,
        series=series[said.source],
        values=values,
        key=str(key),
        absences=said.absences,
        rule=None if rule is None else str(rule),
    )


def _interval(row: NodeRow | LinkRow) -> Validity:
    said = row.validity
    return Validity(said.valid_from, said.valid_from_precision, said.valid_to, said.valid_to_precision)


def _sources(row: NodeRow | LinkRow, series: Mapping[str, str]) -> tuple[str, ...]:
    sources = (row.validity.source, *row.validity.other_sources)
    for code in sources:
        if code not in series:
            raise TableNotValid(row.table.file, row.line, "source", code, f"is not described in {FILE}")
    return sources


def _source_reference(source: Source) -> Reference:
    return Reference(
        "Source",
        {
            "code": source.code,
            "series": source.series,
            "publisher": source.publisher,
            "title": source.title,
            "url": source.url,
            "licence": source.licence,
            "asAt": source.as_at,
            "dateRead": source.date_read,
            "sha256": source.sha256,
            "absenceMeans": source.absence_means,
        },
    )


def _scopes(folder: Path) -> Iterable[dict[str, Any]]:
    path = folder / SCOPES
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceMissing(f"{SCOPES} is not in {folder}; `icsgraph seed build` makes it") from error
    for line, row in enumerate(csv.DictReader(text.splitlines(), strict=True), 2):
        try:
            expected = row.pop("expected")
            scope: dict[str, Any] = {
                "about": row.pop("about"),
                "since": date.fromisoformat(row.pop("since")),
                "reasonBefore": row.pop("reason_before"),
                "basis": row.pop("basis"),
                "settles": row.pop("settles"),
                "expected": int(expected) if expected else None,
            }
        except (KeyError, ValueError) as error:
            raise SeedError(f"{SCOPES}, line {line}: {error}") from error
        if row:
            raise SeedError(f"{SCOPES}, line {line}: {', '.join(map(str, row))} has no meaning here")
        yield {name: value for name, value in scope.items() if value not in (None, "")}
