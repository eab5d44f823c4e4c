"""Changes become labels, properties and relationships, in batches; values travel as parameters only."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cypher.change import IDENTIFIER_TYPE, Change, LinkRecord, NodeRecord
from cypher.errors import WriteLost
from cypher.held import Held, Run
from cypher.layout import labels_of, link_properties, link_type, node_properties, state_properties, status_labels

__all__ = ["lay", "lay_nodes"]

BATCH = 2000
"""Rows a statement: larger ones gain nothing and hold more of a 512 MB heap at once."""


def lay(run: Run, changes: Sequence[Change], held: Held, sequence: int, today: date) -> None:
    """Write changes: first what is superseded, then nodes, then relationships. `held` is as it was before them."""
    staying = [_staying(one, today) for one in changes]
    amended = [pair for pair in staying if pair is not None]
    going = [one for one, pair in zip(changes, staying, strict=True) if pair is None]
    ending = [one.before for one in going if isinstance(one.before, LinkRecord)]
    _each(run, "write/supersede_links", [_ending_row(link, today) for link in ending], sequence=sequence)
    _supersede_states(run, changes, held, sequence)
    withdrawn = [one.before for one in changes if isinstance(one.before, NodeRecord) and one.after is None]
    _each(run, "write/lay_nodes", [_withdrawn(record) for record in withdrawn])
    nodes = [one.after for one in changes if isinstance(one.after, NodeRecord)]
    lay_nodes(run, [(record, held.recorded_after(record, sequence)) for record in nodes], today)
    rows = [{**_link_row(after, sequence, today), **_ending_row(before, today)} for before, after in amended]
    _each(run, "write/amend_links", rows, sequence=sequence)
    opening = [one.after for one in going if isinstance(one.after, LinkRecord)]
    for statement, is_identifier in (("write/lay_links", False), ("write/lay_identifiers", True)):
        rows = [_link_row(link, sequence, today) for link in opening if (link.type == IDENTIFIER_TYPE) == is_identifier]
        _each(run, statement, rows)


def lay_nodes(run: Run, nodes: Iterable[tuple[NodeRecord, tuple[int, ...]]], today: date) -> None:
    """Write nodes as they lie today, with their other states beside them."""
    # A code that goes from one node to another is given up before it is taken: those not in force come first.
    ordered = sorted(nodes, key=lambda node: node[0].life.status(today) == "IN_FORCE")
    _each(run, "write/lay_nodes", [_node_row(record, recorded, today) for record, recorded in ordered])
    _each(
        run,
        "write/lay_states",
        [
            {"id": record.id, "type": "HAS_STATE", "properties": state_properties(state, recorded[place])}
            for record, recorded in ordered
            for place, state in enumerate(record.states)
            if place != record.state_on(today)
        ],
    )


def drop_states(run: Run, ids: Sequence[str]) -> None:
    """Take away the states beside nodes, before the nodes are laid anew."""
    for place in range(0, len(ids), BATCH):
        run("write/drop_states", ids=list(ids[place : place + BATCH]))


def _supersede_states(run: Run, changes: Sequence[Change], held: Held, sequence: int) -> None:
    rows: list[dict[str, Any]] = []
    ids: list[str] = []
    for one in changes:
        if not isinstance(one.before, NodeRecord):
            continue
        ids.append(one.before.id)
        after = one.after.states if isinstance(one.after, NodeRecord) else ()
        rows.extend(
            {
                "id": one.before.id,
                "type": "HAS_STATE_SUPERSEDED",
                "properties": {**state_properties(state, recorded), "recordedTo": sequence},
            }
            for state, recorded in zip(one.before.states, held.recorded[one.before.id], strict=True)
            if state not in after
        )
    drop_states(run, ids)
    _each(run, "write/lay_states", rows)


def _withdrawn(record: NodeRecord) -> dict[str, Any]:
    """A node made in error keeps `Entity`, its id and code alone; what was said of it hangs on it, superseded."""
    return {
        "id": record.id,
        "without": status_labels(record.concept),
        "labels": ["Entity"],
        "properties": {"id": record.id, "code": record.code},
    }


def _node_row(record: NodeRecord, recorded: tuple[int, ...], today: date) -> dict[str, Any]:
    labels = labels_of(record, today)
    return {
        "id": record.id,
        "without": [label for label in status_labels(record.concept) if label not in labels],
        "labels": labels,
        "properties": node_properties(record, recorded, today),
    }


def _staying(one: Change, today: date) -> tuple[LinkRecord, LinkRecord] | None:
    """Return what was held and what is, of a relationship that stays where and of the type that it is."""
    before, after = one.before, one.after
    if not isinstance(before, LinkRecord) or not isinstance(after, LinkRecord) or before.type == IDENTIFIER_TYPE:
        return None
    is_there = before.identity == after.identity and link_type(before, today) == link_type(after, today)
    return (before, after) if is_there else None


def _ending_row(link: LinkRecord, today: date) -> dict[str, Any]:
    return {
        "start": link.start,
        "end": link.end,
        "type": link_type(link, today),
        "key": link.key,
        "validFrom": link.validity.valid_from,
        "superseded": f"{link.type}_SUPERSEDED",
    }


def _link_row(link: LinkRecord, sequence: int, today: date) -> dict[str, Any]:
    row: dict[str, Any] = {
        "start": link.start,
        "end": link.end,
        "type": link_type(link, today),
        "properties": link_properties(link, sequence),
    }
    if link.type == IDENTIFIER_TYPE:
        row["scheme"], _, row["value"] = link.end.partition(":")
    return row


def _each(run: Run, statement: str, rows: Sequence[dict[str, Any]], **parameters: Any) -> None:
    for place in range(0, len(rows), BATCH):
        batch = list(rows[place : place + BATCH])
        count = run(statement, rows=batch, **parameters)[0][0]
        if count != len(batch):
            raise WriteLost(f"{statement} wrote {count} of {len(batch)} rows, the first of them {batch[0]}")
