"""Partnerships, places, neighbourhoods, councils' boards and plans: tiny raw files, and the figures of the tables."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from seed.build import neighbourhoods, partnerships, places, plans, wellbeing_boards
from seed.build.authorities import Authorities
from seed.build.codes import Codes
from seed.build.draft import Draft, When
from seed.build.raw import RawFolder
from seed.errors import SourceNotUnderstood
from seed.table import NodeRow, read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES

RawMaker = Callable[..., RawFolder]

JULY_2022, APRIL_2026 = date(2022, 7, 1), date(2026, 4, 1)
PLACE = {
    "ics": "Kent and Medway",
    "place_name": "Medway",
    "local_authorities": "Medway",
    "local_authority_basis": "same name as place",
    "grouping": "place",
    "source_url": "https://example.org",
    "source_date": "",
    "note": "",
    "ics_icb_ods_code": "QKS",
    "la_codes": "E06000035",
    "la_coverage": "whole",
    "sub_icb_code": "",
    "sub_icb_basis": "",
    "ods_reporting_code": "",
    "ods_reporting_source_url": "",
}
WAVE = {
    "place": "Medway",
    "ics": "Kent and Medway",
    "wave": "wave 1",
    "source_url": "https://example.org",
    "source_date": "2025-09-09",
    "note": "",
}
PARTNERSHIP = {
    "ics": "Kent and Medway",
    "icp_name": "",
    "local_authority_members": "",
    "strategy_title": "",
    "strategy_url": "",
    "source_url": "https://example.org",
    "source_date": "2024-01",
    "note": "",
    "ics_icb_ods_code": "QKS",
    "icp_name_basis": "not found",
    "la_codes": "",
    "la_codes_by_law": "E06000035",
    "la_by_law_note": "derived: upper-tier authorities with any 2021 LSOA in the ICB area, as section 116ZA makes each "
    "of them a founder",
    "established_date": "",
    "established_source_url": "",
    "strategy_date": "",
    "strategy_source_url": "",
}
PLAN = {
    "new_body_or_cluster": "A cluster",
    "kind": "cluster",
    "member_icbs": "Kent and Medway; Frimley",
    "effective_date": "2025",
    "chair_or_ceo": "chair Somebody",
    "source_url": "https://example.org",
    "source_date": "2025-07-14",
    "note": "",
}
KNOWN = Authorities({"E06000035": "E06000035"})


def _csv(*rows: dict[str, str]) -> str:
    lines = [",".join(rows[0]), *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def _draft() -> Draft:
    """A system that goes on, one that ended in April 2026, and a council of the upper tier."""
    draft = Draft()
    for code, name, life in (
        ("QKS", "Kent and Medway", When(JULY_2022)),
        ("QNQ", "Frimley", When(JULY_2022, "DAY", APRIL_2026, "DAY")),
    ):
        draft.state("IntegratedCareSystem", code, {"name": f"{name} Integrated Care System"}, life, "tiny")
        draft.state("IntegratedCareBoard", code, {"name": name, "ods_code": code}, life, "tiny")
    draft.state(
        "LocalAuthority",
        "E06000035",
        {"name": "Medway", "ons_code": "E06000035", "is_district": "true", "is_upper_tier": "true"},
        When(date(2023, 4, 1), "NO_LATER_THAN"),
        "tiny",
    )
    return draft


def _placed(raw_of: RawMaker, folder: Path, *rows: dict[str, str], wave: dict[str, str] | None = None) -> Draft:
    raw = raw_of(
        {places.PLACES: _csv(*({**PLACE, **row} for row in rows)), places.WAVE: _csv({**WAVE, **(wave or {})})}
    )
    draft = _draft()
    places.place(draft, places.read(raw), places.read_wave(raw), KNOWN, Codes(folder))
    for file in raw.files.values():
        file.prove()
    return draft


def _span(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["valid_from"], row["valid_from_precision"], row["valid_to"], row["valid_to_precision"]


def _lacks(draft: Draft, system: str) -> str:
    """What is absent of a system and why, without what would settle it."""
    return "|".join(draft.latest("IntegratedCareSystem", system)["absences"].split("|")[:2])


@pytest.mark.parametrize(
    ("row", "wave", "span"),
    [
        ({"source_date": "2024-05"}, {}, ("2024-05-01", "MONTH", "", "")),
        ({}, {}, ("2025-09-09", "DAY", "", "")),
        ({"ods_reporting_code": "A1"}, {"source_date": "2026-02-01"}, ("2026-01-02", "NO_LATER_THAN", "", "")),
    ],
    ids=["its page has a date", "wave 1 names it first", "ODS names it first"],
)
def test_a_place_begins_when_a_source_first_names_it(
    raw_of: RawMaker, tmp_path: Path, row: dict[str, str], wave: dict[str, str], span: tuple[str, str, str, str]
) -> None:
    """Its page, if that has a date; the announcement of the programme; the extract of ODS that has its name."""
    draft = _placed(raw_of, tmp_path, row, wave=wave)

    assert _span(draft.rows["places.csv"][0]) == span
    assert [row["start"] for row in draft.rows["programme_member.csv"]] == ["kent-and-medway--medway"]


def test_an_undated_place_speaks_from_the_reading_and_its_system_says_so(raw_of: RawMaker, tmp_path: Path) -> None:
    """Before November 2026 the system's places are not just missing."""
    draft = _placed(raw_of, tmp_path, {}, {"place_name": "Swale"})

    swale = next(row for row in draft.rows["places.csv"] if row["name"] == "Swale")
    assert _span(swale) == ("2026-11-01", "MONTH", "", "")
    assert _lacks(draft, "QKS") == "places|BEFORE_SOURCES"
    assert _lacks(draft, "QNQ") == "places|NOT_PUBLISHED"


