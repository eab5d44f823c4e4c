"""`icsgraph keys`: who may write through the API."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from neo4j import Driver
from rich.console import Console
from rich.table import Table

from cypher.access_keys import create_key, list_keys, revoke_key
from cypher.validity import today_in_england
from cypher.writer import Writer
from server.cli.environment import current_settings
from server.errors import BadArgument
from server.origin import driver_of, neo4j

commands = typer.Typer(
    help="Keys of those who may write through the API; reading needs none.", no_args_is_help=True, add_completion=False
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}")
_SCOPES = ("coverage:write",)


@contextmanager
def _driver() -> Iterator[tuple[Driver, str]]:
    with neo4j(current_settings()) as origin, driver_of(origin) as driver:
        yield driver, origin.database


@commands.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Whose it is: change sets tell it. It is given once for all.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="What it is for: `coverage:write`, which is all that there is now.")
    ] = None,
) -> None:
    """Make a key and show it: this once, for only its hash is kept."""
    if not _NAME.fullmatch(name):
        raise BadArgument(f"{name!r} is no name for a key: letters, digits, spaces and . _ @ -, at most 100.")
    scopes = sorted(set(scope or _SCOPES))
    if unknown := [one for one in scopes if one not in _SCOPES]:
        raise BadArgument(f"{unknown[0]!r} is no scope; there is {', '.join(_SCOPES)}.")
    from server.keys import new_key  # here, because it brings the whole schema, which no other command has to wait for

    with _driver() as (driver, database):
        Writer(driver, today_in_england(), database=database).prepare()
        made = new_key()
        create_key(driver, database, id_=made.id, name=name, hash_=made.hash, scopes=scopes)
    typer.echo(made.token)
    typer.echo(f"The key of {name}, for {', '.join(scopes)}. It is shown this once.", err=True)


@commands.command("list")
def show() -> None:
    """List the keys that there are or were, without their secrets."""
    with _driver() as (driver, database):
        found = list_keys(driver, database)
    table = Table("Name", "Id", "Scopes", "Created", "Revoked", box=None, pad_edge=False)
    for one in found:
        revoked = "" if one.revoked_at is None else one.revoked_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(one.name, one.id, " ".join(one.scopes), one.created_at.strftime("%Y-%m-%d %H:%M"), revoked)
    Console().print(table)


@commands.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="Whose key.")]) -> None:
    """Let a key open nothing any more, from its next request on; its name is not given again."""
    with _driver() as (driver, database):
        revoke_key(driver, database, name)
    typer.echo(f"The key of {name} opens nothing any more.")
