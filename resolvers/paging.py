"""Pages of a connection: keyset cursors, and how many rows a page has.

A cursor names the last row seen, not a count of rows, so a page stays right while rows come and go. It is opaque,
signed, and bound to what it was made for: the connection, the date, the arguments of the root field that it stands
below, its filter and its order: `base64url(json [connection, date, digest of those, key] + signature)`.
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

__all__ = ["CursorKey", "PageLimits", "Window", "digest_of", "page"]

_SIGNATURE_BYTES = 12


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How many rows a page has when the request does not say, and at most."""

    default: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Window:
    """One page as asked for: its size in rows, from which end, whether a cursor was given, the digest of its query."""

    size: int
    is_backward: bool
    has_cursor: bool
    of: str = ""


class CursorKey:
    """The secret with which cursors are sealed; processes that share it read each other's cursors."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"icsgraph cursor of codes" + secret).digest()

    def _signature(self, payload: bytes) -> bytes:
        return hmac.digest(self._secret, payload, "sha256")[:_SIGNATURE_BYTES]

    def seal(self, connection: str, as_of: date, key: str, of: str = "") -> str:
        """Return the cursor of the row with that `key` in `connection` at `as_of`, in the query of which `of` tells."""
        payload = orjson.dumps([connection, as_of.isoformat(), of, key])
        return base64.urlsafe_b64encode(payload + self._signature(payload)).decode().rstrip("=")

    def open(self, cursor: str, connection: str, as_of: date, of: str = "") -> str:
        """Return the key within `cursor`.

        Raises:
            MalformedArgument: MALFORMED_CURSOR where it is none of ours, FOREIGN_CURSOR where it was made for
            another connection, date or query.
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
                f"This cursor is none that this server gave. {allowed}", "MALFORMED_CURSOR", details=sent
            )
        made_for, made_at, made_of, key = orjson.loads(payload)
        if made_for != connection or made_at != as_of.isoformat():
            raise MalformedArgument(
                f"This cursor was made for {made_for} as of {made_at}, but was sent to {connection} as of {as_of}."
                f" {allowed}",
                "FOREIGN_CURSOR",
                details=sent,
            )
        if made_of != of:
            raise MalformedArgument(
                f"This cursor was made for {made_for} with another subject, filter or order. {allowed}",
                "FOREIGN_CURSOR",
                details=sent,
            )
        return str(key)


def digest_of(values: Sequence[object]) -> str:
    """Return a short digest of the arguments that a cursor is bound to; empty where there are none."""
    if all(value is None for value in values):
        return ""
    return hashlib.sha256(orjson.dumps(values, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def page(rows: Sequence[list[object]], window: Window) -> Sequence[list[object]]:
    """Return the rows of the page, in order; one row more than its size was asked for, to see whether more follow."""
    kept = rows[: window.size]
    return kept[::-1] if window.is_backward else kept