def test_a_place_ends_with_its_system(raw_of: RawMaker, tmp_path: Path) -> None:
    """Its membership to the day; its own end is only bounded by it, and says so."""
    draft = _placed(raw_of, tmp_path, {}, {"place_name": "Slough", "ics": "Frimley", "ics_icb_ods_code": "QNQ"})

    slough = next(row for row in draft.rows["places.csv"] if row["name"] == "Slough")
    (belongs,) = [row for row in draft.rows["place_in.csv"] if row["end"] == "QNQ"]
    assert _span(slough) == ("2026-03-31", "UNKNOWN", "2026-04-01", "UNKNOWN")
    assert "validTo|NOT_PUBLISHED" in slough["absences"]
    assert _span(belongs)[2:] == ("2026-04-01", "DAY")


def test_a_name_of_wave_1_that_is_no_place_is_quarantined(raw_of: RawMaker, tmp_path: Path) -> None:
    """Nothing is guessed: Morecambe Bay is in no list of places."""
    raw = raw_of({places.PLACES: _csv(PLACE), places.WAVE: _csv(WAVE, {**WAVE, "place": "Morecambe Bay"})})

    places.place(_draft(), places.read(raw), places.read_wave(raw), KNOWN, Codes(tmp_path))

    assert [key for key, _ in raw.files[places.WAVE].quarantined.values()] == ["Morecambe Bay"]


@pytest.mark.parametrize(
    "odd",
    [{"local_authority_basis": "guessed"}, {"la_coverage": "most"}, {"sub_icb_basis": "looks alike"}, {"la_codes": ""}],
)
def test_a_place_that_is_not_understood_stops_the_build(raw_of: RawMaker, odd: dict[str, str]) -> None:
    """A new basis is not a known one, and a basis without an authority is a mistake."""
    raw = raw_of({places.PLACES: _csv({**PLACE, **odd})})

    with pytest.raises(SourceNotUnderstood):
        places.read(raw)


def _partnered(raw_of: RawMaker, **changes: str) -> Draft:
    raw = raw_of(
        {
            partnerships.PARTNERSHIPS: _csv(
                {**PARTNERSHIP, **changes},
                {**PARTNERSHIP, "ics": "Frimley", "ics_icb_ods_code": "QNQ"},
            ),
            partnerships.UPPER_TIER_2026: "icb26_ods,utla_code,utla_name,n_lsoa21\nQKS,E06000035,Medway,160\n",
        }
    )
    draft = _draft()
    partnerships.place(draft, partnerships.read(raw), partnerships.read_members_by_law(raw), KNOWN)
    return draft


def test_a_partnership_without_a_name_is_there_and_says_so(raw_of: RawMaker) -> None:
    """The law says that there is one, so the node exists under a descriptive name."""
    draft = _partnered(raw_of)

    kent = draft.latest("IntegratedCarePartnership", "QKS")
    assert kent["name"] == "Integrated care partnership of Kent and Medway"
    assert kent["standing"] == "STATUTORY"
    assert "name|NOT_PUBLISHED" in kent["absences"]


def test_a_member_is_one_by_law_until_a_page_states_it(raw_of: RawMaker) -> None:
    """Two edges that touch: derived by the rule of the law, then published by the page."""
    draft = _partnered(raw_of, la_codes="E06000035")

    rows = [row for row in draft.rows["partnership_member.csv"] if (row["start"], row["end"]) == ("E06000035", "QKS")]
    assert [(row["basis"], row["standing"], row["rule"], row["valid_from"], row["valid_to"]) for row in rows] == [
        ("LAW", "DERIVED", "RESPONSIBLE_AUTHORITY", "2023-04-01", "2024-01-01"),
        ("STATED", "PUBLISHED", "", "2024-01-01", ""),
    ]


def test_the_board_is_a_statutory_member(raw_of: RawMaker) -> None:
    """The board and the authorities establish the partnership together."""
    draft = _partnered(raw_of)

    boards = [row for row in draft.rows["partnership_member.csv"] if row["start_concept"] == "IntegratedCareBoard"]
    assert {(row["start"], row["end"], row["basis"], row["standing"]) for row in boards} == {
        ("QKS", "QKS", "LAW", "STATUTORY"),
        ("QNQ", "QNQ", "LAW", "STATUTORY"),
    }


