"""Neighbourhoods, the third tier: the footprint that one primary care network serves, made by rule."""

from datetime import date

from seed.build.draft import Draft, When
from seed.errors import SeedError
from seed.tables import PRECISIONS, Precision

RULE = "NETWORK_NEIGHBOURHOOD"
_PLACES = (
    "places|NOT_PUBLISHED|the boundaries of places that take in a part of an authority, and places that no page names"
)


def place(draft: Draft) -> None:
    """Add the neighbourhood of each network, with a state for each of the network's."""
    for row in draft.rows["primary_care_networks.csv"]:
        draft.state(
            "Neighbourhood",
            row["code"],
            {"name": f"Neighbourhood of {row['name']}", "rule": RULE},
            _when(row),
            row["source"],
            standing="DERIVED",
            absences=(_PLACES,),
        )
    for label, code in [thing for thing in draft.lives if thing[0] == "Neighbourhood"]:
        draft.link(
            "NEIGHBOURHOOD_OF",
            (label, code),
            ("PrimaryCareNetwork", code),
            draft.life(label, code),
            draft.latest(label, code)["source"],
            values={"rule": RULE},
            standing="DERIVED",
        )


def _when(row: dict[str, str]) -> When:
    end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return When(
        date.fromisoformat(row["valid_from"]),
        _precision(row["valid_from_precision"]),
        end,
        _precision(row["valid_to_precision"]) if end else None,
    )


def _precision(text: str) -> Precision:
    for one in PRECISIONS:
        if one == text:
            return one
    raise SeedError(f"{text!r} is no precision")
