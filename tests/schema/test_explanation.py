"""`coverage` on the real graph: its explanation, the proof of each rule, and what lies within an area."""

from typing import Any

import pytest

from tests.reading import Asking

_TOLD = """
query($of: String!, $asOf: Date) {
  coverage(of: $of, asOf: $asOf) {
    outcome basis explanation
    subject { name __typename }
    members {
      kind counts { inAll covered partlyCovered gaps unknown } services { service { code name } members }
    }
    services { service { name } evidenceAgeDays }
  }
}
"""


async def _told(ask: Asking, of: str, day: str | None = None) -> dict[str, Any]:
    coverage: dict[str, Any] = (await ask.data(_TOLD, of=of, asOf=day))["coverage"]
    return coverage


async def test_a_gap_is_explained_rule_by_rule_with_whom_to_ask(ask: Asking) -> None:
    """U41591 lies in Cornwall and Devon, of whose practices no page speaks."""
    text = (await _told(ask, "U41591"))["explanation"]

    assert text.startswith("No local knowledge and library service is known to cover COAST AND COUNTRY PCN on 24 Nov")
    for rule in ("By hosting, no:", "By agreement, no:", "By what services say", "By a training hub, no:"):
        assert text.count(rule) == 1
    assert "Ask first Exeter Health Library (68 kilometres away" in text


async def test_coverage_in_part_names_the_practice_and_quotes_the_page(ask: Asking) -> None:
    """Of U78462 one practice lies in Oxfordshire."""
    text = (await _told(ask, "U78462"))["explanation"]

    assert "of BRUNEL HEALTH GROUP PCN1 only ELM TREE SURGERY" in text
    assert "“GPs & practice staff in Oxfordshire” (undated, read in November 2026)" in text


@pytest.mark.parametrize("of", ["QWO", "E08000035", "RFR", "N85002", "D4U1Y", "Z9999", "cornwall-training-hub"])
@pytest.mark.parametrize("day", [None, "2021-01-01"])
async def test_every_explanation_reads_as_sentences(ask: Asking, of: str, day: str | None) -> None:
    """Whatever the subject and the date: no value shows through, and every service that covers it is named."""
    coverage = await _told(ask, of, day)

    text = coverage["explanation"]
    assert text.endswith((".", "?"))
    assert not any(wrong in text for wrong in ("None", "null", "  ", "_"))
    assert all(" ".join(one["service"]["name"].split()) in text for one in coverage["services"])


@pytest.mark.parametrize(
    ("of", "kind", "outcome", "networks", "services"),
    [
        ("Y63", "NHSRegion", "PARTLY_COVERED", 192, ["leeds-community-healthcare-library", "rotherham-nhs"]),
        ("cheshire-and-merseyside--sefton", "Place", "GAP", 2, []),
    ],
)
async def test_a_region_or_place_is_answered_by_its_networks(
    ask: Asking, of: str, kind: str, outcome: str, networks: int, services: list[str]
) -> None:
    """No rule speaks of its own staff, so the outcome is derived from what lies within, and says so."""
    coverage = await _told(ask, of)

    assert (coverage["subject"]["__typename"], coverage["basis"]) == (kind, "MEMBERS")
    assert coverage["outcome"] == outcome
    row = next(one for one in coverage["members"] if one["kind"] == "NETWORKS")
    assert row["counts"]["inAll"] == networks
    assert [
        one["service"]["code"][: len(code)] for one, code in zip(row["services"], services, strict=True)
    ] == services


async def test_a_board_is_answered_by_its_own_staff_and_counts_its_networks(ask: Asking) -> None:
    """Of West Yorkshire's board Leeds's staff are covered; of its 52 networks 19, and one in part."""
    coverage = await _told(ask, "QWO")

    assert (coverage["basis"], coverage["outcome"]) == ("ITSELF", "PARTLY_COVERED")
    counts = coverage["members"][0]["counts"]
    assert counts == {"inAll": 52, "covered": 19, "partlyCovered": 1, "gaps": 32, "unknown": 0}
    assert all(one["evidenceAgeDays"] > 365 for one in coverage["services"])


async def test_a_body_that_holds_nobody_is_no_gap(ask: Asking) -> None:
    """A training hub has no practices, and no rule speaks of its staff."""
    coverage = await _told(ask, "cornwall-training-hub")

    assert (coverage["outcome"], coverage["basis"], coverage["members"]) == ("NOT_APPLICABLE", "MEMBERS", [])


async def test_a_rule_that_applies_gives_its_path_as_nodes_and_dated_links(ask: Asking) -> None:
    """Service, statement, county, district, practice, network: each step with the day from which it held."""
    data = await ask.data(
        '{ coverage(of: "U78462") { rules { rule outcome path { code }'
        " links { start { code } relationship end { code } validity { from } } } } }"
    )

    rule = next(one for one in data["coverage"]["rules"] if one["rule"] == "PUBLISHED_ELIGIBILITY")
    assert {"U78462", "K84012", "E07000180", "E10000025"} < {one["code"] for one in rule["path"]}
    links = {(one["start"]["code"], one["relationship"], one["end"]["code"]) for one in rule["links"]}
    assert ("K84012", "MEMBER_OF", "U78462") in links
    assert ("K84012", "LOCATED_IN", "E07000180") in links
    assert ("E07000180", "WITHIN", "E10000025") in links
    assert all(one["validity"]["from"] <= "2026-11-24" for one in rule["links"])


async def test_an_explanation_runs_the_rules_only_where_it_is_asked_for(ask: Asking) -> None:
    """The outcome alone does not."""
    await ask.data('{ coverage(of: "U41591") { outcome } }')

    assert "NO_TRUST" not in ask.graph.statements[-1]


async def test_rules_that_are_asked_for_and_explained_are_found_once(ask: Asking) -> None:
    """The rules of one subject run once for all that speaks of them, under any names, and say what they say alone."""
    alone = await ask.data('{ coverage(of: "U41591") { rules { rule outcome missing } } }')
    text = await ask.data('{ coverage(of: "U41591") { explanation } }')

    both = await ask.data(
        '{ coverage(of: "U41591") { rules { rule outcome missing } explanation again: rules { settles rule } } }'
    )

    again = both["coverage"].pop("again")
    assert [one["rule"] for one in again] == [one["rule"] for one in alone["coverage"]["rules"]]
    assert both["coverage"] == alone["coverage"] | text["coverage"]
    assert ask.graph.statements[-1].count("'NATIONAL_CORE' AS rule") == 1


async def test_services_to_ask_are_found_again_only_where_another_number_is_asked_for(ask: Asking) -> None:
    """The explanation names three: they are those of a client's three, and stand beside any other number."""
    document = (
        'query($first: Int) { coverage(of: "U41591") { nearest(first: $first) { service { name } } explanation } }'
    )
    two = await ask.data(document, first=2)
    three = await ask.data('{ coverage(of: "U41591") { nearest(first: 3) { service { name } } explanation } }')

    assert len(two["coverage"]["nearest"]) == 2
    assert [one["service"]["name"] in three["coverage"]["explanation"] for one in three["coverage"]["nearest"]] == [
        True
    ] * 3
    assert two["coverage"]["explanation"] == three["coverage"]["explanation"]
