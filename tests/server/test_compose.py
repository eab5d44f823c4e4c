"""docker-compose.yml and Dockerfile: checked as far as a machine without an engine allows."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.configuration import neo4j_settings
from server.jars import neo4j_version
from server.settings import listing

_ROOT = Path(__file__).parents[2]
_COMPOSE = _ROOT / "docker-compose.yml"
_OF_ADDRESS = {
    # In a container these are the container's own, and what leads there from the host is in `ports`.
    "server.default_listen_address",
    "server.bolt.listen_address",
    "server.bolt.advertised_address",
}
_OF_HEAP = {"server.memory.heap.initial_size", "server.memory.heap.max_size"}
"""The local server is told these by the arguments of its Java."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """What docker-compose.yml says."""
    said: dict[str, Any] = yaml.safe_load(_COMPOSE.read_text(encoding="utf-8"))
    return said


def _settings(environment: dict[str, str]) -> dict[str, str]:
    """Return settings by name, as the image's entry point makes them of variables."""
    named = {name: str(value) for name, value in environment.items() if name.startswith("NEO4J_")}
    del named["NEO4J_AUTH_FILE"]
    return {
        re.sub(r"__|_", lambda found: "_" if found[0] == "__" else ".", name.removeprefix("NEO4J_")): value
        for name, value in named.items()
    }


def test_neo4j_is_told_what_the_local_server_is_told(compose: dict[str, Any]) -> None:
    """Every safe setting has the same name and value in both, save for addresses and heap."""
    local = dict(line.split("=", 1) for line in neo4j_settings(7687).splitlines())
    told = _settings(compose["services"]["neo4j"]["environment"])

    assert told.keys() - local.keys() == _OF_HEAP
    assert local.keys() - told.keys() == _OF_ADDRESS
    assert {name: told[name] for name in told.keys() & local.keys()} == {
        name: local[name] for name in told.keys() & local.keys()
    }


def test_the_image_is_the_version_that_the_jars_are_of(compose: dict[str, Any]) -> None:
    """One dialect and one engine, by each of the three ways."""
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{neo4j_version()}-community"


def test_the_api_is_given_settings_that_there_are(compose: dict[str, Any]) -> None:
    """A variable that nothing reads would be a promise that nothing keeps."""
    assert compose["services"]["api"]["environment"].keys() <= {variable for variable, _, _ in listing()}


def test_every_port_is_published_on_loopback_alone(compose: dict[str, Any]) -> None:
    """Bolt's password is an administrator's, and GraphQL is not yet for the world."""
    ports = [port for service in compose["services"].values() for port in service["ports"]]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_stands_in_the_file(compose: dict[str, Any]) -> None:
    """Passwords are files that git and the image leave out."""
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            assert "PASSWORD" not in name or value.startswith("/run/secrets/"), name
    files = [secret["file"] for secret in compose["secrets"].values()]
    assert all(file.startswith("./secrets/") for file in files)
    assert "/secrets/" in (_ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "!secrets" not in (_ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_every_service_has_a_health_check_and_the_api_waits_for_the_database(compose: dict[str, Any]) -> None:
    """What depends on what is said by health, not by having started."""
    services = compose["services"]

    assert all(service["healthcheck"]["test"] for service in services.values())
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_what_is_named_is_declared(compose: dict[str, Any]) -> None:
    """Secrets and volumes of services are those of the file."""
    for service in compose["services"].values():
        assert set(service.get("secrets", ())) <= compose["secrets"].keys()
        named = {volume.partition(":")[0] for volume in service.get("volumes", ())}
        assert named <= compose["volumes"].keys()


@pytest.mark.parametrize("name", ["docker-compose.yml", "Dockerfile"])
def test_images_have_short_names(name: str) -> None:
    """No registry's address stands in the files: whoever runs them has one set up."""
    text = (_ROOT / name).read_text(encoding="utf-8")
    images = re.findall(r"^(?:FROM|\s+image:)\s+(\S+)", text, re.MULTILINE)

    assert images
    assert all(re.fullmatch(r"[a-z0-9]+(:[a-z0-9.-]+)?", image) for image in images)


def test_the_image_runs_as_nobody_from_locked_requirements() -> None:
    """Not root, every package with its hash, and every room of the program."""
    text = (_ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert "--require-hashes" in text
    assert re.findall(r"^USER (\d+):\d+$", text, re.MULTILINE) == ["10001"]
    copied = set(re.findall(r"^COPY (\w+) \./\w+$", text, re.MULTILINE))
    assert copied == {"cypher", "seed", "resolvers", "schema", "server"}
    kept = (_ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert all(f"!{room}" in kept for room in copied)


def test_compose_itself_accepts_the_file() -> None:
    """Where its client is installed; without one the tests above are all there is."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no client of Docker Compose is installed")

    done = subprocess.run(
        [docker, "compose", "--file", str(_COMPOSE), "config", "--quiet"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
