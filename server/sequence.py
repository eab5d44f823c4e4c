"""`Watch`: what this process knows of the graph's sequence, by one poll that everybody shares.

A poll reads the sequence and, from the database itself, the *mark* of its last commit (the bookmark of a READ query,
which changes with every commit, whoever made it). Each poll that finds another sequence or mark begins a new
*generation*; what was read in one generation is good for as long as it lasts and is proven by a poll that is young
enough. So a write that went round our writer is noticed too.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from cypher.errors import IcsgraphError
from cypher.graph import Graph, MarkedGraph
from cypher.statement import load

__all__ = ["Head", "Watch"]

_LOG = logging.getLogger("icsgraph")
_POLLS_WITHIN = 2  # polls in the time within which a change has to be known: one may be on its way
_LEAST_SECONDS = 0.02  # between polls while somebody waits for a sequence


@dataclass(frozen=True, slots=True)
class Head:
    """How far the graph has come: its sequence (0 where it is empty), and the mark of the last commit."""

    sequence: int
    mark: str


class Watch:
    """Polls the graph's head; a change is known within `within_seconds`, or nothing is proven any more."""

    def __init__(self, graph: Graph, within_seconds: float) -> None:
        self._graph = graph
        self._within = within_seconds
        self._statement = load("write/head").text
        self._head: Head | None = None
        self._proven_until = 0.0
        self._moved = asyncio.Event()  # replaced with each generation, so that all who wait are woken
        self._polling: asyncio.Task[Head] | None = None
        self._is_polled = False
        self.generation = 0

    @property
    def head(self) -> Head | None:
        """The head that the last poll found; None before the first."""
        return self._head

    def proves(self, generation: int) -> bool:
        """Return whether what was read in `generation` is no older than `within_seconds`."""
        return generation == self.generation and time.monotonic() < self._proven_until

    @property
    def proven(self) -> Head | None:
        """The head, if no commit is older than `within_seconds` without being in it."""
        return self._head if time.monotonic() < self._proven_until else None

    async def poll(self) -> Head:
        """Look now, and return the head; whoever asks while a poll is on its way gets the next one's.

        Raises:
            IcsgraphError: the database does not answer.
        """
        if (under_way := self._polling) is not None:  # it may have looked before what the caller knows of
            with suppress(IcsgraphError):
                await asyncio.shield(under_way)
        if self._polling is None or self._polling is under_way:
            self._polling = asyncio.create_task(self._look())
        task = self._polling
        try:
            return await asyncio.shield(task)
        finally:
            if task.done() and self._polling is task:
                self._polling = None

    async def _look(self) -> Head:
        began = time.monotonic()
        if isinstance(self._graph, MarkedGraph):
            records, mark = await self._graph.read_marked(self._statement, {})
        else:
            records, mark = await self._graph.read(self._statement, {}), ""
        head = Head(int(records[0][0] or 0) if records else 0, mark)
        if head != self._head:
            self._head = head
            self.generation += 1
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()
        self._proven_until = began + self._within
        return head

    async def other_than(self, sequence: int) -> int:
        """Return the graph's sequence as soon as it is another one; lower where the graph was made anew.

        While the database is away this waits on.
        """
        while self._head is None or self._head.sequence == sequence:
            if self._is_polled:
                await self._moved.wait()
                continue
            with suppress(IcsgraphError):
                if (await self.poll()).sequence != sequence:
                    break
            await asyncio.sleep(self._within / _POLLS_WITHIN)
        return self._head.sequence if self._head is not None else 0

    async def moved(self, generation: int) -> Head | None:
        """Return the head as soon as there is a later generation than `generation`."""
        while self.generation <= generation:
            await self._moved.wait()
        return self._head

    async def reaches(self, sequence: int, within_seconds: float) -> bool:
        """Return whether the graph's sequence is `sequence` or later before the time has run out.

        Raises:
            IcsgraphError: the database does not answer.
        """
        if self._head is not None and self._head.sequence >= sequence:
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(within_seconds):
                while True:
                    if (await self.poll()).sequence >= sequence:
                        return True
                    await asyncio.sleep(_LEAST_SECONDS)
        return False

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        """Poll for as long as the block lasts."""
        task = asyncio.create_task(self._poll_for_ever())
        self._is_polled = True
        try:
            yield
        finally:
            self._is_polled = False
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _poll_for_ever(self) -> None:
        is_away = False
        while True:
            began = time.monotonic()
            try:
                await self.poll()
                is_away = False
            except IcsgraphError as error:
                if not is_away:
                    _LOG.warning("the graph's sequence cannot be read: %s", error)
                is_away = True
            await asyncio.sleep(max(0.0, began + self._within / _POLLS_WITHIN - time.monotonic()))
