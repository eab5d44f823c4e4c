"""Tiny raw files of one row, as the gathered files lay them out."""

import csv
import io

_SERVICE_HEADER = (
    "service_name,host_org,host_ods_code,status,successor_host_unsourced,town,website,serves,serves_categories,"
    "serves_evidence,basis,limits,source_url,source_date,note,host_current_ods_code,host_current_ods_name,"
    "host_match,host_match_note,host_ods_status,newer_evidence_url,newer_evidence_date,newer_evidence_what,gathered"
)


def service_row(**changes: str) -> str:
    """Return a services file of one service."""
    names = _SERVICE_HEADER.split(",")
    cells = dict.fromkeys(names, "") | {
        "service_name": "A Library",
        "host_org": "A Trust",
        "status": "historic name of host",
        "source_url": "https://example.org",
        "gathered": "first",
    }
    return ",".join(names) + "\n" + ",".join((cells | changes).values()) + "\n"


_ELIGIBILITY_HEADER = (
    "service_name,host_ods_code,group,area_kind,area_name,area_code,terms,basis,quote,source_url,source_date,"
    "evidence,valid_from,valid_to,note"
)


def eligibility_row(**changes: str) -> str:
    """Return an eligibility file of one statement."""
    names = _ELIGIBILITY_HEADER.split(",")
    cells = dict.fromkeys(names, "") | {
        "service_name": "A Library",
        "group": "gp_practices",
        "area_kind": "local_authority",
        "terms": "unknown",
        "basis": "published_eligibility",
        "source_url": "https://example.org",
        "evidence": "stated",
    }
    return ",".join(names) + "\n" + ",".join((cells | changes).values()) + "\n"


def cells_row(header: str, cells: dict[str, str]) -> str:
    """Return a file of one row; columns that are not given are empty."""
    names = header.split(",")
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([names, [cells.get(name, "") for name in names]])
    return made.getvalue()
