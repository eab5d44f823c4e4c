"""Places: the place-based partnerships of systems, their authorities and sub-ICB locations; and those of wave 1.

Two sources give a place its first date: the page that lists it, and the announcement of the national neighbourhood
health programme. A place of a system that ended on 1 April 2026 ends with it, because no source here names it later.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from seed.build.authorities import Authorities
from seed.build.codes import Codes
from seed.build.commissioners import BOARDS_BEGIN, COMMISSIONERS
from seed.build.draft import Draft, Thing, When, joined
from seed.build.evidence import READ, Stated, said_of, take
from seed.build.raw import RawFolder, RawRow
from seed.errors import SeedError
from seed.tables import Standing

PLACES, WAVE = "ics_places", "neighbourhood_wave1_places"
PROGRAMME = "national-neighbourhood-health-implementation-programme-wave-1"

_COMMISSIONERS_DAY = date(2026, 1, 2)
_COVERAGE = {"whole": "WHOLE", "part": "PART", "": ""}
_AUTHORITY_BASES: Mapping[str, tuple[str, Standing, str]] = {
    "stated in source": ("STATED", "PUBLISHED", ""),
    "same name as place": ("SAME_NAME", "DERIVED", "PLACE_NAME"),
    "inferred from place name - check": ("INFERRED", "DERIVED", "PLACE_NAME_INFERRED"),
    "": ("", "PUBLISHED", ""),
}
_AGREE = "2021 LSOAs of the named authorities and of the sub-ICB location agree"
_LOCATION_RULES = {
    f"{_AGREE} (1.000)": "LSOA_2021",
    f"{_AGREE} (0.988)": "LSOA_2021",
    f"{_AGREE} (0.985)": "LSOA_2021",
    "the place is the union of these sub-ICB locations (2021 LSOAs)": "LSOA_2021",
    "former CCG of the same area": "FORMER_GROUP",
    "": "",
}
# What the announcement calls otherwise than the list of places.
_ALSO_CALLED = {
    "Bi-borough (Kensington and Chelsea; Westminster)": "Kensington, Chelsea and Westminster (bi-borough)",
}
# Sites of clinical commissioning groups, which ended when the boards began: their pages speak of no later day.
_SITES_OF_GROUPS = ("https://bnssgccg.nhs.uk/", "https://herefordshireandworcestershireccg.nhs.uk/")
# The note of the row says that this page predates the board.
_BEFORE_BOARD = ("https://solihulltogether.co.uk/news/124-first-locality-working-engagement-event",)
_UNDATED_SYSTEM = (
    "places|BEFORE_SOURCES|dates of the pages that name its places: the undated speak from November 2026|2026-11-01"
)
_UNNAMED_SYSTEM = "places|NOT_PUBLISHED|a page of the system that names its places"


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A row of the list of places."""

    row: RawRow
    system: str
    system_name: str
    name: str
    values: Mapping[str, str]
    stated_on: Stated | None
    authorities: tuple[str, ...]
    authority_basis: tuple[str, Standing, str]
    coverage: str
    locations: tuple[str, ...]
    location_rule: str
    location_basis: str
    is_in_ods: bool


@dataclass(frozen=True, slots=True, eq=False)
class Announced:
    """A row of the announcement of wave 1."""

    row: RawRow
    name: str
    system_name: str
    url: str
    when: When


