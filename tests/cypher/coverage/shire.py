"""A made-up county to hold the coverage rules against.

Shire (county, no district)      Borough (unitary: a district and an upper-tier council at once)
├── North (district): P1, P2     └── P4
└── South (district): P3
    network ALL: P1 to P3 · network MIXED: P3, P4 · network AWAY: P4, with its administrative address in North
    board QS of sub-ICB locations 01S (P1 to P3) and 02B (P4)
    trust RT hosts the service `library` · trust RX lies in South and hosts nothing
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cypher.change import LinkRecord, NodeRecord, Value
from cypher.statement import load
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.world import JULY_2022, SOURCE, link, node, opened

LONG_AGO = date(2000, 1, 1)
START = date(2020, 1, 1)
TODAY = date(2026, 8, 15)
RULES = ("HOST", "AGREEMENT", "PUBLISHED_ELIGIBILITY", "TRAINING_HUB")
"""The rules for local services, whose word is stored."""
FLOORS = ("RECIPROCAL", "NATIONAL_CORE")
"""The rules that give no local service, and are computed when they are read."""
LIBRARY = "KnowledgeService:library"

Record = NodeRecord | LinkRecord


def shire() -> list[Record]:
    """Return everything in the county but what services say."""
    return [
        node("LocalAuthority", "SHIRE", LONG_AGO, isDistrict=False, isUpperTier=True),
        node("LocalAuthority", "NORTH", LONG_AGO, isDistrict=True, isUpperTier=False),
        node("LocalAuthority", "SOUTH", LONG_AGO, isDistrict=True, isUpperTier=False),
        node("LocalAuthority", "BOROUGH", LONG_AGO, isDistrict=True, isUpperTier=True),
        link("WITHIN", "LocalAuthority:NORTH", "LocalAuthority:SHIRE", LONG_AGO),
        link("WITHIN", "LocalAuthority:SOUTH", "LocalAuthority:SHIRE", LONG_AGO),
        node("IntegratedCareBoard", "QS", LONG_AGO),
        node("SubICBLocation", "01S", LONG_AGO),
        node("SubICBLocation", "02B", LONG_AGO),
        link("SUB_ICB_OF", "SubICBLocation:01S", "IntegratedCareBoard:QS", LONG_AGO),
        link("SUB_ICB_OF", "SubICBLocation:02B", "IntegratedCareBoard:QS", LONG_AGO),
        *(
            link("AUTHORITY_IN", f"LocalAuthority:{code}", "IntegratedCareBoard:QS", LONG_AGO, share=1.0)
            for code in ("NORTH", "SOUTH", "BOROUGH")
        ),
        *practice("P1", "NORTH", "01S", location=(52.0, -1.0)),
        *practice("P2", "NORTH", "01S", location=(52.0, -1.2)),
        *practice("P3", "SOUTH", "01S"),
        *practice("P4", "BOROUGH", "02B"),
        *network("ALL", "P1", "P2", "P3"),
        *network("MIXED", "P3", "P4"),
        *network("AWAY", "P4"),
        link("LOCATED_IN", "PrimaryCareNetwork:AWAY", "LocalAuthority:NORTH", START),
        node("NHSTrust", "RT", LONG_AGO, location=(52.0, -1.1)),
        node("NHSTrust", "RX", LONG_AGO),
        link("LOCATED_IN", "NHSTrust:RX", "LocalAuthority:SOUTH", LONG_AGO),
        *service("library", host="RT", location=(52.0, -1.1)),
    ]


def practice(code: str, district: str, commissioner: str, **values: Value) -> list[Record]:
    """Return a practice where it lies and by whom it is commissioned."""
    return [
        node("GPPractice", code, LONG_AGO, None, **values),
        link("LOCATED_IN", f"GPPractice:{code}", f"LocalAuthority:{district}", LONG_AGO),
        link("COMMISSIONED_BY", f"GPPractice:{code}", f"SubICBLocation:{commissioner}", LONG_AGO),
    ]


def unplaced(code: str, listed: date | None = None) -> list[Record]:
    """Return a practice of 01S whose place nobody knows; `listed` is the day since which it is on the practice map."""
    practice_, region = f"GPPractice:{code}", f"NHSRegion:{code}"
    records: list[Record] = [
        node("GPPractice", code, LONG_AGO),
        link("COMMISSIONED_BY", practice_, "SubICBLocation:01S", LONG_AGO),
    ]
    if listed is not None:
        records += [node("NHSRegion", code, LONG_AGO), link("LISTED_IN", practice_, region, listed)]
    return records


def network(code: str, *practices: str) -> list[Record]:
    """Return a network with its members."""
    members = (link("MEMBER_OF", f"GPPractice:{one}", f"PrimaryCareNetwork:{code}", START) for one in practices)
    return [node("PrimaryCareNetwork", code, START), *members]


def service(code: str, *, ends: date | None = None, host: str | None = None, **values: Value) -> list[Record]:
    """Return a knowledge service, and the trust that hosts it."""
    start = f"KnowledgeService:{code}"
    hosted = [] if host is None else [link("HOSTED_BY", start, f"NHSTrust:{host}", START, ends, basis="named")]
    return [node("KnowledgeService", code, START, ends, url="https://library.example", **values), *hosted]


def eligibility(
    code: str,
    area: str | None,
    group: str = "gp_practices",
    *,
    of: str = "library",
    begins: date = START,
    ends: date | None = None,
    **values: Value,
) -> list[Record]:
    """Return a statement of a service's page; `area` is the id of its area, None where it has no code."""
    said: dict[str, Value] = {"terms": "unknown", "basis": "published_eligibility", "evidence": "stated", **values}
    return _statement("Eligibility", code, area, {"group": group, **said}, of, begins, ends)


