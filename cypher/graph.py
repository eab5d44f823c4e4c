"""What can run a read statement: the one door through which the rooms above see the graph."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable


class Graph(Protocol):
    """Runs a read statement, once, in a read transaction of its own with a time limit.

    `read` returns the records in order, each a list of its column values in the order of `RETURN`. Values are what the
    driver gives: text, int, float, bool, None, list, dict, `neo4j.time.Date` and `DateTime`, points; never nodes or
    relationships, as our statements return values only. The text is ours, and the parameters alone carry what a client
    sent.

    Raises:
        IcsgraphError: the database is away, took too long, or refused the statement.
    """

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Run a statement and return its records."""
        ...


@runtime_checkable
class MarkedGraph(Graph, Protocol):
    """A `Graph` that can also say after which commit it read."""

    async def read_marked(self, text: str, parameters: Mapping[str, Any]) -> tuple[list[list[Any]], str]:
        """Run a statement; return its records and the mark of the last commit that they show.

        Two marks are equal where nothing at all was committed in between, by whomever.
        """
        ...
