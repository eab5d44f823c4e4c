"""What a rule explains is what it derives: at any date, for anybody, from whatever is said."""

import uuid
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver

from cypher.statement import load
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    RULES,
    START,
    TODAY,
    Record,
    agreement,
    board,
    eligibility,
    group,
    hub,
    location,
    network,
    post,
    service,
    shire,
    unplaced,
    write,
)
from tests.cypher.world import JULY_2022, link, node

ENDS = date(2024, 1, 1)
"""The day on which the service `past` ends, and a trust."""
COUNTY = [
    *shire(),
    *unplaced("P8"),
    *unplaced("P9", date(2022, 1, 1)),
    *network("DIM", "P8", "P9"),
    *network("DARK", "P8"),
    *hub("HUB"),
    *group("08Y", "P4", ends=date(2021, 4, 1), heirs=("ClinicalCommissioningGroup:09Z",)),
    *group("09Z", "P1", "P2", "P4", heirs=("SubICBLocation:01S",)),
    node("NHSTrust", "RN", START, ENDS),
    node("NHSTrust", "RO", START, date(2021, 1, 1)),
    link("SUCCEEDED_BY", "NHSTrust:RO", "NHSTrust:RN", date(2021, 1, 1)),
    link("SUCCEEDED_BY", "NHSTrust:RN", "NHSTrust:RX", ENDS),
    *board("QO", "03C", "04D", ends=ENDS, heirs=("QS", "QN")),
    *board("QN"),
    *location("03C", "P5"),
    *location("04D", "P6", ends=ENDS, heirs=("01S", "02B")),
    link("COMMISSIONED_BY", "GPPractice:P6", "SubICBLocation:02B", ENDS),
    link("SUB_ICB_OF", "SubICBLocation:03C", "IntegratedCareBoard:QN", ENDS),
    *network("NEW", "P5", "P6"),
]
FOLLOWED = [
    *service("followed"),
    link("HOSTED_BY", "KnowledgeService:followed", "NHSTrust:RO", START, date(2021, 1, 1)),
    *(
        record
        for place, group_ in enumerate(("gp_practices", "icb_staff"))
        for code, ends in (("08Y", date(2021, 4, 1)), ("09Z", date(2022, 7, 1)), ("09Z", date(2022, 1, 1)))
        for record in (
            *agreement(f"{code}{ends.month}{place}", None, group_, of="followed"),
            link(
                "AGREEMENT_AREA",
                f"Agreement:{code}{ends.month}{place}",
                f"ClinicalCommissioningGroup:{code}",
                START,
                ends,
            ),
        )
    ),
    *(
        record
        for place, group_ in enumerate(("gp_practices", "icb_staff"))
        for ends in (ENDS, date(2023, 1, 1))
        for record in (
            *agreement(f"QO{ends.month}{ends.year}{place}", None, group_, of="followed", begins=JULY_2022),
            link(
                "AGREEMENT_AREA",
                f"Agreement:QO{ends.month}{ends.year}{place}",
                "IntegratedCareBoard:QO",
                JULY_2022,
                ends,
            ),
        )
    ),
]
"""A service whose host and whose agreements pass from one body to the next."""
SUBJECTS = sorted(
    record.id
    for record in COUNTY
    if not hasattr(record, "start") and not record.id.startswith(("KnowledgeService", "TrainingHub"))
)
AREAS = [
    *(f"LocalAuthority:{code}" for code in ("SHIRE", "NORTH", "SOUTH", "BOROUGH")),
    *("IntegratedCareBoard:QS", "SubICBLocation:01S", "SubICBLocation:02B", "NHSTrust:RT", "NHSTrust:RX"),
]
GROUPS = [
    *("gp_practices", "pcn_staff", "icb_staff", "public_health", "social_care", "own_staff", "other_trust"),
    *("community_trust", "mental_health_trust", "ambulance", "students", "public", "hospice"),
]
DAYS = [START + timedelta(days=days) for days in (-1, 0, 365, 730, 731, 2000)]

