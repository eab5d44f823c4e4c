"""Who commissions what: functions that NHS England delegated to boards, shares with them, or kept."""

from dataclasses import dataclass

from seed.build.codes import Codes
from seed.build.draft import Draft, Thing, When, lasting
from seed.build.raw import RawFolder, RawRow

FUNCTIONS = "commissioning_functions"

_BOARD, _FUNCTION = "IntegratedCareBoard", "CommissioningFunction"
_EVERY_BOARD = "all"
_KEPT = "kept by NHS England"
_BY_LAW = "FUNCTION_OF"
_TYPES = {
    "delegated by NHS England": "DELEGATED_TO",
    "joint committees of NHS England and groups of ICBs": "COMMISSIONED_JOINTLY_WITH",
    "the ICB's own function under the Act": _BY_LAW,
    _KEPT: "",
}
"""What an arrangement is in the graph: only what was delegated is DELEGATED_TO."""

_SCOPES = {
    one: one
    for one in (
        *("all ICBs", "all ICBs, in nine multi-ICB footprints", "ICB", "ICB; region named in the source"),
        *("NHS England", "nine early ICBs, not named in the source"),
    )
}
_CONFIRMED = "the ICB confirms the national date"
_SEVERAL = {
    "Pharmacy, ophthalmic and dental services": (
        "Community pharmacy (pharmaceutical services)",
        "General ophthalmic services (optometry)",
        "Dental services (primary, secondary and community)",
    )
}
"""What boards confirm in one breath: the functions that it names, each of which was delegated to all boards."""

_EARLY = "integratedCareBoards|NOT_PUBLISHED|a source that names the nine boards to which it was delegated early"
_WHICH = "detail|NOT_PUBLISHED|a source that names which of the services"
_PASSED_ON = (
    "delegatedFunctions|NOT_PUBLISHED|a delegation agreement of NHS England with the board that was new in 2026"
)
_NOT_DELEGATED = "delegatedTo|NONE_EXISTS|"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the functions file."""

    row: RawRow
    function: str
    board: str
    when: When
    arrangement: str
    type: str
    detail: str
    url: str
    note: str


def read(raw: RawFolder) -> list[Row]:
    """Read the functions; a last day becomes the day after."""
    columns = ("function", "icb_ods_code", "scope", "from_date", "to_date", "arrangement", "detail")
    found = []
    for row in raw.headed(FUNCTIONS, (*columns, "source_url", "source_date", "note")):
        row.set_aside("source_date", reason="the date of a page; the rows have dates of their own")
        row.choose("scope", _SCOPES)
        arrangement = row.needed("arrangement")
        found.append(
            Row(
                row,
                function=row.needed("function"),
                board=row.take("icb_ods_code"),
                when=lasting(row.needed_day("from_date"), row.day("to_date")),
                arrangement=arrangement,
                type=row.choose_value("arrangement", arrangement, _TYPES),
                detail=row.take("detail"),
                url=row.needed("source_url"),
                note=row.take("note"),
            )
        )
        row.finish()
    return found


def place(draft: Draft, raw: RawFolder, codes: Codes) -> None:
    """Add functions and what was arranged with whom: a delegation ends with its board and passes to nobody."""
    rows = read(raw)
    confirmed = {
        (function, one.board): one for one in rows if one.note == _CONFIRMED for function in _SEVERAL[one.function]
    }
    said = [one for one in rows if one.note != _CONFIRMED]
    for function in dict.fromkeys(one.function for one in said):
        _function(draft, [one for one in said if one.function == function], codes)
    for one in said:
        if not one.board and one.type:
            one.row.quarantine(
                one.function, "it names no board: nine boards took this on early, and no source names them"
            )
            continue
        for board in _boards(draft, one):
            _arranged(
                draft, one, (_FUNCTION, _code(codes, one.function)), board, confirmed.pop((one.function, board), None)
            )
        one.row.place()
    for (function, board), one in confirmed.items():
        raise one.row.odd("icb_ods_code", board, f"confirms {function}, which no row delegates to it")
    for one in rows:
        if one.note == _CONFIRMED:
            one.row.place()
    reached = {row["end"] for row in draft.rows["delegated_to.csv"]}
    for board in draft.codes(_BOARD):
        if board not in reached:
            draft.lack(_BOARD, board, _PASSED_ON)


def _code(codes: Codes, function: str) -> str:
    return codes.of(_FUNCTION, function.replace("(", "").replace(")", ""))


def _function(draft: Draft, rows: list[Row], codes: Codes) -> None:
    first = rows[0]
    begins = min(one.when.start for one in rows)
    is_kept = first.arrangement == _KEPT
    if is_kept and any(one.arrangement != _KEPT for one in rows):
        raise first.row.odd("arrangement", first.arrangement, "is both kept and given away")
    absences = [_NOT_DELEGATED] if is_kept else []
    if any(not one.board and one.type for one in rows):
        absences.append(_EARLY)
    values = {
        "name": first.function,
        "is_kept_by_nhs_england": "true" if is_kept else "false",
        "url": first.url,
        "note": first.note if is_kept else "",
    }
    code = _code(codes, first.function)
    draft.state(_FUNCTION, code, values, When(begins), FUNCTIONS, absences=tuple(absences))


def _boards(draft: Draft, one: Row) -> list[str]:
    """Return whom a row is about: every board in force on its first day; what the Act gives, every board ever."""
    if one.board != _EVERY_BOARD:
        return [one.board] if one.board else []
    boards = draft.codes(_BOARD)
    if one.type == _BY_LAW:
        return boards
    return [code for code in boards if draft.life(_BOARD, code).holds(one.when.start)]


def _arranged(draft: Draft, one: Row, function: Thing, board: str, confirmed: Row | None) -> None:
    if not draft.has(_BOARD, board):
        raise one.row.odd("icb_ods_code", board, "is no board of the graph")
    values = {"arrangement": one.arrangement, "detail": one.detail, "url": one.url, "note": one.note}
    draft.link(
        one.type,
        function,
        (_BOARD, board),
        one.when,
        FUNCTIONS,
        values=values | {"confirmed_url": confirmed.url if confirmed else ""},
        standing="STATUTORY" if one.type == _BY_LAW else "PUBLISHED",
        absences=(_WHICH,) if "not stated" in one.detail else (),
    )
