"""Hypothesis strategies for intervals, small enough that every day can be looked at."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from cypher.validity import PRECISIONS, Validity

# A deadline would measure the machine, whose two cores others use as well.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

EPOCH = date(2024, 1, 1)
DAYS = [EPOCH + timedelta(days=day) for day in range(25)]
"""Every day that the strategies below can tell apart; the last one stands for all later ones."""

precisions = st.sampled_from(PRECISIONS)


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    """Draw an interval within twenty days, open or not."""
    start = draw(st.integers(0, 19))
    length = draw(st.none() | st.integers(1, 20 - start))
    if length is None:
        return Validity(EPOCH + timedelta(days=start), draw(precisions))
    return Validity(
        EPOCH + timedelta(days=start), draw(precisions), EPOCH + timedelta(days=start + length), draw(precisions)
    )


def days(validity: Validity | None) -> set[date]:
    """Return the days of an interval."""
    return set() if validity is None else {day for day in DAYS if validity.holds(day)}
