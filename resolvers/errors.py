"""What can go wrong between a document and its answer.

IcsgraphError
├── RequestError               the client's mistake: what was sent, what is allowed, what to do
│   ├── MalformedDocument      the text is no GraphQL, does not fit the schema, or is too large
│   ├── MalformedVariables     the variables do not fit what the operation declares
│   ├── MalformedArgument      one argument of one field: a code, a date, a cursor, a page size
│   ├── NotToldThen            a field that can't be answered of a past knowledge
│   └── WriteRefused           what is held does not allow a write, or its input is not in order
├── KeyNeeded                  a write without a key
├── ScopeMissing               a key that is not for what is asked
└── PlanError                  our mistake: a description of the graph that cannot be compiled
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cypher.errors import IcsgraphError

__all__ = [
    "KeyNeeded",
    "Location",
    "MalformedArgument",
    "MalformedDocument",
    "MalformedVariables",
    "NotToldThen",
    "PlanError",
    "RequestError",
    "ScopeMissing",
    "WriteRefused",
]


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the document: line and column, both from 1."""

    line: int
    column: int


class RequestError(IcsgraphError):
    """A request that the client can put right; `code` names the kind of mistake."""

    def __init__(
        self,
        message: str,
        code: str,
        *,
        path: Sequence[str | int] = (),
        locations: Sequence[Location] = (),
        details: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.path = tuple(path)
        self.locations = tuple(locations)
        self.details = dict(details or {})

    def formatted(self) -> dict[str, object]:
        """Return the error as GraphQL's `errors` entry."""
        entry: dict[str, object] = {"message": self.message}
        if self.locations:
            entry["locations"] = [{"line": at.line, "column": at.column} for at in self.locations]
        if self.path:
            entry["path"] = list(self.path)
        entry["extensions"] = {"code": self.code, **self.details}
        return entry


class MalformedDocument(RequestError):
    """The document does not parse or does not fit the schema."""


class MalformedVariables(RequestError):
    """The variables do not fit what the operation declares."""


class MalformedArgument(RequestError):
    """An argument's value is not of the form that the field takes."""


class NotToldThen(RequestError):
    """A field that can't be answered of a past knowledge was asked below a `knownAt`."""

    def __init__(self, field: str, reason: str, path: Sequence[str], location: Location) -> None:
        super().__init__(
            f"{field} can't be asked below a knownAt. {reason} Leave out the field, or ask it without knownAt.",
            "NOT_TOLD_THEN",
            path=path,
            locations=[location],
            details={"sent": field, "cut": ".".join(path)},
        )
        self.reason = reason


class WriteRefused(RequestError):
    """A write that cannot be; nothing of it was written."""


class KeyNeeded(IcsgraphError):
    """Only who has a key may do this."""


class ScopeMissing(IcsgraphError):
    """The key that was sent is not for this."""


class PlanError(IcsgraphError):
    """The description of the graph and the selection do not fit: a defect of ours."""
