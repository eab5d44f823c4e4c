"""Primary care networks, their parents, and the practices that are their members."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from seed.build.authorities import Authorities
from seed.build.draft import Draft, When, lasting
from seed.build.geocoded import Places
from seed.build.ods import Membership, Network
from seed.build.patients import AS_AT, PATIENTS
from seed.build.practice_map import PracticeMap

EPCN, PARTNERS = "epcn_20260102", "epcncorepartnerdetails_20260302"
_EPCN_DAY, _PARTNERS_DAY = date(2026, 1, 2), date(2026, 3, 2)


def place(
    draft: Draft,
    networks: list[Network],
    memberships: list[Membership],
    maps: tuple[PracticeMap, PracticeMap],
    places: Places,
    authorities: Authorities,
    patients: dict[str, str],
) -> None:
    """Add the networks of ePCN, and those that later files name; then who is in them."""
    known = {one.code: one for one in networks}
    for one in networks:
        _network(draft, one, maps, places, authorities, patients)
        one.row.place()
    later: dict[str, list[Membership]] = defaultdict(list)
    for membership in memberships:
        if membership.network not in known:
            later[membership.network].append(membership)
    august = maps[1]
    for code in sorted({*later, *august.networks} - known.keys()):
        _new_network(draft, code, later.get(code, []), august, patients)
    place_members(draft, memberships, august)


def _network(
    draft: Draft,
    one: Network,
    maps: tuple[PracticeMap, PracticeMap],
    places: Places,
    authorities: Authorities,
    patients: dict[str, str],
) -> None:
    life = lasting(one.opened, one.closed)
    place_ = places.find(one.postcode)
    own = {"ods_code": one.code, "postcode": one.postcode, "town": one.town, **_patients(patients, one.code)}
    if place_:
        own |= {"latitude": place_.latitude, "longitude": place_.longitude}
    august = maps[1].networks.get(one.code, one.name)
    other = (PATIENTS, *((place_.source,) if place_ else ()))
    if august != one.name and life.holds(maps[1].day):
        draft.state(
            "PrimaryCareNetwork",
            one.code,
            {"name": one.name, **own},
            life.ended(maps[1].day, "NO_LATER_THAN"),
            EPCN,
            other=other,
        )
        when = When(maps[1].day, "NO_LATER_THAN", life.end, life.end_precision)
        draft.state("PrimaryCareNetwork", one.code, {"name": august, **own}, when, maps[1].source, other=other)
    else:
        draft.state("PrimaryCareNetwork", one.code, {"name": one.name, **own}, life, EPCN, other=other)
    network = ("PrimaryCareNetwork", one.code)
    authorities.locate(draft, network, [(place_, life)], _EPCN_DAY)
    if one.closed is not None and one.closed < _EPCN_DAY:
        one.row.quarantine_part(one.code, "its parent as last published is from before the file, without a date")
    elif draft.has("SubICBLocation", one.parent):
        draft.link(
            "PARENTED_BY",
            network,
            ("SubICBLocation", one.parent),
            When(_EPCN_DAY, "NO_LATER_THAN"),
            EPCN,
        )
    else:
        one.row.quarantine_part(one.code, f"its parent {one.parent} is not in the graph")


def _new_network(
    draft: Draft, code: str, memberships: list[Membership], august: PracticeMap, patients: dict[str, str]
) -> None:
    """A network that opened after ePCN was extracted: its first member's day, or else the map that names it."""
    if memberships:
        first = min(memberships, key=lambda one: one.joined)
        when, source, name = When(first.joined, "NO_LATER_THAN"), PARTNERS, first.network_name
    else:
        when, source, name = When(august.day, "NO_LATER_THAN"), august.source, august.networks[code]
    draft.state(
        "PrimaryCareNetwork",
        code,
        {"name": name, "ods_code": code, **_patients(patients, code)},
        when,
        source,
        other=(august.source, PATIENTS),
        absences=(
            "postcode|NOT_PUBLISHED|an ePCN extract from after it opened",
            "location|NOT_PUBLISHED|an ePCN extract from after it opened",
        ),
    )
    for parent in sorted({one.network_parent for one in memberships}):
        draft.link(
            "PARENTED_BY",
            ("PrimaryCareNetwork", code),
            ("SubICBLocation", parent),
            When(_PARTNERS_DAY, "NO_LATER_THAN"),
            PARTNERS,
        )


