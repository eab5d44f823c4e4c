"""`python -m bench.run`: asks every question of every contestant, in turns, and keeps what came of it.

First the answers are compared: who answers a question otherwise than the hand-written statement is not measured on it.
Then each round asks each question of each contestant over one connection and over sixteen, in an order that turns with
the round, so that what the machine does meanwhile falls on all alike. Each measure is written at once: a run that was
interrupted goes on where it stopped (`--anew` starts over).
"""

import argparse
import asyncio
import itertools
import random
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import psutil
from neo4j import Driver, GraphDatabase

from bench.contestants import AS_OF, CONTESTANTS, Contestant, Server, as_urllib, bodies, serving, tagged
from bench.endurance import endured
from bench.equality import reduced
from bench.load import Pressed, loop_factory, press
from bench.machine import described
from bench.question import Question, questions
from bench.report import write
from bench.undertakings import derivation_seconds, seconds_of
from bench.updates import update_seconds
from cypher.validity import today_in_england
from cypher.writer import Writer
from seed.load import load
from server.local import LocalNeo4j

_TOP = Path(__file__).parents[1]
_RESULTS = _TOP / "bench" / "results"
_FOLDER = _TOP / ".cache" / "bench"
_MOST_VARIABLES = 200
_CONNECTIONS = (1, 16)
_COMPARED = 5  # answers of each
_SHOWN = 300  # characters of those that differ
_WARMING_SECONDS = 0.4
_SERVED = "ours-warm"  # the server as it is served, whose requests were all asked before


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure icsgraph, its peer and its floors.")
    parser.add_argument("--quick", action="store_true", help="one short round: to see that it runs, not to be believed")
    parser.add_argument("--rounds", type=int, default=3, help="how often each burst is repeated (3)")
    parser.add_argument("--seconds", type=float, default=0.6, help="how long each burst lasts (0.6)")
    parser.add_argument("--questions", default="", help="only those whose names begin so, with commas (q01,q02)")
    parser.add_argument("--contestants", default="", help="only these, with commas (ours,floor)")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="where the Neo4j of the bench lies (.cache/bench)")
    parser.add_argument("--results", type=Path, default=_RESULTS, help="where results are kept (bench/results)")
    parser.add_argument(
        "--endurance", type=int, default=0, metavar="REQUESTS", help="also how its memory grows over so many, mixed"
    )
    parser.add_argument("--anew", action="store_true", help="begin anew instead of going on with what was interrupted")
    return parser.parse_args()


def main() -> None:
    """Measure, and write the result and its report."""
    given = _arguments()
    rounds, seconds = (1, 0.25) if given.quick else (given.rounds, given.seconds)
    asked = [one for one in questions() if one.name.startswith(tuple(given.questions.split(",")))]
    wanted = set(filter(None, given.contestants.split(",")))
    contestants = [one for one in CONTESTANTS if not wanted or one.name in wanted]
    given.folder.mkdir(parents=True, exist_ok=True)
    local = LocalNeo4j(given.folder / "neo4j", heap_megabytes=512)
    with local as connection:
        database = psutil.Process(orjson.loads((local.folder / "neo4j.pid").read_bytes())["pid"])
        with GraphDatabase.driver(
            connection.uri, auth=(connection.user, connection.password), notifications_min_severity="OFF"
        ) as driver:
            once = _fill(driver)
            once["derivation"] = derivation_seconds(driver)
            once.update(update_seconds(driver))
            with serving([one.server for one in contestants], connection, given.folder) as servers:
                about = described(driver, {name: one.versions for name, one in servers.items()})
                ours = [one.start_seconds for name, one in servers.items() if name.startswith("ours")]
                if ours:
                    once["start"] = ours[0]  # the first: those after it start while it warms
                contestants = [one for one in contestants if one.server in servers]
                kept = _Kept(given.folder / "unfinished.json", about, rounds, seconds, is_anew=given.anew)
                kept.result.setdefault("once", {}).update(once)
                _run(driver, database, servers, contestants, asked, kept, rounds, seconds)
                if given.endurance and _SERVED in servers:
                    kept.result["endurance"] = _endurance(driver, servers[_SERVED], asked, given.endurance)
    if given.quick:
        write(kept.result, given.folder / "quick")
        _say(f"A quick run is not kept; its report is {given.folder / 'quick.md'}.")
    else:
        name = f"{date.fromtimestamp(time.time())}-{about['machine']['name']}"  # noqa: DTZ012  # the day of this machine
        write(kept.result, given.results / name)
        _say(f"The result is {given.results / name}.json, its report beside it.")
    kept.path.unlink(missing_ok=True)


