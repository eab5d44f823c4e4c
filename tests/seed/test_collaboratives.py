"""Provider collaboratives, training hubs and networks of services: what is stated, and what is said to be inferred."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from seed.build import collaboratives, hubs, knowledge_networks, national
from seed.build.codes import Codes
from seed.build.draft import Draft, When, lasting
from seed.build.raw import RawFolder
from seed.errors import SourceNotUnderstood
from tests.seed.rows import cells_row

RawMaker = Callable[..., RawFolder]

COLLABORATIVE = (
    "name,type,member_trusts,icbs,source_url,source_date,note,member_trust_ods_codes,members_complete,icb_ods_codes,"
    "unmatched_members"
)
HUB = (
    "training_hub,ics,knowledge_specialist_pilot,library_partner,status,source_url,source_date,note,ics_code_202601,"
    "level,host,hub_from,specialist_from,specialist_to,library_host_ods_code"
)
NETWORK = "network,region,member_services,what_is_reciprocal,source_url,source_date,note,kind"
FACT = "topic,fact,value,source_url,source_date,note"

NOTTINGHAM = {
    "training_hub": "A Hub",
    "knowledge_specialist_pilot": "yes",
    "status": "2 years from Sept 2021, then 1 further year funded by the ICB",
    "source_url": "https://example.org",
    "source_date": "2024-12-20",
    "ics_code_202601": "QT1",
    "level": "ics",
    "specialist_from": "2021-09",
    "specialist_to": "2024-09",
    "library_host_ods_code": "RK5",
}
LIBRARY = "Sherwood Forest Hospitals Library and Knowledge Service"


def _draft() -> Draft:
    """Two trusts, one of which closed; two boards and systems, one of which ended; a group, a library and its host."""
    draft = Draft()
    for code, life in (
        ("RK5", lasting(date(1994, 4, 1), None)),
        ("RY9", lasting(date(2011, 4, 1), date(2024, 10, 31))),
    ):
        draft.state("NHSTrust", code, {"name": code, "ods_code": code}, life, "etr")
    for code, end in (("QT1", None), ("QM7", date(2026, 3, 31))):
        life = lasting(date(2022, 7, 1), end)
        draft.state("IntegratedCareBoard", code, {"name": code, "ods_code": code}, life, "map")
        draft.state("IntegratedCareSystem", code, {"name": code}, life, "map")
    group = lasting(date(2020, 4, 1), date(2022, 6, 30))
    draft.state("ClinicalCommissioningGroup", "52R", {"name": "52R", "ods_code": "52R"}, group, "ods")
    since = When(date(2021, 9, 1), "MONTH")
    draft.state("KnowledgeService", "library", {"name": LIBRARY, "url": "https://example.org"}, since, "services")
    draft.link("HOSTED_BY", ("KnowledgeService", "library"), ("NHSTrust", "RK5"), since, "services")
    return draft


def _collaborative(raw_of: RawMaker, folder: Path, **cells: str) -> tuple[Draft, RawFolder]:
    given = {"name": "Together", "type": "acute", "source_url": "https://example.org", **cells}
    raw, draft = raw_of({collaboratives.COLLABORATIVES: cells_row(COLLABORATIVE, given)}), _draft()
    collaboratives.place(draft, collaboratives.read(raw), Codes(folder))
    return draft, raw


@pytest.mark.parametrize(
    ("type_", "kind"), [("acute (horizontal)", "HORIZONTAL"), ("place (vertical)", "VERTICAL"), ("acute", "")]
)
def test_a_kind_is_what_the_type_says_and_else_absent(raw_of: RawMaker, tmp_path: Path, type_: str, kind: str) -> None:
    """Acute trusts alone make no horizontal collaborative of it: the source has to say so."""
    row = _collaborative(raw_of, tmp_path, type=type_)[0].rows["provider_collaboratives.csv"][0]

    assert (row["type"], row["kind"]) == (type_, kind)
    assert ("kind|NOT_PUBLISHED" in row["absences"]) is (kind == "")


def test_a_type_that_nobody_judged_stops_the_build(raw_of: RawMaker, tmp_path: Path) -> None:
    """No word is taken for granted."""
    with pytest.raises(SourceNotUnderstood, match="dental"):
        _collaborative(raw_of, tmp_path, type="dental")


def test_an_inferred_member_is_derived_and_names_the_rule(raw_of: RawMaker, tmp_path: Path) -> None:
    """A source that only counts its members is no list of them."""
    cells = {"member_trusts": "A Trust", "member_trust_ods_codes": "RK5", "source_date": "2022"}

    stated = _collaborative(raw_of, tmp_path, **cells, members_complete="yes")[0]
    inferred = _collaborative(raw_of, tmp_path, **cells, members_complete="inferred from ODS")[0]

    rows = [draft.rows["collaborative_member.csv"][0] for draft in (stated, inferred)]
    assert [(row["standing"], row["rule"]) for row in rows] == [("PUBLISHED", ""), ("DERIVED", "SYSTEM_TRUSTS")]


def test_an_undated_page_that_names_a_closed_trust_is_from_before_it_closed(raw_of: RawMaker, tmp_path: Path) -> None:
    """It speaks from the last day of that trust at the latest, not from the day on which it was read."""
    draft, _ = _collaborative(
        raw_of,
        tmp_path,
        member_trusts="A Trust; Another; A charity",
        member_trust_ods_codes="RK5;RY9",
        members_complete="yes",
        unmatched_members="A charity",
    )

    row = draft.rows["provider_collaboratives.csv"][0]
    assert (row["valid_from"], row["valid_from_precision"], row["other_members"]) == (
        "2024-10-31",
        "NO_LATER_THAN",
        "A charity",
    )
    assert [one["valid_to"] for one in draft.rows["collaborative_member.csv"]] == ["", "2024-11-01"]


def test_a_hub_of_a_system_that_ended_ends_with_it(raw_of: RawMaker, tmp_path: Path) -> None:
    """Whether it went on for the system that followed, no source says."""
    cells = {"training_hub": "A Hub", "source_url": "https://example.org", "ics_code_202601": "QM7", "level": "ics"}
    raw, draft = raw_of({hubs.HUBS: cells_row(HUB, cells)}), _draft()

    hubs.place(draft, hubs.read(raw), {}, Codes(tmp_path))

    assert [(one["end"], one["valid_to"]) for one in draft.rows["hub_of.csv"]] == [("QM7", "2026-04-01")]
    assert draft.rows["training_hubs.csv"][0]["valid_from_precision"] == "NO_LATER_THAN"
    assert "knowledgeSpecialists|NOT_PUBLISHED" in draft.rows["training_hubs.csv"][0]["absences"]


def test_a_post_lasts_as_long_as_its_funding(raw_of: RawMaker, tmp_path: Path) -> None:
    """September 2024 is its last month; before July 2022 its area is that of the commissioning group."""
    raw, draft = raw_of({hubs.HUBS: cells_row(HUB, NOTTINGHAM)}), _draft()

    hubs.place(draft, hubs.read(raw), {LIBRARY: "library"}, Codes(tmp_path))

    post = draft.rows["knowledge_specialist_posts.csv"][0]
    assert (post["valid_from"], post["valid_to"], post["valid_to_precision"]) == ("2021-09-01", "2024-10-01", "MONTH")
    served = {one["end"]: (one["valid_from"], one["valid_to"], one["rule"]) for one in draft.rows["post_serves.csv"]}
    assert served == {
        "QT1": ("2022-07-01", "2024-10-01", ""),
        "52R": ("2021-09-01", "2022-07-01", "PREDECESSOR_GROUP"),
    }


@pytest.mark.parametrize(
    "changes",
    [{"specialist_to": "2025-09"}, {"library_host_ods_code": "RY6"}, {"knowledge_specialist_pilot": ""}],
    ids=["another end", "another library", "no pilot"],
)
def test_a_post_that_contradicts_itself_stops_the_build(
    raw_of: RawMaker, tmp_path: Path, changes: dict[str, str]
) -> None:
    """Its dates, its library and its pilot are said twice in the row, and have to agree."""
    raw, draft = raw_of({hubs.HUBS: cells_row(HUB, NOTTINGHAM | changes)}), _draft()

    with pytest.raises(SourceNotUnderstood):
        hubs.place(draft, hubs.read(raw), {LIBRARY: "library"}, Codes(tmp_path))


def test_members_that_are_only_prose_are_absent(raw_of: RawMaker, tmp_path: Path) -> None:
    """The words are kept, and no service is made a member by them."""
    cells = {
        "network": "Lenders",
        "region": "North",
        "member_services": "all services of the North",
        "what_is_reciprocal": "not stated",
        "source_url": "https://example.org",
        "kind": "regional",
    }
    raw, draft = raw_of({knowledge_networks.NETWORKS: cells_row(NETWORK, cells)}), _draft()

    knowledge_networks.place(draft, knowledge_networks.read(raw), {}, Codes(tmp_path))

    row = draft.rows["knowledge_networks.csv"][0]
    assert (row["members_text"], row["reciprocity"]) == ("all services of the North", "NOT_STATED")
    assert "members|NOT_PUBLISHED" in row["absences"]
    assert "network_member.csv" not in draft.rows


def test_a_statement_whose_words_changed_stops_the_build(raw_of: RawMaker, tmp_path: Path) -> None:
    """A rule rests on what is quoted: what the page no longer says is no basis."""
    cells = {
        "fact": "How an NHS KLS answers an ICB request",
        "source_url": "https://example.org",
        "source_date": "2022",
    }
    raw = raw_of({national.FACTS: cells_row(FACT, cells)})

    with pytest.raises(SourceNotUnderstood, match="says no longer"):
        national.place(_draft(), raw, Codes(tmp_path))
