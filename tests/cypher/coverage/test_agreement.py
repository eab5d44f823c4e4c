"""AGREEMENT: a source states that a service has agreed to serve a group in an area."""

from datetime import date, timedelta

import pytest

from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import START, TODAY, agreement, covering, eligibility, outcomes, verdicts, write

AGREED = {("AGREEMENT", "library", "WHOLE")}


@pytest.mark.parametrize("kind", ["FORMAL", "PRIOR_CCG", "ON_REQUEST"])
def test_each_route_of_the_national_guidance_covers(writer: Writer, ask: Ask, kind: str) -> None:
    """A contract, an agreement taken over from a commissioning group, and service on request are all local services."""
    write(writer, *agreement("sla", "LocalAuthority:NORTH", kind=kind))

    assert covering(ask, "GPPractice:P1") == AGREED
    assert covering(ask, "GPPractice:P3") == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), "AGREEMENT") == [("APPLIES", None)]


def test_a_lapsed_agreement_covers_to_its_last_day(writer: Writer, ask: Ask) -> None:
    """Coverage ends by itself on the day on which the agreement does, and the answer says that it was there."""
    end = date(2023, 4, 1)
    write(writer, *agreement("sla", "SubICBLocation:01S", "icb_staff", ends=end))

    assert covering(ask, "SubICBLocation:01S", end - timedelta(days=1)) == AGREED
    assert covering(ask, "SubICBLocation:01S", end) == set()
    assert verdicts(outcomes(ask, "SubICBLocation:01S"), "AGREEMENT") == [("DOES_NOT_APPLY", "NONE_EXISTS")]


def test_an_agreement_and_a_page_both_apply(writer: Writer, ask: Ask) -> None:
    """A page that tells of its agreement is evidence for two rules; each is said, and the stronger stands first."""
    write(writer, *agreement("sla", "LocalAuthority:SHIRE"), *eligibility("gps", "LocalAuthority:SHIRE", terms="sla"))

    assert covering(ask, "PrimaryCareNetwork:ALL") == AGREED | {("PUBLISHED_ELIGIBILITY", "library", "WHOLE")}
    applied = [row["rule"] for row in outcomes(ask, "PrimaryCareNetwork:ALL") if row["outcome"] == "APPLIES"]
    assert applied == ["AGREEMENT", "PUBLISHED_ELIGIBILITY"]


def test_an_agreement_told_long_ago_is_stale(writer: Writer, ask: Ask) -> None:
    """Whether a contract of 2010 still runs is not known from a page of 2010."""
    write(
        writer, *agreement("sla", "LocalAuthority:NORTH", evidenceDate=date(2010, 5, 1), evidenceDatePrecision="MONTH")
    )

    assert covering(ask, "GPPractice:P1", TODAY) == set()
    row = next(row for row in outcomes(ask, "GPPractice:P1") if row["rule"] == "AGREEMENT")
    assert (row["outcome"], row["reason"]) == ("UNKNOWN", "SOURCE_STALE")
    assert "is of 2010-05, more than ten years before 2026-08-15" in row["missing"]


def test_before_the_agreement_is_known_there_is_no_word(writer: Writer, ask: Ask) -> None:
    """A day before the first source is not a gap: nobody knows."""
    write(writer, *agreement("sla", "LocalAuthority:NORTH"))

    before = START - timedelta(days=1)
    assert verdicts(outcomes(ask, "GPPractice:P1", before), "AGREEMENT") == [("UNKNOWN", "BEFORE_SOURCES")]
