"""The postcode directory into the graph, and out of it again.

Postcodes are references: nodes of a label of their own, without clocks, no entities and no part of the content hash.
They are laid in batches outside change sets. Only when all of them are there is their source described, by the one
change set that says so: until then no answer uses them, and from then on every `ETag` is another. A load that was
stopped goes on where it was; one of another edition first takes out what is there.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from neo4j import Driver, NotificationDisabledClassification, Session

from cypher.layout import value_from
from cypher.statement import load
from cypher.writer import Reference, Writer
from seed.postcode_files import PACKAGE, SERIES, PostcodeFiles

__all__ = ["PostcodeReport", "load_postcodes", "remove_postcodes"]

_BATCH_ROWS = 20_000

Progress = Callable[[int, int, str], None]
"""Told after each batch: how many files are done, how many there are, and of which one how many rows are laid."""


@dataclass(frozen=True, slots=True)
class PostcodeReport:
    """What a load did: how many postcodes it laid, how many are held, and in what time; of what, by its code."""

    source: str
    laid: int
    held: int
    seconds: float


def load_postcodes(
    driver: Driver, writer: Writer, found: PostcodeFiles, *, database: str | None = None, progress: Progress
) -> PostcodeReport:
    """Bring the graph's postcodes to those of a directory; a second load does nothing.

    Raises:
        SourceNotUnderstood: a file is not as its reader knows it; what was laid is not used, and the next load goes on.
    """
    started = time.monotonic()
    writer.prepare()
    laid = 0
    with _session(driver, database) as session:
        sha256, done, held = _run(session, "postcode_load", "held")[0]
        if _is_described(session, found):
            return PostcodeReport(found.code, 0, held, time.monotonic() - started)
        if sha256 != found.sha256 and held:
            remove_postcodes(driver, writer, database=database)
        if sha256 != found.sha256:
            done = []
        for name in found.files:
            if name in done:
                continue
            _run(session, "postcode_load", "note", sha256=found.sha256, files=done)
            rows = found.rows(name)
            for start in range(0, len(rows), _BATCH_ROWS):
                batch = rows[start : start + _BATCH_ROWS]
                _run(session, "lay_postcodes", rows=batch)
                laid += len(batch)
                progress(len(done), len(found.files), f"{name}: {start + len(batch):,} of {len(rows):,}")
            done = [*done, name]
            _run(session, "postcode_load", "note", sha256=found.sha256, files=done)
        held = _run(session, "postcode_load", "held")[0][2]
    writer.apply([], source=found.code, references=[Reference("Source", _described(found, held, writer.today))])
    return PostcodeReport(found.code, laid, held, time.monotonic() - started)


def remove_postcodes(driver: Driver, writer: Writer, *, database: str | None = None) -> int:
    """Take all postcodes out of the graph; return how many there were. That they were there stays said."""
    with _session(driver, database) as session:
        for (source,) in _run(session, "postcode_load", "directories"):
            properties: dict[str, Any] = {name: value_from(value) for name, value in source.items()}
            reference = Reference("Source", {**properties, "postcodes": 0})
            writer.apply([], source=str(properties["code"]), references=[reference])
        # Before the first of them goes, so that whoever is stopped here does not take the rest for a whole.
        _run(session, "postcode_load", "note", sha256="", files=[])
        dropped = int(_run(session, "drop_postcodes")[0][0])
        _run(session, "postcode_load", "forget")
    return dropped


def _session(driver: Driver, database: str | None) -> Session:
    # A graph that never held postcodes does not know yet what our statements name.
    unrecognized = [NotificationDisabledClassification.UNRECOGNIZED]
    return driver.session(database=database, notifications_disabled_classifications=unrecognized)


def _is_described(session: Session, found: PostcodeFiles) -> bool:
    return any(source["sha256"] == found.sha256 for (source,) in _run(session, "postcode_load", "directories"))


def _described(found: PostcodeFiles, postcodes: int, today: date) -> dict[str, Any]:
    return {
        "code": found.code,
        "series": SERIES,
        "publisher": "Office for National Statistics",
        "title": f"ONS Postcode Directory, as {PACKAGE} {found.version} carries it",
        "url": found.url,
        "licence": found.licence,
        "asAt": found.as_at,
        "dateRead": today,
        "sha256": found.sha256,
        "absenceMeans": "nothing",
        "postcodes": postcodes,
    }


def _run(session: Session, name: str, part: str | None = None, **parameters: Any) -> list[list[Any]]:
    """Run a statement in a transaction of its own."""
    return [record.values() for record in session.run(load(f"write/{name}", part).text, parameters)]
