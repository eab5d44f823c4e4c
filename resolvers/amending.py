"""What puts recorded things right: an agreement ends, or what was recorded in error is taken back.

Who ends an agreement that a loaded source states speaks on: the facts are said by both from then on, in the series of
whoever ended it, so that the next load leaves them. The source's own word, that it goes on, becomes a claim.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, cast

from cypher.change import Change, LinkRecord, NodeRecord, State, change
from cypher.held import Run, links_of
from cypher.layout import link_from, node_from, state_from
from cypher.validity import Precision, Validity
from resolvers.arguments import parse_global_id
from resolvers.evidence import RECORDED, Evidence, evidence_of
from resolvers.order import Order
from resolvers.recording import Recorded, held_node

__all__ = ["end_agreement", "withdraw"]

_OWN = {
    "Agreement": ("HAS_AGREEMENT", "AGREEMENT_AREA"),
    "Eligibility": ("HAS_ELIGIBILITY", "ELIGIBILITY_AREA"),
    "KnowledgeService": ("HOSTED_BY",),
}
"""What can be withdrawn whole, each with the relationships that were recorded with it."""
Said = TypeVar("Said", State, LinkRecord)


def end_agreement(order: Order, run: Run) -> Recorded:
    """Return what ends an agreement on the day that `to` names."""
    evidence, code, day = evidence_of(order), str(order.given["agreement"]), order.given["to"]
    held = held_node(run, f"Agreement:{code}")
    if held is None:
        order.refuse(
            "UNKNOWN_AGREEMENT",
            f"no agreement has the code {code[:100]!r}; send `code` as `agreements` gives it.",
            argument="input.agreement",
            sent=code[:200],
        )
    life = held.life
    if life.valid_to is not None and life.valid_to <= day:
        order.refuse(
            "ENDED_ALREADY",
            f"the agreement ended on {life.valid_to} already; if that is wrong, withdraw what ended it.",
            argument="input.to",
            sent=str(day),
            allowed=f"before {life.valid_to}",
        )
    if day <= life.valid_from:
        order.refuse(
            "END_BEFORE_START",
            f"the agreement begins on {life.valid_from}, and `to` is {day}, the first day on which it no longer holds."
            " If it was never made, withdraw it.",
            argument="input.to",
            sent=str(day),
            allowed=f"after {life.valid_from}",
        )
    precision = cast("Precision", order.given.get("toPrecision", "DAY"))
    until = Validity(life.valid_from, life.valid_from_precision, day, precision)
    kept = [one for one in held.states if one.validity.valid_from < day]
    last = replace(_said_by_both(kept[-1], evidence), validity=_ended(kept[-1].validity, until))
    changes = [change(held, replace(held, states=(*kept[:-1], last)))]
    for link in _links(run, held.id):
        if link.validity.valid_from >= day:
            changes.append(change(link, None))
        elif link.validity.valid_to is None or day < link.validity.valid_to:
            ended = replace(_said_by_both(link, evidence), validity=_ended(link.validity, until))
            changes.append(change(link, ended))
    if not held.states[-1].series.startswith(RECORDED):
        changes += _claimed(run, held, until, evidence)
    return Recorded(_real(changes), held.id, evidence.source)


def withdraw(order: Order, run: Run) -> Recorded:
    """Return what takes back something recorded in error: a thing, or only that it ended."""
    evidence = evidence_of(order)
    id_ = parse_global_id(str(order.given["id"]), order.key, order.location, "input.id")
    rows = run("write/held_nodes", ids=[id_])
    if not rows:
        order.refuse(
            "NOTHING_TO_WITHDRAW",
            "nothing with this id is held: it never was, or it was withdrawn already.",
            argument="input.id",
            sent=order.given["id"],
        )
    held, recorded = node_from(*rows[0])
    if order.given["what"] == "ENDING":
        return Recorded(_real(_reopened(order, run, held, recorded)), held.id, evidence.source)
    sources = sorted({source for state in held.states for source in state.sources})
    others = [source for source in sources if not source.startswith(RECORDED)]
    if held.concept not in _OWN or others:
        order.refuse(
            "NOT_RECORDED_HERE",
            f"{held.code} was not recorded by this API: it is what {', '.join(others or sources)} says, and an error in"
            " there is put right in the tables of that source. That an agreement has ended is recorded by endAgreement,"
            " and taken back by withdraw(what: ENDING).",
            argument="input.id",
            sent=order.given["id"],
            sources=others or sources,
        )
    links = _links(run, held.id)
    others = [str(link) for link in links if link.type not in _OWN[held.concept]]
    if others:
        order.refuse(
            "STILL_IN_USE",
            f"{len(others)} other facts rest on {held.code}, such as {others[0]}; withdraw those first.",
            argument="input.id",
            sent=order.given["id"],
            inUse=others[:10],
        )
    gone = [change(held, None), *(change(link, None) for link in links)]
    return Recorded(_real(gone), held.id, evidence.source)


def _reopened(order: Order, run: Run, held: NodeRecord, recorded: tuple[int, ...]) -> list[Change | None]:
    """Return what takes a thing back to what it was before this API ended it."""
    rows, links = run("deeds/superseded", id=held.id, sequence=recorded[-1])[0]
    was = [state_from(_unrecorded(row)) for row in rows]
    end = held.life.valid_to
    reopened = [one for one in was if end and (one.validity.valid_to is None or end < one.validity.valid_to)]
    if not reopened or not held.states[-1].series.startswith(RECORDED):
        order.refuse(
            "NOT_ENDED_HERE",
            f"{held.code} was not ended by this API, so there is no ending to take back.",
            argument="input.what",
            sent="ENDING",
        )
    before = [state for state, since in zip(held.states, recorded, strict=True) if since != recorded[-1]]
    ordered = tuple(sorted((*before, *was), key=lambda state: state.validity.valid_from))
    changes = [change(held, replace(held, states=ordered))]
    now = {link.identity: link for link in _links(run, held.id)}
    for row in links:
        link = link_from(row["start"], row["type"], row["end"], _unrecorded(row["properties"]))
        if link.rule is None:
            changes.append(change(now.get(link.identity), link))
    claim = held_node(run, _claim_id(held))
    if claim is not None:
        changes += [change(claim, None), *(change(link, None) for link in _links(run, claim.id))]
    return changes


def _claimed(run: Run, held: NodeRecord, until: Validity, evidence: Evidence) -> list[Change | None]:
    """Return the losing word: what the source says of its end, and the claim that it is about the agreement."""
    source = held.states[-1].sources[0]
    said = run("write/held_references", label="Source", keys=[source])[0][0]
    as_at = (said.get("asAt") or said.get("dateRead")).to_native()
    was = held.life.valid_to
    state = evidence.state(
        Validity(as_at),
        {
            "name": f"{held.code}: validity",
            "kind": "Agreement.validity",
            "said": "no end" if was is None else f"ended {was}",
            "asAt": as_at,
            "chosenValue": f"ended {until.valid_to}",
            "chosenSource": evidence.code,
            "reason": "DATED",
        },
    )
    claim = NodeRecord("Claim", _claim_id(held).partition(":")[2], None, (replace(state, sources=(source,)),))
    about = replace(evidence.link("CLAIMED_ABOUT", claim.id, held.id, Validity(as_at)), sources=(source,))
    return [change(None, claim), change(None, about)]


def _claim_id(held: NodeRecord) -> str:
    return f"Claim:agreement-{held.code}-validity--recorded"


def _said_by_both(said: Said, evidence: Evidence) -> Said:
    return replace(said, sources=tuple(dict.fromkeys((*said.sources, evidence.code))), series=evidence.code)


def _ended(validity: Validity, until: Validity) -> Validity:
    return replace(validity, valid_to=until.valid_to, valid_to_precision=until.valid_to_precision)


def _links(run: Run, id_: str) -> list[LinkRecord]:
    """Return what is held at a thing, save what rules make of it."""
    return [link for link in links_of(run("write/held_links", ids=[id_])) if link.rule is None]


def _real(changes: Iterable[Change | None]) -> tuple[Change, ...]:
    return tuple(one for one in changes if one is not None)


def _unrecorded(properties: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in properties.items() if name != "recordedTo"}
