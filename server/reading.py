"""Who reads: our own reader of Bolt where it can, the official driver otherwise and where `ICSGRAPH_READER` says so."""

from server.bolt import BoltGraph, is_possible
from server.connection import Connection
from server.database import Neo4jGraph
from server.settings import Settings

__all__ = ["graph_at"]


def graph_at(connection: Connection, database: str, settings: Settings) -> BoltGraph | Neo4jGraph:
    """Return the `Graph` at an address; close it when done."""
    made = BoltGraph if settings.reader == "pipelined" and is_possible(connection) else Neo4jGraph
    return made(connection, database, settings.query_timeout_seconds)
