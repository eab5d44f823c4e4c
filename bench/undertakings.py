"""What is done once and not for each request: a full load, a full derivation of coverage, a start; in seconds."""

import time
from collections.abc import Callable, Mapping

from neo4j import Driver

from cypher.derive import Members, derivation, rules
from cypher.runner import Runner

__all__ = ["BOUNDS", "derivation_seconds", "said", "seconds_of"]

# What each is to take at most, in seconds.
BOUNDS = {"start": 2.0, "load": 60.0, "derivation": 20.0}
_ABOUT = {
    "start": "a start, with a database that runs, until it answers",
    "load": "a full load into an empty database",
    "derivation": "a full derivation of coverage",
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
    parts = [
        f"{_ABOUT[name]}: {one:.1f} s" if one <= BOUNDS[name] else f"{_ABOUT[name]}: **{one:.1f} s**"
        for name, one in seconds.items()
    ]
    bounds = ", ".join(f"{bound:g} s" for bound in BOUNDS.values())
    return [f"Done once (targets: {bounds}): {'; '.join(parts)}.", ""]
