"""`Subscriptions`: what is followed here, whichever way it is sent.

An event is read from the graph when the one before it has been sent, so nothing waits in memory for a slow reader: it
is behind, and the graph has the rest. Who does not take an event in time at all is dropped by whatever sends it.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Coroutine, Iterator

from cypher.errors import IcsgraphError
from resolvers.answers import Answer, Answers
from server.asked import Asked
from server.errors import Neo4jUnreachable, QueryTimedOut, TooManySubscriptions
from server.sequence import Watch

__all__ = ["Ended", "Subscriptions"]

_RETRY_SECONDS = 1.0  # while the database is away


class Ended(Exception):
    """The process ends; who resumes elsewhere misses nothing."""


class Subscriptions:
    """Follows the graph for many at once; `most` is how many."""

    def __init__(self, answers: Answers, watch: Watch, most: int) -> None:
        self._answers = answers
        self._watch = watch
        self._most = most
        self._ending = asyncio.Event()
        self.count = 0

    async def is_subscription(self, asked: Asked) -> bool:
        """Return whether a request is to be followed rather than answered once."""
        return await self._answers.is_subscription(asked.query, asked.operation_name)

    def check(self) -> None:
        """Raise TooManySubscriptions where one more would be too many."""
        if self.count >= self._most:
            message = f"{self.count} subscriptions are followed here already, which is the most; try again later."
            raise TooManySubscriptions(message)

    def end(self) -> None:
        """End all of them, because the process ends."""
        self._ending.set()

    async def events(self, asked: Asked, after: int | None = None) -> AsyncGenerator[tuple[int, Answer], None]:
        """Give each event with its sequence, for ever; `after` goes before what the document says.

        An answer without data is the last: the document was at fault, or the graph was made anew.

        Raises:
            TooManySubscriptions: one more would be too many.
            Ended: the process ends.
            IcsgraphError: the database is away before the first event, or something of ours is wrong.
        """
        with self._counted():
            came_to, has_begun = after, False
            while not self._ending.is_set():
                try:
                    event = await self._answers.event(asked.query, asked.variables, asked.operation_name, came_to)
                except (Neo4jUnreachable, QueryTimedOut):
                    if not has_begun:
                        raise
                    await self._until_ending(asyncio.sleep(_RETRY_SECONDS))
                    continue
                has_begun = True
                if event.answer is None:
                    came_to = event.sequence
                    await self._until_ending(self._other_than(event.sequence))
                    continue
                yield event.sequence, event.answer
                if not event.answer.has_data:
                    return
                came_to = event.sequence
            raise Ended

    async def _other_than(self, sequence: int) -> None:
        """Wait for another sequence than one that was read just now, which the poll may not know yet."""
        while await self._watch.other_than(sequence) <= sequence:
            try:
                if (await self._watch.poll()).sequence != sequence:
                    return
            except IcsgraphError:
                await asyncio.sleep(_RETRY_SECONDS)

    async def _until_ending(self, awaited: Coroutine[None, None, None]) -> None:
        """Wait, but not beyond the end of the process."""
        waits = [asyncio.ensure_future(awaited), asyncio.ensure_future(self._ending.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        self.check()
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1
