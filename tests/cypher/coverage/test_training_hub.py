"""TRAINING_HUB: a knowledge specialist in the hub of a system or place, while the post is funded."""

from datetime import date, timedelta

import pytest

from cypher.change import change
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    LIBRARY,
    LONG_AGO,
    START,
    TODAY,
    Record,
    covering,
    hub,
    outcomes,
    post,
    verdicts,
    write,
)
from tests.cypher.world import link, node

RULE = "TRAINING_HUB"
ENDS = date(2024, 10, 1)
WHOLE = {(RULE, "library", "WHOLE")}
SYSTEM: list[Record] = [
    node("IntegratedCareSystem", "QS", LONG_AGO),
    link("BOARD_OF", "IntegratedCareBoard:QS", "IntegratedCareSystem:QS", LONG_AGO),
]


def test_a_post_covers_the_practices_of_its_system_while_it_is_funded(writer: Writer, ask: Ask) -> None:
    """To the last day of its funding, and not a day longer; what ended is named."""
    write(writer, *hub("HUB"), *post("p", "IntegratedCareBoard:QS", in_hub="HUB", ends=ENDS))

    last = ENDS - timedelta(days=1)
    for subject in ("GPPractice:P1", "GPPractice:P4", "PrimaryCareNetwork:ALL", "PrimaryCareNetwork:MIXED"):
        assert covering(ask, subject, last) == WHOLE
        assert covering(ask, subject, ENDS) == set()
    applied = next(one for one in outcomes(ask, "GPPractice:P1", last) if one["rule"] == RULE)
    assert (applied["outcome"], applied["service"], applied["group"]) == ("APPLIES", LIBRARY, "gp_practices")
    assert applied["path"] == [
        *(LIBRARY, "KnowledgeSpecialistPost:p", "TrainingHub:HUB", "IntegratedCareBoard:QS"),
        *("SubICBLocation:01S", "GPPractice:P1"),
    ]
    assert verdicts(outcomes(ask, "GPPractice:P1"), RULE) == [("DOES_NOT_APPLY", "NONE_EXISTS")]


def test_before_july_2022_the_commissioning_group_is_the_area(writer: Writer, ask: Ask) -> None:
    """A system that had no board yet is the area of the group that commissioned its practices."""
    turn = date(2022, 7, 1)
    write(
        writer,
        node("ClinicalCommissioningGroup", "01S", LONG_AGO, turn),
        link("COMMISSIONED_BY_GROUP", "GPPractice:P1", "ClinicalCommissioningGroup:01S", LONG_AGO, turn),
        *hub("HUB"),
        *post("p", in_hub="HUB", begins=date(2021, 9, 1), ends=ENDS),
        link(
            "POST_SERVES",
            "KnowledgeSpecialistPost:p",
            "ClinicalCommissioningGroup:01S",
            date(2021, 9, 1),
            turn,
        ),
    )

    assert covering(ask, "GPPractice:P1", date(2022, 6, 1)) == WHOLE
    assert verdicts(outcomes(ask, "GPPractice:P1", date(2022, 6, 1)), RULE) == [("APPLIES", None)]
    assert covering(ask, "PrimaryCareNetwork:ALL", date(2022, 6, 1)) == {(RULE, "library", "PART")}
    assert covering(ask, "GPPractice:P1", turn) == set()


def test_a_post_of_a_place_covers_only_the_place(writer: Writer, ask: Ask) -> None:
    """The hub is of the system, its specialist of one council's area: the others are told so."""
    write(writer, *SYSTEM, *hub("HUB", system="QS"), *post("p", "LocalAuthority:SHIRE", in_hub="HUB"))

    assert covering(ask, "GPPractice:P1") == WHOLE
    assert covering(ask, "GPPractice:P4") == set()
    assert covering(ask, "PrimaryCareNetwork:MIXED") == {(RULE, "library", "PART")}
    assert verdicts(outcomes(ask, "GPPractice:P4"), RULE) == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]


def test_a_hub_alone_covers_nobody(writer: Writer, ask: Ask) -> None:
    """Most hubs are not known to have had a specialist: whether this one had, no source says."""
    write(writer, *SYSTEM, *hub("HUB", system="QS"))

    assert covering(ask, "GPPractice:P1") == set()
    row = next(one for one in outcomes(ask, "GPPractice:P1") if one["rule"] == RULE)
    assert (row["outcome"], row["reason"]) == ("DOES_NOT_APPLY", "NOT_PUBLISHED")
    assert row["missing"] == "No source says that TrainingHub HUB has a knowledge specialist."


def test_old_evidence_is_no_coverage(writer: Writer, ask: Ask) -> None:
    """A post without an end whose page is older than ten years is not known to go on."""
    told = date(2014, 1, 1)
    write(
        writer,
        *hub("HUB"),
        *post("p", "IntegratedCareBoard:QS", in_hub="HUB", evidenceDate=told),
    )

    assert covering(ask, "GPPractice:P1", date(2023, 12, 31)) == WHOLE
    assert covering(ask, "GPPractice:P1") == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), RULE) == [("UNKNOWN", "SOURCE_STALE")]


@pytest.mark.parametrize("subject", ["NHSTrust:RT", "IntegratedCareBoard:QS", "LocalAuthority:SHIRE"])
def test_a_post_serves_primary_care_alone(writer: Writer, ask: Ask, subject: str) -> None:
    """The board whose practices are served is not served itself."""
    write(writer, *hub("HUB"), *post("p", "IntegratedCareBoard:QS", "LocalAuthority:SHIRE", in_hub="HUB"))

    assert all(rule != RULE for rule, _, _ in covering(ask, subject))
    assert verdicts(outcomes(ask, subject), RULE) == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]


def test_a_post_that_ends_ends_its_coverage_in_the_same_change_set(writer: Writer, ask: Ask) -> None:
    """Funding that ran out last month covers nobody since."""
    area = "IntegratedCareBoard:QS"
    write(writer, *hub("HUB"), *post("p", area, in_hub="HUB"))
    ends = TODAY - timedelta(days=30)
    pairs = zip(post("p", area, in_hub="HUB"), post("p", area, in_hub="HUB", ends=ends), strict=True)

    writer.apply([one for one in (change(before, after) for before, after in pairs) if one], source="world")

    assert covering(ask, "GPPractice:P1", ends - timedelta(days=1)) == WHOLE
    assert covering(ask, "GPPractice:P1") == set()
    assert covering(ask, "GPPractice:P1", START) == WHOLE
