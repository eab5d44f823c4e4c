"""Where postcodes lie: the files of practices, networks and trusts with ONS coordinates and districts."""

from dataclasses import dataclass

from seed.build.raw import RawFolder, RawRow

PRACTICES, NETWORKS, TRUSTS = "gp_practices_202608_geocoded", "pcn_202601_geocoded", "trusts_202607_geocoded_typed"

_POSITION = ("lad25cd", "easting", "northing", "lat", "lon")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a postcode lies: ONS code of its district, WGS84 degrees as printed, and the file that says so."""

    district: str
    latitude: str
    longitude: str
    source: str


@dataclass(frozen=True, slots=True)
class TrustType:
    """The type of a trust and what it rests on; all empty for a closed trust."""

    type: str
    subtype: str
    basis: str


_TRUST_TYPES = {
    "": "",
    "Acute trust": "ACUTE",
    "Mental health and community trust": "MENTAL_HEALTH_AND_COMMUNITY",
    "Ambulance trust": "AMBULANCE",
    "Other": "OTHER",
}
_TRUST_SUBTYPES = {
    "": "",
    "Acute - Teaching": "ACUTE_TEACHING",
    "Acute - Large": "ACUTE_LARGE",
    "Acute - Medium": "ACUTE_MEDIUM",
    "Acute - Small": "ACUTE_SMALL",
    "Acute - Specialist": "ACUTE_SPECIALIST",
    "Acute - Multi-Service": "ACUTE_MULTI_SERVICE",
    "Mental Health and Learning Disability": "MENTAL_HEALTH_AND_LEARNING_DISABILITY",
    "Community": "COMMUNITY",
    "Ambulance": "AMBULANCE",
    "Online trust (not yet providing bedded care)": "ONLINE",
}
_TYPE_BASES = {
    "": "",
    "NOF Q3 2025/26 via trustpulse": "NHS Oversight Framework, quarter 3 of 2025/26",
    "name rule": "the name says it",
    "judged from the name; unverified": "judged from the name; unverified",
}


@dataclass(slots=True)
class Places:
    """Every postcode that the geocoded files know, and the types of trusts by code."""

    by_postcode: dict[str, Place]
    trust_types: dict[str, TrustType]

    def find(self, postcode: str) -> Place | None:
        """Return where a postcode lies, if one of the files says so."""
        return self.by_postcode.get(postcode)


def read(raw: RawFolder) -> Places:
    """Read the three geocoded files. Names and codes repeat other files, which are read for themselves."""
    places = Places({}, {})
    columns: tuple[str, ...] = (
        *("PRACTICE_CODE", "PRACTICE_NAME", "PRACTICE_POSTCODE", "PCN_CODE", "SUB_ICB_LOCATION_CODE", "ICB_CODE"),
        *_POSITION,
    )
    for row in raw.headed(PRACTICES, columns):
        code = row.needed("PRACTICE_CODE")
        row.set_aside("PRACTICE_NAME", "PCN_CODE", "SUB_ICB_LOCATION_CODE", "ICB_CODE")
        _add(places, row, code, row.needed("PRACTICE_POSTCODE"))
        row.finish()
    columns = (
        *("pcn_code", "pcn_name", "sub_icb_code", "sub_icb_name", "open_date", "close_date", "postcode", "town"),
        *_POSITION,
    )
    for row in raw.headed(NETWORKS, columns):
        code = row.needed("pcn_code")
        row.set_aside("pcn_name", "sub_icb_code", "sub_icb_name", "open_date", "close_date", "town")
        _add(places, row, code, row.needed("postcode"))
        row.finish()
    columns = (
        *("code", "name", "region", "icb", "addr1", "addr2", "addr3", "town", "county", "postcode", "open", "close"),
        *_POSITION,
        *("trust_type", "trust_subtype", "type_source"),
    )
    for row in raw.headed(TRUSTS, columns):
        code = row.needed("code")
        row.set_aside("name", "region", "icb", "addr1", "addr2", "addr3", "town", "county", "open", "close")
        places.trust_types[code] = TrustType(
            row.choose("trust_type", _TRUST_TYPES),
            row.choose("trust_subtype", _TRUST_SUBTYPES),
            row.choose("type_source", _TYPE_BASES),
        )
        _add(places, row, code, row.needed("postcode"))
        row.finish()
    return places


def _add(places: Places, row: RawRow, code: str, postcode: str) -> None:
    row.set_aside("easting", "northing")
    place = Place(row.take("lad25cd"), row.take("lat"), row.take("lon"), row.source)
    if not place.district:
        row.quarantine(code, f"the postcode {postcode} has no district or coordinates in the file")
        return
    if place.district[0] != "E":
        row.leave_out("outside England", "the graph holds England")
        return
    known = places.by_postcode.setdefault(postcode, place)
    if known.district != place.district:
        raise row.odd("lad25cd", place.district, f"{postcode} lies in {known.district} elsewhere")
    row.place()
