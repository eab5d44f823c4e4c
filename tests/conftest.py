"""The real Neo4j that tests run against, and which one it is.

While working, set ICSGRAPH_TEST_REAL_GRAPH to a folder: the real graph is then loaded there once, its server lives on
between runs of the tests, and it is loaded anew only where what it is made of (`cypher/`, `seed/`) has changed.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
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
from tests.reading import Asking, asking

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
    if kept := os.environ.get("ICSGRAPH_TEST_REAL_GRAPH"):
        yield _kept_graph(Path(kept))
        return
    for connection in _servers():
        _fill(connection)
        yield connection


@pytest.fixture
async def ask(real_graph: Connection) -> AsyncIterator[Asking]:
    """Give the API over the real graph, which counts the statements that it runs."""
    async with asking(real_graph) as given:
        yield given


def _fill(connection: Connection) -> None:
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        load(Writer(driver, today_in_england()))


def _kept_graph(folder: Path) -> Connection:
    """Return the server of a folder that outlives the session, filled from the code and tables as they are."""
    digest = hashlib.sha256(today_in_england().isoformat().encode())
    top = Path(__file__).parents[1]
    for path in sorted((*top.joinpath("cypher").rglob("*"), *top.joinpath("seed").rglob("*"))):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(top)).encode() + path.read_bytes())
    made_of = folder / "made-of"
    server = LocalNeo4j(folder / "neo4j", heap_megabytes=_HEAP_MEGABYTES)
    is_new = not made_of.exists() or made_of.read_text() != digest.hexdigest()
    if is_new:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    # A process of its own starts it, because it lives longer than this one.
    started = f"LocalNeo4j(Path({str(folder / 'neo4j')!r}), heap_megabytes={_HEAP_MEGABYTES}).start()"
    program = f"from pathlib import Path; from server.local import LocalNeo4j; {started}"
    subprocess.run([sys.executable, "-c", program], cwd=top, check=True)
    connection = server.start()
    if is_new:
        _fill(connection)
        made_of.write_text(digest.hexdigest())
    return connection


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_connection: Connection) -> Iterator[Driver]:
    """Give a synchronous driver to the session's Neo4j."""
    with GraphDatabase.driver(neo4j_connection.uri, auth=(neo4j_connection.user, neo4j_connection.password)) as driver:
        yield driver


@pytest.fixture
def empty_graph(neo4j_connection: Connection, neo4j_driver: Driver) -> Connection:
    """Give the session's Neo4j with nothing in it; constraints and indexes stay, and with them what was planned."""
    wipe(neo4j_driver)
    return neo4j_connection


@pytest.fixture
def bare_graph(empty_graph: Connection, neo4j_driver: Driver) -> Connection:
    """Give the session's Neo4j as it is before it is prepared: no constraint and no index either."""
    with neo4j_driver.session() as session:
        for name in session.run("SHOW CONSTRAINTS YIELD name RETURN collect(name)").single(strict=True)[0]:
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for name in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN collect(name)").single(
            strict=True
        )[0]:
            session.run(f"DROP INDEX `{name}`").consume()
    return empty_graph


def wipe(driver: Driver) -> None:
    """Leave nothing in the database but constraints and indexes, which take long to make."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
