"""The tiny England, served with limits that tests can reach, and a writer that writes on."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from neo4j import Driver

from cypher.writer import Writer
from server.connection import Connection
from server.settings import Settings
from tests.conftest import wipe
from tests.cypher.world import SOURCE, TODAY, node, opened, world
from tests.node import install
from tests.server.live.following import MUCH, Serving, served

_PACKAGES = Path(__file__).parents[2] / "live"
_SEND_SECONDS = 3


@pytest.fixture(scope="module")
def writer(neo4j_connection: Connection, neo4j_driver: Driver) -> Writer:
    """Give a writer of the tiny England, which its first change set loaded."""
    del neo4j_connection
    wipe(neo4j_driver)
    made = Writer(neo4j_driver, TODAY)
    made.prepare()
    made.apply(opened(*world()), source="world", references=(SOURCE,), derive="LATER")
    return made


@pytest.fixture(scope="module")
def write(writer: Writer) -> Callable[[], int]:
    """Give what writes one more change set and returns its sequence."""
    numbers = iter(range(1, 1_000_000))

    def one() -> int:
        made = writer.apply(
            opened(node("GPPractice", f"L{next(numbers)}", date(2026, 2, 1))), source="world", derive="LATER"
        )
        assert made is not None
        return made.sequence

    return one


@pytest.fixture(scope="module")
def serving(neo4j_connection: Connection, writer: Writer) -> Iterator[Serving]:
    """Serve the tiny England with limits that tests can reach."""
    del writer
    settings = Settings(
        fresh_milliseconds=400,
        max_subscriptions=6,
        max_operations=3,
        init_timeout_seconds=1,
        send_timeout_seconds=_SEND_SECONDS,
        keep_alive_seconds=1,
    )
    with served(neo4j_connection, settings) as serving:
        yield serving


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the clients as they are locked."""
    folder = tmp_path_factory.mktemp("live")
    install(_PACKAGES, folder, "follow.mjs").check_returncode()
    return folder


@pytest.fixture(scope="module")
def much(writer: Writer) -> int:
    """Write change sets that are larger than what a connection holds; give the sequence after which they come."""
    before = writer.head().sequence
    for number in range(MUCH):
        practices = [node("GPPractice", f"M{number}X{one}", date(2026, 2, 1), note="x" * 4000) for one in range(400)]
        writer.apply(opened(*practices), source="world", derive="LATER")
    return before
