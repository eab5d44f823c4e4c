"""Documents by id: a client sends an id instead of a text, and a deployment may answer nothing else."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from graphql import parse, validate

from schema.catalogue import contract
from server.cli.ask import QUERY
from server.connection import Connection
from server.errors import BadSetting
from server.persisted import PersistedDocuments, document_id
from server.settings import Settings
from tests.server.serving import SilentGraph, client_of, code_of, serving

_MANIFEST: dict[str, str] = orjson.loads(files("server").joinpath("documents.json").read_bytes())
_SYSTEMS = next(text for text in _MANIFEST.values() if text.startswith("query Systems"))
_ID = document_id(_SYSTEMS)
_HASH = _ID.removeprefix("sha256:")
_VARIABLES = {"asOf": "2026-04-01", "first": 2}
_UNKNOWN = document_id("{ __typename }")


@pytest.mark.parametrize(("given", "text"), _MANIFEST.items(), ids=[text.split("(")[0] for text in _MANIFEST.values()])
def test_what_comes_along_is_a_document_under_its_own_id(given: str, text: str) -> None:
    """The id is the text's own hash, and the text fits the schema."""
    assert given == document_id(text)
    assert validate(contract().graphql, parse(text)) == []


def test_the_main_question_comes_along() -> None:
    """The one that `icsgraph ask` sends."""
    assert document_id(QUERY) in _MANIFEST


async def test_an_id_is_answered_as_its_text_is(real_graph: Connection) -> None:
    """By POST and GET, under our name and under Apollo's, with the same tag."""
    apollo = {"persistedQuery": {"version": 1, "sha256Hash": _HASH}}
    variables = json.dumps(_VARIABLES)
    async with serving(real_graph) as (client, _):
        answers = [
            await client.post("/graphql", json={"variables": _VARIABLES, **sent})
            for sent in (
                {"query": _SYSTEMS},
                {"documentId": _ID},
                {"extensions": apollo},
                {"extensions": apollo, "query": _SYSTEMS},
            )
        ] + [
            await client.get("/graphql", params={"variables": variables, **given})
            for given in ({"documentId": _ID}, {"extensions": json.dumps(apollo)})
        ]

    assert len(answers[0].json()["data"]["integratedCareSystems"]["nodes"]) == 2
    assert {one.content for one in answers} == {answers[0].content}
    assert {one.headers["etag"] for one in answers} == {answers[0].headers["etag"]}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"documentId": _UNKNOWN}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"extensions": {"persistedQuery": {"sha256Hash": _UNKNOWN[7:]}}}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"documentId": "latest"}, "MALFORMED_DOCUMENT_ID"),
        ({"documentId": _ID.upper()}, "MALFORMED_DOCUMENT_ID"),
        ({"documentId": 7}, "MALFORMED_DOCUMENT_ID"),
        ({"documentId": ["a"]}, "MALFORMED_DOCUMENT_ID"),
        ({"extensions": {"persistedQuery": {"sha256Hash": {}}}}, "MALFORMED_DOCUMENT_ID"),
        ({"extensions": {"persistedQuery": "x"}}, "MALFORMED_BODY"),
        ({"documentId": _ID, "query": _SYSTEMS}, "TWO_DOCUMENTS"),
        ({"extensions": {"persistedQuery": {"sha256Hash": _HASH}}, "query": "{ __typename }"}, "DOCUMENT_ID_MISMATCH"),
        ({"extensions": {"persistedQuery": {}}}, "NO_QUERY"),
    ],
)
async def test_an_id_that_leads_nowhere_is_a_400_with_a_code(sent: dict[str, Any], code: str) -> None:
    """Apollo's clients know the code of an unknown one, and then send the text."""
    async with client_of(SilentGraph()) as client:
        response = await client.post("/graphql", json=sent)

    assert (response.status_code, code_of(response)) == (400, code)


async def test_with_an_allow_list_nothing_else_is_answered(real_graph: Connection) -> None:
    """Not even introspection; a text that is on the list is as good as its id."""
    async with serving(real_graph, Settings(documents_only=True)) as (client, graph):
        refused: list[httpx.Response] = [
            await client.post("/graphql", json={"query": query})
            for query in ("{ graph { sequence } }", "{ __schema { types { name } } }", _SYSTEMS + " ")
        ]
        refused.append(await client.get("/graphql", params={"query": "{ graph { sequence } }"}))
        assert graph.statements == []
        by_id = await client.post("/graphql", json={"documentId": _ID, "variables": _VARIABLES})
        by_text = await client.post("/graphql", json={"query": _SYSTEMS, "variables": _VARIABLES})

    assert {(one.status_code, code_of(one)) for one in refused} == {(403, "DOCUMENT_NOT_ALLOWED")}
    assert by_id.json()["data"]["integratedCareSystems"]["nodes"]
    assert by_id.content == by_text.content


def test_a_deployment_adds_its_own_documents(tmp_path: Path) -> None:
    """Beside those that come along."""
    text = "{ graph { sequence } }"
    (tmp_path / "own.json").write_bytes(orjson.dumps({document_id(text): text}))

    documents = PersistedDocuments.of(tmp_path / "own.json", are_all=True)

    assert (documents.get(document_id(text)), documents.get(_ID)) == (text, _SYSTEMS)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read"),
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[]", "must hold one JSON object"),
        (b'{"sha256:00": 7}', "must hold one JSON object"),
        (b'{"sha256:00": "{ a }"}', "whose id is 'sha256:"),
    ],
)
def test_a_manifest_that_is_none_is_one_sentence(tmp_path: Path, content: bytes | None, why: str) -> None:
    """It names the setting, the file and what is wrong, before the server starts."""
    path = tmp_path / "own.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BadSetting, match=why) as raised:
        PersistedDocuments.of(path, are_all=False)

    assert str(raised.value).startswith(f"ICSGRAPH_DOCUMENTS_FILE is '{path}', ")
