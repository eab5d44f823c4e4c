"""The local Neo4j starts, is found, stops, and says in one sentence why it cannot."""

import json
import os
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import ClientError

from server.configuration import java_arguments
from server.connection import Connection, check
from server.errors import DiskFull, FolderUnusable, JavaUnusable, Neo4jDied, Neo4jInUse, PortTaken
from server.local import LocalNeo4j
from server.ports import LOOPBACK


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for a Neo4j of this module's own."""
    return tmp_path_factory.mktemp("local") / "neo4j"


@pytest.fixture(scope="module")
def started(folder: Path) -> Iterator[LocalNeo4j]:
    """Give a local Neo4j that this module has started."""
    local = LocalNeo4j(folder)
    local.start()
    yield local
    local.stop()


def _connection(local: LocalNeo4j) -> Connection:
    found = local.status()
    assert found is not None
    return found[1]


def test_only_the_owner_can_read_the_password(started: LocalNeo4j) -> None:
    """Community's one user is an administrator, so nobody else may know it."""
    assert stat.S_IMODE(started.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(started.folder.stat().st_mode) == 0o700
    assert len(started.password_file.read_text(encoding="utf-8").strip()) >= 32


def test_it_listens_on_loopback_alone(started: LocalNeo4j) -> None:
    """Bolt is the only door, and nobody else on the network reaches it."""
    found = started.status()
    assert found is not None
    process = psutil.Process(found[0].pid)

    listening = [one.laddr for one in process.net_connections() if one.status == psutil.CONN_LISTEN]

    assert [(address.ip.removeprefix("::ffff:"), address.port) for address in listening] == [(LOOPBACK, found[0].port)]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.csv", "https://[::1]:9/x.csv"])
def test_cypher_reads_neither_files_nor_addresses(started: LocalNeo4j, address: str) -> None:
    """LOAD CSV is shut in both directions, as a read session does not shut it."""
    connection = _connection(started)
    with (
        GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        pytest.raises(ClientError),
    ):
        driver.execute_query("LOAD CSV FROM $address AS line RETURN line", address=address)


def test_a_second_start_finds_the_first(started: LocalNeo4j) -> None:
    """It gives the same connection, and does not stop what it did not start."""
    second = LocalNeo4j(started.folder)

    with second as connection:
        assert connection == _connection(started)
        assert not second.is_ours

    check(_connection(started))


def test_a_folder_in_use_is_one_sentence(started: LocalNeo4j, tmp_path: Path) -> None:
    """Without its pid file a running Neo4j is not known as ours, and its data is left alone."""
    pid_file = started.folder / "neo4j.pid"
    hidden = pid_file.rename(tmp_path / "hidden")
    try:
        with pytest.raises(Neo4jInUse, match="is in use by another Neo4j; stop that one first"):
            LocalNeo4j(started.folder).start()
    finally:
        hidden.rename(pid_file)

    check(_connection(started))


def test_it_stops_and_starts_with_its_data(tmp_path: Path) -> None:
    """What was written is there after a restart, with the same password; nothing runs in between."""
    local = LocalNeo4j(tmp_path / "neo4j")
    with local as first, GraphDatabase.driver(first.uri, auth=(first.user, first.password)) as driver:
        driver.execute_query("CREATE (:Kept)")
    assert local.status() is None
    assert not local.stop()

    with local as second, GraphDatabase.driver(second.uri, auth=(second.user, second.password)) as driver:
        count = driver.execute_query("MATCH (n:Kept) RETURN count(n)").records[0][0]

    assert (count, second.password) == (1, first.password)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', '{"pid": 4194305, "started": 1, "port": 1}'])
def test_a_pid_file_that_tells_of_nobody(tmp_path: Path, content: str) -> None:
    """A file cut short, or left by a process that has ended, means that nothing runs."""
    (tmp_path / "neo4j.pid").write_text(content, encoding="utf-8")

    assert LocalNeo4j(tmp_path).status() is None
    assert not LocalNeo4j(tmp_path).stop()


def test_a_process_that_got_the_number_again_is_not_touched(tmp_path: Path) -> None:
    """Neither the number alone nor the number and the start is enough: it must be the Neo4j of this folder."""
    other = subprocess.Popen(["sleep", "60"])
    while not psutil.Process(other.pid).cmdline():
        time.sleep(0.01)
    try:
        for started in (1.0, psutil.Process(other.pid).create_time()):
            (tmp_path / "neo4j.pid").write_text(
                json.dumps({"pid": other.pid, "started": started, "port": 7687}), encoding="utf-8"
            )
            assert not LocalNeo4j(tmp_path).stop()
        time.sleep(0.1)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_taken_port_is_found_before_anything_is_written(tmp_path: Path) -> None:
    """The sentence names the setting that can name another port."""
    with socket.create_server((LOOPBACK, 0)) as other:
        local = LocalNeo4j(tmp_path / "neo4j", port=other.getsockname()[1])

        with pytest.raises(PortTaken, match="wanted for Neo4j, is taken; ICSGRAPH_BOLT_PORT can name another"):
            local.start()

    assert not local.folder.exists()


def test_a_neo4j_that_dies_is_one_sentence_with_its_reason(tmp_path: Path) -> None:
    """The reason is the server's own last word, and nothing of it is left running."""
    local = LocalNeo4j(tmp_path, heap_megabytes=20)

    with pytest.raises(Neo4jDied, match=r"ended while it was starting: .*Java heap space"):
        local.start()
    assert local.status() is None


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (None, "Cannot run Java at"),
        ("exit 1", "needs Java 17 or later, but .* says: exit code 1"),
        ("echo 'openjdk version \"11.0.2\" 2019-01-15' >&2", 'needs Java 17 .* says: openjdk version "11.0.2"'),
    ],
)
def test_a_wrong_java_is_one_sentence(tmp_path: Path, script: str | None, sentence: str) -> None:
    """A missing one, one that does not run, and one that is too old."""
    java = tmp_path / "java"
    if script is not None:
        java.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        java.chmod(0o755)

    with pytest.raises(JavaUnusable, match=sentence):
        LocalNeo4j(tmp_path / "neo4j", java=java).start()


def test_a_database_without_its_password_is_not_opened(tmp_path: Path) -> None:
    """A new password would not fit the database that is there."""
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)

    with pytest.raises(FolderUnusable, match="holds a database but its file password is missing"):
        LocalNeo4j(tmp_path).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a small disk")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """It is found before Neo4j starts, which would hang or end without a word."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody make a small disk")
    try:
        with pytest.raises(DiskFull, match=r"^The disk is full: "):
            LocalNeo4j(tmp_path / "neo4j").start()
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_a_path_with_quotes_and_backslashes_reaches_java_whole() -> None:
    """Java's argument files have escapes of their own."""
    arguments = java_arguments(512, 25, [Path('/a b/"c"/d\\e.jar')])

    assert arguments.endswith('-cp\n"/a b/\\"c\\"/d\\\\e.jar"\n')
