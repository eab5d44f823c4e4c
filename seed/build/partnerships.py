"""Integrated care partnerships: one for each system by statute, its members by law and as pages state them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from seed.build.authorities import Authorities
from seed.build.commissioners import BOARD_SUCCESSION, BOARDS_BEGIN, BOARDS_MERGE
from seed.build.draft import Draft, Thing, When
from seed.build.evidence import Stated, said_of, take
from seed.build.raw import RawFolder, RawRow
from seed.errors import SeedError
from seed.tables import Standing

PARTNERSHIPS = "integrated_care_partnerships"
UPPER_TIER_2026 = "icb2026_to_utla_by_lsoa21"
RULE = "RESPONSIBLE_AUTHORITY"
"""Section 116ZA makes every upper-tier authority with any part in the board's area a member of its partnership."""

_NAME_BASES = {
    "stated in source": "STATED",
    "named only as the ICP of the ICS": "NAMED_AS_PARTNERSHIP_OF_SYSTEM",
    "from the partnership website's address; that it is the statutory ICP is not stated in the excerpt": "FROM_ADDRESS",
    "not found": "",
}
_BY_LAW = (
    "derived: upper-tier authorities with any 2021 LSOA in the ICB area, as section 116ZA makes each of them a founder"
)
_FRINGE = re.compile(r"; fringe only, number of LSOAs: (?P<list>.+)")
_ONE_FRINGE = re.compile(r"(?P<name>[^,(]+) \((?P<count>\d+)\)")


@dataclass(frozen=True, slots=True)
class Partnership:
    """A row of the partnerships file."""

    row: RawRow
    board: str
    system: str
    values: Mapping[str, str]
    established: Stated | None
    stated_on: Stated | None
    stated: tuple[str, ...]
    by_law: tuple[str, ...]
    fringe: Mapping[str, str]


def read(raw: RawFolder) -> list[Partnership]:
    """Read the partnerships; prose about members and notes may name people, and are not held."""
    columns = (
        *("ics", "icp_name", "local_authority_members", "strategy_title", "strategy_url", "source_url", "source_date"),
        *("note", "ics_icb_ods_code", "icp_name_basis", "la_codes", "la_codes_by_law", "la_by_law_note"),
        *("established_date", "established_source_url", "strategy_date", "strategy_source_url"),
    )
    found = []
    for row in raw.headed(PARTNERSHIPS, columns):
        system, name = row.needed("ics"), row.take("icp_name")
        basis = row.choose("icp_name_basis", _NAME_BASES)
        if bool(name) != bool(basis):
            raise row.odd("icp_name_basis", basis, "does not fit whether there is a name")
        strategy_date = take(row, "strategy_date")
        values = {
            "name": name or f"Integrated care partnership of {system}",
            "name_basis": basis,
            "url": row.needed("source_url"),
            "strategy_title": row.take("strategy_title"),
            "strategy_url": row.take("strategy_url"),
            "strategy_source_url": row.take("strategy_source_url"),
            "strategy_date": strategy_date.day.isoformat() if strategy_date else "",
            "strategy_date_precision": strategy_date.precision if strategy_date else "",
        }
        found.append(
            Partnership(
                row,
                row.needed("ics_icb_ods_code"),
                system,
                values,
                take(row, "established_date"),
                take(row, "source_date"),
                _codes(row.take("la_codes")),
                _codes(row.needed("la_codes_by_law")),
                _fringe(row),
            )
        )
        row.set_aside("note", "local_authority_members", reason="prose that may name people is not held")
        row.set_aside("established_source_url")
        row.finish()
    raw.files[PARTNERSHIPS].measure("named", sum(bool(one.values["name_basis"]) for one in found))
    raw.files[PARTNERSHIPS].measure("with_stated_members", sum(bool(one.stated) for one in found))
    return found


