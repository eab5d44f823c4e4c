"""`Order`: what a mutation asks for, its input checked as far as that can be done without the graph."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, NoReturn, cast

import orjson

from cypher.validity import Precision, Validity
from resolvers.errors import Location, WriteRefused

__all__ = ["Order", "order_of"]

_APART = ("dryRun", "idempotencyKey", "ifSequence")
"""What says how to write, not what: two requests that differ in these alone ask for the same."""
_KEY = re.compile(r"[!-~]{8,200}")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LONGEST = {"quote": 4000, "note": 4000, "reason": 4000, "serves": 4000, "limits": 4000, "url": 2000, "website": 2000}
_LONGEST_ELSE = 200
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Order:
    """One root field of a mutation: its name, its input, who asks, and where in the document it stands.

    `given` holds what was sent and is not null, with enums as the graph writes them.
    """

    operation: str
    given: Mapping[str, Any]
    by: str
    today: date
    key: str
    location: Location

    @property
    def is_rehearsal(self) -> bool:
        """Whether it is a dry run."""
        return bool(self.given.get("dryRun"))

    @property
    def idempotency_key(self) -> str:
        """The key under which it is done once."""
        return str(self.given["idempotencyKey"])

    @property
    def if_sequence(self) -> int | None:
        """The sequence at which the graph must stand, where one was sent."""
        return cast("int | None", self.given.get("ifSequence"))

    @property
    def digest(self) -> str:
        """One number for what is asked for."""
        what = {name: value for name, value in self.given.items() if name not in _APART}
        return hashlib.sha256(orjson.dumps([self.operation, what], option=orjson.OPT_SORT_KEYS)).hexdigest()

    def text(self, name: str) -> str | None:
        """Return a text of the input, None where none was sent."""
        return cast("str | None", self.given.get(name))

    def validity(self) -> Validity:
        """Return the interval that `from` and `to` name.

        Raises:
            WriteRefused: END_BEFORE_START.
        """
        start, end = self.given["from"], self.given.get("to")
        if end is not None and end <= start:
            self.refuse(
                "END_BEFORE_START",
                f"it ends on {end}, which is not after {start}, when it begins. `to` is the first day on which it no"
                " longer holds.",
                argument="to",
                sent=str(end),
                allowed=f"after {start}",
            )
        return Validity(
            start,
            cast("Precision", self.given.get("fromPrecision", "DAY")),
            end,
            None if end is None else cast("Precision", self.given.get("toPrecision", "DAY")),
        )

    def refuse(self, code: str, message: str, **details: object) -> NoReturn:
        """Raise what tells the client why this cannot be written."""
        raise WriteRefused(f"{self.key}: {message}", code, path=[self.key], locations=[self.location], details=details)


def order_of(operation: str, given: Mapping[str, Any], by: str, today: date, key: str, location: Location) -> Order:
    """Return the order that an input makes.

    Raises:
        WriteRefused: a text, a date or an address in it is not of the form that it must have.
    """
    order = Order(operation, _plain(given), by, today, key, location)
    _check(order, order.given, "input")
    if not _KEY.fullmatch(order.idempotency_key):
        order.refuse(
            "MALFORMED_IDEMPOTENCY_KEY",
            "`idempotencyKey` must be 8 to 200 printable ASCII characters without spaces, made anew for each thing that"
            " is to be written, such as a UUID.",
            argument="input.idempotencyKey",
            sent=order.idempotency_key[:200],
        )
    evidence = order.given["evidence"]
    if "url" not in evidence and "documentTitle" not in evidence:
        order.refuse(
            "EVIDENCE_NEEDED",
            "the evidence has neither `url` nor `documentTitle`; send where it is, or what it is called.",
            argument="input.evidence",
            allowed=["url", "documentTitle"],
        )
    if evidence["date"] > today:
        order.refuse(
            "EVIDENCE_OF_THE_FUTURE",
            f"the evidence is of {evidence['date']}, which is after today.",
            argument="input.evidence.date",
            sent=str(evidence["date"]),
            allowed=f"at most {today}",
        )
    return order


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an input without what is null or blank, so that null and left out are the same."""
    plain: dict[str, Any] = {}
    for name, value in given.items():
        one = value
        if isinstance(value, Mapping):
            one = _plain(value)
        elif isinstance(value, Enum):
            one = value.value
        elif isinstance(value, str):
            one = value.strip() or None
        if one is not None:
            plain[name] = one
    return plain


def _check(order: Order, given: Mapping[str, Any], path: str) -> None:
    for name, value in given.items():
        here = f"{path}.{name}"
        if isinstance(value, Mapping):
            _check(order, value, here)
        elif isinstance(value, date) and not _FIRST_DAY <= value < _LAST_DAY:
            allowed = f"{_FIRST_DAY} to {_LAST_DAY}"
            order.refuse(
                "DATE_OUT_OF_RANGE",
                f"{here} is {value}; dates are from {allowed}.",
                argument=here,
                sent=str(value),
                allowed=allowed,
            )
        elif isinstance(value, str):
            _check_text(order, name, value, here)


def _check_text(order: Order, name: str, value: str, here: str) -> None:
    most = _LONGEST.get(name, _LONGEST_ELSE)
    if len(value) > most:
        order.refuse(
            "TEXT_TOO_LONG",
            f"{here} has {len(value)} characters; at most {most} are allowed.",
            argument=here,
            sent=len(value),
            allowed=most,
        )
    if _UNPRINTABLE.search(value):
        order.refuse("MALFORMED_TEXT", f"{here} holds control characters; send text.", argument=here)
    if name in {"url", "website"} and not _ADDRESS.fullmatch(value):
        order.refuse(
            "MALFORMED_ADDRESS",
            f"{here} is {value[:100]!r}; it must be an address that begins with http:// or https://.",
            argument=here,
            sent=value[:200],
            allowed="https://…",
        )
