"""A refusal names the field to put right or to cut by its whole path: the response keys from the root down to it."""

import pytest

from tests.reading import Asking


@pytest.mark.parametrize(
    ("document", "code", "path"),
    [
        (
            "{ all: integratedCareBoards(first: 1) { rows: nodes { code parts: subIcbLocations(first: 5000) {"
            " nodes { code } } } } }",
            "PAGE_SIZE_OUT_OF_RANGE",
            "all.rows.parts",
        ),
        (
            "{ nhsRegions(first: 1) { e: edges { n: node { integratedCareBoards(first: 1, last: 1) {"
            " nodes { code } } } } } }",
            "TWO_DIRECTIONS",
            "nhsRegions.e.n.integratedCareBoards",
        ),
        (
            '{ it: organisation(odsCode: "U41591") { ... on PrimaryCareNetwork { in: gpPractices(filter: {'
            ' nameContains: ""}) { totalCount } } } }',
            "MALFORMED_FILTER",
            "it.in",
        ),
        ("{ these: gpPractices { by: facets(by: KIND) { count } } }", "FACET_NOT_OFFERED", "these.by"),
        ("{ then: graph(knownAt: {sequence: 1}) { all: completeness { have } } }", "NOT_TOLD_THEN", "then.all.have"),
        (
            "{ a: nhsRegions(knownAt: {sequence: 1}) { b: completeness { have } }"
            ' c: coverage(of: "U41591", knownAt: {sequence: 1}) { d: rules { outcome } } }',
            "NOT_TOLD_THEN",
            "c.d",
        ),
        (
            "{ all: gpPractices(first: 1000) { rows: nodes { of: primaryCareNetworks { e: edges { n: node {"
            " its: gpPractices { nodes { of: primaryCareNetworks { nodes { its: gpPractices { nodes {"
            " of: primaryCareNetworks { nodes { code } } } } } } } } } } } } } }",
            "TOO_COSTLY",
            "all.rows.of.e.n.its.nodes.of.nodes.its.nodes.of",
        ),
    ],
)
async def test_a_refusal_names_the_whole_path(ask: Asking, document: str, code: str, path: str) -> None:
    """With aliases, through edges and nodes; one that names a field to cut names the same there."""
    error = await ask.error(document)

    assert (error["extensions"]["code"], ".".join(error["path"])) == (code, path)
    assert error["extensions"].get("cut", path) == path


async def test_one_fragment_in_two_places_is_told_apart(ask: Asking) -> None:
    """Where a fragment is spread twice, its place in the text says nothing, and the path does."""
    error = await ask.error(
        "query($many: Int) { few: nhsRegions(first: 1) { nodes { ...Boards } }"
        ' one: nhsRegion(odsCode: "Y56") { ...Boards } }'
        " fragment Boards on NHSRegion { boards: integratedCareBoards(first: $many) { nodes { code } } }",
        many=-1,
    )

    assert error["path"] == ["few", "nodes", "boards"]
