"""What a new set of raw files would change, before anything is written: tables against tables, as the loader compares.

The tables that are held are what the graph is loaded from, so what differs between them and those that the new files
make is what the next load would open, amend, close and withdraw.
"""

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cypher.change import Change, LinkRecord, NodeRecord
from seed.diff import diff
from seed.load import Tables, read_tables
from seed.source import FILE as SOURCES

__all__ = ["KINDS", "Difference", "Preview", "differences", "preview"]

_CLAIM = "Claim"
KINDS = ("OPENED", "MOVED", "AMENDED", "CLOSED", "WITHDRAWN", "CONTRADICTED", "SETTLED")
"""In the order in which they are told.

MOVED: what led from a thing to one leads to another instead. CONTRADICTED and SETTLED: a contradiction between sources
that there would be, or would be no more. The others are the kinds of changes of the feed.
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """Changes of one kind to one concept or relationship type, each in words."""

    about: str
    kind: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Which raw files are not those that the tables were made from, and what they would change."""

    renewed: tuple[str, ...]
    differences: tuple[Difference, ...]


def preview(sources: Path, held: Path) -> Preview:
    """Return what the raw files in `sources` would change of the tables in `held`, which are only read.

    `held` describes the sources; files with another checksum are read as renewed.

    Raises:
        SeedError: a raw file is missing or not understood, or a table is not valid.
    """
    # Here, because they bring the readers of every source, which the commands beside this one need not wait for.
    from seed.build import build
    from seed.build.codes import FILE as CODES

    with tempfile.TemporaryDirectory(prefix="icsgraph-preview-") as folder:
        made = Path(folder)
        # What sources are, and which codes of ours were given out, goes on from what is held.
        for name in (SOURCES, CODES):
            shutil.copyfile(held / name, made / name)
        build(sources, made, renew=True)
        before, after = read_tables(held), read_tables(made)
        known = {source.code: source.sha256 for source in before.sources}
        renewed = tuple(source.file for source in after.sources if known.get(source.code) != source.sha256)
        return Preview(renewed, tuple(differences(before, after)))


def differences(held: Tables, said: Tables) -> list[Difference]:
    """Return what takes the tables that are held to those that are said, by concept and type, then by kind."""
    told: dict[tuple[str, str], list[str]] = {}
    for change in diff(held.nodes, said.nodes):
        record = _node(change)
        if record.concept == _CLAIM:
            _claim(told, change)
        else:
            told.setdefault((record.concept, change.kind), []).append(_of_node(change))
    for kind, about, text in _links(diff(held.links, said.links)):
        told.setdefault((about, kind), []).append(text)
    order = {kind: place for place, kind in enumerate(KINDS)}
    return [
        Difference(about, kind, tuple(told[about, kind]))
        for about, kind in sorted(told, key=lambda key: (key[0], order[key[1]]))
    ]


def _claim(told: dict[tuple[str, str], list[str]], change: Change) -> None:
    """A claim that comes or goes is told of what it is about, by its kind."""
    record = _node(change)
    values = record.states[-1].values
    kind = {"OPENED": "CONTRADICTED", "AMENDED": "CONTRADICTED"}.get(change.kind, "SETTLED")
    name = str(values["name"]).partition(":")[0]
    text = f"{name}: {values['said']} by {record.states[-1].sources[0]}, against {values['chosenValue']}"
    told.setdefault((str(values["kind"]), kind), []).append(f"{text} by {values['chosenSource']}")


def _links(changes: Sequence[Change]) -> Iterable[tuple[str, str, str]]:
    """Give kind, type and words of each change to a relationship; an end and a beginning at one thing are one move."""
    by_start: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        record = _link(change)
        if record.type != "CLAIMED_ABOUT":
            by_start.setdefault((record.type, record.start), []).append(change)
    for (type_, start), own in by_start.items():
        gone = [one for one in own if _has_gone(one)]
        come = [one for one in own if one.kind == "OPENED"]
        ends = {_link(one).end for one in gone}
        if len(gone) == len(come) == 1 and _link(come[0]).end not in ends:
            (old,), new = ends, _link(come[0])
            yield "MOVED", type_, f"{_code(start)}: from {_code(old)} to {_code(new.end)} on {new.validity.valid_from}"
            own = [one for one in own if one not in (*gone, *come)]
        for one in own:
            yield one.kind, type_, _of_link(one)


def _has_gone(change: Change) -> bool:
    """Whether a relationship that was held is no more, or has an end that it had not."""
    before, after = change.before, change.after
    if not isinstance(before, LinkRecord):
        return False
    return after is None or (
        isinstance(after, LinkRecord) and before.validity.valid_to is None and after.validity.valid_to is not None
    )


def _of_node(change: Change) -> str:
    record = _node(change)
    name = f"{record.code} {record.states[-1].values.get('name', '')}".strip()
    before, after = change.before, change.after
    if not (isinstance(before, NodeRecord) and isinstance(after, NodeRecord)):
        return f"{name}, {_life(record)}"
    was, now = before.states[-1].values, after.states[-1].values
    changed = [field for field in sorted({*was, *now}) if was.get(field) != now.get(field)]
    told = [f"{field} {_shown(was, field)} → {_shown(now, field)}" for field in changed]
    if (before.life.valid_from, before.life.valid_to) != (after.life.valid_from, after.life.valid_to):
        told.append(f"{_life(before)} → {_life(after)}")
    if len(before.states) != len(after.states):
        told.append(f"{len(before.states)} states → {len(after.states)}")
    return f"{name}: {'; '.join(told) or 'its sources, dates or absences'}"


def _of_link(change: Change) -> str:
    record = _link(change)
    text = f"{_code(record.start)} → {_code(record.end)}, {_interval(record)}"
    if isinstance(change.before, LinkRecord) and isinstance(change.after, LinkRecord):
        was, now = _interval(change.before), _interval(change.after)
        text = f"{_code(record.start)} → {_code(record.end)}: {was} → {now}"
        if was == now:
            text = f"{_code(record.start)} → {_code(record.end)}: its sources, standing or values"
    return text


def _node(change: Change) -> NodeRecord:
    return cast("NodeRecord", change.record)  # the diff of nodes has changes of nodes alone


def _link(change: Change) -> LinkRecord:
    return cast("LinkRecord", change.record)  # the diff of relationships has changes of those alone


def _code(id_: str) -> str:
    return id_.partition(":")[2]


def _shown(values: Mapping[str, object], field: str) -> str:
    return repr(values[field]) if field in values else "nothing"


def _life(record: NodeRecord) -> str:
    return _span(str(record.life.valid_from), record.life.valid_to)


def _interval(record: LinkRecord) -> str:
    return _span(str(record.validity.valid_from), record.validity.valid_to)


def _span(start: str, end: object) -> str:
    return f"from {start}" if end is None else f"from {start} to {end}"
