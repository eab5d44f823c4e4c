"""Knowledge services and their statements: from when to when, and under whose roof."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from seed.build import eligibilities, knowledge
from seed.build.authorities import Authorities
from seed.build.codes import Codes
from seed.build.draft import Draft, When, lasting
from seed.build.raw import RawFolder
from seed.errors import SourceNotUnderstood
from tests.seed.rows import eligibility_row, service_row

RawMaker = Callable[..., RawFolder]

PAST = "historic host or service"


def _draft() -> Draft:
    """A trust that closed, the one that followed it, and a town."""
    draft = Draft()
    for code, life in (
        ("RVJ", lasting(date(1991, 4, 1), date(2026, 6, 30))),
        ("RA7", lasting(date(1991, 4, 1), None)),
    ):
        draft.state("NHSTrust", code, {"name": code, "ods_code": code}, life, "etr")
    draft.state(
        "LocalAuthority",
        "E08000015",
        {"name": "Wirral", "ons_code": "E08000015", "is_district": "true", "is_upper_tier": "true"},
        When(date(2023, 4, 1), "NO_LATER_THAN"),
        "ons",
    )
    return draft


def _made(raw_of: RawMaker, folder: Path, service: dict[str, str], statement: dict[str, str] | None = None) -> Draft:
    texts = {knowledge.SERVICES: service_row(**service)}
    if statement is not None:
        texts[eligibilities.ELIGIBILITY] = eligibility_row(**statement)
    raw, draft, codes = raw_of(texts), _draft(), Codes(folder)
    statements = eligibilities.read(raw) if statement is not None else []
    evidence = eligibilities.evidence_of_services(statements)
    services = knowledge.place(draft, knowledge.read(raw), evidence, codes)
    eligibilities.place(draft, statements, services, Authorities({"E08000015": "E08000015"}), codes)
    return draft


def _span(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["valid_from"], row["valid_from_precision"], row["valid_to"], row["valid_to_precision"]


@pytest.mark.parametrize(
    ("service", "span"),
    [
        ({"host_ods_code": "RA7"}, ("2026-11-01", "MONTH", "", "")),
        ({"host_ods_code": "RA7", "source_date": "2011"}, ("2011-01-01", "YEAR", "", "")),
        (
            {"host_ods_code": "RA7", "source_date": "2020-03", "newer_evidence_date": "2018"},
            ("2018-01-01", "YEAR", "", ""),
        ),
        (
            {"host_ods_code": "RVJ", "status": PAST, "source_date": "2014-10-23"},
            ("2014-10-23", "DAY", "2026-07-01", "DAY"),
        ),
        (
            {"host_ods_code": "RA7", "status": PAST, "source_date": "2014-10-23"},
            ("2014-10-23", "DAY", "2026-11-01", "UNKNOWN"),
        ),
        ({"host_ods_code": "RVJ", "status": PAST}, ("2026-06-30", "UNKNOWN", "2026-07-01", "DAY")),
        ({"host_ods_code": "RA7", "status": PAST}, ("2026-10-31", "UNKNOWN", "2026-11-01", "UNKNOWN")),
    ],
    ids=["undated", "a year", "the earlier of two", "past with its host", "past", "undated with host", "undated past"],
)
def test_a_service_lives_from_its_earliest_date(
    raw_of: RawMaker, tmp_path: Path, service: dict[str, str], span: tuple[str, str, str, str]
) -> None:
    """An undated page speaks from the day it was read; a past service ends with its host, or nobody knows when."""
    draft = _made(raw_of, tmp_path, service)

    assert [_span(row) for row in draft.rows["knowledge_services.csv"]] == [span]


def test_a_host_that_closed_is_followed_by_its_successor(raw_of: RawMaker, tmp_path: Path) -> None:
    """The trust that the source names hosts until its last day, the other from the day after."""
    service = {"host_ods_code": "RVJ", "host_current_ods_code": "RA7", "host_match": "by hand", "source_date": "2016"}

    draft = _made(raw_of, tmp_path, service)

    hosts = {row["end"]: _span(row)[::2] for row in draft.rows["hosted_by.csv"]}
    assert hosts == {"RVJ": ("2016-01-01", "2026-07-01"), "RA7": ("2026-07-01", "")}


def test_a_service_that_ended_with_its_host_has_no_other(raw_of: RawMaker, tmp_path: Path) -> None:
    """A past service is not put under the roof of a trust that followed its host."""
    service = {"host_ods_code": "RVJ", "host_current_ods_code": "RA7", "status": PAST, "source_date": "2016"}

    draft = _made(raw_of, tmp_path, service)

    assert [row["end"] for row in draft.rows["hosted_by.csv"]] == ["RVJ"]


def test_a_host_that_is_not_understood_stops_the_build(raw_of: RawMaker, tmp_path: Path) -> None:
    """A host without a code is a known one, or somebody has to look."""
    with pytest.raises(SourceNotUnderstood, match="column host_org, value 'A New Consortium'"):
        _made(raw_of, tmp_path, {"host_org": "A New Consortium"})


def test_an_old_statement_begins_when_it_was_made(raw_of: RawMaker, tmp_path: Path) -> None:
    """Its service is known to have been there then, and its area is joined from when the area is known."""
    service = {"host_ods_code": "RA7", "newer_evidence_date": "2024-12-09"}

    draft = _made(raw_of, tmp_path, service, {"source_date": "2008", "area_code": "E08000015", "area_name": "Wirral"})

    (statement,) = draft.rows["eligibilities.csv"]
    assert _span(statement) == ("2008-01-01", "YEAR", "", "")
    assert (statement["evidence_date"], statement["evidence_date_precision"]) == ("2008-01-01", "YEAR")
    assert _span(draft.rows["knowledge_services.csv"][0]) == ("2008-01-01", "YEAR", "", "")
    assert _span(draft.rows["eligibility_area.csv"][0])[:2] == ("2023-04-01", "NO_LATER_THAN")


def test_a_statement_ends_with_its_service(raw_of: RawMaker, tmp_path: Path) -> None:
    """Nobody is served by a service that is no more."""
    service = {"host_ods_code": "RVJ", "status": PAST, "source_date": "2016"}

    draft = _made(raw_of, tmp_path, service, {})

    assert _span(draft.rows["eligibilities.csv"][0]) == ("2026-06-30", "UNKNOWN", "2026-07-01", "DAY")


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ({"basis": "agreement"}, ["FORMAL"]),
        ({"basis": "prior_ccg_agreement"}, ["PRIOR_CCG"]),
        ({"basis": "published_eligibility", "terms": "on_request"}, ["ON_REQUEST"]),
        ({"basis": "published_eligibility"}, []),
        ({"basis": "agreement", "evidence": "assumed"}, []),
    ],
)
def test_an_agreement_is_one_that_a_source_states(
    raw_of: RawMaker, tmp_path: Path, statement: dict[str, str], kinds: list[str]
) -> None:
    """What is only assumed is an eligibility that says so, and no agreement."""
    draft = _made(raw_of, tmp_path, {"host_ods_code": "RA7"}, statement)

    assert len(draft.rows["eligibilities.csv"]) == 1
    assert [row["kind"] for row in draft.rows.get("agreements.csv", [])] == kinds
