"""What a result was measured on: machine, versions and graph, without which it says nothing."""

import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from neo4j import Driver

__all__ = ["described"]

_TOP = Path(__file__).parents[1]
_PACKAGES = ("neo4j", "neo4j-rust-ext", "starlette", "uvicorn", "uvloop", "httptools", "graphql-core", "orjson")


def described(driver: Driver, servers: dict[str, str]) -> dict[str, Any]:
    """Return the machine (not by its name), the versions of all that took part, and the graph by its content."""
    with driver.session() as session:
        [neo4j] = session.run(
            "CALL dbms.components() YIELD versions, edition RETURN versions[0] + ' ' + edition"
        ).value()
        graph = session.run(
            "MATCH (graph:Graph) RETURN graph.sequence AS sequence, graph.hash AS hash,"
            " COUNT { MATCH () } AS nodes, COUNT { ()-->() } AS relationships"
        ).single(strict=True)
    return {
        "machine": {
            "name": f"{_processor()}-{psutil.cpu_count()}".replace(" ", "-"),
            "processor": _processor(),
            "cores": psutil.cpu_count(),
            "memory_gigabytes": round(psutil.virtual_memory().total / 2**30),
            "system": f"{platform.system()} {platform.release().split('-')[0]}",
        },
        "versions": {
            "icsgraph": _commit(),
            "python": platform.python_version(),
            "neo4j_server": neo4j,
            **{name: version(name) for name in _PACKAGES},
            **{name: said for name, said in servers.items() if said},
        },
        "graph": dict(graph),
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip().split("@")[0].strip()
    return platform.processor() or platform.machine()


def _commit() -> str:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607  # whichever git there is
        cwd=_TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or version("icsgraph")
