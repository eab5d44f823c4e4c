"""A process knows the graph's sequence, by one poll that all share, and a request may wait for one."""

import asyncio
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j import Driver

from cypher.validity import today_in_england
from server.connection import Connection
from server.database import Neo4jGraph
from server.errors import Neo4jUnreachable
from server.sequence import Watch
from server.settings import Settings
from tests.server.serving import code_of, serving
from tests.server.small import FIRST, make_small, write_practice

_BOUND_SECONDS = 0.3
_RACING_SECONDS = 6.0  # at least; longer where the machine is too busy for as much as is asserted below
_PATIENCE_SECONDS = 120.0


@pytest.fixture(scope="module")
def small_graph(neo4j_connection: Connection, neo4j_driver: Driver) -> Connection:
    """Give a Neo4j that held one practice at the start."""
    make_small(neo4j_driver)
    return neo4j_connection


async def test_the_mark_changes_with_every_commit_and_with_nothing_else(
    small_graph: Connection, neo4j_driver: Driver
) -> None:
    """Reading leaves it alone; a write of anybody's is another mark, though the sequence be the same."""
    async with Neo4jGraph(small_graph, "neo4j", 60) as graph:
        watch = Watch(graph, 60)
        first = await watch.poll()
        await graph.read("MATCH (n) RETURN count(n)", {})
        same = await watch.poll()
        await asyncio.to_thread(neo4j_driver.execute_query, "MATCH (n:GPPractice) SET n.name = 'other'")
        stray = await watch.poll()

    assert first == same
    assert first.sequence == stray.sequence
    assert first.mark != stray.mark


async def test_polls_at_one_time_are_one_statement() -> None:
    """But none that began before somebody asked: it may have looked before what he knows of."""

    class Counting:
        count = 0

        async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
            del text, parameters
            self.count += 1
            await asyncio.sleep(0.01)
            return [[self.count]]

    graph = Counting()
    watch = Watch(graph, 60)

    heads = await asyncio.gather(*(watch.poll() for _ in range(20)))

    assert graph.count == 2
    assert [one.sequence for one in heads] == [1] + [2] * 19


async def test_who_waits_for_a_generation_is_woken_by_it(small_graph: Connection, neo4j_driver: Driver) -> None:
    """A subscription needs no poll of its own."""
    async with Neo4jGraph(small_graph, "neo4j", 60) as graph:
        watch = Watch(graph, _BOUND_SECONDS)
        async with watch.polling():
            before = await watch.poll()
            waiting = asyncio.create_task(watch.moved(watch.generation))
            following = asyncio.create_task(watch.other_than(before.sequence))
            await asyncio.to_thread(write_practice, neo4j_driver, "C00001")
            head = await asyncio.wait_for(waiting, 60)
            followed = await asyncio.wait_for(following, 60)

    assert head is not None
    assert head.sequence == followed == before.sequence + 1


async def test_nothing_is_proven_while_the_database_is_away() -> None:
    """The head that was known last is still there, and nobody takes it for fresh."""

    class Leaving:
        is_away = False

        async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
            del text, parameters
            if self.is_away:
                raise Neo4jUnreachable("The database does not answer.")
            return [[7]]

    graph = Leaving()
    watch = Watch(graph, 0.05)
    async with watch.polling():
        await watch.poll()
        assert watch.proves(watch.generation)
        graph.is_away = True
        await asyncio.sleep(0.2)

    assert watch.head is not None
    assert watch.head.sequence == 7
    assert not watch.proves(watch.generation)
    assert watch.proven is None


async def test_a_request_waits_for_the_sequence_that_it_names(small_graph: Connection, neo4j_driver: Driver) -> None:
    """So that who wrote reads what he wrote, whichever process answers him."""
    query = '{ gpPractice(odsCode: "A00001") { name } }'
    settings = Settings(sequence_wait_seconds=60)
    async with serving(small_graph, settings, today_in_england()) as (client, _):
        held = (await client.post("/graphql", json={"query": query})).json()["extensions"]["sequence"]
        body = {"query": query, "extensions": {"minSequence": held + 1}}
        waiting = asyncio.create_task(client.post("/graphql", json=body))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        await asyncio.to_thread(write_practice, neo4j_driver, "A00001")
        answer = (await waiting).json()

    assert answer["data"] == {"gpPractice": {"name": "GPPractice A00001"}}
    assert answer["extensions"]["sequence"] == held + 1


