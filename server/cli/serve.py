"""`icsgraph serve`: GraphQL over HTTP, on a graph that is there."""

import asyncio
import gc
import socket
import sys
from collections.abc import Callable

import typer
import uvicorn

from cypher.validity import today_in_england
from server.cli.environment import current_settings
from server.origin import Origin, neo4j
from server.ports import claim, listen
from server.settings import Settings

commands = typer.Typer(add_completion=False)

PURPOSE, VARIABLE = "GraphQL", "ICSGRAPH_PORT"
_LAST_REQUESTS_SECONDS = 5
_NEW_OBJECTS = 100_000  # before the garbage collector looks for circles among them; a large answer makes half as many


@commands.command("serve")
def serve() -> None:
    """Serve the graph over HTTP, without loading anything."""
    settings = current_settings()
    port = claim(settings.host, settings.port, PURPOSE, VARIABLE)
    with neo4j(settings) as origin:
        serve_graphql(settings, origin, port, lambda: typer.echo(f"GraphQL   {address(settings.host, port)}"))


def address(host: str, port: int) -> str:
    """Return where GraphQL is served."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/graphql"


def serve_graphql(settings: Settings, origin: Origin, port: int, announce: Callable[[], None]) -> None:
    """Serve until a signal ends it; `announce` is called once requests are answered."""
    with listen(settings.host, port, PURPOSE, VARIABLE) as listening, asyncio.Runner(loop_factory=_loop()) as runner:
        runner.run(_serve(settings, origin, listening, announce))


async def _serve(settings: Settings, origin: Origin, listening: socket.socket, announce: Callable[[], None]) -> None:
    # Here, because the whole schema is made when it is imported, which no other command has to wait for.
    from server.app import create_app
    from server.reading import graph_at
    from server.writing import Neo4jWriting

    async with graph_at(origin.connection, origin.database, settings) as graph:
        writing = Neo4jWriting(origin.connection, origin.database, today_in_england)
        # Cursors are sealed with the password: the one secret that all processes of a deployment share.
        application = create_app(settings, graph, cursor_secret=origin.connection.password.encode(), writing=writing)
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_REQUESTS_SECONDS,
            ws_max_size=settings.max_body_bytes,
            ws_ping_interval=settings.keep_alive_seconds,
            ws_ping_timeout=settings.keep_alive_seconds,
        )
        ending = application.state.subscriptions.end
        await _AnnouncedServer(config, announce, ending).serve(sockets=[listening])


class _AnnouncedServer(uvicorn.Server):
    """A server that says when it answers, and ends what would go on for ever before it waits for the last requests."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is there by now, schema and modules, stays: out of sight of the garbage collector. A large answer is made
        # of thousands of lists, which would set it to work again and again, and which it has nothing to do with: they
        # hold no circles and go as soon as the answer is sent.
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop
