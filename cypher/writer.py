"""The one hand that writes: changes in, a change set with the next number out, or nothing at all.

A write is one transaction. It first sets something on the one `(:Graph)` node, which is the lock; whoever comes second
waits there, and reads what the first one wrote. Then it looks at what is held, decides, lays the changes, brings
derived facts up to date, and takes the next number. Where there is nothing to change it rolls back, and no number is
taken. The driver runs the transaction again after a transient error or a lost connection; as everything is decided
inside, a second run of what was committed after all finds nothing to do.

It is the synchronous driver, although the rest is async: writes wait for each other at the lock, so there is nothing to
overlap, and loading is a command that does nothing else meanwhile. A server calls it in a thread.
"""

import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal, TypeVar

from neo4j import Driver, ManagedTransaction, NotificationDisabledClassification, Session
from neo4j.exceptions import ConstraintError

from cypher.change import Change, LinkRecord, NodeRecord
from cypher.change_set import ChangeSet, number
from cypher.deed import Deed
from cypher.derive import Members, derivation, leftovers, rules, touched_by
from cypher.errors import CodeTaken, GraphNotPrepared, IntegrityViolated
from cypher.hash import content_hash
from cypher.head import Head, read_head
from cypher.held import Held, read_all, read_around
from cypher.integrity import violations
from cypher.laying import drop_states, lay, lay_nodes
from cypher.layout import node_from, validity_from
from cypher.lives import check_lives, clippings
from cypher.reference import Reference, describe
from cypher.runner import Runner
from cypher.scope import scope, started_at, touched_things
from cypher.statement import load, names, parts
from cypher.validity import Validity
from cypher.warming import statements_of_nothing, warm

__all__ = ["ChangeSet", "Head", "Reference", "Writer"]

T = TypeVar("T")

Deriving = Literal["TOUCHED", "ALL", "LATER"]
"""Which rules run with a write: those that it touched, all of them, or none until the next write."""

Decide = Callable[[Held, int], Sequence[Change]]
"""Gives the changes to make, from what is held and the sequence as of which it is."""


class _Nothing(Exception):
    """There is nothing to write."""


class _AnotherDay(Exception):
    """Labels and types are not those of today; they are moved first."""


