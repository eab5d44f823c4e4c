"""What service managers record: an agreement, whom a service says it serves, a service that was not known.

Each is decided inside the transaction, from what is held there, and becomes records like those of a loaded source.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cypher.change import Change, LinkRecord, NodeRecord, Value, change
from cypher.codes import slug
from cypher.held import Run
from cypher.layout import node_from
from cypher.reference import Reference
from cypher.validity import Validity, intersection
from resolvers.evidence import Evidence, evidence_of
from resolvers.order import Order

__all__ = ["Recorded", "held_node", "held_nodes", "record_agreement", "record_eligibility", "record_knowledge_service"]

_AREA_KINDS = {
    "LocalAuthority": "local_authority",
    "IntegratedCareBoard": "icb",
    "SubICBLocation": "sub_icb",
    "NHSTrust": "trust",
}
_HOSTS = ("NHSTrust", "HostOrganisation")
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an order comes to: the changes, the thing that it is about, and the source that it rests on."""

    changes: tuple[Change, ...]
    what: str
    source: Reference


@dataclass(frozen=True, slots=True)
class _Statement:
    """One of the two ways in which a service serves a group of staff in an area."""

    concept: str
    has: str
    about: str
    exists: str
    same: tuple[str, ...]


_AGREEMENT = _Statement("Agreement", "HAS_AGREEMENT", "AGREEMENT_AREA", "AGREEMENT_EXISTS", ("group", "kind"))
_ELIGIBILITY = _Statement("Eligibility", "HAS_ELIGIBILITY", "ELIGIBILITY_AREA", "ELIGIBILITY_EXISTS", ("group",))


def record_agreement(order: Order, run: Run) -> Recorded:
    """Return what records that a service agreed to serve a group of staff of an area or body."""
    return _stated(order, run, _AGREEMENT, {"kind": order.given["kind"]})


def record_eligibility(order: Order, run: Run) -> Recorded:
    """Return what records that a service says it serves a group of staff of an area or body."""
    own: dict[str, Value] = {"basis": "published_eligibility", "evidence": "stated"}
    if note := order.text("note"):
        own["note"] = note
    return _stated(order, run, _ELIGIBILITY, own)


def record_knowledge_service(order: Order, run: Run) -> Recorded:
    """Return what records a knowledge service that is not held yet, with its host where one is named."""
    evidence, life, name = evidence_of(order), order.validity(), str(order.given["name"])
    for one in held_nodes(run, [row[0] for row in run("deeds/named", name=name)]):
        if intersection(one.life, life) is not None:
            order.refuse(
                "KNOWLEDGE_SERVICE_EXISTS",
                f"a knowledge service of this name is held, from {one.life.valid_from} on; its code is {one.code!r}.",
                argument="input.name",
                sent=name,
                exists=one.code,
            )
    code = _numbered(run, "KnowledgeService", slug(name)[:_LONGEST_SLUG].strip("-") or "service")
    values: dict[str, Value] = {
        "name": name,
        **{one: order.given[one] for one in ("town", "website", "serves", "limits", "note") if one in order.given},
    }
    if "url" in evidence.values:
        values["url"] = evidence.values["url"]
    links: list[LinkRecord] = []
    absences = [] if "serves" in values else ["serves|NOT_PUBLISHED|a page of the service that says whom it serves"]
    id_ = f"KnowledgeService:{code}"
    if sent := order.text("host"):
        host = _body(order, run, "host", sent, _HOSTS, life)
        shown = host.states[host.state_on(order.today)].values
        values.update(hostName=shown["name"], hostMatch="named by its code")
        if "location" in shown:
            values["location"] = shown["location"]
        hosted = _overlap(order, host, life, "host")
        links.append(evidence.link("HOSTED_BY", id_, host.id, hosted, basis="named by its code"))
    else:
        absences.append("host|NOT_PUBLISHED|a page that names its host")
    if "location" not in values:
        absences.append("location|NOT_PUBLISHED|an address of the service, or a host with one")
    service = NodeRecord("KnowledgeService", code, None, (evidence.state(life, values, tuple(absences)),))
    return _opened(service, links, evidence)


def held_node(run: Run, id_: str) -> NodeRecord | None:
    """Return what is held of one thing, None where nothing is."""
    return next(iter(held_nodes(run, [id_])), None)


def held_nodes(run: Run, ids: list[str]) -> list[NodeRecord]:
    """Return what is held of things."""
    return [node_from(*row)[0] for row in run("write/held_nodes", ids=ids)] if ids else []