def read(raw: RawFolder) -> list[Place]:
    """Read the list of places."""
    columns = (
        *("ics", "place_name", "local_authorities", "local_authority_basis", "grouping", "source_url", "source_date"),
        *("note", "ics_icb_ods_code", "la_codes", "la_coverage", "sub_icb_code", "sub_icb_basis"),
        *("ods_reporting_code", "ods_reporting_source_url"),
    )
    found = []
    for row in raw.headed(PLACES, columns):
        url, reporting = row.needed("source_url"), _listed(row.take("ods_reporting_code"))
        location_basis = row.take("sub_icb_basis")
        name = row.needed("place_name")
        one = Place(
            row,
            row.needed("ics_icb_ods_code"),
            row.needed("ics"),
            name,
            {
                "name": name,
                "grouping": row.needed("grouping"),
                "authorities_named": row.take("local_authorities"),
                "ods_reporting_codes": joined(list(reporting)),
                "url": url if url.startswith("http") else "",
                "note": row.take("note"),
            },
            take(row, "source_date"),
            _listed(row.take("la_codes")),
            row.choose("local_authority_basis", _AUTHORITY_BASES),
            row.choose("la_coverage", _COVERAGE),
            _listed(row.take("sub_icb_code")),
            row.choose_value("sub_icb_basis", location_basis, _LOCATION_RULES),
            location_basis,
            bool(reporting),
        )
        if bool(one.authorities) != bool(one.authority_basis[0]) or bool(one.authorities) != bool(one.coverage):
            raise row.odd("la_codes", ";".join(one.authorities), "does not fit its basis and coverage")
        row.set_aside("ods_reporting_source_url")
        row.finish()
        found.append(one)
    file = raw.files[PLACES]
    file.measure("systems", len({one.system for one in found}))
    file.measure("with_authorities", sum(bool(one.authorities) for one in found))
    file.measure("with_locations", sum(bool(one.locations) for one in found))
    return found


def read_wave(raw: RawFolder) -> list[Announced]:
    """Read the places of wave 1; the programme itself begins with the first announcement that has a day."""
    rows = []
    for row in raw.headed(WAVE, ("place", "ics", "wave", "source_url", "source_date", "note")):
        row.choose("wave", {"wave 1": 1})
        stated = take(row, "source_date")
        if stated is None:
            raise row.odd("source_date", "", "must not be empty")
        rows.append((row, row.needed("place"), row.take("ics"), row.needed("source_url"), stated))
        row.set_aside("note")
        row.finish()
    begins = min(stated.day for *_, stated in rows if stated.precision == "DAY")
    return [
        Announced(row, name, system, url, When(stated.day, stated.precision).clipped(When(begins)) or When(begins))
        for row, name, system, url, stated in rows
    ]


def place(draft: Draft, places: list[Place], wave: list[Announced], known: Authorities, codes: Codes) -> None:
    """Add the places, what they are made of, and which take part in wave 1."""
    in_wave = _in_wave(draft, places, wave)
    announced = {thing: one for one, thing in in_wave.items() if isinstance(thing, Place)}
    things: dict[Place, Thing] = {}
    for one in places:
        code = codes.of("Place", one.system_name, one.name)
        _place(draft, one, ("Place", code), announced.get(one), known)
        things[one] = ("Place", code)
        one.row.place()
    _programme(draft, in_wave, things)
    latest: dict[str, date] = {}
    for one, thing in things.items():
        starts = draft.lives[thing].start
        latest[one.system] = max(starts, latest.get(one.system, starts))
    for system in sorted(code for label, code in draft.lives if label == "IntegratedCareSystem"):
        if system not in latest:
            draft.lack("IntegratedCareSystem", system, _UNNAMED_SYSTEM)
        elif latest[system] == READ:
            draft.lack("IntegratedCareSystem", system, _UNDATED_SYSTEM)


