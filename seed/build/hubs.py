"""Primary care training hubs and their posts of knowledge specialists, as published pages say."""

from dataclasses import dataclass
from datetime import date

from seed.build.codes import Codes
from seed.build.draft import Draft, Thing, When
from seed.build.evidence import Stated, address, month, speaks_from, take, year
from seed.build.raw import RawFolder, RawRow
from seed.tables import Standing

HUBS = "primary_care_training_hubs"

_LEVELS = {
    "ics": "ICS",
    "place": "PLACE",
    "place (three)": "PLACE",
    "locality": "PLACE",
    "not called a training hub": "",
}
"""Whether a hub is of a whole system or of a part of it; a borough hub is of a place."""
_PILOT = {"yes": True, "": False}

_HOSTS = {"Kernow Health CIC": ("Kernow Health CIC", "COMPANY")}
_NO_HOSTS = {
    "The Hub Plus (company)": "host|NOT_APPLICABLE|the hub is a company of its own",
    "Croydon GP Collaborative site": "host|NOT_PUBLISHED|a page that says who hosts it and not only shows it",
    "": "host|NOT_PUBLISHED|a page that names its host",
}
_BEGAN = {"hosted by Kernow Health CIC from 2015/16": year(2015)}
"""What a note says of the beginning; 2015/16 began in April 2015."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """A funded term as the pages word it: its last month, the library, and the areas that the post serves."""

    last: Stated
    library: str
    areas: tuple[tuple[Thing, str, When | None, tuple[str, ...]], ...]
    absence: str


_BOARDS_BEGIN = date(2022, 7, 1)
_GROUP, _SAME = "PREDECESSOR_GROUP", "SAME_AREA"
_BEFORE = When(date(2020, 4, 1), "DAY", _BOARDS_BEGIN, "DAY")

# The area of Nottingham and Nottinghamshire before July 2022 is that of the commissioning group which its sub-ICB
# location 52R followed: Bassetlaw (02Q) joined the system only then. The place of Leeds is its city council's area, and
# the LSOAs of the council and of the sub-ICB location 15F are the same.
_TERMS = {
    "2 years from Sept 2021, then 1 further year funded by the ICB": _Terms(
        month(2024, 9),
        "Sherwood Forest Hospitals Library and Knowledge Service",
        (
            (("IntegratedCareBoard", "QT1"), "", None, ()),
            (("ClinicalCommissioningGroup", "52R"), _GROUP, _BEFORE, ("ods_commissioners_20260102",)),
        ),
        "validity|NOT_PUBLISHED|a source that says whether the post went on after September 2024",
    ),
    "2 years from Nov 2021; place-based (Leeds only)": _Terms(
        month(2023, 10),
        "Leeds Community Healthcare Library",
        (
            (("LocalAuthority", "E08000035"), "", None, ()),
            (("SubICBLocation", "15F"), _SAME, None, ("lsoa21_sicbl24_icb24",)),
            (("ClinicalCommissioningGroup", "15F"), _GROUP, _BEFORE, ("ods_commissioners_20260102",)),
        ),
        "validity|NOT_PUBLISHED|a source that says whether the post went on after its two years",
    ),
}
"""Posts, by the whole text of their funding."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A row of the file."""

    row: RawRow
    name: str
    level: str
    level_text: str
    host: str
    system: str
    is_pilot: bool
    library: str
    library_host: str
    funding: str
    note: str
    url: str
    dated: Stated | None
    hub_from: Stated | None
    post_from: Stated | None
    post_to: Stated | None


def read(raw: RawFolder) -> list[Hub]:
    """Read the hubs."""
    columns = (
        *("training_hub", "ics", "knowledge_specialist_pilot", "library_partner", "status", "source_url"),
        *("source_date", "note", "ics_code_202601", "level", "host", "hub_from", "specialist_from", "specialist_to"),
        "library_host_ods_code",
    )
    found = []
    for row in raw.headed(HUBS, columns):
        row.set_aside("ics")
        level = row.take("level")
        found.append(
            Hub(
                row,
                name=row.needed("training_hub"),
                level=row.choose_value("level", level, _LEVELS),
                level_text=level,
                host=row.take("host"),
                system=row.needed("ics_code_202601"),
                is_pilot=row.choose("knowledge_specialist_pilot", _PILOT),
                library=row.take("library_partner"),
                library_host=row.take("library_host_ods_code"),
                funding=row.take("status"),
                note=row.take("note"),
                url=address(row.needed("source_url")),
                dated=take(row, "source_date"),
                hub_from=take(row, "hub_from"),
                post_from=take(row, "specialist_from"),
                post_to=take(row, "specialist_to"),
            )
        )
        row.finish()
    raw.files[HUBS].measure("systems", len({one.system for one in found}))
    raw.files[HUBS].measure("posts", sum(one.is_pilot for one in found))
    return found


