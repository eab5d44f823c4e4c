"""Which Neo4j a command works with: the one that is set, or the local one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from neo4j import Driver, GraphDatabase

from server.connection import Connection, check
from server.local import LocalNeo4j
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Origin:
    """A Neo4j that answers, and how it came to be there; `local` is None where `NEO4J_URI` names it."""

    connection: Connection
    database: str
    local: LocalNeo4j | None


def local_neo4j(settings: Settings) -> LocalNeo4j:
    """Return the local server that the settings describe, started or not."""
    return LocalNeo4j(
        settings.data / "neo4j",
        settings.bolt_port,
        settings.heap_megabytes,
        settings.cache,
        settings.maven_repository,
        settings.java,
    )


@contextmanager
def neo4j(settings: Settings) -> Iterator[Origin]:
    """Give the Neo4j to work with; a local one is started if it does not run, and then stopped at the end.

    Raises:
        ServerError: it cannot be started, or the one that is set does not answer.
    """
    if (connection := settings.connection) is not None:
        check(connection, settings.neo4j_database)
        yield Origin(connection, settings.neo4j_database, None)
    else:
        local = local_neo4j(settings)
        with local as connection:
            yield Origin(connection, "neo4j", local)


@contextmanager
def driver_of(origin: Origin) -> Iterator[Driver]:
    """Give a driver to where the graph is."""
    connection = origin.connection
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        yield driver
