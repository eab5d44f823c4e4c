"""Relationships lie within both their ends' lives, whatever becomes of these."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from cypher.change import NodeRecord, change
from cypher.errors import OutsideLife
from cypher.held import Held
from cypher.lives import check_lives, clippings
from cypher.validity import Validity, intersection
from tests.cypher.intervals import EPOCH, validities
from tests.cypher.world import JULY_2022, interval, link, node, opened

NETWORK = node("PrimaryCareNetwork", "U1", EPOCH)


def living(validity: Validity) -> NodeRecord:
    """Return a practice of that life."""
    practice = node("GPPractice", "P1", EPOCH)
    return replace(practice, states=(replace(practice.states[0], validity=validity),))


@given(validities(), validities(), validities())
def test_what_a_shorter_life_leaves_lies_within_it(life: Validity, after: Validity, days: Validity) -> None:
    """Whatever the life was and becomes: a relationship keeps the days that are left, or is withdrawn."""
    validity = intersection(life, days)
    if validity is None:
        return
    membership = link("MEMBER_OF", "GPPractice:P1", NETWORK.id, EPOCH).during(validity)
    held = Held()
    held.apply(opened(living(life), NETWORK, membership), 1)
    one = change(living(life), living(after))
    if one is None:
        return

    changes = [one, *clippings([one], held, left_to_rules=lambda record: False)]  # noqa: ARG005 - none is left
    held.apply(changes, 2)

    left = intersection(validity, after)
    assert [(held_link.validity.valid_from, held_link.validity.valid_to) for held_link in held.links.values()] == (
        [] if left is None else [(left.valid_from, left.valid_to)]
    )


def test_a_succession_outlives_both() -> None:
    """It joins what has ended to what follows."""
    succession = link("SUCCEEDED_BY", "GPPractice:P1", NETWORK.id, JULY_2022)
    held = Held()
    held.apply(opened(living(Validity(EPOCH)), NETWORK, succession), 1)
    closed = change(living(Validity(EPOCH)), living(interval(EPOCH, date(2025, 1, 1))))
    withdrawn = change(living(Validity(EPOCH)), None)
    assert closed is not None
    assert withdrawn is not None

    assert clippings([closed], held, left_to_rules=lambda record: False) == []  # noqa: ARG005 - none is left
    (gone,) = clippings([withdrawn], held, left_to_rules=lambda record: False)  # noqa: ARG005 - none is left
    assert gone.kind == "WITHDRAWN"


def test_all_offenders_are_named() -> None:
    """The first five of them, and how many more there are."""
    links = [link("MEMBER_OF", f"GPPractice:P{number}", NETWORK.id, EPOCH) for number in range(7)]

    with pytest.raises(OutsideLife, match=r"7 relationship.*and 2 more") as caught:
        check_lives(opened(*links), {NETWORK.id: NETWORK.life}.get)

    assert len(caught.value.offenders) == 7


def test_an_identifier_has_no_life() -> None:
    """A code of another scheme leads to a body as long as the body says."""
    check_lives(opened(link("HAS_IDENTIFIER", NETWORK.id, "ONS:E1", EPOCH)), {NETWORK.id: NETWORK.life}.get)
