"""Local authorities: districts and upper tier, what they were called, and the boards whose areas they lie in."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from seed.build.commissioners import BOARDS_MERGE
from seed.build.draft import Draft, Thing, When
from seed.build.geocoded import Place
from seed.build.raw import RawFolder, RawRow
from seed.errors import SeedError

CURRENT, EARLIER = "la_all_codes_202606", "lad_to_ctyua_202304"
UPPER = "utla_all_codes_202606"
BOARDS_2024, BOARDS_2026 = "lad_to_sicbl24_icb24_by_lsoa21", "lad_to_icb2026_by_lsoa21"

_SPEAK_FROM = date(2023, 4, 1)
"""The first list of districts that is dated here; what was before it is known to have been, not when."""
_BEFORE = date(2023, 3, 31)
_BRIDGE_FROM = date(2024, 4, 1)

# Barnsley and Sheffield changed their ONS codes on 1 April 2025 and stayed the same bodies.
_RECODED = {"E08000038": ("E08000016", date(2025, 4, 1)), "E08000039": ("E08000019", date(2025, 4, 1))}

_NATIONS = {code: code == "E" for code in "EWNS"}


@dataclass(frozen=True, slots=True)
class District:
    """A row of the list of districts; `active` is the code that holds today."""

    row: RawRow
    code: str
    name: str
    active: str
    upper: str
    is_current: bool


@dataclass(slots=True)
class Authorities:
    """Which authority of ours an ONS code means."""

    by_ons: dict[str, str]

    def find(self, ons_code: str) -> Thing | None:
        """Return the authority that bears or bore an ONS code."""
        code = self.by_ons.get(ons_code)
        return None if code is None else ("LocalAuthority", code)

    def locate(self, draft: Draft, thing: Thing, places: list[tuple[Place | None, When]], named: date) -> None:
        """Say in which districts a thing lay because its postcodes did; a move within a district is none.

        `named` is the day of the first extract that names its postcode. Where it lay before that is not known, so its
        place begins there at the earliest; of what had ended by then only the last postcode is known, so its last day.
        """
        spans: list[tuple[Thing, When, str]] = []
        for place, when in places:
            if place is None:
                continue
            authority = self.find(place.district)
            if authority is None:
                raise SeedError(f"{thing}: district {place.district} is not in the list of authorities")
            if spans and spans[-1][0] == authority and spans[-1][1].end == when.start:
                _, first, source = spans.pop()
                joined = When(first.start, first.start_precision, when.end, when.end_precision)
                spans.append((authority, joined, source))
            else:
                spans.append((authority, when, place.source))
        for authority, span, source in spans:
            when = span.known_from(named)
            draft.link("LOCATED_IN", thing, authority, when, source, values={"rule": "POSTCODE"}, standing="DERIVED")


def read_districts(raw: RawFolder) -> tuple[list[District], dict[str, str]]:
    """Read the districts of England, current and former, and the names of its upper-tier authorities."""
    groups = (
        "CAUTHCD",
        "CAUTHNM",
        "RGNCD",
        "RGNNM",
        "CTRYCD",
        "CTRYNM",
        "EWCD",
        "EWNM",
        "GBCD",
        "GBNM",
        "UKCD",
        "UKNM",
    )
    columns = ("LADCD", "LADNM", "LADCD_ACTIVE", "LADNM_ACTIVE", "UTLACD", "UTLANM", *groups, "Current", "LAD20CD")
    found = []
    for row in raw.headed(CURRENT, (*columns, "LAD20NM")):
        one = District(
            row,
            row.needed("LADCD"),
            row.needed("LADNM"),
            row.needed("LADCD_ACTIVE"),
            row.take("UTLACD"),
            row.choose("Current", {"TRUE": True, "FALSE": False}),
        )
        row.set_aside("LADNM_ACTIVE", "UTLANM", *groups, "LAD20CD", "LAD20NM")
        row.finish()
        if row.choose_value("LADCD", one.code[0], _NATIONS):
            found.append(one)
        else:
            row.leave_out("district outside England", "the graph holds England")
    upper = {}
    for row in raw.headed(UPPER, ("UTLACD", "UTLANM", *groups)):
        code, name = row.needed("UTLACD"), row.needed("UTLANM")
        row.set_aside(*groups)
        row.finish()
        if row.choose_value("UTLACD", code[0], _NATIONS):
            upper[code] = name
            row.place()
        else:
            row.leave_out("upper-tier authority outside England", "the graph holds England")
    return found, upper


def place(draft: Draft, raw: RawFolder) -> Authorities:
    """Add the authorities, who lies within whom, and what became of former districts."""
    districts, upper = read_districts(raw)
    earlier = _read_earlier(raw)
    former: dict[str, list[District]] = defaultdict(list)
    for one in districts:
        if not one.is_current:
            former[one.active].append(one)
    by_ons: dict[str, str] = {}
    for one in districts:
        if one.is_current:
            recodes = [old for old in former[one.code] if len(former[one.code]) == 1 and old.name == one.name]
            _current(draft, one, one.upper == one.code, recodes, earlier, by_ons)
            one.row.place()
    for code in sorted(upper.keys() - by_ons.keys()):
        by_ons[code] = code
        when = When(_SPEAK_FROM, "NO_LATER_THAN")
        values = {"name": upper[code], "ons_code": code, "is_district": "false", "is_upper_tier": "true"}
        draft.state("LocalAuthority", code, values, when, EARLIER, other=(CURRENT, UPPER))
    for one in districts:
        if one.is_current and one.upper != one.code:
            ends = (("LocalAuthority", by_ons[one.code]), ("LocalAuthority", by_ons[one.upper]))
            draft.link("WITHIN", *ends, When(_SPEAK_FROM, "NO_LATER_THAN"), EARLIER, other=(CURRENT,))
        elif not one.is_current and one.code not in by_ons:
            _former(draft, one, len(former[one.active]) > 1, by_ons)
        one.row.place()
    return Authorities(by_ons)


def _current(
    draft: Draft,
    one: District,
    is_upper: bool,
    recodes: list[District],
    earlier: dict[str, RawRow],
    by_ons: dict[str, str],
) -> None:
    old, recoded = _RECODED.get(one.code, (one.code, None))
    code = old
    if code not in earlier:
        raise one.row.odd("LADCD", one.code, "was not a district in April 2023; say from when it is one")
    earlier[code].place()
    values = {"name": one.name, "is_district": "true", "is_upper_tier": "true" if is_upper else "false"}
    for before in recodes:
        by_ons[before.code] = code
        if before.code != old:
            # An older code of the same authority, given up before anything here is dated.
            when = When(_BEFORE, "UNKNOWN", _SPEAK_FROM, "NO_LATER_THAN")
            draft.state("LocalAuthority", code, {**values, "ons_code": before.code}, when, CURRENT)
    by_ons[one.code] = code
    if recoded is None:
        when = When(_SPEAK_FROM, "NO_LATER_THAN")
        draft.state("LocalAuthority", code, {**values, "ons_code": code}, when, EARLIER, other=(CURRENT,))
    else:
        when = When(_SPEAK_FROM, "NO_LATER_THAN", recoded, "DAY")
        draft.state("LocalAuthority", code, {**values, "ons_code": code}, when, EARLIER)
        draft.state("LocalAuthority", code, {**values, "ons_code": one.code}, When(recoded, "DAY"), CURRENT)


def _former(draft: Draft, one: District, is_merged: bool, by_ons: dict[str, str]) -> None:
    by_ons[one.code] = one.code
    draft.state(
        "LocalAuthority",
        one.code,
        {"name": one.name, "ons_code": one.code, "is_district": "true", "is_upper_tier": "false"},
        When(_BEFORE, "UNKNOWN", _SPEAK_FROM, "NO_LATER_THAN"),
        CURRENT,
        absences=("validFrom|NOT_PUBLISHED|the ONS history of codes", "validTo|NOT_PUBLISHED|the ONS history of codes"),
    )
    draft.link(
        "SUCCEEDED_BY",
        ("LocalAuthority", one.code),
        ("LocalAuthority", by_ons[one.active]),
        When(_SPEAK_FROM, "NO_LATER_THAN"),
        CURRENT,
        values={"kind": "MERGER" if is_merged else "SUCCESSION"},
    )


def _read_earlier(raw: RawFolder) -> dict[str, RawRow]:
    columns = ("LTLA23CD", "LTLA23NM", "LTLA23NMW", "UTLA23CD", "UTLA23NM", "UTLA23NMW", "ObjectId")
    found = {}
    for row in raw.headed(EARLIER, columns):
        code = row.needed("LTLA23CD")
        row.set_aside("LTLA23NM", "LTLA23NMW", "UTLA23CD", "UTLA23NM", "UTLA23NMW", "ObjectId")
        row.finish()
        if row.choose_value("LTLA23CD", code[0], _NATIONS):
            found[code] = row
        else:
            row.leave_out("district outside England", "the graph holds England")
    return found


def place_boards(draft: Draft, raw: RawFolder, authorities: Authorities) -> None:
    """Add the boards that each district lies in, with its share of LSOAs, before and since April 2026."""
    before = _shares(raw, BOARDS_2024)
    after = _shares(raw, BOARDS_2026)
    for (district, board), count in sorted(before.items()):
        same = after.get((district, board)) == count
        when = When(_BRIDGE_FROM, "NO_LATER_THAN", None if same else BOARDS_MERGE, None if same else "DAY")
        _lies(draft, authorities, district, board, count, before, when, BOARDS_2024, (BOARDS_2026,) if same else ())
    for (district, board), count in sorted(after.items()):
        if before.get((district, board)) != count:
            _lies(draft, authorities, district, board, count, after, When(BOARDS_MERGE, "DAY"), BOARDS_2026, ())


def _lies(
    draft: Draft,
    authorities: Authorities,
    district: str,
    board: str,
    count: int,
    counts: Counter[tuple[str, str]],
    when: When,
    source: str,
    other: tuple[str, ...],
) -> None:
    authority = authorities.find(district)
    if authority is None:
        raise SeedError(f"{source}: district {district} is not in the list of authorities")
    whole = sum(number for (one, _), number in counts.items() if one == district)
    draft.link(
        "AUTHORITY_IN",
        authority,
        ("IntegratedCareBoard", board),
        when,
        source,
        values={"share": f"{count / whole:.4f}", "share_basis": "LSOA_2021", "rule": "LSOA_2021"},
        other=other,
        standing="DERIVED",
    )


def _shares(raw: RawFolder, source: str) -> Counter[tuple[str, str]]:
    columns: tuple[str, ...] = ("lad26_code", "ltla24_name", "utla_code", "utla_name")
    if source == BOARDS_2024:
        board = "icb24_code_nhs"
        columns = (*columns, "sicbl24_code_nhs", "sicbl24_code", "sicbl24_name", board, "icb24_code", "icb24_name")
        columns = (*columns, "n_lsoa21")
    else:
        board = "icb26_ods"
        columns = (*columns, board, "icb26_code", "icb26_name", "n_lsoa21", "share_of_lad")
    counts: Counter[tuple[str, str]] = Counter()
    for row in raw.headed(source, columns):
        counts[row.needed("lad26_code"), row.needed(board)] += int(row.needed("n_lsoa21"))
        row.set_aside(*(name for name in columns if name not in ("lad26_code", board, "n_lsoa21")))
        row.finish()
        row.place()
    return counts
