"""What a plan takes for granted of a request's variables, so that it is used again only where that holds.

A plan's text depends on more than the document: from which end a page is read, which parts of a filter are there, which
of a closed set was chosen. The compiler asks a `Question`; the answer is kept with the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from resolvers.selection import Argument

__all__ = ["Assumptions", "Chosen", "Given", "IsSent", "Question"]


class Question(Protocol):
    """Something that the compiler wants to know of the variables."""

    def answer(self, variables: Mapping[str, object]) -> object:
        """Return the answer for one request."""


@dataclass(frozen=True, slots=True)
class IsSent:
    """Whether an argument is there and not null."""

    argument: Argument | None

    def answer(self, variables: Mapping[str, object]) -> bool:
        """Return whether it is."""
        return self.argument is not None and self.argument.bound(variables) is not None


@dataclass(frozen=True, slots=True)
class Given:
    """Which parts of an input object are there and not null, in the order of `names`."""

    argument: Argument | None
    names: tuple[str, ...]

    def answer(self, variables: Mapping[str, object]) -> tuple[str, ...]:
        """Return their names."""
        sent = self.argument.bound(variables) if self.argument else None
        return tuple(name for name in self.names if isinstance(sent, Mapping) and sent.get(name) is not None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which value of an enum was chosen."""

    argument: Argument | None

    def answer(self, variables: Mapping[str, object]) -> str | None:
        """Return the value, or None where none was."""
        sent = self.argument.bound(variables) if self.argument else None
        return str(sent.value if isinstance(sent, Enum) else sent) if sent is not None else None


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Questions with the answers that a plan was made with."""

    taken: tuple[tuple[Question, object], ...]

    def hold(self, variables: Mapping[str, object]) -> bool:
        """Return whether each has the same answer with these variables."""
        return all(question.answer(variables) == answer for question, answer in self.taken)
