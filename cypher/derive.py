"""Facts that rules make, brought up to date in the transaction of the change that touched what they read.

Every file in `cypher/derive/` and `cypher/coverage/` whose header names a `rule` is one (in a file of parts, its part
`derive`). A rule runs for what a change can have touched (`cypher.scope`); its rows are composed to relationships,
these are compared with what the rule made there before, and the difference is written under the same sequence. The text
is one for both, so an increment says what a full derivation says.

A rule's header says `reads` (types and concept labels, without status), `writes` (the one type it makes) and, where
rows speak for members, `composes` (`start` or `end`: which end of the relationship is the whole) and, where not all
members count, `members` (the statement that lists those that do). Its columns, by name:

    start, end                          ids of the two nodes
    validFrom, validFromPrecision       latest start on the path
    validTo, validToPrecision           earliest end on the path, null where open; an empty interval is dropped
    sources, absences                   optional lists
    key                                 optional; parts several facts of the rule between the same ends
    member                              optional; the row says "this member counts during the interval", and the
                                        relationships are slices with `share`, `shareBasis`, `practices` and `extent`
    anything else                       an own property of the relationship

It takes `starts`, ids of the things from which relationships are wanted, or null for all; and where its part `touched`
gives `ends`, `covered`, ids of the bodies that it is to look at, or null for all. The statement that lists members
takes `wholes` likewise.

The text has no date filter and looks at every status, `[:T|T_ENDED|T_PLANNED]`. The relationship's `key` is the rule's
code, or `RULE:key`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from neo4j.time import Date

from cypher.change import Change, LinkRecord, NodeRecord, Value, change
from cypher.composition import Derived, compose
from cypher.errors import DerivationError, StatementNotValid
from cypher.held import Run, links_of
from cypher.layout import date_from, validity_from, value_from
from cypher.scope import Scope
from cypher.statement import Statement, load, names, parts
from cypher.validity import Validity

__all__ = ["Members", "derivation", "leftovers", "member_statements", "rules", "touched_by"]

_FOLDERS = ("derive", "coverage")
_NEEDED = ("start", "end", "validFrom", "validFromPrecision", "validTo", "validToPrecision")
_MEMBERS = "derive/members"
_OPTIONAL = ("sources", "absences", "key", "member")
_NOT_ITS_OWN = frozenset((*_NEEDED, *_OPTIONAL))


@cache
def rules() -> tuple[Statement, ...]:
    """Return the rules, each after those whose relationships it reads.

    Raises:
        StatementNotValid: a header lacks what a rule must say, a code is there twice, or rules read each other in a
        ring.
    """
    found = [load(name, part) for folder in _FOLDERS for name in names(folder) for part in parts(name)]
    waiting = {str(one.rule): one for one in found if one.rule is not None and one.part in (None, "derive")}
    for one in found:
        if one.rule is not None and one.part in (None, "derive"):
            _check(one, waiting)
    ordered: list[Statement] = []
    while waiting:
        made = {type_ for one in waiting.values() for type_ in one.writes}
        free = [code for code, one in waiting.items() if not made & set(one.reads)]
        if not free:
            raise StatementNotValid(f"the rules {', '.join(sorted(waiting))} read each other in a ring")
        ordered.extend(waiting.pop(code) for code in sorted(free))
    return tuple(ordered)


def _check(rule: Statement, by_code: Mapping[str, Statement]) -> None:
    where = f"cypher/{rule.name}.cypher"
    columns = [column.name for column in rule.gives]
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking:
        raise StatementNotValid(f"{where}: a rule must give {', '.join(lacking)}")
    if len(rule.writes) != 1 or not rule.reads:
        raise StatementNotValid(f"{where}: a rule must say what it reads and the one type that it writes")
    if rule.composes not in (None, "start", "end"):
        raise StatementNotValid(f"{where}: composes must be start or end, not {rule.composes!r}")
    takes = {column.name for column in rule.takes}
    if not takes <= {"starts", "covered"}:
        raise StatementNotValid(f"{where}: a rule takes starts and covered, not {', '.join(sorted(takes))}")
    if by_code[str(rule.rule)] is not rule:
        raise StatementNotValid(f"{where}: rule {rule.rule} is there twice")


def touched_by(changes: Iterable[Change]) -> set[str]:
    """Return what changes touch, in the words of a rule's `reads`: relationship types and concept labels."""
    return {
        record.concept if isinstance(record, NodeRecord) else record.type for record in (one.record for one in changes)
    }


def member_statements() -> list[str]:
    """Return the names of the statements that list who belongs to what the rules compose."""
    return sorted({rule.members or _MEMBERS for rule in rules() if rule.composes})


