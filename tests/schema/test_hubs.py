"""Collaboratives, training hubs, networks of services and the rules that rest on them, asked of the real graph."""

from typing import Any

import pytest

from schema.links import StaffGroup
from seed.build.eligibilities import GROUPS
from tests.reading import Asking

_POST = "nottinghamshire-alliance-training-hub"
_LIBRARY = "sherwood-forest-hospitals-library-and-knowledge-service"


async def _covered(ask: Asking, day: str) -> set[str]:
    """Return the practices that the library of Nottinghamshire's specialist covers by rule TRAINING_HUB on a day."""
    data = await ask.data(
        "query($code: String!, $day: Date) { knowledgeService(code: $code, asOf: $day) { covers(first: 1000) {"
        " edges { coverageRule node { __typename code } } } } }",
        code=_LIBRARY,
        day=day,
    )
    return {
        edge["node"]["code"]
        for edge in data["knowledgeService"]["covers"]["edges"]
        if edge["coverageRule"] == "TRAINING_HUB" and edge["node"]["__typename"] == "GPPractice"
    }


async def _practices(ask: Asking, field: str, day: str) -> set[str]:
    data = await ask.data(f'{{ one: {field}, asOf: "{day}") {{ gpPractices(first: 1000) {{ nodes {{ code }} }} }} }}')
    return {node["code"] for node in data["one"]["gpPractices"]["nodes"]}


async def test_nottinghamshires_specialist_covers_the_practices_of_the_system_until_september_2024(
    ask: Asking,
) -> None:
    """On 1 June 2022 those of the commissioning group 52R, on 30 September 2024 those of both locations, then none."""
    group = await _practices(ask, 'clinicalCommissioningGroup(odsCode: "52R"', "2022-06-01")
    locations = [await _practices(ask, f'subIcbLocation(odsCode: "{code}"', "2024-09-30") for code in ("52R", "02Q")]

    assert len(group) > 100
    assert await _covered(ask, "2022-06-01") == group
    assert await _covered(ask, "2024-09-30") == locations[0] | locations[1]
    assert await _covered(ask, "2024-10-01") == set()
    assert await _covered(ask, "2026-11-24") == set()


async def test_the_post_is_found_from_every_side(ask: Asking) -> None:
    """From the hub, the library and the board that it served, with its dates; today it is no more."""
    data = await ask.data(
        'query($code: String!) { then: trainingHub(code: $code, asOf: "2024-09-30") { level'
        " integratedCareSystems { nodes { code } } knowledgeSpecialists { nodes { code validity { from to }"
        " knowledgeServices { nodes { code } } areas { nodes { code } } } } }"
        " now: knowledgeSpecialistPost(code: $code) { code } }",
        code=_POST,
    )

    assert data["then"] == {
        "level": "ICS",
        "integratedCareSystems": {"nodes": [{"code": "QT1"}]},
        "knowledgeSpecialists": {
            "nodes": [
                {
                    "code": _POST,
                    "validity": {"from": "2021-09-01", "to": "2024-10-01"},
                    "knowledgeServices": {"nodes": [{"code": _LIBRARY}]},
                    "areas": {"nodes": [{"code": "QT1"}]},
                }
            ]
        },
    }
    assert data["now"] is None


async def test_twelve_of_42_hubs_are_known_and_the_graph_says_so(ask: Asking) -> None:
    """37 collaboratives and 25 networks, one of each followed by another; what there is of hubs is known."""
    data = await ask.data(
        "{ graph { counts { providerCollaboratives trainingHubs knowledgeNetworks knowledgeSpecialistPosts }"
        " completeness { about have expected } } collaboratives: providerCollaborative("
        'code: "greater-manchester-provider-federation-board", asOf: "2022-01-01") { successors { nodes { name } } } }'
    )
    rows = {row["about"]: (row["have"], row["expected"]) for row in data["graph"]["completeness"]}

    assert data["graph"]["counts"] == {
        "providerCollaboratives": 36,
        "trainingHubs": 12,
        "knowledgeNetworks": 24,
        "knowledgeSpecialistPosts": 0,
    }
    assert rows["TrainingHub"] == (12, 42)
    assert rows["ProviderCollaborative"] == (36, None)