def test_the_members_by_law_end_with_the_system(raw_of: RawMaker) -> None:
    """A link to a body that a merger ended ends with it."""
    draft = _partnered(raw_of)

    (frimley,) = [
        row
        for row in draft.rows["partnership_member.csv"]
        if row["end"] == "QNQ" and row["start_concept"] == "LocalAuthority"
    ]
    assert _span(frimley) == ("2023-04-01", "NO_LATER_THAN", "2026-04-01", "DAY")


def _planned(raw_of: RawMaker, folder: Path, *rows: dict[str, str]) -> tuple[Draft, RawFolder]:
    raw = raw_of({plans.PLANS: _csv(*({**PLAN, **row} for row in rows))})
    draft = _draft()
    plans.place(draft, plans.read(raw), Codes(folder))
    return draft, raw


def test_a_cluster_is_in_force_and_an_order_to_merge_is_a_plan(raw_of: RawMaker, tmp_path: Path) -> None:
    """The order concerns every board in a cluster, by a rule that has a name; nobody's name is kept."""
    order = {"new_body_or_cluster": "All", "kind": "order to merge", "member_icbs": "all ICBs in clusters"}
    draft, raw = _planned(raw_of, tmp_path, {}, {**order, "effective_date": "2027-04", "source_date": ""})

    (cluster,), (plan,) = draft.rows["board_clusters.csv"], draft.rows["planned_changes.csv"]
    assert _span(cluster) == ("2025-01-01", "YEAR", "", "")
    assert (plan["kind"], plan["effective_date"], plan["effective_date_precision"]) == ("MERGER", "2027-04-01", "MONTH")
    assert _span(plan)[:2] == ("2026-11-01", "MONTH")
    assert {row["rule"] for row in draft.rows["concerns.csv"]} == {plans.RULE}
    assert "Somebody" not in str(draft.rows)
    assert raw.files[plans.PLANS].columns == {("chair_or_ceo", "names of people are not held"): 2}


def test_what_was_done_in_april_2026_is_no_plan(raw_of: RawMaker, tmp_path: Path) -> None:
    """The successions hold it."""
    _, raw = _planned(raw_of, tmp_path, {}, {"kind": "merger", "effective_date": "2026-04-01"})

    assert [kind for kind, _ in raw.files[plans.PLANS].out_of_scope.values()] == ["change of 1 April 2026"]


def test_a_network_has_a_neighbourhood_and_a_council_a_board() -> None:
    """Both live as long as what they are of; the one is derived, the other statutory."""
    draft = _draft()
    life = When(date(2019, 10, 1), "DAY", date(2024, 4, 1), "DAY")
    draft.state("PrimaryCareNetwork", "U1", {"name": "A", "ods_code": "U1"}, life, "tiny")

    neighbourhoods.place(draft)
    wellbeing_boards.place(draft)

    (hood,), (board,) = draft.rows["neighbourhoods.csv"], draft.rows["wellbeing_boards.csv"]
    assert (hood["code"], hood["standing"], hood["rule"]) == ("U1", "DERIVED", "NETWORK_NEIGHBOURHOOD")
    assert _span(hood) == ("2019-10-01", "DAY", "2024-04-01", "DAY")
    assert (board["code"], board["standing"]) == ("E06000035", "STATUTORY")
    assert _span(board)[:2] == ("2023-04-01", "NO_LATER_THAN")


def _nodes(folder: Path, label: str) -> list[NodeRow]:
    return list(read_nodes(next(table for table in NODE_TABLES if table.label == label), folder))


def test_there_are_161_places_in_39_systems(committed_tables: Path) -> None:
    """Each in one."""
    table = next(table for table in LINK_TABLES if table.type == "PLACE_IN")
    belongs = {row.start: row.end for row in read_links(table, committed_tables)}

    assert len(belongs) == len(_nodes(committed_tables, "Place")) == 161
    assert len(set(belongs.values())) == 39


@pytest.mark.parametrize(
    ("label", "day", "count"),
    [
        ("IntegratedCarePartnership", date(2025, 1, 1), 42),
        ("IntegratedCarePartnership", APRIL_2026, 36),
        ("HealthAndWellbeingBoard", date(2026, 7, 1), 153),
        ("BoardCluster", date(2026, 11, 24), 7),
    ],
)
def test_a_concept_counts_what_there_is_at_a_date(committed_tables: Path, label: str, day: date, count: int) -> None:
    """By statute, and as announced."""
    lives = [one.validity for one in _nodes(committed_tables, label)]

    assert sum(one.valid_from <= day and (one.valid_to is None or day < one.valid_to) for one in lives) == count


def test_35_of_42_partnerships_have_a_name_of_their_own(committed_tables: Path) -> None:
    """The others say that theirs is not published."""
    rows = _nodes(committed_tables, "IntegratedCarePartnership")
    unnamed = [one for one in rows if any(lack.startswith("name|NOT_PUBLISHED") for lack in one.validity.absences)]

    assert (len(rows), len(unnamed)) == (48, 7 + 6)
