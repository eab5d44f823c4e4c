"""Knowledge and library services, and who hosts them, as published pages say."""

from dataclasses import dataclass
from datetime import date, timedelta

from seed.build.codes import Codes
from seed.build.draft import Draft, Thing, When
from seed.build.evidence import READ, UNDATED, Stated, take
from seed.build.raw import RawFolder, RawRow
from seed.build.succession import WITHOUT_RECORD

SERVICES = "nhs_kls_services"

_STATUSES = {
    "host still named as such in source (not re-checked against ODS)": False,
    "host as named in source; re-checked against ODS July 2026": False,
    "host as named in source": False,
    "historic name of host": False,
    "historic host or service": True,
}
"""Whether a service is past: only the last status says so; a host that was renamed is a host all the same."""

_MATCHES = {
    "exact name": "exact name",
    "normalised name": "normalised name",
    "by hand": "by hand",
    "succession": "succession",
    "": "",
}
_PASSES = {one: one for one in ("first", "second", "third")}

_HOSTS = {
    "Imperial College London (university library)": ("Imperial College London", "UNIVERSITY"),
    "University College London (university library)": ("University College London", "UNIVERSITY"),
    "University of Southampton (university library)": ("University of Southampton", "UNIVERSITY"),
    "Queen Mary University of London (university library)": ("Queen Mary University of London", "UNIVERSITY"),
    "University of Oxford (Bodleian Libraries)": ("University of Oxford", "UNIVERSITY"),
    "University of Sheffield (university library)": ("University of Sheffield", "UNIVERSITY"),
    "St George's, University of London (university library)": ("St George's, University of London", "UNIVERSITY"),
    "Newcastle University (university library)": ("Newcastle University", "UNIVERSITY"),
    "King's College London (university library)": ("King's College London", "UNIVERSITY"),
    "University of Cambridge (university library)": ("University of Cambridge", "UNIVERSITY"),
    "Kent County Council (Public Health Department)": ("Kent County Council", "COUNCIL"),
    "UK Health Security Agency": ("UK Health Security Agency", "NATIONAL_BODY"),
}
"""A host that is no NHS trust, by its whole text in the source: its name and kind."""

_NOT_NAMED = "host|NOT_PUBLISHED|a page of the service that names its host"
_NO_RECORD = "host|NOT_PUBLISHED|a file of ODS that holds the record of its host"
_WITHOUT_HOST = {
    "Northamptonshire (partnership host)": (_NOT_NAMED, ""),
    "Bedfordshire (host not named in excerpt)": (_NOT_NAMED, ""),
    "Plymouth (host not named in excerpt)": (_NOT_NAMED, ""),
    "West Sussex (host not named in excerpt)": (_NOT_NAMED, ""),
    "North Staffordshire (host not named in excerpt)": (_NOT_NAMED, ""),
    "Poole Hospital / Royal Bournemouth": (_NO_RECORD, "two hosts are named, and neither has a code in the row"),
    "Manchester Mental Health and Social Care Trust": (_NO_RECORD, "the host was a care trust, not in the etr files"),
    "Aintree Hospitals NHS Trust": (_NO_RECORD, "the host's old code is not in the etr files"),
    "NHS Bolton (primary care trust)": (_NO_RECORD, "a primary care trust is not in the etr files"),
    "Black Country Healthcare NHS Foundation Trust": (_NO_RECORD, WITHOUT_RECORD["TAJ"]),
    "Bradford District Care NHS Foundation Trust": (_NO_RECORD, WITHOUT_RECORD["TAD"]),
}
"""Hosts that cannot be joined, by their whole text: the absence, and why the link is in quarantine if one is named."""


