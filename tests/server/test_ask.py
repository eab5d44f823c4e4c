"""`icsgraph ask`: the answer of the API, for people."""

import json
from datetime import date
from typing import Any

import pytest
import typer
from neo4j import Driver
from rich.console import Console
from typer.testing import CliRunner

from cypher.writer import Writer
from server.cli.ask import ask, render
from server.connection import Connection
from tests.cypher.coverage.shire import TODAY, eligibility, write

application = typer.Typer(pretty_exceptions_enable=False)
application.command()(ask)

SERVICE = {
    "service": {"code": "library", "name": "The Library"},
    "rule": "PUBLISHED_ELIGIBILITY",
    "group": "gp_practices",
    "terms": "UNKNOWN",
    "extent": "PART",
    "share": 0.5,
    "practices": [{"code": "P3", "name": "The Surgery [South]"}],
    "validity": {"from": "2022-01-01", "fromPrecision": "YEAR", "to": None, "toPrecision": None},
    "quote": "GPs of the Shire [all of them]",
    "url": "https://library.example/who",
    "evidenceDate": None,
    "path": [{"code": "SHIRE", "name": "Shire", "__typename": "LocalAuthority"}],
    "sources": [{"code": "pages", "title": "Pages of services"}],
}
STALE = {
    "rule": "PUBLISHED_ELIGIBILITY",
    "isLocal": True,
    "outcome": "UNKNOWN",
    "service": {"code": "library", "name": "The Library"},
    "group": "gp_practices",
    "terms": "UNKNOWN",
    "reason": "SOURCE_STALE",
    "missing": "The evidence is of 2008.",
    "settles": "A newer page.",
    "quote": None,
    "url": None,
    "evidenceDate": "2008-01-01",
}


def shown(**coverage: Any) -> str:
    """Return what is shown of an answer, on a wide page."""
    answer = {
        "code": "U1",
        "asOf": "2026-08-15",
        "outcome": "GAP",
        "subject": {
            "id": "x",
            "code": "U1",
            "name": "Shire PCN",
            "__typename": "PrimaryCareNetwork",
            "town": "Shireton",
        },
        "services": [],
        "rules": [],
        "nearest": [],
        "absent": [],
        **coverage,
    }
    console = Console(width=200, record=True, file=None, quiet=False, force_terminal=False, highlight=False)
    with console.capture() as capture:
        console.print(
            render({"data": {"coverage": answer}, "extensions": {"attribution": ["Open Government Licence"]}})
        )
    return capture.get()


def test_a_service_is_shown_with_its_proof() -> None:
    """Rule, terms, since when, the covered part, the page's words and the way are there; brackets are no markup."""
    text = shown(outcome="PARTLY_COVERED", services=[SERVICE])

    assert "Shire PCN (primary care network U1), Shireton, on 2026-08-15" in text
    for line in (
        "Covered in part",
        "PUBLISHED_ELIGIBILITY: the service's own page says that it serves them",
        "terms not stated by the source",
        "since      2022\n",
        "50% of its practices: The Surgery [South] (P3)",
        "“GPs of the Shire [all of them]” (the page has no date)",
        "https://library.example/who",
        "Shire (SHIRE)",
        "Pages of services",
        "Open Government Licence",
    ):
        assert line in "\n".join(row.rstrip() for row in text.splitlines()) + "\n", line


def test_a_gap_says_what_is_missing_and_whom_to_ask() -> None:
    """Each rule names the missing fact and what would settle it; the nearest services follow with their distance."""
    near = {
        "service": {"code": "far", "name": "Far Library"},
        "distanceKilometres": 12.34,
        "basis": "As the crow flies.",
    }

    text = shown(rules=[STALE], nearest=[near])

    for line in ("Gap:", "The evidence is of 2008.", "SOURCE_STALE", "A newer page.", "12.3 km", "Far Library"):
        assert line in text, line


def test_loans_and_the_national_core_are_shown_apart() -> None:
    """They are no local service: they stand under a heading of their own, with their evidence."""
    floor = {
        **STALE,
        "rule": "NATIONAL_CORE",
        "isLocal": False,
        "outcome": "APPLIES",
        "service": None,
        "quote": "open to all primary care staff",
        "url": "https://core.example",
        **dict.fromkeys(("reason", "missing", "settles")),
    }

    text = shown(rules=[STALE, floor])

    assert text.index("Rules") < text.index("PUBLISHED_ELIGIBILITY") < text.index("Beside a local service")
    assert text.index("Beside a local service") < text.index("NATIONAL_CORE applies")
    for line in ("“open to all primary care staff” (2008-01-01)", "https://core.example"):
        assert line in text, line


def test_no_subject_is_said_with_its_reason() -> None:
    """A code that nothing bears is no gap."""
    absence = {"field": "subject", "reason": "NONE_EXISTS", "since": None, "settles": "Check the code."}

    text = shown(outcome="NOT_FOUND", subject=None, absent=[absence])

    assert "U1 on 2026-08-15" in text
    assert "NONE_EXISTS: Check the code." in text
    assert "Gap" not in text


@pytest.fixture
def terminal(empty_graph: Connection, neo4j_driver: Driver, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Give a terminal whose settings name a graph with the made-up county in it."""
    writer = Writer(neo4j_driver, TODAY)
    writer.prepare()
    write(writer, *eligibility("gps", "LocalAuthority:SHIRE", evidenceDate=date(2022, 1, 1)))
    monkeypatch.setenv("NEO4J_URI", empty_graph.uri)
    monkeypatch.setenv("NEO4J_USER", empty_graph.user)
    monkeypatch.setenv("NEO4J_PASSWORD", empty_graph.password)
    return CliRunner()


def test_the_command_asks_the_graph(terminal: CliRunner) -> None:
    """In words and as JSON, at a date, and with one sentence and exit code 2 for what cannot be a code or a date."""
    words = terminal.invoke(application, ["all", "--as-of", "2026-08-15"])
    as_json = terminal.invoke(application, ["ALL", "--as-of", "2026-08-15", "--json"])
    unknown = terminal.invoke(application, ["ZZZ99"])
    malformed = terminal.invoke(application, ["no code"])
    undated = terminal.invoke(application, ["ALL", "--as-of", "2026-13-01"])
    of_group = terminal.invoke(application, ["ALL", "--as-of", "2026-08-15", "--group", "icb-staff", "--json"])
    no_group = terminal.invoke(application, ["ALL", "--group", "everyone"])

    assert words.exit_code == 0, words.output
    assert "Covered by a local knowledge and library service." in words.stdout
    coverage = json.loads(as_json.stdout)["data"]["coverage"]
    assert [(one["rule"], one["service"]["code"]) for one in coverage["services"]] == [
        ("PUBLISHED_ELIGIBILITY", "library")
    ]
    assert [one["rule"] for one in coverage["rules"]] == [
        *("HOST", "AGREEMENT", "PUBLISHED_ELIGIBILITY", "TRAINING_HUB", "RECIPROCAL", "NATIONAL_CORE")
    ]
    assert json.loads(of_group.stdout)["data"]["coverage"]["services"] == []
    assert (unknown.exit_code, malformed.exit_code, undated.exit_code, no_group.exit_code) == (0, 2, 2, 2)
    assert "Nothing with this code is in force" in unknown.stdout
    assert "'NO CODE'" in malformed.stderr
    assert "'2026-13-01' is not a date" in undated.stderr
