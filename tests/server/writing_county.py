"""What tests of writes share: the made-up county of the coverage rules, a key, and a client that writes there."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from neo4j import Driver

from cypher.access_keys import create_key
from cypher.errors import IntegrityViolated
from cypher.writer import Writer
from server.app import create_app
from server.connection import Connection
from server.database import Neo4jGraph
from server.keys import new_key
from server.settings import Settings
from server.writing import Neo4jWriting
from tests.cypher.coverage.shire import TODAY, Record, write

__all__ = ["EVIDENCE", "Client", "county", "flaws", "key_of", "writing"]

EVIDENCE: Mapping[str, Any] = {
    "publisher": "Shire Libraries",
    "date": "2026-08-01",
    "documentTitle": "Service level agreement of August 2026",
}
_RESULT = """
  sequence isDryRun isRepeated opened amended closed withdrawn
  source { code publisher title url }
  coverageGainedCount coverageLostCount
  coverageGained { subject { code } serviceCode rule group terms extent share validity { from to } }
  coverageLost { subject { code } serviceCode rule group terms extent share validity { from to } }
"""
_OF = {
    "recordAgreement": "agreement { id code kind terms validity { from to } areas { nodes { code } } }",
    "endAgreement": "agreement { id code validity { from to } contradictions { nodes { said chosenValue reason } } }",
    "recordEligibility": "eligibility { id code group evidence basis absent { field } }",
    "recordKnowledgeService": "knowledgeService { id code name hosts { nodes { code } } absent { field } }",
    "withdraw": "withdrawnId entity { code validity { to } }",
}


def county(driver: Driver, *records: Record) -> Writer:
    """Fill a wiped graph with the county and what is said in it; return its writer."""
    writer = Writer(driver, TODAY)
    writer.prepare()
    write(writer, *records)
    return writer


def flaws(writer: Writer) -> dict[str, list[str]]:
    """Return what is not sound in the graph: the county itself lacks a system for its board."""
    try:
        writer.check()
    except IntegrityViolated as error:
        return error.violations
    return {}


def key_of(driver: Driver, name: str = "shire-library", *scopes: str) -> str:
    """Return a new key's token."""
    made = new_key()
    create_key(driver, "neo4j", id_=made.id, name=name, hash_=made.hash, scopes=scopes or ("coverage:write",))
    return made.token


class Client:
    """Sends mutations as a client would."""

    def __init__(self, http: httpx.AsyncClient, token: str | None) -> None:
        self.http = http
        self.token = token

    async def post(self, query: str, token: str | None = None, **variables: Any) -> httpx.Response:
        """Send a document."""
        given = token or self.token
        headers = {"authorization": f"Bearer {given}"} if given else {}
        body = {"query": query, "variables": variables}
        return await self.http.post("/graphql", json=body, headers=headers)

    async def answer(self, field: str, **input_: Any) -> dict[str, Any]:
        """Send one mutation, its evidence and idempotency key made up where they are not given; return the answer."""
        kind = f"{field[0].upper()}{field[1:]}Input"
        sent = {"evidence": EVIDENCE, "idempotencyKey": f"test {field} {sorted(input_.items())}", **input_}
        sent["idempotencyKey"] = "".join(one for one in sent["idempotencyKey"] if "!" <= one <= "~")[:190]
        query = f"mutation($input: {kind}!) {{ {field}(input: $input) {{ {_RESULT} {_OF[field]} }} }}"
        response = await self.post(query, input=sent)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def done(self, field: str, **input_: Any) -> dict[str, Any]:
        """Return the result of a mutation that is written."""
        answer = await self.answer(field, **input_)
        assert "errors" not in answer, answer["errors"]
        result: dict[str, Any] = answer["data"][field]
        return result

    async def refused(self, field: str, **input_: Any) -> dict[str, Any]:
        """Return the error of a mutation that is refused."""
        answer = await self.answer(field, **input_)
        assert answer["data"] == {field: None}
        (error,) = answer["errors"]
        assert error["path"] == [field]
        found: dict[str, Any] = error
        return found

    async def read(self, query: str) -> dict[str, Any]:
        """Return the data of a query, which is sent without the key."""
        response = await self.http.post("/graphql", json={"query": query})
        data: dict[str, Any] = response.json()["data"]
        return data


@asynccontextmanager
async def writing(connection: Connection, token: str | None = None) -> AsyncIterator[Client]:
    """Give a client of the application, which writes as of a day in August 2026."""
    async with Neo4jGraph(connection, "neo4j", 60) as graph:
        writer = Neo4jWriting(connection, "neo4j", lambda: TODAY)
        app = create_app(Settings(), graph, cursor_secret=b"tests", today=lambda: TODAY, writing=writer)
        try:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
                yield Client(http, token)
        finally:
            await writer.close()
