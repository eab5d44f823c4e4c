"""Nodes without clocks that facts rest on: sources, terms, scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Reference"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A Source, a Term or a Scope: a node without clocks, found by `code` or `about`."""

    label: Literal["Source", "Term", "Scope"]
    properties: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What it is found by."""
        return str(self.properties["about" if self.label == "Scope" else "code"])
