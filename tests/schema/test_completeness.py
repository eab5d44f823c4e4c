"""`completeness` of a concept's connection: no list without its denominator, at its date, for nothing if not asked."""

from schema.catalogue import contract
from tests.reading import Asking

_CONCEPTS = {
    str(field.type).removesuffix("Connection!"): name
    for name, field in contract().graphql.query_type.fields.items()  # type: ignore[union-attr]  # there is a query type
    if str(field.type).endswith("Connection!")
    and "completeness" in contract().catalogue.concepts[str(field.type)[:-1]].fields
}


async def test_a_connection_is_as_complete_as_the_graph_says(ask: Asking) -> None:
    """Of each concept the same as `graph { completeness }`, and null where that is silent."""
    fields = "about have expected since basis settles"
    whole = {
        one["about"]: one
        for one in (await ask.data(f"{{ graph {{ completeness {{ {fields} }} }} }}"))["graph"]["completeness"]
    }

    assert len(_CONCEPTS) > 30
    for concept, plural in _CONCEPTS.items():
        data = await ask.data(f"{{ {plural} {{ completeness {{ {fields} }} totalCount }} }}")
        assert data[plural]["completeness"] == whole.get(concept), concept
        if concept in whole:
            assert data[plural]["completeness"]["have"] == data[plural]["totalCount"]


async def test_knowledge_services_say_of_how_many(ask: Asking) -> None:
    """Of 177 that there are, those that we know of; at another date those that we knew of then."""
    asked = "query($day: Date) { knowledgeServices(asOf: $day) { totalCount completeness { have expected basis } } }"
    now = (await ask.data(asked))["knowledgeServices"]
    then = (await ask.data(asked, day="2015-01-01"))["knowledgeServices"]

    assert now["completeness"]["expected"] == 177
    assert now["completeness"]["have"] == now["totalCount"] < 177
    assert now["completeness"]["basis"]
    assert then["completeness"]["have"] == then["totalCount"] < now["totalCount"]


async def test_completeness_costs_nothing_where_it_is_not_asked(ask: Asking) -> None:
    """The statement looks at no scope, and at no label but that of the rows."""
    await ask.data("{ knowledgeServices(first: 1) { nodes { code } } }")
    assert "Scope" not in ask.graph.statements[-1]
    assert "COUNT" not in ask.graph.statements[-1]

    await ask.data("{ knowledgeServices { completeness { basis } } }")
    assert "COUNT" not in ask.graph.statements[-1]
    assert "COLLECT { MATCH (scope:Scope {about: 'KnowledgeService'})" in ask.graph.statements[-1]
