"""How each kind of argument is checked and bound: a code, a date, a page.

A value from a client ends here, as a parameter.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from resolvers.concept import ArgumentKind
from resolvers.errors import Location, MalformedArgument
from resolvers.knowledge import TODAY
from resolvers.paging import Window, digest_of
from resolvers.plan import Bound, Circumstances
from resolvers.postcodes import normal_postcode
from resolvers.selection import Argument

__all__ = [
    "BeginningParameter",
    "ChoiceParameter",
    "CodeParameter",
    "CodesParameter",
    "DateParameter",
    "DaysParameter",
    "KnowledgeParameter",
    "LimitParameter",
    "OptionalCodeParameter",
    "WindowParameter",
    "checked_any_code",
    "checked_body_code",
    "global_id",
    "parse_global_id",
]

_ODS_CODE = re.compile(r"[A-Z0-9]{3,10}")
_ONS_CODE = re.compile(r"[EWSNKJ][0-9]{8}")
_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?")
_MOST_DAYS = 36_500
_OUR_CODE = re.compile(r"(?=.{3,200}\Z)[a-z0-9]+(?:-{1,2}[a-z0-9]+)+")  # of a place: no other code has a hyphen
_SHORT_POSTCODE = len("M1 1AA")  # without its space it could be an ODS code; the longer ones end as no such code does
_BODY_CODE = re.compile(r"[A-Z0-9]{3,10}|U")
_ALLOWED = {
    ArgumentKind.BODY_CODE: (_BODY_CODE, "an ODS code of 3 to 10 capital letters and digits, like U41591"),
    ArgumentKind.ODS_CODE: (_ODS_CODE, "an ODS code of 3 to 10 capital letters and digits, like U41591"),
    ArgumentKind.ONS_CODE: (_ONS_CODE, "an ONS code of one capital letter and eight digits, like E54000042"),
    ArgumentKind.SLUG: (
        _SLUG,
        "a code as this service gives it: letters, digits, dots, hyphens and underscores, at most 200",
    ),
}


def global_id(entity_id: str) -> str:
    """Return the global id of the entity with that `id` in the graph: base64 of concept and code, promised stable."""
    return base64.urlsafe_b64encode(entity_id.encode()).decode().rstrip("=")


def parse_global_id(sent: str, key: str, location: Location | None = None, argument: str = "id") -> str:
    """Return concept and code within a global id.

    Raises:
        MalformedArgument: MALFORMED_ID where it is none.
    """
    try:
        decoded = base64.b64decode(sent + "=" * (-len(sent) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        decoded = ""
    if not re.fullmatch(r"[A-Za-z]{2,60}:[A-Za-z0-9._-]{1,200}", decoded):
        raise MalformedArgument(
            f"{sent[:200]!r} is no id of this service; send an `id` exactly as an answer gave it.",
            "MALFORMED_ID",
            path=[key],
            locations=[location] if location else [],
            details={"argument": argument, "sent": sent[:200]},
        )
    return decoded


@dataclass(frozen=True, slots=True)
class DateParameter:
    """`asOf`: the date of a subtree, today in London where it is left out; not sent where the statement needs none."""

    name: str
    argument: Argument | None
    is_sent: bool = True

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        day = given if isinstance(given, date) else circumstances.today
        bound.dates[self.name] = day
        if self.is_sent:
            bound.parameters[self.name] = day


@dataclass(frozen=True, slots=True)
class KnowledgeParameter:
    """`knownAt`: the sequence or the instant whose knowledge a subtree is answered from; with it the day's date."""

    name: str
    argument: Argument | None
    key: str
    location: Location

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        sent = {name: one for name, one in given.items() if one is not None} if isinstance(given, Mapping) else {}
        sequence, instant = sent.get("sequence"), sent.get("instant")
        if len(sent) != 1:
            raise self._mistake("takes exactly one of sequence and instant", "ONE_CODE_NEEDED", "sequence, instant")
        if isinstance(sequence, int) and sequence < 1:
            raise self._mistake(f"was sent the sequence {sequence}; the first is 1", "BEFORE_RECORDS", "1 or more")
        if isinstance(instant, datetime) and instant > datetime.now(UTC):
            what = f"was sent the instant {instant.isoformat()}, which is still to come"
            raise self._mistake(what, "NOT_YET_RECORDED", "an instant in the past")
        bound.parameters[self.name] = {"sequence": sequence, "instant": instant}
        bound.parameters[TODAY] = circumstances.today

    def _mistake(self, what: str, code: str, allowed: str) -> MalformedArgument:
        return MalformedArgument(
            f"{self.key}(knownAt:) {what}.",
            code,
            locations=[self.location],
            details={"argument": "knownAt", "allowed": allowed},
        )


