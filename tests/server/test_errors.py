"""Every error has a status and a code, and none tells a client what is internal."""

from types import ModuleType

import pytest

import resolvers.errors
import seed.errors
import server.errors
from cypher.errors import GraphNotPrepared, IcsgraphError
from server.errors import Neo4jUnreachable, QueryTimedOut, status_and_entry

_INTERNAL = "bolt://10.1.2.3:7687 MATCH (n) /home/someone"


def _all(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(one for sub in kind.__subclasses__() for one in _all(sub))]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Neo4jUnreachable("The database does not answer."), 503, "DATABASE_UNAVAILABLE"),
        (QueryTimedOut("It took longer than 10 s."), 504, "TOOK_TOO_LONG"),
        (GraphNotPrepared("The database holds no graph yet."), 503, "GRAPH_IS_EMPTY"),
    ],
)
def test_an_outage_is_told_in_its_own_words(error: IcsgraphError, status: int, code: str) -> None:
    """These sentences are made for clients: they pass."""
    assert status_and_entry(error) == (status, {"message": str(error), "extensions": {"code": code}})


@pytest.mark.parametrize("kind", [*_all(IcsgraphError), KeyError, RecursionError], ids=lambda kind: kind.__name__)
def test_whatever_else_goes_wrong_is_masked(kind: type[Exception]) -> None:
    """No exception's text reaches a client unless it was made for one."""
    error = kind.__new__(kind)
    error.args = (_INTERNAL,)

    status, entry = status_and_entry(error)

    assert status in {401, 403, 429, 500, 503, 504}
    assert isinstance(entry["extensions"], dict)
    assert entry["extensions"]["code"]
    if status == 500:
        assert _INTERNAL not in str(entry)


@pytest.mark.parametrize("module", [resolvers.errors, seed.errors, server.errors], ids=lambda module: module.__name__)
def test_each_room_draws_the_tree_of_its_errors(module: ModuleType) -> None:
    """A newcomer reads all errors of a room at the top of its module."""
    tree = str(module.__doc__)
    own = [
        name
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, IcsgraphError) and one.__module__ == module.__name__
    ]

    assert [name for name in own if name not in tree and not name.startswith("_")] == []
