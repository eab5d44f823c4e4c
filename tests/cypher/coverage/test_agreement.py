"""AGREEMENT: a source states that a service has agreed to serve a group in an area."""

from datetime import date, timedelta

import pytest

from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    START,
    TODAY,
    Record,
    agreement,
    bases,
    covering,
    eligibility,
    group,
    outcomes,
    verdicts,
    write,
)
from tests.cypher.world import JULY_2022, link

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
    assert "is of 2010-05, more than 10 years before 2026-08-15" in row["missing"]


def test_before_the_agreement_is_known_there_is_no_word(writer: Writer, ask: Ask) -> None:
    """A day before the first source is not a gap: nobody knows."""
    write(writer, *agreement("sla", "LocalAuthority:NORTH"))

    before = START - timedelta(days=1)
    assert verdicts(outcomes(ask, "GPPractice:P1", before), "AGREEMENT") == [("UNKNOWN", "BEFORE_SOURCES")]


CONTINUED = {("KnowledgeService:library", "by succession")}


def with_group(*heirs: str, until: date = JULY_2022) -> list[Record]:
    """Return an agreement for practices and staff of a group that ended in July 2022, which named it `until` a day."""
    id_ = "ClinicalCommissioningGroup:09Z"
    return [
        *group("09Z", "P1", "P2", heirs=heirs),
        *agreement("gps", None, begins=START),
        link("AGREEMENT_AREA", "Agreement:gps", id_, START, until),
        *agreement("staff", None, "icb_staff", begins=START),
        link("AGREEMENT_AREA", "Agreement:staff", id_, START, until),
    ]


def test_an_agreement_with_a_group_passes_to_its_sub_icb_location_and_board(writer: Writer, ask: Ask) -> None:
    """By the transfer of July 2022, for all that the location commissions and for its board's staff, and it says so.

    P3 was not the group's, but the location's practices are whom the agreement is for since.
    """
    write(writer, *with_group("SubICBLocation:01S"))

    before = JULY_2022 - timedelta(days=1)
    assert bases(ask, "GPPractice:P1", before) == {("KnowledgeService:library", None)}
    assert bases(ask, "GPPractice:P3", before) == set()
    for subject in ("GPPractice:P1", "GPPractice:P3", "PrimaryCareNetwork:ALL", "SubICBLocation:01S"):
        assert bases(ask, subject, JULY_2022) == CONTINUED, subject
    assert bases(ask, "GPPractice:P4", JULY_2022) == set()
    assert covering(ask, "IntegratedCareBoard:QS", JULY_2022) == {("AGREEMENT", "library", "PART")}
    assert covering(ask, "PrimaryCareNetwork:MIXED", JULY_2022) == {("AGREEMENT", "library", "PART")}
    rows = ask("MATCH ()-[c:COVERS]->({id: 'GPPractice:P1'}) RETURN c.route, c.standing, c.validFrom")
    assert [[route, standing, day.to_native()] for route, standing, day in rows] == [
        ["PRIOR_CCG", "DERIVED", JULY_2022]
    ]
    applied = next(row for row in outcomes(ask, "GPPractice:P1") if row["outcome"] == "APPLIES")
    assert applied["path"] == [
        *("KnowledgeService:library", "Agreement:gps", "ClinicalCommissioningGroup:09Z", "SubICBLocation:01S"),
        "GPPractice:P1",
    ]


def test_groups_that_merged_are_followed(writer: Writer, ask: Ask) -> None:
    """One group went into another in 2021, and that into the location: its agreement is there now."""
    merged = date(2021, 4, 1)
    write(
        writer,
        *group("08Y", ends=merged, heirs=("ClinicalCommissioningGroup:09Z",)),
        *group("09Z", "P1", heirs=("SubICBLocation:01S",)),
        *agreement("gps", None, begins=START),
        link("AGREEMENT_AREA", "Agreement:gps", "ClinicalCommissioningGroup:08Y", START, merged),
    )

    assert bases(ask, "GPPractice:P1", merged - timedelta(days=1)) == set()
    assert bases(ask, "GPPractice:P1", merged) == CONTINUED
    assert bases(ask, "GPPractice:P3", merged) == set()
    assert bases(ask, "GPPractice:P3", JULY_2022) == CONTINUED


def test_an_agreement_that_lapsed_before_does_not_pass(writer: Writer, ask: Ask) -> None:
    """It ran out in 2021, so in July 2022 there was nothing to transfer."""
    write(writer, *with_group("SubICBLocation:01S", until=date(2021, 7, 1)))

    assert bases(ask, "GPPractice:P1") == set()
    assert bases(ask, "SubICBLocation:01S") == set()


def test_of_two_successors_neither_has_the_agreement(writer: Writer, ask: Ask) -> None:
    """A group that was divided left its contracts to one or both: no source says to which, so nobody is covered."""
    write(writer, *with_group("SubICBLocation:01S", "SubICBLocation:02B"))

    assert bases(ask, "GPPractice:P1") == set()
    assert bases(ask, "GPPractice:P4") == set()


def test_an_agreement_that_names_the_successor_too_is_told_twice(writer: Writer, ask: Ask) -> None:
    """A page names the group and the location: the one passed on, the other is named; both are true, both are said."""
    write(
        writer,
        *with_group("SubICBLocation:01S"),
        link("AGREEMENT_AREA", "Agreement:gps", "SubICBLocation:01S", JULY_2022),
    )

    assert bases(ask, "GPPractice:P1") == CONTINUED | {("KnowledgeService:library", None)}
