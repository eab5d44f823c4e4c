"""What a request is said to cost before it is run."""

import pytest
from graphql import parse
from hypothesis import given
from hypothesis import strategies as st

from resolvers import cost, selection
from resolvers.cost import Degrees, TooCostly
from resolvers.paging import PageLimits
from schema.catalogue import contract

_PAGES = PageLimits(100, 1000)
_DEGREES = Degrees(
    {
        "IntegratedCareBoard": 36,
        "SubICBLocation": 106,
        "PrimaryCareNetwork": 1300,
        "GPPractice": 6200,
        "SUB_ICB_OF": 106,
        "NETWORK_IN": 1316,
        "MEMBER_OF": 6110,
    }
)
_TREE = (
    "query($n: Int) { integratedCareBoards(first: $n) { nodes { code subIcbLocations(first: $n) { nodes { code"
    " primaryCareNetworks(first: $n) { edges { node { gpPractices(first: $n) { nodes { code } } } } } } } } } }"
)


def _price(text: str, **variables: object) -> int:
    document = parse(text)
    operation = selection.read(contract().graphql, document, selection.operation_of(document, None), variables)
    return cost.check(cost.price(operation, contract().catalogue, _DEGREES), variables, _PAGES, 10**9)


def test_a_page_larger_than_the_graph_costs_what_there_is() -> None:
    """A thousand boards are asked for, and there are 36."""
    assert _price("{ integratedCareBoards(first: 1000) { nodes { code } } }") == 36


def test_a_tree_costs_its_rows_by_the_degrees_of_the_graph() -> None:
    """36 boards, their 106 parts, 1,316 networks in those, some 6,185 practices."""
    assert _price(_TREE, n=1000) == pytest.approx(36 + 106 + 1316 + 1316 * 4.7, rel=0.01)


def test_counting_costs_no_rows() -> None:
    """A total is one figure, however many it counts."""
    assert _price("{ gpPractices { totalCount } }") == 0
    assert _price("{ integratedCareBoards { nodes { subIcbLocations { totalCount } } } }") == 36


@given(first=st.integers(-1000, 1000), more=st.integers(0, 1000))
def test_a_larger_page_is_never_cheaper(first: int, more: int) -> None:
    """So a client that asks for less is never refused for it; a size that no page has, below nothing, costs nothing."""
    assert 0 <= _price(_TREE, n=first) <= _price(_TREE, n=min(1000, first + more))


def test_a_refusal_names_the_field_to_cut() -> None:
    """The message says where most of the objects are, by the whole path of response keys from the root."""
    document = parse(_TREE)
    operation = selection.read(contract().graphql, document, selection.operation_of(document, None), {})
    whole = cost.price(operation, contract().catalogue, _DEGREES)

    with pytest.raises(TooCostly) as error:
        cost.check(whole, {"n": 1000}, _PAGES, 5000)

    assert error.value.code == "TOO_COSTLY"
    below = ("subIcbLocations", "nodes", "primaryCareNetworks", "edges", "node", "gpPractices")
    assert error.value.path == ("integratedCareBoards", "nodes", *below)
    assert error.value.details["cut"] == ".".join(map(str, error.value.path))
    assert cost.check(whole, {"n": 2}, _PAGES, 5000) < 60
