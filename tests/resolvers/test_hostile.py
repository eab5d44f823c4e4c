"""Whatever stands in an argument, the statement's text is one that the schema alone gives."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    print_ast,
)
from graphql.language import StringValueNode
from hypothesis import given, settings
from hypothesis import strategies as st

from cypher.errors import IcsgraphError
from resolvers.compiler import FRAME
from schema.catalogue import contract
from server.app import create_answers
from server.settings import Settings

_TEXTS = ("String", "ID", "Date", "StaffGroup")
_BENIGN = {
    "id": "SW50ZWdyYXRlZENhcmVCb2FyZDpRUkw",
    "of": "U41591",
    "odsCode": "U41591",
    "onsCode": "E54000042",
    "code": "QRL",
    "sequence": 7,
    "first": 3,
    "last": 3,
    "asOf": "2026-04-01",
    "ids": ["SW50ZWdyYXRlZENhcmVCb2FyZDpRUkw"],
    "odsCodes": ["U41591"],
    "codes": ["U41591"],
    "text": "leeds",
    "from": "2026-01-01",
    "to": "2026-04-01",
    "within": "QRL",
}
_IN_PLACE = {("postcode", "code"): "OX1 1AA"}  # where a name means something else than elsewhere
_CYPHER = (
    "' OR 1=1 //",
    "'}) DETACH DELETE n //",
    '" RETURN 1 UNION MATCH (n) RETURN n //',
    "`) CALL db.labels() YIELD label RETURN label //",
    "$asOf1",
    "{n1}",
    "{node}",
    "%s%n{0}",
    "\\u0027 OR true",
    "QRL' OR '1'='1",
    "LOAD CSV FROM 'http://127.0.0.1' AS x",
    "{{7*7}}",
    "__import__('os').system('x')",
    "lambda: 0",
    "\u2028\u202e\u0000'",
)
_HOSTILE = st.one_of(st.sampled_from(_CYPHER), st.text(st.characters(codec="utf-8"), max_size=60))


class _Stop(IcsgraphError):
    """The graph was asked; there is nothing more to learn."""


class _EndlessGraph:
    """A `Graph` of which only the frame is known; it remembers what else it was asked, and does not answer that."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Give the frame, or remember the statement."""
        frame = [1, None, None]
        assert len(frame) == len(FRAME)
        if "\n" not in text.strip() and not parameters:
            return [[[*frame, {}, []]]]
        self.asked.append(text)
        raise _Stop


def _fields() -> Iterator[tuple[str, GraphQLField]]:
    query = contract().graphql.query_type
    assert query is not None
    yield from query.fields.items()


def _arguments() -> list[tuple[str, str, bool]]:
    """Return each argument that takes a text: of which root field, its name, and whether it is of a field below."""
    found = []
    for name, field in _fields():
        found += [(name, one, False) for one, of in field.args.items() if str(get_named_type(of.type)) in _TEXTS]
        returned = get_named_type(field.type)
        if isinstance(returned, GraphQLObjectType) and _paged(returned) is not None:
            found += [(name, one, True) for one in ("after", "before")]
    return found


def _paged(returned: GraphQLObjectType) -> str | None:
    return next((name for name, one in returned.fields.items() if "after" in one.args), None)


def _document(root: str, argument: str, is_below: bool, written: str, declared: str) -> str:
    """Return a document with `written` as the argument's value, and valid values for all that must be there."""
    field = dict(_fields())[root]
    given = {
        name: _in_order(root, name, get_named_type(one.type))
        for name, one in field.args.items()
        if is_required_argument(one) or (name == "odsCode" and argument not in {"odsCode", "onsCode"})
    }
    if argument != "asOf" and "asOf" in field.args:
        given["asOf"] = '"2026-04-01"'
    if is_below:
        returned = get_named_type(field.type)
        assert isinstance(returned, GraphQLObjectType)
        inner = f"{{ {_paged(returned)}({argument}: {written}) {{ totalCount nodes {{ __typename }} }} }}"
    else:
        given[argument] = written
        if argument == "group" and "of" in field.args:
            given["of"] = '"U41591"'
        inner = _leaf(field)
    sent = ", ".join(f"{name}: {value}" for name, value in given.items())
    return f"query{declared} {{ {root}{f'({sent})' if sent else ''} {inner} }}"


def _in_order(root: str, name: str, declared: GraphQLNamedType) -> str:
    """Return a value that is in order, as it is written in a document."""
    if isinstance(declared, GraphQLEnumType):
        return str(next(iter(declared.values)))
    if isinstance(declared, GraphQLInputObjectType):
        return '{code: "U41591"}'
    return str(orjson.dumps(_IN_PLACE.get((root, name), _BENIGN[name])).decode())


def _leaf(field: GraphQLField) -> str:
    returned = get_named_type(field.type)
    if is_leaf_type(returned):
        return ""
    if isinstance(returned, GraphQLObjectType) and "nodes" in returned.fields:
        return "{ totalCount nodes { __typename } }"
    return "{ __typename }"


def _asked(document: str, variables: Mapping[str, Any]) -> list[str]:
    """Return the statements that a document leads to, and hold its refusal to having a code and no text of ours."""
    graph = _EndlessGraph()
    answers = create_answers(Settings(), graph, b"hostile", lambda: date(2026, 11, 24))
    try:
        answer = orjson.loads(asyncio.run(answers.answer(document, variables)).body)
    except _Stop:
        return graph.asked
    assert "data" not in answer, answer
    assert answer["errors"][0]["extensions"]["code"], answer
    assert "Traceback" not in str(answer)
    return graph.asked


_ALL = _arguments()


@pytest.fixture(scope="module")
def allowed() -> dict[tuple[str, str, bool], set[str]]:
    """Give the closed set: what each place leads to with a value that is in order, or with none."""
    closed: dict[tuple[str, str, bool], set[str]] = {}
    for place in _ALL:
        value = _IN_PLACE.get(place[:2], _BENIGN.get(place[1]))
        written = "null" if value is None else orjson.dumps(value).decode()
        closed[place] = set(_asked(_document(*place, written, ""), {}))
    return closed


def test_every_place_leads_to_a_statement(allowed: dict[tuple[str, str, bool], set[str]]) -> None:
    """With values in order, so that the property below is about something."""
    assert len(allowed) > 200
    assert [place for place, statements in allowed.items() if len(statements) != 1] == []


@settings(max_examples=600, deadline=None, derandomize=True)
@given(place=st.sampled_from(_ALL), hostile=_HOSTILE, is_variable=st.booleans())
def test_a_hostile_text_leaves_the_statement_as_it_was(
    place: tuple[str, str, bool], hostile: str, is_variable: bool, allowed: dict[tuple[str, str, bool], set[str]]
) -> None:
    """As a literal and as a variable: it is refused with a code, or it is a parameter; it is never in the text."""
    declared = contract().graphql.query_type
    assert declared is not None
    if is_variable:
        types = {"id": "ID!", "asOf": "Date", "group": "StaffGroup"}
        field = declared.fields[place[0]]
        kind = "String" if place[2] else types.get(place[1]) or str(field.args[place[1]].type)
        asked = _asked(_document(*place, "$hostile", f"($hostile: {kind})"), {"hostile": hostile})
    else:
        asked = _asked(_document(*place, print_ast(StringValueNode(value=hostile)), ""), {})

    assert set(asked) <= allowed[place]
