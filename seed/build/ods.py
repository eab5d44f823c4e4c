"""The files of the NHS Organisation Data Service: practices, network membership, trusts, succession.

Most have no header; their layouts are those of the ODS CSV file specifications, held to an exact number of columns.
"""

from dataclasses import dataclass
from datetime import date

from seed.build.draft import joined
from seed.build.raw import RawFolder, RawRow

_ADDRESS = ("address_1", "address_2", "address_3", "town", "county")
ORGANISATION = (
    "code",
    "name",
    "region",
    "icb",
    *_ADDRESS,
    "postcode",
    "open",
    "close",
    "status",
    "sub_type",
    "commissioner",
    "joined",
    "left",
    "telephone",
    "column_19",
    "column_20",
    "column_21",
    "amended",
    "column_23",
    "gor_or_commissioner",
    "column_25",
    "roles",
    "column_27",
)

_STATUSES = {"ACTIVE": "ACTIVE", "INACTIVE": "INACTIVE", "DORMANT": "DORMANT"}
_SUB_TYPES = {"B": "allocated to a commissioner", "Z": "not allocated to a commissioner"}

GP_PRACTICE = "RO76"
ROLES = frozenset(
    (
        *("RO72", "RO76", "RO80", "RO82", "RO87", "RO246", "RO247", "RO248", "RO249", "RO250", "RO251", "RO252"),
        *("RO253", "RO255", "RO256", "RO257", "RO258", "RO259", "RO260", "RO268", "RO321", "RO323"),
    )
)
"""The roles that the file has had. Only RO76 matters here; the others are counted, by role."""

REGIONS = {code: code for code in ("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63")}


@dataclass(frozen=True, slots=True)
class Practice:
    """A row of epraccur: a prescribing cost centre, a GP practice where RO76 is among its roles."""

    row: RawRow
    code: str
    name: str
    region: str
    address: str
    postcode: str
    opened: date
    closed: date | None
    status: str
    commissioner: str
    joined: date | None
    left: date | None
    telephone: str
    roles: tuple[str, ...]


def practices(raw: RawFolder) -> list[Practice]:
    """Read epraccur, every prescribing cost centre of it."""
    found = []
    for row in raw.unheaded("epraccur_20260302", ORGANISATION):
        practice = Practice(
            row,
            code=row.needed("code"),
            name=row.needed("name"),
            region=row.choose("region", {**REGIONS, "": ""}),
            address=joined([row.take(column) for column in _ADDRESS]),
            postcode=row.take("postcode"),
            opened=row.needed_day("open"),
            closed=row.day("close"),
            status=row.choose("status", _STATUSES),
            commissioner=row.take("commissioner"),
            joined=row.day("joined"),
            left=row.day("left"),
            telephone=row.take("telephone"),
            roles=tuple(row.take("roles").split("|")),
        )
        for role in practice.roles:
            if role and role not in ROLES:
                raise row.odd("roles", role, "is a role that is not known here")
        row.choose("sub_type", _SUB_TYPES)
        # Column 4 says the board of the commissioner and column 24 the commissioner again: SUB_ICB_OF holds the one,
        # column 15 the other.
        row.set_aside("icb", "gor_or_commissioner", "amended")
        row.empty("column_19", "column_20", "column_21", "column_23", "column_25", "column_27")
        row.finish()
        found.append(practice)
    return found


PARTNER = (
    "practice",
    "practice_name",
    "practice_sub_icb",
    "practice_sub_icb_name",
    "network",
    "network_name",
    "network_sub_icb",
    "network_sub_icb_name",
    "joined",
    "left",
    "same_sub_icb",
)


@dataclass(frozen=True, slots=True)
class Membership:
    """A row of the ePCN core partner file: a practice in a network, `left` its last day there."""

    row: RawRow
    practice: str
    network: str
    network_name: str
    network_parent: str
    joined: date
    left: date | None


def memberships(raw: RawFolder) -> list[Membership]:
    """Read the ePCN core partner details."""
    found = []
    for row in raw.unheaded("epcncorepartnerdetails_20260302", PARTNER):
        row.choose("same_sub_icb", {"TRUE": True, "FALSE": False})
        row.set_aside("practice_name", "practice_sub_icb", "practice_sub_icb_name", "network_sub_icb_name")
        found.append(
            Membership(
                row,
                practice=row.needed("practice"),
                network=row.needed("network"),
                network_name=row.needed("network_name"),
                network_parent=row.needed("network_sub_icb"),
                joined=row.needed_day("joined"),
                left=row.day("left"),
            )
        )
        row.finish()
    return found


@dataclass(frozen=True, slots=True)
class Network:
    """A row of ePCN: a primary care network, its parent sub-ICB location and its administrative address."""

    row: RawRow
    code: str
    name: str
    parent: str
    opened: date
    closed: date | None
    postcode: str
    town: str


def networks(raw: RawFolder) -> list[Network]:
    """Read the ePCN file."""
    columns = (
        "pcn_code",
        "pcn_name",
        "sub_icb_code",
        "sub_icb_name",
        "open_date",
        "close_date",
        "postcode",
        "town",
    )
    found = []
    for row in raw.headed("epcn_20260102", columns):
        row.set_aside("sub_icb_name")
        found.append(
            Network(
                row,
                code=row.needed("pcn_code"),
                name=row.needed("pcn_name"),
                parent=row.take("sub_icb_code"),
                opened=row.needed_day("open_date"),
                closed=row.day("close_date"),
                postcode=row.take("postcode"),
                town=row.take("town"),
            )
        )
        row.finish()
    return found


@dataclass(frozen=True, slots=True)
class Trust:
    """A row of etr: an NHS trust of England or Wales."""

    row: RawRow
    code: str
    name: str
    is_welsh: bool
    board: str
    address: str
    postcode: str
    opened: date
    closed: date | None


_TRUST_REGIONS = {**dict.fromkeys(REGIONS, False), "": True, "W00": True}
"""Welsh trusts have region W00 in the file of 2025 and none in that of 2026."""


def trusts(raw: RawFolder, code: str) -> list[Trust]:
    """Read an etr file."""
    found = []
    for row in raw.unheaded(code, ORGANISATION):
        found.append(
            Trust(
                row,
                code=row.needed("code"),
                name=row.needed("name"),
                is_welsh=row.choose("region", _TRUST_REGIONS),
                board=row.take("icb"),
                address=joined([row.take(column) for column in _ADDRESS]),
                postcode=row.needed("postcode"),
                opened=row.needed_day("open"),
                closed=row.day("close"),
            )
        )
        row.set_aside("telephone", "amended", "gor_or_commissioner")
        row.empty("status", "sub_type", "commissioner", "joined", "left", "roles")
        row.empty("column_19", "column_20", "column_21", "column_23", "column_25", "column_27")
        row.finish()
    return found


@dataclass(frozen=True, slots=True)
class Succession:
    """A row of succ: one body followed another on a day."""

    row: RawRow
    predecessor: str
    successor: str
    day: date


def successions(raw: RawFolder) -> list[Succession]:
    """Read the ODS succession file. Its flag (0 or 1) is not explained in the file and not held."""
    columns = ("predecessor", "successor", "reason", "date", "flag")
    found = []
    for row in raw.unheaded("succ_20260503", columns):
        row.empty("reason")
        row.choose("flag", {"0": False, "1": True})
        found.append(Succession(row, row.needed("predecessor"), row.needed("successor"), row.needed_day("date")))
        row.finish()
    return found
