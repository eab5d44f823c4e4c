"""GraphiQL, an editor of queries for the browser, served by ourselves: the page asks nothing of any other server.

What the page is made of is not in the repository. `scripts/graphiql` collects it, and a wheel carries it.
"""

from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

__all__ = ["FILES", "graphiql_routes", "is_browser", "to_graphiql"]

FILES = Path(str(files("server"))) / "graphiql_files"
_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>icsgraph: GraphiQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="graphiql/graphiql.css">
  </head>
  <body>
    <div id="graphiql">GraphiQL is loading; it needs JavaScript.</div>
    <script type="module" src="graphiql/graphiql.js"></script>
  </body>
</html>
"""
# The editor writes the styles of its themes into the page; scripts come from here alone, and none stand in the page.
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self';"
    " style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}
_MISSING = (
    "GraphiQL has not been collected here: run ./scripts/graphiql in the checkout, on a machine that reaches the npm"
    " registry, and load this page again.\n"
)


def graphiql_routes(folder: Path = FILES) -> list[BaseRoute]:
    """Return the page and what it is made of; where that is not collected, one sentence that says how to."""

    async def page(_: Request) -> Response:
        if not folder.joinpath("graphiql.js").is_file():
            return PlainTextResponse(_MISSING, 404, {"cache-control": "no-store"})
        return HTMLResponse(_PAGE, headers=_HEADERS)

    return [
        Route("/graphiql", page, methods=["GET"]),
        Mount("/graphiql", StaticFiles(directory=folder, check_dir=False)),
    ]


def is_browser(request: Request) -> bool:
    """Return whether a person opened the address of GraphQL: no client of GraphQL asks for a page."""
    if request.method != "GET":
        return False
    return "text/html" in (
        one.partition(";")[0].strip().lower() for one in request.headers.get("accept", "").split(",")
    )


def to_graphiql(request: Request) -> Response:
    """Send a browser to the page, with the query that its address holds."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"graphiql{asked}", 303, {"vary": "Accept", "cache-control": "no-store"})
