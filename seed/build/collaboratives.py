"""Provider collaboratives: of which type, with which members, in which boards' areas, as published pages say."""

from dataclasses import dataclass

from seed.build.codes import Codes
from seed.build.draft import Draft, Thing, When
from seed.build.evidence import READ, UNDATED, Stated, address, month, speaks_from, take, year
from seed.build.raw import RawFolder, RawRow
from seed.build.succession import WITHOUT_RECORD

COLLABORATIVES = "provider_collaboratives"
_CONCEPT = "ProviderCollaborative"

_HORIZONTAL, _VERTICAL, _NOT_SAID = "HORIZONTAL", "VERTICAL", ""
_KINDS = {
    **dict.fromkeys(
        (
            *("acute (horizontal)", "acute and mental health (horizontal)", "acute and other (horizontal)"),
            *("acute and specialist (horizontal)", "acute, mental health and community (horizontal)"),
            *("community (horizontal)", "mental health (horizontal and specialised)", "mental health (horizontal)"),
            *("mental health (horizontal, vanguard)", "mental health and community (horizontal)"),
        ),
        _HORIZONTAL,
    ),
    **dict.fromkeys(("place (vertical alliance)", "place (vertical)"), _VERTICAL),
    **dict.fromkeys(
        (
            *("acute", "acute (early discussion)", "acute group", "acute group (joint committee)", "community"),
            *("acute, mental health, community and ambulance (all foundation trusts)", "all providers of the ICS"),
            *("group of trusts", "mental health", "mental health (specialised, NHS-led)", "primary care"),
            "mental health (specialised, new care model)",
        ),
        _NOT_SAID,
    ),
}
"""Whether a type says that alike providers join (horizontal) or providers along one path of care (vertical)."""

_INFERRED = "SYSTEM_TRUSTS"
"""The rule: a source counts or describes the members, and they are the trusts of that sort which ODS lists there."""
_COMPLETENESS = {
    "yes": ("COMPLETE", frozenset[str]()),
    "no": ("PARTIAL", frozenset[str]()),
    "inferred from ODS": ("INFERRED", None),
    "11 stated, 2 inferred": ("PARTLY_INFERRED", frozenset({"RJN", "RBL"})),
    "": ("", frozenset[str]()),
}
"""How far the members are known, and which of them are inferred (None: all)."""

_BEGAN = {
    "established August 2022": month(2022, 8),
    "three mental health trusts in south London, since 2016": year(2016),
    "formed September 2020": month(2020, 9),
    "group began in 2017": year(2017),
    "established 2018": year(2018),
    "formed spring 2021": year(2021),
    "in place since 2014": year(2014),
    "formed 2021": year(2021),
    "since 2016; committee in common": year(2016),
    "formal since September 2022": month(2022, 9),
    "five NHS mental health trusts and St Andrews, since 2019": year(2019),
    "vanguard of about 2015": year(2015),
    "pilot of 2017": year(2017),
}
"""What a note says of the beginning."""

_FOUNDERS = "vanguard of about 2015"
"""A page about the founding: its members are those of then."""
_MAY_BE_OVER = ("whether it still runs is not known", "pilot of 2017")
_FOLLOWED = {
    "Greater Manchester Provider Federation Board": "Greater Manchester Trust Provider Collaborative (TPC)",
}
"""What a note calls the successor of what, without a date."""
_FOLLOWS = "successor of the Provider Federation Board"

_NOTE = "dates and ends are taken out of it; what else it says is not held, as it names people"


@dataclass(frozen=True, slots=True)
class Collaborative:
    """A row of the file."""

    row: RawRow
    name: str
    type: str
    kind: str
    members: dict[str, str]
    others: list[str]
    complete: str
    inferred: frozenset[str] | None
    boards: list[str]
    note: str
    url: str
    dated: Stated | None


def read(raw: RawFolder) -> list[Collaborative]:
    """Read the collaboratives."""
    columns = (
        *("name", "type", "member_trusts", "icbs", "source_url", "source_date", "note", "member_trust_ods_codes"),
        *("members_complete", "icb_ods_codes", "unmatched_members"),
    )
    found = []
    for row in raw.headed(COLLABORATIVES, columns):
        row.set_aside("icbs")
        type_ = row.take("type")
        complete, inferred = row.choose("members_complete", _COMPLETENESS)
        members, others = _members(row)
        found.append(
            Collaborative(
                row,
                name=row.needed("name"),
                type=type_,
                kind=row.choose_value("type", type_, _KINDS),
                members=members,
                others=others,
                complete=complete,
                inferred=inferred,
                boards=_listed(row.take("icb_ods_codes")),
                note=row.take("note"),
                url=address(row.needed("source_url")),
                dated=take(row, "source_date"),
            )
        )
        if found[-1].note:
            row.file.columns["note", _NOTE] += 1
        row.finish()
    raw.files[COLLABORATIVES].measure("with_members", sum(bool(one.members) for one in found))
    return found


