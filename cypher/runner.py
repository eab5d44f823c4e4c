"""Runs our statements in one transaction."""

from collections.abc import Mapping
from typing import Any

from neo4j import ManagedTransaction, Transaction

from cypher.statement import Statement, load, taking_one_map

__all__ = ["Runner"]


class Runner:
    """Runs our statements in one transaction; their parameters travel in one map."""

    def __init__(self, tx: ManagedTransaction | Transaction) -> None:
        self._tx = tx

    def __call__(self, statement: str | Statement, **parameters: Any) -> list[list[Any]]:
        """Run a statement, which may be given by its name, and return its records."""
        one = load(statement) if isinstance(statement, str) else statement
        return self.ask(taking_one_map(one), {"given": parameters})

    def ask(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Run a text of ours and return its records."""
        return [record.values() for record in self._tx.run(text, dict(parameters))]
