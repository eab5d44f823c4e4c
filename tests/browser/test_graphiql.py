"""GraphiQL in a real browser: it loads, answers a query, follows a subscription, and asks nobody but us.

It runs where a Chromium is found (`ICSGRAPH_TEST_CHROMIUM` names one off the PATH) and the npm registry gives
what is locked; where not, it is skipped and says so. Each run leaves its picture in pytest's folder.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.collect_graphiql import collect
from server import graphiql
from server.connection import Connection
from server.settings import Settings
from tests.node import NODE, install
from tests.server.live.following import served

_DRIVER = Path(__file__).parent
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def chromium() -> str:
    """Give the program of a Chromium."""
    found = os.environ.get("ICSGRAPH_TEST_CHROMIUM") or next(
        (shutil.which(one) for one in _NAMES if shutil.which(one)), ""
    )
    if not found:
        pytest.skip(f"no Chromium is on the PATH ({', '.join(_NAMES)}), and ICSGRAPH_TEST_CHROMIUM names none")
    return found


@pytest.fixture(scope="module")
def driver(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install what drives it, as it is locked."""
    del chromium
    folder = tmp_path_factory.mktemp("browser")
    if install(_DRIVER, folder, "graphiql.mjs").returncode != 0:
        pytest.skip("the npm registry does not give playwright-core")
    return folder


@pytest.fixture(scope="module")
def seen(chromium: str, driver: Path, real_graph: Connection) -> dict[str, Any]:
    """Give what a browser saw of GraphiQL over the real graph, collected now if it was not."""
    if not graphiql.FILES.joinpath("graphiql.js").is_file():
        collect(graphiql.FILES)
    with served(real_graph, Settings()) as serving:
        ran = subprocess.run(
            [NODE, "graphiql.mjs", chromium, f"http://127.0.0.1:{serving.port}/graphiql", driver / "graphiql.png"],
            cwd=driver,
            check=False,
            capture_output=True,
            text=True,
            timeout=400,
        )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return {**found, "port": serving.port}


def test_a_query_and_a_subscription_are_run_in_it(seen: dict[str, Any]) -> None:
    """By the button that a person presses."""
    assert '"totalCount": 7' in seen["results"][0].replace("\xa0", " ")
    assert '"sequence"' in seen["results"][1]


def test_nobody_else_is_asked_and_the_policy_is_kept(seen: dict[str, Any]) -> None:
    """No request leaves this server, and the browser had nothing to complain of."""
    ours = (f"http://127.0.0.1:{seen['port']}/", f"ws://127.0.0.1:{seen['port']}/", "data:", "blob:")
    assert [one for one in seen["requests"] if not one.startswith(ours)] == []
    assert seen["complaints"] == []