said = st.fixed_dictionaries(
    {
        "concept": st.sampled_from(["Eligibility", "Agreement", "KnowledgeSpecialistPost"]),
        "of": st.sampled_from(["library", "past"]),
        "area": st.sampled_from(AREAS),
        "group": st.sampled_from(GROUPS),
        "terms": st.sampled_from(["unknown", "free", "sla", "charged", "reference_only", "on_request"]),
        "begins": st.sampled_from([START, START + timedelta(days=1), ENDS - timedelta(days=30)]),
        "days": st.sampled_from([None, 1, 30]),
        "evidenceDate": st.sampled_from([None, date(2008, 1, 1), date(2014, 2, 28), date(2022, 1, 1)]),
        "evidence": st.sampled_from(["stated", "stated", "stated", "assumed"]),
        "basis": st.sampled_from(
            ["unknown", "published_eligibility", "agreement", "training_hub", "regional_reciprocal"]
        ),
    }
)


def records(number: int, one: dict[str, Any]) -> list[Record]:
    """Return the records of one statement."""
    ends = None if one["days"] is None else one["begins"] + timedelta(days=one["days"])
    if one["of"] == "past" and ends is None:
        ends = ENDS
    common = {name: one[name] for name in ("group", "of", "begins", "terms")} | {"ends": ends}
    if one["evidenceDate"]:
        common["evidenceDate"] = one["evidenceDate"]
    if one["concept"] == "KnowledgeSpecialistPost":
        dates = {name: common[name] for name in ("of", "begins", "ends", "evidenceDate") if name in common}
        # Of a trust a post says nothing.
        areas = [] if one["area"].startswith("NHSTrust") else [one["area"]]
        return post(f"s{number}", *areas, in_hub="HUB", **dates)
    if one["concept"] == "Agreement":
        return agreement(f"s{number}", one["area"], **common)
    return eligibility(f"s{number}", one["area"], evidence=one["evidence"], basis=one["basis"], **common)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(statements=st.lists(said, min_size=20, max_size=40))
def test_explanations_agree_with_coverage(
    writer: Writer, neo4j_driver: Driver, ask: Ask, statements: list[dict[str, Any]]
) -> None:
    """For every subject, on days on which something turns or not, the rules that apply are those that cover."""
    with neo4j_driver.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
    writer.prepare()
    write(
        writer,
        *COUNTY[len(shire()) :],
        *FOLLOWED,
        *service("past", ends=ENDS, host="RX"),
        *(record for number, one in enumerate(statements) for record in records(number, one)),
    )
    turns = ask(
        "MATCH ()-[c:COVERS|COVERS_ENDED|COVERS_PLANNED]->() UNWIND [c.validFrom, c.validTo] AS day "
        "WITH DISTINCT day WHERE day IS NOT NULL RETURN day"
    )
    turning = {turn.to_native() for (turn,) in turns}
    days = sorted({*DAYS, TODAY, *turning, *(day - timedelta(days=1) for day in turning)})
    days = [
        day for place, day in enumerate(days) if place % (1 + len(days) // 8) == len(statements) % (1 + len(days) // 8)
    ]

    texts = {rule: _everywhere(rule) for rule in RULES}
    covered = ask(
        "UNWIND $days AS day MATCH (service:Entity)-[c:COVERS|COVERS_ENDED|COVERS_PLANNED]->(subject:Entity) "
        "WHERE c.validFrom <= day AND coalesce(day < c.validTo, true) "
        "RETURN DISTINCT subject.id, day, c.rule, service.id",
        days=days,
    )
    covered = [[subject, day.to_native(), rule, service_] for subject, day, rule, service_ in covered]
    applied = [
        [subject, day, rule, service_]
        for rule in RULES
        for day in days
        for subject, service_ in ask(texts[rule], subjects=SUBJECTS, asOf=day)
    ]
    assert sorted(map(str, applied)) == sorted(map(str, covered))


def _everywhere(rule: str) -> str:
    """Return the explanation of a rule as a part of a larger statement, for many subjects at once.

    The comment makes the text new: a plan that was made for an empty graph is no good one.
    """
    text = load(f"coverage/{rule.lower()}", "explain").text.replace("$subject", "given")
    return (
        f"// {uuid.uuid4()}\nUNWIND $subjects AS given CALL (given) {{ {text} }} "
        "WITH given, service, outcome WHERE outcome = 'APPLIES' RETURN DISTINCT given, service"
    )
