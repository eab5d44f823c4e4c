"""The commands put together, and how they end."""

import errno
import logging
import signal
import sys
from types import FrameType

import typer
from neo4j.exceptions import DriverError, Neo4jError

from cypher.errors import IcsgraphError
from server.cli import ask, gaps, keys, neo4j, postcodes, schema, seed, serve, settings, up
from server.errors import BadArgument, BadSetting, ServerError

_USAGE, _SURROUNDINGS, _DATA = 2, 3, 4

application = typer.Typer(
    name="icsgraph",
    help="The structure of England's health and care system as a dated, sourced graph, served through GraphQL.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
application.command("up")(up.bring_up)
application.command("serve")(serve.serve)
application.command("ask")(ask.ask)
application.command("gaps")(gaps.gaps)
application.add_typer(neo4j.commands, name="neo4j")
seed.commands.command("postcodes")(postcodes.postcodes)
application.add_typer(seed.commands, name="seed")
application.add_typer(keys.commands, name="keys")
application.add_typer(schema.commands, name="schema")
application.add_typer(settings.commands, name="settings")


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
