"""The institutions around a board: facts, seats, documents, meetings, functions, and the words of the field."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from seed.build import board_facts, board_seats, documents, functions, glossary, meetings
from seed.build.codes import Codes
from seed.build.draft import Draft, When, lasting
from seed.build.raw import RawFolder
from seed.check import check
from seed.errors import SourceNotUnderstood
from seed.table import read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES
from seed.terms import read_terms

RawMaker = Callable[..., RawFolder]

CLOSED, NEW, LASTING = "QNQ", "S0E4D", "QWO"


def _draft() -> Draft:
    """A board that ended in March 2026, one that began then, one that lasts, and their systems."""
    draft = Draft()
    for code, life in (
        (CLOSED, lasting(date(2022, 7, 1), date(2026, 3, 31))),
        (LASTING, When(date(2022, 7, 1))),
        (NEW, When(date(2026, 4, 1))),
    ):
        draft.state("IntegratedCareBoard", code, {"name": f"Board {code}", "ods_code": code}, life, "map")
        draft.state("IntegratedCarePartnership", code, {"name": f"Partnership of {code}"}, life, "map")
    return draft


def _span(row: dict[str, str]) -> tuple[str, str, str]:
    return row["valid_from"], row["valid_from_precision"], row["valid_to"]


_FACTS = (
    "icb,chair,chief_executive,population,places_count,headquarters,website,source_url,source_date,note,icb_ods_code,"
    "vintage,registered_patients_202608,registered_patients_basis,headquarters_basis,headquarters_source_url,"
    "website_source_url,population_source_url"
)


def _facts(raw_of: RawMaker, **changes: str) -> board_facts.BoardFacts:
    cells = dict.fromkeys(_FACTS.split(","), "") | {
        "source_url": "https://page.example",
        "source_date": "2025",
        "icb_ods_code": LASTING,
    }
    text = _FACTS + "\n" + ",".join(f'"{one}"' for one in (cells | changes).values()) + "\n"
    return board_facts.read(raw_of({board_facts.FACTS: text}))[LASTING]


@pytest.mark.parametrize(
    ("text", "number", "reasons"),
    [
        ("1059770", "1059770", []),
        ("1.9 million", "1900000", []),
        ("580,553 (two areas, ONS mid-2023)", "580553", []),
        ("over 2.7 million", None, ["population|NOT_PUBLISHED"]),
        ("1,202,528 (one); 1.3 million (another)", None, ["population|CONTRADICTED"]),
        ("", None, ["population|NOT_PUBLISHED"]),
    ],
)
def test_a_population_is_a_number_where_the_page_gives_one(
    raw_of: RawMaker, text: str, number: str | None, reasons: list[str]
) -> None:
    """What is vague stays in its own words and says so; two numbers are no number."""
    facts = _facts(raw_of, population=text, website="https://a.example", headquarters="A Street")

    assert facts.values.get("population") == number
    assert facts.values.get("population_as_stated", "") == text
    assert [absence.rpartition("|")[0] for absence in facts.absences] == reasons


@pytest.mark.parametrize(
    ("changes", "basis", "day"),
    [
        ({}, "https://page.example", "2025-01-01"),
        ({"population_source_url": "https://other.example"}, "https://other.example", None),
        ({"note": "19 PCNs; population from 2022 launch note"}, "2022 launch note", "2022-01-01"),
        (
            {"note": "population and single place from https://third.example (2021); Some Body was chief executive"},
            "https://third.example",
            "2021-01-01",
        ),
    ],
)
def test_a_population_has_the_date_of_its_own_page(
    raw_of: RawMaker, changes: dict[str, str], basis: str, day: str | None
) -> None:
    """The row's date is that of the row's page, and of no other."""
    facts = _facts(raw_of, population="1059770", **changes)

    assert (facts.values["population_basis"], facts.values.get("population_date")) == (basis, day)


def test_no_column_of_people_is_read(raw_of: RawMaker) -> None:
    """Names are counted and left out, wherever in the row they stand."""
    facts = _facts(raw_of, chair="Some Body", chief_executive="Any One", note="Some Body was chair; 19 PCNs")

    assert not [value for value in (*facts.values.values(), *facts.absences) if "Body" in value or "Any" in value]
    assert {column for column, _ in facts.row.file.columns} >= {"chair", "chief_executive", "note"}


_SEATS = "role,member_kind,minimum,nominated_by,appointed_by,basis,legal_reference,source_url,source_date,note\n"


def test_a_seat_is_statutory_only_where_the_law_says_so(raw_of: RawMaker, tmp_path: Path) -> None:
    """Guidance is published; since when it applies nobody says, so its start is only bounded."""
    text = _SEATS + (
        "Chair,chair,1,,NHS England,law,Schedule 1B,https://a.example,2022-07-01,\n"
        "Medical director,executive,1,,the board,NHS England policy,guidance,https://a.example,,\n"
    )
    draft = _draft()

    board_seats.place(draft, raw_of({board_seats.REQUIREMENTS: text}), Codes(tmp_path))

    said = {(row["start"], row["end"]): (row["standing"], *_span(row)) for row in draft.rows["seat_of.csv"]}
    assert said["chair", CLOSED] == ("STATUTORY", "2022-07-01", "DAY", "2026-04-01")
    assert said["medical-director", LASTING] == ("PUBLISHED", "2022-07-01", "UNKNOWN", "")
    assert said["medical-director", NEW] == ("PUBLISHED", "2026-04-01", "DAY", "")


_DOCUMENTS = "icb_ods_code,kind,required_by,legal_reference,title,url,date,source_url,source_date,note\n"
_CONSTITUTION = "all,constitution,law,Schedule 1B,,,,https://a.example,2022-07-01,\n"


def _documents(raw_of: RawMaker, folder: Path, rows: str) -> Draft:
    draft = _draft()
    documents.place(draft, raw_of({documents.DOCUMENTS: _DOCUMENTS + _CONSTITUTION + rows}), Codes(folder))
    return draft


def test_a_document_of_a_board_that_ended_ends_with_it(raw_of: RawMaker, tmp_path: Path) -> None:
    """A page without a date that names it was read later: it is held for the last day, and nobody knows since when."""
    draft = _documents(raw_of, tmp_path, f"{CLOSED},constitution,,,The Constitution,,,https://a.example,,\n")

    (document,) = draft.rows["documents.csv"]
    assert _span(document) == ("2026-03-31", "UNKNOWN", "2026-04-01")
    assert [(row["end"], *_span(row)) for row in draft.rows["document_of.csv"]] == [(CLOSED, *_span(document))]


def test_a_board_without_a_required_document_says_so(raw_of: RawMaker, tmp_path: Path) -> None:
    """On the requirement, and on the board where no document at all is known."""
    draft = _documents(raw_of, tmp_path, f"{LASTING},constitution,,,The Constitution,,2024-08,https://a.example,,\n")

    required = {row["end"]: row["absences"] for row in draft.rows["required_of.csv"]}
    boards = {row["code"]: row["absences"] for row in draft.rows["boards.csv"]}
    assert required[LASTING] == boards[LASTING] == ""
    assert [said[NEW].rpartition("|")[0] for said in (required, boards)] == ["documents|NOT_PUBLISHED"] * 2


def test_an_assessment_of_every_board_is_about_those_in_force_at_its_date(raw_of: RawMaker, tmp_path: Path) -> None:
    """A board that began later was not assessed."""
    row = (
        "all,annual assessment,law,section 14Z59,Assessment 2023/24,https://a.example,2025-01-16,https://b.example,,\n"
    )

    draft = _documents(raw_of, tmp_path, row)

    assert {row["end"] for row in draft.rows["document_of.csv"]} == {CLOSED, LASTING}


_MEETINGS = "icb_ods_code,body,frequency,in_public,last_meeting,next_meeting,papers_url,source_url,source_date,note\n"


def test_a_partnership_meets_for_its_system_and_a_board_for_itself(raw_of: RawMaker, tmp_path: Path) -> None:
    """They meet since the first date that a source gives, and what it leaves open is absent."""
    text = _MEETINGS + (
        f"{LASTING},ICB board,,yes,2023-07-18,,https://papers.example,https://a.example,2023-07-13,\n"
        f"{LASTING},integrated care partnership,twice a year,,,,,https://a.example,,\n"
    )
    draft = _draft()

    meetings.place(draft, raw_of({meetings.MEETINGS: text}), Codes(tmp_path))

    board, partnership = draft.rows["meetings.csv"]
    assert [row["end_concept"] for row in draft.rows["meeting_of.csv"]] == [
        "IntegratedCareBoard",
        "IntegratedCarePartnership",
    ]
    assert (_span(board), _span(partnership)) == (("2023-07-13", "DAY", ""), ("2026-11-01", "MONTH", ""))
    assert board["absences"].split("|")[0] == "frequency"
    assert "inPublic|NOT_PUBLISHED" in partnership["absences"]


_FUNCTIONS = (
    "function,icb_ods_code,scope,from_date,to_date,arrangement,detail,source_url,source_date,note\n"
    "Dentistry,all,all ICBs,2023-04-01,,delegated by NHS England,,https://a.example,2022-06,\n"
)


def _functions(raw_of: RawMaker, folder: Path, rows: str) -> tuple[Draft, RawFolder]:
    draft, raw = _draft(), raw_of({functions.FUNCTIONS: _FUNCTIONS + rows})
    functions.place(draft, raw, Codes(folder))
    return draft, raw


def test_what_was_delegated_to_all_ends_with_each_and_passes_to_nobody(raw_of: RawMaker, tmp_path: Path) -> None:
    """A board that began later says that nothing is known."""
    draft, _ = _functions(raw_of, tmp_path, "")

    assert {row["end"]: _span(row)[::2] for row in draft.rows["delegated_to.csv"]} == {
        CLOSED: ("2023-04-01", "2026-04-01"),
        LASTING: ("2023-04-01", ""),
    }
    (new,) = (row for row in draft.rows["boards.csv"] if row["code"] == NEW)
    assert new["absences"].startswith("delegatedFunctions|NOT_PUBLISHED|")


def test_only_what_was_delegated_is_delegated(raw_of: RawMaker, tmp_path: Path) -> None:
    """Joint committees are another relationship, the Act's own another, and what is kept belongs to no board."""
    draft, _ = _functions(
        raw_of,
        tmp_path,
        "Specialised,all,all ICBs,2023-04-01,2024-03-31,joint committees of NHS England and groups of ICBs,,https://a.e,,\n"
        "Hospitals,all,all ICBs,2022-07-01,,the ICB's own function under the Act,,https://a.example,,\n"
        "Rare,,NHS England,2022-07-01,,kept by NHS England,,https://a.example,,\n",
    )

    assert {row["start"] for row in draft.rows["delegated_to.csv"]} == {"dentistry"}
    assert {_span(row)[2] for row in draft.rows["commissioned_jointly_with.csv"]} == {"2024-04-01"}
    assert {row["end"]: row["standing"] for row in draft.rows["function_of.csv"]} == dict.fromkeys(
        (CLOSED, LASTING, NEW), "STATUTORY"
    )
    kept = {row["code"]: row["is_kept_by_nhs_england"] for row in draft.rows["commissioning_functions.csv"]}
    assert (kept["rare"], kept["dentistry"]) == ("true", "false")


