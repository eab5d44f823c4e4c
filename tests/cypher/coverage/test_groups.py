"""A service covers groups of staff, and nobody who is near to them."""

import pytest

from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    LONG_AGO,
    Record,
    agreement,
    covering,
    eligibility,
    network,
    outcomes,
    practice,
    verdicts,
    write,
)
from tests.cypher.world import link, node

PAGE = "PUBLISHED_ELIGIBILITY"


@pytest.mark.parametrize("group", ["public", "students", "social_care", "hospice"])
def test_a_practice_is_its_staff_and_not_its_patients(writer: Writer, ask: Ask, group: str) -> None:
    """A library for the public or the students of North helps the practice's patients: its GPs are none of them."""
    write(writer, *eligibility("e", "LocalAuthority:NORTH", group), *agreement("a", "LocalAuthority:NORTH", group))

    for subject in ("GPPractice:P1", "PrimaryCareNetwork:ALL", "SubICBLocation:01S"):
        assert covering(ask, subject) == set()


def test_gps_are_covered_as_gps(writer: Writer, ask: Ask) -> None:
    """The group is said, so that nobody takes it for the board's staff or for public health."""
    write(writer, *eligibility("gps", "SubICBLocation:01S"))

    rows = ask("MATCH ()-[c:COVERS]->(n {id: 'GPPractice:P1'}) RETURN c.group")
    assert rows == [["gp_practices"]]
    for subject in ("SubICBLocation:01S", "IntegratedCareBoard:QS", "LocalAuthority:SHIRE", "NHSTrust:RX"):
        assert covering(ask, subject) == set()


def test_public_health_is_the_council_that_has_the_duty(writer: Writer, ask: Ask) -> None:
    """The county's public health team, not its districts, its social care, or the practices of its area.

    What a council does for schools is another duty and other staff: no group of ours stands for them, so none is said.
    """
    write(writer, *eligibility("health", "LocalAuthority:SHIRE", "public_health"))

    assert covering(ask, "LocalAuthority:SHIRE") == {(PAGE, "library", "WHOLE")}
    groups = ask("MATCH ()-[c:COVERS]->(n {id: 'LocalAuthority:SHIRE'}) RETURN c.group")
    assert groups == [["public_health"]]
    for subject in ("LocalAuthority:NORTH", "GPPractice:P1", "IntegratedCareBoard:QS"):
        assert covering(ask, subject) == set()
    assert ("DOES_NOT_APPLY", "NOT_APPLICABLE") in verdicts(outcomes(ask, "LocalAuthority:NORTH"), PAGE)


def test_the_staff_of_one_place_are_a_part_of_the_board(writer: Writer, ask: Ask) -> None:
    """A page for board staff in one sub-ICB location: that location whole, its board in part, the other not at all."""
    write(writer, *eligibility("staff", "SubICBLocation:01S", "icb_staff"))

    assert covering(ask, "SubICBLocation:01S") == {(PAGE, "library", "WHOLE")}
    assert covering(ask, "IntegratedCareBoard:QS") == {(PAGE, "library", "PART")}
    assert covering(ask, "SubICBLocation:02B") == set()
    assert covering(ask, "GPPractice:P1") == set()


def test_the_staff_in_a_district_are_a_part_of_the_board_and_of_no_known_location(writer: Writer, ask: Ask) -> None:
    """Board staff "in North" are some of the board's; whether they are those of 01S no source says."""
    write(writer, *eligibility("staff", "LocalAuthority:NORTH", "icb_staff"))

    assert covering(ask, "IntegratedCareBoard:QS") == {(PAGE, "library", "PART")}
    assert covering(ask, "SubICBLocation:01S") == set()
    assert verdicts(outcomes(ask, "SubICBLocation:01S"), PAGE) == [("UNKNOWN", "NOT_PUBLISHED")]


def test_of_a_network_in_two_systems_the_covered_practices_are_known(writer: Writer, ask: Ask) -> None:
    """One of its boards has a page that covers its practices: a part of the network is covered, and that is P1.

    Neither the whole network, as its parent alone would say, nor none of it: the practices decide, each by its board.
    """
    other: list[Record] = [
        node("IntegratedCareBoard", "QT", LONG_AGO),
        node("SubICBLocation", "03T", LONG_AGO),
        link("SUB_ICB_OF", "SubICBLocation:03T", "IntegratedCareBoard:QT", LONG_AGO),
        *practice("P7", "BOROUGH", "03T"),
        *network("TWO", "P1", "P7"),
    ]
    write(writer, *other, *eligibility("gps", "IntegratedCareBoard:QS"))

    assert covering(ask, "PrimaryCareNetwork:TWO") == {(PAGE, "library", "PART")}
    rows = ask(
        "MATCH (n {id: 'PrimaryCareNetwork:TWO'})<-[c:COVERS]-(k)-[d:COVERS]->(p)-[:MEMBER_OF]->(n) "
        "WHERE d.key = c.key RETURN p.id, c.share, c.practices"
    )
    assert rows == [["GPPractice:P1", 0.5, 1]]
    lying = ask("MATCH ({id: 'PrimaryCareNetwork:TWO'})-[l:NETWORK_IN]->(s) RETURN s.id, l.share ORDER BY s.id")
    assert lying == [["SubICBLocation:01S", 0.5], ["SubICBLocation:03T", 0.5]]
