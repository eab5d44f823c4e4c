"""The protocol graphql-transport-ws: what is asked by it, what breaks it, and a client that does not read."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from tests.server.live.following import (
    FOLLOW,
    LARGE,
    MUCH,
    Serving,
    closed,
    dropped,
    narrow_connection,
    next_message,
    open_socket,
    say,
)


async def test_queries_and_subscriptions_share_a_socket(serving: Serving, write: Callable[[], int]) -> None:
    """A query is one result and complete; a subscription goes on beside it until the client completes it."""
    last = write()
    async with open_socket(serving) as made:
        await say(made, id="s", type="subscribe", payload={"query": FOLLOW, "variables": {"after": last}})
        await say(made, id="q", type="subscribe", payload={"query": "{ graph { sequence } }"})
        query = [await next_message(made), await next_message(made)]
        write()
        event = await next_message(made)
        await say(made, id="s", type="complete")
        write()
        await say(made, type="ping", payload={"at": 1})
        await asyncio.sleep(1)
        pong = await next_message(made)
        await say(made, id="s", type="subscribe", payload={"query": "{ graph { sequence } }"})
        again = await next_message(made)

    assert query[0]["payload"]["data"] == {"graph": {"sequence": last}}
    assert query[1] == {"id": "q", "type": "complete"}
    assert (event["id"], event["type"]) == ("s", "next")
    assert event["payload"]["data"] == {"changes": {"sequence": last + 1}}
    assert pong == {"type": "pong", "payload": {"at": 1}}
    assert again["payload"]["data"] == {"graph": {"sequence": last + 2}}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { changes { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changes { __typename " + "sequence " * 5000 + "} }", "TOO_MANY_TOKENS"),
        (
            "subscription { changes "
            + "{ changes { nodes { entity { history { nodes " * 5
            + "{ change }"
            + "}" * 25
            + "}",
            "",
        ),
        (
            "subscription { changes { changes(first: 1000) { nodes { entity { history(first: 1000) { nodes { entity {"
            " history(first: 1000) { nodes { values { field } } } } } } } } } } }",
            "TOO_COSTLY",
        ),
        ("{ graph { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
    ids=["syntax", "unknown", "tokens", "nested", "cost", "query"],
)
async def test_a_document_is_held_to_the_same_limits(serving: Serving, query: str, code: str) -> None:
    """It ends with an error that has a code, and the socket is as good as before."""
    async with open_socket(serving) as made:
        await say(made, id="1", type="subscribe", payload={"query": query})
        told = await next_message(made)
        await say(made, id="1", type="subscribe", payload={"query": "{ __typename }"})
        after = await next_message(made)

    assert (told["id"], told["type"]) == ("1", "error")
    assert told["payload"][0]["extensions"]["code"] == code or not code
    assert after["payload"]["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([], 4408),
        ([{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}], 4401),
        ([{"type": "connection_init"}, {"type": "connection_init"}], 4429),
        ([{"type": "connection_init"}, {"type": "subscribe", "payload": {}}], 4400),
        ([{"type": "connection_init"}, {"type": "subscribe", "id": "1"}], 4400),
        ([{"type": "connection_init"}, {"type": "other"}], 4400),
        (
            [
                {"type": "connection_init"},
                *[{"type": "subscribe", "id": "1", "payload": {"query": FOLLOW}} for _ in range(2)],
            ],
            4409,
        ),
    ],
    ids=["no init", "no leave", "two inits", "no id", "no payload", "unknown", "same id"],
)
async def test_what_breaks_the_protocol_closes_with_its_code(
    serving: Serving, messages: list[dict[str, Any]], code: int
) -> None:
    """The codes are those of graphql-transport-ws, and a reason is given."""
    async with open_socket(serving, is_initialised=False) as made:
        for message in messages:
            await made.send(json.dumps(message))
        given, reason = await closed(made)

    assert (given, bool(reason)) == (code, True)


async def test_what_is_no_message_and_what_is_no_protocol_is_refused(serving: Serving) -> None:
    """No JSON is 4400; another protocol, or none, 4406; a page of another origin is not let in at all."""
    address = serving.address.replace("http", "ws")
    async with open_socket(serving) as made:
        await made.send("{")
        no_json = await closed(made)
    async with connect(address, subprotocols=[Subprotocol("graphql-ws")]) as made:
        other = await closed(made)
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            address, subprotocols=[Subprotocol("graphql-transport-ws")], origin=Origin("https://elsewhere.example")
        ):
            pass
    await asyncio.sleep(0.2)  # until its connection is closed, before the loop is

    assert (no_json[0], other[0]) == (4400, 4406)
    assert refused.value.response.status_code == 403


async def test_a_socket_that_is_not_read_is_closed_with_the_reason(serving: Serving, much: int) -> None:
    """Nothing is read for it from the graph meanwhile, so nothing piles up; read at last, it says why."""
    address = serving.address.replace("http", "ws")
    protocols = [Subprotocol("graphql-transport-ws")]
    narrow = narrow_connection(serving.port)
    async with connect(
        address, sock=narrow, subprotocols=protocols, compression=None, max_size=None, max_queue=1, ping_interval=None
    ) as made:
        await say(made, type="connection_init")
        await next_message(made)
        await say(made, id="1", type="subscribe", payload={"query": LARGE, "variables": {"after": much}})
        read = await dropped(serving)
        code, reason = await closed(made)

    assert (code, reason.partition(":")[0]) == (4508, "SLOW_READER")
    assert read < MUCH
