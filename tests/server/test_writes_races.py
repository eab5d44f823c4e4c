"""Two servers write at once, dry runs keep what they promise: what could not be seen in one request."""

import asyncio
import multiprocessing
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver

from cypher.writer import Writer
from server.connection import Connection
from tests.conftest import wipe
from tests.cypher.coverage.shire import agreement
from tests.server.writing_county import county, flaws, key_of, writing

_AREAS = ("NORTH", "SOUTH", "BOROUGH")


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give the county with an agreement that a loaded source states, and its writer."""
    wipe(neo4j_driver)
    return county(neo4j_driver, *agreement("sla", "LocalAuthority:SHIRE"))


def _server(connection: Connection, token: str, results: "multiprocessing.Queue[list[Any]]") -> None:
    """Be a server of its own, and send it the same three mutations as the other one is sent."""

    async def run() -> list[Any]:
        found = []
        async with writing(connection, token) as client:
            for area in _AREAS:
                sent = {"service": "library", "kind": "FORMAL", "group": "GP_PRACTICES", "area": area}
                result = await client.done("recordAgreement", **sent, **{"from": "2026-08-01"})
                found.append((area, result["sequence"], result["isRepeated"], result["agreement"]["code"]))
        return found

    results.put(asyncio.run(run()))


def test_two_servers_do_one_thing_once(neo4j_connection: Connection, neo4j_driver: Driver, writer: Writer) -> None:
    """Both are sent the same requests under the same keys: each is written once, and both are told the same."""
    before = flaws(writer)
    token = key_of(neo4j_driver)
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[list[Any]] = context.Queue()
    servers = [context.Process(target=_server, args=(neo4j_connection, token, results)) for _ in range(2)]

    for server in servers:
        server.start()
    one, other = results.get(timeout=240), results.get(timeout=240)
    for server in servers:
        server.join(30)

    told = {(area, sequence, code) for area, sequence, _, code in (*one, *other)}
    assert len(told) == len(_AREAS)
    assert sorted(sequence for _, sequence, _ in told) == [2, 3, 4]
    assert sorted(repeated for *_, repeated, _ in (*one, *other)) == [False] * 3 + [True] * 3
    assert writer.head().sequence == 4
    assert flaws(writer) == before


_DAYS = st.integers(min_value=0, max_value=2500).map(lambda days: date(2021, 1, 1) + timedelta(days=days))
_STEPS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "group": st.sampled_from(["GP_PRACTICES", "ICB_STAFF", "PUBLIC_HEALTH", "OTHER_TRUST"]),
                "area": st.sampled_from(["SHIRE", "NORTH", "BOROUGH", "01S", "QS", "RX"]),
                "terms": st.sampled_from(["SLA", "CHARGED"]),
                "from": _DAYS.map(str),
            }
        ),
        st.fixed_dictionaries({"to": _DAYS.map(str)}),
    ),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=_STEPS)
def test_a_dry_run_promises_what_the_real_one_does(
    neo4j_connection: Connection, neo4j_driver: Driver, writer: Writer, steps: list[dict[str, str]]
) -> None:
    """Over whatever was written before: the same result or the same refusal, and a dry run leaves no trace."""
    del writer
    wipe(neo4j_driver)
    own = county(neo4j_driver, *agreement("sla", "LocalAuthority:SHIRE"))

    async def run() -> None:
        async with writing(neo4j_connection, key_of(neo4j_driver)) as client:
            for place, step in enumerate(steps):
                if "to" in step:
                    field, sent = "endAgreement", {"agreement": "sla", **step}
                else:
                    field, sent = "recordAgreement", {"service": "library", "kind": "FORMAL", **step}
                held = own.content_hash()
                dry = await client.answer(field, **sent, idempotencyKey=f"property-{place}", dryRun=True)
                assert own.content_hash() == held
                real = await client.answer(field, **sent, idempotencyKey=f"property-{place}")
                assert _unnumbered(dry, field) == _unnumbered(real, field)

    asyncio.run(run())


def _unnumbered(answer: dict[str, Any], field: str) -> Any:
    """Return what was refused, or the result without what a dry run cannot have."""
    if "errors" in answer:
        return answer["errors"]
    return {**answer["data"][field], "sequence": None, "isDryRun": None}
