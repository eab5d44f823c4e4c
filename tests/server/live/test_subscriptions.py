"""Whoever follows the graph is told of each change once, by the real protocols, while a real writer writes.

The clients are the npm packages `graphql-ws` and `graphql-sse` under Node (from the development dependencies; the
packages from `tests/live/`, locked there), and the Python package `websockets` where a client must misbehave.
"""

import asyncio
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from cypher.writer import Writer
from server.connection import Connection
from server.settings import Settings
from tests.node import NODE
from tests.server.live.following import (
    FOLLOW,
    Cut,
    Serving,
    next_message,
    open_socket,
    say,
    served,
)

_WRITTEN = 6


@pytest.mark.parametrize("transport", ["socket", "events"])
def test_a_client_that_is_cut_off_again_and_again_gets_each_change_once(
    package: Path, serving: Serving, write: Callable[[], int], transport: str
) -> None:
    """From the first change set to the last, in order, none lost and none twice, while they are being written."""
    way = Cut(serving.port)
    last = write() + _WRITTEN
    address = f"http://127.0.0.1:{way.port}/graphql"
    client = subprocess.Popen(
        [NODE, "follow.mjs", transport, address, str(last)], cwd=package, stdout=subprocess.PIPE, text=True
    )
    try:
        came = [client.stdout.readline()] if client.stdout else []
        cuts, rest = 0, ""
        for _ in range(_WRITTEN):
            write()
            time.sleep(0.3)
            cuts += way.cut()
        # Not by `communicate`, which does not see what was read along with the first line.
        if client.stdout:
            with client.stdout as output:
                rest = output.read()
        client.wait(timeout=60)
    finally:
        client.kill()
        way.close()

    assert client.returncode == 0
    assert [int(one) for one in (*came, *rest.split())] == list(range(1, last + 1))
    assert cuts >= 3


async def test_more_than_may_be_followed_are_refused_until_one_ends(serving: Serving) -> None:
    """On one socket, and in the process: over WebSocket an error of that operation, over HTTP 503."""
    subscribe = {"type": "subscribe", "payload": {"query": FOLLOW}}
    async with open_socket(serving) as one, open_socket(serving) as two, httpx.AsyncClient(timeout=20) as client:
        for number in range(4):
            await say(one, id=str(number), **subscribe)
        full = await next_message(one)
        for number in range(3):
            await say(two, id=str(number), **subscribe)
        await asyncio.sleep(1)
        headers = {"accept": "text/event-stream"}
        refused = await client.post(serving.address, json={"query": FOLLOW}, headers=headers)
        await say(one, id="0", type="complete")
        await asyncio.sleep(0.5)
        async with client.stream("POST", serving.address, json={"query": FOLLOW}, headers=headers) as taken:
            status = taken.status_code

    assert (full["id"], full["type"]) == ("3", "error")
    assert full["payload"][0]["extensions"]["code"] == "TOO_MANY_OPERATIONS"
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "TOO_MANY_SUBSCRIPTIONS")
    assert status == 200


async def test_the_graph_is_polled_once_for_all(serving: Serving, write: Callable[[], int]) -> None:
    """Four subscribers cost no more polls than one, and each is told when the poll has seen another sequence."""
    last = write()
    async with open_socket(serving) as one, open_socket(serving) as two:
        for made in (one, two):
            for number in range(2):
                payload = {"query": FOLLOW, "variables": {"after": last}}
                await say(made, id=str(number), type="subscribe", payload=payload)
        await asyncio.sleep(1)
        before = len(serving.graph.statements)
        await asyncio.sleep(2)
        polls = len(serving.graph.statements) - before
        write()
        told = [await next_message(made) for made in (one, one, two, two)]

    assert 0 < polls <= 11, "every 200 ms, for all of them"
    assert {one["payload"]["data"]["changes"]["sequence"] for one in told} == {last + 1}


def test_a_subscription_ends_with_the_process_and_not_for_good(
    neo4j_connection: Connection, writer: Writer, package: Path
) -> None:
    """A client that is told of the end by neither `complete` nor an error comes again, and goes on elsewhere."""
    del package
    last = writer.head().sequence
    with served(neo4j_connection, Settings(fresh_milliseconds=400)) as serving, httpx.Client(timeout=20) as client:
        request = {"query": FOLLOW, "variables": {"after": last - 1}}
        with client.stream("POST", serving.address, json=request, headers={"accept": "text/event-stream"}) as response:
            lines = response.iter_lines()
            told = [next(lines) for _ in range(3)]
            threading.Timer(0.5, serving.subscriptions.end).start()
            told += list(lines)

    assert told[1] == f"id: {last}"
    assert "event: complete" not in told
