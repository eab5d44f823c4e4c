"""What service managers recorded stands, whatever is loaded after it."""

from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from cypher.change import NodeRecord
from cypher.writer import Writer
from seed.load import load
from server.connection import Connection
from tests.conftest import wipe
from tests.seed.test_load import TODAY, Rows, joined, organisation, put, row, tables
from tests.server.writing_county import key_of, writing

_SERVICE = {"name": "The library", "url": "https://library.example"}


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give a writer as of the day of the tiny tables, on an empty graph."""
    wipe(neo4j_driver)
    return Writer(neo4j_driver, TODAY)


def _tables(quote: str = "we serve them") -> Rows:
    """Return tiny tables with a service that has an agreement for the staff of the board."""
    said = {
        "code": "sla",
        "name": "The library: staff of the board",
        "kind": "FORMAL",
        "group": "icb_staff",
        "area_kind": "icb",
        "area_code": "QA",
        "terms": "sla",
        "url": "https://library.example/who",
        "quote": quote,
    }
    return {
        **tables(),
        "knowledge_services.csv": [row("map", code="library", **_SERVICE)],
        "agreements.csv": [row("map", start="2025-01-01") | said],
        "has_agreement.csv": [joined("map", "library", "sla", "2025-01-01")],
        "agreement_area.csv": [joined("map", "sla", "QA", "2025-01-01") | {"end_concept": "IntegratedCareBoard"}],
    }


async def _written(connection: Connection, driver: Driver) -> list[dict[str, Any]]:
    """End what the tables state, and record another agreement and an eligibility; return the results."""
    async with writing(connection, key_of(driver)) as client:
        of = {"service": "library", "from": "2026-08-01"}
        return [
            await client.done("endAgreement", agreement="sla", to="2026-08-10"),
            await client.done("recordAgreement", kind="ON_REQUEST", group="GP_PRACTICES", area="01A", **of),
            await client.done("recordEligibility", group="ICB_STAFF", area="QA", **of),
        ]


def _recorded(writer: Writer) -> set[str]:
    """Return what is held that rests on what was recorded, as text."""
    held, _ = writer.held()
    nodes = [str(one) for one in held.nodes.values() if any("recorded" in state.series for state in one.states)]
    return {*nodes, *(repr(one) for one in held.links.values() if "recorded" in one.series)}


async def test_the_same_load_again_changes_nothing(
    writer: Writer, neo4j_connection: Connection, neo4j_driver: Driver, tmp_path: Path
) -> None:
    """Not even the end of an agreement that the tables state without one."""
    folder = put(tmp_path, _tables())
    load(writer, folder)
    ended, *_ = await _written(neo4j_connection, neo4j_driver)
    before, recorded = writer.content_hash(), _recorded(writer)

    report = load(writer, folder)

    assert [one["subject"]["code"] for one in ended["coverageLost"]] == ["QA"]
    assert report.change_sets == ()
    assert writer.content_hash() == before
    assert len(recorded) == 4 + 7  # two statements, the agreement that ended, its claim; their relationships


async def test_another_issue_of_the_source_leaves_what_was_recorded(
    writer: Writer, neo4j_connection: Connection, neo4j_driver: Driver, tmp_path: Path
) -> None:
    """It says its agreement in other words, for one more area, and closes a practice; only the last is its business."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    load(writer, put(first, _tables()))
    await _written(neo4j_connection, neo4j_driver)
    recorded = _recorded(writer)
    rows = _tables("we serve them still")
    rows["agreement_area.csv"].append(joined("map", "sla", "01A", "2025-01-01") | {"end_concept": "SubICBLocation"})
    rows["practices.csv"][0] = organisation("P0000", "practices", end="2026-08-12")
    for table in ("member_of.csv", "commissioned_by.csv", "listed_in.csv"):
        rows[table][0] |= {"valid_to": "2026-08-12", "valid_to_precision": "DAY"}

    load(writer, put(second, rows))

    held, _ = writer.held()
    assert _recorded(writer) == recorded
    assert held.nodes["GPPractice:P0000"].life.valid_to is not None
    sla = held.nodes["Agreement:sla"]
    assert isinstance(sla, NodeRecord)
    assert str(sla.life.valid_to) == "2026-08-10"
    added = [one for one in held.links.values() if one.type == "AGREEMENT_AREA" and one.end == "SubICBLocation:01A"]
    assert {(one.start, str(one.validity.valid_to)) for one in added if one.start == sla.id} == {(sla.id, "2026-08-10")}
    assert load(writer, second).change_sets == ()
