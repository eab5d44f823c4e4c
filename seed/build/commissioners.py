"""Regions, systems, boards, sub-ICB locations and the clinical commissioning groups before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from seed.build.board_facts import FACTS, BoardFacts
from seed.build.draft import Draft, When
from seed.build.ods import Succession
from seed.build.practice_map import Body, PracticeMap
from seed.build.raw import RawFolder, RawRow
from seed.errors import SeedError

COMMISSIONERS = "ods_commissioners_20260102"
BOARD_SUCCESSION = "icb_succession_20260401"

BOARDS_BEGIN = date(2022, 7, 1)
"""Integrated care boards were established, and clinical commissioning groups abolished, on 1 July 2022."""
BOARDS_MERGE = date(2026, 4, 1)

_GROUP_ROLE, _HUB_ROLE, _REPORTING_ROLE = "RO98", "RO218", "RO327"
_TYPES = {
    "Sub-ICB Location": "location",
    "CCG (Legacy)": "group",
    "Sub-ICB (former CCG)": "hub",
    "Unknown": "other",
}
_OUT_OF_GRAPH = {
    "hub": "NHS England commissioning hubs are no clinical commissioning groups, though the file says so",
    "reporting": "sub-ICB reporting entities are for statistics only",
    "other": "commissioning bodies of other kinds (collaboratives, partnerships) are not in the graph",
}


@dataclass(frozen=True, slots=True)
class Commissioner:
    """A row of the commissioners file that is a sub-ICB location or a clinical commissioning group."""

    row: RawRow
    code: str
    name: str
    is_location: bool
    legal_start: date | None
    parent: str


@dataclass(frozen=True, slots=True)
class BoardSuccession:
    """A board that another followed."""

    row: RawRow
    predecessor: str
    successor: str
    successor_ons: str
    day: date
    kind: str


def read_commissioners(raw: RawFolder) -> tuple[list[Commissioner], dict[str, RawRow]]:
    """Read the commissioners file: what is in the graph, and the rows of boards by code."""
    columns = (
        *("Commissioner_Code", "Commissioner_Name", "Status", "Commissioner_Type", "ODS_Role_Code", "Additional_Roles"),
        *("Operational_Start_Date", "Legal_Start_Date", "Transition_Date", "Last_Change_Date"),
        *("Address_Line1", "Address_Line2", "Address_Line3", "Town", "County", "Postcode", "Country"),
        *("Predecessor_Codes", "Predecessor_Count", "Successor_Code", "Parent_ICB_Code", "Parent_ICB_Name"),
        *("ODS_URI", "API_Fetch_Date", "API_Version"),
    )
    found, boards = [], {}
    for row in raw.headed(COMMISSIONERS, columns):
        code, name = row.needed("Commissioner_Code"), row.needed("Commissioner_Name")
        kind = row.choose("Commissioner_Type", _TYPES)
        row.choose("ODS_Role_Code", {_GROUP_ROLE: True, "RO261": False})
        roles = row.take("Additional_Roles").split(",")
        legal_start, transition = row.day("Legal_Start_Date"), row.day("Transition_Date")
        parent = row.take("Parent_ICB_Code")
        # Status is not to be believed (README of the sources: closed groups stand as Active), nor are the successors
        # and predecessors, which the succession file dates.
        row.choose("Status", {"Active": True, "Inactive": False})
        row.set_aside("Predecessor_Codes", "Predecessor_Count", "Successor_Code", "Parent_ICB_Name")
        row.set_aside("Operational_Start_Date", "Last_Change_Date", "Address_Line1", "Address_Line2", "Address_Line3")
        row.set_aside("Town", "County", "Postcode", "Country", "ODS_URI", "API_Fetch_Date", "API_Version")
        row.finish()
        if "RO318" in roles and "INTEGRATED CARE BOARD" in name:
            boards[code] = row
            continue
        if kind in ("group", "hub"):
            # 23 hubs of 2013 bear no role that says so; their names do.
            kind = "hub" if _HUB_ROLE in roles or "COMMISSIONING HUB" in name else "group"
            kind = "reporting" if _REPORTING_ROLE in roles else kind
        if kind in _OUT_OF_GRAPH:
            row.leave_out(kind, _OUT_OF_GRAPH[kind])
            continue
        if kind == "location" and transition != BOARDS_BEGIN:
            raise row.odd("Transition_Date", str(transition), f"every sub-ICB location began on {BOARDS_BEGIN}")
        found.append(Commissioner(row, code, name, kind == "location", legal_start, parent))
    file = raw.files[COMMISSIONERS]
    file.measure("locations", sum(one.is_location for one in found))
    file.measure("groups", len(found))
    file.measure("boards", len(boards))
    return found, boards


def read_board_succession(raw: RawFolder) -> list[BoardSuccession]:
    """Read the successions of 1 April 2026."""
    columns = (
        *("predecessor_ods", "predecessor_ons", "predecessor_name"),
        *("successor_ods", "successor_ons", "successor_name", "effective_date", "type_per_rcpch_docs"),
    )
    kinds = {"merger": "MERGER", "split": "SPLIT", "acquisition": "ACQUISITION"}
    found = []
    for row in raw.headed(BOARD_SUCCESSION, columns):
        row.set_aside("predecessor_ons", "predecessor_name", "successor_name")
        found.append(
            BoardSuccession(
                row,
                row.needed("predecessor_ods"),
                row.needed("successor_ods"),
                row.needed("successor_ons"),
                row.needed_day("effective_date"),
                row.choose("type_per_rcpch_docs", kinds),
            )
        )
        row.finish()
    return found


def place(
    draft: Draft,
    maps: tuple[PracticeMap, PracticeMap],
    commissioners: tuple[list[Commissioner], dict[str, RawRow]],
    board_successions: list[BoardSuccession],
    group_successions: list[Succession],
    facts: Mapping[str, BoardFacts],
    patients: dict[str, dict[str, str]],
    region_day: date,
) -> None:
    """Add regions, boards and their systems, sub-ICB locations and clinical commissioning groups."""
    _regions(draft, maps, region_day)
    _boards(draft, maps, commissioners[1], board_successions, facts, patients["ICB"])
    _locations(draft, maps, commissioners[0], patients["SUB_ICB_LOCATION_CODE"])
    _groups(draft, commissioners[0], group_successions)


def _regions(draft: Draft, maps: tuple[PracticeMap, PracticeMap], region_day: date) -> None:
    january, august = maps
    if january.regions != august.regions:
        raise SeedError("a region was renamed between the maps; say from when")
    for code, region in january.regions.items():
        draft.state(
            "NHSRegion",
            code,
            {"name": region.name, "ods_code": code, "ons_code": region.ons_code},
            When(region_day, "NO_LATER_THAN"),
            "nhser_202401",
            other=(january.source, august.source),
        )


def _boards(
    draft: Draft,
    maps: tuple[PracticeMap, PracticeMap],
    rows: dict[str, RawRow],
    successions: list[BoardSuccession],
    facts: Mapping[str, BoardFacts],
    patients: dict[str, str],
) -> None:
    january, august = maps
    closed = {one.predecessor for one in successions}
    for code in sorted({*january.boards, *august.boards}):
        before, after = january.boards.get(code), august.boards.get(code)
        if (code in closed) != (after is None):
            raise SeedError(f"board {code} is in one of the succession file and the map of August, not in both")
        said = facts[code]
        said.row.place()
        begins = BOARDS_BEGIN if before else BOARDS_MERGE
        life = When(begins, "DAY", BOARDS_MERGE if after is None else None, "DAY" if after is None else None)
        own = {"ods_code": code, **said.values, **_patients(patients, code)}
        states = _states(life, before, after, (january.source, august.source))
        for body, when, source in states:
            draft.state(
                "IntegratedCareBoard",
                code,
                {"name": body.name, "ons_code": body.ons_code, **own},
                when,
                source,
                other=(FACTS, "gp_reg_pat_prac_sing_age_regions_20260801"),
                absences=said.absences,
            )
        last = states[-1][0]
        # No source here gives the systems names of their own, save on pages; theirs is that of their board.
        draft.state(
            "IntegratedCareSystem",
            code,
            {"name": _system_name(last.name)},
            life,
            COMMISSIONERS if before else BOARD_SUCCESSION,
            standing="STATUTORY",
        )
        source = COMMISSIONERS if before else BOARD_SUCCESSION
        draft.link(
            "BOARD_OF",
            ("IntegratedCareBoard", code),
            ("IntegratedCareSystem", code),
            life,
            source,
            standing="STATUTORY",
        )
        region = (january if before else august).region_of_board[code]
        first = january if before else august
        draft.link(
            "IN_REGION",
            ("IntegratedCareBoard", code),
            ("NHSRegion", region),
            When(first.day, "NO_LATER_THAN", life.end, life.end_precision) if before else When(BOARDS_MERGE, "DAY"),
            first.source,
        )
        if code in rows:
            rows[code].place()
    for one in successions:
        for label in ("IntegratedCareBoard", "IntegratedCareSystem"):
            draft.link(
                "SUCCEEDED_BY",
                (label, one.predecessor),
                (label, one.successor),
                When(one.day),
                BOARD_SUCCESSION,
                values={"kind": one.kind},
                other=("succ_20260503",),
                standing="PUBLISHED" if label == "IntegratedCareBoard" else "STATUTORY",
            )
        one.row.place()


def _locations(
    draft: Draft, maps: tuple[PracticeMap, PracticeMap], rows: list[Commissioner], patients: dict[str, str]
) -> None:
    january, august = maps
    listed = {one.code: one for one in rows if one.is_location}
    if listed.keys() != january.locations.keys():
        raise SeedError("the commissioners file and the map of January differ in their sub-ICB locations")
    for code in sorted({*january.locations, *august.locations}):
        before, after = january.locations.get(code), august.locations.get(code)
        life = When(
            BOARDS_BEGIN if before else BOARDS_MERGE,
            "DAY",
            # D4U1Y ended with its board: its practices were in three others by August 2026.
            BOARDS_MERGE if after is None else None,
            "DAY" if after is None else None,
        )
        for body, when, source in _states(life, before, after, (january.source, august.source)):
            draft.state(
                "SubICBLocation",
                code,
                {"name": body.name, "ods_code": code, "ons_code": body.ons_code, **_patients(patients, code)},
                when,
                source,
                other=(COMMISSIONERS, "gp_reg_pat_prac_sing_age_regions_20260801"),
            )
        boards = []
        if before:
            listed[code].row.place()
            boards.append((january.board_of_location[code], COMMISSIONERS, BOARDS_BEGIN))
        if after and (not boards or boards[0][0] != august.board_of_location[code]):
            boards.append((august.board_of_location[code], august.source, BOARDS_MERGE))
        for place_, (board, source, begins) in enumerate(boards):
            changed = place_ + 1 < len(boards)
            when = When(begins, "DAY", BOARDS_MERGE if changed else None, "DAY" if changed else None)
            draft.link(
                "SUB_ICB_OF",
                ("SubICBLocation", code),
                ("IntegratedCareBoard", board),
                when,
                source,
                other=(january.source, "lsoa21_sicbl24_icb24") if source == COMMISSIONERS else (),
            )


def _groups(draft: Draft, rows: list[Commissioner], successions: list[Succession]) -> None:
    groups = {one.code: one for one in rows}
    ends = {one.predecessor: one.day for one in successions if {one.predecessor, one.successor} <= groups.keys()}
    starts = {one.successor: one.day for one in successions if {one.predecessor, one.successor} <= groups.keys()}
    for code, one in sorted(groups.items()):
        # 13T (Newcastle Gateshead) has no legal start in the file; its predecessors give it.
        begins = one.legal_start or starts[code]
        end = BOARDS_BEGIN if one.is_location else ends[code]
        # The codes that became sub-ICB locations bear those names in the file; the groups' own are in no source here.
        name = f"Clinical commissioning group {code}" if one.is_location else one.name
        draft.state(
            "ClinicalCommissioningGroup",
            code,
            {"name": name, "ods_code": code},
            When(begins, "DAY", end, "DAY"),
            COMMISSIONERS,
            other=("succ_20260503",),
            absences=("name|NOT_PUBLISHED|an ODS extract from before July 2022",) if one.is_location else (),
        )
        one.row.place()
        if one.is_location:
            draft.link(
                "SUCCEEDED_BY",
                ("ClinicalCommissioningGroup", code),
                ("SubICBLocation", code),
                When(BOARDS_BEGIN),
                COMMISSIONERS,
                values={"kind": "SUCCESSION"},
            )


def succeed_moved(draft: Draft, maps: tuple[PracticeMap, PracticeMap]) -> None:
    """Add the successors of a sub-ICB location that closed: where its practices are on the next map."""
    january, august = maps
    moves = sorted(
        {
            (listed.location, august.practices[code].location)
            for code, listed in january.practices.items()
            if listed.location not in august.locations and code in august.practices
        }
    )
    for closed, followers in groupby(moves, key=lambda move: move[0]):
        targets = [target for _, target in followers]
        for target in targets:
            draft.link(
                "SUCCEEDED_BY",
                ("SubICBLocation", closed),
                ("SubICBLocation", target),
                When(BOARDS_MERGE),
                august.source,
                values={"kind": "SPLIT" if len(targets) > 1 else "SUCCESSION", "rule": "PRACTICES_MOVED"},
                other=(january.source,),
                standing="DERIVED",
            )


def _states(
    life: When, before: Body | None, after: Body | None, sources: tuple[str, str]
) -> list[tuple[Body, When, str]]:
    """What differs between the maps changed when the boards merged: both names and recodes follow from that."""
    if before is None:
        return [] if after is None else [(after, life, sources[1])]
    if after is None or before == after:
        return [(before, life, sources[0])]
    return [
        (before, When(life.start, life.start_precision, BOARDS_MERGE, "DAY"), sources[0]),
        (after, When(BOARDS_MERGE, "DAY", life.end, life.end_precision), sources[1]),
    ]


def _patients(patients: dict[str, str], code: str) -> dict[str, str]:
    if code not in patients:
        return {}
    return {"registered_patients": patients[code], "registered_patients_as_at": "2026-08-01"}


def _system_name(board: str) -> str:
    plain = board.removeprefix("NHS ").removesuffix(" ICB").removesuffix(" Integrated Care Board")
    return f"{plain} Integrated Care System"


def check_bridge(raw: RawFolder, january: PracticeMap) -> None:
    """Hold the LSOA bridge of 2024 against the map of January 2026: the same locations stand under the same boards."""
    columns = ("lsoa21_name", "lsoa21_code", "sicbl24_name", "sicbl24_code", "sicbl24_code_nhs")
    for row in raw.headed("lsoa21_sicbl24_icb24", (*columns, "icb24_name", "icb24_code", "icb24_code_nhs")):
        location, board = row.needed("sicbl24_code_nhs"), row.needed("icb24_code_nhs")
        if january.board_of_location.get(location) != board:
            raise row.odd("icb24_code_nhs", board, f"{location} stands under another board in January 2026")
        row.set_aside("lsoa21_name", "lsoa21_code", "sicbl24_name", "sicbl24_code", "icb24_name", "icb24_code")
        row.finish()
        row.leave_out("LSOA", "areas of statistics are not in the graph; the bridge is used to check SUB_ICB_OF")
