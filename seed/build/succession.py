"""Who followed whom, where both are in the graph."""

from collections import Counter, defaultdict
from datetime import date

from seed.build.commissioners import BOARDS_MERGE
from seed.build.draft import Draft, Thing, When
from seed.build.ods import Succession

SUCCESSION = "succ_20260503"

_LABELS = ("GPPractice", "NHSTrust", "ClinicalCommissioningGroup", "PrimaryCareNetwork", "IntegratedCareBoard")
WITHOUT_RECORD = {
    code: f"the care trust {code} has no record of its own in these files (etr leaves care trusts out)"
    for code in ("TAD", "TAH", "TAJ")
}


def place(draft: Draft, successions: list[Succession]) -> None:
    """Add the successions of practices, trusts and groups; those of bodies outside the graph are counted."""
    ends: list[tuple[Succession, Thing, Thing]] = []
    for one in successions:
        start, end = _thing(draft, one.predecessor), _thing(draft, one.successor)
        unrecorded = WITHOUT_RECORD.get(one.predecessor) or WITHOUT_RECORD.get(one.successor)
        if unrecorded:
            one.row.quarantine(f"{one.predecessor} {one.successor}", unrecorded)
        elif start is None and end is None:
            one.row.leave_out("succession of bodies outside the graph", "neither of them is in the graph")
        elif start is None or end is None:
            label = start[0] if start else end[0] if end else ""
            one.row.leave_out(f"succession of one {label}", "the other body is not in the graph")
        elif one.day == BOARDS_MERGE and start[0] == "IntegratedCareBoard":
            one.row.place()  # the file of board successions says the same, with the kind
        else:
            ends.append((one, start, end))
    after: dict[Thing, set[Thing]] = defaultdict(set)
    before: Counter[tuple[Thing, date]] = Counter()
    for one, start, end in ends:
        after[start].add(end)
        before[end, one.day] += 1
    for one, start, end in ends:
        if len(after[start]) > 1:
            kind = "SPLIT"
        elif draft.lives[end].start < one.day:
            kind = "ACQUISITION"
        else:
            kind = "MERGER" if before[end, one.day] > 1 else "SUCCESSION"
        draft.link("SUCCEEDED_BY", start, end, When(one.day), SUCCESSION, values={"kind": kind})
        one.row.place()


def _thing(draft: Draft, code: str) -> Thing | None:
    return next(((label, code) for label in _LABELS if draft.has(label, code)), None)
