"""The meetings of boards and partnerships in public: how often, and where their papers are."""

from seed.build.codes import Codes
from seed.build.draft import Draft
from seed.build.evidence import said_of, take
from seed.build.raw import RawFolder

MEETINGS = "icb_meetings"

_BODIES = {
    "ICB board": ("BOARD", "IntegratedCareBoard", "Board meetings"),
    "integrated care partnership": ("PARTNERSHIP", "IntegratedCarePartnership", "Partnership meetings"),
}
"""Whose meetings: the body's kind, the concept that they are joined to, and what they are called."""

_IN_PUBLIC = {"yes": "true", "": ""}


def place(draft: Draft, raw: RawFolder, codes: Codes) -> None:
    """Add the meetings; a board of which none is known says so."""
    columns = (
        *("icb_ods_code", "body", "frequency", "in_public", "last_meeting", "next_meeting", "papers_url"),
        *("source_url", "source_date", "note"),
    )
    for row in raw.headed(MEETINGS, columns):
        board, words = row.needed("icb_ods_code"), row.needed("body")
        kind, concept, called = row.choose_value("body", words, _BODIES)
        if not draft.has(concept, board):
            raise row.odd("icb_ods_code", board, "is no board of the graph")
        code = codes.of("Meeting", board, words)
        last, following = take(row, "last_meeting"), take(row, "next_meeting")
        named = [one for one in (take(row, "source_date"), last) if one]
        body = draft.life(concept, board)
        # They meet no earlier than there is somebody to meet, though a page may announce it.
        life = said_of(min(named, key=lambda one: one.day, default=None), body).clipped(body)
        if life is None:
            raise row.odd("icb_ods_code", board, "met at no time of its life")
        values = {
            "name": f"{called}, {draft.name(concept, board)}",
            "body": kind,
            "frequency": row.take("frequency"),
            "in_public": row.choose("in_public", _IN_PUBLIC),
            "last_meeting": last.day.isoformat() if last else "",
            "next_meeting": following.day.isoformat() if following else "",
            "papers_url": row.take("papers_url"),
            "url": row.needed("source_url"),
            "note": row.take("note"),
        }
        asked = (
            ("frequency", "frequency", "a page that says how often they meet"),
            ("in_public", "inPublic", "a page that says whether they meet in public"),
            ("papers_url", "papersUrl", "the page with the papers"),
        )
        absences = tuple(f"{field}|NOT_PUBLISHED|{settles}" for name, field, settles in asked if not values[name])
        draft.state("Meeting", code, values, life, MEETINGS, absences=absences)
        draft.link("MEETING_OF", ("Meeting", code), (concept, board), life, MEETINGS)
        row.finish()
        row.place()
    named_boards = {row["end"] for row in draft.rows["meeting_of.csv"] if row["end_concept"] == "IntegratedCareBoard"}
    for board in draft.codes("IntegratedCareBoard"):
        if board not in named_boards:
            draft.lack("IntegratedCareBoard", board, "meetings|NOT_PUBLISHED|the board's page of its meetings")
