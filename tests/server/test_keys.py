"""Who may write: keys are known by a slow hash, opened to nobody else, and a flood of wrong ones is held off."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from neo4j import Driver

from cypher.access_keys import list_keys, revoke_key
from cypher.errors import KeyNameTaken, NoSuchKey
from cypher.writer import Writer
from server.app import create_app
from server.connection import Connection
from server.errors import TooManyKeys, WrongKey
from server.keys import Keys, new_key
from server.settings import Settings
from tests.conftest import wipe
from tests.server.writing_county import EVIDENCE, county, key_of, writing

_QUERY = "mutation($input: EndAgreementInput!) { endAgreement(input: $input) { sequence } }"
_INPUT = {"agreement": "sla", "to": "2026-08-10", "evidence": EVIDENCE, "idempotencyKey": "keys-test"}


class _OneKey:
    """A `Graph` that knows one key and nothing else."""

    def __init__(self, id_: str, hash_: str) -> None:
        self.known = {id_: ["somebody", hash_, ["coverage:write"]]}

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Give the key of an id."""
        assert "AccessKey" in text
        return [self.known[parameters["id"]]] if parameters["id"] in self.known else []


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give the county, and its writer."""
    wipe(neo4j_driver)
    return county(neo4j_driver)


def _code(response: httpx.Response) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


async def test_only_who_has_a_key_for_it_writes(
    neo4j_connection: Connection, neo4j_driver: Driver, writer: Writer
) -> None:
    """Without one and with a wrong one 401, with one for something else 403; reading needs none."""
    good, other = key_of(neo4j_driver), key_of(neo4j_driver, "reader", "something:else")
    wrong = good[:-1] + ("A" if good[-1] != "A" else "B")
    async with writing(neo4j_connection) as client:
        none = await client.post(_QUERY, input=_INPUT)
        false = await client.post(_QUERY, wrong, input=_INPUT)
        unknown = await client.post(_QUERY, new_key().token, input=_INPUT)
        malformed = await client.post(_QUERY, "a-key", input=_INPUT)
        lacking = await client.post(_QUERY, other, input=_INPUT)
        right = await client.post(_QUERY, good, input=_INPUT)
        read = await client.post("{ graph { sequence } }")

    assert [(one.status_code, _code(one)) for one in (none, false, unknown, malformed)] == [
        (401, "KEY_NEEDED"),
        (401, "WRONG_KEY"),
        (401, "WRONG_KEY"),
        (401, "WRONG_KEY"),
    ]
    assert all(one.headers["www-authenticate"].startswith("Bearer") for one in (none, false, unknown, malformed))
    assert all("data" not in one.json() for one in (none, false, unknown, malformed, lacking))
    assert (lacking.status_code, _code(lacking)) == (403, "SCOPE_MISSING")
    assert (right.status_code, _code(right)) == (200, "UNKNOWN_AGREEMENT")
    assert read.json()["data"] == {"graph": {"sequence": 1}}
    assert writer.head().sequence == 1


async def test_a_revoked_key_opens_nothing_from_then_on(
    neo4j_connection: Connection, neo4j_driver: Driver, writer: Writer
) -> None:
    """Although it was just known to be right; its name is never given again."""
    assert writer.head().sequence == 1
    token = key_of(neo4j_driver)
    async with writing(neo4j_connection, token) as client:
        before = await client.post(_QUERY, input=_INPUT)
        revoke_key(neo4j_driver, "neo4j", "shire-library")
        after = await client.post(_QUERY, input=_INPUT)

    assert (before.status_code, after.status_code) == (200, 401)
    assert [one.revoked_at is not None for one in list_keys(neo4j_driver, "neo4j")] == [True]
    with pytest.raises(KeyNameTaken):
        key_of(neo4j_driver)
    with pytest.raises(NoSuchKey):
        revoke_key(neo4j_driver, "neo4j", "nobody")


async def test_a_key_is_no_fact(neo4j_driver: Driver, writer: Writer) -> None:
    """It is in no hash, no count and no answer, and its secret is nowhere."""
    before = writer.content_hash()

    token = key_of(neo4j_driver)

    assert writer.content_hash() == before
    with neo4j_driver.session() as session:
        held = session.run("MATCH (k:AccessKey) RETURN labels(k) AS labels, properties(k) AS key").single(strict=True)
    assert held["labels"] == ["AccessKey"]
    assert held["key"]["hash"].startswith("$argon2id$")
    assert token.rpartition("_")[2] not in str(held["key"])


async def test_a_mutation_by_get_is_not_allowed(neo4j_connection: Connection, writer: Writer) -> None:
    """Whoever follows a link writes nothing."""
    assert writer.head().sequence == 1
    async with writing(neo4j_connection) as client:
        response = await client.http.get("/graphql", params={"query": "mutation { __typename }"})

    assert (response.status_code, _code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "POST"


async def test_where_nothing_is_written_a_mutation_says_so() -> None:
    """An application without a writer has mutations in its schema all the same."""
    made = new_key()
    app = create_app(Settings(), _Standing(made.id, made.hash))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        headers = {"authorization": f"Bearer {made.token}"}
        body = {"query": _QUERY, "variables": {"input": _INPUT}}
        response = await http.post("/graphql", json=body, headers=headers)

    assert _code(response) == "WRITES_NOT_OFFERED"


class _Standing(_OneKey):
    """One that also stands at a sequence."""

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """Give the frame, counts and sources of an empty graph, or the key of an id."""
        return await super().read(text, parameters) if "AccessKey" in text else [[[1, None, None, {}, []]]]


async def test_a_key_is_verified_once_for_many_requests() -> None:
    """However many bear it at once, or one after the other for a while."""
    made, now = new_key(), [0.0]
    keys = Keys(_OneKey(made.id, made.hash), lambda: now[0])

    callers = await asyncio.gather(*(keys.caller(f"Bearer {made.token}") for _ in range(50)))
    later = await keys.caller(f"bearer {made.token}")
    once = keys.verifications
    now[0] += 3600
    await keys.caller(f"Bearer {made.token}")

    assert {one.name for one in callers if one} == {"somebody"} == {later.name if later else None}
    assert (once, keys.verifications) == (1, 2)
    await keys.close()


async def test_a_flood_of_wrong_keys_costs_little_and_keeps_nobody_out() -> None:
    """Ids that are not known cost no verification; of one that is known few are tried; who is remembered goes on."""
    made = new_key()
    keys = Keys(_OneKey(made.id, made.hash), lambda: 0.0)
    assert await keys.caller(f"Bearer {made.token}") is not None

    unknown = [f"Bearer {new_key().token}" for _ in range(3)]
    guesses = [f"Bearer icsgraph_{made.id}_{'A' * 41}{number:02}" for number in range(60)]
    refused = await asyncio.gather(*map(keys.caller, unknown + guesses), return_exceptions=True)

    assert [type(one) for one in refused[:3]] == [WrongKey] * 3
    assert {type(one) for one in refused} == {WrongKey, TooManyKeys}
    assert keys.verifications <= 5
    for guess in guesses[:30]:
        with pytest.raises((WrongKey, TooManyKeys)):
            await keys.caller(guess)
    assert keys.verifications <= 11
    assert await keys.caller(f"Bearer {made.token}") is not None
    await keys.close()


@pytest.mark.parametrize("sent", [None, "", "Basic dXNlcjpwYXNz", "Bearer"])
async def test_what_is_no_key_is_none(sent: str | None) -> None:
    """A proxy's own credentials are not ours to judge."""
    keys = Keys(_OneKey("x", "y"))

    if sent == "Bearer":
        with pytest.raises(WrongKey):
            await keys.caller(sent)
    else:
        assert await keys.caller(sent) is None
    await keys.close()
