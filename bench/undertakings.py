"""What is no request: a full load, a full derivation of coverage, a start, a change; in seconds."""

import time
from collections.abc import Callable, Mapping

from neo4j import Driver

from bench.updates import CHANGES
from cypher.derive import Members, derivation, rules
from cypher.runner import Runner

__all__ = ["derivation_seconds", "said", "seconds_of"]

# What each is, and how many seconds it is to take at most.
_DONE = {
    "start": ("a start, with a database that runs, until it answers", 2.0),
    "load": ("a full load into an empty database", 60.0),
    "derivation": ("a full derivation of coverage", 20.0),
    **{what: (f"{what}, with all coverage that follows", 0.1) for what in CHANGES},
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
        shown, most = (f"{one:.1f} s" if bound >= 1 else f"{1000 * one:.0f} ms" for one in (taken, bound))
        parts.append(f"{about}: {shown if taken <= bound else f'**{shown}**'} (target {most})")
    return [f"What is no request: {'; '.join(parts)}.", ""]
