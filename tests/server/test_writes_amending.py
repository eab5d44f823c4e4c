"""Mutations over HTTP that put right: an agreement ends, whoever stated it; an error is taken back."""

from datetime import date
from typing import Any

import pytest
from neo4j import Driver

from cypher.writer import Writer
from server.connection import Connection
from tests.conftest import wipe
from tests.cypher.coverage.shire import agreement
from tests.server.writing_county import county, flaws, key_of, writing

RECORDED: dict[str, Any] = {
    "service": "library",
    "kind": "FORMAL",
    "group": "GP_PRACTICES",
    "area": "SOUTH",
    "from": "2026-01-01",
}
_IDS = "{ agreements { nodes { id code } } }"


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give the county with an agreement that a loaded source states, and its writer."""
    wipe(neo4j_driver)
    return county(neo4j_driver, *agreement("sla", "LocalAuthority:NORTH"))


@pytest.fixture
def token(neo4j_driver: Driver, writer: Writer) -> str:
    """Give a key for writing in the county."""
    assert writer.head().sequence == 1
    return key_of(neo4j_driver)


async def test_an_agreement_that_a_source_states_can_be_ended(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """Its coverage is lost from that day on; the source's own word, that it goes on, becomes a claim."""
    before = flaws(writer)
    async with writing(neo4j_connection, token) as client:
        result = await client.done("endAgreement", agreement="sla", to="2026-08-10")

    assert result["agreement"]["validity"]["to"] == "2026-08-10"
    assert result["coverageGained"] == []
    lost = [(one["subject"]["code"], one["validity"]["from"], one["validity"]["to"]) for one in result["coverageLost"]]
    assert lost == [(code, "2026-08-10", "2030-01-01") for code in ("P1", "P2", "ALL")]
    assert result["agreement"]["contradictions"]["nodes"] == [
        {"said": "no end", "chosenValue": "ended 2026-08-10", "reason": "DATED"}
    ]
    assert flaws(writer) == before


async def test_an_ending_can_lie_ahead(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """Until then it is in force, and covers."""
    async with writing(neo4j_connection, token) as client:
        await client.done("endAgreement", agreement="sla", to="2027-04-01")
        covered = "coveredBy { nodes { code } }"
        seen = await client.read(
            f'{{ now: node(id: "R1BQcmFjdGljZTpQMQ") {{ ... on GPPractice {{ {covered} }} }}'
            f' last: node(id: "R1BQcmFjdGljZTpQMQ", asOf: "2027-03-31") {{ ... on GPPractice {{ {covered} }} }}'
            f' then: node(id: "R1BQcmFjdGljZTpQMQ", asOf: "2027-04-01") {{ ... on GPPractice {{ {covered} }} }} }}'
        )

    library = [{"code": "library"}]
    assert {name: one["coveredBy"]["nodes"] for name, one in seen.items()} == {
        "now": library,
        "last": library,
        "then": [],
    }
    assert writer.head().sequence == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"agreement": "nothing"}, "UNKNOWN_AGREEMENT"),
        ({"to": "2020-01-01"}, "END_BEFORE_START"),
        ({"to": "2019-01-01"}, "END_BEFORE_START"),
    ],
)
async def test_an_ending_that_cannot_be_is_refused(
    neo4j_connection: Connection, writer: Writer, token: str, changed: dict[str, Any], code: str
) -> None:
    """In words, and nothing is written."""
    async with writing(neo4j_connection, token) as client:
        error = await client.refused("endAgreement", **{"agreement": "sla", "to": "2026-08-10", **changed})

    assert error["extensions"]["code"] == code
    assert writer.head().sequence == 1