class _Kept:
    """What was measured so far, written with each measure; a result without its machine, versions and graph is none."""

    def __init__(self, path: Path, about: dict[str, Any], rounds: int, seconds: float, *, is_anew: bool) -> None:
        self.path = path
        settings = {"rounds": rounds, "seconds": seconds, "as_of": AS_OF}
        self.result: dict[str, Any] = {**about, "settings": settings, "unequal": [], "measures": []}
        if not is_anew and path.exists():
            before = orjson.loads(path.read_bytes())
            if all(before[part] == self.result[part] for part in ("machine", "versions", "graph", "settings")):
                self.result = before
                _say(f"Going on with {len(before['measures'])} measures of an interrupted run.")

    def has(self, question: Question, contestant: Contestant, connections: int, number: int) -> bool:
        """Return whether this burst was measured."""
        key = (question.name, contestant.name, connections, number)
        return any(
            (one["question"], one["contestant"], one["connections"], one["round"]) == key
            for one in self.result["measures"]
        )

    def keep(self, measure: dict[str, Any]) -> None:
        """Keep one burst's measure."""
        self.result["measures"].append(measure)
        self.path.write_bytes(orjson.dumps(self.result))


def _run(
    driver: Driver,
    database: psutil.Process,
    servers: dict[str, Server],
    contestants: list[Contestant],
    asked: list[Question],
    kept: _Kept,
    rounds: int,
    seconds: float,
) -> None:
    today = today_in_england().isoformat()
    prepared: dict[tuple[str, str], list[bytes]] = {}
    for question in asked:
        variables = _variables(driver, question)
        for contestant in contestants:
            prepared[question.name, contestant.name] = bodies(contestant, question, variables, today)
        kept.result["unequal"] += _unequal(question, contestants, servers, prepared)
        for contestant in contestants:
            if contestant.is_conditional:
                plain = prepared[question.name, contestant.name]
                prepared[question.name, contestant.name] = tagged(servers[contestant.server].port, plain)
    kept.result["unequal"] = sorted(set(map(tuple, kept.result["unequal"])))
    left_out = {(name, contestant) for name, contestant in kept.result["unequal"]}
    asyncio.run(_warm(servers, contestants, prepared))
    for number, question in itertools.product(range(rounds), asked):
        turned = contestants[number % len(contestants) :] + contestants[: number % len(contestants)]
        for contestant, connections in itertools.product(turned, _CONNECTIONS):
            requests = prepared[question.name, contestant.name]
            if not requests or (question.name, contestant.name) in left_out:
                continue
            if kept.has(question, contestant, connections, number):
                continue
            server = servers[contestant.server]
            before = server.cpu_seconds(), _cpu(database)
            with asyncio.Runner(loop_factory=loop_factory()) as runner:
                expected = b"304" if contestant.is_conditional else b"200"
                pressed = runner.run(press(server.port, requests, connections, seconds, expected))
            used = server.cpu_seconds() - before[0], _cpu(database) - before[1]
            measure = _measured(pressed, used)
            names = {"question": question.name, "contestant": contestant.name}
            kept.keep({**names, "connections": connections, "round": number, **measure})
        _say(f"round {number + 1} of {rounds}: {question.name}")


