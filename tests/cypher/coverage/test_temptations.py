"""Cases in which a hasty rule would say something else; each argues its answer."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cypher.change import NodeRecord, change
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    LONG_AGO,
    START,
    TODAY,
    covering,
    eligibility,
    network,
    outcomes,
    practice,
    service,
    unplaced,
    verdicts,
    write,
)
from tests.cypher.world import link, state

PAGE = "PUBLISHED_ELIGIBILITY"
WHOLE = {(PAGE, "library", "WHOLE")}


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"evidence": "assumed"}, ("UNKNOWN", "NOT_PUBLISHED")),
        ({"terms": "charged"}, ("DOES_NOT_APPLY", "NOT_APPLICABLE")),
        ({"terms": "reference_only"}, ("DOES_NOT_APPLY", "NOT_APPLICABLE")),
        ({"evidenceDate": date(2008, 1, 1), "evidenceDatePrecision": "YEAR"}, ("UNKNOWN", "SOURCE_STALE")),
    ],
)
def test_what_does_not_count_is_told(
    writer: Writer, ask: Ask, values: dict[str, Any], verdict: tuple[str, str]
) -> None:
    """Nobody said it, or it costs, or one may only look, or it was said in 2008: no coverage, yet worth a word.

    A reader who knows the page would otherwise think that we missed it.
    """
    write(writer, *eligibility("gps", "LocalAuthority:NORTH", **values))

    assert covering(ask, "GPPractice:P1") == set()
    assert covering(ask, "PrimaryCareNetwork:ALL") == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), PAGE) == [verdict]


@pytest.mark.parametrize("basis", ["training_hub", "regional_reciprocal"])
def test_other_rules_are_left_to_themselves(writer: Writer, ask: Ask, basis: str) -> None:
    """A post of a training hub lasts as long as its funds, and a consortium lends books: each has a rule of its own."""
    write(writer, *eligibility("gps", "LocalAuthority:NORTH", basis=basis))

    assert covering(ask, "GPPractice:P1") == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), PAGE) == [("DOES_NOT_APPLY", "NOT_PUBLISHED")]


def test_an_undated_page_speaks_from_the_day_it_was_read(writer: Writer, ask: Ask) -> None:
    """Before it was read nobody knows; ten years after that it is as stale as a dated one, for it is no younger."""
    write(writer, *eligibility("gps", "LocalAuthority:NORTH"))

    assert covering(ask, "GPPractice:P1", START) == WHOLE
    stale = START.replace(year=START.year + 10)
    assert covering(ask, "GPPractice:P1", stale - timedelta(days=1)) == WHOLE
    assert covering(ask, "GPPractice:P1", stale) == set()
    early = outcomes(ask, "GPPractice:P1", START - timedelta(days=1))
    assert verdicts(early, PAGE) == [("UNKNOWN", "BEFORE_SOURCES")]


def test_an_area_without_a_code_is_open(writer: Writer, ask: Ask) -> None:
    """A name that is like that of the practice's district is a hint and no proof: areas of one name differ."""
    write(writer, *eligibility("gps", None, areaName="LocalAuthority North and its hamlets"))

    assert covering(ask, "GPPractice:P1") == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), PAGE) == [("UNKNOWN", "NOT_PUBLISHED")]
    assert verdicts(outcomes(ask, "GPPractice:P4"), PAGE) == [("DOES_NOT_APPLY", "NOT_PUBLISHED")]


def test_a_county_is_not_its_namesake_district(writer: Writer, ask: Ask) -> None:
    """A statement about a district says nothing of the county's other districts."""
    write(writer, *eligibility("gps", "LocalAuthority:SOUTH"))

    assert covering(ask, "GPPractice:P3") == WHOLE
    assert covering(ask, "GPPractice:P1") == set()


def test_an_administrative_address_covers_nobody(writer: Writer, ask: Ask) -> None:
    """The network's post goes to an office in North, but its practice lies in the Borough, and so do its staff."""
    write(writer, *eligibility("gps", "LocalAuthority:NORTH"))

    assert covering(ask, "PrimaryCareNetwork:AWAY") == set()
    assert verdicts(outcomes(ask, "PrimaryCareNetwork:AWAY"), PAGE) == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]