def _place(draft: Draft, one: Place, thing: Thing, announced: Announced | None, known: Authorities) -> None:
    system = draft.life("IntegratedCareSystem", one.system)
    life = _life(one, system, announced)
    absences = []
    if life.end is not None:
        # Its system ended; whether the place goes on under another system no source says.
        absences.append("validTo|NOT_PUBLISHED|a page of the system that followed, with its places")
        life = life.ended(life.end, "UNKNOWN")
    if not one.authorities:
        absences.append("localAuthorities|NOT_PUBLISHED|a page that names the authorities of the place")
    if one.coverage != "WHOLE":
        absences.append(
            "neighbourhoods|NOT_PUBLISHED|the boundary of the place: it takes in no whole authority for sure"
        )
    if not one.locations:
        absences.append("subIcbLocations|NOT_PUBLISHED|the boundary of the place")
    if not one.values["url"]:
        absences.append("url|NOT_PUBLISHED|the address of the area-code list in the board's public data dictionary")
    others = ((WAVE,) if announced else ()) + ((COMMISSIONERS,) if one.is_in_ods else ())
    draft.state("Place", thing[1], one.values, life, PLACES, other=others, absences=tuple(absences))
    draft.link(
        "PLACE_IN",
        thing,
        ("IntegratedCareSystem", one.system),
        When(life.start, life.start_precision, system.end, system.end_precision),
        PLACES,
        other=others,
    )
    basis, standing, rule = one.authority_basis
    for code in one.authorities:
        authority = known.find(code)
        if authority is None:
            raise one.row.odd("la_codes", code, "is not in the list of authorities")
        values = {"basis": basis, "coverage": one.coverage, "rule": rule}
        draft.link("PLACE_AUTHORITY", thing, authority, life, PLACES, values=values, standing=standing)
    for code in one.locations:
        values = {"basis": one.location_basis, "rule": one.location_rule}
        location = ("SubICBLocation", code)
        draft.link("PLACE_SUB_ICB", thing, location, life, PLACES, values=values, standing="DERIVED")


def _life(one: Place, system: When, announced: Announced | None) -> When:
    life = said_of(one.stated_on, system)
    if one.stated_on is None and one.values["url"].startswith(_SITES_OF_GROUPS + _BEFORE_BOARD):
        life = When(BOARDS_BEGIN, "NO_LATER_THAN", system.end, system.end_precision)
    elif one.stated_on is None and one.is_in_ods:
        # ODS lists a reporting entity of the place's name under its board.
        life = When(_COMMISSIONERS_DAY, "NO_LATER_THAN", system.end, system.end_precision)
    if announced and announced.when.start < life.start:
        life = When(announced.when.start, announced.when.start_precision, system.end, system.end_precision)
    return life


def _in_wave(draft: Draft, places: list[Place], wave: list[Announced]) -> dict[Announced, Place | Thing]:
    """Return what each announced name certainly means: a place of that name, or the whole of the system so named."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    for one in places:
        by_name[one.name].append(one)
    found: dict[Announced, Place | Thing] = {}
    for announced in wave:
        named = by_name.get(_ALSO_CALLED.get(announced.name, announced.name), [])
        fitting = [one for one in named if announced.system_name in ("", one.system_name)]
        if len(fitting) == 1:
            found[announced] = fitting[0]
        elif not fitting and announced.name == announced.system_name:
            found[announced] = ("IntegratedCareSystem", _system(draft, announced))
        else:
            announced.row.quarantine(announced.name, "no place of that name is in the list of places of its system")
    return found


def _system(draft: Draft, announced: Announced) -> str:
    name = f"{announced.system_name} Integrated Care System"
    for label, code in draft.lives:
        if label == "IntegratedCareSystem" and draft.latest(label, code)["name"] == name:
            return code
    raise announced.row.odd("ics", announced.system_name, "is no integrated care system")


def _programme(draft: Draft, in_wave: Mapping[Announced, Place | Thing], things: Mapping[Place, Thing]) -> None:
    if not in_wave:
        raise SeedError("wave 1 of the neighbourhood health programme names no place that is known")
    draft.state(
        "Programme",
        PROGRAMME,
        {"name": "National Neighbourhood Health Implementation Programme, wave 1"},
        When(min(one.when.start for one in in_wave)),
        WAVE,
        absences=("members|NOT_PUBLISHED|the whole list of the 43 places of wave 1, of which 21 are known here",),
    )
    for announced, member in in_wave.items():
        thing = things[member] if isinstance(member, Place) else member
        values = {"url": announced.url}
        held = draft.link("PROGRAMME_MEMBER", thing, ("Programme", PROGRAMME), announced.when, WAVE, values=values)
        if held is None:
            raise announced.row.odd("place", announced.name, "was not in force when it was announced")
        announced.row.place()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(";") if one)
