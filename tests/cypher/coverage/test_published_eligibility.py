"""PUBLISHED_ELIGIBILITY: the service's own page says that it serves a group in an area."""

from datetime import date, timedelta

import pytest

from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import LIBRARY, START, covering, eligibility, outcomes, verdicts, write

PAGE = "PUBLISHED_ELIGIBILITY"
WHOLE, PART = {(PAGE, "library", "WHOLE")}, {(PAGE, "library", "PART")}


@pytest.mark.parametrize(
    ("area", "practices"),
    [
        ("LocalAuthority:NORTH", {"P1", "P2"}),
        ("LocalAuthority:SHIRE", {"P1", "P2", "P3"}),
        ("LocalAuthority:BOROUGH", {"P4"}),
        ("SubICBLocation:01S", {"P1", "P2", "P3"}),
        ("IntegratedCareBoard:QS", {"P1", "P2", "P3", "P4"}),
    ],
)
def test_practices_are_covered_where_they_lie(writer: Writer, ask: Ask, area: str, practices: set[str]) -> None:
    """A district has its own practices, a county those of its districts, a commissioner those that it commissions."""
    write(writer, *eligibility("gps", area))

    assert {code for code in ("P1", "P2", "P3", "P4") if covering(ask, f"GPPractice:{code}") == WHOLE} == practices
    assert {
        code
        for code in ("P1", "P2", "P3", "P4")
        if verdicts(outcomes(ask, f"GPPractice:{code}"), PAGE) == [("APPLIES", None)]
    } == practices


def test_the_proof_names_the_way(writer: Writer, ask: Ask) -> None:
    """From the service by its page, the county and the district to the practice, with the page's own words."""
    write(writer, *eligibility("gps", "LocalAuthority:SHIRE", terms="free", evidenceDate=date(2021, 5, 1)))

    row = next(row for row in outcomes(ask, "GPPractice:P1") if row["rule"] == PAGE)
    assert row["path"] == [
        LIBRARY,
        "Eligibility:gps",
        "LocalAuthority:SHIRE",
        "LocalAuthority:NORTH",
        "GPPractice:P1",
    ]
    assert (row["group"], row["terms"], row["quote"]) == ("gp_practices", "FREE", "we serve gps")
    covers = ask("MATCH ()-[c:COVERS]->({id: 'GPPractice:P1'}) RETURN properties(c)")[0][0]
    assert covers["via"] == ["Eligibility:gps", "LocalAuthority:SHIRE"]
    assert (covers["key"], covers["terms"], covers["evidenceDate"].to_native()) == (
        "PUBLISHED_ELIGIBILITY:gps",
        "FREE",
        date(2021, 5, 1),
    )


def test_a_network_is_covered_by_its_practices(writer: Writer, ask: Ask) -> None:
    """All of its practices make it whole; of a network in two systems one of which is covered, the part is named."""
    write(writer, *eligibility("gps", "SubICBLocation:01S"))

    assert covering(ask, "PrimaryCareNetwork:ALL") == WHOLE
    assert covering(ask, "PrimaryCareNetwork:MIXED") == PART
    share = ask("MATCH ()-[c:COVERS]->({id: 'PrimaryCareNetwork:MIXED'}) RETURN c.share, c.practices")
    assert share == [[0.5, 1]]
    row = next(row for row in outcomes(ask, "PrimaryCareNetwork:MIXED") if row["rule"] == PAGE)
    assert row["path"][-2:] == ["GPPractice:P3", "PrimaryCareNetwork:MIXED"]


def test_staff_of_a_board_are_covered_where_the_page_says(writer: Writer, ask: Ask) -> None:
    """A page that serves board staff of one sub-ICB location covers that location, and its board in part only."""
    write(writer, *eligibility("board", "SubICBLocation:01S", "icb_staff"))

    assert covering(ask, "SubICBLocation:01S") == WHOLE
    assert covering(ask, "IntegratedCareBoard:QS") == PART
    assert covering(ask, "SubICBLocation:02B") == set()
    assert covering(ask, "GPPractice:P1") == set()


def test_staff_of_a_board_in_a_county_are_a_part_of_it(writer: Writer, ask: Ask) -> None:
    """The page names a council's area, so the board is covered in part, and no source says which location is meant."""
    write(writer, *eligibility("board", "LocalAuthority:SHIRE", "icb_staff"))

    assert covering(ask, "IntegratedCareBoard:QS") == PART
    assert verdicts(outcomes(ask, "IntegratedCareBoard:QS"), PAGE) == [("APPLIES", None)]
    assert covering(ask, "SubICBLocation:01S") == set()
    assert verdicts(outcomes(ask, "SubICBLocation:01S"), PAGE) == [("UNKNOWN", "NOT_PUBLISHED")]


def test_a_trust_is_covered_when_it_is_named(writer: Writer, ask: Ask) -> None:
    """Another trust is covered by its name; "trusts of the Shire" names none, so that stays open."""
    write(
        writer,
        *eligibility("named", "NHSTrust:RX", "mental_health_trust"),
        *eligibility("trusts", "LocalAuthority:SHIRE", "other_trust"),
    )

    assert covering(ask, "NHSTrust:RX") == WHOLE
    assert sorted(verdicts(outcomes(ask, "NHSTrust:RX"), PAGE)) == [("APPLIES", None), ("UNKNOWN", "NOT_PUBLISHED")]


def test_public_health_is_the_upper_tier(writer: Writer, ask: Ask) -> None:
    """Public health is a duty of county and unitary councils: a district of the county is not covered with it."""
    write(
        writer,
        *eligibility("county", "LocalAuthority:SHIRE", "public_health"),
        *eligibility("borough", "LocalAuthority:BOROUGH", "public_health"),
        *eligibility("district", "LocalAuthority:SOUTH", "public_health"),
    )

    assert covering(ask, "LocalAuthority:SHIRE") == WHOLE
    assert covering(ask, "LocalAuthority:BOROUGH") == WHOLE
    assert covering(ask, "LocalAuthority:SOUTH") == set()
    assert covering(ask, "GPPractice:P1") == set()
    assert set(verdicts(outcomes(ask, "LocalAuthority:SOUTH"), PAGE)) == {("DOES_NOT_APPLY", "NOT_APPLICABLE")}


def test_coverage_lasts_as_long_as_everything_on_its_way(writer: Writer, ask: Ask) -> None:
    """It begins with the page, and ends ten years after the date of the page, to the day."""
    dated = date(2012, 3, 1)
    write(writer, *eligibility("gps", "LocalAuthority:NORTH", evidenceDate=dated))

    last = date(2022, 2, 28)
    assert covering(ask, "GPPractice:P1", START - timedelta(days=1)) == set()
    assert covering(ask, "GPPractice:P1", START) == WHOLE
    assert covering(ask, "GPPractice:P1", last) == WHOLE
    assert covering(ask, "GPPractice:P1", last + timedelta(days=1)) == set()
    assert verdicts(outcomes(ask, "GPPractice:P1", last + timedelta(days=1)), PAGE) == [("UNKNOWN", "SOURCE_STALE")]


def test_where_nobody_speaks_the_gap_says_where_was_looked(writer: Writer, ask: Ask) -> None:
    """A gap names the areas for which a page was looked for, and what would settle it."""
    write(writer)

    row = next(row for row in outcomes(ask, "GPPractice:P1") if row["rule"] == PAGE)
    assert (row["outcome"], row["reason"], row["service"], row["path"]) == ("DOES_NOT_APPLY", "NOT_PUBLISHED", None, [])
    assert "LocalAuthority NORTH, LocalAuthority SHIRE, SubICBLocation 01S" in row["missing"]
