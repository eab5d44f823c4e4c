"""The cache of jars: only what the lock says is ever used, however the fetching was interrupted."""

import errno
import gc
import hashlib
import os
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest

from server.errors import DiskFull, FolderUnusable, JarUnavailable
from server.jars import Jar, JarCache, locked, neo4j_version, read_lock, unwritable

CONTENTS = {"one": b"the first jar", "two": b"the second jar" * 1000}


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without writing to standard error."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the parent
        """Say nothing."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a folder laid out as a Maven repository, with two small jars."""
    folder = tmp_path / "repository"
    for jar in _jars():
        path = folder / jar.path
        path.parent.mkdir(parents=True)
        path.write_bytes(CONTENTS[jar.artifact])
    return folder


@pytest.fixture
def cache(tmp_path: Path, repository: Path) -> Iterator[JarCache]:
    """Give an empty cache that fetches from that repository over HTTP."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(repository))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield JarCache(tmp_path / "cache", {"test": f"http://127.0.0.1:{server.server_port}"})
        finally:
            server.shutdown()
            thread.join()


def _jars() -> tuple[Jar, ...]:
    return tuple(
        Jar("org.example", name, "1.0", "", hashlib.sha256(content).hexdigest()) for name, content in CONTENTS.items()
    )


def test_the_committed_lock_names_a_whole_neo4j() -> None:
    """Each line has its coordinates and hash, no jar is named twice, and the version is that of the long-term line."""
    jars = locked()

    assert len({jar.path for jar in jars}) == len(jars) > 200
    assert all(len(jar.sha256) == 64 for jar in jars)
    assert neo4j_version().startswith("5.26.")


def test_a_lock_without_an_address_of_a_registry() -> None:
    """A line is coordinates and a hash, with a classifier or without."""
    plain, native = read_lock("g.h:a:1 abc\ng:b:2:linux-x86_64 def\n")

    assert (plain.coordinates, plain.path) == ("g.h:a:1", Path("g/h/a/1/a-1.jar"))
    assert (native.coordinates, native.path) == ("g:b:2:linux-x86_64", Path("g/b/2/b-2-linux-x86_64.jar"))


def test_jars_are_fetched_once(cache: JarCache, repository: Path) -> None:
    """The second time they come from the cache, in the order asked for, and the repository may be gone."""
    first = cache.provide(_jars(), "Fetching", StringIO())
    for jar in _jars():
        (repository / jar.path).unlink()

    second = cache.provide(_jars(), "Fetching", StringIO())

    assert first == second
    assert [path.read_bytes() for path in second] == list(CONTENTS.values())


def test_a_half_written_jar_is_fetched_again(cache: JarCache) -> None:
    """Whatever cut it short, it is not what the lock says, and so it is never used."""
    path = cache.provide(_jars(), "Fetching", StringIO())[1]
    path.write_bytes(path.read_bytes()[:100])

    cache.provide(_jars(), "Fetching", StringIO())

    assert path.read_bytes() == CONTENTS["two"]


def test_a_jar_that_is_not_what_the_lock_says_is_refused(cache: JarCache) -> None:
    """It is fetched twice, then named in one sentence, and nothing of it is kept."""
    jars = [replace(_jars()[0], sha256="0" * 64)]

    with pytest.raises(JarUnavailable, match=r"^The jar org\.example:one:1\.0 came twice with another content"):
        cache.provide(jars, "Fetching", StringIO())
    assert not (cache.folder / jars[0].path).exists()
    assert not list(cache.folder.glob("partial-*"))


def test_a_jar_that_the_repository_lacks_is_named(cache: JarCache) -> None:
    """The others are kept, so that the next run goes on."""
    jars = [*_jars(), replace(_jars()[0], artifact="three")]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # jgo leaves the answer "not found" open
        with pytest.raises(JarUnavailable, match=r"^The Maven repository has no jar org\.example:three:1\.0\.$"):
            cache.provide(jars, "Fetching", StringIO())
        gc.collect()


def test_a_repository_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    """The sentence says what to do, and shows no stack of the network's."""
    away = JarCache(tmp_path, {"away": "http://127.0.0.1:9"})

    with pytest.raises(JarUnavailable, match=r"the Maven repository cannot be reached .* try again"):
        away.provide(_jars(), "Fetching", StringIO())


def test_what_a_killed_run_left_is_swept(cache: JarCache) -> None:
    """The folder of a run that no longer lives goes; that of another one at work stays."""
    dead = cache.folder / "partial-4194305-1-x"  # one more than the highest number of a process
    alive = cache.folder / "partial-1-0-x"
    ours = cache.folder / f"partial-{os.getpid()}-0-x"
    for left in (dead, alive, ours):
        left.mkdir(parents=True)

    cache.provide(_jars(), "Fetching", StringIO())

    assert not dead.exists()
    assert not ours.exists()  # the same number, but begun at another time


def test_the_sentence_of_a_full_disk_is_not_that_of_a_forbidden_folder() -> None:
    """Which of the two it was decides what to do."""
    full = unwritable(Path("/cache"), OSError(errno.ENOSPC, "No space left on device"))
    forbidden = unwritable(Path("/cache"), OSError(errno.EACCES, "Permission denied"))

    assert isinstance(full, DiskFull)
    assert str(full) == "The disk is full: there is no room left in /cache."
    assert isinstance(forbidden, FolderUnusable)
    assert str(forbidden) == "Cannot write in /cache: Permission denied."
