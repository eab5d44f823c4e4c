"""A repeated document goes from its variables straight to the statement."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from server.connection import Connection
from tests.reading import asking

_DOCUMENT = """
query Network($code: String!, $asOf: Date) {
  primaryCareNetwork(odsCode: $code, asOf: $asOf) { name gpPractices(first: 3) { totalCount nodes { code name } } }
}
"""
_WORK = {("parser.py", "parse"), ("validate.py", "validate"), ("selection.py", "read"), ("compiler.py", "compile")}


@contextmanager
def _called() -> Iterator[Counter[tuple[str, str]]]:
    """Count the calls of the functions that read, check and plan a document."""
    counted: Counter[tuple[str, str]] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        name = (Path(frame.f_code.co_filename).name, frame.f_code.co_name)
        if event == "call" and name in _WORK:
            counted[name] += 1

    sys.setprofile(count)
    try:
        yield counted
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("as_of", [None, "2025-06-01"])
async def test_a_repeated_document_is_neither_parsed_nor_validated_nor_planned(
    real_graph: Connection, as_of: str | None
) -> None:
    """Whatever its variables are; only a date that lies otherwise to the graph's span has a plan of its own, once."""
    async with asking(real_graph) as asks:
        with _called() as first:
            await asks.data(_DOCUMENT, code="U41591", asOf=as_of)
        with _called() as again:
            for code in ("U41591", "U78462", "U25882"):
                await asks.data(_DOCUMENT, code=code, asOf=as_of)
        with _called() as otherwise:
            for _ in range(2):
                await asks.data(_DOCUMENT, code="U41591", asOf="2024-01-01" if as_of is None else None)

    assert set(first) == _WORK
    assert not again
    assert dict(otherwise) == {("compiler.py", "compile"): 1}
