"""How to reach a Neo4j, and whether it answers."""

from dataclasses import dataclass

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

from server.errors import Neo4jUnreachable

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_ATTEMPT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Connection:
    """What a driver needs to speak to a Neo4j."""

    uri: str
    user: str
    password: str

    def __repr__(self) -> str:
        """Leave the password out: what is printed is kept."""
        return f"Connection({self.uri!r}, {self.user!r})"


def check(connection: Connection, database: str | None = None) -> None:
    """Return if the Neo4j there answers a query.

    Raises:
        Neo4jUnreachable: it does not, and the sentence says whether for the address, the password or the database.
    """
    if connection.uri.partition("://")[0] not in SCHEMES:
        # The driver would take http:// too, with a warning: its preview of another protocol.
        raise Neo4jUnreachable(_not_an_address(connection.uri))
    try:
        _ask(connection, database)
    except AuthError as error:
        message = f"The Neo4j at {connection.uri} does not accept the user {connection.user!r} with this password."
        raise Neo4jUnreachable(message) from error
    except (ConfigurationError, ValueError) as error:
        raise Neo4jUnreachable(_not_an_address(connection.uri)) from error
    except (DriverError, Neo4jError, OSError) as error:
        if isinstance(error, Neo4jError) and error.code == "Neo.ClientError.Database.DatabaseNotFound":
            message = f"The Neo4j at {connection.uri} has no database {database!r}."
        else:
            message = f"No Neo4j answers at {connection.uri}: check that it runs and that the address is right."
        raise Neo4jUnreachable(message) from error


def answers(connection: Connection) -> bool:
    """Return whether the Neo4j there answers a query yet.

    Raises:
        Neo4jUnreachable: something answers, but does not accept the password, and so will never do.
    """
    try:
        _ask(connection, None)
    except AuthError as error:
        message = f"What listens at {connection.uri} does not accept the password of this Neo4j: it is another one."
        raise Neo4jUnreachable(message) from error
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _not_an_address(uri: str) -> str:
    return f"{uri!r} is not the address of a Neo4j: it is written like bolt://host:7687 or neo4j+s://host."


def _ask(connection: Connection, database: str | None) -> None:
    with (
        GraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            connection_timeout=_ATTEMPT_SECONDS,
            connection_acquisition_timeout=_ATTEMPT_SECONDS,
            max_transaction_retry_time=0,
        ) as driver,
        driver.session(database=database) as session,
    ):
        session.run("RETURN 1").consume()
