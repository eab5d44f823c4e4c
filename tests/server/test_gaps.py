"""`icsgraph gaps` and the formats of `icsgraph ask`, over the real graph."""

import csv
import io
import json
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from server.cli import ask, gaps
from server.cli.formats import Format, checked, written
from server.connection import Connection
from server.errors import BadSetting

_PARQUET = import_module("pyarrow.parquet")  # it has no types
_DAY = ("--as-of", "2026-11-24")

application = typer.Typer(pretty_exceptions_enable=False)
application.command("gaps")(gaps.gaps)
application.command("ask")(ask.ask)


@pytest.fixture
def terminal(real_graph: Connection, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Give a terminal of 80 columns whose settings name the real graph."""
    monkeypatch.setenv("NEO4J_URI", real_graph.uri)
    monkeypatch.setenv("NEO4J_USER", real_graph.user)
    monkeypatch.setenv("NEO4J_PASSWORD", real_graph.password)
    monkeypatch.setenv("COLUMNS", "80")
    return CliRunner()


def _csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_gaps_are_paged_through_and_are_the_same_in_every_format(terminal: CliRunner, tmp_path: Path) -> None:
    """166 of North East and Yorkshire, more than a page, those with most patients first."""
    asked = ["gaps", "--within", "Y63", *_DAY]
    as_csv = terminal.invoke(application, [*asked, "--format", "csv"])
    as_json = terminal.invoke(application, [*asked, "--format", "json"])
    held = tmp_path / "gaps.parquet"
    as_parquet = terminal.invoke(application, [*asked, "--format", "parquet", "--output", str(held)])

    assert [one.exit_code for one in (as_csv, as_json, as_parquet)] == [0, 0, 0], as_csv.output
    rows = _csv(as_csv.stdout)
    assert list(rows[0]) == list(gaps.COLUMNS)
    patients = [int(row["registered_patients"]) for row in rows]
    assert (len(rows), patients) == (166, sorted(patients, reverse=True))
    codes = [row["code"] for row in rows]
    whole = json.loads(as_json.stdout)
    assert [one["subject"]["code"] for one in whole["nodes"]] == codes
    assert whole["totalCount"] == 166
    table = _PARQUET.read_table(held)
    assert (table.column_names, table.column("code").to_pylist()) == (list(gaps.COLUMNS), codes)
    assert table.column("registered_patients").to_pylist() == patients


def test_the_table_is_readable_at_80_columns(terminal: CliRunner) -> None:
    """How many, how many in part, then each gap; no line is longer."""
    shown = terminal.invoke(application, ["gaps", "--within", "QWO", *_DAY])

    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert "32 of 52 are gaps in NHS West Yorkshire Integrated Care Board on 2026-11-24." in " ".join(lines[:2])
    assert "1 covered in part, which is no gap (U25219)" in " ".join(lines[:4])


def test_reasons_are_further_columns(terminal: CliRunner) -> None:
    """What each rule misses stands beside the gap."""
    place = "cheshire-and-merseyside--sefton"
    shown = terminal.invoke(application, ["gaps", "--within", place, "--reasons", "--format", "csv", *_DAY])

    rows = _csv(shown.stdout)
    assert list(rows[0]) == [*gaps.COLUMNS, *gaps.REASONS]
    assert len(rows) == 2
    assert all(row[name] for row in rows for name in gaps.REASONS)


def test_a_code_of_nothing_is_said_and_a_malformed_one_refused(terminal: CliRunner) -> None:
    """The first is no mistake of the command's; the second ends with 2."""
    nothing = terminal.invoke(application, ["gaps", "--within", "Z9999", "--format", "csv"])
    malformed = terminal.invoke(application, ["gaps", "--within", "West Yorkshire"])

    assert (nothing.exit_code, _csv(nothing.stdout)) == (0, [])
    assert "NONE_EXISTS: Z9999" in nothing.stderr
    assert malformed.exit_code == 2
    assert "'WEST YORKSHIRE'" in malformed.stderr


def test_ask_gives_rows_with_the_documented_columns(terminal: CliRunner) -> None:
    """Each service that covers the network with its proof, then what the other rules say."""
    shown = terminal.invoke(application, ["ask", "U78462", "--format", "csv", *_DAY])

    rows = _csv(shown.stdout)
    assert list(rows[0]) == list(ask.COLUMNS)
    assert (rows[0]["rule"], rows[0]["rule_outcome"], rows[0]["extent"], rows[0]["is_local"]) == (
        "PUBLISHED_ELIGIBILITY",
        "APPLIES",
        "PART",
        "true",
    )
    assert {row["rule"] for row in rows[1:]} >= {"HOST", "AGREEMENT", "TRAINING_HUB", "NATIONAL_CORE"}


@pytest.mark.parametrize("command", [gaps.gaps, ask.ask])
def test_the_columns_are_documented(command: object) -> None:
    """The help of a command names each column of its CSV."""
    told = (command.__doc__ or "").replace("\n", " ")

    columns = {**gaps.COLUMNS, **gaps.REASONS} if command is gaps.gaps else ask.COLUMNS
    assert all(name in told for name in columns)


def test_parquet_without_its_library_says_how_to_get_it() -> None:
    """One sentence; CSV needs nothing."""
    with pytest.raises(BadSetting, match=r"icsgraph\[parquet\]"):
        checked(Format.PARQUET, "no_such_library")
    assert checked(Format.CSV, "no_such_library") is Format.CSV


def test_a_cell_that_is_empty_stays_empty() -> None:
    """Nothing known is an empty cell in CSV, and null in Parquet."""
    rows = [{"name": "a, b", "share": None, "is_local": True}]
    columns = {"name": str, "share": float, "is_local": bool}

    assert written(rows, columns, Format.CSV) == b'name,share,is_local\r\n"a, b",,true\r\n'
    table = _PARQUET.read_table(io.BytesIO(written(rows, columns, Format.PARQUET)))
    assert table.to_pylist() == rows
