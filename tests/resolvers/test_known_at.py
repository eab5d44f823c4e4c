"""`knownAt`: what was held at a sequence is answered as it was then, whatever was learnt since."""

import asyncio
import random
from typing import Any

import pytest
from neo4j import Driver

from server.connection import Connection
from tests.reading import Asking, asking
from tests.resolvers.histories import DAYS, TODAY, corrections

_VALIDITY = "validity { from fromPrecision to toPrecision }"
_LIFE = f"{_VALIDITY} standing rule sources {{ code }} absent {{ field reason since }}"
# Each is asked at every sequence, of several dates.
_QUESTIONS = {
    "tree": """{ subIcbLocations(WHEN) { totalCount nodes { ...Named
        integratedCareBoards { totalCount edges { ...Held node { ...Named } } }
        gpPractices(first: 2) { totalCount pageInfo { hasNextPage } edges { ...Held node { ...Named
          location { longitude } primaryCareNetworks { totalCount nodes { ...Named
            gpPractices { totalCount nodes { name } } } } } } } } } }""",
    "all": "{ gpPractices(last: 2, WHEN) { totalCount pageInfo { hasPreviousPage } nodes { ...Named odsCode } } }",
    "lookups": """{ gpPractice(odsCode: "P11", WHEN) { ...Named }
        integratedCareBoard(onsCode: "E54000001", WHEN) { ...Named }
        node(id: "R1BQcmFjdGljZTpQMTI", WHEN) { id ... on GPPractice { name } }
        nodes(ids: ["R1BQcmFjdGljZTpQMTM", "SW50ZWdyYXRlZENhcmVCb2FyZDpRQjI"], WHEN) { ...Brief } }""",
    "finding": """{ organisation(odsCode: "QA1", WHEN) { ...Brief } area(onsCode: "E54000002", WHEN) { ...Brief }
        organisations(odsCodes: ["P11", "P12", "QA1", "QB2", "U"], WHEN) {
          odsCode reason since organisation { ...Brief } successors { ...Brief } } }""",
    "successions": """{ integratedCareBoards(WHEN) { nodes { code
        successors { edges { kind ...Held node { ...Brief } } } predecessors { totalCount nodes { name } }
        allSuccessors { totalCount nodes { steps kind date entity { ...Brief } } }
        allPredecessors { nodes { steps entity { name } } } } } }""",
    "coverage": """{ coverage(of: "RX1", WHEN) { code asOf outcome subject { ...Brief }
        absent { field reason since } services { rule group terms extent service { ...Brief } path { name }
          validity { from to } } } }""",
    "gaps": """{
        networks: coverageGaps(WHEN) { ...Gaps }
        practices: coverageGaps(WHEN, subjects: PRACTICES, within: "01A", group: GP_PRACTICES, first: 2) { ...Gaps } }
      fragment Gaps on CoverageGapConnection { totalCount counts { inAll covered partlyCovered gaps unknown }
        registeredPatients { inAll unknown } within { ...Brief } absent { field reason since }
        nodes { registeredPatients subject { ...Brief } nearest { ...Asked } } }
      fragment Asked on NearestService { distanceKilometres why basis service { ...Brief } }""",
    "asking": """{
        coverage(of: "QB2", WHEN) { nearest { ...Asked } members { kind counts { inAll gaps covered unknown } } }
        practice: coverage(of: "P12", WHEN) { nearest { ...Asked } } }
      fragment Asked on NearestService { distanceKilometres why basis service { ...Brief } }""",
    "summary": """{
        regions: coverageSummary(by: REGION, WHEN) { ...Summed } places: coverageSummary(by: PLACE, WHEN) { ...Summed }
        rules: coverageSummary(by: RULE, WHEN) { ...Summed } }
      fragment Summed on CoverageSummary { asOf by networks { ...Counted } practices { ...Counted } countedInSeveral
        rows { rule within { ...Brief } networks { ...Counted } practices { ...Counted } } }
      fragment Counted on CoverageCounts { inAll covered partlyCovered gaps unknown }""",
    "nearest": """{
        practices: nearest(to: {code: "P12"}, kind: GP_PRACTICE, first: 2, WHEN) { ...Near }
        services: nearest(to: {code: "01A"}, kind: KNOWLEDGE_SERVICE, WHEN) { ...Near }
        trusts: nearest(to: {point: {latitude: 51.5, longitude: -0.2}}, kind: NHS_TRUST, WHEN) { ...Near }
        posted: nearest(to: {postcode: "OX1 1AA"}, kind: GP_PRACTICE, WHEN) { ...Near } }
      fragment Near on Nearby { basis from { ...Brief } point { latitude longitude } absent { field reason since }
        hits { distanceKilometres node { ...Brief } } }""",
    "postcode": """{
        same: postcode(code: "OX1 1AA", WHEN) { ...Posted }
        near: postcode(code: "OX2 9ZZ", WHEN) { ...Posted } }
      fragment Posted on Postcode { code basis note country point { latitude longitude } precisionKilometres
        localAuthorities { share authority { ...Brief } } systems { share system { ...Brief } }
        candidates { distanceKilometres basis network { ...Brief } practice { ...Brief } }
        sources { code } absent { field reason since } }""",
    "comparison": """{
        practices: compare(from: "2020-03-01", to: "2021-08-01", kind: GP_PRACTICE, knownAt: $known) { ...Compared }
        boards: compare(from: "2020-03-01", to: "2021-08-01", kind: INTEGRATED_CARE_BOARD, knownAt: $known) {
          ...Compared }
        again: gpPractices(WHEN) { totalCount } }
      fragment Compared on Comparison { from to inForceBefore inForceAfter opened closed moved renamed recoded succeeded
        moves { belonging count withPatients }
        changes { totalCount nodes { change date precision belonging entity { ...Brief } before { code } after { code }
          succession textBefore textAfter } } }""",
    "recasting": """{ again: gpPractices(WHEN) { totalCount }
        recast(codes: ["P11", "QA1", "E54000001", "E54000003", "X99"], to: "2021-08-01", knownAt: $known) {
          placed { code kind practices subject { name } parts { share practices entity { ...Brief } } }
          residue { code kind } } }""",
    "history": """{ gpPractices(WHEN) { nodes { code history { totalCount nodes { ...Event } } } }
        integratedCareBoards(WHEN) { nodes { code history(last: 5) { nodes { ...Event } } } }
        upcoming(WHEN) { totalCount nodes { entity { code } ...Event } } }
      fragment Event on HistoryEvent { change date precision relationship isOutgoing other { code name } identifier
        values { field before after } standing rule sources { code } learnt { sequence source } }""",
    "changes": """{ again: gpPractices(WHEN) { totalCount }
        changes(first: 5, knownAt: $known) { sequence epoch last hasMore changeSets { sequence opened amended
          closed withdrawn changes(first: 30) { totalCount nodes { kind entityId concept entity { ...Brief }
            relationship key otherId other { ...Brief } identifier before { ...Fact } after { ...Fact } } } } } }
      fragment Fact on RecordedFact { validity { from fromPrecision to toPrecision } standing rule sources { code }
        values { field value } }""",
    "counts": """{ graph(knownAt: $known) { sequence counts(asOf: $day) { gpPractices integratedCareBoards
        registeredPractices registeredNetworks registeredPracticesInNoNetwork districts } } }""",
}

