"""`icsgraph schema`: the public contract."""

import typer

commands = typer.Typer(help="The GraphQL schema.", no_args_is_help=True, add_completion=False)


@commands.callback()
def _group() -> None:
    """Keep `print` a command of its own although it is the only one."""


@commands.command("print")
def print_schema() -> None:
    """Print the schema in GraphQL's own language."""
    # Only this command needs the schema, whose building takes a moment.
    from schema.catalogue import contract

    typer.echo(contract().sdl(), nl=False)
