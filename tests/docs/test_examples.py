"""The pages of docs/ show what is really asked and answered: every GraphQL example is run on the real graph.

A block of `graphql` must be answered without errors, on the day of `tests/reading.py`; the block of `json` that follows
it, if one does, is the data of the answer. A first line `# variables: {…}` gives the variables.
`ICSGRAPH_WRITE_EXAMPLES=1` puts the real answers in; read the diff before committing it.
"""

import json
import os
import re
from pathlib import Path

import pytest

from server.connection import Connection
from tests.reading import asking

_PAGES = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))
_EXAMPLE = re.compile(r"```graphql\n(?P<asked>.*?)```\n(?:\n```json\n(?P<answer>.*?)```\n)?", re.DOTALL)


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
async def test_the_examples_of_a_page_are_answered_as_shown(page: Path, real_graph: Connection) -> None:
    """Each question fits the schema and each answer shown is the real one."""
    text = _text(page)

    written = text
    async with asking(real_graph) as ask:
        for example in _EXAMPLE.finditer(text):
            asked, answer = example["asked"], example["answer"]
            if asked.startswith(("mutation", "subscription")):
                continue
            first = asked.partition("\n")[0]
            noted = json.loads(first.removeprefix("# variables: ")) if first.startswith("# variables: ") else {}
            data = await ask.data(asked, **noted)
            if answer is not None:
                real = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
                written = written.replace(f"{asked}```\n\n```json\n{answer}", f"{asked}```\n\n```json\n{real}")

    assert written == _shown(page, written)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _shown(page: Path, real: str) -> str:
    """Return what a page shows; where the examples are to be written anew, it is made to show what is real."""
    if os.environ.get("ICSGRAPH_WRITE_EXAMPLES"):
        page.write_text(real, encoding="utf-8")
    return _text(page)