_DEAR = {"changes", "gaps", "asking", "summary", "nearest", "postcode"}  # asked of one date alone


def _document(question: str) -> str:
    used = f"query Asked($day: Date, $known: KnownAt) {question.replace('WHEN', 'asOf: $day, knownAt: $known')}"
    parts = {
        "Named": f"fragment Named on Entity {{ __typename id code name {_LIFE} }}",
        "Brief": f"fragment Brief on Entity {{ __typename id code name {_VALIDITY} standing }}",
        "Held": f"fragment Held on Link {{ {_LIFE} }}",
    }
    return " ".join([used, *(text for name, text in parts.items() if f"...{name}" in question)])


async def _answers(ask: Asking, known: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what is answered to every question, and the reasons of what is absent."""
    found = {}
    for day in DAYS:
        for name, question in _QUESTIONS.items():
            if name in _DEAR and day != DAYS[2]:
                continue
            whole = await ask.whole(_document(question), day=day, known=known)
            assert "errors" not in whole, (name, whole["errors"])
            absent = [(one["path"], one["reason"], one["since"]) for one in whole["extensions"].get("absent", ())]
            found[f"{name} {day}"] = (whole["data"], absent)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_an_answer_at_a_sequence_is_the_one_that_was_given_then(
    seed: int, neo4j_driver: Driver, empty_graph: Connection
) -> None:
    """Four worlds one after the other, each a correction of the last; every question is asked of each of them twice."""
    chance = random.Random(seed)  # noqa: S311 - the same histories every time
    then: dict[int, dict[str, Any]] = {}

    async def asked() -> None:
        async with asking(empty_graph, TODAY) as ask:
            for sequence in corrections(neo4j_driver, chance, 4):
                then[sequence] = await _answers(ask)
            for sequence, answers in then.items():
                told = await _answers(ask, {"sequence": sequence})
                differing = [name for name, answer in answers.items() if told[name] != answer]
                assert not differing, (sequence, differing[0], answers[differing[0]], told[differing[0]])

    asyncio.run(asked())
    assert len(then) == 4


_SEARCH = """query Asked($text: String!, $kinds: [EntityKind!], $first: Int, $day: Date, $known: KnownAt) {
  search(text: $text, kinds: $kinds, first: $first, asOf: $day, knownAt: $known) {
    node { __typename id code name validity { from to } standing } why text since isInForce score } }"""
# Whole, begun, misspelt, some words only; a code, a code begun, codes that were had before; few of many.
_TEXTS: tuple[dict[str, Any], ...] = (
    *({"text": text} for text in ("ash house", "P12", "hous", "bircg house", "cedar board", "P1", "E54000001", "qa1")),
    {"text": "house", "first": 1},
    {"text": "new board", "kinds": ["INTEGRATED_CARE_BOARD"], "first": 1},
)


@pytest.mark.parametrize("seed", range(5))
def test_a_search_at_a_sequence_finds_what_it_found_then(
    seed: int, neo4j_driver: Driver, empty_graph: Connection
) -> None:
    """The same hits with the same scores in the same order: those of names superseded since, and none of later ones."""
    chance = random.Random(seed)  # noqa: S311 - the same histories every time
    then: dict[int, list[Any]] = {}

    async def hits(ask: Asking, known: dict[str, Any] | None = None) -> list[Any]:
        return [await ask.data(_SEARCH, **one, day=day, known=known) for day in DAYS[1:3] for one in _TEXTS]

    async def asked() -> None:
        async with asking(empty_graph, TODAY) as ask:
            for sequence in corrections(neo4j_driver, chance, 4):
                neo4j_driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
                then[sequence] = await hits(ask)
            for sequence, answers in then.items():
                assert await hits(ask, {"sequence": sequence}) == answers, sequence

    asyncio.run(asked())
    assert len({str(one) for one in then.values()}) > 1


# Roots that can stand in one document, each with a date and a knowledge of its own.
_ROOTS = (
    "gpPractices(WHEN) { totalCount nodes { ...Brief primaryCareNetworks { nodes { ...Brief } } } }",
    "subIcbLocations(WHEN) { nodes { ...Brief gpPractices { totalCount edges { validity { from to } } } } }",
    'organisation(odsCode: "QA1", WHEN) { ...Brief }',
    'gpPractice(odsCode: "P11", WHEN) { ...Brief history { totalCount } }',
    'coverage(of: "RX1", WHEN) { outcome services { rule service { ...Brief } } }',
    'postcode(code: "OX1 1AA", WHEN) { basis note candidates { distanceKilometres practice { ...Brief } } }',
    'nearest(to: {code: "P12"}, kind: GP_PRACTICE, WHEN) { hits { distanceKilometres node { ...Brief } } }',
    "coverageGaps(WHEN) { counts { inAll gaps } nodes { subject { ...Brief } nearest { basis } } }",
    "coverageSummary(by: REGION, WHEN) { networks { gaps } rows { within { ...Brief } practices { inAll covered } } }",
    "graph(KNOWN) { sequence contradictionCounts { kind } counts(DAY) { gpPractices registeredNetworks } }",
)


def _root(root: str, day: str, sequence: int | None) -> str:
    known = "" if sequence is None else f"knownAt: {{sequence: {sequence}}}"
    when = f'asOf: "{day}"' + (f", {known}" if known else "")
    text = root.replace("WHEN", when).replace("DAY", f'asOf: "{day}"')
    return text.replace("(KNOWN)", f"({known})" if known else "")


def test_roots_of_different_dates_and_knowledge_do_not_leak(neo4j_driver: Driver, empty_graph: Connection) -> None:
    """Each of several roots in one document answers as it does alone, and it is one statement."""
    chance = random.Random(1)  # noqa: S311 - the same histories every time
    assert len([*corrections(neo4j_driver, chance, 3)]) == 3
    brief = f"fragment Brief on Entity {{ id name {_VALIDITY} }}"

    async def asked() -> None:
        async with asking(empty_graph, TODAY) as ask:
            await ask.data("{ graph { sequence } }")
            alone: dict[str, Any] = {}
            for at in range(12):
                taken = (_ROOTS[at % len(_ROOTS)], *chance.sample(_ROOTS, 2))  # to plan all of them at once takes long
                roots = [_root(root, chance.choice(DAYS), chance.choice((None, 1, 2, 3))) for root in taken]
                for root in roots:
                    if root not in alone:
                        text = f"{{ only: {root} }} {brief if '...Brief' in root else ''}"
                        alone[root] = (await ask.data(text))["only"]
                before = len(ask.graph.statements)
                mixed = await ask.data(f"{{ {' '.join(f'a{at}: {root}' for at, root in enumerate(roots))} }} {brief}")
                assert len(ask.graph.statements) == before + 1
                for at, root in enumerate(roots):
                    assert mixed[f"a{at}"] == alone[root], root

    asyncio.run(asked())
