"""`icsgraph keys`: made once, shown once, shut out for good."""

import re
from pathlib import Path

import pytest
from neo4j import Driver

from server.connection import Connection
from server.database import Neo4jGraph
from server.errors import WrongKey
from server.keys import Keys
from tests.conftest import wipe
from tests.server.cli.test_commands import run


async def test_a_key_is_made_listed_and_revoked(
    tmp_path: Path, neo4j_connection: Connection, neo4j_driver: Driver
) -> None:
    """Standard output is the key alone, so that a program can take it; the list shows no secret."""
    wipe(neo4j_driver)
    of = {
        "NEO4J_URI": neo4j_connection.uri,
        "NEO4J_USER": neo4j_connection.user,
        "NEO4J_PASSWORD": neo4j_connection.password,
    }

    made = run(tmp_path, "keys", "create", "Shire library", **of)
    again = run(tmp_path, "keys", "create", "Shire library", **of)
    listed = run(tmp_path, "keys", "list", **of)
    async with Neo4jGraph(neo4j_connection, "neo4j", 60) as graph:
        keys = Keys(graph)
        caller = await keys.caller(f"Bearer {made.stdout.strip()}")
        revoked = run(tmp_path, "keys", "revoke", "Shire library", **of)
        with pytest.raises(WrongKey):
            await keys.caller(f"Bearer {made.stdout.strip()}")
        await keys.close()

    assert re.fullmatch(r"icsgraph_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n", made.stdout)
    assert (again.returncode, again.stdout) == (4, "")
    assert "Choose another" in again.stderr
    assert "Shire library" in listed.stdout
    assert made.stdout.strip().rpartition("_")[2] not in listed.stdout
    assert caller is not None
    assert (caller.name, caller.scopes) == ("Shire library", frozenset({"coverage:write"}))
    assert revoked.returncode == 0


@pytest.mark.parametrize(
    "arguments", [("create", "a\nname"), ("create", ""), ("create", "name", "--scope", "everything")]
)
def test_what_cannot_be_a_key_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """In one sentence, before any database is looked for."""
    done = run(tmp_path, "keys", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("icsgraph: ")
