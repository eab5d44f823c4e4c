"""The scalars that GraphQL does not bring: `Date` and `DateTime`, as ISO 8601 text."""

import re
from datetime import date
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


def _unsupported(sent: object) -> str:
    raise TypeError(f"no argument takes a DateTime, {sent!r} was sent")


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
        parse_value=_unsupported,
    ),
}
