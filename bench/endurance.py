"""`endured`: how the memory of a server grows over many mixed requests."""

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any

from bench.contestants import Server
from bench.load import loop_factory, press_times

__all__ = ["endured"]

_CONNECTIONS = 8
_LOOKS = 10


def endured(server: Server, requests: Sequence[bytes], count: int) -> dict[str, Any]:
    """Send so many of the requests in turn; return the resident memory before them and after each tenth, in MB.

    Raises:
        RuntimeError: one of them was not answered as it should be.
    """
    turned = itertools.cycle(requests)
    sizes = [_megabytes(server)]
    for _ in range(_LOOKS):
        part = list(itertools.islice(turned, count // _LOOKS))
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            failures = runner.run(press_times(server.port, part, _CONNECTIONS))
        if failures:
            raise RuntimeError(f"{failures} of {len(part)} requests were not answered as they should be.")
        sizes.append(_megabytes(server))
    return {"requests": count, "resident_megabytes": sizes}


def _megabytes(server: Server) -> float:
    return float(server.process.memory_info().rss) / 1e6
