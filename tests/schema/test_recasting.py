"""`recast`: codes of any kind and vintage as they are at one date."""

from typing import Any

from tests.reading import Asking

_ROW = "code kind subject { code } practices unplacedPractices parts { entity { code } practices share }"
_DOCUMENT = f"""query($codes: [String!]!, $to: Date!) {{
  recast(codes: $codes, to: $to) {{ to placed {{ {_ROW} }} residue {{ {_ROW} }} }} }}"""


async def _recast(ask: Asking, codes: list[str], to: str) -> dict[str, Any]:
    recast: dict[str, Any] = (await ask.data(_DOCUMENT, codes=codes, to=to))["recast"]
    return recast


async def test_frimley_is_divided_by_its_practices(ask: Asking) -> None:
    """D4U1Y was divided among U2G6B, D9Y0V and 92A: each has the share of its practices, and the rest is told."""
    (row,) = (await _recast(ask, ["D4U1Y"], "2026-08-01"))["placed"]

    assert row["kind"] == "SPLIT"
    assert {part["entity"]["code"] for part in row["parts"]} == {"U2G6B", "D9Y0V", "92A"}
    assert sum(part["practices"] for part in row["parts"]) + row["unplacedPractices"] == row["practices"]
    assert row["practices"] == 67
    assert 0 <= row["unplacedPractices"] <= 3
    assert all(part["practices"] > 0 for part in row["parts"])
    assert all(part["share"] == part["practices"] / row["practices"] for part in row["parts"])


async def test_a_mixture_of_vintages_is_placed_in_order(ask: Asking) -> None:
    """A former ONS code, a code in use, a group that was merged, and what is no code at all."""
    recast = await _recast(ask, ["E08000016", "E08000038", "Y56", "nonsense; RETURN 1", "ZZ999"], "2026-08-01")

    assert [(row["code"], row["kind"]) for row in recast["placed"]] == [
        ("E08000016", "RECODED"),
        ("E08000038", "SAME"),
        ("Y56", "SAME"),
    ]
    assert [part["entity"]["code"] for part in recast["placed"][0]["parts"]] == ["E08000016"]
    assert [(row["code"], row["kind"]) for row in recast["residue"]] == [
        ("nonsense; RETURN 1", "UNKNOWN_CODE"),
        ("ZZ999", "UNKNOWN_CODE"),
    ]


async def test_a_code_is_recast_to_a_date_before_it(ask: Asking) -> None:
    """Before the change U2G6B stands for the bodies that it came of."""
    recast = await _recast(ask, ["U2G6B"], "2026-01-01")

    (row,) = recast["placed"]
    assert row["kind"] == "BEFORE"
    assert "D4U1Y" in {part["entity"]["code"] for part in row["parts"]}


async def test_each_code_is_answered_once_in_one_statement(ask: Asking) -> None:
    """All boards of January are placed in August, each once; their shares add up to one at most."""
    boards = await ask.data('{ integratedCareBoards(first: 100, asOf: "2026-01-01") { nodes { code } } }')
    codes = [one["code"] for one in boards["integratedCareBoards"]["nodes"]]
    before = len(ask.graph.statements)

    recast = await _recast(ask, codes, "2026-08-01")

    assert len(ask.graph.statements) - before == 1
    assert len(codes) == 42
    assert [row["code"] for row in recast["placed"]] == codes
    assert recast["residue"] == []
    assert all(sum(part["share"] for part in row["parts"]) <= 1.000001 for row in recast["placed"])


async def test_too_many_codes_are_refused(ask: Asking) -> None:
    """The error has a code and says how many are allowed."""
    error = await ask.error(_DOCUMENT, codes=["QRL"] * 1_001, to="2026-08-01")

    assert error["extensions"]["code"] == "TOO_MANY_CODES"
    assert error["extensions"]["allowed"] == 1_000


async def test_no_codes_give_no_rows(ask: Asking) -> None:
    """An empty list is an empty answer."""
    recast = await _recast(ask, [], "2026-08-01")

    assert recast == {"to": "2026-08-01", "placed": [], "residue": []}


async def test_as_many_codes_as_are_allowed_are_answered(ask: Asking) -> None:
    """A thousand practices of 2026 at a later date, in the order in which they were sent."""
    practices = await ask.data('{ gpPractices(first: 1000, asOf: "2026-01-01") { nodes { code } } }')
    codes = [one["code"] for one in practices["gpPractices"]["nodes"]]

    recast = await _recast(ask, codes, "2026-08-01")

    assert [row["code"] for row in recast["placed"]] == [
        code for code in codes if code not in {row["code"] for row in recast["residue"]}
    ]
    assert {row["kind"] for row in recast["residue"]} <= {"ENDED"}