def test_a_service_that_is_past_covers_nobody(writer: Writer, ask: Ask) -> None:
    """Its old page can still be read, but there is no library behind it."""
    end = date(2024, 1, 1)
    write(writer, *service("old", ends=end), *eligibility("gps", "LocalAuthority:NORTH", of="old", ends=end))

    assert covering(ask, "GPPractice:P1", end - timedelta(days=1)) == {(PAGE, "old", "WHOLE")}
    assert covering(ask, "GPPractice:P1", end) == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), PAGE) == [("DOES_NOT_APPLY", "NONE_EXISTS")]


def test_evidence_that_was_old_before_its_service_ended_is_stale(writer: Writer, ask: Ask) -> None:
    """Coverage was lost when the evidence grew old in 2022, not when the service ended in 2024."""
    end = date(2024, 1, 1)
    write(
        writer,
        *service("old", ends=end),
        *eligibility("gps", "LocalAuthority:NORTH", of="old", ends=end, evidenceDate=date(2012, 1, 1)),
    )

    assert covering(ask, "GPPractice:P1", date(2021, 12, 31)) == {(PAGE, "old", "WHOLE")}
    assert covering(ask, "GPPractice:P1", date(2022, 1, 1)) == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), PAGE) == [("UNKNOWN", "SOURCE_STALE")]


def test_two_pages_that_disagree_are_both_told(writer: Writer, ask: Ask) -> None:
    """One page takes GPs free, another charges them: the first covers, and the second is told as contradicting it.

    A service may do both for different things, so the charge does not undo the offer; the reader can ask about it.
    """
    write(
        writer,
        *eligibility("kind", "LocalAuthority:NORTH", terms="free"),
        *eligibility("dear", "LocalAuthority:NORTH", terms="charged"),
    )

    assert covering(ask, "GPPractice:P1") == WHOLE
    told = sorted(verdicts(outcomes(ask, "GPPractice:P1"), PAGE))
    assert told == [("APPLIES", None), ("DOES_NOT_APPLY", "CONTRADICTED")]


def test_terms_that_changed_count_from_their_day(writer: Writer, ask: Ask) -> None:
    """A page that was free until 2023 and charges since covers until 2023: each state speaks for its own time."""
    changed_on = date(2023, 1, 1)
    said = {"terms": "free", "basis": "published_eligibility", "evidence": "stated", "areaName": "North"}
    first = state(START, changed_on, name="gps", group="gp_practices", url="https://library.example", **said)
    second = state(
        changed_on,
        None,
        name="gps",
        group="gp_practices",
        url="https://library.example",
        **{**said, "terms": "charged"},
    )
    write(
        writer,
        NodeRecord("Eligibility", "gps", None, (first, second)),
        link("HAS_ELIGIBILITY", "KnowledgeService:library", "Eligibility:gps", START),
        link("ELIGIBILITY_AREA", "Eligibility:gps", "LocalAuthority:NORTH", START),
    )

    assert covering(ask, "GPPractice:P1", changed_on - timedelta(days=1)) == WHOLE
    assert covering(ask, "GPPractice:P1", changed_on) == set()
    before, after = (outcomes(ask, "GPPractice:P1", changed_on - timedelta(days=days)) for days in (1, 0))
    assert verdicts(before, PAGE) == [("APPLIES", None)]
    assert verdicts(after, PAGE) == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]


def test_a_practice_that_left_its_network_yesterday(writer: Writer, ask: Ask) -> None:
    """The network had one covered practice of two until yesterday and none since; the practice stays covered."""
    write(writer, *eligibility("gps", "LocalAuthority:SOUTH"))
    before = link("MEMBER_OF", "GPPractice:P3", "PrimaryCareNetwork:MIXED", START)
    left = change(before, link("MEMBER_OF", "GPPractice:P3", "PrimaryCareNetwork:MIXED", START, TODAY))
    assert left is not None

    writer.apply([left], source="world")

    yesterday = TODAY - timedelta(days=1)
    assert covering(ask, "PrimaryCareNetwork:MIXED", yesterday) == {(PAGE, "library", "PART")}
    assert covering(ask, "PrimaryCareNetwork:MIXED") == set()
    assert covering(ask, "GPPractice:P3") == WHOLE
    assert verdicts(outcomes(ask, "PrimaryCareNetwork:MIXED"), PAGE) == [("DOES_NOT_APPLY", "NOT_PUBLISHED")]