def _endurance(driver: Driver, server: Server, asked: list[Question], count: int) -> dict[str, Any]:
    """Return how the memory of the server as it is served grew over so many requests, of all questions in turn."""
    contestant = next(one for one in CONTESTANTS if one.server == _SERVED)
    today = today_in_england().isoformat()
    mixed = [one for question in asked for one in bodies(contestant, question, _variables(driver, question), today)]
    random.Random(2).shuffle(mixed)  # noqa: S311  # the same order each time
    _say(f"{count:,} mixed requests")
    return endured(server, mixed, count)


def _measured(pressed: Pressed, used: tuple[float, float]) -> dict[str, Any]:
    ordered = sorted(pressed.latencies)
    count = len(ordered)
    return {
        "requests": count,
        "failures": pressed.failures,
        "per_second": count / pressed.seconds,
        "p50_ms": ordered[count // 2] * 1e3,
        "p99_ms": ordered[min(count - 1, count * 99 // 100)] * 1e3,
        "server_cpu_ms": used[0] / count * 1e3,
        "database_cpu_ms": used[1] / count * 1e3,
        "bytes": pressed.bytes_received // count,
    }


def _variables(driver: Driver, question: Question) -> list[dict[str, Any]]:
    with driver.session() as session:
        found = [row[0] for row in session.run(question.parameters, {"asOf": date.fromisoformat(AS_OF)})]
    random.Random(1).shuffle(found)  # noqa: S311  # the same order each time
    return found[:_MOST_VARIABLES]


def _unequal(
    question: Question,
    contestants: list[Contestant],
    servers: dict[str, Server],
    prepared: dict[tuple[str, str], list[bytes]],
) -> list[tuple[str, str]]:
    """Return who answers the question otherwise than the hand-written statement of the same date."""
    said: dict[str, list[Any]] = {}
    compared = [one for one in contestants if not one.is_conditional and one.name != "constant"]
    for contestant in compared:
        requests = prepared[question.name, contestant.name][:_COMPARED]
        said[contestant.name] = [_answer(servers[contestant.server].port, one) for one in requests]
    wrong = []
    for contestant in compared:
        is_dated = contestant.name.endswith("-dated") and contestant.name != "peer-dated"  # its date is today
        true = said.get("floor-dated" if is_dated else "floor")
        if said[contestant.name] and true and said[contestant.name] != true:
            _say(f"{contestant.name} answers {question.name} otherwise than the hand-written statement:")
            first = next(pair for pair in zip(said[contestant.name], true, strict=True) if pair[0] != pair[1])
            _say("\n".join(f"  {str(one)[:_SHOWN]}" for one in first))
            wrong.append((question.name, contestant.name))
    return wrong


def _answer(port: int, request: bytes) -> Any:
    try:
        with urllib.request.urlopen(as_urllib(port, request), timeout=60) as answered:  # noqa: S310  # our own server
            said = orjson.loads(answered.read())
    except urllib.error.HTTPError as error:
        return error.read().decode("utf-8", "replace")
    if isinstance(said, dict) and said.get("errors"):
        return said["errors"]
    return reduced(said["data"] if isinstance(said, dict) and "data" in said else said)


def _remember(port: int, requests: list[bytes]) -> None:
    for one in requests:
        _answer(port, one)


async def _warm(
    servers: dict[str, Server], contestants: list[Contestant], prepared: dict[tuple[str, str], list[bytes]]
) -> None:
    for (_, name), requests in prepared.items():
        if requests:
            at = next(one.server for one in contestants if one.name == name)
            await press(servers[at].port, requests, 4, _WARMING_SECONDS)
            if at == _SERVED:
                await asyncio.to_thread(_remember, servers[at].port, requests)


def _fill(driver: Driver) -> dict[str, float]:
    """Load the graph where the bench has none, and have it as of today; return how long a load took, where one was."""
    with driver.session() as session:
        found = session.run("MATCH (graph:Graph) RETURN graph.sequence AS sequence").single()
    writer = Writer(driver, today_in_england())
    if found is None or not found["sequence"]:
        _say("Loading the graph.")
        return {"load": seconds_of(lambda: load(writer))}
    writer.advance()
    return {}


def _cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
