"""What a mutation rests on becomes a Source, with a series of its own: no load of another source ever speaks for it."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson

from cypher.change import LinkRecord, State, Value
from cypher.codes import slug
from cypher.reference import Reference
from cypher.validity import Validity
from resolvers.order import Order

__all__ = ["RECORDED", "Evidence", "evidence_of"]

RECORDED = "recorded-"
"""How the codes and series begin of what was recorded by the API; no source of the tables is called so."""
_LICENCE = "not stated"
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source, and what facts take from it."""

    source: Reference

    @property
    def code(self) -> str:
        """The code of the source, which is its series too."""
        return self.source.key

    @property
    def values(self) -> dict[str, Value]:
        """The values of a statement that rests on it."""
        of = self.source.properties
        values: dict[str, Value] = {"evidenceDate": of["asAt"], "evidenceDatePrecision": of["asAtPrecision"]}
        if "url" in of:
            values["url"] = of["url"]
        return values

    @property
    def absences(self) -> tuple[str, ...]:
        """What a statement that rests on it lacks."""
        if "url" in self.source.properties:
            return ()
        return ("url|NOT_APPLICABLE|nothing: the evidence is a document without an address",)

    def state(self, validity: Validity, values: dict[str, Value], absences: tuple[str, ...] = ()) -> State:
        """Return a state that the source says."""
        return State(validity, values, "PUBLISHED", (self.code,), self.code, absences)

    def link(self, type_: str, start: str, end: str, validity: Validity, **values: Value) -> LinkRecord:
        """Return a relationship that the source says."""
        return LinkRecord(type_, start, end, validity, "PUBLISHED", (self.code,), self.code, values)


def evidence_of(order: Order) -> Evidence:
    """Return the evidence of an order: the same page or document of the same day is the same source."""
    given = order.given["evidence"]
    publisher, url, title = given["publisher"], given.get("url"), given.get("documentTitle")
    said: dict[str, Any] = {
        "publisher": publisher,
        "title": title or url,
        "url": url,
        "licence": given.get("licence", _LICENCE),
        "asAt": given["date"],
        "asAtPrecision": given.get("datePrecision", "DAY"),
    }
    digest = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:_DIGITS]
    code = f"{RECORDED}{slug(publisher)[:60].strip('-') or 'source'}-{given['date']}-{digest}"
    source = {"code": code, "series": code, **said, "absenceMeans": "nothing"}
    return Evidence(Reference("Source", {name: value for name, value in source.items() if value is not None}))
