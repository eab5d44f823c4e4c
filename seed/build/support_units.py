"""Commissioning support units, where a source names one: so far a single page does, by whom it serves."""

from collections.abc import Iterable

from seed.build.codes import Codes
from seed.build.draft import Draft
from seed.build.eligibilities import ELIGIBILITY, Row

_UNIT, _GROUP = "CommissioningSupportUnit", "csu"
_ABSENCES = (
    "odsCode|NOT_PUBLISHED|an ODS extract that holds commissioning support units",
    "integratedCareBoards|NOT_PUBLISHED|a source that names the boards that it supports",
)


def place(draft: Draft, statements: Iterable[Row], codes: Codes) -> None:
    """Add each unit that an eligibility names, from the day from which its page speaks."""
    for one in statements:
        if one.group != _GROUP or not one.area_name:
            continue
        statement = ("Eligibility", codes.of("Eligibility", one.service, one.group, one.area_name))
        unit = (_UNIT, codes.of(_UNIT, one.area_name))
        life = draft.life(*statement)
        if not draft.has(*unit):
            draft.state(*unit, {"name": one.area_name, "url": one.url}, life, ELIGIBILITY, absences=_ABSENCES)
        draft.link("SERVES_STAFF_OF", statement, unit, life, ELIGIBILITY)
