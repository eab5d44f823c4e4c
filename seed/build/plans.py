"""What boards do together and what is announced for them: clusters in force, and changes that are only planned.

A cluster is an arrangement: its boards share leadership and stay what they are. A planned change is a fact about a
plan; the body that it would make has no code and is not in the graph.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from seed.build.codes import Codes
from seed.build.commissioners import BOARDS_MERGE
from seed.build.draft import Draft, Thing, When
from seed.build.evidence import Stated, said_of, take
from seed.build.raw import RawFolder, RawRow
from seed.tables import Standing

PLANS = "icb_mergers_clusters"
RULE = "EVERY_CLUSTERED_BOARD"
"""The order speaks of all boards in clusters; which these are is taken from the clusters that are known."""

_KINDS = {
    "merger / new footprint": "MERGER",
    "merger": "MERGER",
    "boundary change": "BOUNDARY_CHANGE",
    "board approval": "MERGER",
    "cluster then merger": "MERGER",
    "order to merge": "MERGER",
    "cluster being explored": "CLUSTER",
    "cluster": "IN_FORCE",
}
_ALL_CLUSTERED = "all ICBs in clusters"
_OPEN = When(date.min)


@dataclass(frozen=True, slots=True)
class Plan:
    """A row of the announcements that is not past."""

    row: RawRow
    name: str
    kind: str
    members: str
    effective: Stated | None
    announced: Stated | None
    url: str
    note: str


def read(raw: RawFolder) -> list[Plan]:
    """Read the announcements; what was to be done on 1 April 2026 is done, and is in the files of successions."""
    columns = ("new_body_or_cluster", "kind", "member_icbs", "effective_date", "chair_or_ceo")
    found = []
    for row in raw.headed(PLANS, (*columns, "source_url", "source_date", "note")):
        one = Plan(
            row,
            row.needed("new_body_or_cluster"),
            row.choose("kind", _KINDS),
            row.take("member_icbs"),
            take(row, "effective_date"),
            take(row, "source_date"),
            row.needed("source_url"),
            row.take("note"),
        )
        row.set_aside("chair_or_ceo", reason="names of people are not held")
        row.finish()
        if one.kind != "IN_FORCE" and one.effective and one.effective.day <= BOARDS_MERGE:
            row.leave_out("change of 1 April 2026", "what took effect is in the successions of boards")
        else:
            found.append(one)
    return found


def place(draft: Draft, plans: list[Plan], codes: Codes) -> None:
    """Add the clusters with their boards, and the planned changes with the boards that they concern."""
    boards = _boards(draft)
    clustered: dict[str, None] = {}
    for one in plans:
        if one.kind == "IN_FORCE":
            clustered |= dict.fromkeys(_cluster(draft, one, codes, boards))
    for one in plans:
        if one.kind == "IN_FORCE":
            continue
        if one.members == _ALL_CLUSTERED:
            _planned(draft, one, codes, list(clustered), RULE)
        else:
            _planned(draft, one, codes, _members(one, boards), "")


def _cluster(draft: Draft, one: Plan, codes: Codes, boards: Mapping[str, str]) -> list[str]:
    cluster: Thing = ("BoardCluster", codes.of("BoardCluster", one.name))
    members = _members(one, boards)
    when = said_of(one.effective or one.announced, _OPEN)
    values = {
        "name": one.name,
        "url": one.url,
        "announced_on": one.announced.day.isoformat() if one.announced else "",
        "announced_on_precision": one.announced.precision if one.announced else "",
    }
    draft.state(*cluster, values, when, PLANS)
    for board in members:
        draft.link("CLUSTERED_IN", ("IntegratedCareBoard", board), cluster, when, PLANS)
    one.row.place()
    return members


def _planned(draft: Draft, one: Plan, codes: Codes, members: list[str], rule: str) -> None:
    change: Thing = ("PlannedChange", codes.of("PlannedChange", one.name))
    when = said_of(one.announced, _OPEN)
    absences = []
    if one.effective is None:
        absences.append("effectiveDate|NOT_PUBLISHED|a decision of the boards, with a date")
    if one.announced is None:
        absences.append("announcedOn|NOT_PUBLISHED|the order itself: the page that reports it has no date")
    values = {
        "name": one.name,
        "kind": one.kind,
        "effective_date": one.effective.day.isoformat() if one.effective else "",
        "effective_date_precision": one.effective.precision if one.effective else "",
        "announced_on": one.announced.day.isoformat() if one.announced else "",
        "announced_on_precision": one.announced.precision if one.announced else "",
        "url": one.url,
        "note": one.note,
    }
    draft.state(*change, values, when, PLANS, absences=tuple(absences))
    standing: Standing = "DERIVED" if rule else "PUBLISHED"
    for board in members:
        draft.link(
            "CONCERNS", change, ("IntegratedCareBoard", board), when, PLANS, values={"rule": rule}, standing=standing
        )
    one.row.place()


def _boards(draft: Draft) -> dict[str, str]:
    suffix = " Integrated Care System"
    systems = [code for label, code in draft.lives if label == "IntegratedCareSystem"]
    return {draft.latest("IntegratedCareSystem", code)["name"].removesuffix(suffix): code for code in systems}


def _members(one: Plan, boards: Mapping[str, str]) -> list[str]:
    names = [name.strip() for name in one.members.split(";")]
    return [one.row.choose_value("member_icbs", name, boards) for name in names]
