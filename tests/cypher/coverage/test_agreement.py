"""AGREEMENT: a source states that a service has agreed to serve a group in an area."""

from datetime import date, timedelta

import pytest

from cypher.change import LinkRecord
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    LONG_AGO,
    START,
    TODAY,
    Record,
    agreement,
    bases,
    board,
    covering,
    eligibility,
    group,
    location,
    network,
    outcomes,
    verdicts,
    write,
)
from tests.cypher.world import APRIL_2026, JULY_2022, link, node

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


def with_board(*heirs: str, until: date = APRIL_2026) -> list[Record]:
    """Return agreements for practices and staff of a board that ended in April 2026, which named it `until` a day."""
    id_ = "IntegratedCareBoard:QO"
    return [
        *board("QO", "03C", ends=APRIL_2026, heirs=heirs),
        *agreement("gps", None, begins=JULY_2022),
        link("AGREEMENT_AREA", "Agreement:gps", id_, JULY_2022, until),
        *agreement("staff", None, "icb_staff", begins=JULY_2022),
        link("AGREEMENT_AREA", "Agreement:staff", id_, JULY_2022, until),
    ]


def in_board(code: str, location_: str, begins: date = APRIL_2026, ends: date | None = None) -> LinkRecord:
    """Return that a location is in a board since it changed hands."""
    return link("SUB_ICB_OF", f"SubICBLocation:{location_}", f"IntegratedCareBoard:{code}", begins, ends)


def test_an_agreement_with_a_board_passes_for_the_locations_that_it_had(writer: Writer, ask: Ask) -> None:
    """A board went into a larger one: its agreement is the larger board's since that day, and no larger than it was.

    The liabilities of a board that is abolished pass by law, so the practices of its location stay covered without a
    day between. Nothing was ever agreed for the larger board's other locations, so P1 and P4 are not covered, and of
    the larger board's staff only a part is. The kind of the agreement stays: it never was one with a group.
    """
    write(
        writer,
        *location("03C", "P5"),
        *network("NEW", "P5"),
        *network("HALF", "P1", "P5"),
        *with_board("QS"),
        in_board("QS", "03C"),
    )

    before = APRIL_2026 - timedelta(days=1)
    for subject in ("GPPractice:P5", "PrimaryCareNetwork:NEW", "IntegratedCareBoard:QO"):
        assert bases(ask, subject, before) == {("KnowledgeService:library", None)}, subject
    assert bases(ask, "IntegratedCareBoard:QS", before) == set()
    for subject in ("GPPractice:P5", "PrimaryCareNetwork:NEW", "SubICBLocation:03C"):
        assert bases(ask, subject, APRIL_2026) == CONTINUED, subject
        assert covering(ask, subject, APRIL_2026) == AGREED, subject
    for subject in ("IntegratedCareBoard:QS", "PrimaryCareNetwork:HALF"):
        assert bases(ask, subject, APRIL_2026) == CONTINUED, subject
        assert covering(ask, subject, APRIL_2026) == {("AGREEMENT", "library", "PART")}, subject
    for subject in ("GPPractice:P1", "GPPractice:P4", "SubICBLocation:01S", "IntegratedCareBoard:QO"):
        assert bases(ask, subject, APRIL_2026) == set(), subject
    rows = ask("MATCH ()-[c:COVERS]->({id: 'GPPractice:P5'}) RETURN c.route, c.validFrom, c.validTo")
    stale = JULY_2022.replace(year=JULY_2022.year + 10)
    assert [[route, begins.to_native(), ends.to_native()] for route, begins, ends in rows] == [
        ["FORMAL", APRIL_2026, stale]
    ]
    applied = next(row for row in outcomes(ask, "GPPractice:P5") if row["outcome"] == "APPLIES")
    assert applied["path"] == [
        *("KnowledgeService:library", "Agreement:gps", "IntegratedCareBoard:QO", "IntegratedCareBoard:QS"),
        *("SubICBLocation:03C", "GPPractice:P5"),
    ]


def test_a_board_that_was_divided_leaves_its_agreement_to_each_location(writer: Writer, ask: Ask) -> None:
    """Its locations went whole to one board or another: who commissions there has what was agreed for there."""
    write(
        writer,
        *location("03C", "P5"),
        *location("04D", "P6"),
        *board("QN"),
        *with_board("QS", "QN"),
        in_board("QO", "04D", JULY_2022, APRIL_2026),
        in_board("QS", "03C"),
        in_board("QN", "04D"),
    )

    for subject in ("GPPractice:P5", "GPPractice:P6", "SubICBLocation:03C", "SubICBLocation:04D"):
        assert bases(ask, subject, APRIL_2026) == CONTINUED, subject
    assert bases(ask, "IntegratedCareBoard:QN", APRIL_2026) == CONTINUED
    assert bases(ask, "GPPractice:P1", APRIL_2026) == set()