def read_members_by_law(raw: RawFolder) -> dict[str, set[str]]:
    """Read the upper-tier authorities with any LSOA in the area of a board since April 2026."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in raw.headed(UPPER_TIER_2026, ("icb26_ods", "utla_code", "utla_name", "n_lsoa21")):
        found[row.needed("icb26_ods")].add(row.needed("utla_code"))
        row.set_aside("utla_name", "n_lsoa21")
        row.finish()
        row.place()
    return found


def place(draft: Draft, partnerships: list[Partnership], later: dict[str, set[str]], known: Authorities) -> None:
    """Add a partnership for each system, whose it is, and who belongs to it."""
    for one in partnerships:
        life = draft.life("IntegratedCareSystem", one.board)
        if one.established:
            life = When(max(one.established.day, life.start), one.established.precision, life.end, life.end_precision)
        draft.state(
            "IntegratedCarePartnership",
            one.board,
            one.values,
            life,
            PARTNERSHIPS,
            standing="STATUTORY",
            absences=tuple(_absences(one)),
        )
        _belongs(draft, one.board, PARTNERSHIPS)
        members = {_authority(known, code): When(BOARDS_BEGIN) for code in one.by_law}
        names = {_name_of(draft, thing): thing for thing in members}
        counts = {names[name]: count for name, count in one.fringe.items()}
        after = {_authority(known, code) for code in later.get(one.board, ())}
        stated = {_authority(known, code) for code in one.stated}
        if stated - members.keys():
            raise one.row.odd("la_codes", ";".join(one.stated), "names a member that is none by law")
        for thing in {*members, *after}:
            starts = BOARDS_BEGIN if thing in members else BOARDS_MERGE
            ended = life.end is None and thing not in after
            when = When(starts, "DAY", BOARDS_MERGE if ended else None, "DAY" if ended else None)
            said = said_of(one.stated_on, life) if thing in stated else None
            _member(draft, thing, one.board, when, said, counts.get(thing, ""))
        one.row.place()
    for board in sorted(later.keys() - {one.board for one in partnerships}):
        system = _name_of(draft, ("IntegratedCareSystem", board)).removesuffix(" Integrated Care System")
        draft.state(
            "IntegratedCarePartnership",
            board,
            {"name": f"Integrated care partnership of {system}"},
            draft.life("IntegratedCareSystem", board),
            BOARD_SUCCESSION,
            standing="STATUTORY",
            absences=(
                "name|NOT_PUBLISHED|a page of the new system that names its partnership",
                "strategyTitle|NOT_PUBLISHED|the integrated care strategy of the new system",
            ),
        )
        _belongs(draft, board, BOARD_SUCCESSION)
        for code in later[board]:
            _member(draft, _authority(known, code), board, When(BOARDS_MERGE), None, "", UPPER_TIER_2026)
    systems = {code for label, code in draft.lives if label == "IntegratedCareSystem"}
    lacking = systems - {code for label, code in draft.lives if label == "IntegratedCarePartnership"}
    if lacking:
        raise SeedError(f"no partnership for {', '.join(sorted(lacking))}, though the law says that there is one")


def _absences(one: Partnership) -> list[str]:
    absences = []
    if not one.values["name_basis"]:
        absences.append("name|NOT_PUBLISHED|a page of the system that names its partnership")
    if not one.established:
        absences.append("validFrom|NOT_PUBLISHED|minutes of the partnership's first meeting")
    if not one.values["strategy_title"]:
        absences.append("strategyTitle|NOT_PUBLISHED|the partnership's own page")
    if not one.stated:
        absences.append("members|NOT_PUBLISHED|the partnership's own list of its members (those by law are given)")
    return absences


def _belongs(draft: Draft, board: str, source: str) -> None:
    partnership = ("IntegratedCarePartnership", board)
    life = draft.lives[partnership]
    draft.link("PARTNERSHIP_OF", partnership, ("IntegratedCareSystem", board), life, source, standing="STATUTORY")
    # Section 116ZA: the board and each responsible authority establish it together.
    draft.link(
        "PARTNERSHIP_MEMBER",
        ("IntegratedCareBoard", board),
        partnership,
        life,
        source,
        values={"basis": "LAW"},
        standing="STATUTORY",
    )


def _member(
    draft: Draft, thing: Thing, board: str, when: When, said: When | None, fringe: str, source: str = PARTNERSHIPS
) -> None:
    partnership = ("IntegratedCarePartnership", board)
    spans: list[tuple[When, str, Standing]] = [(when, "LAW", "DERIVED")]
    if said is not None:
        stated = When(
            max(said.start, draft.lives[partnership].start), said.start_precision, when.end, when.end_precision
        )
        spans = [(stated, "STATED", "PUBLISHED")]
        if stated.start > max(when.start, *(draft.lives[end].start for end in (thing, partnership))):
            spans.insert(0, (when.ended(stated.start, stated.start_precision), "LAW", "DERIVED"))
    for span, basis, standing in spans:
        values = {"basis": basis, "fringe_areas": fringe, "rule": RULE if standing == "DERIVED" else ""}
        draft.link("PARTNERSHIP_MEMBER", thing, partnership, span, source, values=values, standing=standing)


def _authority(known: Authorities, code: str) -> Thing:
    thing = known.find(code)
    if thing is None:
        raise SeedError(f"{code} is not in the list of authorities")
    return thing


def _name_of(draft: Draft, thing: Thing) -> str:
    return draft.latest(*thing)["name"]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(";") if code)


def _fringe(row: RawRow) -> dict[str, str]:
    """Return the authorities of which only a fringe lies in the area, by name, with how many LSOAs that is."""
    text = row.needed("la_by_law_note")
    rest = text.removeprefix(_BY_LAW)
    match = _FRINGE.fullmatch(rest)
    if rest == text or (rest and not match):
        raise row.odd("la_by_law_note", text, "says something new of how the members by law were found")
    return {one["name"].strip(): one["count"] for one in _ONE_FRINGE.finditer(match["list"])} if match else {}