def agreement(
    code: str,
    area: str | None,
    group: str = "gp_practices",
    *,
    of: str = "library",
    begins: date = START,
    ends: date | None = None,
    **values: Value,
) -> list[Record]:
    """Return an agreement that a source states."""
    said: dict[str, Value] = {"terms": "sla", "kind": "FORMAL", **values}
    return _statement("Agreement", code, area, {"group": group, **said}, of, begins, ends)


def _statement(
    concept: str,
    code: str,
    area: str | None,
    values: dict[str, Value],
    of: str,
    begins: date,
    ends: date | None,
) -> list[Record]:
    id_ = f"{concept}:{code}"
    said = {"quote": f"we serve {code}", "url": "https://library.example/who", "areaName": "the Shire", **values}
    records: list[Record] = [
        node(concept, code, begins, ends, **said),
        link(f"HAS_{concept.upper()}", f"KnowledgeService:{of}", id_, begins, ends),
    ]
    if area is not None:
        records.append(link(f"{concept.upper()}_AREA", id_, area, begins, ends))
    return records


def group(code: str, *practices: str, ends: date = JULY_2022, heirs: tuple[str, ...] = ()) -> list[Record]:
    """Return a commissioning group that ended, the practices that it commissioned to its end, and who followed it."""
    id_ = f"ClinicalCommissioningGroup:{code}"
    return [
        node("ClinicalCommissioningGroup", code, LONG_AGO, ends),
        *(link("COMMISSIONED_BY_GROUP", f"GPPractice:{one}", id_, LONG_AGO, ends) for one in practices),
        *(link("SUCCEEDED_BY", id_, heir, ends, kind="SUCCESSION") for heir in heirs),
    ]


def board(code: str, *locations: str, ends: date | None = None, heirs: tuple[str, ...] = ()) -> list[Record]:
    """Return a board since July 2022 with its sub-ICB locations to its end, and the boards that followed it."""
    id_ = f"IntegratedCareBoard:{code}"
    return [
        node("IntegratedCareBoard", code, JULY_2022, ends),
        *(link("SUB_ICB_OF", f"SubICBLocation:{one}", id_, JULY_2022, ends) for one in locations),
        *(link("SUCCEEDED_BY", id_, f"IntegratedCareBoard:{heir}", ends or START, kind="MERGER") for heir in heirs),
    ]


