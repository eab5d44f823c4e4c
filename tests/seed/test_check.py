"""seed check: everything that can be wrong with the tables is found and named."""

import shutil
from pathlib import Path

import pytest

from seed.check import CheckReport, check


@pytest.fixture(scope="module")
def committed_report(committed_tables: Path) -> CheckReport:
    """What there is to say of the committed tables."""
    return check(committed_tables)


@pytest.fixture
def copied_tables(tmp_path: Path, committed_tables: Path) -> Path:
    """A copy of the committed tables that a test may spoil."""
    return Path(shutil.copytree(committed_tables, tmp_path / "tables"))


def test_the_committed_tables_are_sound(committed_report: CheckReport) -> None:
    """Nothing is wrong, and what was left outside is listed."""
    report = committed_report

    assert report.problems == ()
    assert report.is_sound
    assert report.tables["practices.csv"] > 7767
    assert sum(one.count for one in report.out_of_scope if one.kind.startswith("role ")) == 7218


def test_the_care_trusts_without_a_record_are_in_quarantine(committed_report: CheckReport) -> None:
    """TAD, TAH and TAJ are mentioned and have no record of their own."""
    reasons = [one.reason for one in committed_report.quarantined]

    assert all(any(f"the care trust {code} has no record" in reason for reason in reasons) for code in ("TAD", "TAH"))
    assert sum("TAJ" in reason for reason in reasons) == 2


@pytest.mark.parametrize(
    ("file", "was", "now", "problem"),
    [
        ("systems.csv", "QE1,", "QE9,", "is not in the tables"),
        ("sub_icb_of.csv", "2022-07-01,DAY", "2022-06-01,DAY", "is not within the life of"),
        ("practices.csv", "epraccur_20260302", "hearsay", "does not describe the source hearsay"),
        ("boards.csv", "QRL,NHS Hampshire and Isle of Wight Integrated Care Board", "QRL,", "does not touch"),
        ("in_region.csv", "PUBLISHED", "GOSSIP", "standing"),
        ("scopes.csv", "about,since", "about,from", "scopes.csv: the header must be"),
    ],
    ids=["a dangling reference", "outside a life", "an unknown source", "a gap", "a standing", "a header"],
)
def test_a_spoilt_table_is_found(copied_tables: Path, file: str, was: str, now: str, problem: str) -> None:
    """One thing is spoilt and said."""
    path = copied_tables / file
    text = path.read_text()
    assert was in text
    if problem == "does not touch":
        lines = text.splitlines(keepends=True)
        place = next(number for number, line in enumerate(lines) if line.startswith(was))
        lines[place] = lines[place].replace("2026-04-01,DAY,", "2026-03-01,DAY,")
        path.write_text("".join(lines))
    else:
        path.write_text(text.replace(was, now, 1))

    assert any(problem in one for one in check(copied_tables).problems)


def test_a_source_that_gives_too_little_is_found(copied_tables: Path) -> None:
    """The counts of sources.yml are held against the tables."""
    path = copied_tables / "knowledge_services.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))

    problems = check(copied_tables).problems

    assert any("knowledge_services has 137 things" in one and "expected 138" in one for one in problems)


def test_rows_out_of_order_are_found(copied_tables: Path) -> None:
    """A table is sorted, so that a change of it can be read."""
    path = copied_tables / "regions.csv"
    header, *lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([header, *reversed(lines)]))

    assert any("is not sorted" in one for one in check(copied_tables).problems)


def test_an_empty_folder_is_one_problem(tmp_path: Path) -> None:
    """Nothing is there, and that is said once."""
    (problem,) = check(tmp_path).problems

    assert "sources.yml is not in" in problem
