"""Runs our statements in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from neo4j import ManagedTransaction, Transaction

from cypher.statement import Statement, in_one_record, load, taking_one_map

__all__ = ["Runner"]


class Runner:
    """Runs our statements in one transaction; their parameters travel in one map."""

    def __init__(self, tx: ManagedTransaction | Transaction) -> None:
        self._tx = tx

    def __call__(self, statement: str | Statement, **parameters: Any) -> list[list[Any]]:
        """Run a statement, which may be given by its name, and return its records."""
        one = load(statement) if isinstance(statement, str) else statement
        return self.ask(taking_one_map(one), {"given": parameters})

    def at_once(self, statement: str | Statement, **parameters: Any) -> list[list[Any]]:
        """Run a statement that gives some thousands of records at most, and return the same as otherwise.

        They come as one, and their dates as text, which makes them Python's own: of a thousand records the driver has
        half as much to do. The database holds them all before it sends them.
        """
        one = load(statement) if isinstance(statement, str) else statement
        records: list[list[Any]] = self.ask(in_one_record(one), {"given": parameters})[0][0]
        for place in [place for place, column in enumerate(one.gives) if column.type == "DATE"]:
            for record in records:
                if record[place] is not None:
                    record[place] = date.fromisoformat(record[place])
        return records

    def ask(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Run a text of ours and return its records."""
        return [record.values() for record in self._tx.run(text, dict(parameters))]
