"""`search(text:)` on the real graph: what is found, in which order, and why."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.connection import Connection
from tests.reading import Asking, asking

_SEARCH = """
query($text: String!, $kinds: [EntityKind!], $first: Int, $day: Date, $known: KnownAt) {
  search(text: $text, kinds: $kinds, first: $first, asOf: $day, knownAt: $known) {
    node { __typename code name } why text since isInForce score
  }
}
"""
_HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="+-&|!(){}[]^\"~*?:\\/ aANDORT\u2019'", max_size=60),
    st.lists(st.sampled_from(["AND", "OR", "NOT", "name:", "*", "~9", "^", "TO", "[", "practice", '"', "'"])).map(
        " ".join
    ),
)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Give one event loop for all examples of a property."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture(scope="module")
def steady(real_graph: Connection, loop: asyncio.AbstractEventLoop) -> Iterator[Asking]:
    """Give the API over the real graph, for all examples of a property."""
    context = asking(real_graph)
    yield loop.run_until_complete(context.__aenter__())
    loop.run_until_complete(context.__aexit__(None, None, None))


async def _hits(ask: Asking, text: str, **given: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ask.data(_SEARCH, text=text, **{"first": 5, **given}))["search"]
    return found


@pytest.mark.parametrize("text", ["Exeter Health Library", "exter health libary", "library of EXETER", "exet libr"])
async def test_a_name_is_found_though_it_is_mistyped_or_only_begun(ask: Asking, text: str) -> None:
    """A letter or two may be wrong, words may stand in any order, and words that say nothing may be added."""
    best = (await _hits(ask, text, kinds=["KNOWLEDGE_SERVICE"]))[0]

    assert (best["node"]["code"], best["why"], best["isInForce"]) == ("exeter-health-library", "NAME", True)


async def test_a_code_sent_whole_comes_first(ask: Asking) -> None:
    """The network goes before the neighbourhood that we derived from it and that bears its code."""
    hits = await _hits(ask, "u41591")

    assert [(one["node"]["__typename"], one["why"], one["text"]) for one in hits[:2]] == [
        ("PrimaryCareNetwork", "CODE", "U41591"),
        ("Neighbourhood", "CODE", "U41591"),
    ]
    assert hits[0]["since"] == "2019-10-01"


async def test_a_former_code_says_that_it_is_one(ask: Asking) -> None:
    """Barnsley was E08000016 and is E08000038."""
    former, present = [(await _hits(ask, code, kinds=["LOCAL_AUTHORITY"]))[0] for code in ("E08000016", "E08000038")]

    assert (former["node"]["name"], former["why"]) == ("Barnsley", "FORMER_CODE")
    assert (present["node"]["name"], present["why"]) == ("Barnsley", "CODE")


async def test_a_former_name_says_since_when_it_was_one_and_a_later_name_too(ask: Asking) -> None:
    """APEX PCN became APEX PCN LTD: each is found by both names, at any date."""
    now = (await _hits(ask, "apex pcn", kinds=["PRIMARY_CARE_NETWORK"]))[0]
    then = (await _hits(ask, "apex pcn ltd", kinds=["PRIMARY_CARE_NETWORK"], day="2020-01-01"))[0]

    assert (now["why"], now["text"], now["since"]) == ("FORMER_NAME", "APEX PCN", "2019-10-01")
    assert now["node"]["name"] == "APEX PCN LTD"
    assert (then["why"], then["text"], then["node"]["name"]) == ("LATER_NAME", "APEX PCN LTD", "APEX PCN")
    assert then["since"] > "2020-01-01"


async def test_what_has_ended_is_found_and_said_to_have_ended(ask: Asking) -> None:
    """D4U1Y ended in April 2026; at a date before it began nothing is found by it."""
    ended = await _hits(ask, "D4U1Y")

    assert {one["node"]["__typename"] for one in ended} == {"SubICBLocation", "ClinicalCommissioningGroup"}
    assert not any(one["isInForce"] for one in ended)
    assert [one["isInForce"] for one in await _hits(ask, "D4U1Y", day="2021-06-01")] == [True]
    assert await _hits(ask, "D4U1Y", day="2021-03-31") == []


async def test_hits_are_ranked_and_as_many_as_asked_for(ask: Asking) -> None:
    """Scores fall from hit to hit among what was not sent whole; kinds are kept to."""
    hits = await _hits(ask, "oxford library", kinds=["KNOWLEDGE_SERVICE", "NHS_TRUST"], first=4)

    assert len(hits) <= 4
    assert {one["node"]["__typename"] for one in hits} <= {"KnowledgeService", "NHSTrust"}
    scores = [one["score"] for one in hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["oxford", "frimley", "E08000016", "exter hospital libary", "u4159", "apex pcn"])
async def test_the_last_sequence_finds_what_is_found_now(ask: Asking, text: str) -> None:
    """The same hits in the same order with the same scores, by another statement."""
    last = (await ask.data("{ graph { sequence } }"))["graph"]["sequence"]

    now, then = [await _hits(ask, text, known=known) for known in (None, {"sequence": last})]

    assert now == then != []
    assert await _hits(ask, text, known={"sequence": 1}) == []


async def test_what_fits_better_goes_before_what_fits_worse(ask: Asking) -> None:
    """A phrase before words apart, those before words begun, those before words misspelt; in force before ended."""
    hits = await _hits(ask, "health library", first=12)
    begun = [one["text"].lower() for one in await _hits(ask, "exet libr health", first=5)]
    ended = [one["isInForce"] for one in await _hits(ask, "frimley", first=20)]

    apart = ["health library" in one["text"].lower() for one in hits]
    assert apart == sorted(apart, reverse=True)
    assert {*apart} == {True, False}
    assert begun[0] == "exeter health library"
    assert ended == sorted(ended, reverse=True)
    assert {*ended} == {True, False}


async def test_a_search_is_one_statement(ask: Asking) -> None:
    """Index, ranking and rows are asked at once."""
    await _hits(ask, "oxford")
    before = len(ask.graph.statements)

    await _hits(ask, "exeter")

    assert len(ask.graph.statements) - before == 1


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=_HOSTILE)
def test_hostile_text_is_the_clients_mistake_at_worst(
    text: str, steady: Asking, loop: asyncio.AbstractEventLoop
) -> None:
    """Every text is an answer or MALFORMED_TEXT: no outage, and the statement is the same for all of them."""
    before = set(steady.graph.statements)

    answer = loop.run_until_complete(steady.whole(_SEARCH, text=text, first=3))

    if "errors" in answer:
        assert answer["errors"][0]["extensions"]["code"] == "MALFORMED_TEXT"
    else:
        assert len(answer["data"]["search"]) <= 3
    new = set(steady.graph.statements) - before
    assert len(new) <= (3 if not before else 1)
