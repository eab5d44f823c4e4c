"""`icsgraph neo4j`: the local Neo4j, started and stopped by hand."""

import typer

from server.cli.environment import current_settings
from server.cli.messages import messages
from server.connection import Connection, check
from server.local import LocalNeo4j
from server.origin import local_neo4j

_NOT_RUNNING = 1

commands = typer.Typer(
    help="The local Neo4j, which needs nothing installed by hand.", no_args_is_help=True, add_completion=False
)


@commands.command("start")
def start() -> None:
    """Start the local Neo4j and leave it running."""
    settings = current_settings()
    if settings.connection is not None:
        check(settings.connection, settings.neo4j_database)
        typer.echo(f"NEO4J_URI is set, and the Neo4j at {settings.neo4j_uri} answers; none is started here.")
        return
    local = local_neo4j(settings)
    with messages().status("Starting Neo4j"):
        connection = local.start()
    _show(local, connection)


@commands.command("stop")
def stop() -> None:
    """Stop the local Neo4j."""
    stopped = local_neo4j(current_settings()).stop()
    typer.echo("Stopped." if stopped else "It was not running.")


@commands.command("status")
def status() -> None:
    """Say whether the local Neo4j runs, and how to reach it; exit code 1 if it does not."""
    local = local_neo4j(current_settings())
    found = local.status()
    if found is None:
        typer.echo(f"Not running. Its folder is {local.folder}.")
        raise typer.Exit(_NOT_RUNNING)
    running, connection = found
    typer.echo(f"Running as process {running.pid}.")
    _show(local, connection)


def _show(local: LocalNeo4j, connection: Connection) -> None:
    typer.echo(f"Bolt      {connection.uri} (user {connection.user}, an administrator)")
    typer.echo(f"Password  {local.password_file}")
    typer.echo(f"Data      {local.folder}")
    typer.echo(f"Log       {local.log}")