def test_boards_that_no_source_names_are_in_quarantine(raw_of: RawMaker, tmp_path: Path) -> None:
    """The function says that somebody had it earlier."""
    early = (
        'Dentistry,,"nine early ICBs, not named in the source",2022-07-01,,delegated by NHS England,,https://a.e,,\n'
    )

    draft, raw = _functions(raw_of, tmp_path, early)

    (function,) = draft.rows["commissioning_functions.csv"]
    assert function["valid_from"] == "2022-07-01"
    assert function["absences"].startswith("integratedCareBoards|NOT_PUBLISHED|")
    assert [key for key, _ in raw.files[functions.FUNCTIONS].quarantined.values()] == ["Dentistry"]


def test_an_arrangement_that_is_not_understood_stops(raw_of: RawMaker, tmp_path: Path) -> None:
    """A new word is no delegation by default."""
    with pytest.raises(SourceNotUnderstood, match="column arrangement, value 'lent'"):
        _functions(raw_of, tmp_path, "Dentistry,all,all ICBs,2023-04-01,,lent,,https://a.example,,\n")


def test_a_term_names_a_concept_that_the_tables_hold(raw_of: RawMaker, tmp_path: Path) -> None:
    """And has the date of its page as exactly as the page gives it."""
    text = (
        "term,abbreviation,definition,source_url,source_date\n"
        "Integrated care board,ICB,A body.,https://a.example,2022-07\nOpenAthens,,A sign-in.,https://a.example,\n"
    )
    (tmp_path / "terms.csv").write_bytes(glossary.file(raw_of({glossary.GLOSSARY: text}), Codes(tmp_path)))

    board, athens = read_terms(tmp_path)

    assert (board["concept"], board["pageDate"], board["pageDatePrecision"]) == (
        "IntegratedCareBoard",
        date(2022, 7, 1),
        "MONTH",
    )
    assert athens == {
        "code": "openathens",
        "name": "OpenAthens",
        "definition": "A sign-in.",
        "url": "https://a.example",
        "sources": ("glossary",),
    }


