"""RECIPROCAL and NATIONAL_CORE: what there is beside a local service, or without one."""

from datetime import date
from typing import Any

import pytest

from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import LIBRARY, START, TODAY, Record, covering, outcomes, verdicts, write
from tests.cypher.world import link, node


def _network(reciprocity: str, told: date = date(2022, 1, 1)) -> list[Record]:
    id_ = "KnowledgeNetwork:lenders"
    said: dict[str, Any] = {
        "reciprocity": reciprocity,
        "reciprocal": "books",
        "url": "https://lenders.example",
        "evidenceDate": told,
    }
    return [node("KnowledgeNetwork", "lenders", START, **said), link("NETWORK_MEMBER", LIBRARY, id_, START)]


def _offer(code: str, groups: tuple[str, ...], told: date) -> Record:
    said: dict[str, Any] = {
        "groups": groups,
        "quote": f"for {code}",
        "url": "https://core.example",
        "evidenceDate": told,
    }
    return node("NationalOffer", code, told, **said)


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (_network("LOANS"), ("APPLIES", None)),
        (_network("OTHER"), ("DOES_NOT_APPLY", "NOT_APPLICABLE")),
        (_network("NOT_STATED"), ("UNKNOWN", "NOT_PUBLISHED")),
        (_network("LOANS", date(2010, 1, 1)), ("UNKNOWN", "SOURCE_STALE")),
        ([], ("UNKNOWN", "NOT_PUBLISHED")),
    ],
    ids=["loans", "something else", "not stated", "stale", "no member"],
)
def test_readers_of_a_member_may_borrow(
    writer: Writer, ask: Ask, records: list[Record], verdict: tuple[str, str | None]
) -> None:
    """The host's staff borrow where a source says that members lend; it is no coverage."""
    write(writer, *records)

    assert verdicts(outcomes(ask, "NHSTrust:RT"), "RECIPROCAL") == [verdict]
    assert covering(ask, "NHSTrust:RT") == {("HOST", "library", "WHOLE")}


def test_without_a_home_library_nobody_borrows(writer: Writer, ask: Ask) -> None:
    """A network lends to the readers of its members: whom none covers has nothing of it."""
    write(writer, *_network("LOANS"))

    assert verdicts(outcomes(ask, "GPPractice:P1"), "RECIPROCAL") == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]


def test_a_loan_ends_with_the_coverage(writer: Writer, ask: Ask) -> None:
    """Before the service covers its host there is nobody to lend to."""
    write(writer, *_network("LOANS"))

    applied = next(one for one in outcomes(ask, "NHSTrust:RT") if one["rule"] == "RECIPROCAL")
    assert (applied["service"], applied["group"], applied["quote"]) == (LIBRARY, "own_staff", "books")
    assert applied["path"] == ["KnowledgeNetwork:lenders", LIBRARY, "NHSTrust:RT"]
    assert verdicts(outcomes(ask, "NHSTrust:RT", date(2019, 12, 31)), "RECIPROCAL") == [
        ("DOES_NOT_APPLY", "NOT_APPLICABLE")
    ]


@pytest.mark.parametrize(
    ("subject", "group"),
    [
        ("GPPractice:P1", "gp_practices"),
        ("PrimaryCareNetwork:ALL", "gp_practices"),
        ("NHSTrust:RX", "own_staff"),
        ("IntegratedCareBoard:QS", "icb_staff"),
        ("SubICBLocation:01S", "icb_staff"),
        ("LocalAuthority:SHIRE", "public_health"),
    ],
)
def test_everyone_eligible_has_the_national_core(writer: Writer, ask: Ask, subject: str, group: str) -> None:
    """Each kind of body by the statement that names its staff, and it covers nobody by that."""
    write(writer, _offer("all", ("gp_practices", "own_staff", "icb_staff", "public_health"), date(2023, 1, 1)))

    applied = next(one for one in outcomes(ask, subject) if one["rule"] == "NATIONAL_CORE")
    assert (applied["outcome"], applied["group"], applied["service"]) == ("APPLIES", group, None)
    assert applied["path"] == ["NationalOffer:all", subject]
    assert covering(ask, subject) == set()


def test_the_newest_statement_that_speaks_of_the_day_is_taken(writer: Writer, ask: Ask) -> None:
    """An older one speaks of older days, ten years long; before the first nothing is known."""
    write(
        writer,
        _offer("old", ("gp_practices",), date(2013, 9, 1)),
        _offer("new", ("gp_practices",), date(2023, 1, 1)),
    )

    def said(day: date) -> tuple[str, str | None]:
        row = next(one for one in outcomes(ask, "GPPractice:P1", day) if one["rule"] == "NATIONAL_CORE")
        return row["outcome"], row["quote"]

    assert said(TODAY) == ("APPLIES", "for new")
    assert said(date(2022, 12, 31)) == ("APPLIES", "for old")
    assert said(date(2013, 8, 31)) == ("UNKNOWN", "for old")
    assert said(date(2033, 1, 1)) == ("UNKNOWN", "for new")


def test_a_district_without_public_health_has_no_eligible_staff(writer: Writer, ask: Ask) -> None:
    """Public health is a duty of the upper tier; of other staff of councils no source speaks."""
    write(writer, _offer("all", ("public_health",), date(2023, 1, 1)))

    assert verdicts(outcomes(ask, "LocalAuthority:NORTH"), "NATIONAL_CORE") == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]
