"""The seats of a board by role, as the Act and NHS England require them; never who sits on one."""

from seed.build.codes import Codes
from seed.build.commissioners import BOARDS_BEGIN
from seed.build.draft import Draft, When
from seed.build.raw import RawFolder
from seed.tables import Precision, Standing

REQUIREMENTS = "icb_board_requirements"

_BOARD = "IntegratedCareBoard"
_KINDS = {
    "chair": "CHAIR",
    "chief executive": "CHIEF_EXECUTIVE",
    "ordinary": "ORDINARY",
    "partner": "PARTNER",
    "executive": "EXECUTIVE",
    "non-executive": "NON_EXECUTIVE",
    "all": "WHOLE_BOARD",
}
_BASES: dict[str, tuple[str, Standing, Precision]] = {
    "law": ("LAW", "STATUTORY", "DAY"),
    "law and NHS England policy together": ("LAW_AND_POLICY", "PUBLISHED", "UNKNOWN"),
    "NHS England policy": ("POLICY", "PUBLISHED", "UNKNOWN"),
    "NHS England guidance": ("GUIDANCE", "PUBLISHED", "UNKNOWN"),
}
"""What a requirement rests on: its standing, and how exactly its start is known.

The law's date is the day on which the boards were established. Guidance cannot have applied to boards before that day,
and no page says from which day on it did.
"""

_FILLED = "filled|NOT_PUBLISHED|the board's own list of its members by role"
_APPOINTED = "appointedBy|NOT_APPLICABLE|a whole board is appointed by nobody: its members are"


def place(draft: Draft, raw: RawFolder, codes: Codes) -> None:
    """Add the seats that every board must have, and join each of them to each board for as long as it lives."""
    columns = (
        *("role", "member_kind", "minimum", "nominated_by", "appointed_by", "basis", "legal_reference"),
        *("source_url", "source_date", "note"),
    )
    for row in raw.headed(REQUIREMENTS, columns):
        row.set_aside("source_date", reason="the date of a page; the requirement has that of the law")
        role, kind = row.needed("role"), row.choose("member_kind", _KINDS)
        basis, standing, precision = row.choose("basis", _BASES)
        code = codes.of("BoardSeat", role)
        appointed_by = row.take("appointed_by")
        when = When(BOARDS_BEGIN, precision)
        draft.state(
            "BoardSeat",
            code,
            {
                "name": role,
                "member_kind": kind,
                "minimum": row.needed("minimum"),
                "nominated_by": row.take("nominated_by"),
                "appointed_by": appointed_by,
                "basis": basis,
                "legal_reference": row.needed("legal_reference"),
                "url": row.needed("source_url"),
                "note": row.take("note"),
            },
            when,
            REQUIREMENTS,
            standing=standing,
            absences=() if appointed_by else (_APPOINTED,),
        )
        row.finish()
        for board in draft.codes(_BOARD):
            ends = (("BoardSeat", code), (_BOARD, board))
            draft.link("SEAT_OF", *ends, when, REQUIREMENTS, standing=standing, absences=(_FILLED,))
        row.place()
