"""The institutions around a board, by the API on the real graph, and the glossary's words in the schema."""

from importlib.resources import files
from pathlib import Path

import pytest

from schema.catalogue import contract
from seed.terms import read_terms
from tests.reading import Asking


@pytest.mark.parametrize(("day", "boards"), [("2025-01-01", 42), ("2026-03-31", 42), ("2026-11-24", 36)])
async def test_every_board_must_have_14_seats_by_role(ask: Asking, day: str, boards: int) -> None:
    """Those of the Act are statutory, those of NHS England's policy and guidance published; seven each."""
    data = await ask.data(
        "query($day: Date) { integratedCareBoards(first: 100, asOf: $day) { nodes { boardSeats { totalCount"
        " edges { standing absent { field reason } node { basis } } } } } }",
        day=day,
    )
    nodes = data["integratedCareBoards"]["nodes"]

    assert [node["boardSeats"]["totalCount"] for node in nodes] == [14] * boards
    for node in nodes:
        edges = node["boardSeats"]["edges"]
        assert sum(edge["standing"] == "STATUTORY" for edge in edges) == 7
        assert all((edge["standing"] == "STATUTORY") == (edge["node"]["basis"] == "LAW") for edge in edges)
        assert all(edge["absent"] == [{"field": "filled", "reason": "NOT_PUBLISHED"}] for edge in edges)


async def test_a_required_document_is_there_or_says_why_not(ask: Asking) -> None:
    """At every date, for every board: known ones, not published ones, and those known only from later on."""
    for day in ("2023-01-01", "2026-03-31", "2026-11-24"):
        data = await ask.data(
            "query($day: Date) { integratedCareBoards(first: 100, asOf: $day) { nodes { documentRequirements {"
            " edges { documents { name } absent { field reason since } node { name } } } } } }",
            day=day,
        )

        for node in data["integratedCareBoards"]["nodes"]:
            for edge in node["documentRequirements"]["edges"]:
                assert bool(edge["documents"]) != bool(edge["absent"])


async def test_a_constitution_that_is_known_only_later_says_from_when(ask: Asking) -> None:
    """West Yorkshire's is of August 2024: before that date sources do not speak, and the board had one all the same."""
    text = (
        '{ integratedCareBoard(odsCode: "QWO", asOf: "%s") { documentRequirements { edges { node { code }'
        " documents { name ... on Document { kind published publishedPrecision } }"
        " absent { field reason since } } } } }"
    )
    found = []
    for day in ("2023-01-01", "2025-01-01"):
        data = await ask.data(text % day)
        edges = data["integratedCareBoard"]["documentRequirements"]["edges"]
        found += [edge for edge in edges if edge["node"]["code"] == "constitution"]

    before, after = found
    assert before["absent"] == [{"field": "documents", "reason": "BEFORE_SOURCES", "since": "2024-08-01"}]
    assert after["documents"] == [
        {
            "name": "NHS West Yorkshire Integrated Care Board constitution",
            "kind": "CONSTITUTION",
            "published": "2024-08-01",
            "publishedPrecision": "MONTH",
        }
    ]


async def test_a_board_that_began_in_2026_has_no_delegation_that_a_source_states(ask: Asking) -> None:
    """What was delegated to its predecessors ended with them; what the Act gives it has from its first day."""
    data = await ask.data(
        '{ old: integratedCareBoard(odsCode: "QH8", asOf: "2026-03-31") { delegatedFunctions { totalCount'
        ' edges { validity { to } } } } new: integratedCareBoard(odsCode: "D7T5G") { delegatedFunctions { totalCount'
        " absent { field reason } } ownFunctions { edges { standing validity { from } } }"
        " meetings { totalCount absent { reason } } documents { totalCount absent { reason } } } }"
    )

    old, new = data["old"]["delegatedFunctions"], data["new"]
    assert old["totalCount"] == 6
    assert {edge["validity"]["to"] for edge in old["edges"]} == {"2026-04-01"}
    assert new["delegatedFunctions"] == {
        "totalCount": 0,
        "absent": [{"field": "delegatedFunctions", "reason": "NOT_PUBLISHED"}],
    }
    assert new["ownFunctions"]["edges"] == [{"standing": "STATUTORY", "validity": {"from": "2026-04-01"}}]
    assert new["meetings"] == new["documents"] == {"totalCount": 0, "absent": [{"reason": "NOT_PUBLISHED"}]}


async def test_specialised_services_pass_from_joint_committees_to_boards(ask: Asking) -> None:
    """All 42 in joint committees from April 2023; 20 of them delegated a year later, the others in April 2025."""
    text = (
        "query($day: Date) { commissioningFunctions(first: 50, asOf: $day) { nodes { code delegatedTo { totalCount }"
        " commissionedJointlyWith { totalCount } } } }"
    )
    counts = []
    for day in ("2023-06-01", "2024-06-01", "2025-06-01"):
        data = await ask.data(text, day=day)
        counts.append(
            {
                node["code"].removeprefix("specialised-services-"): (
                    node["delegatedTo"]["totalCount"],
                    node["commissionedJointlyWith"]["totalCount"],
                )
                for node in data["commissioningFunctions"]["nodes"]
                if node["code"].startswith("specialised-services-") and "not-suitable" not in node["code"]
            }
        )

    assert counts == [
        {"59-services": (0, 42)},
        {"59-services": (20, 22)},
        {"59-services": (20, 0), "11-further-services": (20, 0), "70-services": (22, 0)},
    ]