def _members(row: RawRow) -> tuple[dict[str, str], list[str]]:
    """Return the names of members by code, and the names of those without one."""
    names, codes = _listed(row.take("member_trusts")), _listed(row.take("member_trust_ods_codes"))
    others = _listed(row.take("unmatched_members"))
    if set(others) - set(names):
        raise row.odd("unmatched_members", "; ".join(others), "names one that member_trusts does not")
    matched = [name for name in names if name not in others]
    if len(matched) != len(codes):
        raise row.odd("member_trust_ods_codes", ";".join(codes), f"has not one code for each of {len(matched)} trusts")
    return dict(zip(codes, matched, strict=True)), others


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def place(draft: Draft, rows: list[Collaborative], codes: Codes) -> None:
    """Add the collaboratives, their members and the boards in whose areas they work."""
    for one in rows:
        code = codes.of(_CONCEPT, one.name)
        thing = (_CONCEPT, code)
        said = _said(draft, one)
        begun = _begun(one)
        life = When(begun.day, begun.precision) if begun and begun.day < said.start else said
        if one.name in _FOLLOWED:
            life = life.ended(READ, "UNKNOWN")
        others = [*one.others, *_strangers(draft, one)]
        draft.state(
            _CONCEPT,
            code,
            {
                "name": one.name,
                "type": one.type,
                "kind": one.kind,
                "members_known": one.complete,
                "other_members": ";".join(others),
                "url": one.url,
                "evidence_date": one.dated.day.isoformat() if one.dated else "",
                "evidence_date_precision": one.dated.precision if one.dated else "",
            },
            life,
            COLLABORATIVES,
            absences=tuple(_absences(one)),
        )
        _join(draft, one, thing, life if _FOUNDERS in one.note else said)
        for board in one.boards:
            if draft.link("COLLABORATIVE_IN", thing, ("IntegratedCareBoard", board), life, COLLABORATIVES) is None:
                one.row.quarantine_part(one.name, f"the board {board} was not in force when it was")
        one.row.place()
    _follow(draft, rows, codes)


def _begun(one: Collaborative) -> Stated | None:
    return next((date for words, date in _BEGAN.items() if words in one.note), None)


def _said(draft: Draft, one: Collaborative) -> When:
    """Since when its page speaks: an undated one that names what has ended was written before that end."""
    named: list[Thing] = [
        *(("IntegratedCareBoard", board) for board in one.boards),
        *(("NHSTrust", code) for code in one.members if draft.has("NHSTrust", code)),
    ]
    if _FOUNDERS in one.note:
        return When(UNDATED.day, UNDATED.precision)
    return speaks_from(one.dated, [draft.lives[thing] for thing in named])


def _strangers(draft: Draft, one: Collaborative) -> list[str]:
    """Return the names of members whose code has no record here."""
    unknown = [code for code in one.members if not draft.has("NHSTrust", code)]
    for code in unknown:
        if code not in WITHOUT_RECORD:
            raise one.row.odd("member_trust_ods_codes", code, "is no trust of the graph")
    return [one.members[code] for code in unknown]


def _absences(one: Collaborative) -> list[str]:
    found = []
    if not one.kind:
        found.append("kind|NOT_PUBLISHED|a source that says whether it is vertical or horizontal")
    if not one.complete:
        found.append("members|NOT_PUBLISHED|a list of its members")
    elif one.complete == "PARTIAL":
        found.append("members|NOT_PUBLISHED|codes or names of the other members")
    if not one.boards:
        found.append("boards|NOT_PUBLISHED|a source that names its systems")
    if one.dated is None:
        found.append("evidenceDate|NOT_PUBLISHED|a date on the page")
    if any(words in one.note for words in _MAY_BE_OVER):
        found.append("validity|NOT_PUBLISHED|a source that says whether it still runs")
    return found


def _join(draft: Draft, one: Collaborative, thing: Thing, since: When) -> None:
    for code in one.members:
        if not draft.has("NHSTrust", code):
            one.row.quarantine_part(one.name, WITHOUT_RECORD[code])
            continue
        inferred = one.inferred is None or code in one.inferred
        joined = draft.link(
            "COLLABORATIVE_MEMBER",
            ("NHSTrust", code),
            thing,
            When(since.start, since.start_precision),
            COLLABORATIVES,
            values={"rule": _INFERRED if inferred else ""},
            other=("etr_202607",) if inferred else (),
            standing="DERIVED" if inferred else "PUBLISHED",
        )
        if joined is None:
            one.row.quarantine_part(one.name, f"the trust {code} was not in force when the statement was")


def _follow(draft: Draft, rows: list[Collaborative], codes: Codes) -> None:
    for before, after in _FOLLOWED.items():
        followers = [one for one in rows if one.name == after and _FOLLOWS in one.note]
        if len(followers) == 1 and any(one.name == before for one in rows):
            draft.link(
                "SUCCEEDED_BY",
                (_CONCEPT, codes.of(_CONCEPT, before)),
                (_CONCEPT, codes.of(_CONCEPT, after)),
                When(READ, "UNKNOWN"),
                COLLABORATIVES,
                values={"kind": "SUCCESSION"},
            )
