"""What documents a board must have, and those that are known by their titles."""

from dataclasses import dataclass

from seed.build.codes import Codes
from seed.build.commissioners import BOARDS_BEGIN
from seed.build.draft import Draft, When
from seed.build.evidence import Stated, said_of, take
from seed.build.raw import RawFolder, RawRow
from seed.tables import Standing

DOCUMENTS = "icb_documents"

_BOARD, _DOCUMENT, _REQUIREMENT = "IntegratedCareBoard", "Document", "DocumentRequirement"
_EVERY_BOARD = "all"
_KINDS = {
    "constitution": "CONSTITUTION",
    "joint forward plan": "JOINT_FORWARD_PLAN",
    "annual report and accounts": "ANNUAL_REPORT_AND_ACCOUNTS",
    "annual assessment": "ANNUAL_ASSESSMENT",
    "integrated care strategy": "INTEGRATED_CARE_STRATEGY",
    "joint capital resource use plan": "JOINT_CAPITAL_RESOURCE_USE_PLAN",
    "governance handbook": "GOVERNANCE_HANDBOOK",
    "chief executive report": "CHIEF_EXECUTIVE_REPORT",
    "commissioning intentions": "COMMISSIONING_INTENTIONS",
}
_DUTIES = {
    "CONSTITUTION": "INTEGRATED_CARE_BOARD",
    "JOINT_FORWARD_PLAN": "INTEGRATED_CARE_BOARD",
    "ANNUAL_REPORT_AND_ACCOUNTS": "INTEGRATED_CARE_BOARD",
    "ANNUAL_ASSESSMENT": "NHS_ENGLAND",
    "INTEGRATED_CARE_STRATEGY": "INTEGRATED_CARE_PARTNERSHIP",
    "JOINT_CAPITAL_RESOURCE_USE_PLAN": "INTEGRATED_CARE_BOARD",
    "GOVERNANCE_HANDBOOK": "INTEGRATED_CARE_BOARD",
}
"""Who must make a required document, as the notes of the requirements say."""

_REQUIRED_BY: dict[str, tuple[str, Standing]] = {
    "law": ("LAW", "STATUTORY"),
    "custom": ("CUSTOM", "PUBLISHED"),
    "": ("", "PUBLISHED"),
}
_ONE_FOR_ALL = "ANNUAL_ASSESSMENT"
"""The kind of which a row for every board is both the requirement and one document about all of them."""

_NO_SECTION = "section not in the excerpt"
_NOT_FOUND = "documents|NOT_PUBLISHED|a page of the board that names its {}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the documents file."""

    row: RawRow
    board: str
    kind: str
    words: str
    required_by: str
    standing: Standing
    legal_reference: str
    title: str
    url: str
    dated: Stated | None
    page: str
    page_dated: Stated | None
    note: str


def read(raw: RawFolder) -> list[Row]:
    """Read the documents and requirements."""
    columns = ("icb_ods_code", "kind", "required_by", "legal_reference", "title", "url", "date", "source_url")
    found = []
    for row in raw.headed(DOCUMENTS, (*columns, "source_date", "note")):
        words = row.needed("kind")
        required_by, standing = row.choose("required_by", _REQUIRED_BY)
        found.append(
            Row(
                row,
                board=row.needed("icb_ods_code"),
                kind=row.choose_value("kind", words, _KINDS),
                words=words,
                required_by=required_by,
                standing=standing,
                legal_reference=row.take("legal_reference"),
                title=row.take("title"),
                url=row.take("url"),
                dated=take(row, "date"),
                page=row.needed("source_url"),
                page_dated=take(row, "source_date"),
                note=row.take("note"),
            )
        )
        row.finish()
    raw.files[DOCUMENTS].measure("requirements", sum(one.board == _EVERY_BOARD for one in found))
    raw.files[DOCUMENTS].measure("boards", len({one.board for one in found} - {_EVERY_BOARD}))
    return found


def place(draft: Draft, raw: RawFolder, codes: Codes) -> None:
    """Add requirements and documents; a board of which a required document is not known says so."""
    rows = read(raw)
    required = [one for one in rows if one.board == _EVERY_BOARD]
    for one in required:
        _requirement(draft, one, codes)
    for one in rows:
        if one.board != _EVERY_BOARD:
            _document(draft, one, codes, [one.board])
        elif one.kind == _ONE_FOR_ALL:
            dated = one.dated or one.page_dated
            if dated is None:
                raise one.row.odd("date", "", "a document about every board in force at its date must have one")
            boards = [code for code in draft.codes(_BOARD) if draft.life(_BOARD, code).holds(dated.day)]
            _document(draft, one, codes, boards)
        one.row.place()
    _required_of(draft, rows, codes)
    named = {row["end"] for row in draft.rows["document_of.csv"]}
    for board in draft.codes(_BOARD):
        if board not in named:
            draft.lack(_BOARD, board, _NOT_FOUND.format("documents"))


