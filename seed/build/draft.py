"""The tables as they grow: states of things, relationships held within the lives of their ends."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from seed.errors import SeedError
from seed.table import write
from seed.tables import LINK_TABLES, NODE_TABLES, STANDALONE_TYPES, TABLES, LinkTable, NodeTable, Precision, Standing

Thing = tuple[str, str]
"""A concept and a code."""

_NODES: Mapping[str, NodeTable] = {table.label: table for table in NODE_TABLES}
_LINKS: Mapping[str, LinkTable] = {table.type: table for table in LINK_TABLES}


@dataclass(frozen=True, slots=True)
class When:
    """A half-open interval, open at its end where `end` is None."""

    start: date
    start_precision: Precision = "DAY"
    end: date | None = None
    end_precision: Precision | None = None

    def clipped(self, other: "When") -> "When | None":
        """Return the part of this interval that lies in another, or None; a bound brings its own precision."""
        start, start_precision = self.start, self.start_precision
        if other.start > start:
            start, start_precision = other.start, other.start_precision
        end, end_precision = self.end, self.end_precision
        if other.end is not None and (end is None or other.end < end):
            end, end_precision = other.end, other.end_precision
        if end is not None and end <= start:
            return None
        return When(start, start_precision, end, end_precision)

    def ended(self, end: date, precision: Precision = "DAY") -> "When":
        """Return the same interval with another end."""
        return When(self.start, self.start_precision, end, precision)

    def known_from(self, named: date) -> "When":
        """Return the part of which an extract of that day can speak: from it on, or the last day of what had ended."""
        if self.start >= named:
            return self
        if self.end is not None and self.end <= named:
            named = max(self.start, self.end - timedelta(days=1))
        return When(named, "NO_LATER_THAN", self.end, self.end_precision)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the interval."""
        return self.start <= day and (self.end is None or day < self.end)


def until_last_day(last: date | None) -> date | None:
    """Return the exclusive end of what a source ends with its last day, as ODS and ePCN do."""
    return None if last is None else last + timedelta(days=1)


def lasting(first: date, last: date | None) -> When:
    """Return the interval from a first to a last day, both told to the day."""
    end = until_last_day(last)
    return When(first, "DAY", end, None if end is None else "DAY")


@dataclass(slots=True)
class Draft:
    """What the tables will hold. Things are added before the relationships that join them."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    lives: dict[Thing, When] = field(default_factory=dict)
    clipped: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    _links: set[tuple[str, Thing, Thing, date]] = field(default_factory=set)

    def state(
        self,
        label: str,
        code: str,
        values: Mapping[str, str],
        when: When,
        source: str,
        *,
        other: tuple[str, ...] = (),
        standing: Standing = "PUBLISHED",
        absences: tuple[str, ...] = (),
    ) -> None:
        """Add a state of a thing; states are added in the order of time, each beginning where the last one ended."""
        table = _NODES[label]
        thing = (label, code)
        life = self.lives.get(thing)
        if life is None:
            self.lives[thing] = when
        elif life.end != when.start:
            raise SeedError(f"{label} {code}: a state from {when.start} does not touch the one that ends {life.end}")
        else:
            self.lives[thing] = When(life.start, life.start_precision, when.end, when.end_precision)
        row = {"code": code, **values, **_common(when, source, other, standing, absences)}
        self._add(table.file, table.header, row)

    def link(
        self,
        type_: str,
        start: Thing,
        end: Thing,
        when: When,
        source: str,
        *,
        values: Mapping[str, str] | None = None,
        other: tuple[str, ...] = (),
        standing: Standing = "PUBLISHED",
        absences: tuple[str, ...] = (),
    ) -> When | None:
        """Add a relationship for as long as both its ends live, and return when; None if they never meet."""
        table = _LINKS[type_]
        for thing, allowed in ((start, table.start), (end, table.end)):
            if thing[0] not in allowed:
                raise SeedError(f"{type_} cannot join {thing[0]}")
            if thing[0] != "Identifier" and thing not in self.lives:
                raise SeedError(f"{type_} {start} {end}: {thing[0]} {thing[1]} is not in the tables")
        held = when
        for thing in () if type_ in STANDALONE_TYPES else (start, end):
            clipped = held if thing[0] == "Identifier" else held.clipped(self.lives[thing])
            if clipped is None:
                self.outside[type_] += 1
                return None
            held = clipped
        self.clipped[type_] += (held.start, held.end) != (when.start, when.end)
        identity = (type_, start, end, held.start)
        if identity in self._links:
            raise SeedError(f"{type_} {start} {end} from {held.start} was said twice")
        self._links.add(identity)
        row = {
            "start_concept": start[0],
            "start": start[1],
            "end_concept": end[0],
            "end": end[1],
            **(values or {}),
            **_common(held, source, other, standing, absences),
        }
        kept = {name: value for name, value in row.items() if not name.endswith("_concept") or name in table.header}
        self._add(table.file, table.header, kept)
        return held

    def lack(self, label: str, code: str, absence: str) -> None:
        """Say of a thing that is in the tables what is not known of it, in each of its states."""
        for row in self.rows[_NODES[label].file]:
            if row["code"] == code:
                row["absences"] = joined([*filter(None, row["absences"].split(";")), absence])

    def name(self, label: str, code: str) -> str:
        """Return the last name of a thing that is in the tables."""
        return [row["name"] for row in self.rows[_NODES[label].file] if row["code"] == code][-1]

    def codes(self, label: str) -> list[str]:
        """Return the codes of a concept that are in the tables, whenever they were in force."""
        return sorted(code for known, code in self.lives if known == label)

    def has(self, label: str, code: str) -> bool:
        """Whether a thing is in the tables."""
        return (label, code) in self.lives

    def life(self, label: str, code: str) -> When:
        """Return the whole life of a thing that is in the tables."""
        return self.lives[label, code]

    def latest(self, label: str, code: str) -> Mapping[str, str]:
        """Return the last state of a thing that is in the tables, as its row."""
        return next(row for row in reversed(self.rows[_NODES[label].file]) if row["code"] == code)

    def files(self) -> dict[str, bytes]:
        """Return every table as bytes, by its file name."""
        return {table.file: write(table, self.rows.get(table.file, ())) for table in TABLES}

    def _add(self, file: str, header: tuple[str, ...], row: dict[str, str]) -> None:
        unknown = row.keys() - set(header)
        if unknown:
            raise SeedError(f"{file} has no column {', '.join(sorted(unknown))}")
        self.rows.setdefault(file, []).append(row)


def joined(values: list[str]) -> str:
    """Return the cells of a `list` column; its own separator may not stand in a value."""
    for value in values:
        if ";" in value:
            raise SeedError(f"{value!r} holds the separator of a list")
    return ";".join(value for value in values if value)


def _common(
    when: When, source: str, other: tuple[str, ...], standing: Standing, absences: tuple[str, ...]
) -> dict[str, str]:
    return {
        "valid_from": when.start.isoformat(),
        "valid_from_precision": when.start_precision,
        "valid_to": when.end.isoformat() if when.end else "",
        "valid_to_precision": when.end_precision or "",
        "standing": standing,
        "source": source,
        "other_sources": joined(sorted(set(other) - {source})),
        "absences": joined(list(absences)),
    }
