"""GP practices: their names and addresses, who commissions them, where they stand on the practice map."""

from datetime import date

from seed.build.authorities import Authorities
from seed.build.commissioners import BOARDS_BEGIN, BOARDS_MERGE
from seed.build.draft import Draft, When, lasting, until_last_day
from seed.build.geocoded import Places
from seed.build.ods import GP_PRACTICE, Practice
from seed.build.practice_map import Listed, PracticeMap
from seed.errors import SeedError

EPRACCUR = "epraccur_20260302"
_EXTRACT = date(2026, 3, 2)

_NO_COMMISSIONER = (
    "commissioner|NOT_PUBLISHED|a practice map or ODS extract from after 1 April 2026 that names the practice, whose "
    "sub-ICB location closed then"
)


def place(
    draft: Draft,
    practices: list[Practice],
    maps: tuple[PracticeMap, PracticeMap],
    places: Places,
    authorities: Authorities,
) -> None:
    """Add the English GP practices, open and closed, and all that hangs on them save their networks."""
    for one in practices:
        if GP_PRACTICE not in one.roles:
            one.row.leave_out(
                f"role {'|'.join(one.roles) or 'none'}", "prescribing cost centres that are no GP practice"
            )
        elif not one.region:
            one.row.leave_out("GP practice outside England", "the graph holds England")
        else:
            _practice(draft, one, maps, places, authorities)
            one.row.place()
    for practice_map in maps:
        for listed in practice_map.practices.values():
            if draft.has("GPPractice", listed.practice):
                listed.row.place()
            else:
                listed.row.quarantine(listed.practice, "the practice has no record in epraccur")


def _practice(
    draft: Draft, one: Practice, maps: tuple[PracticeMap, PracticeMap], places: Places, authorities: Authorities
) -> None:
    life = lasting(one.opened, one.closed)
    commissioned = _missing_commissioner(draft, one, life, maps)
    for values, when, source in _states(one, life, maps):
        place_ = places.find(values["postcode"])
        located = {"latitude": place_.latitude, "longitude": place_.longitude} if place_ else {}
        own = {"ods_code": one.code, "ods_status": one.status, "telephone": one.telephone}
        if values["postcode"] == one.postcode:
            own["address_lines"] = one.address
        absences = () if place_ else ("location|NOT_PUBLISHED|a postcode directory that holds its postcode",)
        draft.state(
            "GPPractice",
            one.code,
            {**values, **own, **located},
            when,
            source,
            other=(
                EPRACCUR,
                *(practice_map.source for practice_map in maps if one.code in practice_map.practices),
                *((place_.source,) if place_ else ()),
            ),
            absences=(*absences, *commissioned),
        )
    _relate(draft, one, life, maps, places, authorities)


def between(one: Practice, january: Listed | None, august: Listed | None) -> tuple[str, str]:
    """Return the name and postcode of March: where the maps agree before and after it, nothing changed and back.

    What epraccur said against them is held as a claim.
    """
    if january is None or august is None:
        return one.name, one.postcode
    return (
        january.name if january.name == august.name else one.name,
        january.postcode if january.postcode == august.postcode else one.postcode,
    )


def _states(one: Practice, life: When, maps: tuple[PracticeMap, PracticeMap]) -> list[tuple[dict[str, str], When, str]]:
    """Name, postcode and supplier as the extracts of 2026 give them in turn; a change is dated by the later one."""
    january, august = (practice_map.practices.get(one.code) for practice_map in maps)
    seen: list[tuple[date, dict[str, str], str]] = []
    supplier = january.supplier if january else ""
    if january:
        seen.append(
            (maps[0].day, {"name": january.name, "postcode": january.postcode, "supplier": supplier}, maps[0].source)
        )
    name, postcode = between(one, january, august)
    seen.append((_EXTRACT, {"name": name, "postcode": postcode, "supplier": supplier}, EPRACCUR))
    if august:
        seen.append(
            (
                maps[1].day,
                {"name": august.name, "postcode": august.postcode, "supplier": august.supplier},
                maps[1].source,
            )
        )
    states: list[tuple[dict[str, str], When, str]] = []
    for day, values, source in seen:
        if not states:
            states.append((values, life, source))
        elif states[-1][0] != values and life.holds(day):
            before, when, named = states[-1]
            states[-1] = (before, when.ended(day, "NO_LATER_THAN"), named)
            states.append((values, When(day, "NO_LATER_THAN", life.end, life.end_precision), source))
    # Its life is epraccur's word, and so is its first state, whatever it was called on the map of January.
    return [(values, when, source if place_ else EPRACCUR) for place_, (values, when, source) in enumerate(states)]


