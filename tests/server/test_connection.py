"""A Neo4j that does not answer is explained in one sentence."""

from dataclasses import replace

import pytest

from server.connection import Connection, answers, check
from server.errors import Neo4jUnreachable
from server.ports import LOOPBACK, claim


def test_a_running_neo4j_answers(neo4j_connection: Connection) -> None:
    """The real one passes, with its database named or not."""
    check(neo4j_connection)
    check(neo4j_connection, "neo4j")

    assert answers(neo4j_connection)


def test_an_address_where_nobody_listens() -> None:
    """The sentence names the address."""
    nobody = Connection(f"bolt://{LOOPBACK}:{claim(LOOPBACK, 0, 'a test', '')}", "neo4j", "")

    with pytest.raises(Neo4jUnreachable, match=rf"^No Neo4j answers at {nobody.uri}: check that it runs"):
        check(nobody)
    assert not answers(nobody)


@pytest.mark.parametrize("uri", ["localhost:7687", "http://127.0.0.1:7474", "bolt://[half", "bolt://host:port"])
def test_what_is_no_address(uri: str) -> None:
    """The sentence shows how one is written."""
    with pytest.raises(Neo4jUnreachable, match="is not the address of a Neo4j: it is written like"):
        check(Connection(uri, "neo4j", ""))


def test_a_wrong_password(neo4j_connection: Connection) -> None:
    """The sentence names the user, and not the password."""
    stranger = replace(neo4j_connection, password="wrong-password")  # noqa: S106 - the test's own

    with pytest.raises(Neo4jUnreachable, match="does not accept the user 'neo4j' with this password") as raised:
        check(stranger)
    assert "wrong-password" not in str(raised.value)


def test_a_database_that_is_not_there(neo4j_connection: Connection) -> None:
    """The sentence names the database."""
    with pytest.raises(Neo4jUnreachable, match="has no database 'nowhere'"):
        check(neo4j_connection, "nowhere")
