"""Bodies by the codes that they bore at a date: one, many in order, and areas; a reason for each miss."""

from typing import Any

import pytest

from tests.reading import Asking

_MANY = """
query($codes: [String!]!, $day: Date) {
  organisations(odsCodes: $codes, asOf: $day) {
    odsCode reason since organisation { __typename code name } successors { __typename code }
  }
}
"""
_ONE = "query($code: String!, $day: Date) { organisation(odsCode: $code, asOf: $day) { __typename code } }"
_AREA = "query($code: String!, $day: Date) { area(onsCode: $code, asOf: $day) { __typename code name } }"


async def _many(ask: Asking, *codes: str, day: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ask.data(_MANY, codes=codes, day=day))["organisations"]
    return found


async def test_each_code_has_its_entry_in_order_and_each_miss_its_reason(ask: Asking) -> None:
    """Found, unknown, closed with its successors, the code that stands for no network, and one code twice."""
    found = await _many(ask, "U41591", "Z9999", "D4U1Y", "U", "U41591")

    assert [(one["odsCode"], one["reason"], one["since"]) for one in found] == [
        ("U41591", "FOUND", "2019-10-01"),
        ("Z9999", "UNKNOWN", None),
        ("D4U1Y", "CLOSED", "2026-04-01"),
        ("U", "SENTINEL", None),
        ("U41591", "FOUND", "2019-10-01"),
    ]
    assert [one["organisation"] and one["organisation"]["code"] for one in found] == [
        "U41591",
        None,
        None,
        None,
        "U41591",
    ]
    assert [one["code"] for one in found[2]["successors"]] == ["92A", "D9Y0V", "U2G6B"]
    assert all(one["successors"] == [] for one in found if one["reason"] != "CLOSED")


async def test_a_code_leads_to_who_bore_it_at_the_date(ask: Asking) -> None:
    """D4U1Y was a clinical commissioning group before it was a sub-ICB location; before 2021 it was not there yet."""
    group, location, nobody = [
        (await _many(ask, "D4U1Y", day=day))[0] for day in ("2022-06-30", "2022-07-01", "2021-03-31")
    ]

    assert group["organisation"]["__typename"] == "ClinicalCommissioningGroup"
    assert location["organisation"]["__typename"] == "SubICBLocation"
    assert (nobody["reason"], nobody["since"]) == ("NOT_YET", "2021-04-01")


async def test_before_the_sources_is_not_called_before_the_beginning(ask: Asking) -> None:
    """A region is named by sources from a date on, which does not say that it began then."""
    found = (await _many(ask, "Y56", day="2015-01-01"))[0]

    assert (found["reason"], found["organisation"]) == ("BEFORE_SOURCES", None)


async def test_one_organisation_is_null_with_a_reason(ask: Asking) -> None:
    """What is null says why: it ended, it never was, or the code stands for nobody."""
    assert (await ask.data(_ONE, code="00L"))["organisation"]["__typename"] == "SubICBLocation"
    for code, reason in (("D4U1Y", "NONE_EXISTS"), ("Z9999", "NONE_EXISTS"), ("U", "NOT_APPLICABLE")):
        answer = await ask.whole(_ONE, code=code)

        assert answer["data"] == {"organisation": None}
        assert [(one["path"], one["reason"]) for one in answer["extensions"]["absent"]] == [(["organisation"], reason)]


async def test_an_ons_code_leads_to_its_area_or_board_and_so_does_a_former_one(ask: Asking) -> None:
    """Barnsley was recoded from E08000016 to E08000038 and stayed the same council."""
    for code in ("E08000016", "E08000038"):
        area = (await ask.data(_AREA, code=code))["area"]
        assert (area["__typename"], area["name"]) == ("LocalAuthority", "Barnsley")
    assert (await ask.data(_AREA, code="E54000042"))["area"]["__typename"] == "IntegratedCareBoard"
    absent = (await ask.whole(_AREA, code="E99999999"))["extensions"]["absent"]
    assert [one["reason"] for one in absent] == ["NONE_EXISTS"]


@pytest.mark.parametrize("code", ["u41591", "", "U'", "U 1", "X" * 11, "'; MATCH (n) DETACH DELETE n //", "\x00"])
async def test_a_malformed_code_is_the_clients_mistake(ask: Asking, code: str) -> None:
    """The error names the place in the list, what was sent and what is allowed."""
    error = await ask.error(_MANY, codes=["U41591", code])

    assert error["extensions"]["code"] == "MALFORMED_CODE"
    assert error["extensions"]["argument"] == "odsCodes[1]"
    assert "ODS code" in error["extensions"]["allowed"]


async def test_many_codes_are_one_statement(ask: Asking) -> None:
    """A thousand codes are read at once."""
    await _many(ask, "U41591")
    before = len(ask.graph.statements)

    found = await _many(ask, *["U41591", "A81001"] * 500)

    assert len(found) == 1000
    assert len(ask.graph.statements) - before == 1
