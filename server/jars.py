"""The jars that the local Neo4j is made of: their lock, and the user's cache of them.

The lock names each jar by its Maven coordinates and SHA-256, without the address of any registry. A jar reaches
the cache only after its hash was checked, by a rename, and is checked again whenever it is used: a half-written
or altered one is never run.
"""

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TextIO

import psutil

from server.errors import DiskFull, FolderUnusable, JarUnavailable

_THREADS = 12
_TIMEOUT_SECONDS = 60
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar of the lock."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def coordinates(self) -> str:
        """The jar's name in Maven's words, `group:artifact:version[:classifier]`."""
        return ":".join(filter(None, (self.group, self.artifact, self.version, self.classifier)))

    @property
    def path(self) -> Path:
        """Where the jar lies below the cache, as in a Maven repository."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        file = f"{self.artifact}-{self.version}{suffix}.jar"
        return Path(*self.group.split("."), self.artifact, self.version, file)


def read_lock(text: str) -> tuple[Jar, ...]:
    """Return the jars of a lock: one `group:artifact:version[:classifier] sha256` a line."""
    jars = []
    for line in text.splitlines():
        coordinates, sha256 = line.split()
        group, artifact, version, *classifier = coordinates.split(":")
        jars.append(Jar(group, artifact, version, "".join(classifier), sha256))
    return tuple(jars)


def locked() -> tuple[Jar, ...]:
    """Return the jars of the Neo4j that this version of icsgraph was tested with."""
    return read_lock((files("server") / "neo4j-jars.lock").read_text(encoding="utf-8"))


def neo4j_version() -> str:
    """Return the version of the locked Neo4j."""
    return next(jar.version for jar in locked() if (jar.group, jar.artifact) == ("org.neo4j", "neo4j"))


@dataclass(frozen=True, slots=True)
class JarCache:
    """A folder of checked jars; `repositories` (name to address) are where Maven artifacts come from, else Central."""

    folder: Path
    repositories: Mapping[str, str] | None = None

    def provide(self, jars: Sequence[Jar], title: str, told: TextIO | None = None) -> list[Path]:
        """Return the jars' paths in order, after fetching those that the cache lacks or holds damaged.

        How far that is goes to `told`, standard error if left out.

        Raises:
            JarUnavailable: a jar could not be fetched, or is not what the lock says, twice.
            DiskFull: there is no room for the jars.
        """
        with ThreadPoolExecutor(_THREADS) as pool:
            sound = list(pool.map(self._is_sound, jars))
        missing = [jar for jar, is_sound in zip(jars, sound, strict=True) if not is_sound]
        if missing:
            self._fetch(missing, title, told)
        return [self.folder / jar.path for jar in jars]

    def _is_sound(self, jar: Jar) -> bool:
        try:
            return _sha256(self.folder / jar.path) == jar.sha256
        except OSError:
            return False

    def _fetch(self, jars: Iterable[Jar], title: str, told: TextIO | None) -> None:
        # Here, because once the jars are there no command needs it, and all would wait for it.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        waiting = list(jars)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            with (
                tempfile.TemporaryDirectory(dir=self.folder, prefix=f"partial-{_own_process()}-") as staging,
                Progress(*columns, console=Console(file=told, stderr=told is None)) as progress,
                ThreadPoolExecutor(_THREADS) as pool,
            ):
                bar = progress.add_task(title, total=len(waiting))
                try:
                    for done in as_completed([pool.submit(self._fetch_one, jar, Path(staging)) for jar in waiting]):
                        done.result()
                        progress.advance(bar)
                except BaseException:  # also Ctrl-C: what has not begun must not begin
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def _fetch_one(self, jar: Jar, staging: Path) -> None:
        for attempt in range(2):
            fetched = self._download(jar, staging / str(attempt))
            if _sha256(fetched) == jar.sha256:
                kept = self.folder / jar.path
                kept.parent.mkdir(parents=True, exist_ok=True)
                fetched.replace(kept)
                return
        raise JarUnavailable(
            f"The jar {jar.coordinates} came twice with another content than the lock says, so it is not used: "
            "a proxy or mirror on the way may have altered it."
        )

    def _download(self, jar: Jar, staging: Path) -> Path:
        # Here, because they are slow to import, and only a machine that has no jars yet needs them.
        import requests
        from jgo.maven import MavenContext

        for attempt in range(1, _TRIES + 1):
            repository = staging / str(attempt)  # a file that broke off must not be taken for a fetched one
            context = MavenContext(
                repo_cache=repository,
                local_repos=[],
                remote_repos=None if self.repositories is None else dict(self.repositories),
                timeout=_TIMEOUT_SECONDS,
            )
            component = context.project(jar.group, jar.artifact).at_version(jar.version)
            try:
                return component.artifact(classifier=jar.classifier).resolve()
            except requests.RequestException as error:
                if attempt == _TRIES:
                    raise JarUnavailable(
                        f"Could not fetch the jar {jar.coordinates}: the Maven repository cannot be reached "
                        f"({type(error).__name__}). What was fetched is kept; try again when the network is there."
                    ) from error
            except RuntimeError as error:  # what jgo raises where no repository has the artifact
                raise JarUnavailable(f"The Maven repository has no jar {jar.coordinates}.") from error
        raise AssertionError("the last try returns or raises")

    def _sweep(self) -> None:
        """Remove what interrupted runs left; a folder whose process still lives is another run's, at work now."""
        for left in self.folder.glob("partial-*"):
            pid, started = left.name.split("-")[1:3]
            if not _lives(int(pid), int(started)):
                shutil.rmtree(left, ignore_errors=True)


def unwritable(folder: Path, error: OSError) -> DiskFull | FolderUnusable:
    """Return the one sentence for a write below `folder` that failed."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"The disk is full: there is no room left in {folder}.")
    return FolderUnusable(f"Cannot write in {folder}: {error.strerror or error}.")


def _sha256(path: Path) -> str:
    with path.open("rb") as jar:
        return hashlib.file_digest(jar, "sha256").hexdigest()


def _own_process() -> str:
    process = psutil.Process()
    return f"{process.pid}-{int(process.create_time())}"


def _lives(pid: int, started: int) -> bool:
    try:
        return int(psutil.Process(pid).create_time()) == started
    except psutil.Error:
        return False