async def test_a_sequence_that_does_not_come_is_an_error_with_a_code(small_graph: Connection) -> None:
    """After the time that the setting allows, with the sequence that there is."""
    body = {"query": "{ graph { sequence } }", "extensions": {"minSequence": 999}}
    async with serving(small_graph, Settings(sequence_wait_seconds=1)) as (client, _):
        response = await client.post("/graphql", json=body)

    assert response.status_code == 503
    assert code_of(response) == "SEQUENCE_NOT_REACHED"
    assert "minSequence is 999" in response.text
    assert "the graph's sequence is " in response.text


@pytest.mark.parametrize("least", ["2", -1, 1.5, True, 2**63])
async def test_what_is_no_sequence_is_refused(small_graph: Connection, least: object) -> None:
    """Before anything is read."""
    body = {"query": "{ graph { sequence } }", "extensions": {"minSequence": least}}
    async with serving(small_graph) as (client, graph):
        response = await client.post("/graphql", json=body)

    assert (response.status_code, code_of(response)) == (400, "MALFORMED_BODY")
    assert graph.statements == []


@contextmanager
def _process(connection: Connection) -> Iterator[str]:
    """Run a server process of its own; give its address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    environment = os.environ | {
        "NEO4J_URI": connection.uri,
        "NEO4J_USER": connection.user,
        "NEO4J_PASSWORD": connection.password,
        "ICSGRAPH_PORT": str(port),
        "ICSGRAPH_FRESH_MILLISECONDS": str(int(_BOUND_SECONDS * 1000)),
    }
    command = [sys.executable, "-m", "server.cli", "serve"]
    process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if httpx.get(f"{address}/health").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"{address}/graphql"
    finally:
        process.terminate()
        process.wait(20)


def test_no_answer_of_two_processes_is_older_than_the_bound(small_graph: Connection, neo4j_driver: Driver) -> None:
    """Writers and readers race: ours, and one that goes round it; each answer shows what was committed before."""
    head = neo4j_driver.execute_query("MATCH (g:Graph) RETURN g.sequence").records[0][0]
    committed: list[tuple[float, int, int]] = [(0.0, head, 0)]  # when, the sequence, the number of the stray write
    late: list[str] = []
    ages: list[float] = []
    lock = threading.Lock()
    over = threading.Event()
    name = "MATCH (n:GPPractice {code: $code}) SET n.name = toString($number)"
    neo4j_driver.execute_query(name, {"code": FIRST, "number": 0})
    body = {"query": f'{{ gpPractice(odsCode: "{FIRST}") {{ name }} }}'}

    def write(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # not a secret
        number = 0
        while not over.is_set():
            number += 1
            with lock:  # so that what was committed when is known
                _, sequence, stray = committed[-1]
                if seed == 0:
                    write_practice(neo4j_driver, f"B{number:05}")
                    committed.append((time.monotonic(), sequence + 1, stray))
                else:
                    neo4j_driver.execute_query(name, {"code": FIRST, "number": stray + 1})
                    committed.append((time.monotonic(), sequence, stray + 1))
            time.sleep(chance.uniform(0.05, 0.6))

    def read(address: str) -> None:
        with httpx.Client() as client:
            while not over.is_set():
                began = time.monotonic()
                answer = client.post(address, json=body).json()
                sequence, stray = answer["extensions"]["sequence"], int(answer["data"]["gpPractice"]["name"])
                known = [one for one in list(committed) if one[0] <= began - _BOUND_SECONDS]
                if sequence < known[-1][1] or stray < known[-1][2]:
                    late.append(f"{began}: sequence {sequence}, stray {stray}, but {known[-1]}")
                newer = [one[0] for one in list(committed) if one[1] > sequence or one[2] > stray]
                ages.append(max(0.0, began - min(newer, default=began)))

    with ExitStack() as stack:
        addresses = [stack.enter_context(_process(small_graph)) for _ in range(2)]
        threads = [threading.Thread(target=write, args=(seed,)) for seed in (0, 1)]
        threads += [threading.Thread(target=read, args=(address,)) for address in addresses for _ in range(2)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        while time.monotonic() < started + _PATIENCE_SECONDS and not late:
            time.sleep(0.1)
            has_raced = len(committed) > 10 and len(ages) > 100 and max(ages) > 0
            if has_raced and time.monotonic() > started + _RACING_SECONDS:
                break
        over.set()
        for thread in threads:
            thread.join()

    assert late == []
    assert len(committed) > 10
    assert len(ages) > 100  # or nothing was raced
    assert max(ages) > 0  # some came from memory, or this test would prove nothing
