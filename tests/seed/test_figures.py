"""The figures that are known of the structure, counted in the tidy tables at their dates."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from seed.table import LinkRow, NodeRow, Validity, read_links, read_nodes
from seed.tables import LINK_TABLES, NODE_TABLES

JANUARY, AUGUST, JULY = date(2026, 1, 1), date(2026, 8, 1), date(2026, 7, 1)


class Tables:
    """The committed tables, asked at a date."""

    def __init__(self, folder: Path) -> None:
        self.nodes = {table.label: list(read_nodes(table, folder)) for table in NODE_TABLES}
        self.links = {table.type: list(read_links(table, folder)) for table in LINK_TABLES}

    def nodes_at(self, label: str, day: date) -> list[NodeRow]:
        """The states of a concept that hold on a day."""
        return [row for row in self.nodes[label] if _holds(row.validity, day)]

    def codes(self, label: str, day: date) -> set[str]:
        """The codes of the things in force on a day."""
        return {row.code for row in self.nodes_at(label, day)}

    def links_at(self, type_: str, day: date) -> list[LinkRow]:
        """The relationships in force on a day."""
        return [row for row in self.links[type_] if _holds(row.validity, day)]

    def one(self, type_: str, day: date) -> dict[str, str]:
        """The one end of each start on a day."""
        found = {row.start: row.end for row in self.links_at(type_, day)}
        assert len(found) == len(self.links_at(type_, day))
        return found

    def many(self, type_: str, day: date) -> dict[str, set[str]]:
        """All ends of each start on a day."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.links_at(type_, day):
            found[row.start].add(row.end)
        return found


def _holds(validity: Validity, day: date) -> bool:
    return validity.valid_from <= day and (validity.valid_to is None or day < validity.valid_to)


@pytest.fixture(scope="module")
def tables(committed_tables: Path) -> Tables:
    """The committed tables."""
    return Tables(committed_tables)


@pytest.mark.parametrize(
    ("label", "day", "count"),
    [
        ("IntegratedCareSystem", date(2025, 1, 1), 42),
        ("IntegratedCareSystem", date(2026, 3, 31), 42),
        ("IntegratedCareSystem", date(2026, 4, 1), 36),
        ("IntegratedCareSystem", date(2022, 6, 30), 0),
        ("IntegratedCareBoard", date(2022, 7, 1), 42),
        ("IntegratedCareBoard", date(2026, 4, 1), 36),
        ("IntegratedCareBoard", date(2021, 6, 1), 0),
        ("NHSRegion", date(2025, 1, 1), 7),
        ("SubICBLocation", date(2026, 1, 15), 106),
        ("SubICBLocation", date(2026, 8, 15), 106),
        ("ClinicalCommissioningGroup", date(2021, 6, 1), 106),
        ("ClinicalCommissioningGroup", date(2022, 7, 1), 0),
        ("PrimaryCareNetwork", JANUARY, 1298),
        ("NHSTrust", JULY, 199),
        ("KnowledgeService", date(2026, 11, 24), 115),
    ],
)
def test_a_concept_counts_what_is_known_at_a_date(tables: Tables, label: str, day: date, count: int) -> None:
    """So many things of a concept are in force on a day."""
    assert len(tables.codes(label, day)) == count


def test_there_are_138_services_and_184_statements_of_which_8_are_assumed(tables: Tables) -> None:
    """Nothing that was gathered about knowledge services is lost."""
    assumed = [row for row in tables.nodes["Eligibility"] if row.values["evidence"] == "assumed"]

    assert len({row.code for row in tables.nodes["KnowledgeService"]}) == 138
    assert len({row.code for row in tables.nodes["Eligibility"]}) == 184
    assert len(assumed) == 8


def test_the_106_locations_are_not_the_same_after_april_2026(tables: Tables) -> None:
    """D4U1Y closed and U2G6B is new."""
    before, after = (tables.codes("SubICBLocation", day) for day in (date(2026, 1, 15), date(2026, 8, 15)))

    assert (before - after, after - before) == ({"D4U1Y"}, {"U2G6B"})