@dataclass(frozen=True, slots=True)
class _Span:
    """A practice in a network for one stretch of time."""

    network: str
    when: When


def place_members(draft: Draft, memberships: list[Membership], august: PracticeMap) -> None:
    """Add who was in which network, each row merged with what it continues, and what the map of August changed."""
    spans: dict[str, list[_Span]] = defaultdict(list)
    for one in sorted(memberships, key=lambda one: (one.practice, one.network, one.joined)):
        if not draft.has("GPPractice", one.practice):
            one.row.leave_out("member that is no GP practice", "its prescribing cost centre has no role RO76")
        elif one.left is not None and one.left < one.joined:
            one.row.quarantine(f"{one.practice} {one.network}", "it left before it joined: an empty interval")
        else:
            # Y02442 joined and left U60509 on 1 April 2024. Read as half-open that is empty; but 901 transitions of the
            # file join on the day after they left, so what is left on is the last day, and this membership had one.
            draft.notes["memberships of one day: kept as published"] += one.left == one.joined
            _merge(draft, spans[one.practice], _Span(one.network, lasting(one.joined, one.left)))
            one.row.place()
    for practice, held in sorted(spans.items()):
        _overlaps(draft, held)
        _as_on_map(draft, practice, held, august)
    for practice in sorted(august.practices.keys() - spans.keys()):
        _as_on_map(draft, practice, [], august)


def _merge(draft: Draft, held: list[_Span], span: _Span) -> None:
    """Add a span; one that begins the day after the last one in the same network continues it.

    Of the 39 practices with the same network twice, those whose second row begins the day after the first ended never
    left it (the rows were made anew when something else changed); the others left and came back, and have two.
    """
    last = held[-1] if held and held[-1].network == span.network else None
    if last is None:
        held.append(span)
        return
    draft.notes["memberships of the same practice and network twice"] += 1
    if last.when.end == span.when.start:
        draft.notes["  of them touching: made one"] += 1
        held[-1] = _Span(span.network, When(last.when.start, "DAY", span.when.end, span.when.end_precision))
    else:
        draft.notes["  of them apart: kept as two"] += 1
        held.append(span)


def _overlaps(draft: Draft, held: list[_Span]) -> None:
    """Count the days in two networks at once: the source says both, and so do the tables.

    Seven practices were entered into U04503 for 1 and 2 July 2024 while they stayed in U17156; F82001 has one day in
    two.
    """
    for place_, one in enumerate(held):
        for another in held[place_ + 1 :]:
            if one.network != another.network and one.when.clipped(another.when):
                draft.notes["memberships that overlap another: kept as published"] += 1


def _as_on_map(draft: Draft, practice: str, held: list[_Span], august: PracticeMap) -> None:
    """Write the spans of a practice, with what the map of August says of it since."""
    # One practice disagrees with the map of January: Y02811 left U36188 with 1 January 2026 as its last day, and the
    # map of that day has it in no network. The membership file is the one that dates, and is kept.
    listed = august.practices.get(practice)
    now = [span for span in held if span.when.holds(august.day)]
    moved = listed is not None and [span.network for span in now] != ([listed.network] if listed.network else [])
    for span in held:
        when = span.when
        other: tuple[str, ...] = ()
        if moved and span in now:
            # Nothing dates the move but the map that shows it, save where the network itself ended.
            when, other = when.ended(august.day, "NO_LATER_THAN"), (august.source,)
        draft.link(
            "MEMBER_OF",
            ("GPPractice", practice),
            ("PrimaryCareNetwork", span.network),
            when,
            PARTNERS,
            other=other,
        )
    if moved and listed is not None:
        draft.notes["memberships changed since March 2026, seen on the map of August"] += 1
        if listed.network:
            draft.link(
                "MEMBER_OF",
                ("GPPractice", practice),
                ("PrimaryCareNetwork", listed.network),
                When(august.day, "NO_LATER_THAN"),
                august.source,
            )


def _patients(patients: dict[str, str], code: str) -> dict[str, str]:
    if code not in patients:
        return {}
    return {"registered_patients": patients[code], "registered_patients_as_at": AS_AT}
