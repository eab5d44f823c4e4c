"""`Keys`: who sends a request, by the key in `Authorization: Bearer …`.

A key is `icsgraph_<id>_<secret>`: the id finds the one hash to hold the secret against, so most wrong keys cost one
look into the database. Argon2 is slow by design; it runs in a thread, one at a time, and what it found is remembered
for a while, good or wrong. The hash itself is read anew with each request, so a key that was revoked opens nothing from
then on. Where more wait for it than can be served soon, or one id was tried in vain too often, the rest is refused
unheard: a flood of wrong keys costs one core at most, and whoever is remembered goes on.
"""

import asyncio
import hashlib
import re
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cypher.graph import Graph
from cypher.statement import load
from resolvers.writes import Caller
from server.errors import TooManyKeys, WrongKey

__all__ = ["Keys", "NewKey", "new_key"]

_TOKEN = re.compile(r"icsgraph_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_REMEMBERED_SECONDS = 300.0
_REMEMBERED_MOST = 10_000
_WAITING_MOST = 4
_FAILURES_MOST = 10
_FAILURES_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: its secret is in `token` and nowhere else."""

    id: str
    token: str
    hash: str


def new_key() -> NewKey:
    """Return a new key, with the hash by which it will be known."""
    id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return NewKey(id_, f"icsgraph_{id_}_{secret}", PasswordHasher().hash(secret))


class Keys:
    """Knows the bearers of keys; for one event loop."""

    def __init__(self, graph: Graph, clock: Callable[[], float] = time.monotonic) -> None:
        self._graph = graph
        self._clock = clock
        self._hasher = PasswordHasher()
        self._salt = secrets.token_bytes(32)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="icsgraph-keys")
        self._remembered: OrderedDict[bytes, tuple[bool, float]] = OrderedDict()
        self._under_way: dict[bytes, asyncio.Future[bool]] = {}
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self.verifications = 0

    async def caller(self, authorization: str | None) -> Caller | None:
        """Return whose key a request bears, None where it bears none.

        Raises:
            WrongKey: it bears one that is none of ours, or was revoked.
            TooManyKeys: too many keys are being tried.
        """
        scheme, _, token = (authorization or "").strip().partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = _TOKEN.fullmatch(token.strip())
        if found is None:
            raise WrongKey("What was sent as a key is not of its form; send it as `icsgraph keys create` gave it.")
        rows = await self._graph.read(load("keys/find_key").text, {"id": found[1]})
        if not rows:
            raise WrongKey("The key that was sent is not known here, or was revoked.")
        name, hash_, scopes = rows[0]
        if not await self._is_right(found[1], found[2], hash_):
            raise WrongKey("The key that was sent is not known here, or was revoked.")
        return Caller(name, frozenset(scopes))

    async def _is_right(self, id_: str, secret: str, hash_: str) -> bool:
        digest = hashlib.blake2b(f"{hash_} {secret}".encode(), key=self._salt).digest()
        known = self._remembered.get(digest)
        if known is not None and self._clock() < known[1]:
            return known[0]
        under_way = self._under_way.get(digest)
        if under_way is None:
            self._refuse_floods(id_)
            task = asyncio.ensure_future(self._verified(id_, secret, hash_, digest))
            self._under_way[digest] = under_way = task
            task.add_done_callback(lambda _: self._under_way.pop(digest, None))
        return await asyncio.shield(under_way)

    async def _verified(self, id_: str, secret: str, hash_: str, digest: bytes) -> bool:
        self.verifications += 1
        is_right = await asyncio.get_running_loop().run_in_executor(self._thread, self._verify, hash_, secret)
        self._remembered[digest] = (is_right, self._clock() + _REMEMBERED_SECONDS)
        self._remembered.move_to_end(digest)
        if len(self._remembered) > _REMEMBERED_MOST:
            self._remembered.popitem(last=False)
        if not is_right:
            self._failures.setdefault(id_, deque(maxlen=_FAILURES_MOST)).append(self._clock())
            if len(self._failures) > _REMEMBERED_MOST:
                self._failures.popitem(last=False)
        return is_right

    def _verify(self, hash_: str, secret: str) -> bool:
        try:
            return self._hasher.verify(hash_, secret)
        except (VerificationError, InvalidHashError):
            return False

    def _refuse_floods(self, id_: str) -> None:
        failures = self._failures.get(id_, deque[float]())
        is_tried_often = len(failures) == _FAILURES_MOST and self._clock() - failures[0] < _FAILURES_SECONDS
        if is_tried_often or len(self._under_way) >= _WAITING_MOST:
            raise TooManyKeys("Too many keys are being tried; send the request again in a minute.")

    async def close(self) -> None:
        """End the thread."""
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)
