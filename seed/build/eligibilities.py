"""Whom a service says that it serves, and what it has agreed with whom."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from seed.build.authorities import Authorities
from seed.build.codes import Codes
from seed.build.draft import Draft, When
from seed.build.evidence import UNDATED, Stated, take, year
from seed.build.raw import RawFolder, RawRow

ELIGIBILITY = "kls_eligibility"

GROUPS = {
    one: one
    for one in (
        *("own_staff", "other_trust", "students", "gp_practices", "public_health", "community_trust"),
        *("mental_health_trust", "icb_staff", "public", "social_care", "university", "hospice", "ambulance"),
        *("pcn_staff", "csu", "nhs_england"),
    )
}
_AREA_KINDS = {
    "trust": "NHSTrust",
    "local_authority": "LocalAuthority",
    "icb": "IntegratedCareBoard",
    "place": "SubICBLocation",
    "region": "",
    "none": "",
    "town": "",
}
"""What the code of an area means, where the kind has codes."""

_TERMS = {one: one for one in ("unknown", "sla", "free", "charged", "on_request", "reference_only")}
_AGREEMENTS = {"agreement": "FORMAL", "prior_ccg_agreement": "PRIOR_CCG"}
_BASES = {
    **_AGREEMENTS,
    **dict.fromkeys(("unknown", "published_eligibility", "regional_reciprocal", "training_hub"), ""),
}
_HISTORIC = re.compile(r"historic, about (\d{4}) to (\d{4});")
_EVIDENCE = {"stated": "stated", "assumed": "assumed"}

# A network, not a row of the services file: its three rows say what its libraries offer to others.
_NO_SERVICE = "BASE libraries (Birmingham area, merged into HeLM by Feb 2022)"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the eligibility file."""

    row: RawRow
    service: str
    group: str
    area_kind: str
    area_concept: str
    area_name: str
    area_code: str
    terms: str
    basis: str
    quote: str
    url: str
    evidence_date: Stated | None
    evidence: str
    valid_from: Stated | None
    valid_to: Stated | None
    note: str


def read(raw: RawFolder) -> list[Row]:
    """Read the eligibilities."""
    columns = (
        *("service_name", "host_ods_code", "group", "area_kind", "area_name", "area_code", "terms", "basis", "quote"),
        *("source_url", "source_date", "evidence", "valid_from", "valid_to", "note"),
    )
    found = []
    for row in raw.headed(ELIGIBILITY, columns):
        row.set_aside("host_ods_code")
        kind, basis = row.take("area_kind"), row.take("basis")
        row.choose_value("basis", basis, _BASES)
        found.append(
            Row(
                row,
                service=row.needed("service_name"),
                group=row.choose("group", GROUPS),
                area_kind=kind,
                area_concept=row.choose_value("area_kind", kind, _AREA_KINDS),
                area_name=row.take("area_name"),
                area_code=row.take("area_code"),
                terms=row.choose("terms", _TERMS),
                basis=basis,
                quote=row.take("quote"),
                url=row.needed("source_url"),
                evidence_date=take(row, "source_date"),
                evidence=row.choose("evidence", _EVIDENCE),
                **_when(row),
            )
        )
        row.finish()
    raw.files[ELIGIBILITY].measure("assumed", sum(one.evidence == "assumed" for one in found))
    raw.files[ELIGIBILITY].measure("services", len({one.service for one in found}))
    return found


def _when(row: RawRow) -> dict[str, Any]:
    """Return when a statement held, and its note, which for what is past says it where the columns do not."""
    valid_from, valid_to, note = take(row, "valid_from"), take(row, "valid_to"), row.take("note")
    if note.startswith("historic"):
        said = _HISTORIC.match(note)
        if said is None or valid_from or valid_to:
            raise row.odd("note", note, "says that the statement is past, but not from when to when")
        valid_from, valid_to = year(int(said[1])), year(int(said[2]))
    return {"valid_from": valid_from, "valid_to": valid_to, "note": note}


def evidence_of_services(rows: list[Row]) -> dict[str, list[Stated]]:
    """Return the dates at which a service's own pages speak, by its name: it was there then."""
    found: dict[str, list[Stated]] = {}
    for one in rows:
        found.setdefault(one.service, []).extend(date for date in (one.evidence_date, one.valid_from) if date)
    return found


