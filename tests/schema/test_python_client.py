"""A typed client of Python is generated from the schema, type-checks, and runs against a server.

The generator (`ariadne-codegen`) needs an older graphql-core than the server, so it has an environment of its own: it
is locked in `tests/clients/python/`, and made by uv in a temporary folder.
"""

import asyncio
import os
import queue
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import uvicorn
from uv import find_uv_bin

from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.settings import Settings
from tests.reading import TODAY

_CLIENT = Path(__file__).parent.parent / "clients" / "python"
_SCHEMA = Path(__file__).parents[2] / "schema" / "schema.graphql"


def _run(folder: Path, *command: str | Path) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the generator as it is locked, and generate the client; return the folder of it."""
    folder = tmp_path_factory.mktemp("client")
    for one in _CLIENT.iterdir():
        if one.is_file():
            (folder / one.name).write_bytes(one.read_bytes())
    (folder / "schema.graphql").write_bytes(_SCHEMA.read_bytes())
    uv = find_uv_bin()
    for command in (
        [uv, "venv", "--quiet", "--no-project", "environment"],
        [uv, "pip", "sync", "--quiet", "--python", "environment", "--require-hashes", "requirements.lock"],
        [folder / "environment" / "bin" / "ariadne-codegen"],
    ):
        done = _run(folder, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


class _Announced(uvicorn.Server):
    """A server that hands itself over once it answers."""

    def __init__(self, config: uvicorn.Config, started: "queue.Queue[uvicorn.Server]") -> None:
        super().__init__(config)
        self._handed = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._handed.put(self)


async def _serve(connection: Connection, started: "queue.Queue[uvicorn.Server]") -> None:
    """Serve a graph on a free port until the server is told to end."""
    async with Neo4jGraph(connection, "neo4j", 60) as graph:
        application = create_app(Settings(), graph, cursor_secret=b"tests", today=lambda: TODAY)
        await _Announced(uvicorn.Config(application, port=0, log_level="warning"), started).serve()


@pytest.fixture
def url(real_graph: Connection) -> Iterator[str]:
    """Serve the real graph from a thread of its own, and give the address."""
    started: queue.Queue[uvicorn.Server] = queue.Queue()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(real_graph, started)))
    thread.start()
    server = started.get(timeout=60)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/graphql"
    server.should_exit = True
    thread.join()


def test_a_client_of_python_type_checks(generated: Path) -> None:
    """In strict mode; what is wrong on purpose is found, so the types are not just `Any`."""
    checked = _run(generated, generated / "environment" / "bin" / "mypy", "client.py", "mistakes.py")

    assert checked.returncode == 0, checked.stdout


def test_a_client_of_python_asks_a_server(generated: Path, url: str) -> None:
    """Dates are dates, enums are enums, pages follow each other, and an input object goes as it is meant."""
    asked = _run(generated, generated / "environment" / "bin" / "python", "client.py", url)

    assert asked.returncode == 0, asked.stderr
    told: dict[str, Any] = orjson.loads(asked.stdout)
    assert told["day"] == "2026-08-01"
    assert told["outcome"] in {"COVERED", "PARTLY_COVERED", "GAP", "UNKNOWN"}
    assert len(told["systems"]) == 36
    assert told["nearest"] == ["A81001"]
