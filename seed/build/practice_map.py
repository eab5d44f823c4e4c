"""NHS England's practice map, published with Patients Registered at a GP Practice: who belongs where, at one date."""

from dataclasses import dataclass
from datetime import date

from seed.build.ods import REGIONS
from seed.build.raw import RawFolder, RawRow

JANUARY, AUGUST = "gp_reg_pat_prac_map_20260101", "gp_reg_pat_prac_map_20260801"

_COLUMNS = (
    "PUBLICATION",
    "EXTRACT_DATE",
    "PRACTICE_CODE",
    "PRACTICE_NAME",
    "PRACTICE_POSTCODE",
    "PCN_CODE",
    "PCN_NAME",
    "ONS_SUB_ICB_LOCATION_CODE",
    "SUB_ICB_LOCATION_CODE",
    "SUB_ICB_LOCATION_NAME",
    "ONS_ICB_CODE",
    "ICB_CODE",
    "ICB_NAME",
    "ONS_COMM_REGION_CODE",
    "COMM_REGION_CODE",
    "COMM_REGION_NAME",
    "SUPPLIER_NAME",
)
_DAYS = {JANUARY: ("01Jan2026", date(2026, 1, 1)), AUGUST: ("01Aug2026", date(2026, 8, 1))}
_SUPPLIERS = {"EMIS": "EMIS", "TPP": "TPP", "Medicus": "Medicus", "Unknown": ""}
IN_NO_NETWORK = "U"
"""The code that stands for "in no network"; it is no network."""


@dataclass(frozen=True, slots=True)
class Body:
    """A region, board or sub-ICB location as the map names it."""

    code: str
    ons_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A practice with registered patients; `network` is '' where it is in none, `supplier` where it is unknown."""

    row: RawRow
    practice: str
    name: str
    postcode: str
    network: str
    network_name: str
    location: str
    board: str
    region: str
    supplier: str


@dataclass(frozen=True, slots=True)
class PracticeMap:
    """One map: its day, its practices by code, and the bodies that they stand under."""

    source: str
    day: date
    practices: dict[str, Listed]
    locations: dict[str, Body]
    boards: dict[str, Body]
    regions: dict[str, Body]
    board_of_location: dict[str, str]
    region_of_board: dict[str, str]
    networks: dict[str, str]


def read(raw: RawFolder, source: str) -> PracticeMap:
    """Read a practice map; one code has one name, one ONS code and one parent throughout, or it is not understood."""
    printed, day = _DAYS[source]
    found = PracticeMap(source, day, {}, {}, {}, {}, {}, {}, {})
    for row in raw.headed(source, _COLUMNS):
        row.choose("PUBLICATION", {"GP_PRAC_PAT_LIST": True})
        row.choose("EXTRACT_DATE", {printed: True})
        location = _body(row, "SUB_ICB_LOCATION", found.locations)
        board = _body(row, "ICB", found.boards)
        region = _body(row, "COMM_REGION", found.regions)
        row.choose_value("COMM_REGION_CODE", region, REGIONS)
        _same(row, "ICB_CODE", found.board_of_location, location, board)
        _same(row, "COMM_REGION_CODE", found.region_of_board, board, region)
        network, network_name = row.needed("PCN_CODE"), row.needed("PCN_NAME")
        if network == IN_NO_NETWORK:
            network = network_name = ""
        else:
            _same(row, "PCN_NAME", found.networks, network, network_name)
        practice = Listed(
            row,
            row.needed("PRACTICE_CODE"),
            row.needed("PRACTICE_NAME"),
            row.needed("PRACTICE_POSTCODE"),
            network,
            network_name,
            location,
            board,
            region,
            row.choose("SUPPLIER_NAME", _SUPPLIERS),
        )
        if practice.practice in found.practices:
            raise row.odd("PRACTICE_CODE", practice.practice, "stands twice in the map")
        row.finish()
        found.practices[practice.practice] = practice
    file = raw.files[source]
    file.measure("networks", len(found.networks))
    file.measure("locations", len(found.locations))
    file.measure("boards", len(found.boards))
    file.measure("regions", len(found.regions))
    file.measure("in_no_network", sum(not listed.network for listed in found.practices.values()))
    return found


def _body(row: RawRow, kind: str, bodies: dict[str, Body]) -> str:
    body = Body(row.needed(f"{kind}_CODE"), row.needed(f"ONS_{kind}_CODE"), row.needed(f"{kind}_NAME"))
    if bodies.setdefault(body.code, body) != body:
        raise row.odd(f"{kind}_NAME", body.name, f"{body.code} has another name or ONS code elsewhere in the map")
    return body.code


def _same(row: RawRow, column: str, known: dict[str, str], key: str, value: str) -> None:
    if known.setdefault(key, value) != value:
        raise row.odd(column, value, f"{key} has {known[key]} elsewhere in the map")
