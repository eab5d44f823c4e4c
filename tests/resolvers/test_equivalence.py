"""The bytes that a plan writes are those that the GraphQL library would, for documents made at random."""

import asyncio
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import GraphQLResolveInfo, build_schema, execute_sync, parse, validate
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from resolvers.writing import encoded
from schema.catalogue import contract
from server.connection import Connection
from tests.reading import Asking, asking
from tests.resolvers.documents import documents

_PLAIN = build_schema(contract().sdl())


def _by_key(source: dict[str, Any], info: GraphQLResolveInfo[Any], **_: object) -> object:
    return source[str(info.path.key)]


def _by_type(source: dict[str, Any], _: GraphQLResolveInfo[Any], __: object) -> str:
    return str(source["zzType"])


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Give one event loop for all examples, as one driver serves them."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture(scope="module")
def ask(real_graph: Connection, loop: asyncio.AbstractEventLoop) -> Iterator[Asking]:
    """Give the API over the real graph."""
    context = asking(real_graph)
    yield loop.run_until_complete(context.__aenter__())
    loop.run_until_complete(context.__aexit__(None, None, None))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_a_plan_writes_what_the_library_would(
    data: st.DataObject, ask: Asking, loop: asyncio.AbstractEventLoop
) -> None:
    """Fragments, aliases, directives, variables and interfaces included.

    Same keys, same order, same values, one statement.
    """
    made = data.draw(documents(contract().graphql))
    document = parse(made.text)
    assume(not validate(contract().graphql, document))
    assume(not validate(contract().graphql, parse(made.augmented)))
    before = len(ask.graph.statements)
    answer = loop.run_until_complete(ask.whole(made.text, **made.variables))
    assert "errors" not in answer, (answer["errors"], made.text)
    assert len(ask.graph.statements) - before <= 2  # one, and the first of all requests also learns the graph's span
    typed = loop.run_until_complete(ask.data(made.augmented, **made.variables))

    completed = execute_sync(
        _PLAIN,
        document,
        root_value=typed,
        variable_values=made.variables,
        field_resolver=_by_key,
        type_resolver=_by_type,
    )

    assert completed.errors is None, (completed.errors, made.text)
    assert orjson.dumps(answer["data"]) == encoded(completed.data)
