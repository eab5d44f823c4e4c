"""Pages of a connection: keyset cursors, and how many rows a page has.

A cursor names the last row seen, not a count of rows, so a page stays right while rows come and go. It is opaque,
signed, and bound to the connection and the date that it was made for: `base64url(json [connection, date, key] +
signature)`.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from resolvers.errors import MalformedArgument

__all__ = ["HIGHEST", "LOWEST", "CursorKey", "PageLimits", "Window", "page"]

LOWEST = ""  # sorts before every key
HIGHEST = "\U0010ffff"  # sorts after every key, which are ASCII
_SIGNATURE_BYTES = 12


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How many rows a page has when the request does not say, and at most."""

    default: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Window:
    """One page as asked for: its size in rows, from which end, and whether a cursor was given."""

    size: int
    is_backward: bool
    has_cursor: bool


class CursorKey:
    """The secret with which cursors are sealed; processes that share it read each other's cursors."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"icsgraph cursor" + secret).digest()

    def _signature(self, payload: bytes) -> bytes:
        return hmac.digest(self._secret, payload, "sha256")[:_SIGNATURE_BYTES]

    def seal(self, connection: str, as_of: date, key: str) -> str:
        """Return the cursor of the row with that `key` in `connection` at `as_of`."""
        payload = orjson.dumps([connection, as_of.isoformat(), key])
        return base64.urlsafe_b64encode(payload + self._signature(payload)).decode().rstrip("=")

    def open(self, cursor: str, connection: str, as_of: date, path: Sequence[str | int] = ()) -> str:
        """Return the key within `cursor`.

        Raises:
            MalformedArgument: MALFORMED_CURSOR where it is none of ours, FOREIGN_CURSOR where it was made for
            another connection or date.
        """
        sent = {"sent": cursor[:200]}
        allowed = "Send a cursor exactly as an earlier page gave it, or leave the argument out to begin at the start."
        try:
            sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            sealed = b""
        payload, signature = sealed[:-_SIGNATURE_BYTES], sealed[-_SIGNATURE_BYTES:]
        if not payload or not hmac.compare_digest(signature, self._signature(payload)):
            raise MalformedArgument(
                f"This cursor is none that this server gave. {allowed}", "MALFORMED_CURSOR", path=path, details=sent
            )
        made_for, made_at, key = orjson.loads(payload)
        if made_for != connection or made_at != as_of.isoformat():
            raise MalformedArgument(
                f"This cursor was made for {made_for} as of {made_at}, but was sent to {connection} as of {as_of}."
                f" {allowed}",
                "FOREIGN_CURSOR",
                path=path,
                details=sent,
            )
        return str(key)


def page(rows: Sequence[list[object]], window: Window) -> Sequence[list[object]]:
    """Return the rows of the page, in order; one row more than its size was asked for, to see whether more follow."""
    kept = rows[: window.size]
    return kept[::-1] if window.is_backward else kept
