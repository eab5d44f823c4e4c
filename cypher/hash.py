"""The content hash: one number for the facts held now, the same on any day and any machine.

It covers nodes with all their states and relationships, each as canonical JSON (sorted keys), one a line, the lines
sorted. It leaves out what depends on when and where we learnt them: sequences, clocks, database ids, and the labels and
types that say what is in force today.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson

from cypher.change import LinkRecord, NodeRecord, State
from cypher.held import Held

__all__ = ["canonical", "content_hash", "digest"]


def content_hash(held: Held) -> str:
    """Return the SHA-256 of what is held, in hexadecimal."""
    nodes, links = held.nodes.values(), held.links.values()
    return digest(sorted([*map(canonical, nodes), *map(canonical, links)]))


def digest(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of lines, in hexadecimal."""
    total = hashlib.sha256()
    for line in lines:
        total.update(line)
        total.update(b"\n")
    return total.hexdigest()


def canonical(record: NodeRecord | LinkRecord | None) -> bytes:
    """Return the one JSON text of a record."""
    if record is None:
        return b"null"
    if isinstance(record, NodeRecord):
        fact: dict[str, Any] = {
            "id": record.id,
            "coded": record.coded,
            "states": [_said(state) for state in record.states],
        }
    else:
        fact = {"type": record.type, "start": record.start, "end": record.end, "key": record.key, **_said(record)}
    return orjson.dumps(fact, option=orjson.OPT_SORT_KEYS)


def _said(record: State | LinkRecord) -> dict[str, Any]:
    validity = record.validity
    return {
        "values": {name: _plain(value) for name, value in record.values.items()},
        "validFrom": validity.valid_from,
        "validFromPrecision": validity.valid_from_precision,
        "validTo": validity.valid_to,
        "validToPrecision": validity.valid_to_precision,
        "standing": record.standing,
        "sources": record.sources,
        "series": record.series,
        "absences": record.absences,
        "rule": record.rule,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
