"""How a postcode is read and bound, and what its letters alone say of where it lies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from resolvers.errors import Location, MalformedArgument
from resolvers.plan import Bound, Circumstances
from resolvers.selection import Argument

__all__ = ["AREAS", "ELSEWHERE", "PostcodeParameter", "checked_postcode", "normal_postcode"]

_POSTCODE = re.compile(r"((?:[A-Z]{1,2}[0-9][0-9A-Z]?)|NPT|GIR)([0-9][A-Z]{2})")
_ALLOWED = "a whole postcode like OX1 1AA: one or two letters, a district, and a digit with two letters"

# The letters with which postcodes begin, as in the ONS Postcode Directory of November 2025 (a test holds them to it),
# and those of them of which no postcode lies in England. The others are English, or lie on both sides of a border.
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK"
    " FY G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE"
    " NG NN NP NPT NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN"
    " TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
AREAS = frozenset(_AREAS.split())
ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("AB", "DD", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE"), "Scotland"),
    **dict.fromkeys(("CF", "NPT", "SA"), "Wales"),
    "BT": "Northern Ireland",
    "GY": "the Channel Islands",
    "JE": "the Channel Islands",
    "IM": "the Isle of Man",
}


def normal_postcode(text: str) -> str | None:
    """Return a postcode in capitals with one space before its last three signs, or None where the text is none."""
    signs = "".join(text.split())
    found = _POSTCODE.fullmatch(signs.upper()) if signs.isascii() else None
    return f"{found[1]} {found[2]}" if found else None


def checked_postcode(text: str, key: str, name: str, location: Location) -> dict[str, object]:
    """Return a postcode as the statements take it: `code`, `outward`, and what its letters say of where it lies.

    `country` is one outside England, or null; `area` are the letters, null where no postcode begins with them.

    Raises:
        MalformedArgument: MALFORMED_POSTCODE where it is none.
    """
    code = normal_postcode(text)
    if code is None:
        raise MalformedArgument(
            f"{key}({name}:) was sent {text[:100]!r}, which is not {_ALLOWED}."
            " Spaces and small letters make no difference.",
            "MALFORMED_POSTCODE",
            locations=[location],
            details={"argument": name, "sent": text[:200], "allowed": _ALLOWED},
        )
    outward, letters = code.split(" ")[0], re.split("[0-9 ]", code)[0]
    return {
        "code": code,
        "outward": outward,
        "area": letters if letters in AREAS else None,
        "country": ELSEWHERE.get(letters),
    }


@dataclass(frozen=True, slots=True)
class PostcodeParameter:
    """A whole postcode, as a map of `code`, `outward`, `area` and `country`."""

    name: str
    argument: Argument | None
    key: str
    location: Location

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        named = self.argument.name if self.argument else ""
        bound.parameters[self.name] = checked_postcode(str(given), self.key, named, self.location)
