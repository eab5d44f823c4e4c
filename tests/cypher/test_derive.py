"""Rules are found, put in order, and bring their facts up to date in the transaction that touched what they read."""

from datetime import date

import pytest

from cypher.change import LinkRecord
from cypher.derive import rules, touched_by
from cypher.statement import load, names, parts
from cypher.validity import Validity
from cypher.writer import Writer
from tests.cypher.world import JULY_2022, changed, interval, link, node, opened, world

JOINED = date(2023, 1, 1)


def footprint(writer: Writer) -> dict[tuple[str, date], tuple[date | None, object, object]]:
    """Return where the network lies: by place and first day, the end, the share and the number of practices."""
    return {
        (one.end.removeprefix("SubICBLocation:"), one.validity.valid_from): (
            one.validity.valid_to,
            one.values["share"],
            one.values["practices"],
        )
        for one in writer.held()[0].links.values()
        if one.type == "NETWORK_IN"
    }


def test_each_rule_follows_those_whose_facts_it_reads() -> None:
    """The footprint is one of them, and every rule has a code of its own."""
    found = rules()
    codes = [rule.rule for rule in found]

    assert "NETWORK_FOOTPRINT" in codes
    assert len(codes) == len(set(codes))
    for place, rule in enumerate(found):
        assert not {type_ for later in found[place:] for type_ in later.writes} & set(rule.reads)


@pytest.mark.parametrize(
    "word",
    [
        *("GPPractice", "MEMBER_OF", "LOCATED_IN", "LISTED_IN", "COMMISSIONED_BY", "PrimaryCareNetwork"),
        *("KnowledgeSpecialistPost", "POST_WITH", "POST_IN", "POST_SERVES"),
        *("Agreement", "HAS_AGREEMENT", "AGREEMENT_AREA", "Eligibility", "HAS_ELIGIBILITY", "ELIGIBILITY_AREA"),
        *("KnowledgeService", "HOSTED_BY", "NHSTrust"),
    ],
)
def test_no_rule_runs_in_full_after_a_change_of_what_changes_often(word: str) -> None:
    """A practice, a post, an agreement, a page, a service: each leads to what it can touch."""
    reading = [rule for rule in rules() if word in rule.reads]

    assert reading
    assert all(word in load(rule.name, "touched").reads for rule in reading)


def test_every_rule_states_itself_and_what_it_rests_on() -> None:
    """In plain words, with its legal or published basis: also the rules that are only computed when they are read."""
    read = [load(name, part) for name in names("coverage") for part in parts(name) if part == "explain"]
    stated = {rule.rule: rule for rule in (*(one for one in read if one.asks.count("plain words")), *rules())}

    assert {one.rule for one in read} <= stated.keys()
    for rule in stated.values():
        assert " In plain words: " in rule.asks, rule.name
        assert rule.basis, rule.name


def test_changes_touch_their_types_and_concepts() -> None:
    """In the words of a rule's header."""
    practice = node("GPPractice", "P1", JULY_2022)
    membership = link("MEMBER_OF", practice.id, "PrimaryCareNetwork:U1", JULY_2022)

    assert touched_by(opened(practice, membership)) == {"GPPractice", "MEMBER_OF"}


def test_a_network_lies_where_its_practices_are_commissioned(tiny: Writer) -> None:
    """Two of three practices here, one there, since all three joined."""
    assert footprint(tiny) == {("01A", JOINED): (None, 2 / 3, 2), ("02B", JOINED): (None, 1 / 3, 1)}


def test_when_a_practice_moves_the_footprint_moves_with_it(tiny: Writer) -> None:
    """In the same change set, from the day of the move."""
    moved = date(2025, 4, 1)
    before = link("COMMISSIONED_BY", "GPPractice:P3", "SubICBLocation:02B", JULY_2022)
    after = link("COMMISSIONED_BY", "GPPractice:P3", "SubICBLocation:01A", moved)

    change_set = tiny.apply(
        [*changed(before, before.during(interval(JULY_2022, moved))), *opened(after)], source="world", check=True
    )

    assert change_set is not None
    assert footprint(tiny) == {
        ("01A", JOINED): (moved, 2 / 3, 2),
        ("01A", moved): (None, 1.0, 3),
        ("02B", JOINED): (moved, 1 / 3, 1),
    }
    derived = [one for one in change_set.changes if isinstance(one.record, LinkRecord) and one.record.rule]
    assert len(derived) == 3


def test_a_derived_fact_says_what_it_is(tiny: Writer) -> None:
    """Its rule, its standing, the sources of its path, and the precision of what gave it its start."""
    (there,) = [one for one in tiny.held()[0].links.values() if one.end == "SubICBLocation:02B" and one.rule]

    assert (there.standing, there.rule, there.series) == ("DERIVED", "NETWORK_FOOTPRINT", "NETWORK_FOOTPRINT")
    assert there.sources == ("world",)
    assert there.validity == Validity(JOINED)


def test_a_change_of_something_else_leaves_it_alone(tiny: Writer) -> None:
    """No rule speaks of a new board."""
    board = node("IntegratedCareBoard", "QZ9", JULY_2022)

    change_set = tiny.apply(opened(board), source="world")

    assert change_set is not None
    assert len(change_set.changes) == 1
    assert len(world()) < len(tiny.held()[0].nodes) + len(tiny.held()[0].links)