async def test_a_collaborative_says_how_far_its_members_are_known(ask: Asking) -> None:
    """Nine members of thirteen, were it so, would be a lie by omission; inferred ones name the rule."""
    data = await ask.data(
        '{ providerCollaborative(code: "cheshire-and-merseyside-acute-and-specialist-trust-collaborative") { kind type'
        " membersKnown members { totalCount edges { rule } } integratedCareBoards { nodes { code } } }"
        ' other: providerCollaborative(code: "walsall-together") { kind membersKnown absent { field reason } } }'
    )
    one = data["providerCollaborative"]

    assert (one["kind"], one["membersKnown"], one["members"]["totalCount"]) == ("HORIZONTAL", "PARTLY_INFERRED", 13)
    assert sorted(str(edge["rule"]) for edge in one["members"]["edges"]).count("SYSTEM_TRUSTS") == 2
    assert one["integratedCareBoards"]["nodes"] == [{"code": "QYG"}]
    assert (data["other"]["kind"], data["other"]["membersKnown"]) == ("VERTICAL", None)
    assert {"field": "members", "reason": "NOT_PUBLISHED"} in data["other"]["absent"]


async def _rules(ask: Asking, code: str, group: str | None = None, day: str | None = None) -> dict[str, Any]:
    data = await ask.data(
        "query($code: String!, $group: StaffGroup, $day: Date) { coverage(of: $code, group: $group, asOf: $day) {"
        " outcome services { rule group service { code } } rules { rule isLocal outcome group missing url"
        " service { code knowledgeNetworks { nodes { name } } } } } }",
        code=code,
        group=group,
        day=day,
    )
    coverage: dict[str, Any] = data["coverage"]
    return coverage


@pytest.mark.parametrize("code", ["U41591", "A81001", "RFR", "QT1", "52R"])
async def test_everyone_has_the_national_core(ask: Asking, code: str) -> None:
    """A gap or none: networks, practices, trusts, boards and locations have the floor, and it is no local service."""
    coverage = await _rules(ask, code)

    last = coverage["rules"][-1]
    assert (last["rule"], last["outcome"], last["isLocal"]) == ("NATIONAL_CORE", "APPLIES", False)
    assert last["url"]
    assert all(one["rule"] != "NATIONAL_CORE" for one in coverage["services"])


async def test_rotherham_lends_and_borrows_through_yorcat(ask: Asking) -> None:
    """The host's library is named as a member, so its staff borrow elsewhere; that is told apart."""
    coverage = await _rules(ask, "RFR")
    loans = [one for one in coverage["rules"] if one["rule"] == "RECIPROCAL"]

    assert {(one["outcome"], one["isLocal"]) for one in loans} == {("APPLIES", False)}
    assert loans[0]["service"]["knowledgeNetworks"]["nodes"] == [{"name": "YorCat"}]


async def test_the_groups_are_those_of_the_eligibilities() -> None:
    """What a page may speak of can be asked for, and nothing else."""
    assert {name.lower() for name in StaffGroup.__members__} == set(GROUPS)


@pytest.mark.parametrize(
    ("group", "outcome", "rules"),
    [
        (None, "COVERED", {"HOST", "PUBLISHED_ELIGIBILITY"}),
        ("OWN_STAFF", "COVERED", {"HOST", "PUBLISHED_ELIGIBILITY"}),
        ("AMBULANCE", "GAP", set()),
    ],
)
async def test_coverage_of_one_group_of_staff_is_asked_for(
    ask: Asking, group: str | None, outcome: str, rules: set[str]
) -> None:
    """Services and rules are those of the group; a rule that knows only of others says so."""
    coverage = await _rules(ask, "RFR", group)

    assert (coverage["outcome"], {one["rule"] for one in coverage["services"]}) == (outcome, rules)
    assert {one["group"] for one in coverage["rules"]} <= {None, group and group.lower(), "own_staff"}
    assert len({one["rule"] for one in coverage["rules"]}) == 6
    if group == "AMBULANCE":
        assert coverage["rules"][0]["missing"] == "What is known by this rule is of other groups of staff."


async def test_a_specialist_serves_the_staff_of_networks_as_well(ask: Asking) -> None:
    """The pages of the two posts name practices, or networks: they are for all of primary care."""
    coverage = await _rules(ask, "C84037", "PCN_STAFF", "2022-06-01")

    assert [one["rule"] for one in coverage["services"]] == ["TRAINING_HUB"]


async def test_a_group_that_is_none_is_refused(ask: Asking) -> None:
    """The set is closed, and the message names the value."""
    found = await ask.error('{ coverage(of: "RFR", group: EVERYBODY) { outcome } }')

    assert "EVERYBODY" in found["message"]


async def test_an_unknown_code_has_no_rules_either(ask: Asking) -> None:
    """Rules are held against a subject; where there is none there is nothing to say."""
    assert (await _rules(ask, "U99999"))["rules"] == []
