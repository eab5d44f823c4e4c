"""Runs an installed `icsgraph up` from nothing, asks it a question over HTTP, and stops it as Ctrl-C does.

    python scripts/smoke.py PATH-TO-ICSGRAPH

Only the standard library: it stands outside what it tests. Neo4j's jars come from the user's cache if they are there.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

_START_SECONDS = 300
_STOP_SECONDS = 60


def address(output: Path, process: "subprocess.Popen[bytes]") -> str:
    """Wait until the server says where it answers."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+/graphql", output.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.2)
    raise SystemExit(f"icsgraph up did not come up; it said:\n{output.read_text(encoding='utf-8')}")


def ask(url: str) -> object:
    """Return the answer to the smallest question there is."""
    request = urllib.request.Request(  # noqa: S310 - the address is on loopback
        url, json.dumps({"query": "{ __typename }"}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - as above
        return json.load(response).get("data")


def main() -> None:
    """Start, ask, stop, and say so; anything else is an error."""
    # Whoever runs this in the background of a script has SIGINT ignored, and what is started here would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="icsgraph-smoke-") as folder:
        output = Path(folder) / "output"
        environment = os.environ | {
            "ICSGRAPH_PORT": "0",
            "ICSGRAPH_BOLT_PORT": "0",
            "ICSGRAPH_DATA": f"{folder}/data",
        }
        for variable in ("NEO4J_URI", "PYTHONPATH"):
            environment.pop(variable, None)
        with output.open("wb") as written:
            process = subprocess.Popen(  # noqa: S603 - the program under test
                [str(Path(sys.argv[1]).resolve()), "up"],
                cwd=folder,
                env=environment,
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        try:
            answer = ask(address(output, process))
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(_STOP_SECONDS)
        if answer != {"__typename": "Query"}:
            raise SystemExit(f"The question was answered with {answer}.")
        if code != 128 + signal.SIGINT:
            raise SystemExit(f"It ended with code {code}; it said:\n{output.read_text(encoding='utf-8')}")
        if Path(folder, "data", "neo4j", "neo4j.pid").exists():
            raise SystemExit("Neo4j was not stopped.")
    sys.stdout.write("The installed wheel comes up, answers and stops.\n")


main()
