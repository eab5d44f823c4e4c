"""What is done once and not for each request: a full load, a full derivation of coverage, a start; in seconds."""

import time
from collections.abc import Callable, Mapping

from neo4j import Driver

from cypher.derive import Members, derivation, rules
from cypher.runner import Runner

__all__ = ["derivation_seconds", "said", "seconds_of"]

# What each is, and how many seconds it is to take at most.
_DONE = {
    "start": ("a start, with a database that runs, until it answers", 2.0),
    "load": ("a full load into an empty database", 60.0),
    "derivation": ("a full derivation of coverage", 20.0),
}


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long some work took."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def derivation_seconds(driver: Driver) -> float:
    """Return how long all rules of coverage take for the whole graph; nothing is written."""

    def derived() -> None:
        with driver.session() as session, session.begin_transaction() as tx:
            run = Runner(tx)
            members = Members(run)
            if any(derivation(run, rule, members) for rule in rules()):
                raise RuntimeError("The graph does not hold what a full derivation gives.")

    return seconds_of(derived)


def said(seconds: Mapping[str, float]) -> list[str]:
    """Return the lines of the report; what misses its bound is in bold."""
    if not seconds:
        return []
    parts = []
    for name, taken in seconds.items():
        about, bound = _DONE[name]
        shown = f"{taken:.1f} s" if taken <= bound else f"**{taken:.1f} s**"
        parts.append(f"{about}: {shown} (target {bound:g})")
    return [f"Done once: {'; '.join(parts)}.", ""]
