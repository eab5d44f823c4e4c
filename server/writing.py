"""`Neo4jWriting`: does deeds through the one writer, in a thread of its own, one after the other."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError, TransientError

from cypher.deed import Deed
from cypher.writer import Writer
from server.connection import Connection
from server.errors import Neo4jUnreachable, QueryFailed

__all__ = ["Neo4jWriting"]

_CONNECT_SECONDS = 5.0
_RETRY_SECONDS = 10.0


class Neo4jWriting:
    """A `Writing` over one Neo4j server or cluster; close it when done.

    Writes of all processes wait for each other at the graph's lock, so one thread is enough here. A request that gives
    up leaves a write that has begun to end as it will: its idempotency key tells what became of it.
    """

    def __init__(self, connection: Connection, database: str, today: Callable[[], date]) -> None:
        self._driver = GraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            connection_timeout=_CONNECT_SECONDS,
            connection_acquisition_timeout=_CONNECT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            telemetry_disabled=True,
        )
        self._database = database
        self._today = today
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="icsgraph-writer")

    async def do(self, deed: Deed) -> None:
        """Do a deed.

        Raises:
            Neo4jUnreachable: the database is away or refuses us.
            QueryFailed: the database refused a statement: a defect of ours.
            IcsgraphError: it cannot be done; nothing of it was written.
        """
        await asyncio.get_running_loop().run_in_executor(self._thread, self._do, deed)

    async def warm(self) -> None:
        """Have the database plan what a write runs, a statement at a time: a write waits for one of them at most.

        Raises:
            Neo4jUnreachable: the database is away or refuses us.
            QueryFailed: the database refused a statement: a defect of ours.
        """
        for step in Writer(self._driver, self._today(), database=self._database).warming():
            await asyncio.get_running_loop().run_in_executor(self._thread, self._told, step)

    def _do(self, deed: Deed) -> None:
        self._told(partial(Writer(self._driver, self._today(), database=self._database).do, deed))

    @staticmethod
    def _told(work: Callable[[], None]) -> None:
        try:
            work()
        except (TransientError, AuthError, DriverError, OSError) as error:
            raise Neo4jUnreachable("The database does not answer.") from error
        except Neo4jError as error:
            raise QueryFailed(f"The database failed on a statement ({error.code}).") from error

    async def close(self) -> None:
        """Close the connections, after the write that is under way."""
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)
        self._driver.close()
