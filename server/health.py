"""`/health`: whether this process and its graph can answer, for whoever starts and stops it."""

import logging

import orjson
from starlette.requests import Request
from starlette.responses import Response

from cypher.errors import IcsgraphError
from cypher.graph import Graph
from cypher.statement import load

__all__ = ["Health"]

_LOG = logging.getLogger("icsgraph")


class Health:
    """Asks the graph for its sequence: 200 with it, or 503 while the database is away or holds no graph yet."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._statement = load("write/head").text

    async def respond(self, _: Request) -> Response:
        """Answer one probe; what went wrong is logged here and not told."""
        try:
            rows = await self._graph.read(self._statement, {})
        except IcsgraphError as error:
            _LOG.warning("not healthy: %s", error)
            return _response(503, {"status": "DATABASE_UNAVAILABLE"})
        if not rows or not rows[0][0]:
            return _response(503, {"status": "GRAPH_EMPTY"})
        return _response(200, {"status": "OK", "sequence": rows[0][0]})


def _response(status: int, body: dict[str, str | int]) -> Response:
    headers = {"content-type": "application/json; charset=utf-8", "cache-control": "no-store"}
    return Response(orjson.dumps(body), status, headers)
