"""`icsgraph settings`: what can be set."""

import sys

import typer
from rich.console import Console
from rich.table import Table

from server.settings import listing

_UNBROKEN = 200

commands = typer.Typer(help="What can be set, by environment variables.", no_args_is_help=True, add_completion=False)


@commands.callback()
def _group() -> None:
    """Keep `list` a command of its own although it is the only one."""


@commands.command("list")
def list_settings() -> None:
    """List every setting with its default."""
    table = Table("Variable", "Default", "What it does", box=None, pad_edge=False)
    for variable, default, explanation in listing():
        table.add_row(variable, default, explanation)
    # Read by a program, each setting stays on its line.
    console = Console(width=None if sys.stdout.isatty() else _UNBROKEN)
    console.print(table)
