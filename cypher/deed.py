"""What somebody asks to be written at once, decided on and looked at within the transaction that writes it.

So whoever asks sees what came of it as the write leaves it, and a rehearsal sees the same: it is rolled back after it
was looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cypher.change import Change
from cypher.held import Run
from cypher.reference import Reference

__all__ = ["Ask", "Deed", "Said"]

Ask = Callable[[str, Mapping[str, Any]], list[list[Any]]]
"""Runs a text of ours in the transaction and returns its records."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a deed writes: changes by a source, and what its change set says of who asked for it and how.

    `marks` are properties of the change set: `by`, `operation`, `idempotencyKey`, `inputDigest`, `written`.
    """

    changes: Sequence[Change]
    source: str
    references: Sequence[Reference] = ()
    marks: Mapping[str, Any] = field(default_factory=dict)


class Deed(Protocol):
    """Something to be written, as one change set."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether all is to be as before afterwards."""
        ...

    def decide(self, run: Run, sequence: int) -> Said | None:
        """Return what to write, or None where it was written before; `sequence` is where the graph stands.

        It may be asked again, where the database was lost on the way.
        """
        ...

    def look(self, run: Run, ask: Ask, sequence: int | None) -> None:
        """Look at what came of it, written under `sequence`; that is None where `decide` said that it was before."""
        ...
