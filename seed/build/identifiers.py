"""The ONS codes that bodies have borne, with dates, out of their own states."""

from datetime import date

from seed.build.draft import Draft, When
from seed.build.raw import RawFolder
from seed.errors import SourceNotUnderstood
from seed.tables import IDENTIFIED_CONCEPTS, NODE_TABLES, PRECISIONS

BOARDS, LOCATIONS, REGIONS = "icb_202304", "sicbl_202304", "nhser_202401"
REGION_DAY = date(2024, 1, 1)
_BOUNDARY_DAY = date(2023, 4, 1)


def read_codes(raw: RawFolder, source: str, prefix: str) -> set[str]:
    """Return the ONS codes that a boundary file names; its shapes are not read."""
    code, name = f"{prefix}CD", f"{prefix}NM"
    columns = ("FID", code, name, "BNG_E", "BNG_N", "LONG", "LAT", "GlobalID")
    found = set()
    for row in raw.features(source, columns):
        found.add(row.needed(code))
        row.set_aside(*(column for column in columns if column != code))
        row.finish()
        row.place()
    return found


def place(draft: Draft, named: dict[str, set[str]]) -> None:
    """Add an identifier for each ONS code of each state; `named` has those of the boundary files, by their sources."""
    dated = {
        "IntegratedCareBoard": (BOARDS, _BOUNDARY_DAY),
        "SubICBLocation": (LOCATIONS, _BOUNDARY_DAY),
        "NHSRegion": (REGIONS, REGION_DAY),
    }
    for table in NODE_TABLES:
        if table.label not in IDENTIFIED_CONCEPTS:
            continue
        spans: dict[tuple[str, str], tuple[When, str]] = {}
        for row in draft.rows.get(table.file, ()):
            when, key = _when(row), (row["code"], row["ons_code"])
            if key in spans:
                first = spans[key][0]
                when = When(first.start, first.start_precision, when.end, when.end_precision)
            spans[key] = (when, row["source"])
        boundary = dated.get(table.label)
        for (code, ons_code), (when, source) in sorted(spans.items()):
            if boundary and when.start <= boundary[1]:
                # The first file that names the code is that of its boundary: before it the code is not known.
                source, day = boundary
                if ons_code not in named[source]:
                    raise SourceNotUnderstood(source, 0, "code", ons_code, f"{code} does not bear it on {day}")
                when = When(day, "NO_LATER_THAN", when.end, when.end_precision)
            draft.link("HAS_IDENTIFIER", (table.label, code), ("Identifier", f"ONS:{ons_code}"), when, source)


def _when(row: dict[str, str]) -> When:
    return When(
        date.fromisoformat(row["valid_from"]),
        next(one for one in PRECISIONS if one == row["valid_from_precision"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        next((one for one in PRECISIONS if one == row["valid_to_precision"]), None),
    )