class Writer:
    """Applies changes to a graph, as of a day: `today` decides what is in force, ended or planned."""

    def __init__(self, driver: Driver, today: date, *, database: str | None = None) -> None:
        self._driver = driver
        self._database = database
        self._name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.today = today

    def prepare(self) -> None:
        """Create constraints, indexes and the Graph node where they are not there yet."""
        with self._session() as session:
            for name in names("constraints"):
                for part in parts(name):
                    session.run(load(name, part).text).consume()
            session.run("CALL db.awaitIndexes(60)").consume()
            session.execute_write(lambda tx: Runner(tx)("write/prepare_graph", epoch=uuid.uuid4().hex))

    def head(self) -> Head:
        """Return where the graph stands.

        Raises:
            GraphNotPrepared: the database was never prepared.
        """
        return self._read(read_head)

    def held(self) -> tuple[Held, Head]:
        """Return everything that is held, as of one moment."""
        return self._read(lambda run: (read_all(run), read_head(run)))

    def content_hash(self) -> str:
        """Return the content hash of the facts held now."""
        return content_hash(self.held()[0])

    def check(self) -> None:
        """Raise IntegrityViolated if the graph breaks what must always hold."""
        found = self._read(violations)
        if found:
            raise IntegrityViolated(found)

    def apply(
        self,
        changes: Sequence[Change] | Decide,
        *,
        source: str,
        references: Sequence[Reference] = (),
        derive: Deriving = "TOUCHED",
        check: bool = False,
        held: Held | None = None,
    ) -> ChangeSet | None:
        """Write changes as one change set and return it, or None where there was nothing to change.

        `changes` may be a function that decides inside the transaction, from `held`, which it must vouch for by the
        sequence that it is given too. `derive` may put the rules off to the next write: for the first load, whose
        change sets are each a part of one picture. `check` runs the integrity checks before the commit.

        Raises:
            CodeTaken: two things in force would bear one code.
            StaleChange: a change starts from something that is not held.
            OutsideLife: a relationship would reach beyond the life of one of its ends.
            DerivationError: a rule contradicts itself.
            IntegrityViolated: the graph would not be sound.
        """

        def work(tx: ManagedTransaction) -> ChangeSet:
            run = Runner(tx)
            head = self._lock(run)
            if not head.spans(self.today):
                raise _AnotherDay
            said = list(changes(held or Held(), head.sequence) if callable(changes) else changes)
            before = held if held is not None and callable(changes) else read_around(run, said)
            return self._write(run, head, before, said, source, references, derive=derive, check=check)

        return self._attempt(work)

    def do(self, deed: Deed) -> None:
        """Write what a deed decides on, as one change set, and let it look; a rehearsal is rolled back.

        Raises:
            WriteError: it cannot be written; nothing of it was.
        """

        def work(tx: ManagedTransaction) -> ChangeSet:
            run = Runner(tx)
            head = self._lock(run)
            if not head.spans(self.today):
                raise _AnotherDay
            said = deed.decide(run, head.sequence)
            if said is None:
                deed.look(run, run.ask, None)
                raise _Nothing
            before, changes = read_around(run, said.changes), list(said.changes)
            made = self._write(
                run,
                head,
                before,
                changes,
                said.source,
                said.references,
                derive="TOUCHED",
                check=False,
                marks=said.marks,
            )
            deed.look(run, run.ask, made.sequence)
            if deed.is_rehearsal:
                raise _Nothing
            return made

        self._attempt(work)

    def _attempt(self, work: Callable[[ManagedTransaction], ChangeSet]) -> ChangeSet | None:
        while True:
            try:
                with self._session() as session:
                    return session.execute_write(work)
            except _Nothing:
                return None
            except _AnotherDay:
                self.advance()
            except ConstraintError as error:
                raise CodeTaken(str(error.message)) from error

    def advance(self) -> ChangeSet | None:
        """Move the labels, states and types whose day has come, as a change set of its own kind."""

        def work(tx: ManagedTransaction) -> ChangeSet:
            run = Runner(tx)
            head = self._lock(run)
            if head.spans(self.today):
                raise _Nothing
            due = [row[0] for row in run("write/due_nodes", today=self.today)]
            nodes = [node_from(*row) for row in run("write/held_nodes", ids=due)]
            drop_states(run, due)
            lay_nodes(run, nodes, self.today)
            moved = len(nodes) + int(run("write/move_links", today=self.today)[0][0])
            span = self._span(run)
            return self._number(run, head, span, None, [], kind="CALENDAR", moved=moved)

        try:
            with self._session() as session:
                return session.execute_write(work)
        except _Nothing:
            return None

    def warming(self) -> Iterator[Callable[[], None]]:
        """Yield steps that each have the database plan one statement of a write; nothing is written."""

        def step(text: str, parameters: Mapping[str, Any]) -> None:
            with self._session() as session, session.begin_transaction() as tx:
                warm(Runner(tx).ask, text, parameters)
                tx.rollback()

        return (partial(step, *one) for one in statements_of_nothing())

    def set_tables_digest(self, digest_: str) -> None:
        """Remember of which tables the graph was loaded; no fact, so no number."""
        with self._session() as session:
            session.execute_write(lambda tx: Runner(tx)("write/set_digest", digest=digest_))

    def set_years_of_evidence(self, years: int) -> ChangeSet | None:
        """Say for how many years evidence speaks, and derive anew what follows; None where that was so already.

        It takes a number even where no coverage comes or goes, as what the rules explain is then another.
        """

        def work(tx: ManagedTransaction) -> ChangeSet:
            run = Runner(tx)
            head = self._lock(run)
            if not head.spans(self.today):
                raise _AnotherDay
            if not run("write/set_years", years=years):
                raise _Nothing
            return self._write(run, head, Held(), [], "settings", (), derive="ALL", check=False, always=True)

        return self._attempt(work)

    def _write(
        self,
        run: Runner,
        head: Head,
        held: Held,
        said: list[Change],
        source: str,
        references: Sequence[Reference],
        *,
        derive: Deriving,
        check: bool,
        marks: Mapping[str, Any] | None = None,
        always: bool = False,
    ) -> ChangeSet:
        held.check(said)
        codes = {str(rule.rule) for rule in rules()}
        changes = [*said, *clippings(said, held, left_to_rules=lambda link: derive != "LATER" and link.rule in codes)]
        lives = _lives(run, changes, held)
        check_lives(changes, lives.get)
        sequence = head.sequence + 1
        lay(run, changes, held, sequence, self.today)
        if derive == "ALL":
            forgotten = leftovers(run)
            lay(run, forgotten, Held(), sequence, self.today)
            changes.extend(forgotten)
        if derive != "LATER":
            in_full = {word for rule in rules() for word in rule.reads} if derive == "ALL" else set(head.pending)
            changes.extend(self._derived(run, held, tuple(changes), in_full, sequence))
        described = describe(run, references)
        made: ChangeSet | None = None
        if changes or described or always:
            pending = sorted(touched_by(changes) | set(head.pending)) if derive == "LATER" else []
            span = self._span_after(run, head, changes)
            made = self._number(run, head, span, source, changes, pending=pending, marks=marks)
        violated = violations(run) if check else {}
        if violated:
            raise IntegrityViolated(violated)
        if made is None:
            raise _Nothing
        return made

    def _derived(
        self, run: Runner, held: Held, changes: Sequence[Change], in_full: set[str], sequence: int
    ) -> list[Change]:
        """Run the rules that read what changed, for what the change can have touched, or for everything.

        `in_full` are words of which it is not known what of them changed.
        """
        words = sorted({word for rule in rules() for word in rule.reads})
        result: list[Change] = []
        laid = 0
        members = Members(run)
        for rule in rules():
            if touched_by(result[laid:]).intersection(rule.reads):
                laid = self._lay_derived(run, result, laid, sequence)
            touched = touched_things((*changes, *result))
            starts = started_at(rule, changes, held)
            if in_full.intersection(rule.reads):
                narrowed = None
            elif starts or touched.keys() & set(rule.reads):
                narrowed = scope(run, rule, touched, words, starts)
            else:
                continue
            result.extend(derivation(run, rule, members, narrowed))
        self._lay_derived(run, result, laid, sequence)
        return result

    def _lay_derived(self, run: Runner, derived: list[Change], laid: int, sequence: int) -> int:
        """Lay what rules derived and is not laid yet; return how much is then."""
        check_lives(derived[laid:], _lives(run, derived[laid:], Held()).get)
        lay(run, derived[laid:], Held(), sequence, self.today)
        return len(derived)

    def _lock(self, run: Runner) -> Head:
        if not run("write/lock", writer=self._name):
            raise GraphNotPrepared("the database was never prepared for this graph; run `icsgraph seed load` or `up`")
        return read_head(run)

    def _span(self, run: Runner) -> tuple[date | None, date | None]:
        since, until = run("write/boundaries", today=self.today)[0]
        return (None if since is None else since.to_native(), None if until is None else until.to_native())

    def _span_after(self, run: Runner, head: Head, changes: Sequence[Change]) -> tuple[date | None, date | None]:
        """Return the days between which nothing starts or ends; all facts are asked only where one of the two went."""
        gone = {day for one in changes for day in _boundaries(one.before)}
        if gone & {head.since, head.until}:
            return self._span(run)
        days = {day for one in changes for day in _boundaries(one.after)}
        since = max((day for day in (*days, head.since) if day and day <= self.today), default=None)
        until = min((day for day in (*days, head.until) if day and day > self.today), default=None)
        return since, until

    def _number(
        self,
        run: Runner,
        head: Head,
        span: tuple[date | None, date | None],
        source: str | None,
        changes: Sequence[Change],
        *,
        kind: Literal["FACTS", "CALENDAR"] = "FACTS",
        moved: int = 0,
        pending: Sequence[str] | None = None,
        marks: Mapping[str, Any] | None = None,
    ) -> ChangeSet:
        """Take the next number: the change set, chained to the one before it."""
        made = number(
            head.sequence + 1,
            source,
            changes,
            kind=kind,
            moved=moved,
            previous=head.hash,
            after=head.recorded_at,
            marks=marks or {},
        )
        graph = {
            "sequence": made.sequence,
            "hash": made.hash,
            "recordedAt": made.recorded_at,
            "since": span[0],
            "until": span[1],
            "pending": list(head.pending if pending is None else pending) or None,
        }
        run("write/change_set", changeSet=made.properties, graph=graph)
        return made

    def _session(self) -> Session:
        # A graph that is being filled does not know yet every type and property that our statements name.
        unrecognized = [NotificationDisabledClassification.UNRECOGNIZED]
        return self._driver.session(database=self._database, notifications_disabled_classifications=unrecognized)

    def _read(self, work: Callable[[Runner], T]) -> T:
        with self._session() as session:
            return session.execute_read(lambda tx: work(Runner(tx)))


def _boundaries(record: NodeRecord | LinkRecord | None) -> Iterable[date]:
    if isinstance(record, NodeRecord):
        return (day for state in record.states for day in state.validity.boundaries())
    return () if record is None else record.validity.boundaries()


def _lives(run: Runner, changes: Iterable[Change], held: Held) -> dict[str, Validity]:
    """Return the lives, as the changes leave them, of every node that a relationship of theirs joins."""
    lives: dict[str, Validity] = {}
    ends: set[str] = set()
    gone: set[str] = set()
    for one in changes:
        if isinstance(one.after, LinkRecord):
            ends.update((one.after.start, one.after.end))
        elif isinstance(one.after, NodeRecord):
            lives[one.after.id] = one.after.life
        elif isinstance(one.before, NodeRecord):
            gone.add(one.before.id)
    for end in ends - lives.keys() - gone:
        if end in held.nodes:
            lives[end] = held.nodes[end].life
    unknown = sorted(ends - lives.keys() - gone)
    columns = [column.name for column in load("write/lives").gives]
    for row in run.at_once("write/lives", ids=unknown) if unknown else ():
        properties = dict(zip(columns, row, strict=True))
        lives[properties["id"]] = validity_from(properties)
    return lives
