"""The real Neo4j that tests run against, and which one it is."""

import os
import socket
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from testcontainers.community.neo4j import Neo4jContainer
from testcontainers.core.docker_client import DockerClient

from cypher.validity import today_in_england
from cypher.writer import Writer
from seed.load import load
from server.connection import Connection, check
from server.jars import neo4j_version
from server.local import LocalNeo4j

_HEAP_MEGABYTES = 512


def _configured() -> Connection | None:
    """Return the server that the environment names for tests, which are allowed to wipe it."""
    uri = os.environ.get("ICSGRAPH_TEST_NEO4J_URI")
    if not uri:
        return None
    user = os.environ.get("ICSGRAPH_TEST_NEO4J_USER", "neo4j")
    return Connection(uri, user, os.environ.get("ICSGRAPH_TEST_NEO4J_PASSWORD", ""))


@cache
def _docker_answers() -> bool:
    kind, _, address = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").partition("://")
    if kind == "unix":
        # Docker's client leaves the socket open where nobody answers, which pytest rightly reports.
        with socket.socket(socket.AF_UNIX) as engine:
            if engine.connect_ex(address) != 0:
                return False
    try:
        return bool(DockerClient().client.ping())
    except Exception:  # noqa: BLE001 - whatever the engine's client says, there is then no engine to use
        return False


def _origin() -> str:
    if configured := _configured():
        return f"the server at {configured.uri} (ICSGRAPH_TEST_NEO4J_URI)"
    if _docker_answers():
        return "testcontainers, because a Docker engine answers"
    return "the local server, because no Docker engine answers"


def pytest_report_header() -> str:
    """Say which Neo4j the tests will use."""
    return f"Neo4j {neo4j_version()} from {_origin()}"


def _containers() -> Iterator[Connection]:
    with Neo4jContainer(f"neo4j:{neo4j_version()}-community") as container:
        yield Connection(container.get_connection_url(), container.username, container.password)


def _servers() -> Iterator[Connection]:
    if _docker_answers():
        yield from _containers()
        return
    with (
        tempfile.TemporaryDirectory(prefix="icsgraph-test-", ignore_cleanup_errors=True) as folder,
        LocalNeo4j(Path(folder), heap_megabytes=_HEAP_MEGABYTES) as connection,
    ):
        yield connection


@pytest.fixture(scope="session")
def neo4j_connection() -> Iterator[Connection]:
    """Give a Neo4j for the session, which tests may wipe: the configured one, a container, or a local server."""
    if configured := _configured():
        check(configured)
        yield configured
    else:
        yield from _servers()


@pytest.fixture(scope="session")
def real_graph() -> Iterator[Connection]:
    """Give a Neo4j of its own that holds the whole real graph, loaded once a session; no test writes to it."""
    for connection in _servers():
        with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
            load(Writer(driver, today_in_england()))
        yield connection


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_connection: Connection) -> Iterator[Driver]:
    """Give a synchronous driver to the session's Neo4j."""
    with GraphDatabase.driver(neo4j_connection.uri, auth=(neo4j_connection.user, neo4j_connection.password)) as driver:
        yield driver


@pytest.fixture
def empty_graph(neo4j_connection: Connection, neo4j_driver: Driver) -> Connection:
    """Give the session's Neo4j with its database wiped: nothing in it, no constraint and no index."""
    with neo4j_driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        for name in session.run("SHOW CONSTRAINTS YIELD name RETURN collect(name)").single(strict=True)[0]:
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for name in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN collect(name)").single(
            strict=True
        )[0]:
            session.run(f"DROP INDEX `{name}`").consume()
    return neo4j_connection