def _missing_commissioner(
    draft: Draft, one: Practice, life: When, maps: tuple[PracticeMap, PracticeMap]
) -> tuple[str, ...]:
    """Return what is not known of a practice's commissioner."""
    closed = draft.has("SubICBLocation", one.commissioner) and draft.life("SubICBLocation", one.commissioner).end
    if closed and (life.end is None or life.end > closed) and one.left is None and one.code not in maps[1].practices:
        return (_NO_COMMISSIONER,)
    if not any(draft.has(label, one.commissioner) for label in ("SubICBLocation", "ClinicalCommissioningGroup")):
        return (f"commissioner|NOT_APPLICABLE|a commissioner in England: its own is {one.commissioner}",)
    return ()


def _relate(
    draft: Draft,
    one: Practice,
    life: When,
    maps: tuple[PracticeMap, PracticeMap],
    places: Places,
    authorities: Authorities,
) -> None:
    practice = ("GPPractice", one.code)
    known = False
    if one.joined is None:
        one.row.quarantine_part(one.code, "its commissioner has no date")
    else:
        when = When(one.joined, "DAY", until_last_day(one.left), None if one.left is None else "DAY")
        if draft.has("ClinicalCommissioningGroup", one.commissioner) and one.joined < BOARDS_BEGIN:
            known = True
            group = when if when.end and when.end <= BOARDS_BEGIN else when.ended(BOARDS_BEGIN)
            _or_part(
                one,
                draft.link(
                    "COMMISSIONED_BY_GROUP",
                    practice,
                    ("ClinicalCommissioningGroup", one.commissioner),
                    group,
                    EPRACCUR,
                ),
                "commissioning group",
            )
        if draft.has("SubICBLocation", one.commissioner) and (when.end is None or when.end > BOARDS_BEGIN):
            known = True
            _or_part(
                one,
                draft.link(
                    "COMMISSIONED_BY",
                    practice,
                    ("SubICBLocation", one.commissioner),
                    when,
                    EPRACCUR,
                    other=tuple(practice_map.source for practice_map in maps if one.code in practice_map.practices),
                ),
                "sub-ICB location",
            )
        if not known:
            one.row.quarantine_part(one.code, f"its commissioner {one.commissioner} is not in the graph")
    after = maps[1].practices.get(one.code)
    if after and after.location != one.commissioner:
        # The 66 that left D4U1Y did so when it closed, which no later extract need date.
        ends = draft.life("SubICBLocation", one.commissioner).end
        forced = ends == BOARDS_MERGE
        draft.link(
            "COMMISSIONED_BY",
            practice,
            ("SubICBLocation", after.location),
            When(BOARDS_MERGE, "DAY") if forced else When(maps[1].day, "NO_LATER_THAN"),
            maps[1].source,
        )
        if not forced:
            raise SeedError(f"{one.code} changed its commissioner and nothing forced it: end the earlier one too")
    _listed(draft, one, maps)
    spans = [(places.find(values["postcode"]), when) for values, when, _ in _states(one, life, maps)]
    authorities.locate(draft, practice, spans, maps[0].day if one.code in maps[0].practices else _EXTRACT)


def _listed(draft: Draft, one: Practice, maps: tuple[PracticeMap, PracticeMap]) -> None:
    january, august = (practice_map.practices.get(one.code) for practice_map in maps)
    first = january or august
    if first is None:
        return
    if january and august and january.region != august.region:
        raise SeedError(f"{one.code} changed its region between the maps; say from when")
    left = january is not None and august is None
    when = When(
        maps[0].day if january else maps[1].day,
        "NO_LATER_THAN",
        maps[1].day if left else None,
        "NO_LATER_THAN" if left else None,
    )
    draft.link(
        "LISTED_IN",
        ("GPPractice", one.code),
        ("NHSRegion", first.region),
        when,
        maps[0].source if january else maps[1].source,
        other=(maps[1].source,) if january and august else (),
    )


def _or_part(one: Practice, held: When | None, what: str) -> None:
    if held is None:
        one.row.quarantine_part(one.code, f"it and its {what} {one.commissioner} were never in force together")