async def test_46_meetings_are_those_of_boards_and_four_partnerships(ask: Asking) -> None:
    """42 boards are known to meet before April 2026; a partnership meets for its system."""
    data = await ask.data(
        '{ march: meetings(first: 100, asOf: "2026-03-31") { totalCount }'
        ' partnership: meeting(code: "qks--integrated-care-partnership") { body inPublic absent { field reason }'
        ' meetingOf { nodes { __typename code } } } board: meeting(code: "qjm--icb-board") { frequency inPublic } }'
    )

    assert data["board"] == {"frequency": "every two months, at least six a year", "inPublic": True}
    assert data["partnership"] == {
        "body": "PARTNERSHIP",
        "inPublic": True,
        "absent": [
            {"field": "frequency", "reason": "NOT_PUBLISHED"},
            {"field": "papersUrl", "reason": "NOT_PUBLISHED"},
        ],
        "meetingOf": {"nodes": [{"__typename": "IntegratedCarePartnership", "code": "QKS"}]},
    }


async def test_a_population_says_where_it_is_from(ask: Asking) -> None:
    """A number where the page gives one; two numbers contradict each other."""
    data = await ask.data(
        '{ cornwall: integratedCareBoard(odsCode: "QT6") { population populationAsStated populationBasis }'
        ' country: integratedCareBoard(odsCode: "QUA") { population populationAsStated absent { field reason } } }'
    )

    assert data["cornwall"]["population"] == 580_553
    assert data["country"]["population"] is None
    assert {"field": "population", "reason": "CONTRADICTED"} in data["country"]["absent"]


async def test_completeness_counts_what_bears_a_property(ask: Asking) -> None:
    """Of the 36 boards in force, so many have a website, a headquarters and a population that is one number."""
    data = await ask.data("{ graph { completeness { about have expected } } }")
    rows = {row["about"]: (row["have"], row["expected"]) for row in data["graph"]["completeness"]}

    assert rows["SEAT_OF"] == (504, 504)
    assert rows["Meeting"] == (34, 72)
    assert rows["IntegratedCareBoard.website"] == (32, 36)
    assert 0 < rows["IntegratedCareBoard.population"][0] < 36


async def test_a_support_unit_is_one_that_a_page_names(ask: Asking) -> None:
    """Its name and whose library serves it; which boards it supports is not known."""
    data = await ask.data(
        "{ commissioningSupportUnits { nodes { name absent { field } eligibilities { nodes { group"
        " knowledgeServices { nodes { name } } } } } } }"
    )

    (unit,) = data["commissioningSupportUnits"]["nodes"]
    assert unit["name"] == "South, Central and West CSU"
    assert "integratedCareBoards" in {absence["field"] for absence in unit["absent"]}
    (eligibility,) = unit["eligibilities"]["nodes"]
    assert eligibility["knowledgeServices"]["nodes"] == [{"name": "Oxford Health NHS FT Library Service"}]


async def test_the_glossary_has_38_terms_with_their_sources(ask: Asking) -> None:
    """A term is found by its code, names the type that it is about, and has no life."""
    data = await ask.data(
        "{ glossary(first: 100) { totalCount nodes { definition url sources { code } } }"
        ' term(code: "integrated-care-board") { name abbreviation concept pageDate pageDatePrecision } }'
    )

    assert data["glossary"]["totalCount"] == 38
    assert all(one["sources"] == [{"code": "glossary"}] and one["url"] for one in data["glossary"]["nodes"])
    assert data["term"] == {
        "name": "Integrated care board",
        "abbreviation": "ICB",
        "concept": "IntegratedCareBoard",
        "pageDate": "2022-07-01",
        "pageDatePrecision": "DAY",
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("pcn", ["primary-care-network"]),
        (" Training HUB ", ["primary-care-training-hub"]),
        ("KLS", ["knowledge-and-library-service"]),
        ("nothing of the sort", []),
    ],
)
async def test_a_term_is_found_by_its_abbreviation_or_a_part_of_its_name(
    ask: Asking, text: str, codes: list[str]
) -> None:
    """Capitals and blanks around it make no difference, and a page of it goes on by a cursor of the same text alone."""
    page = "query($text: String, $after: String) { glossary(text: $text, first: 1, after: $after) {"
    page += " totalCount nodes { code } pageInfo { endCursor } } }"

    found = (await ask.data(page, text=text))["glossary"]

    assert ([one["code"] for one in found["nodes"]], found["totalCount"]) == (codes, len(codes))
    if codes:
        error = await ask.error(page, text="board", after=found["pageInfo"]["endCursor"])
        assert error["extensions"]["code"] == "FOREIGN_CURSOR"


async def test_a_text_of_the_glossary_that_is_none_is_the_clients_mistake(ask: Asking) -> None:
    """The argument is named, and what is allowed."""
    error = await ask.error('{ glossary(text: " ") { totalCount } }')

    assert error["extensions"]["code"] == "MALFORMED_FILTER"
    assert error["extensions"]["argument"] == "text"
    assert "as text" not in error["message"]


def test_the_schema_uses_the_words_of_the_glossary() -> None:
    """A type that a term names is described by that term, and by its abbreviation where it has one."""
    types = contract().graphql.type_map
    terms = [term for term in read_terms(Path(str(files("seed").joinpath("data")))) if "concept" in term]

    silent = []
    for term in terms:
        description = types[term["concept"]].description or ""
        words = term["name"][0].lower() + term["name"][1:] if term["name"][:2].istitle() else term["name"]
        silent += [word for word in (words, term.get("abbreviation", "")) if word not in description]
    assert len(terms) >= 9
    assert silent == []
