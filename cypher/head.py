"""Where the graph stands: its number, and the days between which nothing that is held starts or ends."""

from dataclasses import dataclass
from datetime import date, datetime

from cypher.errors import GraphNotPrepared
from cypher.held import Run

__all__ = ["Head", "read_head"]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the graph stands: `pending` names what was touched and not yet derived from."""

    sequence: int
    since: date | None
    until: date | None
    hash: str
    recorded_at: datetime | None
    pending: tuple[str, ...]
    tables_digest: str | None

    def spans(self, today: date) -> bool:
        """Whether the plain labels and types are what holds today."""
        return (self.since is None or self.since <= today) and (self.until is None or today < self.until)


def read_head(run: Run) -> Head:
    """Return where the graph stands.

    Raises:
        GraphNotPrepared: the database was never prepared.
    """
    rows = run("write/head")
    if not rows:
        raise GraphNotPrepared("the database was never prepared for this graph; run `icsgraph seed load` or `up`")
    sequence, since, until, hash_, recorded_at, pending, tables_digest = rows[0]
    return Head(
        sequence,
        None if since is None else since.to_native(),
        None if until is None else until.to_native(),
        hash_,
        None if recorded_at is None else recorded_at.to_native(),
        tuple(pending),
        tables_digest,
    )