def location(code: str, *practices: str, ends: date | None = None, heirs: tuple[str, ...] = ()) -> list[Record]:
    """Return a sub-ICB location since July 2022, the practices in North that it commissions, and what followed it."""
    id_ = f"SubICBLocation:{code}"
    return [
        node("SubICBLocation", code, JULY_2022, ends),
        *(node("GPPractice", one, LONG_AGO) for one in practices),
        *(link("LOCATED_IN", f"GPPractice:{one}", "LocalAuthority:NORTH", LONG_AGO) for one in practices),
        *(link("COMMISSIONED_BY", f"GPPractice:{one}", id_, JULY_2022, ends) for one in practices),
        *(link("SUCCEEDED_BY", id_, f"SubICBLocation:{heir}", ends or START, kind="SPLIT") for heir in heirs),
    ]


def hub(code: str, *, system: str | None = None) -> list[Record]:
    """Return a training hub, and the system that it is of; the system of QS is made with it."""
    records: list[Record] = [node("TrainingHub", code, START, url="https://hub.example")]
    if system is not None:
        records.append(link("HUB_OF", f"TrainingHub:{code}", f"IntegratedCareSystem:{system}", START))
    return records


def post(
    code: str,
    *areas: str,
    of: str = "library",
    in_hub: str,
    begins: date = START,
    ends: date | None = None,
    **values: Value,
) -> list[Record]:
    """Return the post of a knowledge specialist in a hub, for the areas of these ids."""
    id_ = f"KnowledgeSpecialistPost:{code}"
    return [
        node("KnowledgeSpecialistPost", code, begins, ends, url="https://hub.example/post", **values),
        link("POST_IN", id_, f"TrainingHub:{in_hub}", begins, ends),
        link("POST_WITH", id_, f"KnowledgeService:{of}", begins, ends),
        *(link("POST_SERVES", id_, area, begins, ends) for area in areas),
    ]


def write(writer: Writer, *records: Record) -> None:
    """Write the county and what is said in it as one change set."""
    writer.apply(opened(*shire(), *records), source="world", references=[SOURCE])


def covering(ask: Ask, subject: str, day: date = TODAY) -> set[tuple[str, str, str]]:
    """Return what COVERS says of a subject on a day: rule, service, extent."""
    rows = ask(
        "MATCH (service:Entity)-[covers:COVERS|COVERS_ENDED|COVERS_PLANNED]->(:Entity {id: $subject}) "
        "WHERE covers.validFrom <= $day AND coalesce($day < covers.validTo, true) "
        "RETURN covers.rule, service.code, covers.extent",
        subject=subject,
        day=day,
    )
    return {(rule, code, extent) for rule, code, extent in rows}


def outcomes(ask: Ask, subject: str, day: date = TODAY) -> list[dict[str, Any]]:
    """Return what all rules say of a subject on a day, strongest first, and hold each row to its form."""
    found: list[dict[str, Any]] = []
    for rule in (*RULES, *FLOORS):
        statement = load(f"coverage/{rule.lower()}", "explain")
        columns = [column.name for column in statement.gives]
        rows = [dict(zip(columns, row, strict=True)) for row in ask(statement.text, subject=subject, asOf=day)]
        assert {row["rule"] for row in rows} == {rule}
        found.extend(rows)
    for row in found:
        lacks = [row[name] is None for name in ("reason", "missing", "settles")]
        assert lacks == [row["outcome"] == "APPLIES"] * 3, row
    return found


def bases(ask: Ask, subject: str, day: date = TODAY) -> set[tuple[str, str | None]]:
    """Return services and bases of what covers a subject on a day, by COVERS and, the same, by the rules that apply."""
    rows = ask(
        "MATCH (service:Entity)-[covers:COVERS|COVERS_ENDED|COVERS_PLANNED]->(:Entity {id: $subject}) "
        "WHERE covers.validFrom <= $day AND coalesce($day < covers.validTo, true) RETURN service.id, covers.basis",
        subject=subject,
        day=day,
    )
    stored = {(service_, basis) for service_, basis in rows}
    applied = [row for row in outcomes(ask, subject, day) if row["outcome"] == "APPLIES" and row["rule"] in RULES]
    assert {(row["service"], row["basis"]) for row in applied} == stored
    return stored


def verdicts(rows: Iterable[dict[str, Any]], rule: str) -> list[tuple[str, str | None]]:
    """Return outcome and reason of each row of a rule."""
    return [(row["outcome"], row["reason"]) for row in rows if row["rule"] == rule]
