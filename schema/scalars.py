"""The scalars that GraphQL does not bring: `Date` and `DateTime`, as ISO 8601 text."""

import re
from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

__all__ = ["SCALARS", "Date", "DateTime"]

Date = NewType("Date", date)
DateTime = NewType("DateTime", str)


class MalformedDate(ValueError):
    """A text that is not a date; the GraphQL library reports it with the place in the document, and our code for it."""

    def __init__(self, sent: str) -> None:
        super().__init__(f"{sent} is not a date of the calendar; send year, month and day as in 2026-04-01.")
        self.extensions = {"code": "MALFORMED_DATE", "sent": sent, "allowed": "YYYY-MM-DD"}


def _parsed_date(sent: object) -> date:
    try:
        if isinstance(sent, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", sent, re.ASCII):
            return date.fromisoformat(sent)
    except ValueError:
        pass
    raise MalformedDate(repr(sent)[:60])


class MalformedInstant(ValueError):
    """A text that is no instant; reported as a `MalformedDate` is."""

    def __init__(self, sent: str) -> None:
        super().__init__(f"{sent} is no instant; send date, time and offset as in 2026-11-24T22:11:17Z.")
        self.extensions = {"code": "MALFORMED_INSTANT", "sent": sent, "allowed": "YYYY-MM-DDThh:mm:ssZ"}


_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:]{5,8}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def _parsed_instant(sent: object) -> datetime:
    try:
        if isinstance(sent, str) and _INSTANT.fullmatch(sent):
            return datetime.fromisoformat(sent).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise MalformedInstant(repr(sent)[:60])


SCALARS: dict[object, ScalarDefinition] = {
    Date: strawberry.scalar(
        name="Date",
        description="A day of the calendar in England, as in 2026-04-01.",
        serialize=str,
        parse_value=_parsed_date,
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="An instant in ISO 8601, as in 2026-11-24T22:11:17Z.",
        serialize=str,
        parse_value=_parsed_instant,
    ),
}
