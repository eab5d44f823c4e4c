"""`icsgraph up`: everything at once, from nothing to a graph that answers."""

import typer

from server.cli.environment import current_settings
from server.cli.seed import load_where_needed
from server.cli.serve import PURPOSE, VARIABLE, address, serve_graphql
from server.origin import Origin, neo4j
from server.ports import claim

commands = typer.Typer(add_completion=False)


@commands.command("up")
def bring_up() -> None:
    """Start Neo4j, load the graph where needed, and serve it until Ctrl-C, which stops what was started here."""
    settings = current_settings()
    port = claim(settings.host, settings.port, PURPOSE, VARIABLE)  # before anything is started
    with neo4j(settings) as origin:
        report = load_where_needed(origin)
        if report is not None:
            typer.echo(f"Loaded    {sum(report.counts.values())} facts in {report.seconds:.0f} seconds")
        serve_graphql(settings, origin, port, lambda: _announce(address(settings.host, port), origin))


def _announce(graphql: str, origin: Origin) -> None:
    typer.echo(f"GraphQL   {graphql}")
    typer.echo(f"Bolt      {origin.connection.uri} (user {origin.connection.user})")
    if origin.local is not None:
        typer.echo(f"Password  {origin.local.password_file}")
        typer.echo(f"Data      {origin.local.folder}")
        typer.echo(f"Log       {origin.local.log}")
        if not origin.local.is_ours:
            typer.echo("Neo4j was running before and will go on; `icsgraph neo4j stop` stops it.")
    typer.echo("Ctrl-C stops what was started here.")