# The figures of the real tables


@pytest.mark.parametrize(("day", "boards"), [(date(2025, 1, 1), 42), (date(2026, 3, 31), 42), (date(2026, 4, 1), 36)])
@pytest.mark.parametrize(("type_", "each"), [("SEAT_OF", 14), ("REQUIRED_OF", 7)])
def test_every_board_has_the_same_requirements(
    committed_tables: Path, type_: str, each: int, day: date, boards: int
) -> None:
    """14 seats by role and seven documents at each board in force; the handbook is custom since April 2023."""
    (table,) = (one for one in LINK_TABLES if one.type == type_)

    held = Counter(
        row.end
        for row in read_links(table, committed_tables)
        if row.validity.valid_from <= day and (row.validity.valid_to is None or day < row.validity.valid_to)
    )

    assert (len(held), set(held.values())) == (boards, {each})


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("BoardSeat", 14),
        ("DocumentRequirement", 7),  # of eight rows, two of which are about one requirement
        ("Document", 57),  # 55 titles of single boards, two of all
        ("Meeting", 46),
        ("CommissioningFunction", 11),
        ("CommissioningSupportUnit", 1),
    ],
)
def test_nothing_that_was_gathered_is_lost(committed_tables: Path, label: str, count: int) -> None:
    """So many things of a concept are in the tables."""
    (table,) = (one for one in NODE_TABLES if one.label == label)

    assert len({row.code for row in read_nodes(table, committed_tables)}) == count


def test_of_105_rows_of_functions_three_name_no_board(committed_tables: Path) -> None:
    """They are in quarantine; the other 102 are functions and arrangements."""
    report = check(committed_tables)

    lines = [one.line for one in report.quarantined if one.file.endswith("commissioning_functions.csv")]
    assert len(lines) == 3
    assert [report.tables[f"{name}.csv"] for name in ("delegated_to", "commissioned_jointly_with", "function_of")] == [
        232,  # 42 boards by four rows of all; 42 + 20 of specialised services, two early adopters
        64,  # 42 boards in 2023, 22 one year longer
        48,  # every board that there has been
    ]


def test_there_are_38_terms(committed_tables: Path) -> None:
    """Each with a definition and a page."""
    terms = list(read_terms(committed_tables))

    assert len(terms) == 38
    assert all(term["definition"] and term["url"].startswith("http") for term in terms)
