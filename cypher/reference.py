"""Nodes without clocks that facts rest on: sources, terms, scopes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cypher.held import Run
from cypher.layout import value_from

__all__ = ["Reference", "describe"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A Source, a Term or a Scope: a node without clocks, found by `code` or `about`."""

    label: Literal["Source", "Term", "Scope"]
    properties: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What it is found by."""
        return str(self.properties["about" if self.label == "Scope" else "code"])


def describe(run: Run, references: Sequence[Reference]) -> bool:
    """Write the sources, terms and scopes that are not held as they are said; tell whether there were any."""
    any_written = False
    laid = (("Source", "write/lay_sources"), ("Term", "write/lay_terms"), ("Scope", "write/lay_scopes"))
    for label, statement in laid:
        said = {one.key: dict(one.properties) for one in references if one.label == label}
        rows = run("write/held_references", label=label, keys=sorted(said)) if said else []
        held = [{name: value_from(value) for name, value in row[0].items()} for row in rows]
        new = [properties for properties in said.values() if properties not in held]
        if new:
            run(statement, rows=new)
            any_written = True
    return any_written
