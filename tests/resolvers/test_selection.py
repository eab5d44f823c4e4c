"""What a document asks for, read as the GraphQL specification collects fields."""

import pytest
from graphql import build_schema, parse

from resolvers import selection
from resolvers.errors import MalformedDocument
from resolvers.selection import Operation

_SCHEMA = build_schema(
    """
    interface Being { name: String friend: Being }
    type Cat implements Being { name: String friend: Being lives: Int }
    type Dog implements Being { name: String friend: Being tricks(first: Int = 3): Int }
    type Query { cat(id: Int): Cat being: Being }
    """
)


def _read(text: str, **variables: object) -> Operation:
    document = parse(text)
    return selection.read(_SCHEMA, document, selection.operation_of(document, None), variables)


def test_duplicate_fields_and_fragments_are_merged() -> None:
    """The same response key asked twice is one field with both sub-selections, in the order first met."""
    operation = _read("{ cat { name } ...More } fragment More on Query { cat { lives name } }")

    assert [one.key for one in operation.selections] == ["cat"]
    assert [one.key for one in operation.selections[0].groups[0].selections] == ["name", "lives"]


def test_skip_and_include_are_decided_by_the_variables() -> None:
    """A skipped field is not in the selection, and the variables that decide are named."""
    text = "query($v: Boolean!) { cat { name @skip(if: $v) lives @include(if: $v) } }"

    assert [one.key for one in _read(text, v=True).selections[0].groups[0].selections] == ["lives"]
    assert [one.key for one in _read(text, v=False).selections[0].groups[0].selections] == ["name"]
    assert selection.conditions(parse(text)) == ("v",)


def test_other_variables_stay_names() -> None:
    """A plan serves every value of a variable, so its value is not in the selection."""
    operation = _read("query($id: Int) { cat(id: $id) { name } }", id=7)

    argument = operation.selections[0].argument("id")

    assert argument is not None
    assert (argument.variable, argument.bound({"id": 7}), argument.bound({"id": 8})) == ("id", 7, 8)


def test_types_that_are_asked_the_same_share_a_group() -> None:
    """An interface below an interface is read once for all types, not once for each path of types."""
    operation = _read("{ being { name friend { friend { name } } ... on Dog { tricks } } }")

    groups = operation.selections[0].groups

    assert sorted(group.types for group in groups) == [("Cat",), ("Dog",)]
    assert [group.types for group in groups[0].selections[1].groups] == [("Cat", "Dog")]


def test_an_argument_left_out_has_the_default_of_the_schema() -> None:
    """The default is the schema's, not the compiler's."""
    operation = _read("{ being { ... on Dog { tricks } } }")
    dog = next(group for group in operation.selections[0].groups if group.types == ("Dog",))
    assert dog.selections[0].field == "tricks"

    argument = dog.selections[0].argument("first")

    assert argument is not None
    assert argument.bound({}) == 3


def test_several_operations_need_a_name() -> None:
    """Which operation runs is never guessed: the specification calls it an error."""
    document = parse("query A { cat { name } } query B { cat { name } }")

    with pytest.raises(MalformedDocument, match="holds 2 operations: A, B") as error:
        selection.operation_of(document, None)

    assert error.value.code == "OPERATION_NOT_DETERMINED"
