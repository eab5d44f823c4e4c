"""`Compression`: answers are compressed for whoever accepts gzip; whoever does not is passed on at no cost."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Message, Receive, Scope, Send

__all__ = ["Compression"]

_VARIES = (b"vary", b"Accept-Encoding")


class Compression(GZipMiddleware):
    """The library's, which looks at every answer closely, also at those that it must leave as they are."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and compress what comes back where that is accepted and worth it."""
        if scope["type"] != "http" or _accepts_gzip(scope):
            await super().__call__(scope, receive, send)
            return

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), _VARIES]
            await send(message)

        await self.app(scope, receive, said)


def _accepts_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])
