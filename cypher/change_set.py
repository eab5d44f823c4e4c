"""A change set: what one write did, with its number, and its place in the chain of hashes."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import orjson

from cypher.change import Change
from cypher.hash import canonical, digest

__all__ = ["ChangeSet", "chained", "number"]

KINDS = ("OPENED", "AMENDED", "CLOSED", "WITHDRAWN")

_CHAINED = (
    "sequence",
    "kind",
    "source",
    "recordedAt",
    "opened",
    "amended",
    "closed",
    "withdrawn",
    "moved",
    "content",
    "previousHash",
)
_CHAINED_WHERE_SAID = ("by", "operation", "idempotencyKey", "inputDigest", "written")


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a write did; `changes` are all of them, those that followed from the ones asked for included.

    `source` is None where the calendar alone moved things; `moved` counts those. `marks` say who asked for it and how,
    where somebody did by the API.
    """

    sequence: int
    kind: Literal["FACTS", "CALENDAR"]
    source: str | None
    recorded_at: datetime
    counts: Mapping[str, int]
    moved: int
    content: str
    previous_hash: str
    hash: str
    changes: tuple[Change, ...]
    marks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, Any]:
        """What lies on its node."""
        return {
            "sequence": self.sequence,
            "kind": self.kind,
            "source": self.source,
            "recordedAt": self.recorded_at,
            **self.counts,
            "moved": self.moved,
            "content": self.content,
            "previousHash": self.previous_hash,
            "hash": self.hash,
            **self.marks,
            # Where the feed looks for the changes themselves, which bear the number; `content` holds what they said.
            "touched": sorted({one.subject for one in self.changes}),
        }


def number(
    sequence: int,
    source: str | None,
    changes: Sequence[Change],
    *,
    kind: Literal["FACTS", "CALENDAR"],
    moved: int,
    previous: str,
    after: datetime | None,
    marks: Mapping[str, Any] | None = None,
) -> ChangeSet:
    """Return the change set of this number, chained to the hash of the one before it.

    `after` is when the one before it was recorded. An instant must find one change set, so two never bear the same
    time, even where the clock was set back.
    """
    now = datetime.now(UTC)
    recorded_at = now if after is None else max(now, after + timedelta(microseconds=1))
    counts = {kind_.lower(): sum(1 for one in changes if one.kind == kind_) for kind_ in KINDS}
    content = digest(_lines(changes))
    properties = {
        "sequence": sequence,
        "kind": kind,
        "source": source,
        "recordedAt": recorded_at,
        **counts,
        "moved": moved,
        "content": content,
        "previousHash": previous,
        **(marks or {}),
    }
    hash_ = chained(properties)
    return ChangeSet(
        sequence, kind, source, recorded_at, counts, moved, content, previous, hash_, tuple(changes), marks or {}
    )


def chained(properties: Mapping[str, Any]) -> str:
    """Return the hash of a change set's properties, which include the hash of the one before it."""
    told = {name: properties.get(name) for name in _CHAINED}
    told.update({name: properties[name] for name in _CHAINED_WHERE_SAID if properties.get(name) is not None})
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)).hexdigest()


def _lines(changes: Iterable[Change]) -> Iterable[bytes]:
    return (b"%b > %b" % (canonical(one.before), canonical(one.after)) for one in changes)
