"""What is offered to everyone eligible in England: the statements that rule NATIONAL_CORE rests on."""

from dataclasses import dataclass

from seed.build.codes import Codes
from seed.build.draft import Draft, When
from seed.build.evidence import take
from seed.build.raw import RawFolder, RawRow

FACTS = "kls_national_facts"

_NOT_NEEDED = ("statement about the field", "no rule needs it for its basis")


@dataclass(frozen=True, slots=True)
class _Offer:
    """Who is eligible by a statement, and in which column it stands, from which words to which."""

    name: str
    groups: tuple[str, ...]
    column: str
    words: str


_OFFERS = {
    "How an NHS KLS answers an ICB request": _Offer(
        "National core content for integrated care boards",
        ("icb_staff",),
        "note",
        "all ICB members are eligible for national core content via NHS OpenAthens in any case",
    ),
    "Pilot of embedded knowledge specialists": _Offer(
        "National digital collection for primary care",
        ("gp_practices", "pcn_staff"),
        "note",
        "national digital collection stays open to all primary care staff and learners",
    ),
    "Home library rule (Midlands)": _Offer(
        "OpenAthens for staff and learners of NHS organisations",
        ("own_staff",),
        "value",
        "the home library is the one tied to the organisation where a person is employed or on placement; borrowing "
        "is shared across the consortium, but OpenAthens, KnowledgeShare, building access and specialist support come "
        "only from the home library",
    ),
    "Coverage can end": _Offer(
        "National core content for public health and primary care",
        ("gp_practices", "pcn_staff", "public_health"),
        "value",
        "primary care, commissioning and public health lost the local service on 1 Oct 2013, keeping only national "
        "core content",
    ),
}
"""By the name of the fact in the file."""


def place(draft: Draft, raw: RawFolder, codes: Codes) -> None:
    """Add the statements that say who is eligible for national content."""
    found = 0
    for row in raw.headed(FACTS, ("topic", "fact", "value", "source_url", "source_date", "note")):
        row.set_aside("topic")
        offer = _OFFERS.get(row.needed("fact"))
        if offer is None:
            row.set_aside("value", "source_url", "source_date", "note", reason=_NOT_NEEDED[1])
            row.leave_out(*_NOT_NEEDED)
        else:
            found += 1
            _offer(draft, row, offer, codes)
            row.place()
        row.finish()
    raw.files[FACTS].measure("offers", found)


def _offer(draft: Draft, row: RawRow, offer: _Offer, codes: Codes) -> None:
    texts = {name: row.take(name) for name in ("value", "note")}
    if offer.words not in texts[offer.column]:
        raise row.odd(offer.column, texts[offer.column], f"says no longer: {offer.words}")
    dated = take(row, "source_date")
    if dated is None:
        raise row.odd("source_date", "", "a statement that a rule rests on must have a date")
    draft.state(
        "NationalOffer",
        codes.of("NationalOffer", offer.name),
        {
            "name": offer.name,
            "groups": ";".join(offer.groups),
            "quote": offer.words,
            "url": row.needed("source_url"),
            "evidence_date": dated.day.isoformat(),
            "evidence_date_precision": dated.precision,
        },
        When(dated.day, dated.precision),
        FACTS,
    )
