"""Every root field below a `knownAt`, as the schema has them: it answers as it did then, or says why it can't.

A root field that is new fails here until it is placed.
"""

import asyncio
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, get_named_type, is_leaf_type
from graphql.type import is_required_argument
from neo4j import Driver

from cypher.change import NodeRecord
from cypher.held import Held
from cypher.writer import Writer
from resolvers.arguments import global_id
from resolvers.concept import Lookup, RootConnection
from schema.catalogue import contract
from seed.diff import diff
from server.connection import Connection
from tests.cypher.world import link, state
from tests.reading import Asking, asking
from tests.resolvers.histories import EPOCH, TODAY

_ONS = "E06000011"
_PRACTICE, _TRUST = "XGPPRACTI", "XNHSTRUST"
# What a root field is asked, where that is more than the code of one thing of its concept.
_ASKED = {
    "node": f'id: "{global_id(f"GPPractice:{_PRACTICE}")}"',
    "nodes": f'ids: ["{global_id(f"GPPractice:{_PRACTICE}")}", "{global_id(f"NHSTrust:{_TRUST}")}"]',
    "organisation": f'odsCode: "{_PRACTICE}"',
    "organisations": f'odsCodes: ["{_PRACTICE}", "{_TRUST}", "Y99"]',
    "area": f'onsCode: "{_ONS}"',
    "search": 'text: "first name"',
    "nearest": f'to: {{code: "{_PRACTICE}"}}, kind: GP_PRACTICE',
    "postcode": 'code: "OX1 1AA"',
    "coverage": f'of: "{_PRACTICE}"',
    "coverageGaps": "subjects: PRACTICES",
    "coverageSummary": "by: REGION",
    "compare": 'from: "2020-02-01", to: "2021-08-01", kind: GP_PRACTICE',
    "recast": f'codes: ["{_PRACTICE}"], to: "2021-08-01"',
    "upcoming": "",
    "changes": "",
    "graph": "",
}
# What has no clocks, and so no `knownAt` to be asked with: a change set is of one sequence, and what a source or a term
# is called is no fact (docs/time.md).
_TIMELESS = {"source", "sources", "changeSet", "changeSets", "term", "glossary"}
# What can't be told of then, of all that is asked here.
_NOT_TOLD = {
    "Graph.since",
    "Graph.until",
    "Graph.yearsOfEvidence",
    "Completeness.have",
    "Coverage.rules",
    "Coverage.explanation",
    "CoverageGap.reasons",
}


def _code(concept: str) -> str:
    return _ONS if concept == "LocalAuthority" else f"X{concept.upper()}"[:9]


def _query() -> GraphQLObjectType:
    query = contract().graphql.query_type
    assert query is not None
    return query


def _roots() -> dict[str, str]:
    """Return each root field that can be asked with a `knownAt`, with its other arguments."""
    placed: dict[str, str] = {}
    for name, field in _query().fields.items():
        lies = contract().catalogue.concepts["Query"].fields[name]
        if "knownAt" not in field.args:
            assert name in _TIMELESS, f"{name} takes no knownAt: say why it needs none, or give it one"
        elif name in _ASKED:
            placed[name] = _ASKED[name]
        elif isinstance(lies, Lookup):
            placed[name] = f'{lies.by[0][0]}: "{_code(lies.target)}"'
        else:
            assert isinstance(lies, RootConnection), f"{name} is new: say what it is asked"
            placed[name] = ""
    return placed


def _selection(returned: GraphQLNamedType, depth: int, left_out: set[tuple[str, ...]], at: tuple[str, ...]) -> str:
    """Return all fields that need no argument, so many levels down; pages below the root are asked elsewhere."""
    assert isinstance(returned, GraphQLObjectType | GraphQLInterfaceType)
    parts = ["__typename"]
    for name, field in returned.fields.items():
        inner = get_named_type(field.type)
        here = (*at, name)
        if here in left_out or any(is_required_argument(one) for one in field.args.values()):
            continue
        if is_leaf_type(inner):
            parts.append(name)
        elif isinstance(inner, GraphQLInterfaceType):
            parts.append(f"{name} {{ __typename ... on Entity {{ id code name validity {{ from to }} }} }}")
        elif depth > 0 and name not in {"edges", "pageInfo", "facets"} and not _is_page(inner):
            parts.append(f"{name} {{ {_selection(inner, depth - 1, left_out, here)} }}")
    return " ".join(parts)