@pytest.mark.parametrize(
    ("label", "code", "old", "new"),
    [
        ("IntegratedCareBoard", "QRL", "E54000042", "E54000067"),
        ("SubICBLocation", "92A", "E38000264", "E38000267"),
        ("SubICBLocation", "D9Y0V", "E38000253", "E38000266"),
        ("LocalAuthority", "E08000016", "E08000016", "E08000038"),
        ("LocalAuthority", "E08000019", "E08000019", "E08000039"),
    ],
)
def test_a_recode_is_a_state_of_the_same_body(tables: Tables, label: str, code: str, old: str, new: str) -> None:
    """An ONS recode gives a body another identifier, and no successor of another code."""
    states = [row.values["onsCode"] for row in tables.nodes[label] if row.code == code]
    identifiers = {row.end for row in tables.links["HAS_IDENTIFIER"] if (row.start_concept, row.start) == (label, code)}
    successors = [row for row in tables.links["SUCCEEDED_BY"] if (row.start_concept, row.start) == (label, code)]

    assert states == [old, new]
    assert identifiers == {f"ONS:{old}", f"ONS:{new}"}
    assert successors == []


@pytest.mark.parametrize(("day", "practices", "in_no_network"), [(JANUARY, 6171, 58), (AUGUST, 6129, 52)])
def test_the_practice_map_comes_out_of_the_tables(
    tables: Tables, day: date, practices: int, in_no_network: int
) -> None:
    """Practices and networks with listed members are those of the map, whose 59th of January left on that very day."""
    listed = tables.one("LISTED_IN", day)
    members = tables.many("MEMBER_OF", day)

    assert len(listed) == practices
    assert len({network for practice in listed for network in members[practice]}) == 1298
    assert sum(not members[practice] for practice in listed) == in_no_network


def test_six_of_1298_networks_differ_between_the_maps(tables: Tables) -> None:
    """Six networks are named in August that were not in January, and six no longer."""
    named = []
    for day in (JANUARY, AUGUST):
        members = tables.many("MEMBER_OF", day)
        named.append({network for practice in tables.one("LISTED_IN", day) for network in members[practice]})

    assert (len(named[0] - named[1]), len(named[1] - named[0])) == (6, 6)


def test_1608_practices_changed_board_and_66_location_when_it_closed(tables: Tables) -> None:
    """The practices of D4U1Y moved on the day when it closed, to the day."""
    before, after = tables.one("COMMISSIONED_BY", JANUARY), tables.one("COMMISSIONED_BY", AUGUST)
    board_before, board_after = tables.one("SUB_ICB_OF", JANUARY), tables.one("SUB_ICB_OF", AUGUST)
    listed = tables.one("LISTED_IN", AUGUST)

    moved = [code for code in listed if before[code] != after[code]]

    assert sum(board_before[before[code]] != board_after[after[code]] for code in listed) == 1608
    assert len(moved) == 66
    assert {before[code] for code in moved} == {"D4U1Y"}
    starts = {
        (row.validity.valid_from, row.validity.valid_from_precision)
        for row in tables.links_at("COMMISSIONED_BY", AUGUST)
        if row.start in moved
    }
    assert starts == {(date(2026, 4, 1), "DAY")}


def test_u41591_has_practices_in_two_systems(tables: Tables) -> None:
    """Where a network crosses a boundary both sides are held."""
    commissioned, boards = tables.one("COMMISSIONED_BY", AUGUST), tables.one("SUB_ICB_OF", AUGUST)

    found = {boards[commissioned[row.start]] for row in tables.links_at("MEMBER_OF", AUGUST) if row.end == "U41591"}

    assert found == {"QT6", "QJK"}


def test_authorities_are_296_districts_and_153_of_the_upper_tier(tables: Tables) -> None:
    """A unitary authority is both; the others of the upper tier are counties with districts within them."""
    rows = tables.nodes_at("LocalAuthority", date(2026, 6, 1))

    assert sum(bool(row.values["isDistrict"]) for row in rows) == 296
    assert sum(bool(row.values["isUpperTier"]) for row in rows) == 153
    assert len(tables.one("WITHIN", date(2026, 6, 1))) == 164


