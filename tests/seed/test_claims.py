"""Contradictions: what two sources say of one time is held with the chosen word and why; a change is none."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from seed.build import contradictions
from seed.build.claims import Claims, Word, differs
from seed.build.draft import Draft, When
from seed.build.ods import Trust
from seed.build.raw import RawFolder
from seed.check import check
from seed.table import LinkRow, NodeRow, read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES
from tests.seed.conftest import RawMaker

_TRUSTS, _ETR = "trusts_202607_geocoded_typed", "etr_202607"
_KINDS = {
    "ClinicalCommissioningGroup.validity": 3,
    "GPPractice.odsStatus": 78,
    "GPPractice.postcode": 2,
    "GPPractice.primaryCareNetworks": 1,
    "GPPractice.subIcbLocations.integratedCareBoards": 28,
    "GPPractice.subIcbLocations.integratedCareBoards.nhsRegions": 7,
    "KnowledgeService.hosts": 2,
    "NHSTrust.name": 2,
    "PrimaryCareNetwork.parentSubIcbLocations": 2,
    "PrimaryCareNetwork.validity": 6,
}


@pytest.fixture(scope="module")
def claims(committed_tables: Path) -> list[NodeRow]:
    """The claims of the committed tables."""
    table = next(table for table in NODE_TABLES if table.label == "Claim")
    return list(read_nodes(table, committed_tables))


@pytest.fixture(scope="module")
def about(committed_tables: Path) -> dict[str, LinkRow]:
    """What each claim of the committed tables is about."""
    table = next(table for table in LINK_TABLES if table.type == "CLAIMED_ABOUT")
    return {row.start: row for row in read_links(table, committed_tables)}


def _read(raw: RawFolder, *codes: str) -> None:
    for code in codes:
        raw.open(code)


def _trust(raw: RawFolder, name: str, postcode: str) -> Trust:
    row = next(raw.unheaded(_ETR, ("code",)))
    return Trust(row, "RX1", name, False, "QT1", "", postcode, date(2020, 1, 1), None)


def _draft() -> Draft:
    draft = Draft()
    values = {"name": "A TRUST", "ods_code": "RX1", "postcode": "NG1 1AA"}
    draft.state("NHSTrust", "RX1", values, When(date(2020, 1, 1)), _ETR)
    return draft


def test_a_copy_that_differs_from_its_original_is_a_claim(raw_of: RawMaker) -> None:
    """The original's word stands in the tables; the copy's is kept with both sources and the reason."""
    raw = raw_of({_TRUSTS: "code,name,icb,postcode\nRX1,A Trust,QT1,NG9 9ZZ\n", _ETR: "RX1\n"})
    _read(raw, _TRUSTS)
    draft = _draft()

    contradictions.of_trusts(Claims.into(draft, raw), raw, [_trust(raw, "A TRUST", "NG1 1AA")])

    (claim,) = draft.rows["claims.csv"]
    assert {name: claim[name] for name in ("kind", "said", "source", "chosen_value", "chosen_source", "reason")} == {
        "kind": "NHSTrust.postcode",
        "said": "NG9 9ZZ",
        "source": _TRUSTS,
        "chosen_value": "NG1 1AA",
        "chosen_source": _ETR,
        "reason": "ORIGINAL",
    }
    (link,) = draft.rows["claimed_about.csv"]
    assert (link["start"], link["end_concept"], link["end"]) == (claim["code"], "NHSTrust", "RX1")


def test_two_sources_that_say_the_same_are_no_contradiction(raw_of: RawMaker) -> None:
    """Neither is what differs in the case of its letters alone."""
    raw = raw_of({_TRUSTS: "code,name,icb,postcode\nRX1,A Trust,QT1,NG1 1AA\n", _ETR: "RX1\n"})
    _read(raw, _TRUSTS)
    draft = _draft()

    contradictions.of_trusts(Claims.into(draft, raw), raw, [_trust(raw, "A TRUST", "NG1 1AA")])

    assert "claims.csv" not in draft.rows


def test_a_claim_about_what_the_tables_do_not_hold_is_refused(raw_of: RawMaker) -> None:
    """Claims are of the concepts whose sources are held against each other."""
    claims = Claims.into(Draft(), raw_of({_ETR: "RX1\n"}))

    with pytest.raises(ValueError, match="Eligibility is none"):
        claims.against(("Eligibility", "x"), "terms", Word("free", _ETR), Word("sla", _ETR), "STATED")


@pytest.mark.parametrize(
    ("one", "another", "expected"),
    [("A  Trust", "a trust", False), ("A Trust", "The Trust", True), ("NG1 1AA", "NG11AA", True)],
)
def test_words_differ_by_more_than_letters_and_blanks(one: str, another: str, expected: bool) -> None:
    """A register in capitals does not contradict a page."""
    assert differs(one, another) is expected


def test_the_real_contradictions_are_counted_by_kind(committed_tables: Path) -> None:
    """130 and more places where sources of one time disagree; `seed check` lists them."""
    assert check(committed_tables).claims == _KINDS


def test_a_change_between_two_extracts_is_no_contradiction(claims: list[NodeRow], about: dict[str, LinkRow]) -> None:
    """C85017 moved between January and March 2026, and B81061 between March and August; neither contradicts itself."""
    contested = {(about[one.code].end, one.values["kind"]) for one in claims}

    assert ("C85017", "GPPractice.postcode") not in contested
    assert ("B81061", "GPPractice.postcode") not in contested


def test_what_is_said_before_and_after_is_held(committed_tables: Path, claims: list[NodeRow]) -> None:
    """F83666 and M84028 have one postcode on both maps and another in epraccur between them: the maps' is held."""
    table = next(table for table in NODE_TABLES if table.label == "GPPractice")
    held = {row.code: row for row in read_nodes(table, committed_tables) if row.code in {"F83666", "M84028"}}
    said = {str(one.values["name"])[:6]: one for one in claims if one.values["kind"] == "GPPractice.postcode"}

    assert {code: row.values["postcode"] for code, row in held.items()} == {"F83666": "N7 7QZ", "M84028": "CV34 4NA"}
    for code, row in held.items():
        assert said[code].values["chosenValue"] == row.values["postcode"] != said[code].values["said"]
        assert said[code].values["reason"] == "SAID_BEFORE_AND_AFTER"


def test_a_claim_lasts_until_the_next_issue_of_its_series(claims: list[NodeRow]) -> None:
    """What the map of January says is not said any more once the map of August is there; both are open or end then."""
    ends = Counter((one.validity.source, one.validity.valid_to) for one in claims)

    assert ends["gp_reg_pat_prac_map_20260101", date(2026, 8, 1)] == 2
    assert all(end is None for source, end in ends if source != "gp_reg_pat_prac_map_20260101")


def test_the_practice_off_the_map_is_active_all_the_same(claims: list[NodeRow]) -> None:
    """6,207 are active in ODS and 6,129 on the map of August; the 78 in between are not closed by their absence."""
    off = [one for one in claims if one.values["kind"] == "GPPractice.odsStatus"]

    assert len(off) == 6207 - 6129
    assert {(one.values["said"], one.values["chosenValue"], one.values["reason"]) for one in off} == {
        ("not listed", "ACTIVE", "NOT_CLOSURE")
    }