async def test_what_has_ended_ends_once(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """A later day is refused, an earlier one is not: it was over by then."""
    async with writing(neo4j_connection, token) as client:
        await client.done("endAgreement", agreement="sla", to="2026-08-10")
        error = await client.refused("endAgreement", agreement="sla", to="2026-08-12")
        sooner = await client.done("endAgreement", agreement="sla", to="2026-07-01")

    assert error["extensions"]["code"] == "ENDED_ALREADY"
    assert sooner["agreement"]["validity"]["to"] == "2026-07-01"
    assert writer.head().sequence == 3


async def test_an_ending_that_was_an_error_is_taken_back(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """Everything is as the source says again, and the claim is gone; there is no second ending to take back."""
    before = writer.content_hash()
    async with writing(neo4j_connection, token) as client:
        ended = await client.done("endAgreement", agreement="sla", to="2026-08-10")
        id_ = ended["agreement"]["id"]
        back = await client.done("withdraw", id=id_, what="ENDING")
        error = await client.refused("withdraw", id=id_, what="ENDING", idempotencyKey="once-more")

    assert back["entity"] == {"code": "sla", "validity": {"to": None}}
    assert back["coverageGained"] == ended["coverageLost"]
    assert error["extensions"]["code"] == "NOT_ENDED_HERE"
    assert writer.content_hash() == before


async def test_what_was_recorded_in_error_is_taken_back(
    neo4j_connection: Connection, writer: Writer, token: str
) -> None:
    """With the coverage that came of it: what is held is what was held before, and the history keeps both."""
    before = writer.content_hash()
    async with writing(neo4j_connection, token) as client:
        recorded = await client.done("recordAgreement", **RECORDED)
        back = await client.done("withdraw", id=recorded["agreement"]["id"], what="EVERYTHING")
        again = await client.refused(
            "withdraw", id=recorded["agreement"]["id"], what="EVERYTHING", idempotencyKey="once-more"
        )
        anew = await client.done("recordAgreement", **RECORDED, idempotencyKey="recorded-anew")

    assert (back["withdrawnId"], back["entity"]) == (recorded["agreement"]["id"], None)
    assert back["coverageLost"] == recorded["coverageGained"]
    assert back["coverageGained"] == []
    assert again["extensions"]["code"] == "NOTHING_TO_WITHDRAW"
    assert anew["agreement"]["code"] == "library--gp-practices--south--recorded-2"
    assert before != writer.content_hash()


async def test_a_sources_word_is_not_withdrawn(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """Its next issue would say it again; neither is what is no statement at all."""
    async with writing(neo4j_connection, token) as client:
        (sla,) = (await client.read(_IDS))["agreements"]["nodes"]
        error = await client.refused("withdraw", id=sla["id"], what="EVERYTHING")
        (trust, *_) = (await client.read("{ nhsTrusts { nodes { id } } }"))["nhsTrusts"]["nodes"]
        other = await client.refused("withdraw", id=trust["id"], what="EVERYTHING")
        malformed = await client.refused("withdraw", id="nonsense", what="EVERYTHING")

    assert (error["extensions"]["code"], error["extensions"]["sources"]) == ("NOT_RECORDED_HERE", ["world"])
    assert other["extensions"]["code"] == "NOT_RECORDED_HERE"
    assert malformed["extensions"]["code"] == "MALFORMED_ID"
    assert writer.head().sequence == 1


async def test_an_eligibility_is_recorded_and_covers(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """By the rule for published eligibility, with the evidence's date; unknown terms are said to be unknown."""
    before = flaws(writer)
    async with writing(neo4j_connection, token) as client:
        result = await client.done(
            "recordEligibility", service="library", group="PUBLIC_HEALTH", area="SHIRE", **{"from": "2026-08-01"}
        )
        again = await client.refused(
            "recordEligibility", service="library", group="PUBLIC_HEALTH", area="SHIRE", **{"from": "2026-08-02"}
        )

    assert [one["subject"]["code"] for one in result["coverageGained"]] == ["SHIRE"]
    assert {one["rule"] for one in result["coverageGained"]} == {"PUBLISHED_ELIGIBILITY"}
    assert result["eligibility"]["evidence"] == "stated"
    assert {"field": "terms"} in result["eligibility"]["absent"]
    assert again["extensions"]["code"] == "ELIGIBILITY_EXISTS"
    assert flaws(writer) == before


async def test_a_service_is_recorded_with_its_host(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """It covers the staff of its host from then on, can agree with others, and goes only when nothing rests on it."""
    before, clean = flaws(writer), writer.content_hash()
    async with writing(neo4j_connection, token) as client:
        result = await client.done(
            "recordKnowledgeService", name="Southern Library", host="RX", **{"from": "2026-02-01"}
        )
        service = result["knowledgeService"]
        again = await client.refused("recordKnowledgeService", name="southern library", **{"from": "2026-03-01"})
        agreed = await client.done("recordAgreement", **{**RECORDED, "service": service["code"]})
        in_use = await client.refused("withdraw", id=service["id"], what="EVERYTHING")
        sound = flaws(writer)
        await client.done("withdraw", id=agreed["agreement"]["id"], what="EVERYTHING")
        gone = await client.done("withdraw", id=service["id"], what="EVERYTHING", idempotencyKey="service-gone")

    assert service["code"] == "southern-library--recorded-1"
    assert service["hosts"]["nodes"] == [{"code": "RX"}]
    assert [(one["subject"]["code"], one["rule"]) for one in result["coverageGained"]] == [("RX", "HOST")]
    assert again["extensions"]["code"] == "KNOWLEDGE_SERVICE_EXISTS"
    assert in_use["extensions"]["code"] == "STILL_IN_USE"
    assert sound == before
    assert [one["serviceCode"] for one in gone["coverageLost"]] == [service["code"]]
    assert writer.content_hash() == clean


async def test_several_fields_are_written_in_order(neo4j_connection: Connection, writer: Writer, token: str) -> None:
    """Each as a change set of its own; one that is refused is null and leaves the others."""
    query = """
      mutation($one: RecordAgreementInput!, $bad: RecordAgreementInput!, $two: EndAgreementInput!) {
        __typename
        one: recordAgreement(input: $one) { sequence agreement { code } }
        bad: recordAgreement(input: $bad) { sequence }
        two: endAgreement(input: $two) { sequence changeSet { sequence by operation } }
      }
    """
    of = {"evidence": {"publisher": "Shire", "date": "2026-08-01", "url": "https://shire.example"}}
    async with writing(neo4j_connection, token) as client:
        response = await client.post(
            query,
            one={**RECORDED, **of, "idempotencyKey": "several-1"},
            bad={**RECORDED, **of, "idempotencyKey": "several-2"},
            two={"agreement": "sla", "to": str(date(2026, 8, 10)), **of, "idempotencyKey": "several-3"},
        )

    assert response.status_code == 200
    answer = response.json()
    assert answer["data"] == {
        "__typename": "Mutation",
        "one": {"sequence": 2, "agreement": {"code": "library--gp-practices--south--recorded-1"}},
        "bad": None,
        "two": {"sequence": 3, "changeSet": {"sequence": 3, "by": "shire-library", "operation": "endAgreement"}},
    }
    assert [(one["path"], one["extensions"]["code"]) for one in answer["errors"]] == [(["bad"], "AGREEMENT_EXISTS")]
    assert answer["extensions"]["sequence"] == 3
    assert writer.head().sequence == 3
