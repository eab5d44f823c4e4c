"""In which order sources are loaded: that of `sources.yml`, save that what a relationship joins is there before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Step", "steps"]


@dataclass(frozen=True, slots=True)
class Step:
    """One change set of a load: what of a source is written with it."""

    source: str
    what: Literal["ALL", "NODES", "LINKS"]


def steps(sources: Sequence[str], needs: Mapping[str, Iterable[str]]) -> list[Step]:
    """Return the steps in which `sources` are loaded; `needs` maps a source to those whose nodes its relationships
    join.

    Sources that need each other in a ring are loaded in two rounds, their nodes first and then their relationships;
    every other source is one step.
    """
    reach = {source: _reach(source, needs) for source in sources}
    rest = list(sources)
    result: list[Step] = []
    while rest:
        ring = next(
            ring
            for source in rest
            if (
                ring := [
                    other for other in rest if other == source or (other in reach[source] and source in reach[other])
                ]
            )
            and not any(other in rest and other not in ring for one in ring for other in reach[one])
        )
        if len(ring) == 1:
            result.append(Step(ring[0], "ALL"))
        else:
            result.extend(Step(source, "NODES") for source in ring)
            result.extend(Step(source, "LINKS") for source in ring)
        rest = [source for source in rest if source not in ring]
    return result


def _reach(source: str, needs: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [source]
    while waiting:
        for other in needs.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
