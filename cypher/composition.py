"""From what a rule says of single days to relationships: merging intervals, and slices of a whole made of members.

Pure: rows in, `LinkRecord`s out. A rule that speaks for members says "this practice counts for that target during these
days"; a network belongs to the target for the share of its members that count, and that share changes whenever a member
joins, leaves, or begins or ceases to count. So its time is cut into slices within which nobody does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cypher.change import LinkRecord, Value
from cypher.errors import DerivationError
from cypher.validity import Precision, Validity, intersection, weaker

__all__ = ["Derived", "compose", "merged", "slices"]

_FAR = date.max
"""Stands for an open end while events are sorted; it never leaves this module."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One row of a rule: a relationship, or a member that counts for one."""

    start: str
    end: str
    key: str
    validity: Validity
    sources: tuple[str, ...]
    absences: tuple[str, ...]
    values: Mapping[str, Value]
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """An interval within which `counted` of `members` count."""

    validity: Validity
    counted: int
    members: int


def compose(
    rule: str,
    type_: str,
    rows: Iterable[Derived],
    whole: str | None,
    members: Mapping[str, Mapping[str, Sequence[Validity]]],
) -> list[LinkRecord]:
    """Return the relationships that a rule's rows make, without overlap, ordered by identity.

    `whole` says which end is composed of members, `start` or `end`; `members` maps the id of each whole to its members
    and when they were that.

    Raises:
        DerivationError: two rows of the same ends and key say different things of the same day, or a row speaks for a
            member although the rule composes nothing.
    """
    plain: dict[tuple[str, str, str], list[Derived]] = {}
    counted: dict[tuple[str, str, str], list[Derived]] = {}
    for row in rows:
        if row.member is not None and whole is None:
            raise DerivationError(
                f"{rule}: a row speaks for {row.member}, but the header does not say what it composes"
            )
        (plain if row.member is None else counted).setdefault((row.start, row.end, row.key), []).append(row)
    records: list[LinkRecord] = []
    for ends, group in plain.items():
        for values, alike in _by_values(group):
            intervals = merged(row.validity for row in alike)
            records.extend(_record(rule, type_, ends, validity, alike, values) for validity in intervals)
    for ends, group in counted.items():
        body = members.get(ends[0] if whole == "start" else ends[1], {})
        for values, alike in _by_values(group):
            for slice_ in slices(_by_member(alike), body):
                share: dict[str, Value] = {
                    "share": slice_.counted / slice_.members,
                    "shareBasis": "PRACTICES",
                    "practices": slice_.counted,
                    "extent": "WHOLE" if slice_.counted == slice_.members else "PART",
                }
                records.append(_record(rule, type_, ends, slice_.validity, alike, {**values, **share}))
    records.sort(key=lambda record: record.identity)
    for earlier, later in pairwise(records):
        ends_at = earlier.validity.valid_to
        if earlier.identity[:4] == later.identity[:4] and (ends_at is None or later.validity.valid_from < ends_at):
            raise DerivationError(f"{rule} says two things of the same days: {earlier} and {later}")
    return records


def merged(intervals: Iterable[Validity]) -> list[Validity]:
    """Return the same days as intervals that neither overlap nor touch, in order."""
    result: list[Validity] = []
    for one in sorted(intervals, key=lambda validity: (validity.valid_from, validity.valid_to or _FAR)):
        last = result[-1] if result else None
        if last is None or (last.valid_to is not None and last.valid_to < one.valid_from):
            result.append(one)
            continue
        start_precision = last.valid_from_precision
        if one.valid_from == last.valid_from:
            start_precision = weaker(start_precision, one.valid_from_precision)
        end, end_precision = last.valid_to, last.valid_to_precision
        if end is not None and end_precision is not None:
            if one.valid_to is None or one.valid_to > end:
                end, end_precision = one.valid_to, one.valid_to_precision
            elif one.valid_to == end and one.valid_to_precision is not None:
                end_precision = weaker(end_precision, one.valid_to_precision)
        result[-1] = Validity(last.valid_from, start_precision, end, end_precision)
    return result


def slices(counted: Mapping[str, Sequence[Validity]], members: Mapping[str, Sequence[Validity]]) -> list[Slice]:
    """Return the slices in which at least one member counts, in order; a member counts only while it is one."""
    precisions: dict[date, Precision] = {}
    steps: dict[date, list[int]] = {}

    def add(validity: Validity, place: int) -> None:
        for day, precision, step in (
            (validity.valid_from, validity.valid_from_precision, 1),
            (validity.valid_to, validity.valid_to_precision, -1),
        ):
            if day is not None and precision is not None:
                steps.setdefault(day, [0, 0])[place] += step
                precisions[day] = weaker(precisions.get(day, precision), precision)

    for name, body in members.items():
        belongs = merged(body)
        for validity in belongs:
            add(validity, 1)
        for validity in merged(counted.get(name, ())):
            for other in belongs:
                both = intersection(validity, other)
                if both is not None:
                    add(both, 0)
    result: list[Slice] = []
    count = [0, 0]
    days = sorted(steps)
    for place, day in enumerate(days):
        count = [count[0] + steps[day][0], count[1] + steps[day][1]]
        if not count[0]:
            continue
        until = days[place + 1] if place + 1 < len(days) else None
        validity = Validity(day, precisions[day], until, precisions[until] if until is not None else None)
        last = result[-1] if result else None
        if last and last.validity.valid_to == day and [last.counted, last.members] == count:
            start = last.validity
            validity = Validity(
                start.valid_from, start.valid_from_precision, validity.valid_to, validity.valid_to_precision
            )
            result[-1] = Slice(validity, *count)
        else:
            result.append(Slice(validity, *count))
    return result


def _by_values(rows: Iterable[Derived]) -> Iterator[tuple[Mapping[str, Value], list[Derived]]]:
    groups: list[tuple[Mapping[str, Value], list[Derived]]] = []
    for row in rows:
        alike = next((group for values, group in groups if values == row.values), None)
        if alike is None:
            groups.append((row.values, [row]))
        else:
            alike.append(row)
    yield from groups


def _by_member(rows: Iterable[Derived]) -> dict[str, list[Validity]]:
    result: dict[str, list[Validity]] = {}
    for row in rows:
        if row.member is not None:
            result.setdefault(row.member, []).append(row.validity)
    return result


def _record(
    rule: str,
    type_: str,
    ends: tuple[str, str, str],
    validity: Validity,
    rows: Iterable[Derived],
    values: Mapping[str, Value],
) -> LinkRecord:
    start, end, key = ends
    speaking = [row for row in rows if intersection(row.validity, validity) is not None]
    return LinkRecord(
        type=type_,
        start=start,
        end=end,
        validity=validity,
        standing="DERIVED",
        sources=tuple(sorted({source for row in speaking for source in row.sources})),
        series=rule,
        values=values,
        key=f"{rule}:{key}" if key else rule,
        absences=tuple(sorted({absence for row in speaking for absence in row.absences})),
        rule=rule,
    )
