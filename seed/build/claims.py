"""What one source says against another of the same time: the losing word, the chosen one, and why.

The tables hold what was chosen. What was said against it is a claim, in force for as long as it is the latest word of
its series. A value that differs between two extracts has changed meanwhile and is no contradiction; it is one where two
sources speak of the same day, or where one says the same before and after the other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cypher.codes import slug
from seed.build.draft import Draft, Thing, When
from seed.build.evidence import READ
from seed.build.raw import RawFolder
from seed.source import Source
from seed.tables import CLAIMED_CONCEPTS, Precision, Reason

__all__ = ["Claims", "Word", "differs"]


@dataclass(frozen=True, slots=True)
class Word:
    """What a source says: the code of a body, a text, a number as printed."""

    value: str
    source: str


@dataclass(slots=True)
class Claims:
    """Writes claims into the tables."""

    draft: Draft
    sources: Mapping[str, Source]
    _given: Counter[str]

    @classmethod
    def into(cls, draft: Draft, raw: RawFolder) -> "Claims":
        """Return the claims of a draft, dated by the sources of a folder."""
        return cls(draft, {source.code: source for source in raw.sources}, Counter())

    def against(self, thing: Thing, field: str, said: Word, chosen: Word, reason: Reason) -> None:
        """Hold what `said` says of a field of a thing, where the tables hold what `chosen` says.

        `field` is the path of GraphQL fields that leads from the thing to what is contested.
        """
        if thing[0] not in CLAIMED_CONCEPTS:
            raise ValueError(f"{thing[0]} is none of the concepts of which claims are held")
        label, code = thing
        kind = f"{label}.{field}"
        claim = slug(f"{label} {code} {field.replace('.', ' ')} {said.source}")
        self._given[claim] += 1
        if self._given[claim] > 1:
            claim = f"{claim}-{self._given[claim]}"
        as_at = self.sources[said.source].as_at
        # Pages are as at the month in which they were read; a file has its day.
        when = When(as_at, "MONTH" if as_at == READ else "DAY", *self._until(said.source))
        values = {
            "name": f"{code}: {field}",
            "kind": kind,
            "said": said.value,
            "as_at": as_at.isoformat(),
            "chosen_value": chosen.value,
            "chosen_source": chosen.source,
            "reason": reason,
        }
        self.draft.state("Claim", claim, values, when, said.source)
        self.draft.link("CLAIMED_ABOUT", ("Claim", claim), thing, when, said.source)

    def differing(
        self, concept: str, field: str, said: Mapping[str, Word], chosen: Mapping[str, Word], reason: Reason
    ) -> None:
        """Hold each word of `said` that differs from the one of `chosen`; both are by the code of the thing."""
        for code in sorted(said.keys() & chosen.keys()):
            if self.draft.has(concept, code) and differs(said[code].value, chosen[code].value):
                self.against((concept, code), field, said[code], chosen[code], reason)

    def _until(self, code: str) -> tuple[None, None] | tuple[date, Precision]:
        """The day of the next issue of its series, which speaks for itself."""
        said = self.sources[code]
        later: Iterable[date] = (
            one.as_at for one in self.sources.values() if one.series == said.series and one.as_at > said.as_at
        )
        day = min(later, default=None)
        return (None, None) if day is None else (day, "DAY")


def differs(one: str, another: str) -> bool:
    """Whether two words differ by more than the case of letters and the blanks between them."""
    return one.casefold().split() != another.casefold().split()
