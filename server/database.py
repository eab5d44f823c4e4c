"""`Neo4jGraph`: runs read statements through the official driver, each once, in a READ session, with a time limit."""

from collections.abc import Mapping
from typing import Any, Self

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, Query
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, TransientError

from server.connection import Connection
from server.errors import Neo4jUnreachable, QueryFailed, QueryTimedOut

__all__ = ["Neo4jGraph"]

_CONNECT_SECONDS = 5.0


class Neo4jGraph:
    """A `Graph` over one Neo4j server or cluster; close it when done.

    Reads are auto-commit: a third cheaper than a managed transaction, which reads that are never retried do not need.
    """

    def __init__(self, connection: Connection, database: str, timeout_seconds: float) -> None:
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            connection_timeout=_CONNECT_SECONDS,
            connection_acquisition_timeout=_CONNECT_SECONDS,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
        self._database = database
        self._timeout_seconds = timeout_seconds

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Run a statement and return its records as lists of values.

        Raises:
            Neo4jUnreachable: the database is away or refuses us.
            QueryTimedOut: the statement took longer than allowed.
            QueryFailed: the database refused the statement: a defect of ours.
        """
        return (await self._read(text, parameters, is_marked=False))[0]

    async def read_marked(self, text: str, parameters: Mapping[str, Any]) -> tuple[list[list[Any]], str]:
        """Run a statement; return its records and the bookmark of the last commit that they show.

        Raises:
            IcsgraphError: as `read`.
        """
        return await self._read(text, parameters, is_marked=True)

    async def _read(self, text: str, parameters: Mapping[str, Any], *, is_marked: bool) -> tuple[list[list[Any]], str]:
        try:
            async with self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session:
                result = await session.run(Query(text, timeout=self._timeout_seconds), dict(parameters))
                records = [list(record.values()) async for record in result]
                mark = " ".join(sorted((await session.last_bookmarks()).raw_values)) if is_marked else ""
                return records, mark
        except (TimeoutError, ServiceUnavailable, AuthError, OSError) as error:
            raise Neo4jUnreachable("The database does not answer.") from error
        except ClientError as error:
            if "TransactionTimedOut" in (error.code or ""):
                message = f"The database took longer than {self._timeout_seconds:g} s; ask for less at once."
                raise QueryTimedOut(message) from error
            raise QueryFailed(f"The database refused a statement ({error.code}).") from error
        except (TransientError, DriverError) as error:
            raise Neo4jUnreachable("The database is not ready.") from error
        except Neo4jError as error:
            raise QueryFailed(f"The database failed on a statement ({error.code}).") from error

    async def close(self) -> None:
        """Close the connections."""
        await self._driver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
