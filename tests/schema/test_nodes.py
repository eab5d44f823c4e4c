"""`nodes(ids:)`: many things by their global ids, in order, and a reason for each that is not there."""

from resolvers.arguments import global_id
from tests.reading import Asking

_NODES = "query($ids: [ID!]!, $day: Date) { nodes(ids: $ids, asOf: $day) { __typename id ... on Entity { code } } }"
_IDS = [
    global_id(one)
    for one in ("PrimaryCareNetwork:U41591", "SubICBLocation:D4U1Y", "GPPractice:Z99999", "GPPractice:A81001")
]


async def test_nodes_stand_in_the_order_of_their_ids(ask: Asking) -> None:
    """What is not in force, and what never was, is null in its own place, with a reason that names the place."""
    answer = await ask.whole(_NODES, ids=_IDS)

    assert [one and one["code"] for one in answer["data"]["nodes"]] == ["U41591", None, None, "A81001"]
    assert [(one["path"], one["reason"], one["since"]) for one in answer["extensions"]["absent"]] == [
        (["nodes", 1], "NONE_EXISTS", "2022-07-01"),
        (["nodes", 2], "NONE_EXISTS", None),
    ]


async def test_nodes_are_those_of_the_date(ask: Asking) -> None:
    """D4U1Y was a sub-ICB location until April 2026; one id asked for twice is there twice."""
    data = await ask.data(_NODES, ids=[_IDS[1], _IDS[1]], day="2026-03-31")

    assert [one["code"] for one in data["nodes"]] == ["D4U1Y", "D4U1Y"]


async def test_a_list_may_be_written_with_variables_in_it(ask: Asking) -> None:
    """A variable within a list is bound like any other, and all ids are read by one statement."""
    await ask.answers.sequence()
    before = len(ask.graph.statements)

    data = await ask.data(f'query($one: ID!) {{ nodes(ids: [$one, "{_IDS[3]}"]) {{ id }} }}', one=_IDS[0])

    assert [one["id"] for one in data["nodes"]] == [_IDS[0], _IDS[3]]
    assert sum("UNWIND range" in text for text in ask.graph.statements[before:]) == 1


async def test_a_forged_id_is_the_clients_mistake(ask: Asking) -> None:
    """The error names the place in the list."""
    error = await ask.error(_NODES, ids=[_IDS[0], "'; MATCH (n) DETACH DELETE n"])

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("MALFORMED_ID", "ids[1]")


async def test_a_list_is_no_longer_than_a_page(ask: Asking) -> None:
    """Whoever needs more sends several requests."""
    error = await ask.error(_NODES, ids=_IDS[:1] * 1001)

    assert (error["extensions"]["code"], error["extensions"]["allowed"]) == ("TOO_MANY_CODES", 1000)
