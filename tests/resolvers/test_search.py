"""Free text becomes a query of the full-text index that is well formed whatever was sent."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolvers.errors import Location, MalformedArgument
from resolvers.paging import CursorKey, PageLimits
from resolvers.plan import Bound, Circumstances
from resolvers.search import MOST_WORDS, SearchParameter, index_query, words
from resolvers.selection import Argument
from tests.reading import TODAY

_LANGUAGE = re.compile(
    r"\+?\((?:name|code|value):[^\W_]+(?:\^[248]|\*|~[12])?(?: OR (?:name|code|value):[^\W_]+(?:\^[248]|\*|~[12])?)*\)"
)
_CIRCUMSTANCES = Circumstances(TODAY, PageLimits(100, 1000), CursorKey(b"search"))


def _bound(text: str) -> dict[str, object]:
    bound = Bound()
    SearchParameter("p", Argument("text", value=text), "search", Location(1, 1)).bind({}, _CIRCUMSTANCES, bound)
    return dict(bound.parameters["p"])


@settings(max_examples=500)
@given(st.text(max_size=80))
def test_whatever_is_sent_the_query_is_well_formed(text: str) -> None:
    """Only our own signs are in it, and as many clauses as the index takes."""
    for needs_all in (True, False):
        query = index_query(words(text), needs_all=needs_all)

        assert all(_LANGUAGE.fullmatch(part) for part in re.split(r"(?<=\)) (?=\+?\()", query) if part)


@pytest.mark.parametrize("text", ["", " ", "*", '"', "(((", "\\", "\x00", "\ud800", "--", "a " * 13, "x" * 201, "💥"])
def test_a_text_without_words_or_with_too_many_is_the_clients_mistake(text: str) -> None:
    """What was sent and what is allowed are said."""
    with pytest.raises(MalformedArgument) as raised:
        _bound(text)

    assert raised.value.code == "MALFORMED_TEXT"
    assert str(MOST_WORDS) in str(raised.value.details["allowed"])


def test_words_of_the_index_language_are_words() -> None:
    """AND, OR and NOT are searched for like others, and a field's name names no field."""
    assert words("NOT name:secret AND x* OR [a TO b]~5") == [
        "not",
        "name",
        "secret",
        "and",
        "x",
        "or",
        "a",
        "to",
        "b",
        "5",
    ]


def test_a_word_that_says_nothing_need_not_be_there() -> None:
    """The library of Exeter is the Exeter library; but where there is nothing else, "the" is searched for."""
    assert index_query(words("of Exeter"), needs_all=True).startswith("(name:of^4")
    assert index_query(words("the"), needs_all=True).startswith("+(name:the^4")


def test_a_code_is_not_spelt_nearly_so() -> None:
    """A code with another digit is another code."""
    assert "~" not in index_query(words("U41591"), needs_all=True)
    assert "name:exter~1" in index_query(words("Exter"), needs_all=True)
