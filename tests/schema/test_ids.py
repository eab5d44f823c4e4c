"""Global ids are promised: those that were once given out lead to the same things for ever.

`ids.txt` has one for each concept: id, concept, code, and a date at which it was in force. A line is never changed and
never taken out; a new concept adds one.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resolvers.arguments import global_id
from schema.catalogue import contract
from server.connection import Connection
from tests.reading import asking

_PROMISED = [
    line.split(" ")
    for line in (Path(__file__).parent / "ids.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_each_concept_has_a_promised_id() -> None:
    """And each promised one is of a concept."""
    assert sorted({concept for _, concept, _, _ in _PROMISED}) == sorted(contract().catalogue.interfaces["Entity"])


@pytest.mark.parametrize(("promised", "concept", "code", "day"), _PROMISED, ids=[one[1] for one in _PROMISED])
def test_an_id_is_made_of_concept_and_code_alone(promised: str, concept: str, code: str, day: str) -> None:
    """So it outlives every database, and another load."""
    assert date.fromisoformat(day)
    assert global_id(f"{concept}:{code}") == promised


async def test_a_promised_id_leads_to_the_same_thing(real_graph: Connection) -> None:
    """All of a date at once, each with the concept, the code and the id that it was promised with."""
    asked = """query($ids: [ID!]!, $day: Date!) {
        nodes(ids: $ids, asOf: $day) { __typename id ... on Entity { code } } }"""
    led: list[list[str]] = []
    async with asking(real_graph) as ask:
        for day in sorted({day for *_, day in _PROMISED}):
            ids = [promised for promised, _, _, when in _PROMISED if when == day]
            data: dict[str, Any] = await ask.data(asked, ids=ids, day=day)
            led += [[one["id"], one["__typename"], one["code"], day] for one in data["nodes"]]

    assert sorted(led) == sorted(_PROMISED)
