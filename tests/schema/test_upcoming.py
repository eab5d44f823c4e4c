"""`upcoming`: what is recorded and not yet in force."""

import pytest

from tests.reading import Asking

_EVENTS = "totalCount nodes { entity { code } change date relationship other { code } }"


async def test_what_is_ahead_is_in_order_and_within_its_days(ask: Asking) -> None:
    """From the last day of March 2026 the changes of 1 April are one day ahead, in the order of the dates."""
    document = f'{{ upcoming(asOf: "2026-03-31", within: 1, first: 1000) {{ {_EVENTS} }} }}'

    upcoming = (await ask.data(document))["upcoming"]

    assert {one["date"] for one in upcoming["nodes"]} == {"2026-04-01"}
    last = (await ask.data(document.replace("first: 1000", "last: 1000")))["upcoming"]["nodes"]
    closed = [one["entity"]["code"] for one in last if one["change"] == "CLOSED"]
    assert "D4U1Y" in closed


async def test_nothing_that_is_in_force_is_upcoming(ask: Asking) -> None:
    """All dates lie after the day that is asked for, today if none is."""
    upcoming = (await ask.data(f"{{ upcoming(first: 1000) {{ {_EVENTS} }} }}"))["upcoming"]

    dates = [one["date"] for one in upcoming["nodes"]]
    assert dates == sorted(dates)
    assert all(date > "2026-11-24" for date in dates)


@pytest.mark.parametrize("days", [0, -1, 40_000])
async def test_days_out_of_range_are_refused(ask: Asking, days: int) -> None:
    """The error has a code and says what is allowed."""
    error = await ask.error(f"{{ upcoming(within: {days}) {{ totalCount }} }}")

    assert error["extensions"]["code"] == "DAYS_OUT_OF_RANGE"
    assert error["extensions"]["sent"] == days