def _requirement(draft: Draft, one: Row, codes: Codes) -> None:
    """Add what every board must have; two rows of one kind, about two years, are one requirement."""
    if not one.required_by or one.kind not in _DUTIES:
        raise one.row.odd("required_by", one.required_by, "a requirement must say on what it rests and whose it is")
    code = codes.of(_REQUIREMENT, one.words)
    if draft.has(_REQUIREMENT, code):
        return
    is_guidance = bool(one.title) and one.kind != _ONE_FOR_ALL
    values = {
        "name": one.words,
        "kind": one.kind,
        "required_by": one.required_by,
        "duty_of": _DUTIES[one.kind],
        "legal_reference": one.legal_reference,
        "guidance_title": one.title if is_guidance else "",
        "guidance_url": one.url if is_guidance else "",
        "url": one.page,
        "note": one.note,
    }
    absences = () if one.legal_reference else ("legalReference|NOT_APPLICABLE|it is custom and no law",)
    if _NO_SECTION in one.legal_reference:
        absences = ("legalReference|NOT_PUBLISHED|the section of the Act",)
    draft.state(_REQUIREMENT, code, values, _since(one), DOCUMENTS, standing=one.standing, absences=absences)


def _since(one: Row) -> When:
    """A duty under the Act is as old as the boards, to the day where its section is named; custom as its page."""
    if one.standing != "STATUTORY":
        return said_of(one.page_dated, When(BOARDS_BEGIN))
    return When(BOARDS_BEGIN, "UNKNOWN" if _NO_SECTION in one.legal_reference else "DAY")


def _document(draft: Draft, one: Row, codes: Codes, boards: list[str]) -> None:
    if not one.title:
        raise one.row.odd("title", "", "a document must have one")
    code = codes.of(_DOCUMENT, one.board, one.words, one.title)
    # A document of one board ends with it; one about all boards goes on.
    body = draft.life(_BOARD, boards[0]) if one.board != _EVERY_BOARD else When(BOARDS_BEGIN)
    life = said_of(one.dated or one.page_dated, body)
    values = {
        "name": one.title,
        "kind": one.kind,
        "url": one.url,
        "page": one.page,
        "published": one.dated.day.isoformat() if one.dated else "",
        "published_precision": one.dated.precision if one.dated else "",
        "note": one.note,
    }
    absences = []
    if not one.dated:
        absences.append("published|NOT_PUBLISHED|a page that dates the document")
    if not one.url:
        absences.append("url|NOT_PUBLISHED|a page that holds the document itself")
    draft.state(_DOCUMENT, code, values, life, DOCUMENTS, absences=tuple(absences))
    for board in boards:
        draft.link("DOCUMENT_OF", (_DOCUMENT, code), (_BOARD, board), life, DOCUMENTS)
    if one.kind in _DUTIES:
        requirement, values = (_REQUIREMENT, codes.of(_REQUIREMENT, one.words)), {"rule": "SAME_KIND"}
        draft.link("MEETS", (_DOCUMENT, code), requirement, life, DOCUMENTS, values=values, standing="DERIVED")


def _required_of(draft: Draft, rows: list[Row], codes: Codes) -> None:
    """Join each requirement to each board; where no such document of a board is known at all, the link says so."""
    kinds = {row["code"]: row["kind"] for row in draft.rows["documents.csv"]}
    known = {(row["end"], kinds[row["start"]]) for row in draft.rows["document_of.csv"]}
    done = set()
    for one in rows:
        code = codes.of(_REQUIREMENT, one.words) if one.board == _EVERY_BOARD else ""
        if not code or code in done:
            continue
        done.add(code)
        for board in draft.codes(_BOARD):
            draft.link(
                "REQUIRED_OF",
                (_REQUIREMENT, code),
                (_BOARD, board),
                _since(one),
                DOCUMENTS,
                standing=one.standing,
                absences=() if (board, one.kind) in known else (_NOT_FOUND.format(one.words),),
            )
