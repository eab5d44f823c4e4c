"""What to say of whose data an answer is made: by the concepts and relationships that its plan reads.

To collect the sources of every row would cost as much as the rows. So it is told by concept: of each label and type the
graph's publishers and licences are read once, and anew where there are more or fewer sources. An answer carries those
of all that its statement names. That may be one publisher too many (a statement that could find a trust names trusts,
and found none); one too few only where a source that was there speaks of a concept for the first time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resolvers.selection import Operation, Selection

__all__ = ["CROWN", "PUBLIC_SECTOR", "READ", "Attribution", "words"]

PUBLIC_SECTOR = "Contains public sector information licensed under the Open Government Licence v3.0."
CROWN = "Contains OS data (c) Crown copyright and database right."
_OPEN_GOVERNMENT = "Open Government Licence v3.0"
_GEOGRAPHER = "Office for National Statistics"  # whose codes, places and shares rest on the Ordnance Survey's
_WORD = re.compile(r"\b[A-Z][A-Za-z_]+\b")
_ANY = "*"
_STATUS = re.compile(r"(?<=[a-z])(Ended|Planned)$|_(ENDED|PLANNED|SUPERSEDED)$")

# Which publishers and licences there are of each label and type, as rows. Postcodes are references without sources of
# their own: the directory that they were loaded from is theirs.
READ = (
    "COLLECT { CALL () {"
    " MATCH (n:Entity) UNWIND n.sources AS code RETURN DISTINCT split(n.id, ':')[0] AS about, code"
    " UNION MATCH (n:Term) UNWIND n.sources AS code RETURN DISTINCT 'Term' AS about, code"
    " UNION MATCH (:Entity)-[r]->() UNWIND r.sources AS code RETURN DISTINCT type(r) AS about, code"
    " UNION MATCH (s:Source) WHERE s.postcodes > 0 RETURN DISTINCT 'Postcode' AS about, s.code AS code }"
    " MATCH (source:Source {code: code}) RETURN DISTINCT [about, source.publisher, source.licence] }"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Publishers and licences by label and type; `sources` is how many sources there were."""

    by: Mapping[str, frozenset[tuple[str, str]]]
    sources: int

    @classmethod
    def read(cls, rows: Iterable[tuple[str, str | None, str | None]], sources: int) -> "Attribution":
        """Return what rows of `READ` say."""
        by: dict[str, set[tuple[str, str]]] = {}
        for about, publisher, licence in rows:
            if publisher and licence:
                by.setdefault(_plain(about), set()).add((publisher, licence))
        return cls({about: frozenset(said) for about, said in by.items()}, sources)

    def of(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return what to say of labels and types: the terms of the licences first, then who published what."""
        known = set(named)
        said = {one for about, ones in self.by.items() if about in known or _ANY in known for one in ones}
        is_open = any(licence == _OPEN_GOVERNMENT for _, licence in said)
        is_mapped = any(_GEOGRAPHER in publisher for publisher, _ in said)
        terms = (*([PUBLIC_SECTOR] if is_open else []), *([CROWN] if is_mapped else []))
        return (*terms, *(f"Source: {publisher}. {licence}." for publisher, licence in sorted(said)))


def words(statement: str, operation: Operation) -> frozenset[str]:
    """Return the labels and types that a plan reads: those of its text, and the concepts that are selected."""
    found = {_plain(word) for word in _WORD.findall(statement)}
    found.update(_concepts(operation.selections))
    if "$(" in statement or "Change" in found:  # a label that only a row tells; a change is of anything
        found.add(_ANY)
    return frozenset(found)


def _concepts(selections: Iterable[Selection]) -> Iterable[str]:
    for selection in selections:
        for group in selection.groups:
            yield from group.types
            yield from _concepts(group.selections)


def _plain(word: str) -> str:
    """Return a label or type as it is for what is in force."""
    return _STATUS.sub("", word)