def test_a_practice_of_unknown_place_is_a_part_once_it_has_patients(writer: Writer, ask: Ask) -> None:
    """A member whose place nobody knows counts once it is on the practice map, and then as not covered.

    Before, no source says that it serves anybody anywhere, so it does not lessen what the others have.
    """
    listed = date(2024, 1, 1)
    write(
        writer,
        *eligibility("gps", "LocalAuthority:BOROUGH"),
        *unplaced("P9", listed),
        *network("DIM", "P4", "P9"),
    )

    assert covering(ask, "PrimaryCareNetwork:DIM", listed - timedelta(days=1)) == WHOLE
    assert covering(ask, "PrimaryCareNetwork:DIM", listed) == {(PAGE, "library", "PART")}
    assert covering(ask, "GPPractice:P9") == set()
    assert verdicts(outcomes(ask, "GPPractice:P9"), PAGE) == [("UNKNOWN", "BEFORE_SOURCES")]


def test_one_statement_about_two_areas_makes_one_whole(writer: Writer, ask: Ask) -> None:
    """A page names North and the Borough; a network with a practice in each is covered whole and once."""
    write(
        writer,
        *eligibility("gps", "LocalAuthority:NORTH"),
        link("ELIGIBILITY_AREA", "Eligibility:gps", "LocalAuthority:BOROUGH", START),
        *network("BOTH", "P1", "P4"),
    )

    assert covering(ask, "PrimaryCareNetwork:BOTH") == WHOLE
    rows = ask("MATCH ()-[c:COVERS]->({id: 'PrimaryCareNetwork:BOTH'}) RETURN c.via")
    assert rows == [[["Eligibility:gps", "LocalAuthority:BOROUGH", "LocalAuthority:NORTH"]]]


def test_a_practice_that_moved_is_covered_where_it_was(writer: Writer, ask: Ask) -> None:
    """It lay in North until 2023 and lies in the Borough since: a page about North covers it until 2023."""
    moved = date(2023, 6, 1)
    records = practice("P9", "NORTH", "01S")
    stayed = next(one for one in records if not isinstance(one, NodeRecord) and one.type == "LOCATED_IN")
    write(
        writer,
        *eligibility("gps", "LocalAuthority:NORTH"),
        *(one for one in records if one is not stayed),
        link("LOCATED_IN", stayed.start, stayed.end, LONG_AGO, moved),
        replace(stayed, end="LocalAuthority:BOROUGH", validity=replace(stayed.validity, valid_from=moved)),
    )

    assert covering(ask, "GPPractice:P9", moved - timedelta(days=1)) == WHOLE
    assert covering(ask, "GPPractice:P9", moved) == set()


def test_students_and_patients_of_a_trust_are_not_the_trust(writer: Writer, ask: Ask) -> None:
    """Who teaches a trust's students or helps its patients does not serve its staff."""
    write(
        writer,
        *eligibility("students", "NHSTrust:RX", "students"),
        *eligibility("public", "NHSTrust:RX", "public"),
        *eligibility("care", "LocalAuthority:SHIRE", "social_care"),
    )

    assert covering(ask, "NHSTrust:RX") == set()
    assert covering(ask, "LocalAuthority:SHIRE") == set()
    assert verdicts(outcomes(ask, "NHSTrust:RX"), PAGE) == [("DOES_NOT_APPLY", "NOT_PUBLISHED")]
    # Social care staff of the Shire may be the council's or anybody's: the page does not say.
    assert verdicts(outcomes(ask, "LocalAuthority:SHIRE"), PAGE) == [("UNKNOWN", "NOT_PUBLISHED")]