@dataclass(frozen=True, slots=True)
class CodeParameter:
    """A code that leads to one entity; several arguments may be allowed, of which exactly one is sent."""

    name: str
    concept: str
    key: str
    allowed: tuple[tuple[str, ArgumentKind], ...]
    arguments: tuple[Argument, ...]
    location: Location
    is_entity: bool = True

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        sent = [
            (name, kind, argument.bound(variables))
            for name, kind in self.allowed
            for argument in self.arguments
            if argument.name == name and argument.bound(variables) is not None
        ]
        names = [name for name, _ in self.allowed]
        if len(sent) != 1:
            raise MalformedArgument(
                f"{self.key} takes exactly one of {', '.join(names)}; {len(sent) or 'none'} of them was sent.",
                "ONE_CODE_NEEDED",
                locations=[self.location],
                details={"allowed": names},
            )
        name, kind, value = sent[0]
        text = str(value)
        bound.codes[self.name] = text
        bound.parameters[self.name] = self._keys(name, kind, text)

    def _keys(self, name: str, kind: ArgumentKind, text: str) -> str | list[str]:
        if kind is ArgumentKind.GLOBAL_ID:
            return parse_global_id(text, self.key, self.location)
        if kind is ArgumentKind.SEQUENCE:
            return text.zfill(12)
        if kind is ArgumentKind.ANY_CODE:
            return checked_any_code(text, self.key, name, self.location)
        if kind is ArgumentKind.BODY_CODE:
            return checked_body_code(text, self.key, name, self.location)
        pattern, allowed = _ALLOWED[kind]
        if not pattern.fullmatch(text):
            raise _malformed(self.key, name, text, allowed, self.location)
        if kind is ArgumentKind.ONS_CODE:
            return f"ONS:{text}"
        return f"{self.concept}:{text}" if self.is_entity else text


def checked_any_code(text: str, key: str, name: str, location: Location) -> str:
    """Return an ODS or an ONS code, or one of ours that can't be mistaken for those.

    Raises:
        MalformedArgument: POSTCODE_IS_NO_CODE where it is a postcode, else MALFORMED_CODE where it is neither.
    """
    if (postcode := normal_postcode(text)) and (len(postcode) > _SHORT_POSTCODE or postcode == text):
        raise MalformedArgument(
            f"{key}({name}:) was sent the postcode {postcode}, and a postcode is no organisation: whom its people are"
            f' registered with does not follow from it. Ask postcode(code: "{postcode}") for the authorities, systems'
            " and candidate networks there, and for what covers each of these by `coveredBy`.",
            "POSTCODE_IS_NO_CODE",
            locations=[location],
            details={"argument": name, "sent": text[:200], "allowed": "an ODS or an ONS code"},
        )
    if _ODS_CODE.fullmatch(text) or _ONS_CODE.fullmatch(text) or _OUR_CODE.fullmatch(text):
        return text
    allowed = (
        f"{_ALLOWED[ArgumentKind.ODS_CODE][1]}, or {_ALLOWED[ArgumentKind.ONS_CODE][1]}, or a code of ours with"
        " hyphens, like that of a place"
    )
    raise _malformed(key, name, text, allowed, location)


def checked_body_code(text: str, key: str, name: str, location: Location) -> str:
    """Return an ODS code, or a code that stands on a list for no body.

    Raises:
        MalformedArgument: MALFORMED_CODE where it is neither.
    """
    pattern, allowed = _ALLOWED[ArgumentKind.BODY_CODE]
    if not pattern.fullmatch(text):
        raise _malformed(key, name, text, allowed, location)
    return text


def _malformed(key: str, name: str, text: str, allowed: str, location: Location) -> MalformedArgument:
    hint = " Codes are written in capitals." if text != text.upper() and "capital" in allowed else ""
    return MalformedArgument(
        f"{key}({name}:) was sent {text[:100]!r}, which is not {allowed}.{hint}",
        "MALFORMED_CODE",
        locations=[location],
        details={"argument": name, "sent": text[:200], "allowed": allowed},
    )


@dataclass(frozen=True, slots=True)
class ChoiceParameter:
    """One of a closed set or several, as the schema's enum holds their values; null where it is left out."""

    name: str
    argument: Argument | None

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        if isinstance(given, list):
            bound.parameters[self.name] = [one.value if isinstance(one, Enum) else one for one in given]
        else:
            bound.parameters[self.name] = given.value if isinstance(given, Enum) else given