def _stated(order: Order, run: Run, kind: _Statement, own: Mapping[str, Value]) -> Recorded:
    evidence, life = evidence_of(order), order.validity()
    service = held_node(run, f"KnowledgeService:{order.given['service']}")
    if service is None:
        order.refuse(
            "UNKNOWN_KNOWLEDGE_SERVICE",
            f"no knowledge service has the code {order.given['service']!r}; send `code` as `knowledgeServices` or"
            " `search` gives it, or record the service first.",
            argument="input.service",
            sent=order.given["service"],
        )
    with_service = _overlap(order, service, life, "service")
    area = _body(order, run, "area", str(order.given["area"]), tuple(_AREA_KINDS), life)
    with_area = _overlap(order, area, life, "area")
    _refuse_again(order, run, kind, service, area, life, own)
    group = str(order.given["group"])
    terms = str(order.given.get("terms", "UNKNOWN")).lower()
    called = str(service.states[service.state_on(order.today)].values["name"])
    area_name = str(area.states[area.state_on(order.today)].values["name"])
    values: dict[str, Value] = {
        "name": order.text("name") or f"{called}: {group.replace('_', ' ')}, {area_name}",
        "group": group,
        "areaKind": _AREA_KINDS[area.concept],
        "areaName": area_name,
        "areaCode": area.code,
        "terms": terms,
        **evidence.values,
        **own,
    }
    if quote := order.text("quote"):
        values["quote"] = quote
    if kind is _ELIGIBILITY:
        values["serviceName"] = called
    absences = list(evidence.absences)
    if terms == "unknown":
        absences.append("terms|NOT_PUBLISHED|a page of the service that states its terms")
    code = _numbered(run, kind.concept, f"{service.code}--{group.replace('_', '-')}--{area.code.lower()}")
    statement = NodeRecord(kind.concept, code, None, (evidence.state(life, values, tuple(absences)),))
    links = [
        evidence.link(kind.has, service.id, statement.id, with_service),
        evidence.link(kind.about, statement.id, area.id, with_area),
    ]
    return _opened(statement, links, evidence)


def _opened(node: NodeRecord, links: list[LinkRecord], evidence: Evidence) -> Recorded:
    records: tuple[NodeRecord | LinkRecord, ...] = (node, *links)
    opened = (change(None, one) for one in records)
    return Recorded(tuple(one for one in opened if one is not None), node.id, evidence.source)


def _body(order: Order, run: Run, argument: str, code: str, concepts: tuple[str, ...], life: Validity) -> NodeRecord:
    """Return the body that bears a code, of several the one that was there at some time of `life`."""
    found = held_nodes(run, [row[0] for row in run("deeds/bodies", code=code, concepts=list(concepts))])
    if not found:
        order.refuse(
            "UNKNOWN_CODE",
            f"nothing that can be its {argument} has the code {code[:100]!r}: send the ODS or ONS code of one of"
            f" {', '.join(concepts)}.",
            argument=f"input.{argument}",
            sent=code[:200],
            allowed=list(concepts),
        )
    return next((one for one in found if intersection(one.life, life) is not None), found[0])


def _overlap(order: Order, node: NodeRecord, life: Validity, argument: str) -> Validity:
    """Return the days of `life` on which a body was there."""
    both = intersection(life, node.life)
    if both is None:
        last = "" if node.life.valid_to is None else f" to {node.life.valid_to}"
        name = node.states[-1].values["name"]
        order.refuse(
            "NOT_IN_FORCE",
            f"{name} ({node.code}) is in force from {node.life.valid_from}{last}, and so at no time of what is to be"
            f" recorded, from {life.valid_from}. Send other dates, or the body that followed it (`allSuccessors`).",
            argument=f"input.{argument}",
            sent=node.code,
            allowed=f"from {node.life.valid_from}{last}",
        )
    return both


def _refuse_again(
    order: Order,
    run: Run,
    kind: _Statement,
    service: NodeRecord,
    area: NodeRecord,
    life: Validity,
    own: Mapping[str, Value],
) -> None:
    """Refuse what is held already: the same group, for the same area, at the same time."""
    asked = {**own, "group": order.given["group"]}
    ids = run("deeds/alike", service=service.id, area=area.id, has=_any(kind.has), about=_any(kind.about))
    for one in held_nodes(run, [row[0] for row in ids]):
        for state in one.states:
            same = all(state.values.get(name) == asked[name] for name in kind.same)
            if same and intersection(state.validity, life) is not None:
                until = "" if state.validity.valid_to is None else f" to {state.validity.valid_to}"
                order.refuse(
                    kind.exists,
                    f"this is held already, from {state.validity.valid_from}{until}; its code is {one.code!r}. End"
                    " it or withdraw it first, or send dates at which it does not hold.",
                    argument="input",
                    exists=one.code,
                )


def _any(type_: str) -> list[str]:
    return [type_, f"{type_}_ENDED", f"{type_}_PLANNED"]


def _numbered(run: Run, concept: str, beginning: str) -> str:
    """Return a code that nothing has or had: no table makes one of that form, so a load never speaks of the same."""
    plain = f"{beginning}--recorded-"
    taken = {row[0] for row in run("deeds/numbered", beginning=f"{concept}:{plain}")}
    number = 1
    while f"{concept}:{plain}{number}" in taken:
        number += 1
    return f"{plain}{number}"
