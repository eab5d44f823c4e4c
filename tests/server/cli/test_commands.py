"""The command line ends in one sentence and an exit code, never in a traceback."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cypher.errors import IcsgraphError
from server.cli.commands import exit_code
from server.errors import BadSetting, DiskFull, Neo4jUnreachable, PortTaken

ROOT = Path(__file__).parents[3]


def run(tmp_path: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as a user would, with a data folder of the test's own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "ICSGRAPH_"))}
    environment |= {"ICSGRAPH_DATA": str(tmp_path), "PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_names_every_command(tmp_path: Path) -> None:
    """What there is to do is said without an argument too."""
    done = run(tmp_path, "--help")

    assert done.returncode == 0
    for command in ("up", "serve", "neo4j", "seed", "keys", "schema", "settings"):
        assert f" {command} " in done.stdout


def test_every_setting_is_listed_on_a_line_of_its_own(tmp_path: Path) -> None:
    """Programs may read the list."""
    done = run(tmp_path, "settings", "list")

    assert "ICSGRAPH_PORT" in [line.split()[0] for line in done.stdout.splitlines()]


def test_the_check_of_the_tables_lists_contradictions_and_completeness(tmp_path: Path) -> None:
    """By kind, and have of expected with how that is known."""
    done = run(tmp_path, "seed", "check")

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert any(line.startswith("Contradictions between sources: ") for line in lines)
    assert "  GPPractice.odsStatus: 78" in lines
    assert any(line.startswith("  KnowledgeService: 115 of 177; ") for line in lines)
    assert any(line.startswith("  NETWORK_IN: made by rules at the load; ") for line in lines)


def test_status_of_nothing_is_exit_code_1(tmp_path: Path) -> None:
    """Scripts can ask whether it runs."""
    done = run(tmp_path, "neo4j", "status")

    assert (done.returncode, done.stdout) == (1, f"Not running. Its folder is {tmp_path}/neo4j.\n")


def test_stopping_nothing_is_no_error(tmp_path: Path) -> None:
    """What is asked for holds already."""
    done = run(tmp_path, "neo4j", "stop")

    assert (done.returncode, done.stdout) == (0, "It was not running.\n")


@pytest.mark.parametrize("command", [("up",), ("serve",), ("neo4j", "start"), ("seed", "load")])
def test_a_wrong_neo4j_uri_is_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Nothing is started instead of the server that was named."""
    done = run(tmp_path, *command, NEO4J_URI="bolt://127.0.0.1:9", ICSGRAPH_PORT="0")

    assert done.returncode == 3
    assert done.stderr == (
        "icsgraph: No Neo4j answers at bolt://127.0.0.1:9: check that it runs and that the address is right.\n"
    )
    assert not (tmp_path / "neo4j").exists()


def test_a_bad_setting_is_one_sentence(tmp_path: Path) -> None:
    """It is bad usage, like a command that does not exist."""
    done = run(tmp_path, "neo4j", "status", ICSGRAPH_PORT="http")

    assert done.returncode == 2
    assert done.stderr == "icsgraph: ICSGRAPH_PORT is 'http', but must be a whole number from 0 to 65535.\n"


def test_a_command_that_does_not_exist_is_bad_usage(tmp_path: Path) -> None:
    """Exit code 2, as everywhere."""
    assert run(tmp_path, "nosuch").returncode == 2


def test_a_taken_http_port_is_found_before_neo4j_is_started(tmp_path: Path) -> None:
    """Nobody waits for a database to learn it."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = run(tmp_path, "up", ICSGRAPH_PORT=str(other.getsockname()[1]))

    assert done.returncode == 3
    assert done.stderr.endswith("wanted for GraphQL, is taken; ICSGRAPH_PORT can name another.\n")
    assert not (tmp_path / "neo4j").exists()


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_start_ends_quietly_and_leaves_nothing_running(
    tmp_path: Path, ending: signal.Signals, code: int
) -> None:
    """Ctrl-C while Neo4j starts stops it too."""
    process = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "neo4j", "start"],
        env=os.environ | {"ICSGRAPH_DATA": str(tmp_path), "ICSGRAPH_BOLT_PORT": "0", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    pid_file = tmp_path / "neo4j" / "neo4j.pid"
    while process.poll() is None and not pid_file.exists():
        pass

    process.send_signal(ending)
    _, said = process.communicate(timeout=60)

    assert process.returncode == code
    assert "Traceback" not in said
    assert not pid_file.exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [(BadSetting(""), 2), (PortTaken(""), 3), (DiskFull(""), 3), (Neo4jUnreachable(""), 3), (IcsgraphError(""), 4)],
)
def test_each_kind_of_error_has_its_exit_code(error: IcsgraphError, code: int) -> None:
    """Bad usage, the surroundings, and the data can be told apart by a script."""
    assert exit_code(error) == code


@pytest.mark.parametrize(
    ("commands", "unused"),
    [
        ("ask, gaps, keys, neo4j, postcodes, schema, seed, serve, settings, up", ["seed.build", "jgo", "requests"]),
        ("serve", ["seed.build", "seed.check", "jgo", "requests", "rich"]),
    ],
    ids=["any", "serve"],
)
def test_a_command_waits_for_nothing_that_it_does_not_use(commands: str, unused: list[str]) -> None:
    """What reads raw sources, fetches jars or draws tables is slow to import: none needs the former two, serve none."""
    imports = f"import sys, server.cli.commands, server.app; from server.cli import {commands}"
    program = f"{imports}; print([one for one in sys.modules if one in sys.argv])"
    ran = subprocess.run(
        [sys.executable, "-c", program, *unused], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )

    assert ran.stdout.strip() == "[]"
