"""The keys of those who may write: a node each, which is no fact, with the hash of its secret and never the secret.

Names are given once for all: the change sets that were written with a key tell its name for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from neo4j import Driver, ManagedTransaction

from cypher.errors import KeyNameTaken, NoSuchKey
from cypher.statement import load

__all__ = ["AccessKey", "create_key", "list_keys", "revoke_key"]


@dataclass(frozen=True, slots=True)
class AccessKey:
    """What is known of a key; `revoked_at` is None while it is good."""

    name: str
    id: str
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


def create_key(driver: Driver, database: str, *, id_: str, name: str, hash_: str, scopes: Sequence[str]) -> None:
    """Make a key known.

    Raises:
        KeyNameTaken: there is or was one of that name.
    """
    given = {"id": id_, "name": name, "hash": hash_, "scopes": list(scopes), "now": datetime.now(UTC)}
    if not _written(driver, database, "keys/create_key", given):
        raise KeyNameTaken(f"There is or was a key {name!r}; what was written with it tells that name. Choose another.")


def list_keys(driver: Driver, database: str) -> list[AccessKey]:
    """Return all keys that there are or were, by name."""
    with driver.session(database=database) as session:
        rows = session.execute_read(lambda tx: _rows(tx, "keys/list_keys", {}))
    return [
        AccessKey(name, id_, tuple(scopes), created.to_native(), None if revoked is None else revoked.to_native())
        for name, id_, scopes, created, revoked in rows
    ]


def revoke_key(driver: Driver, database: str, name: str) -> None:
    """Let a key open nothing any more, from its next request on.

    Raises:
        NoSuchKey: there is none of that name.
    """
    if not _written(driver, database, "keys/revoke_key", {"name": name, "now": datetime.now(UTC)}):
        raise NoSuchKey(f"There is no key {name!r}; `icsgraph keys list` shows those that there are.")


def _written(driver: Driver, database: str, statement: str, parameters: dict[str, Any]) -> bool:
    with driver.session(database=database) as session:
        return bool(session.execute_write(lambda tx: _rows(tx, statement, parameters)))


def _rows(tx: ManagedTransaction, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
    return [record.values() for record in tx.run(load(statement).text, parameters)]
