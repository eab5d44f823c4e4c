"""Free text becomes a query of the full-text index that is well formed whatever was sent."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolvers.errors import Location, MalformedArgument
from resolvers.paging import CursorKey, PageLimits
from resolvers.plan import Bound, Circumstances
from resolvers.search import MOST_WORDS, Fit, SearchParameter, index_query, words
from resolvers.selection import Argument
from tests.reading import TODAY

_LANGUAGE = re.compile(
    r"\+?\((?:name|code|value):[^\W_]+(?:\^[248]|\*|~[12])?(?: OR (?:name|code|value):[^\W_]+(?:\^[248]|\*|~[12])?)*\)"
)
_PHRASE = re.compile(r'name:"([^"\\]+)" OR code:"\1" OR value:"\1"')
_CIRCUMSTANCES = Circumstances(TODAY, PageLimits(100, 1000), CursorKey(b"search"))


def _bound(text: str) -> dict[str, object]:
    bound = Bound()
    SearchParameter("p", Argument("text", value=text), "search", Location(1, 1)).bind({}, _CIRCUMSTANCES, bound)
    return dict(bound.parameters["p"])


@settings(max_examples=500)
@given(st.text(max_size=80))
def test_whatever_is_sent_the_query_is_well_formed(text: str) -> None:
    """Only our own signs are in it, and as many clauses as the index takes."""
    found = words(text)

    for fit in Fit:
        query = index_query(found, fit) if found else ""

        parts = [query] if fit is Fit.PHRASE else re.split(r"(?<=\)) (?=\+?\()", query)
        form = _PHRASE if fit is Fit.PHRASE else _LANGUAGE
        assert all(form.fullmatch(part) for part in parts if part)


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
    assert index_query(words("of Exeter"), Fit.WHOLE).startswith("(name:of^4")
    assert index_query(words("the"), Fit.WHOLE).startswith("+(name:the^4")


def test_a_code_is_not_spelt_nearly_so() -> None:
    """A code with another digit is another code."""
    assert "~" not in index_query(words("U41591"), Fit.NEARLY)
    assert "name:exter~1" in index_query(words("Exter"), Fit.NEARLY)


def test_what_costs_most_is_asked_of_the_dearer_queries_alone() -> None:
    """Neither a phrase nor whole words look for words that are begun or misspelt."""
    for fit in (Fit.PHRASE, Fit.WHOLE):
        assert not set("~*") & set(index_query(words("Exter Helth libr"), fit))


def test_what_a_text_has_of_a_word_is_told_from_its_pieces() -> None:
    """One letter wrong leaves one half right, two leave one third; a code has no pieces."""
    sent: Any = _bound("Exter libraries u41591")["words"]

    assert [(one["word"], one["counts"], one["pieces"]) for one in sent] == [
        ("exter", 5, ["ext", "er"]),
        ("libraries", 9, ["lib", "rar", "ies"]),
        ("u41591", 6, []),
    ]
