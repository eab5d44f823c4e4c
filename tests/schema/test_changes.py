"""`changes(after:)`: what each change set did, so that whoever follows it holds what the graph holds."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from neo4j import Driver

from cypher.change import Change, LinkRecord, NodeRecord, change
from cypher.writer import Writer
from server.connection import Connection
from tests.cypher.world import SOURCE, TODAY, changed, find, interval, node, opened, state, world
from tests.reading import Asking, asking

_FACT = "{ validity { from fromPrecision to toPrecision } standing rule sources { code } values { field value } }"
_CHANGE = f"""
kind entityId concept entity {{ code }} relationship key otherId other {{ code }} identifier
before {_FACT} after {_FACT}
"""
_FEED = f"""
query($after: Int, $epoch: String, $kinds: [ChangeKind!], $first: Int = 10) {{
  changes(after: $after, epoch: $epoch, kinds: $kinds, first: $first) {{
    sequence epoch last hasMore
    changeSets {{ sequence source opened amended closed withdrawn moved changes(first: 100) {{
      totalCount nodes {{ {_CHANGE} }} }} }}
  }}
}}
"""
P1, P2, P3 = "GPPractice:P1", "GPPractice:P2", "GPPractice:P3"


@pytest.fixture
def writer(empty_graph: Connection, neo4j_driver: Driver) -> Writer:
    """Give a writer of the tiny England, loaded by the first change set."""
    del empty_graph
    made = Writer(neo4j_driver, TODAY)
    made.prepare()
    made.apply(opened(*world()), source="world", references=(SOURCE,), derive="LATER")
    return made


@pytest.fixture
async def ask(empty_graph: Connection) -> AsyncIterator[Asking]:
    """Give the API over the tiny England."""
    async with asking(empty_graph, TODAY) as given:
        yield given


def _told(change_set: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(one["kind"], one["entity"] and one["entity"]["code"], one["relationship"]) for one in _nodes(change_set)]


def _nodes(change_set: dict[str, Any]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = change_set["changes"]["nodes"]
    return nodes


async def test_a_set_tells_each_change_that_was_written(writer: Writer, ask: Asking) -> None:
    """One of each kind, of a thing and of a relationship; nothing else, and the counts are those of the set."""
    records = world()
    p1, p2, p3 = (find(records, one) for one in (P1, P2, P3))
    member = [one for one in records if isinstance(one, LinkRecord) and one.type == "MEMBER_OF"]
    renamed = replace(
        p1, states=(state(date(2000, 1, 1), date(2026, 1, 1), name="Old"), state(date(2026, 1, 1), name="New"))
    )
    ended = interval(date(2023, 1, 1), date(2026, 5, 1))
    said = [
        *opened(node("GPPractice", "P9", date(2026, 2, 1), odsCode="P9")),
        *changed(p1, renamed),
        *changed(p2, replace(p2, states=(replace(p2.states[0], validity=interval(date(2000, 1, 1), TODAY)),))),
        *(one for links in member[1:2] for one in changed(links, links.during(ended))),
        *(
            one
            for links in _of(records, P2, "COMMISSIONED_BY")
            for one in changed(links, links.during(ended_at(TODAY)))
        ),
        *(one for links in _of(records, P3) for one in changed(links, None)),
        *changed(p3, None),
        *changed(member[0], replace(member[0], values={"basis": "said anew"})),
    ]

    made = writer.apply(said, source="world", derive="LATER")

    feed = (await ask.data(_FEED, after=1))["changes"]
    assert made is not None
    assert (feed["sequence"], feed["last"], feed["hasMore"]) == (2, 2, False)
    assert [one["sequence"] for one in feed["changeSets"]] == [2]
    told = feed["changeSets"][0]
    assert sorted(_told(told), key=str) == sorted(_expected(made.changes), key=str)
    assert told["changes"]["totalCount"] == len(made.changes)
    assert {name: told[name] for name in made.counts} == made.counts
    assert min(made.counts.values()) > 0, "the test has a change of every kind"


def ended_at(day: date) -> Any:
    """Return the interval of a commissioning that ended on a day."""
    return interval(date(2022, 7, 1), day)


def _of(records: list[Any], start: str, type_: str | None = None) -> list[LinkRecord]:
    links = [one for one in records if isinstance(one, LinkRecord) and one.start == start]
    return [one for one in links if type_ is None or one.type == type_]


def _expected(changes: tuple[Change, ...]) -> list[tuple[str, str | None, str | None]]:
    withdrawn = {one.record.id for one in changes if isinstance(one.record, NodeRecord) and one.after is None}
    return [
        (
            one.kind,
            None if one.subject in withdrawn else one.subject.partition(":")[2],
            one.record.type if isinstance(one.record, LinkRecord) else None,
        )
        for one in changes
    ]


async def test_a_change_tells_what_was_and_what_is_held(writer: Writer, ask: Asking) -> None:
    """A new name from a day on: one interval was, two are, each with its dates, its source and its values."""
    board = find(world(), "IntegratedCareBoard:QB2")
    first, later = (
        state(date(2022, 7, 1), date(2026, 5, 1), name="Was", odsCode="QB2"),
        state(date(2026, 5, 1), name="Is", odsCode="QB2"),
    )
    writer.apply(changed(board, replace(board, states=(first, later))), source="world", derive="LATER")

    change_sets = (await ask.data(_FEED, after=1))["changes"]["changeSets"]

    (told,) = _nodes(change_sets[0])
    assert (told["kind"], told["concept"], told["relationship"]) == ("AMENDED", "IntegratedCareBoard", None)
    (before,) = told["before"]
    assert before["validity"] == {"from": "2022-07-01", "fromPrecision": "DAY", "to": None, "toPrecision": None}
    assert before["values"] == [
        {"field": "name", "value": "IntegratedCareBoard QB2"},
        {"field": "odsCode", "value": "QB2"},
        {"field": "website", "value": "https://b.example"},
    ]
    assert [(one["validity"]["from"], one["validity"]["to"]) for one in told["after"]] == [
        ("2022-07-01", "2026-05-01"),
        ("2026-05-01", None),
    ]
    assert [one["values"][0]["value"] for one in told["after"]] == ["Was", "Is"]
    assert told["after"][0]["sources"] == [{"code": "world"}]


async def test_whoever_follows_from_nothing_holds_what_the_graph_holds(writer: Writer, ask: Asking) -> None:
    """The changes of all sets, applied in order, give the facts that are held, after corrections and withdrawals."""
    records = world()
    p3 = find(records, P3)
    board = find(records, "IntegratedCareBoard:QB2")
    again = replace(board, states=(replace(board.states[0], values={"name": "Other", "odsCode": "QB2"}),))
    for said in (
        [one for links in _of(records, P3) for one in changed(links, None)] + changed(p3, None),
        changed(board, again),
        opened(p3, *_of(records, P3)),
        changed(again, board),
    ):
        writer.apply(said, source="world", derive="LATER")
    followed: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    after, more = 0, True
    while more:
        feed = (await ask.data(_FEED, after=after, first=2))["changes"]
        for told in (one for change_set in feed["changeSets"] for one in _nodes(change_set)):
            begins = (told["before"] + told["after"])[0]["validity"]["from"] if told["relationship"] else ""
            key = (told["entityId"], told["relationship"], told["otherId"], told["identifier"], told["key"], begins)
            held = [one for one in followed.get(key, []) if one not in told["before"]]
            followed[key] = sorted([*held, *told["after"]], key=lambda one: str(one["validity"]["from"]))
        after, more = feed["last"], feed["hasMore"]

    afresh = (await ask.data(_FEED, after=0, first=1))["changes"]["changeSets"]
    expected = {
        (
            one["entityId"],
            one["relationship"],
            one["otherId"],
            one["identifier"],
            one["key"],
            one["after"][0]["validity"]["from"] if one["relationship"] else "",
        ): one["after"]
        for one in _nodes(afresh[0])
    }

    assert after == 5
    assert {key: facts for key, facts in followed.items() if facts} == expected
    assert len(expected) == len(records)


async def test_kinds_choose_sets_and_their_changes(writer: Writer, ask: Asking) -> None:
    """A set without a change of these kinds is not told; `last` goes on all the same, so nobody waits at a gap."""
    records = world()
    board = find(records, "IntegratedCareBoard:QB2")
    p1 = _of(records, P1, "MEMBER_OF")[0]
    writer.apply(changed(p1, None) + opened(node("GPPractice", "P9", date(2026, 2, 1))), source="world", derive="LATER")
    writer.apply(
        changed(board, replace(board, states=(replace(board.states[0], values={"name": "Other"}),))),
        source="world",
        derive="LATER",
    )

    feed = (await ask.data(_FEED, after=1, kinds=["WITHDRAWN"]))["changes"]
    both = (await ask.data(_FEED, after=1, kinds=["WITHDRAWN", "AMENDED"]))["changes"]

    assert [(one["sequence"], _told(one)) for one in feed["changeSets"]] == [(2, [("WITHDRAWN", "P1", "MEMBER_OF")])]
    assert (feed["last"], feed["hasMore"]) == (3, False)
    assert [one["sequence"] for one in both["changeSets"]] == [2, 3]


async def test_pages_give_each_set_once(writer: Writer, ask: Asking) -> None:
    """Paging on by `last` until nothing more follows: each number once, in order, and a page is one statement."""
    for number in range(6):
        writer.apply(opened(node("GPPractice", f"N{number}", date(2026, 2, 1))), source="world", derive="LATER")
    await ask.data(_FEED, after=0, first=2)
    ask.graph.statements.clear()

    seen, after, more, pages = [], 0, True, 0
    while more:
        feed = (await ask.data(_FEED, after=after, first=3))["changes"]
        seen += [one["sequence"] for one in feed["changeSets"]]
        after, more, pages = feed["last"], feed["hasMore"], pages + 1

    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert len(ask.graph.statements) == pages == 3


async def test_a_set_that_does_not_say_what_it_touched_is_told_all_the_same(
    writer: Writer, ask: Asking, neo4j_driver: Driver
) -> None:
    """Graphs that were written before sets said so give the same feed."""
    del writer
    told = await ask.data(_FEED, after=0)

    neo4j_driver.execute_query("MATCH (c:ChangeSet) REMOVE c.touched")

    assert await ask.data(_FEED, after=0) == told
    assert told["changes"]["changeSets"][0]["changes"]["totalCount"] == len(world())


@pytest.mark.parametrize(
    ("sent", "code", "argument"),
    [
        ({"after": 99}, "SEQUENCE_AHEAD", "after"),
        ({"after": 1, "epoch": "another"}, "EPOCH_CHANGED", "epoch"),
        ({"after": -1}, "SEQUENCE_OUT_OF_RANGE", "after"),
        ({"first": -1}, "PAGE_SIZE_OUT_OF_RANGE", "first"),
    ],
)
async def test_a_place_where_the_graph_never_was_is_an_error(
    writer: Writer, ask: Asking, sent: dict[str, Any], code: str, argument: str
) -> None:
    """The error says what was sent and what is so, and the request has no data."""
    del writer

    error = await ask.error(_FEED, **sent)

    assert error["extensions"]["code"] == code
    assert error["extensions"]["argument"] == argument
    assert error["extensions"]["sent"] == sent[argument]
    assert error["path"] == ["changes"]


async def test_the_epoch_that_an_answer_gave_is_taken(writer: Writer, ask: Asking) -> None:
    """The feed and `graph` name the same epoch."""
    del writer
    epoch = (await ask.data("{ graph { epoch } }"))["graph"]["epoch"]

    feed = (await ask.data(_FEED, after=1, epoch=epoch))["changes"]

    assert (feed["epoch"], feed["changeSets"], feed["last"]) == (epoch, [], 1)


async def test_a_day_that_came_is_a_set_without_changes(writer: Writer, ask: Asking, neo4j_driver: Driver) -> None:
    """It says how much moved; nothing was learnt."""
    writer.apply(opened(node("GPPractice", "P9", date(2026, 9, 1))), source="world", derive="LATER")
    Writer(neo4j_driver, date(2026, 9, 2)).advance()

    last = (await ask.data(_FEED, after=2))["changes"]["changeSets"][0]

    assert (last["source"], last["moved"], _nodes(last)) == ("CALENDAR", 1, [])


async def test_a_subscription_is_not_answered_once(ask: Asking, writer: Writer) -> None:
    """Who posts one as a query is told how it is followed."""
    del writer

    error = await ask.error("subscription { changes { sequence } }")

    assert error["extensions"]["code"] == "SUBSCRIPTION_NEEDS_STREAM"


async def test_an_event_is_the_next_set_and_none_where_nothing_follows(writer: Writer, ask: Asking) -> None:
    """Without `after` a subscription begins now; from where it has come it goes on, whatever it began with."""
    document = "subscription($after: Int) { changes(after: $after) { sequence changes { nodes { kind } } } }"
    now = await ask.answers.event(document, {}, None, None)
    first = await ask.answers.event(document, {"after": 0}, None, None)
    writer.apply(opened(node("GPPractice", "P9", date(2026, 2, 1))), source="world", derive="LATER")
    second = await ask.answers.event(document, {"after": 0}, None, first.sequence)

    assert (now.answer, now.sequence) == (None, 1)
    assert first.sequence == 1
    assert second.sequence == 2
    assert second.answer is not None
    assert b'"changes":{"sequence":2,"changes":{"nodes":[{"kind":"OPENED"}]}}' in second.answer.body


async def test_a_subscription_is_held_to_the_same_limits(writer: Writer, ask: Asking) -> None:
    """One that costs too much is refused before it begins."""
    del writer
    once = "history(first: 1000) { nodes { entity {"
    deep = f"entity {{ {once} {once} {once} code " + "} } }" * 3 + " }"
    document = f"subscription {{ changes {{ changes(first: 1000) {{ nodes {{ {deep} }} }} }} }}"

    event = await ask.answers.event(document, {}, None, None)

    assert event.answer is not None
    assert not event.answer.has_data


def test_a_change_that_is_none_is_not_made() -> None:
    """What the tests above apply are changes: equal records give none."""
    assert change(world()[0], world()[0]) is None
