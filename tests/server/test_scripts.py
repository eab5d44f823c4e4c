"""The scripts run in any POSIX shell, and name no machine and no registry."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [
    path
    for path in sorted([*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"])
    if path.is_file() and path.suffix == ""
]
SHELLS = [shell for shell in ("sh", "dash", "bash") if shutil.which(shell)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_understood_by_each_shell(script: Path, shell: str) -> None:
    """Nothing of one shell's own is in it."""
    done = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_says_what_it_is_for(script: Path) -> None:
    """Each begins with its purpose; all but the sourced one can be executed."""
    lines = script.read_text(encoding="utf-8").splitlines()

    if script.name != "environment":
        assert lines.pop(0) == "#!/bin/sh"
        assert script.stat().st_mode & 0o111
    assert re.match(r"# [A-Z]", lines[0])


@pytest.mark.parametrize(
    "lock",
    [
        "requirements.lock",
        "requirements-dev.lock",
        "server/neo4j-jars.lock",
        "tests/clients/python/requirements.lock",
    ],
)
def test_a_lock_has_a_hash_for_everything_and_no_address(lock: str) -> None:
    """What is installed is what was tested, from wherever the machine fetches."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE) or text.splitlines()

    assert "://" not in text
    assert len(re.findall(r"\b[0-9a-f]{64}\b", text)) >= len(pinned) > 10


def test_the_development_lock_holds_the_versions_of_the_other() -> None:
    """Tests run with what users run."""
    ours, development = (
        set(re.findall(r"^[a-z0-9._-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )

    assert ours <= development
