"""What must always hold of the graph: one check a file in `cypher/integrity/`, which returns whatever breaks it."""

from cypher.held import Run
from cypher.statement import load, names

__all__ = ["CHECKS", "LIMIT", "violations"]

CHECKS = names("integrity")
"""The names of the checks, as `cypher.statement.load` takes them."""

LIMIT = 20
"""Offenders that a check names at most."""


def violations(run: Run) -> dict[str, list[str]]:
    """Run every check and return its offenders by what should hold; empty where the graph is sound."""
    found: dict[str, list[str]] = {}
    for name in CHECKS:
        statement = load(name)
        offenders = [str(row[0]) for row in run(statement, limit=LIMIT)]
        if offenders:
            found[statement.holds or name] = offenders
    return found
