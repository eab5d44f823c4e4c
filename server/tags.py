"""`Tags`: the `ETag` of an answer, which is known before the graph is asked for it.

An answer follows from the request (document, operation, variables), today's date in London (the `asOf` of whoever sends
none), the schema and the settings that show in answers, and the graph's sequence. So a tag is the sequence and a digest
of all the rest, and whether a client's copy is still good costs the database one look at its sequence. A new version of
icsgraph that answers the same request otherwise, with the same schema, is noticed on the next day at the latest.

Tags are weak: the same answer may come compressed or not.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources import files

import orjson

from server.asked import Asked

__all__ = ["TIMELESS", "Tags"]

_DIGEST_BYTES = 18
_TAG = re.compile(r'(?:W/)?"([0-9]+|-)\.([0-9a-f]+)"')
TIMELESS = "-"  # instead of the sequence, where the answer is of the schema alone


class Tags:
    """Makes tags, and reads those that clients send back; `secret` is that of the cursors, which answers hold."""

    def __init__(self, secret: bytes, shown: Sequence[object], today: Callable[[], date]) -> None:
        edition = repr(tuple(shown)).encode() + files("schema").joinpath("schema.graphql").read_bytes()
        self._key = hmac.digest(hashlib.sha256(b"icsgraph tag" + secret).digest(), edition, "sha256")
        self._today = today

    def digest(self, asked: Asked, accepted: str) -> str | None:
        """Return what a tag holds besides the sequence; None where an answer has none, such as that of a dry run."""
        if asked.is_dry:
            return None
        parts = [asked.query, asked.operation_name, asked.variables, accepted, self._today()]
        try:
            text = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
        except orjson.JSONEncodeError:  # nested more deeply than can be written: no answer is kept for that
            return None
        return hashlib.blake2b(text, key=self._key, digest_size=_DIGEST_BYTES).hexdigest()

    @staticmethod
    def tag(digest: str, sequence: int | None) -> str:
        """Return the value of `ETag` for an answer."""
        return f'W/"{TIMELESS if sequence is None else sequence}.{digest}"'

    @staticmethod
    def held(if_none_match: str | None, digest: str | None) -> str | None:
        """Return the sequence (or `-`) of which a client holds the answer with this digest; None where it has none.

        A digest was given out with an answer only, so a request that names it is known to be in order.
        """
        for sequence, given in _TAG.findall(if_none_match or ""):
            if digest is not None and hmac.compare_digest(given, digest):
                return str(sequence)
        return None

    @staticmethod
    def is_good(held: str, sequence: int | None) -> bool:
        """Return whether what a client holds is what it would be answered."""
        return held == (TIMELESS if sequence is None else str(sequence))
