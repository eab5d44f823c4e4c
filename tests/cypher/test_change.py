"""Records refuse what cannot be, and a change says what kind it is."""

from dataclasses import replace
from datetime import date

import pytest

from cypher.change import NodeRecord, change
from cypher.errors import RecordNotValid
from tests.cypher.world import APRIL_2026, JULY_2022, TODAY, interval, link, node, state

BOARD = node("IntegratedCareBoard", "QB2", JULY_2022)


@pytest.mark.parametrize(
    "states",
    [
        (),
        (state(date(2022, 1, 1), date(2023, 1, 1)), state(date(2023, 1, 2))),
        (state(date(2022, 1, 1), date(2023, 1, 2)), state(date(2023, 1, 1))),
        (state(date(2022, 1, 1)), state(date(2023, 1, 1))),
    ],
)
def test_a_life_has_no_gap_and_no_overlap(states: tuple[object, ...]) -> None:
    """Nor is it empty."""
    with pytest.raises(RecordNotValid):
        NodeRecord("IntegratedCareBoard", "QB2", "Organisation", states)  # type: ignore[arg-type]  # parametrized


def test_a_node_shows_the_state_of_today_the_last_or_the_first() -> None:
    """The last where it has ended, the first where it is planned."""
    record = replace(
        BOARD, states=(state(JULY_2022, APRIL_2026, name="A"), state(APRIL_2026, date(2027, 4, 1), name="B"))
    )

    assert record.state_on(date(2025, 1, 1)) == 0
    assert record.state_on(TODAY) == 1
    assert record.state_on(date(2028, 1, 1)) == 1
    assert record.state_on(date(2020, 1, 1)) == 0


def test_equal_records_are_no_change() -> None:
    """Loading twice changes nothing."""
    assert change(BOARD, replace(BOARD)) is None


def test_a_change_says_its_kind() -> None:
    """Only an end where there was none, and nothing else, is a closure."""
    closed = node("IntegratedCareBoard", "QB2", JULY_2022, APRIL_2026)
    renamed = node("IntegratedCareBoard", "QB2", JULY_2022, website="https://b.example")
    membership = link("MEMBER_OF", "GPPractice:P1", "PrimaryCareNetwork:U1", JULY_2022)
    left = membership.during(interval(JULY_2022, APRIL_2026))

    kinds = [
        one.kind
        for one in (
            change(None, BOARD),
            change(BOARD, closed),
            change(BOARD, renamed),
            change(closed, BOARD),
            change(BOARD, None),
            change(membership, left),
            change(left, membership),
        )
        if one is not None
    ]

    assert kinds == ["OPENED", "CLOSED", "AMENDED", "AMENDED", "WITHDRAWN", "CLOSED", "AMENDED"]


def test_a_closed_node_that_also_changes_its_values_is_amended() -> None:
    """A closure says nothing else."""
    after = node("IntegratedCareBoard", "QB2", JULY_2022, APRIL_2026, website="https://b.example")

    one = change(BOARD, after)

    assert one is not None
    assert one.kind == "AMENDED"
