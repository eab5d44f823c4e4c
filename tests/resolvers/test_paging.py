"""Cursors and pages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.errors import MalformedArgument
from resolvers.paging import CursorKey, Window, page

_KEY = CursorKey(b"secret")
_DAY = date(2026, 4, 1)


@given(key=st.text(), connection=st.text(), day=st.dates())
def test_a_cursor_gives_back_the_key_that_was_sealed(key: str, connection: str, day: date) -> None:
    """Whatever the key, connection and date are."""
    try:
        sealed = _KEY.seal(connection, day, key)
    except UnicodeEncodeError:
        return  # a lone surrogate is no text that a key of ours can be
    assert _KEY.open(sealed, connection, day) == key


@given(st.text(max_size=200))
def test_what_we_did_not_seal_is_refused(sent: str) -> None:
    """No text of a client's becomes a key, and none becomes an error of ours."""
    with pytest.raises(MalformedArgument) as error:
        _KEY.open(sent, "Query.gpPractices", _DAY)

    assert error.value.code == "MALFORMED_CURSOR"


@given(st.data())
def test_a_changed_cursor_is_refused(data: st.DataObject) -> None:
    """One character changed is a forgery, wherever it is."""
    sealed = _KEY.seal("Query.gpPractices", _DAY, "GPPractice:A81001")
    place = data.draw(st.integers(0, len(sealed) - 2))
    other = data.draw(st.sampled_from("ABCxyz019-_").filter(lambda character: character != sealed[place]))

    with pytest.raises(MalformedArgument):
        _KEY.open(sealed[:place] + other + sealed[place + 1 :], "Query.gpPractices", _DAY)


@pytest.mark.parametrize(("connection", "day"), [("Query.nhsTrusts", _DAY), ("Query.gpPractices", date(2026, 4, 2))])
def test_a_cursor_is_bound_to_its_connection_and_date(connection: str, day: date) -> None:
    """A cursor of another list or another day would give a page that means nothing."""
    sealed = _KEY.seal("Query.gpPractices", _DAY, "GPPractice:A81001")

    with pytest.raises(MalformedArgument, match=r"made for Query\.gpPractices as of 2026-04-01") as error:
        _KEY.open(sealed, connection, day)

    assert error.value.code == "FOREIGN_CURSOR"


def test_another_key_does_not_open_it() -> None:
    """Processes read each other's cursors only if they share the secret."""
    with pytest.raises(MalformedArgument):
        CursorKey(b"other").open(_KEY.seal("a", _DAY, "b"), "a", _DAY)


def test_a_page_from_the_end_is_in_the_order_of_the_connection() -> None:
    """Rows come in falling order from the database, and go out rising."""
    rows: list[list[object]] = [["c"], ["b"], ["a"]]

    assert page(rows, Window(2, is_backward=True, has_cursor=False)) == [["b"], ["c"]]
    assert page(rows, Window(2, is_backward=False, has_cursor=False)) == [["c"], ["b"]]
