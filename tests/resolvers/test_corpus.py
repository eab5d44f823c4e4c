"""Each query of `tests/queries/` beside the Cypher that it becomes, so that a change of the compiler shows in a diff.

`ICSGRAPH_WRITE_CORPUS=1` writes the `.cypher` files anew; read the diff before committing it.
"""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from graphql import parse
from graphql.execution.values import get_variable_values

from resolvers import selection
from resolvers.as_of import Span
from resolvers.compiler import compile  # noqa: A004  # `compiler.compile` is the name to know
from resolvers.paging import CursorKey, PageLimits
from resolvers.plan import Bound, Circumstances, Plan
from resolvers.selection import Argument
from schema.catalogue import contract
from server.connection import Connection
from server.database import Neo4jGraph
from tests.reading import TODAY

_QUERIES = sorted((Path(__file__).parent.parent / "queries").glob("*.graphql"))
_SPAN = Span(date(2026, 11, 1), None)


def _planned(path: Path) -> tuple[Plan, Bound]:
    text = path.read_text(encoding="utf-8")
    noted = [line.removeprefix("# variables: ") for line in text.splitlines() if line.startswith("# variables: ")]
    document = parse(text)
    operation = selection.operation_of(document, None)
    result = get_variable_values(
        contract().graphql, operation.variable_definitions or (), json.loads(noted[0]) if noted else {}
    )
    assert not isinstance(result, list), result
    variables = result.coerced

    def is_now(argument: Argument | None) -> bool:
        day = argument.bound(variables) if argument else None
        return _SPAN.holds(day if isinstance(day, date) else TODAY)

    read = selection.read(contract().graphql, document, operation, variables)
    plan = compile(read, contract().catalogue, is_now, lambda question: question.answer(variables))
    return plan, plan.bind(variables, Circumstances(TODAY, PageLimits(100, 1000), CursorKey(b"corpus")))


@pytest.mark.parametrize("path", _QUERIES, ids=lambda path: path.stem)
def test_a_query_becomes_this_cypher(path: Path) -> None:
    """The statement and its parameters are those that stand beside the query."""
    plan, bound = _planned(path)
    parameters = "".join(f"// ${name} = {json.dumps(value, default=str)}\n" for name, value in bound.parameters.items())
    made = f"{parameters}{plan}\n"
    beside = path.with_suffix(".cypher")
    if os.environ.get("ICSGRAPH_WRITE_CORPUS"):
        beside.write_text(made, encoding="utf-8")

    assert made == beside.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", _QUERIES, ids=lambda path: path.stem)
async def test_the_cypher_runs_on_the_real_graph(path: Path, real_graph: Connection) -> None:
    """What the compiler makes is Cypher that Neo4j takes, and gives the one row that the plan's writer expects."""
    plan, bound = _planned(path)

    async with Neo4jGraph(real_graph, "neo4j", 60) as graph:
        records = await graph.read(plan.statement, bound.parameters)

    assert len(records) == 1
    assert isinstance(plan.write(records[0][0], bound, CursorKey(b"corpus")), dict)


@pytest.mark.parametrize("path", _QUERIES, ids=lambda path: path.stem)
def test_no_value_of_a_client_is_in_the_text(path: Path) -> None:
    """Codes and dates are parameters: the statement is the same for every one of them."""
    plan, _ = _planned(path)

    for value in ("U41591", "QRL", "E08000016", "E54000042", "U78462", "2025-01-01", "2024-01-01", "epraccur_20260302"):
        assert value not in plan.statement