def _is_page(returned: GraphQLNamedType) -> bool:
    return isinstance(returned, GraphQLObjectType) and "pageInfo" in returned.fields


def _document(root: str, given: str, left_out: set[tuple[str, ...]], known: str) -> str:
    field = _query().fields[root]
    dated = [f'asOf: "{TODAY}"'] if "asOf" in field.args else []
    dated += ["first: 5"] if "first" in field.args else []
    arguments = ", ".join([*([given] if given else []), *dated, *([f"knownAt: {known}"] if known else [])])
    returned = get_named_type(field.type)
    selection = _selection(returned, 2 if root in _ASKED else int(_is_page(returned)), left_out, (root,))
    return f"{{ {root}{f'({arguments})' if arguments else ''} {{ {selection} }} }}"


def _things(name: str) -> dict[str, NodeRecord]:
    """Return one thing of each concept, all of that name."""
    concepts = [one for one in contract().catalogue.concepts.values() if one.label and not one.is_timeless]
    made = [
        NodeRecord(
            one.name,
            _code(one.name),
            "Area" if one.name == "LocalAuthority" else "Organisation",
            (
                state(
                    EPOCH,
                    name=f"{name} of {one.name}",
                    odsCode=_code(one.name),
                    postcode="OX1 1AA",
                    location=(51.5, -0.25),
                ),
            ),
        )
        for one in concepts
    ]
    return {one.id: one for one in made}


async def _answer(ask: Asking, root: str, known: str) -> tuple[Any, set[str]]:
    """Return what a root field answers, and what of it is refused: each refusal says what, why, and what instead."""
    left_out: set[tuple[str, ...]] = set()
    refused: set[str] = set()
    while True:
        whole = await ask.whole(_document(root, _roots()[root], left_out, known))
        if "errors" not in whole:
            return whole["data"], refused
        (error,) = whole["errors"]
        assert error["extensions"]["code"] == "NOT_TOLD_THEN", (root, error)
        assert "Leave out the field, or ask it without knownAt." in error["message"]
        assert error["extensions"]["cut"] == ".".join(error["path"])
        refused.add(error["extensions"]["sent"])
        left_out.add(tuple(error["path"]))


def test_every_root_answers_as_it_did_then_or_says_why_it_can_not(
    neo4j_driver: Driver, empty_graph: Connection
) -> None:
    """All is renamed by a correction: below the first sequence no root field gives a second name or a later number."""
    writer = Writer(neo4j_driver, TODAY)
    writer.prepare()
    held = Held()
    links = [link("HAS_IDENTIFIER", f"LocalAuthority:{_ONS}", f"ONS:{_ONS}", EPOCH)]
    refused: set[str] = set()

    def learn(name: str) -> None:
        own = {key: one for key, one in held.links.items() if one.rule is None}
        said = [*diff(held.nodes, _things(name)), *diff(own, {one.identity: one for one in links})]
        change_set = writer.apply(said, source="renaming")
        assert change_set is not None
        held.apply(change_set.changes, change_set.sequence)

    async def asked() -> None:
        async with asking(empty_graph, TODAY) as ask:
            learn("First name")
            first = await ask.data("{ graph { sequence } }")
            known = f"{{sequence: {first['graph']['sequence']}}}"
            then: dict[str, Any] = {}
            for root in _roots():
                then[root], told = await _answer(ask, root, known)
                refused.update(told)
            learn("Second name")
            for root in _roots():
                again, _ = await _answer(ask, root, known)
                assert again == then[root], root
                assert "Second" not in str(again), root
                if "First name" in str(again):
                    now = await ask.whole(_document(root, _roots()[root], set(), ""))
                    assert "First name" not in str(now["data"]) or root in {"changes", "search"}, root

    asyncio.run(asked())
    assert refused == _NOT_TOLD
