"""Mutations over HTTP: what a service manager records is written as a load would be, and what came of it is shown."""

from typing import Any

import pytest
from neo4j import Driver

from cypher.writer import Writer
from server.connection import Connection
from tests.conftest import wipe
from tests.server.writing_county import EVIDENCE, county, flaws, key_of, writing

AGREEMENT: dict[str, Any] = {
    "service": "library",
    "kind": "FORMAL",
    "group": "GP_PRACTICES",
    "area": "NORTH",
    "terms": "SLA",
    "from": "2026-08-01",
}


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give the county, and its writer."""
    wipe(neo4j_driver)
    return county(neo4j_driver)


@pytest.fixture
def token(neo4j_driver: Driver, writer: Writer) -> str:
    """Give a key for writing in the county."""
    assert writer.head().sequence == 1
    return key_of(neo4j_driver)


async def test_an_agreement_is_recorded_and_shows_what_it_covers(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """Its practices, and their network in part; the graph is sound, and everybody sees it at once."""
    before = flaws(writer)
    async with writing(neo4j_connection, token) as client:
        result = await client.done("recordAgreement", **AGREEMENT)
        seen = await client.read(
            '{ graph { sequence } coverage(of: "ZZZ") { outcome } changeSet(sequence: 2)'
            ' { source by operation opened } knowledgeService(code: "library") { agreements { nodes { code } } } }'
        )

    assert (result["sequence"], result["isDryRun"], result["isRepeated"]) == (2, False, False)
    assert result["agreement"]["code"] == "library--gp-practices--north--recorded-1"
    assert result["agreement"]["areas"]["nodes"] == [{"code": "NORTH"}]
    gained = [(one["subject"]["code"], one["extent"], one["share"], one["rule"]) for one in result["coverageGained"]]
    assert gained == [
        ("P1", "WHOLE", None, "AGREEMENT"),
        ("P2", "WHOLE", None, "AGREEMENT"),
        ("ALL", "PART", 2 / 3, "AGREEMENT"),
    ]
    assert {(one["validity"]["from"], one["validity"]["to"]) for one in result["coverageGained"]} == {
        ("2026-08-01", "2036-08-01")
    }
    assert result["coverageLost"] == []
    assert result["source"]["publisher"] == "Shire Libraries"
    assert seen["graph"]["sequence"] == 2
    assert seen["changeSet"] == {
        "source": result["source"]["code"],
        "by": "shire-library",
        "operation": "recordAgreement",
        "opened": result["opened"],
    }
    assert seen["knowledgeService"]["agreements"]["nodes"] == [{"code": result["agreement"]["code"]}]
    assert flaws(writer) == before


async def test_a_dry_run_shows_the_same_and_writes_nothing(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """But that it has no sequence."""
    before = writer.held()
    async with writing(neo4j_connection, token) as client:
        dry = await client.done("recordAgreement", **AGREEMENT, dryRun=True)
        after = writer.held()
        real = await client.done("recordAgreement", **AGREEMENT)

    assert after == before
    assert (dry["sequence"], dry["isDryRun"]) == (None, True)
    assert {**dry, "sequence": 2, "isDryRun": False} == real


async def test_the_same_request_again_gives_the_first_result(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """And writes nothing, whatever else was written since."""
    async with writing(neo4j_connection, token) as client:
        first = await client.done("recordAgreement", **AGREEMENT, idempotencyKey="first-one")
        await client.done("recordAgreement", **{**AGREEMENT, "area": "SOUTH"})
        again = await client.done("recordAgreement", **AGREEMENT, idempotencyKey="first-one")

    assert again == {**first, "isRepeated": True}
    assert writer.head().sequence == 3


async def test_one_key_is_for_one_input(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """Another input under it is a mistake, and is not written."""
    async with writing(neo4j_connection, token) as client:
        await client.done("recordAgreement", **AGREEMENT, idempotencyKey="first-one")
        error = await client.refused("recordAgreement", **{**AGREEMENT, "area": "SOUTH"}, idempotencyKey="first-one")

    assert error["extensions"]["code"] == "IDEMPOTENCY_KEY_USED"
    assert error["extensions"]["sequence"] == 2
    assert writer.head().sequence == 2


async def test_a_write_can_hang_on_the_sequence(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """Where the graph has moved it is refused, and says where the graph is."""
    async with writing(neo4j_connection, token) as client:
        await client.done("recordAgreement", **AGREEMENT, ifSequence=1)
        error = await client.refused("recordAgreement", **{**AGREEMENT, "area": "SOUTH"}, ifSequence=1)

    assert (error["extensions"]["code"], error["extensions"]["allowed"]) == ("SEQUENCE_MOVED", 2)
    assert writer.head().sequence == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"service": "nowhere"}, "UNKNOWN_KNOWLEDGE_SERVICE"),
        ({"area": "Q99"}, "UNKNOWN_CODE"),
        ({"area": "ALL"}, "UNKNOWN_CODE"),
        ({"from": "1950-01-01", "to": "1960-01-01"}, "NOT_IN_FORCE"),
        ({"to": "2026-08-01"}, "END_BEFORE_START"),
        ({"to": "2026-07-01"}, "END_BEFORE_START"),
        ({"from": "1066-10-14"}, "DATE_OUT_OF_RANGE"),
        ({"from": "9999-10-14"}, "DATE_OUT_OF_RANGE"),
        ({"quote": "x" * 4001}, "TEXT_TOO_LONG"),
        ({"quote": "bell \a"}, "MALFORMED_TEXT"),
        ({"idempotencyKey": "short"}, "MALFORMED_IDEMPOTENCY_KEY"),
        ({"evidence": {"publisher": "Shire", "date": "2026-08-01"}}, "EVIDENCE_NEEDED"),
        ({"evidence": {**EVIDENCE, "date": "2026-08-16"}}, "EVIDENCE_OF_THE_FUTURE"),
        ({"evidence": {**EVIDENCE, "url": "javascript:alert(1)"}}, "MALFORMED_ADDRESS"),
    ],
)
async def test_what_is_not_in_order_is_refused_in_words(
    neo4j_connection: Connection, writer: Writer, token: str, changed: dict[str, Any], code: str
) -> None:
    """With a code and what was sent; nothing is written."""
    async with writing(neo4j_connection, token) as client:
        error = await client.refused("recordAgreement", **{**AGREEMENT, **changed})

    assert error["extensions"]["code"] == code
    assert "argument" in error["extensions"]
    assert writer.head().sequence == 1


async def test_an_agreement_that_is_held_is_not_recorded_again(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """The error names it; for another time, or another group, it is another."""
    async with writing(neo4j_connection, token) as client:
        first = await client.done("recordAgreement", **AGREEMENT, to="2026-12-01")
        error = await client.refused("recordAgreement", **{**AGREEMENT, "from": "2026-11-01"})
        later = await client.done("recordAgreement", **{**AGREEMENT, "from": "2026-12-01"})

    assert error["extensions"]["code"] == "AGREEMENT_EXISTS"
    assert error["extensions"]["exists"] == first["agreement"]["code"]
    assert later["agreement"]["code"] == "library--gp-practices--north--recorded-2"
    assert writer.head().sequence == 3


async def test_whoever_wrote_reads_it_at_once(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """What the process remembers of the same question is not given again, however young it is."""
    seen = []
    async with writing(neo4j_connection, token) as client:
        for area in ("NORTH", "SOUTH", "BOROUGH"):
            await client.done("recordAgreement", **{**AGREEMENT, "area": area})
            for _ in range(2):
                answer = await client.read("{ graph { sequence } agreements { totalCount } }")
                seen.append((answer["graph"]["sequence"], answer["agreements"]["totalCount"]))

    assert seen == [(2, 1), (2, 1), (3, 2), (3, 2), (4, 3), (4, 3)]
    assert writer.head().sequence == 4


@pytest.mark.parametrize(
    "hostile",
    [
        "'}) DETACH DELETE n //",
        "$written",
        "{choice:written}",
        "\\u0027 OR true",
        "__import__('os').system('x')",
        "Ünïcödé 🏥",
    ],
)
async def test_a_hostile_text_is_a_text(neo4j_connection: Connection, writer: Writer, token: str, hostile: str) -> None:
    """Where a text may stand it comes back as it was sent; where a code must stand nothing has it."""
    async with writing(neo4j_connection, token) as client:
        kept = await client.done("recordAgreement", **AGREEMENT, quote=hostile, name=hostile, dryRun=True)
        evidence = {**EVIDENCE, "publisher": hostile, "documentTitle": hostile}
        sourced = await client.done("recordAgreement", **AGREEMENT, evidence=evidence)
        codes = [
            await client.refused("recordAgreement", **{**AGREEMENT, argument: hostile})
            for argument in ("service", "area")
        ]

    assert kept["coverageGainedCount"] == 3
    assert (sourced["source"]["publisher"], sourced["source"]["title"]) == (hostile, hostile)
    assert [one["extensions"]["code"] for one in codes] == ["UNKNOWN_KNOWLEDGE_SERVICE", "UNKNOWN_CODE"]
    assert writer.head().sequence == 2
