"""From the raw files to the tidy tables, the same bytes each time."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from seed.build import (
    authorities,
    board_facts,
    board_seats,
    collaboratives,
    commissioners,
    contradictions,
    documents,
    eligibilities,
    functions,
    geocoded,
    glossary,
    hubs,
    identifiers,
    knowledge,
    knowledge_networks,
    meetings,
    national,
    neighbourhoods,
    networks,
    ods,
    partnerships,
    patients,
    places,
    plans,
    practice_map,
    practices,
    scopes,
    succession,
    support_units,
    trusts,
    wellbeing_boards,
)
from seed.build.claims import Claims
from seed.build.codes import FILE as CODES_FILE
from seed.build.codes import Codes
from seed.build.draft import Draft
from seed.build.raw import RawFile, RawFolder
from seed.errors import CountNotMet
from seed.source import FILE as SOURCES_FILE
from seed.source import read_sources, write_sources
from seed.table import to_csv
from seed.tables import TABLES
from seed.terms import FILE as TERMS_FILE

QUARANTINE, OUT_OF_SCOPE = "quarantine.csv", "out_of_scope.csv"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of the rows of one raw file: `read` is the sum of the other three; `parts` are of placed rows."""

    file: str
    read: int
    placed: int
    quarantined: int
    out_of_scope: int
    parts: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was made: raw files, rows by table, and counts of what was decided on the way."""

    files: tuple[FileReport, ...]
    tables: dict[str, int]
    notes: dict[str, int]
    changed: tuple[str, ...]


def build(sources: Path, out: Path, *, renew: bool = False) -> BuildReport:
    """Make the tidy tables in `out` from the raw files in `sources`, which `out/sources.yml` describes.

    With `renew`, raw files that have changed since they were described are read, and their new checksums written down.

    Raises:
        SourceChanged: a raw file is not the one described, and `renew` was not said.
        SourceNotUnderstood: a raw file holds a column or category that its reader does not know.
        CountNotMet: a raw file holds more or fewer of something than `sources.yml` expects, or a row went nowhere.
    """
    raw = RawFolder(sources, read_sources(out), renew=renew)
    codes = Codes(out)
    draft = _draft(raw, codes)
    terms = glossary.file(raw, codes)
    for file in raw.files.values():
        file.prove()
    unread = {source.code for source in raw.sources} - raw.files.keys()
    if unread:
        raise CountNotMet(f"sources.yml describes {', '.join(sorted(unread))}, which nothing reads")
    files = {
        **draft.files(),
        TERMS_FILE: terms,
        SOURCES_FILE: write_sources(raw.sources),
        scopes.FILE: scopes.file(),
        CODES_FILE: codes.file(),
        QUARANTINE: _quarantine(raw),
        OUT_OF_SCOPE: _out_of_scope(raw),
    }
    changed = tuple(name for name, content in sorted(files.items()) if _write(out / name, content))
    return _report(raw, draft, changed)


def _draft(raw: RawFolder, codes: Codes) -> Draft:
    draft = Draft()
    maps = (practice_map.read(raw, practice_map.JANUARY), practice_map.read(raw, practice_map.AUGUST))
    bodies = commissioners.read_commissioners(raw)
    successions = ods.successions(raw)
    counts = patients.read(raw)
    located = geocoded.read(raw)
    named = {
        identifiers.BOARDS: identifiers.read_codes(raw, identifiers.BOARDS, "ICB23"),
        identifiers.LOCATIONS: identifiers.read_codes(raw, identifiers.LOCATIONS, "SICBL23"),
        identifiers.REGIONS: identifiers.read_codes(raw, identifiers.REGIONS, "NHSER24"),
    }
    commissioners.check_bridge(raw, maps[0])
    commissioners.place(
        draft,
        maps,
        bodies,
        commissioners.read_board_succession(raw),
        successions,
        board_facts.read(raw),
        counts,
        identifiers.REGION_DAY,
    )
    commissioners.succeed_moved(draft, maps)
    known = authorities.place(draft, raw)
    authorities.place_boards(draft, raw, known)
    practices_read, networks_read, memberships = ods.practices(raw), ods.networks(raw), ods.memberships(raw)
    trusts_read = ods.trusts(raw, trusts.LATER)
    practices.place(draft, practices_read, maps, located, known)
    networks.place(draft, networks_read, memberships, maps, located, known, counts["PCN"])
    trusts.place(draft, ods.trusts(raw, trusts.EARLIER), trusts_read, located, known)
    statements = eligibilities.read(raw)
    services_read = knowledge.read(raw)
    services = knowledge.place(draft, services_read, eligibilities.evidence_of_services(statements), codes)
    eligibilities.place(draft, statements, services, known, codes)
    support_units.place(draft, statements, codes)
    board_seats.place(draft, raw, codes)
    documents.place(draft, raw, codes)
    functions.place(draft, raw, codes)
    partnerships.place(draft, partnerships.read(raw), partnerships.read_members_by_law(raw), known)
    meetings.place(draft, raw, codes)
    places.place(draft, places.read(raw), places.read_wave(raw), known, codes)
    neighbourhoods.place(draft)
    wellbeing_boards.place(draft)
    plans.place(draft, plans.read(raw), codes)
    succession.place(draft, successions)
    collaboratives.place(draft, collaboratives.read(raw), codes)
    hubs.place(draft, hubs.read(raw), services, codes)
    knowledge_networks.place(draft, knowledge_networks.read(raw), services, codes)
    national.place(draft, raw, codes)
    identifiers.place(draft, named)
    claims = Claims.into(draft, raw)
    contradictions.of_practices(claims, raw, practices_read, maps)
    contradictions.of_networks(claims, raw, networks_read, memberships, maps, practices_read)
    contradictions.of_trusts(claims, raw, trusts_read)
    contradictions.of_commissioners(claims, raw, counts)
    contradictions.of_knowledge_services(claims, services_read, services, statements, raw)
    return draft


def _quarantine(raw: RawFolder) -> bytes:
    rows = []
    for code in sorted(raw.files):
        file = raw.files[code]
        found = [(line, key, reason) for line, (key, reason) in file.quarantined.items()] + file.parts
        rows += [(file.source.file, str(line), key, reason) for line, key, reason in sorted(found)]
    return to_csv(("file", "line", "key", "reason"), rows)


def _out_of_scope(raw: RawFolder) -> bytes:
    rows = []
    for code in sorted(raw.files):
        file = raw.files[code]
        kinds = Counter(file.out_of_scope.values())
        rows += [(file.source.file, kind, str(count), reason) for (kind, reason), count in sorted(kinds.items())]
        rows += [
            (file.source.file, f"column {column}", str(count), reason)
            for (column, reason), count in sorted(file.columns.items())
        ]
    return to_csv(("file", "kind", "count", "reason"), rows)


def _write(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def _report(raw: RawFolder, draft: Draft, changed: tuple[str, ...]) -> BuildReport:
    notes = dict(draft.notes)
    notes |= {f"{type_} clipped to the lives of its ends": count for type_, count in draft.clipped.items() if count}
    notes |= {f"{type_} outside the lives of its ends": count for type_, count in draft.outside.items()}
    return BuildReport(
        tuple(_file_report(raw.files[code]) for code in sorted(raw.files)),
        {table.file: len(draft.rows.get(table.file, ())) for table in TABLES},
        notes,
        changed,
    )


def _file_report(file: RawFile) -> FileReport:
    return FileReport(
        file.source.file,
        len(file.lines),
        len(file.placed),
        len(file.quarantined),
        len(file.out_of_scope),
        len(file.parts),
    )
