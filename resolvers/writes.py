"""A mutation becomes changes for the same writer that seeding uses, and its result is read where it was written.

Each root field is a deed of its own: one transaction, one change set, one after the other. What its result selects is
read by one statement within that transaction, by the same compiler as any query, so a dry run shows exactly what the
real one would. A field that is refused is null and has an error; what stands before it was written, and what stands
after it is still tried, as the GraphQL specification has it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from cypher.deed import Ask, Deed, Said
from cypher.errors import IcsgraphError
from cypher.held import Run
from resolvers.amending import end_agreement, withdraw
from resolvers.assumptions import Question
from resolvers.compiler import compile  # noqa: A004  # `compiler.compile` is the name to know
from resolvers.concept import Catalogue
from resolvers.covered import gained_and_lost
from resolvers.errors import KeyNeeded, PlanError, RequestError, ScopeMissing, WriteRefused
from resolvers.order import Order, order_of
from resolvers.plan import Circumstances
from resolvers.recording import Recorded, record_agreement, record_eligibility, record_knowledge_service
from resolvers.selection import Argument, Operation, Selection

__all__ = ["SCOPES", "Caller", "RecordedDeed", "Result", "Writing", "allowed", "written"]

_LOG = logging.getLogger("icsgraph")
_OUTCOME = "$written"  # among the variables: a name that no document can declare
COVERAGE_WRITE = "coverage:write"
SCOPES = (COVERAGE_WRITE,)
"""Recorded a key may be for."""

_MAKING: Mapping[str, Callable[[Order, Run], Recorded]] = {
    "recordAgreement": record_agreement,
    "endAgreement": end_agreement,
    "recordEligibility": record_eligibility,
    "recordKnowledgeService": record_knowledge_service,
    "withdraw": withdraw,
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name of their key, and what it may do."""

    name: str
    scopes: frozenset[str]


class Writing(Protocol):
    """Does deeds in the graph, each in a transaction of its own, without holding up the event loop."""

    async def do(self, deed: Deed) -> None:
        """Do a deed; it is decided on, and looked at, in another thread.

        Raises:
            IcsgraphError: it cannot be done; nothing of it was written.
        """
        ...

    async def warm(self) -> None:
        """Have the database plan what a write runs, while nobody waits for it; nothing is written.

        Raises:
            IcsgraphError: the database does not answer.
        """
        ...


@dataclass(slots=True)
class Result:
    """The data and the errors of a mutation's answer; `sequence` is where its last write left the graph."""

    data: dict[str, Any]
    errors: list[dict[str, object]]
    sequence: int | None = None

    def refuse(self, key: str, error: dict[str, object]) -> None:
        """Say of a root field that it was not written."""
        self.data[key] = None
        self.errors.append(error)


class RecordedDeed:
    """One root field of a mutation, as the writer does it; `shown` is what its result selects, once it is done."""

    def __init__(self, order: Order, read: Callable[[Ask, Mapping[str, Any]], dict[str, Any]]) -> None:
        self.shown: dict[str, Any] = {}
        self.sequence: int | None = None
        self._order = order
        self._read = read
        self._before: tuple[int, str] | None = None
        self._what: Recorded | None = None

    @property
    def is_rehearsal(self) -> bool:
        """Whether it is a dry run."""
        return self._order.is_rehearsal

    def decide(self, run: Run, sequence: int) -> Said | None:
        """Return what to write, or None where the same was written under this idempotency key before."""
        order = self._order
        self._before, self._what = self._done(run), None
        if self._before is not None:
            return None
        if order.if_sequence is not None and order.if_sequence != sequence:
            order.refuse(
                "SEQUENCE_MOVED",
                f"it was to be written only at sequence {order.if_sequence}, and the graph is at {sequence}: read again"
                " what you go by, and send the sequence of that answer.",
                argument="input.ifSequence",
                sent=order.if_sequence,
                allowed=sequence,
            )
        self._what = what = _MAKING[order.operation](order, run)
        marks = {
            "by": order.by,
            "operation": order.operation,
            "idempotencyKey": order.idempotency_key,
            "inputDigest": order.digest,
            "written": what.what,
        }
        return Said(what.changes, what.source.key, (what.source,), marks)

    def look(self, run: Run, ask: Ask, sequence: int | None) -> None:
        """Read what the result selects."""
        is_repeated = self._before is not None
        number, written = self._before or (sequence or 0, self._what.what if self._what else "")
        gained, lost = gained_and_lost(run, number)
        self.sequence = None if self.is_rehearsal and not is_repeated else number
        outcome = {
            "number": number,
            "sequence": self.sequence,
            "isDryRun": self.is_rehearsal,
            "isRepeated": is_repeated,
            "written": written,
            "gained": gained,
            "lost": lost,
        }
        self.shown = self._read(ask, outcome)

    def _done(self, run: Run) -> tuple[int, str] | None:
        """Return under which sequence this was done before, and what it was about."""
        order = self._order
        for sequence, operation, digest, written in run("deeds/repeated", key=order.idempotency_key):
            if digest != order.digest:
                order.refuse(
                    "IDEMPOTENCY_KEY_USED",
                    f"this idempotency key was used for another input ({operation}, sequence {sequence}). Send the same"
                    " input to have its result again, or another key for something else.",
                    argument="input.idempotencyKey",
                    sent=order.idempotency_key,
                    sequence=sequence,
                )
            return int(sequence), str(written)
        return None