def test_of_a_location_that_was_divided_nobody_is_known_to_have_the_agreement(writer: Writer, ask: Ask) -> None:
    """Frimley's one location was divided among three boards: no source says which of them has its agreements.

    Its practices and those boards may be covered, which is UNKNOWN and names the three; whose practices were never of
    Frimley has no part in it.
    """
    write(
        writer,
        *location("03C", ends=APRIL_2026, heirs=("02B", "01S", "06F")),
        *location("06F"),
        node("GPPractice", "P5", LONG_AGO),
        link("LOCATED_IN", "GPPractice:P5", "LocalAuthority:NORTH", LONG_AGO),
        link("COMMISSIONED_BY", "GPPractice:P5", "SubICBLocation:03C", JULY_2022, APRIL_2026),
        link("COMMISSIONED_BY", "GPPractice:P5", "SubICBLocation:01S", APRIL_2026),
        *network("NEW", "P5"),
        *board("QN", "06F"),
        *with_board("QS", "QN"),
    )

    assert bases(ask, "GPPractice:P5", APRIL_2026 - timedelta(days=1)) == {("KnowledgeService:library", None)}
    for subject in ("GPPractice:P5", "PrimaryCareNetwork:NEW", "SubICBLocation:06F", "IntegratedCareBoard:QN"):
        assert bases(ask, subject, APRIL_2026) == set(), subject
        (told,) = (row for row in outcomes(ask, subject) if row["rule"] == "AGREEMENT")
        assert (told["outcome"], told["reason"]) == ("UNKNOWN", "NOT_PUBLISHED"), subject
        heirs = "SubICBLocation 01S, SubICBLocation 02B and SubICBLocation 06F"
        assert f"went to {heirs}; no source says which" in told["missing"]
    assert verdicts(outcomes(ask, "GPPractice:P1"), "AGREEMENT") == [("DOES_NOT_APPLY", "NOT_PUBLISHED")]


def test_boards_that_merged_twice_are_followed(writer: Writer, ask: Ask) -> None:
    """The larger board was merged again: the location's agreement goes on, and without a second coverage for a day."""
    again = date(2026, 7, 1)
    write(
        writer,
        *location("03C", "P5"),
        *board("QM", ends=again, heirs=("QS",)),
        *with_board("QM"),
        in_board("QM", "03C", APRIL_2026, again),
        in_board("QS", "03C", again),
    )

    for day in (APRIL_2026, again - timedelta(days=1), again):
        assert bases(ask, "GPPractice:P5", day) == CONTINUED, day
    rows = ask("MATCH ()-[c:COVERS|COVERS_ENDED]->({id: 'GPPractice:P5'}) WHERE c.basis IS NOT NULL RETURN c.validFrom")
    assert [day.to_native() for (day,) in rows] == [APRIL_2026]
    assert covering(ask, "IntegratedCareBoard:QM", again - timedelta(days=1)) == {("AGREEMENT", "library", "PART")}
    assert bases(ask, "IntegratedCareBoard:QS", again) == CONTINUED


def test_what_left_a_board_before_it_ended_had_left_its_agreement(writer: Writer, ask: Ask) -> None:
    """A location that went to another board in 2024 was no more the board's business when that ended, nor its heir's.

    Nor is there anything to pass of an agreement that lapsed before the board ended.
    """
    left = date(2024, 4, 1)
    write(
        writer,
        *location("03C", "P5"),
        *location("04D", "P6"),
        *with_board("QS", until=date(2026, 1, 1)),
        in_board("QS", "03C"),
        in_board("QO", "04D", JULY_2022, left),
        in_board("QS", "04D", left),
        *agreement("lasting", None, begins=JULY_2022),
        link("AGREEMENT_AREA", "Agreement:lasting", "IntegratedCareBoard:QO", JULY_2022, APRIL_2026),
    )

    assert bases(ask, "GPPractice:P6", left - timedelta(days=1)) == {("KnowledgeService:library", None)}
    assert bases(ask, "GPPractice:P6", left) == set()
    assert bases(ask, "GPPractice:P6", APRIL_2026) == set()
    assert bases(ask, "GPPractice:P5", APRIL_2026) == CONTINUED
    assert bases(ask, "SubICBLocation:03C", APRIL_2026) == set()


def test_a_trust_that_an_agreement_does_not_name_stays_in_doubt_when_its_board_is_followed(
    writer: Writer, ask: Ask
) -> None:
    """Community staff of the board's area may be its own; that the board ended settles nothing: it is still asked."""
    write(
        writer,
        *location("03C", "P5"),
        *board("QO", "03C", ends=APRIL_2026, heirs=("QS",)),
        in_board("QS", "03C"),
        link("TRUST_IN", "NHSTrust:RX", "IntegratedCareBoard:QO", JULY_2022, APRIL_2026),
        link("TRUST_IN", "NHSTrust:RX", "IntegratedCareBoard:QS", APRIL_2026),
        *agreement("community", None, "community_trust", begins=JULY_2022),
        link("AGREEMENT_AREA", "Agreement:community", "IntegratedCareBoard:QO", JULY_2022, APRIL_2026),
    )

    for day in (APRIL_2026 - timedelta(days=1), APRIL_2026):
        assert bases(ask, "NHSTrust:RX", day) == set()
        assert verdicts(outcomes(ask, "NHSTrust:RX", day), "AGREEMENT") == [("UNKNOWN", "NOT_PUBLISHED")], day


def test_a_location_with_one_successor_takes_its_agreement_along(writer: Writer, ask: Ask) -> None:
    """A location became another in its own board, and what was agreed for it goes on there."""
    write(
        writer,
        *location("03C", "P5", ends=APRIL_2026, heirs=("01S",)),
        in_board("QS", "03C", JULY_2022, APRIL_2026),
        *agreement("gps", None, begins=JULY_2022),
        link("AGREEMENT_AREA", "Agreement:gps", "SubICBLocation:03C", JULY_2022, APRIL_2026),
    )

    assert bases(ask, "GPPractice:P5", APRIL_2026 - timedelta(days=1)) == {("KnowledgeService:library", None)}
    assert bases(ask, "GPPractice:P1", APRIL_2026 - timedelta(days=1)) == set()
    assert bases(ask, "GPPractice:P1", APRIL_2026) == CONTINUED
