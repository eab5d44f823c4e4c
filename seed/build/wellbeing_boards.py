"""Health and wellbeing boards: one for each upper-tier authority, by the Health and Social Care Act 2012."""

from datetime import date

from seed.build.authorities import EARLIER, UPPER
from seed.build.draft import Draft, When

_BEGIN = date(2013, 4, 1)
"""Section 194 of the Health and Social Care Act 2012 came into force on 1 April 2013."""
_NAME = "name|NOT_PUBLISHED|the council's page of its board"
_START = "validFrom|BEFORE_SOURCES|the ONS history of authorities (the law has boards from April 2013)"


def place(draft: Draft) -> None:
    """Add the board of each upper-tier authority, for as long as that is known to be one."""
    names: dict[str, str] = {}
    spans: dict[str, When] = {}
    for row in draft.rows["authorities.csv"]:
        if row["is_upper_tier"] == "true":
            names[row["code"]] = row["name"]
            spans[row["code"]] = draft.life("LocalAuthority", row["code"])
    for code, life in sorted(spans.items()):
        when = life.clipped(When(_BEGIN))
        if when is None:
            continue
        board = ("HealthAndWellbeingBoard", code)
        values = {"name": f"Health and wellbeing board of {names[code]}"}
        absences = (
            _NAME,
            "validFrom|BEFORE_SOURCES|the ONS history of authorities (the law has boards from April 2013)",
        )
        draft.state(*board, values, when, EARLIER, other=(UPPER,), standing="STATUTORY", absences=absences)
        draft.link("BOARD_FOR", board, ("LocalAuthority", code), when, EARLIER, other=(UPPER,), standing="STATUTORY")
