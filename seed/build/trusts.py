"""NHS trusts, what kind they are, and the boards that they stand under."""

from datetime import date

from seed.build.authorities import Authorities
from seed.build.commissioners import BOARDS_MERGE
from seed.build.draft import Draft, When, lasting
from seed.build.geocoded import TRUSTS as TYPED
from seed.build.geocoded import Places
from seed.build.ods import Trust
from seed.errors import SeedError

EARLIER, LATER = "etr_202507", "etr_202607"
_EARLIER_DAY, _LATER_DAY = date(2025, 7, 1), date(2026, 7, 1)


def place(draft: Draft, earlier: list[Trust], later: list[Trust], places: Places, authorities: Authorities) -> None:
    """Add the English trusts, open and closed, that the file of July 2026 has."""
    before = {one.code: one for one in earlier}
    after = {one.code: one for one in later}
    if before.keys() - after.keys():
        raise SeedError(f"trusts {before.keys() - after.keys()} are gone from the later file; is that closure?")
    for one in (*earlier, *later):
        if one.is_welsh:
            one.row.leave_out("Welsh trust", "the graph holds England")
        else:
            one.row.place()
    for code, one in sorted(after.items()):
        if not one.is_welsh:
            _trust(draft, before.get(code), one, places, authorities)


def _trust(draft: Draft, before: Trust | None, after: Trust, places: Places, authorities: Authorities) -> None:
    life = lasting(after.opened, after.closed)
    kind = places.trust_types[after.code]
    own = {
        "ods_code": after.code,
        "trust_type": kind.type,
        "trust_subtype": kind.subtype,
        "trust_type_basis": kind.basis,
    }
    absences = () if kind.type else ("trustType|NOT_PUBLISHED|a list of types from when the trust was open",)
    states = [(after, life, LATER)]
    if before and (before.name, before.postcode) != (after.name, after.postcode) and life.holds(_LATER_DAY):
        when = When(_LATER_DAY, "NO_LATER_THAN", life.end, life.end_precision)
        states = [(before, life.ended(_LATER_DAY, "NO_LATER_THAN"), EARLIER), (after, when, LATER)]
    for one, when, source in states:
        where = places.find(one.postcode)
        located = {"latitude": where.latitude, "longitude": where.longitude} if where else {}
        draft.state(
            "NHSTrust",
            one.code,
            {"name": one.name, "address_lines": one.address, "postcode": one.postcode, **own, **located},
            when,
            source,
            other=(TYPED, LATER),
            absences=absences,
        )
    spans = [(places.find(one.postcode), when) for one, when, _ in states]
    authorities.locate(draft, ("NHSTrust", after.code), spans, _EARLIER_DAY if before else _LATER_DAY)
    _boards(draft, before, after, life)


def _boards(draft: Draft, before: Trust | None, after: Trust, life: When) -> None:
    trust = ("NHSTrust", after.code)
    if life.end is not None and life.end <= _EARLIER_DAY:
        after.row.quarantine_part(after.code, "its board as last published is from before both files, without a date")
        return
    if before is None:
        # Opened since the earlier file, or closed since and left out there.
        start = When(_LATER_DAY, "NO_LATER_THAN") if life.start <= _EARLIER_DAY else When(life.start, "DAY")
        draft.link("TRUST_IN", trust, ("IntegratedCareBoard", after.board), start, LATER)
        return
    was = draft.life("IntegratedCareBoard", before.board)
    if before.board == after.board or (life.end is not None and life.end <= BOARDS_MERGE):
        when = When(_EARLIER_DAY, "NO_LATER_THAN")
        draft.link("TRUST_IN", trust, ("IntegratedCareBoard", before.board), when, EARLIER, other=(LATER,))
        return
    forced = was.end is not None
    after_change = When(BOARDS_MERGE, "DAY") if forced else When(_LATER_DAY, "NO_LATER_THAN")
    when = When(_EARLIER_DAY, "NO_LATER_THAN", after_change.start, after_change.start_precision)
    draft.link("TRUST_IN", trust, ("IntegratedCareBoard", before.board), when, EARLIER, other=(LATER,))
    draft.link("TRUST_IN", trust, ("IntegratedCareBoard", after.board), after_change, LATER)