def place(draft: Draft, rows: list[Row], services: dict[str, str], authorities: Authorities, codes: Codes) -> None:
    """Add an eligibility for each row, and an agreement for each that states one."""
    for one in rows:
        service = services.get(one.service)
        if service is None and one.service != _NO_SERVICE:
            raise one.row.odd("service_name", one.service, "is no row of the services file")
        life = _life(one) if service is None else _life_in(one, draft.life("KnowledgeService", service))
        if life is None:
            one.row.quarantine(one.service, "it speaks of a time when the service was not")
            continue
        _eligibility(draft, one, service, life, authorities, codes)
        kind = "ON_REQUEST" if one.terms == "on_request" else _BASES[one.basis]
        # An agreement that is only assumed is not one that a source states.
        if kind and one.evidence == "stated" and service is not None:
            _agreement(draft, one, kind, service, life, authorities, codes)
        one.row.place()


def _life(one: Row) -> When:
    start = one.valid_from or one.evidence_date or UNDATED
    if one.valid_to is None:
        return When(start.day, start.precision)
    return When(start.day, start.precision, one.valid_to.end, one.valid_to.precision)


def _life_in(one: Row, service: When) -> When | None:
    """When a statement held, within the life of the service that made it: it ends with the service at the latest.

    An undated page speaks from the day that it was read; that of a service which was past by then, from the last day of
    the service, with a precision that says that nobody knows.
    """
    dated = one.valid_from or one.evidence_date
    if dated is None and service.end is not None and service.end <= UNDATED.day:
        return When(service.end - timedelta(days=1), "UNKNOWN", service.end, service.end_precision)
    return _life(one).clipped(service)


def _eligibility(
    draft: Draft, one: Row, service: str | None, life: When, authorities: Authorities, codes: Codes
) -> None:
    code = codes.of("Eligibility", one.service, one.group, one.area_name or one.area_kind)
    absences = _area_absences(one)
    if one.terms == "unknown":
        absences.append("terms|NOT_PUBLISHED|a page of the service that states its terms")
    if one.evidence_date is None:
        absences.append("evidenceDate|NOT_PUBLISHED|a date on the page")
    if service is None:
        absences.append("service|NOT_APPLICABLE|the statement is of a network and not of one service")
        one.row.quarantine_part(one.service, "the statement is of a network, not of a row of the services file")
    values = {**_values(one), "basis": one.basis, "evidence": one.evidence, "note": one.note}
    draft.state(
        "Eligibility", code, {**values, "service_name": one.service}, life, ELIGIBILITY, absences=tuple(absences)
    )
    if service is not None:
        draft.link("HAS_ELIGIBILITY", ("KnowledgeService", service), ("Eligibility", code), life, ELIGIBILITY)
    _area(draft, "ELIGIBILITY_AREA", "Eligibility", code, one, life, authorities)


def _agreement(
    draft: Draft, one: Row, kind: str, service: str, life: When, authorities: Authorities, codes: Codes
) -> None:
    code = codes.of("Agreement", one.service, one.group, one.area_name or one.area_kind)
    values = {**_values(one), "kind": kind}
    draft.state("Agreement", code, values, life, ELIGIBILITY, absences=tuple(_area_absences(one)))
    draft.link("HAS_AGREEMENT", ("KnowledgeService", service), ("Agreement", code), life, ELIGIBILITY)
    _area(draft, "AGREEMENT_AREA", "Agreement", code, one, life, authorities)


def _values(one: Row) -> dict[str, str]:
    dated = one.evidence_date
    return {
        "name": f"{one.service}: {one.group.replace('_', ' ')}, {one.area_name or one.area_kind}",
        "group": one.group,
        "area_kind": one.area_kind,
        "area_name": one.area_name,
        "area_code": one.area_code,
        "terms": one.terms,
        "quote": one.quote,
        "url": one.url,
        "evidence_date": dated.day.isoformat() if dated else "",
        "evidence_date_precision": dated.precision if dated else "",
    }


def _area_absences(one: Row) -> list[str]:
    if one.area_code:
        return []
    if one.area_kind == "none":
        return ["areaCode|NOT_APPLICABLE|the statement names no area"]
    return ["areaCode|NOT_PUBLISHED|a code for the area that the page names"]


def _area(draft: Draft, type_: str, concept: str, code: str, one: Row, life: When, authorities: Authorities) -> None:
    if not one.area_code:
        return
    if not one.area_concept:
        raise one.row.odd("area_code", one.area_code, f"an area of kind {one.area_kind} has no codes")
    area = (
        authorities.find(one.area_code) if one.area_concept == "LocalAuthority" else (one.area_concept, one.area_code)
    )
    if area is None or area not in draft.lives:
        one.row.quarantine_part(one.service, f"its area {one.area_code} is not in the graph")
        return
    if draft.link(type_, (concept, code), area, life, ELIGIBILITY) is None:
        one.row.quarantine_part(one.service, f"{one.area_code} was not in force when the statement was")
