"""How records lie in the graph, in both directions: labels, types, properties, and the driver's own kinds of value."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, cast

from neo4j.spatial import WGS84Point
from neo4j.time import Date

from cypher.change import LinkRecord, NodeRecord, Standing, State, Value
from cypher.validity import Precision, Status, Validity, suffix

__all__ = [
    "date_from",
    "labels_of",
    "link_from",
    "link_properties",
    "link_type",
    "node_from",
    "node_properties",
    "state_from",
    "state_properties",
    "status_labels",
    "validity_from",
    "value_from",
]

_LABEL_ENDING: dict[Status, str] = {"IN_FORCE": "", "ENDED": "Ended", "PLANNED": "Planned"}
_ABOUT_STATE = frozenset(
    {
        "validFrom",
        "validFromPrecision",
        "validTo",
        "validToPrecision",
        "standing",
        "rule",
        "sources",
        "series",
        "absences",
        "recordedFrom",
    }
)
_ABOUT_NODE = _ABOUT_STATE | {"id", "code", "stateFrom", "stateFromPrecision", "stateTo", "stateToPrecision"}
_ABOUT_LINK = _ABOUT_STATE | {"key"}


def labels_of(record: NodeRecord, today: date) -> list[str]:
    """Return the labels that a node bears today."""
    labels = ["Entity", record.concept + _LABEL_ENDING[record.life.status(today)]]
    return [*labels, record.coded] if record.coded else labels


def status_labels(concept: str) -> list[str]:
    """Return every label that a node of a concept may bear beside `Entity`."""
    return [*(concept + ending for ending in _LABEL_ENDING.values()), "Organisation", "Area"]


def link_type(record: LinkRecord, today: date) -> str:
    """Return the relationship type of a record today."""
    return record.type + suffix(record.validity.status(today))


def node_properties(record: NodeRecord, recorded: Sequence[int], today: date) -> dict[str, Any]:
    """Return what lies on the node today; `recorded` is the sequence since which each state is held."""
    place = record.state_on(today)
    state = record.states[place]
    properties = {
        **state_properties(state, recorded[place]),
        **_interval(record.life),
        "id": record.id,
        "code": record.code,
        "stateFrom": state.validity.valid_from,
    }
    if len(record.states) > 1:
        properties["stateFromPrecision"] = state.validity.valid_from_precision
        if state.validity.valid_to is not None:
            properties["stateTo"] = state.validity.valid_to
            properties["stateToPrecision"] = state.validity.valid_to_precision
    return properties


def state_properties(state: State, recorded_from: int) -> dict[str, Any]:
    """Return what lies on the node of one state."""
    return {
        **{name: _to_driver(value) for name, value in state.values.items()},
        **_interval(state.validity),
        **_said(state),
        "recordedFrom": recorded_from,
    }


def link_properties(record: LinkRecord, recorded_from: int) -> dict[str, Any]:
    """Return what lies on the relationship."""
    properties = {
        **{name: _to_driver(value) for name, value in record.values.items()},
        **_interval(record.validity),
        **_said(record),
        "recordedFrom": recorded_from,
    }
    if record.key:
        properties["key"] = record.key
    return properties


def node_from(
    labels: Sequence[str], properties: Mapping[str, Any], states: Sequence[Mapping[str, Any]]
) -> tuple[NodeRecord, tuple[int, ...]]:
    """Return the record of a node, and since when each of its states is held."""
    shown = {
        **{name: value for name, value in properties.items() if name not in ("validTo", "validToPrecision")},
        "validFrom": properties["stateFrom"],
        "validFromPrecision": properties.get("stateFromPrecision", properties["validFromPrecision"]),
    }
    ending = ("stateTo", "stateToPrecision") if "stateTo" in properties else ("validTo", "validToPrecision")
    if properties.get(ending[0]) is not None:
        shown["validTo"], shown["validToPrecision"] = properties[ending[0]], properties[ending[1]]
    ordered = sorted((shown, *states), key=lambda state: cast("Date", state["validFrom"]))
    coded: Literal["Organisation", "Area"] | None = None
    if "Organisation" in labels:
        coded = "Organisation"
    elif "Area" in labels:
        coded = "Area"
    record = NodeRecord(
        concept=str(properties["id"]).partition(":")[0],
        code=properties["code"],
        coded=coded,
        states=tuple(state_from(state) for state in ordered),
    )
    return record, tuple(int(state["recordedFrom"]) for state in ordered)


def link_from(start: str, type_: str, end: str, properties: Mapping[str, Any]) -> LinkRecord:
    """Return the record of a relationship."""
    return LinkRecord(
        type=type_.removesuffix("_ENDED").removesuffix("_PLANNED"),
        start=start,
        end=end,
        validity=validity_from(properties),
        standing=cast("Standing", properties["standing"]),
        sources=tuple(properties["sources"]),
        series=properties["series"],
        values={name: value_from(value) for name, value in properties.items() if name not in _ABOUT_LINK},
        key=properties.get("key", ""),
        absences=tuple(properties.get("absences", ())),
        rule=properties.get("rule"),
    )


def validity_from(properties: Mapping[str, Any]) -> Validity:
    """Return the interval that four properties of a node, state, relationship or row say."""
    ends = properties.get("validTo")
    return Validity(
        date_from(properties["validFrom"]),
        cast("Precision", properties["validFromPrecision"]),
        None if ends is None else date_from(ends),
        None if ends is None else cast("Precision", properties["validToPrecision"]),
    )


def state_from(properties: Mapping[str, Any]) -> State:
    """Return the record of a state."""
    return State(
        validity=validity_from(properties),
        values={name: value_from(value) for name, value in properties.items() if name not in _ABOUT_NODE},
        standing=cast("Standing", properties["standing"]),
        sources=tuple(properties["sources"]),
        series=properties["series"],
        absences=tuple(properties.get("absences", ())),
        rule=properties.get("rule"),
    )


def _interval(validity: Validity) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "validFrom": validity.valid_from,
        "validFromPrecision": validity.valid_from_precision,
    }
    # SET n = {…} with a null leaves the property out, but a life that is open must also hide the end of the shown
    # state.
    properties["validTo"] = validity.valid_to
    properties["validToPrecision"] = validity.valid_to_precision
    return properties


def _said(record: State | LinkRecord) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "standing": record.standing,
        "sources": list(record.sources),
        "series": record.series,
    }
    if record.absences:
        properties["absences"] = list(record.absences)
    if record.rule is not None:
        properties["rule"] = record.rule
    return properties


def _to_driver(value: Value) -> Any:
    if not isinstance(value, tuple):
        return value
    if len(value) == 2 and isinstance(value[0], float) and isinstance(value[1], float):
        return WGS84Point((value[1], value[0]))
    return list(value)


def date_from(value: Date | date) -> date:
    """Return a day as Python's own, whether the driver's or that already."""
    return value if isinstance(value, date) else value.to_native()


def value_from(value: Any) -> Value:
    """Return a value of the driver's as one of ours."""
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, WGS84Point):
        return (float(value.latitude), float(value.longitude))
    if isinstance(value, list):
        return tuple(value)
    return cast("Value", value)