@dataclass(frozen=True, slots=True)
class BeginningParameter:
    """`from`: the first of two dates; the second is the clock of the subtree, and is bound before."""

    name: str
    clock: str
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        end = bound.dates[self.clock]
        if not isinstance(given, date) or given > end:
            raise MalformedArgument(
                f"{self.key} was sent from: {given} and to: {end}; the first date must not be after the second.",
                "DATES_REVERSED",
                locations=[self.location],
                details={"argument": "from", "sent": str(given), "allowed": f"at most {end}"},
            )
        bound.parameters[self.name] = given


@dataclass(frozen=True, slots=True)
class CodesParameter:
    """A list of codes of any kind; what is no code is no mistake here, but finds nothing."""

    name: str
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        codes = given if isinstance(given, list) else [given]
        most = circumstances.pages.maximum
        if len(codes) > most:
            raise MalformedArgument(
                f"{self.key} was sent {len(codes)} codes; at most {most} are allowed. Send them in parts.",
                "TOO_MANY_CODES",
                locations=[self.location],
                details={"argument": "codes", "sent": len(codes), "allowed": most},
            )
        bound.parameters[self.name] = [str(one)[:200] for one in codes]


@dataclass(frozen=True, slots=True)
class DaysParameter:
    """A number of days; null where it is left out."""

    name: str
    argument_name: str
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        if given is not None and (not isinstance(given, int) or not 1 <= given <= _MOST_DAYS):
            raise MalformedArgument(
                f"{self.key}({self.argument_name}:) was sent {given}; it is a number of days from 1 to {_MOST_DAYS}.",
                "DAYS_OUT_OF_RANGE",
                locations=[self.location],
                details={"argument": self.argument_name, "sent": given, "allowed": f"1 to {_MOST_DAYS}"},
            )
        bound.parameters[self.name] = given


@dataclass(frozen=True, slots=True)
class OptionalCodeParameter:
    """An ODS or ONS code; null where it is left out."""

    name: str
    argument_name: str
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        if given is not None:
            given = checked_any_code(str(given), self.key, self.argument_name, self.location)
        bound.parameters[self.name] = given


@dataclass(frozen=True, slots=True)
class LimitParameter:
    """`first` of a plain list: how many rows at most."""

    name: str
    key: str
    argument: Argument | None
    location: Location

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        bound.parameters[self.name] = _checked_size(given, "first", self.key, self.location, circumstances)


@dataclass(frozen=True, slots=True)
class WindowParameter:
    """`first`, `after`, `last` and `before` of a connection, in this order.

    `<name>Limit` is how many rows are read: one more than the page where it is told whether more follow. `<name>Key`
    is where a page begins that goes on `from_cursor`. What a cursor is bound to is looked at only where one is sent or
    `gives_cursors`.
    """

    name: str
    key: str
    connection: str
    clock: str
    arguments: tuple[Argument | None, ...]
    is_backward: bool
    from_cursor: bool
    tells_more: bool
    gives_cursors: bool
    location: Location
    query: tuple[Argument | None, ...] = ()

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        first, after, last, before = (one.bound(variables) if one else None for one in self.arguments)
        if (first is not None or after is not None) and (last is not None or before is not None):
            raise MalformedArgument(
                f"{self.key} was sent both first/after and last/before; page forward with first and after,"
                " or backward with last and before.",
                "TWO_DIRECTIONS",
                locations=[self.location],
            )
        name = "last" if self.is_backward else "first"
        size = _checked_size(last if self.is_backward else first, name, self.key, self.location, circumstances)
        of = ""
        if self.from_cursor or self.gives_cursors:
            of = digest_of([one.bound(variables) if one else None for one in self.query])
        if self.from_cursor:
            cursor = str(before if self.is_backward else after)
            opened = circumstances.cursors.open(cursor, self.connection, bound.dates[self.clock], of)
            bound.parameters[f"{self.name}Key"] = opened
        bound.parameters[f"{self.name}Limit"] = size + self.tells_more
        bound.windows[self.name] = Window(size, self.is_backward, self.from_cursor, of)


def _checked_size(given: object, name: str, key: str, location: Location, circumstances: Circumstances) -> int:
    pages = circumstances.pages
    if given is None:
        return pages.default
    if not isinstance(given, int) or not 0 <= given <= pages.maximum:
        raise MalformedArgument(
            f"{key}({name}:) was sent {given}; a page has 0 to {pages.maximum} rows."
            " Ask for fewer and page on with a cursor.",
            "PAGE_SIZE_OUT_OF_RANGE",
            locations=[location],
            details={"argument": name, "sent": given, "allowed": f"0 to {pages.maximum}"},
        )
    return given