@dataclass(frozen=True, slots=True)
class _Host:
    """A host of a service, what that rests on, and since when where it followed another."""

    thing: Thing
    basis: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A row of the services file."""

    row: RawRow
    name: str
    host: str
    host_code: str
    host_current_code: str
    match: str
    host_note: str
    is_past: bool
    evidence: tuple[Stated, ...]
    values: dict[str, str]


def read(raw: RawFolder) -> list[Service]:
    """Read the services."""
    columns = (
        *("service_name", "host_org", "host_ods_code", "status", "successor_host_unsourced", "town", "website"),
        *("serves", "serves_categories", "serves_evidence", "basis", "limits", "source_url", "source_date", "note"),
        *("host_current_ods_code", "host_current_ods_name", "host_match", "host_match_note", "host_ods_status"),
        *("newer_evidence_url", "newer_evidence_date", "newer_evidence_what", "gathered"),
    )
    found = []
    for row in raw.headed(SERVICES, columns):
        row.choose("gathered", _PASSES)
        row.set_aside("successor_host_unsourced", "serves_categories", "serves_evidence", "basis")
        row.set_aside("host_current_ods_name", "host_ods_status", "newer_evidence_url", "newer_evidence_what")
        dates = (take(row, "source_date"), take(row, "newer_evidence_date"))
        service = Service(
            row,
            name=row.needed("service_name"),
            host=row.needed("host_org"),
            host_code=row.take("host_ods_code"),
            host_current_code=row.take("host_current_ods_code"),
            match=row.choose("host_match", _MATCHES),
            host_note=row.take("host_match_note"),
            is_past=row.choose("status", _STATUSES),
            evidence=tuple(one for one in dates if one),
            values={
                **{name: row.take(name) for name in ("town", "website", "serves", "limits", "note")},
                "url": row.needed("source_url"),
            },
        )
        row.finish()
        found.append(service)
    raw.files[SERVICES].measure("not_historic", sum(not one.is_past for one in found))
    return found


def place(
    draft: Draft, services: list[Service], more_evidence: dict[str, list[Stated]], codes: Codes
) -> dict[str, str]:
    """Add the services and their hosts; return the codes of services by name.

    `more_evidence` holds dates from other files at which a service is known to have been, by its name.
    """
    lives = {one.name: _life(draft, one, more_evidence.get(one.name, [])) for one in services}
    _host_organisations(draft, services, lives, codes)
    found = {}
    for one in services:
        code, life = codes.of("KnowledgeService", one.name), lives[one.name]
        hosts = _hosts(draft, one, life, codes)
        where = _location(draft, hosts)
        absence, reason = ("", "") if hosts else one.row.choose_value("host_org", one.host, _WITHOUT_HOST)
        absences = [absence] if absence else []
        if not where:
            absences.append("location|NOT_PUBLISHED|an address of the service, or a host with one")
        if not one.values["serves"]:
            absences.append("serves|NOT_PUBLISHED|a page of the service that says whom it serves")
        values = {"name": one.name, "host_name": one.host, "host_match": one.match, "host_note": one.host_note}
        draft.state(
            "KnowledgeService", code, {**one.values, **values, **where}, life, SERVICES, absences=tuple(absences)
        )
        for host in hosts:
            draft.link(
                "HOSTED_BY",
                ("KnowledgeService", code),
                host.thing,
                When(host.since, "DAY") if host.since else When(life.start, life.start_precision),
                SERVICES,
                values={"basis": host.basis},
                other=("succ_20260503", "etr_202607") if host.thing[0] == "NHSTrust" else (),
            )
        if reason:
            one.row.quarantine_part(one.name, reason)
        one.row.place()
        found[one.name] = code
    return found


def _host_organisations(draft: Draft, services: list[Service], lives: dict[str, When], codes: Codes) -> None:
    """Add the hosts that are no trusts, each from the first date at which a source names it as a host."""
    first: dict[str, When] = {}
    for one in services:
        if one.host in _HOSTS:
            life = lives[one.name]
            if one.host not in first or life.start < first[one.host].start:
                first[one.host] = When(life.start, life.start_precision)
    for host, when in sorted(first.items()):
        name, kind = _HOSTS[host]
        code = codes.of("HostOrganisation", name)
        draft.state("HostOrganisation", code, {"name": name, "kind": kind}, when, SERVICES)


def _life(draft: Draft, one: Service, more: list[Stated]) -> When:
    """From its earliest date on; a past service to the end of its host, else to the day when it was found to be past.

    Nothing dates the end of most past services, and their ends say so (UNKNOWN). A past one without any date is held
    for the one day before its end: it was at some time before, and no source says when.
    """
    dates = sorted((*one.evidence, *more), key=lambda stated: stated.day)
    if not one.is_past:
        first = dates[0] if dates else UNDATED
        return When(first.day, first.precision)
    latest = max((stated.end for stated in dates), default=date.min)
    host = draft.life("NHSTrust", one.host_code).end if draft.has("NHSTrust", one.host_code) else None
    end = When(host, "DAY") if host is not None and host >= latest else When(READ, "UNKNOWN")
    if not dates:
        return When(end.start - timedelta(days=1), "UNKNOWN", end.start, end.start_precision)
    return When(dates[0].day, dates[0].precision, end.start, end.start_precision)


def _hosts(draft: Draft, one: Service, life: When, codes: Codes) -> list[_Host]:
    """The hosts of a service: the trust that the source names, and from its end the one that followed it."""
    if one.host in _HOSTS:
        return [_Host(("HostOrganisation", codes.of("HostOrganisation", _HOSTS[one.host][0])), "named in source")]
    for column, code in (("host_ods_code", one.host_code), ("host_current_ods_code", one.host_current_code)):
        if code and not draft.has("NHSTrust", code):
            raise one.row.odd(column, code, "is no trust of the graph")
    if not one.host_code:
        return []
    hosts = [_Host(("NHSTrust", one.host_code), one.match)]
    ended = draft.life("NHSTrust", one.host_code).end
    if one.host_current_code not in ("", one.host_code):
        if ended is None:
            raise one.row.odd("host_current_ods_code", one.host_current_code, f"{one.host_code} is still open")
        if life.end is None or life.end > ended:
            hosts.append(_Host(("NHSTrust", one.host_current_code), f"{one.match}; its successor", ended))
    return hosts


def _location(draft: Draft, hosts: list[_Host]) -> dict[str, str]:
    """Where the host trust of 2026 is; a service has no address of its own in the sources."""
    for label, code in (host.thing for host in reversed(hosts)):
        if label == "NHSTrust":
            rows = [row for row in draft.rows["trusts.csv"] if row["code"] == code]
            if rows[-1].get("latitude"):
                return {"latitude": rows[-1]["latitude"], "longitude": rows[-1]["longitude"]}
    return {}