def test_six_districts_lie_in_more_than_one_board(tables: Tables) -> None:
    """Their shares sum to one."""
    shares: dict[str, list[float]] = defaultdict(list)
    for row in tables.links_at("AUTHORITY_IN", AUGUST):
        share = row.values["share"]
        assert isinstance(share, float)
        shares[row.start].append(share)

    assert len(shares) == 296
    assert sum(len(parts) > 1 for parts in shares.values()) == 6
    assert all(abs(sum(parts) - 1) < 0.001 for parts in shares.values())


@pytest.mark.parametrize(
    ("authority", "whole", "in_part"),
    [("E10000025", 21, {"U78462"}), ("E08000035", 19, {"U25219"}), ("E08000018", 6, set())],
    ids=["Oxfordshire", "Leeds", "Rotherham"],
)
def test_the_networks_of_three_areas_come_out_of_postcodes(
    tables: Tables, authority: str, whole: int, in_part: set[str]
) -> None:
    """So many networks lie wholly in the area by their listed practices, and these in part."""
    located, within = tables.one("LOCATED_IN", date(2026, 11, 24)), tables.one("WITHIN", AUGUST)
    listed = tables.one("LISTED_IN", AUGUST)
    inside: dict[str, list[bool]] = defaultdict(list)
    for row in tables.links_at("MEMBER_OF", AUGUST):
        if row.start in listed:
            district = located.get(row.start, "")
            inside[row.end].append(authority in (district, within.get(district)))

    assert sum(all(members) for members in inside.values()) == whole
    assert {network for network, members in inside.items() if any(members) and not all(members)} == in_part


def test_a_practice_is_commissioned_without_a_gap_since_its_last_joining(tables: Tables) -> None:
    """Groups and locations of one practice follow one another day for day."""
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for type_ in ("COMMISSIONED_BY_GROUP", "COMMISSIONED_BY"):
        for row in tables.links[type_]:
            spans[row.start].append((row.validity.valid_from, row.validity.valid_to or date.max))

    gaps = [code for code, held in spans.items() if _has_gap(sorted(held))]

    assert gaps == []


def test_a_practice_without_a_commissioner_says_why(tables: Tables) -> None:
    """No open practice is left without a commissioner in silence."""
    commissioned = tables.one("COMMISSIONED_BY", date(2026, 11, 24))

    without = [row for row in tables.nodes_at("GPPractice", date(2026, 11, 24)) if row.code not in commissioned]

    assert {row.code for row in without} == {"W93019", "Y01253"}
    assert all(any(absence.startswith("commissioner|") for absence in row.validity.absences) for row in without)


def _has_gap(spans: Sequence[tuple[date, date]]) -> bool:
    return any(before[1] != after[0] for before, after in pairwise(spans))


def test_collaboratives_hubs_and_networks_are_as_many_as_gathered(tables: Tables) -> None:
    """37 collaboratives and 25 networks are known, of each one that another followed; 12 hubs of 12 systems."""
    known = {
        label: {row.code for row in tables.nodes[label]} for label in ("ProviderCollaborative", "KnowledgeNetwork")
    }
    today = date(2026, 11, 24)

    assert {label: len(codes) for label, codes in known.items()} == {
        "ProviderCollaborative": 37,
        "KnowledgeNetwork": 25,
    }
    assert known["ProviderCollaborative"] - tables.codes("ProviderCollaborative", today) == {
        "greater-manchester-provider-federation-board"
    }
    assert known["KnowledgeNetwork"] - tables.codes("KnowledgeNetwork", today) == {"base-library"}
    assert len(tables.codes("TrainingHub", today)) == 12
    assert len({row.end for row in tables.links["HUB_OF"]}) == 12
    assert len({row.end for row in tables.links["COLLABORATIVE_MEMBER"]}) == 22


def test_the_two_named_posts_have_ended(tables: Tables) -> None:
    """Nottingham and Nottinghamshire's to September 2024, Leeds' two years from November 2021."""
    lives = {
        row.code: (row.validity.valid_from, row.validity.valid_to) for row in tables.nodes["KnowledgeSpecialistPost"]
    }

    assert lives == {
        "leeds-primary-care-workforce-and-training-hub": (date(2021, 11, 1), date(2023, 11, 1)),
        "nottinghamshire-alliance-training-hub": (date(2021, 9, 1), date(2024, 10, 1)),
    }
