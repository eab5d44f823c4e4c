"""`coverageGaps` and `coverageSummary` on the real graph: the figures, and that all ways to ask agree."""

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from server.connection import Connection
from tests.reading import Asking

_COUNTS = "{ inAll covered partlyCovered gaps unknown }"
_GAPS = f"""
query($within: String, $asOf: Date, $group: StaffGroup, $subjects: GapSubject, $first: Int, $after: String) {{
  coverageGaps(
    within: $within, asOf: $asOf, group: $group, subjects: $subjects, first: $first, after: $after
  ) {{
    totalCount
    within {{ code }}
    counts {_COUNTS}
    partlyCovered {{ code }}
    absent {{ field reason since settles }}
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ subject {{ code __typename }} registeredPatients }}
  }}
}}
"""
_SUMMARY = f"""
query($by: SummaryDimension!, $asOf: Date, $group: StaffGroup) {{
  coverageSummary(by: $by, asOf: $asOf, group: $group) {{
    asOf by countedInSeveral
    networks {_COUNTS} registeredPatients {_COUNTS} practices {_COUNTS}
    rows {{ within {{ code }} rule networks {_COUNTS} registeredPatients {_COUNTS} practices {_COUNTS} }}
  }}
}}
"""
_DATES = ("2021-06-01", "2026-02-01", "2026-11-24")
_TWO_LINES = """
MATCH (n:PrimaryCareNetwork) WHERE (n)<-[:MEMBER_OF]-() AND NOT ()-[:COVERS]->(n)
RETURN n.code AS code
"""


@pytest.fixture
def cypher(real_graph: Connection) -> Iterator[Driver]:
    """Give a driver, as an analyst has one."""
    with GraphDatabase.driver(real_graph.uri, auth=(real_graph.user, real_graph.password)) as driver:
        yield driver


async def _gaps(ask: Asking, **variables: object) -> dict[str, Any]:
    gaps: dict[str, Any] = (await ask.data(_GAPS, **variables))["coverageGaps"]
    return gaps