def place(draft: Draft, rows: list[Hub], services: dict[str, str], codes: Codes) -> None:
    """Add the hubs, who hosts them, and the posts of knowledge specialists; `services` are codes by name."""
    for one in rows:
        system = ("IntegratedCareSystem", one.system)
        said = speaks_from(one.dated, [draft.lives[system]])
        begun = [date for date in (one.hub_from, one.post_from, _began(one)) if date and date.day < said.start]
        first = min(begun, key=lambda stated: stated.day, default=None)
        life = When(first.day, first.precision) if first else said
        code = codes.of("TrainingHub", one.name)
        hub = ("TrainingHub", code)
        absences = [] if one.level else ["level|NOT_PUBLISHED|a page that calls it a training hub, and of what"]
        if one.host not in _HOSTS:
            absences.append(one.row.choose_value("host", one.host, _NO_HOSTS))
        if not one.is_pilot:
            absences.append("knowledgeSpecialists|NOT_PUBLISHED|the list of the 15 pilot hubs, or a page of the hub")
        draft.state(
            *hub,
            {
                "name": one.name,
                "level": one.level,
                "level_text": one.level_text,
                "host_name": one.host,
                "note": one.note,
                **_evidence(one),
            },
            life,
            HUBS,
            absences=tuple(absences),
        )
        draft.link("HUB_OF", hub, system, life, HUBS)
        if one.host in _HOSTS:
            _host(draft, one, hub, life, codes)
        if one.is_pilot:
            _post(draft, one, hub, services, codes)
        elif one.post_from or one.post_to or one.library or one.funding:
            raise one.row.odd("knowledge_specialist_pilot", "", "is empty, but the row tells of a post")
        one.row.place()


def _began(one: Hub) -> Stated | None:
    return next((date for words, date in _BEGAN.items() if words in one.note), None)


def _evidence(one: Hub) -> dict[str, str]:
    return {
        "url": one.url,
        "evidence_date": one.dated.day.isoformat() if one.dated else "",
        "evidence_date_precision": one.dated.precision if one.dated else "",
    }


def _host(draft: Draft, one: Hub, hub: Thing, life: When, codes: Codes) -> None:
    name, kind = _HOSTS[one.host]
    host = ("HostOrganisation", codes.of("HostOrganisation", name))
    draft.state(*host, {"name": name, "kind": kind}, When(life.start, life.start_precision), HUBS)
    draft.link("HUB_HOSTED_BY", hub, host, life, HUBS)


def _post(draft: Draft, one: Hub, hub: Thing, services: dict[str, str], codes: Codes) -> None:
    """Add the post; it lasts as long as its funding, which the source words, and whose last month it may name."""
    terms = one.row.choose_value("status", one.funding, _TERMS)
    if one.post_from is None:
        raise one.row.odd("specialist_from", "", "a post without a beginning")
    if one.post_to is not None and one.post_to != terms.last:
        raise one.row.odd(
            "specialist_to", one.post_to.day.isoformat(), f"is not {terms.last.day}, as the status words it"
        )
    life = When(one.post_from.day, one.post_from.precision, terms.last.end, terms.last.precision)
    post = ("KnowledgeSpecialistPost", codes.of("KnowledgeSpecialistPost", one.name))
    draft.state(
        *post,
        {
            "name": f"Knowledge specialist, {one.name}",
            "funding": one.funding,
            "library_name": one.library,
            **_evidence(one),
        },
        life,
        HUBS,
        absences=(terms.absence,),
    )
    draft.link("POST_IN", post, hub, life, HUBS)
    service = services.get(terms.library)
    if service is None or one.library_host not in _hosts(draft, service):
        raise one.row.odd("library_host_ods_code", one.library_host, f"does not host {terms.library}")
    draft.link("POST_WITH", post, ("KnowledgeService", service), life, HUBS)
    for area, rule, within, other in terms.areas:
        when = life if within is None else life.clipped(within)
        if when is None or area not in draft.lives:
            raise one.row.odd("status", one.funding, f"serves {area[1]}, which is not in the tables")
        standing: Standing = "DERIVED" if rule else "PUBLISHED"
        values = {"rule": rule}
        if draft.link("POST_SERVES", post, area, when, HUBS, values=values, other=other, standing=standing) is None:
            one.row.quarantine_part(one.name, f"{area[1]} was not in force while the post was")


def _hosts(draft: Draft, service: str) -> set[str]:
    return {row["end"] for row in draft.rows["hosted_by.csv"] if row["start"] == service}