class Members:
    """Who was a member of which whole and when, asked once for all rules of a write; no rule changes it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._known: dict[str, dict[str, dict[str, list[Validity]]]] = {}
        self._whole: set[str] = set()

    def of(self, statement: str, wholes: set[str] | None) -> Mapping[str, Mapping[str, Sequence[Validity]]]:
        """Return the members of these wholes, None of all, as a statement lists them."""
        known = self._known.setdefault(statement, {})
        lacking = None if wholes is None else sorted(wholes - known.keys())
        if lacking == [] or statement in self._whole:
            return known
        known.update({whole: {} for whole in lacking or ()})
        if lacking is None:
            self._whole.add(statement)
            known.clear()
        columns = [column.name for column in load(statement).gives]
        run = self._run if lacking is None else self._run.at_once
        for record in run(statement, wholes=lacking):
            row = dict(zip(columns, record, strict=True))
            known.setdefault(row["whole"], {}).setdefault(row["member"], []).append(validity_from(row))
        return known


def derivation(run: Run, rule: Statement, members: Members, scope: Scope | None = None) -> list[Change]:
    """Return the changes that take what is held of a rule to what it says now: of everything, or of a scope."""
    rows = list(_rows(run, rule)) if scope is None else list(_rows_in(run, rule, scope))
    type_ = rule.writes[0]
    parameters = {"types": [type_, f"{type_}_ENDED", f"{type_}_PLANNED"], "rule": rule.rule}
    if scope is None:
        made = run("write/rule_links", **parameters)
    else:
        made = run.at_once("write/rule_links_at", **parameters, starts=sorted(scope.starts), ends=sorted(scope.ends))
    wholes = {row.start if rule.composes == "start" else row.end for row in rows if row.member}
    belonging = members.of(rule.members or _MEMBERS, None if scope is None else wholes) if wholes else {}
    said = {record.identity: record for record in compose(str(rule.rule), type_, rows, rule.composes, belonging)}
    held: dict[Any, LinkRecord] = {record.identity: record for record in links_of(made)}
    pairs = ((held.get(identity), said.get(identity)) for identity in sorted({*held, *said}))
    return [one for one in (change(before, after) for before, after in pairs) if one is not None]


def leftovers(run: Run) -> list[Change]:
    """Return the withdrawals of what was made by rules that are no longer there."""
    made = links_of(run("write/leftover_links", rules=[rule.rule for rule in rules()]))
    ordered = sorted(made, key=lambda record: record.identity)
    return [one for one in (change(record, None) for record in ordered) if one is not None]


def _rows_in(run: Run, rule: Statement, scope: Scope) -> Iterator[Derived]:
    if scope.starts:
        yield from _rows(run, rule, starts=sorted(scope.starts))
    if scope.ends:
        # A network that is none of the ends may come along with a member of it, without its other members.
        rows = _rows(run, rule, covered=sorted(scope.covered))
        yield from (row for row in rows if row.end in scope.ends and row.start not in scope.starts)


def _rows(run: Run, rule: Statement, **wanted: list[str]) -> Iterator[Derived]:
    parameters = {column.name: wanted.get(column.name) for column in rule.takes}
    records = run.at_once(rule, **parameters) if wanted else run(rule, **parameters)
    places = {column.name: place for place, column in enumerate(rule.gives)}
    rows = (_row(rule, places, record) for record in records)
    return (row for row in rows if row is not None)


def _row(rule: Statement, places: Mapping[str, int], record: Sequence[Any]) -> Derived | None:
    if len(record) != len(places):
        raise DerivationError(f"{rule.rule} gives {len(record)} columns, its header says {len(places)}")
    start, end, begins, precision, ends, end_precision = (record[places[name]] for name in _NEEDED)
    if not isinstance(start, str) or not isinstance(end, str) or not isinstance(begins, Date | date):
        raise DerivationError(f"{rule.rule}: a row without ends or without validFrom: {start} to {end} from {begins}")
    first, last = date_from(begins), None if ends is None else date_from(ends)
    if last is not None and last <= first:
        return None
    sources, absences, key, member = (record[places[name]] if name in places else None for name in _OPTIONAL)
    values: dict[str, Value] = {
        name: value_from(value)
        for name, value in zip(places, record, strict=True)
        if name not in _NOT_ITS_OWN and value is not None and value != []
    }
    return Derived(
        start=start,
        end=end,
        key=key or "",
        validity=Validity(first, precision, last, None if last is None else end_precision),
        sources=tuple(sources or ()),
        absences=tuple(absences or ()),
        values=values,
        member=member,
    )