async def _all_gaps(ask: Asking, **variables: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = await _gaps(ask, first=700, after=after, **variables)
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def test_1250_of_1298_networks_are_gaps(ask: Asking) -> None:
    """46 are wholly covered; the two in part, U25219 and U78462, are no gaps and are named apart."""
    gaps = await _gaps(ask, first=1)

    assert gaps["counts"] == {"inAll": 1298, "covered": 46, "partlyCovered": 2, "gaps": 1250, "unknown": 0}
    assert gaps["totalCount"] == 1250
    assert [one["code"] for one in gaps["partlyCovered"]] == ["U25219", "U78462"]
    assert gaps["absent"] == []


async def test_the_gaps_are_paged_by_registered_patients(ask: Asking, cypher: Driver) -> None:
    """Each stands once, those with most patients first; two lines of Cypher give the same networks."""
    found = await _all_gaps(ask)

    patients = [one["registeredPatients"] for one in found]
    assert patients == sorted(patients, reverse=True)
    codes = [one["subject"]["code"] for one in found]
    assert len(codes) == len(set(codes)) == 1250
    assert set(codes) == {record["code"] for record in cypher.execute_query(_TWO_LINES).records}


async def test_the_last_page_is_read_from_the_end(ask: Asking) -> None:
    """`last` gives the networks with the fewest patients, in the order of the whole."""
    last = await ask.data("{ coverageGaps(last: 3) { nodes { subject { code } } pageInfo { hasPreviousPage } } }")

    found = await _all_gaps(ask)
    assert last["coverageGaps"]["nodes"] == [{"subject": {"code": one["subject"]["code"]}} for one in found[-3:]]
    assert last["coverageGaps"]["pageInfo"]["hasPreviousPage"]


async def test_practices_are_listed_by_code(ask: Asking) -> None:
    """Patients are not published by practice; 177 practices of Oxfordshire, Leeds and Rotherham are covered."""
    gaps = await _gaps(ask, subjects="PRACTICES", first=2)

    assert (gaps["counts"]["covered"], gaps["counts"]["gaps"]) == (177, gaps["totalCount"])
    assert {one["subject"]["__typename"] for one in gaps["nodes"]} == {"GPPractice"}
    assert [one["registeredPatients"] for one in gaps["nodes"]] == [None, None]


@pytest.mark.parametrize(
    ("within", "in_all", "gaps"),
    [
        ("Y56", 203, 203),
        ("QWO", 52, 32),
        ("E54000054", 52, 32),
        ("E08000035", 20, 0),
        ("15N", 31, 31),
        ("cheshire-and-merseyside--sefton", 2, 2),
    ],
)
async def test_gaps_within_a_region_board_authority_location_or_place(
    ask: Asking, within: str, in_all: int, gaps: int
) -> None:
    """By ODS code, ONS code or a code of ours."""
    found = await _gaps(ask, within=within)

    assert (found["counts"]["inAll"], found["totalCount"], found["absent"]) == (in_all, gaps, [])


@pytest.mark.parametrize(
    ("variables", "reason", "words"),
    [
        ({"within": "Z9999"}, "NONE_EXISTS", "Z9999"),
        ({"within": "D4U1Y"}, "NONE_EXISTS", "successors"),
        ({"within": "QHL", "asOf": "2021-01-01"}, "NONE_EXISTS", "begins"),
        ({"asOf": "2021-06-01"}, "BEFORE_SOURCES", "1255 of 1255"),
        ({"asOf": "2015-06-01"}, "BEFORE_SOURCES", "none"),
        ({"group": "PUBLIC_HEALTH"}, "NOT_APPLICABLE", "gp_practices"),
    ],
)
async def test_no_gaps_is_never_silent(ask: Asking, variables: dict[str, str], reason: str, words: str) -> None:
    """A code of nothing, one that has ended, a date before the sources, a group that networks have not."""
    gaps = await _gaps(ask, **variables)

    assert (gaps["totalCount"], gaps["nodes"]) == (0, [])
    assert [one["reason"] for one in gaps["absent"]] == [reason]
    assert words in gaps["absent"][0]["settles"]


async def test_a_malformed_code_of_a_container_is_the_clients_mistake(ask: Asking) -> None:
    """A name is no code."""
    error = await ask.error('{ coverageGaps(within: "West Yorkshire") { totalCount } }')

    assert error["extensions"]["code"] == "MALFORMED_CODE"


async def test_reasons_and_nearest_are_looked_up_for_the_page_and_only_where_asked_for(ask: Asking) -> None:
    """Each local rule has its say, and each service its reason."""
    await ask.data("{ coverageGaps(first: 1) { nodes { subject { code } } } }")
    assert "PREDECESSOR_AGREEMENT" not in ask.graph.statements[-1]
    assert "NO_TRUST" not in ask.graph.statements[-1]

    data = await ask.data(
        "{ coverageGaps(first: 2) { nodes { reasons { rule outcome missing settles }"
        " nearest(first: 3) { service { code } distanceKilometres why } } } }"
    )

    for gap in data["coverageGaps"]["nodes"]:
        assert {one["rule"] for one in gap["reasons"]} == {
            "HOST",
            "AGREEMENT",
            "PUBLISHED_ELIGIBILITY",
            "TRAINING_HUB",
        }
        assert all(one["missing"] and one["settles"] and one["outcome"] != "APPLIES" for one in gap["reasons"])
        assert len(gap["nearest"]) == 3
        assert all(one["why"] for one in gap["nearest"])


async def test_a_page_alone_looks_at_subjects_only_until_it_is_full(ask: Asking, cypher: Driver) -> None:
    """What tells of the whole stands in the statement only where it is asked for; twenty rows need no look at all."""
    await ask.data("{ coverageGaps(first: 20) { nodes { subject { code } registeredPatients } } }")

    assert "inAll" not in ask.graph.statements[-1]
    profile = cypher.execute_query(f"PROFILE {ask.graph.statements[-1]}", ask.graph.parameters[-1]).summary.profile
    assert profile is not None
    looked_at = [one for one in _operators(profile) if "COVERS" in one["args"].get("Details", "")]
    assert [one["rows"] < 100 for one in looked_at] == [True]


def _operators(profile: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield profile
    for child in profile.get("children", []):
        yield from _operators(child)


async def test_what_had_an_agreement_with_a_predecessor_is_named_to_ask(ask: Asking) -> None:
    """Royal Surrey's service had one with Surrey Heartlands, which Surrey and Sussex followed in April 2026."""
    data = await ask.data('{ coverage(of: "H82016") { nearest(first: 5) { service { code } why } } }')

    why = {one["service"]["code"]: one["why"] for one in data["coverage"]["nearest"]}
    assert why["royal-surrey-library-and-knowledge-service"] == ["DISTANCE", "SHARED_SYSTEM", "PREDECESSOR_AGREEMENT"]


async def test_a_dear_page_is_refused_with_the_field_to_cut(ask: Asking) -> None:
    """The reasons of a thousand gaps would take minutes of the database."""
    error = await ask.error("{ coverageGaps(first: 1000) { nodes { reasons { rule } nearest { basis } } } }")

    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert error["extensions"]["cut"].startswith("coverageGaps")


@pytest.mark.parametrize("day", _DATES)
async def test_coverage_says_of_a_network_what_the_gaps_say(ask: Asking, day: str) -> None:
    """A network that is listed is a GAP, one named apart is PARTLY_COVERED, and no other of 200 is either."""
    listed = {one["subject"]["code"] for one in await _all_gaps(ask, asOf=day)}
    whole = await _gaps(ask, asOf=day, first=0)
    partly = {one["code"] for one in whole["partlyCovered"]}
    every = await ask.data(
        "query($day: Date) { primaryCareNetworks(asOf: $day, first: 1000) { nodes { code } pageInfo { endCursor } } }",
        day=day,
    )
    codes = [one["code"] for one in every["primaryCareNetworks"]["nodes"]]
    names = [f"c{number}" for number in range(25)]
    document = (
        f"query($day: Date, {', '.join(f'${name}: String!' for name in names)}) {{"
        + " ".join(f"{name}: coverage(of: ${name}, asOf: $day) {{ code outcome }}" for name in names)
        + "}"
    )
    came: dict[str, str] = {}
    for at in range(0, 200, 25):
        part = codes[at * len(codes) // 200 :][:25]
        answer = await ask.data(document, day=day, **dict(zip(names, part, strict=True)))
        came |= {one["code"]: one["outcome"] for one in answer.values()}

    assert {code for code, outcome in came.items() if outcome == "GAP"} == listed & came.keys()
    assert {code for code, outcome in came.items() if outcome == "PARTLY_COVERED"} == partly & came.keys()


@pytest.mark.parametrize("day", _DATES)
async def test_the_summary_says_of_every_system_what_the_gaps_say(ask: Asking, day: str) -> None:
    """The counts of each row are those of the gaps within; the whole is that of all gaps."""
    summary = (await ask.data(_SUMMARY, by="SYSTEM", asOf=day))["coverageSummary"]

    assert summary["networks"] == (await _gaps(ask, asOf=day, first=0))["counts"]
    for row in summary["rows"]:
        if row["within"] is not None:
            within = await _gaps(ask, within=row["within"]["code"], asOf=day, first=0)
            assert row["networks"] == within["counts"], row


@pytest.mark.parametrize(("by", "several"), [("REGION", 0), ("SYSTEM", 1), ("PLACE", 38), ("RULE", 20)])
async def test_what_is_counted_in_several_rows_is_said(ask: Asking, by: str, several: int) -> None:
    """U41591 has practices in two systems and is counted in each; the whole counts it once."""
    summary = (await ask.data(_SUMMARY, by=by))["coverageSummary"]

    assert summary["countedInSeveral"] == several
    assert summary["networks"] == {"inAll": 1298, "covered": 46, "partlyCovered": 2, "gaps": 1250, "unknown": 0}
    assert summary["registeredPatients"]["inAll"] == 63018672
    if by in {"REGION", "SYSTEM"}:
        assert sum(row["networks"]["inAll"] for row in summary["rows"]) == 1298 + several


async def test_the_summary_by_rule_counts_what_each_rule_covers(ask: Asking) -> None:
    """Leeds has both an agreement and a page; the other rules cover no network today."""
    summary = (await ask.data(_SUMMARY, by="RULE"))["coverageSummary"]

    rows = {row["rule"]: row["networks"] for row in summary["rows"]}
    assert list(rows) == ["HOST", "AGREEMENT", "PUBLISHED_ELIGIBILITY", "TRAINING_HUB", None]
    assert (rows["AGREEMENT"]["covered"], rows["PUBLISHED_ELIGIBILITY"]["covered"]) == (19, 46)
    assert (rows["HOST"]["inAll"], rows["TRAINING_HUB"]["inAll"], rows[None]["gaps"]) == (0, 0, 1250)


async def test_a_group_narrows_the_summary(ask: Asking) -> None:
    """All that covers networks today is for general practices; public health staff work in councils."""
    practices = (await ask.data(_SUMMARY, by="REGION", group="GP_PRACTICES"))["coverageSummary"]
    councils = (await ask.data(_SUMMARY, by="REGION", group="PUBLIC_HEALTH"))["coverageSummary"]

    assert practices["networks"]["covered"] == 46
    assert councils["networks"]["inAll"] == 0
