"""The commands put together, and how they end."""

import errno
import logging
import signal
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import FrameType
from typing import Any

import typer
from neo4j.exceptions import DriverError, Neo4jError
from typer.core import TyperGroup

from cypher.errors import IcsgraphError
from server.errors import BadArgument, BadSetting, ServerError

_USAGE, _SURROUNDINGS, _DATA = 2, 3, 4
_NAMES = ("up", "serve", "ask", "gaps", "neo4j", "seed", "keys", "schema", "settings")


class _Commands(Mapping[str, Any]):
    """The commands by name; each is imported when it is asked for, as what one needs no other has to wait for."""

    def __getitem__(self, name: str) -> Any:
        if name not in _NAMES:
            raise KeyError(name)
        found = typer.main.get_command(import_module(f"server.cli.{name}").commands)
        found.name = name
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


class _Program(TyperGroup):
    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = _Commands()  # type: ignore[assignment]  # none is ever added

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # what the library asks with
        return list(self.commands)


application = typer.Typer(name="icsgraph", cls=_Program, pretty_exceptions_enable=False, add_completion=False)


@application.callback(no_args_is_help=True)
def _program() -> None:
    """The structure of England's health and care system as a dated, sourced graph, served through GraphQL."""


def main() -> None:
    """Run a command; whatever fails on purpose ends in one sentence and an exit code, never in a traceback."""
    # The driver logs what it then raises; a command's user gets the one sentence.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:  # Windows has no SIGHUP
            signal.signal(number, _end)
    try:
        application()
    except IcsgraphError as error:
        _fail(str(error), exit_code(error))
    except (DriverError, Neo4jError) as error:
        _fail(f"The database did not do what was asked: {_first_line(error)}", _SURROUNDINGS)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        _fail("The disk is full.", _SURROUNDINGS)


def exit_code(error: IcsgraphError) -> int:
    """Return the exit code that an error ends a command with."""
    if isinstance(error, BadArgument | BadSetting):
        return _USAGE
    return _SURROUNDINGS if isinstance(error, ServerError) else _DATA


def _fail(sentence: str, code: int) -> None:
    # Not Rich: it would break the sentence into lines of a terminal's width where there is no terminal.
    typer.echo(f"icsgraph: {sentence}", err=True)
    sys.exit(code)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - what a signal handler is given
    """End in order, as on Ctrl-C: what was started is stopped on the way out."""
    sys.exit(128 + number)