def allowed(operation: Operation, caller: Caller | None) -> Caller:
    """Return who writes.

    Raises:
        KeyNeeded: nobody with a key asks.
        ScopeMissing: the key is not for this.
    """
    if caller is None:
        raise KeyNeeded("To write, a key is needed: send it by POST, as `Authorization: Bearer …`. Reading needs none.")
    if COVERAGE_WRITE not in caller.scopes and any(one.field != "__typename" for one in operation.selections):
        raise ScopeMissing(f"The key of {caller.name} may not do this: it needs the scope {COVERAGE_WRITE}.")
    return caller


async def written(
    operation: Operation,
    catalogue: Catalogue,
    variables: Mapping[str, Any],
    circumstances: Circumstances,
    caller: Caller,
    writing: Writing,
) -> Result:
    """Do what the root fields of a mutation ask for, one after the other; return the answer's data and errors.

    Raises:
        IcsgraphError: the database is away, or something of ours is wrong, and nothing was written.
    """
    result = Result({}, [])
    for selection in operation.selections:
        if selection.field == "__typename":
            result.data[selection.key] = operation.root
            continue
        try:
            deed = _deed(selection, catalogue, variables, circumstances, caller)
            await writing.do(deed)
            result.data[selection.key] = deed.shown[selection.key]
            result.sequence = deed.sequence or result.sequence
        except RequestError as error:
            result.refuse(selection.key, error.formatted())
        except IcsgraphError as error:
            if result.sequence is None:
                raise
            # Recorded stands before it is written for good, and its answer must not be lost.
            _LOG.error("%s: %s", type(error).__name__, error, exc_info=error)
            result.refuse(selection.key, _lost(selection.key))
    return result


def _deed(
    selection: Selection,
    catalogue: Catalogue,
    variables: Mapping[str, Any],
    circumstances: Circumstances,
    caller: Caller,
) -> RecordedDeed:
    argument = selection.argument("input")
    given = argument.bound(variables) if argument else None
    if not isinstance(given, Mapping):
        raise PlanError(f"Mutation.{selection.field} has no input.")
    order = order_of(selection.field, given, caller.name, circumstances.today, selection.key, selection.location)
    read = replace(selection, arguments=(Argument("written", variable=_OUTCOME),))

    def not_now(_: Argument | None) -> bool:
        """Have a plan that is right wherever the date lies: where the graph's span will be is not known yet."""
        return False

    def answer(question: Question) -> object:
        return question.answer(variables)

    plan = compile(Operation("mutation", (read,)), catalogue, not_now, answer)

    def shown(ask: Ask, outcome: Mapping[str, Any]) -> dict[str, Any]:
        bound = plan.bind({**variables, _OUTCOME: outcome}, circumstances)
        return plan.write(ask(plan.statement, bound.parameters)[0][0], bound, circumstances.cursors)

    return RecordedDeed(order, shown)


def _lost(key: str) -> dict[str, object]:
    message = (
        f"{key}: something went wrong on our side. What stands before it is written; whether this is, sending it"
        " again with the same idempotency key will tell."
    )
    return WriteRefused(message, "NOT_WRITTEN", path=[key]).formatted()
