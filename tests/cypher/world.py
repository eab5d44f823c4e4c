"""A tiny England: two boards, one of which is followed by a third; a network whose practices lie in two places."""

from datetime import date
from typing import Any

from cypher.change import Change, LinkRecord, NodeRecord, State, Value, change
from cypher.validity import Precision, Validity
from cypher.writer import Reference

TODAY = date(2026, 8, 15)
JULY_2022 = date(2022, 7, 1)
APRIL_2026 = date(2026, 4, 1)
SOURCE = Reference(
    "Source", {"code": "world", "series": "world", "title": "A tiny England", "asAt": date(2026, 8, 1), "rows": 12}
)


def interval(start: date, end: date | None = None, precision: Precision = "DAY") -> Validity:
    """Return an interval whose ends are equally precise."""
    return Validity(start, precision, end, None if end is None else precision)


def state(start: date, end: date | None = None, **values: Value) -> State:
    """Return a state that the tiny source says."""
    return State(interval(start, end), values, "PUBLISHED", ("world",), "world")


def node(concept: str, code: str, start: date, end: date | None = None, **values: Value) -> NodeRecord:
    """Return a thing that never changed its values."""
    return NodeRecord(concept, code, "Organisation", (state(start, end, name=f"{concept} {code}", **values),))


def link(
    type_: str, start: str, end: str, begins: date, ends: date | None = None, key: str = "", **values: Value
) -> LinkRecord:
    """Return a relationship that the tiny source says."""
    return LinkRecord(type_, start, end, interval(begins, ends), "PUBLISHED", ("world",), "world", values, key)


def opened(*records: NodeRecord | LinkRecord) -> list[Change]:
    """Return the changes that open records."""
    return [one for one in (change(None, record) for record in records) if one is not None]


def changed(before: NodeRecord | LinkRecord, after: NodeRecord | LinkRecord | None) -> list[Change]:
    """Return the change from one record to another."""
    one = change(before, after)
    return [] if one is None else [one]


def world() -> list[NodeRecord | LinkRecord]:
    """Return everything in the tiny England."""
    sub = "SubICBLocation:{}".format
    practice = "GPPractice:{}".format
    return [
        node("IntegratedCareBoard", "QA1", JULY_2022, APRIL_2026, odsCode="QA1"),
        node("IntegratedCareBoard", "QB2", JULY_2022, odsCode="QB2", website="https://b.example"),
        node("IntegratedCareBoard", "QC3", APRIL_2026, odsCode="QC3"),
        *(node("IntegratedCareSystem", code, JULY_2022, end) for code, end in (("QA1", APRIL_2026), ("QB2", None))),
        node("IntegratedCareSystem", "QC3", APRIL_2026),
        *(
            link("BOARD_OF", f"IntegratedCareBoard:{code}", f"IntegratedCareSystem:{code}", begins, ends)
            for code, begins, ends in (
                ("QA1", JULY_2022, APRIL_2026),
                ("QB2", JULY_2022, None),
                ("QC3", APRIL_2026, None),
            )
        ),
        link("SUCCEEDED_BY", "IntegratedCareBoard:QA1", "IntegratedCareBoard:QC3", APRIL_2026, kind="SUCCESSION"),
        node("SubICBLocation", "01A", JULY_2022, odsCode="01A"),
        node("SubICBLocation", "02B", JULY_2022, odsCode="02B"),
        link("SUB_ICB_OF", sub("01A"), "IntegratedCareBoard:QA1", JULY_2022, APRIL_2026),
        link("SUB_ICB_OF", sub("01A"), "IntegratedCareBoard:QC3", APRIL_2026),
        link("SUB_ICB_OF", sub("02B"), "IntegratedCareBoard:QB2", JULY_2022),
        node("PrimaryCareNetwork", "U1", date(2019, 7, 1), odsCode="U1", location=(51.5, -0.25)),
        *(
            node("GPPractice", code, date(2000, 1, 1), odsCode=code, addressLines=("1 High Street", "Town"))
            for code in ("P1", "P2", "P3")
        ),
        *(link("MEMBER_OF", practice(code), "PrimaryCareNetwork:U1", date(2023, 1, 1)) for code in ("P1", "P2", "P3")),
        *(
            link("COMMISSIONED_BY", practice(code), sub(place), JULY_2022)
            for code, place in (("P1", "01A"), ("P2", "01A"), ("P3", "02B"))
        ),
        link("HAS_IDENTIFIER", "IntegratedCareBoard:QB2", "ONS:E54000001", JULY_2022),
    ]


def find(records: list[Any], id_: str) -> NodeRecord:
    """Return the node of an id."""
    return next(one for one in records if isinstance(one, NodeRecord) and one.id == id_)
