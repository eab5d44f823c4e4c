"""How free text becomes queries of the full-text index, and what the names that it finds are measured by.

The index takes a language of its own, in which a bracket too many is an error of the database. So no character of a
client's text reaches it but letters and digits, in lower case: whatever was sent, the query is well formed and bounded.

The index says which names fit, and not how well: its scores change with every name that is added. A hit is measured by
its own text, so that it scores the same for as long as the graph is kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from resolvers.errors import Location, MalformedArgument
from resolvers.plan import Bound, Circumstances
from resolvers.selection import Argument

__all__ = ["MOST_CHARACTERS", "MOST_WORDS", "Fit", "SearchParameter", "index_query", "words"]

MOST_CHARACTERS = 200
MOST_WORDS = 12  # each can become some sixty clauses of the index, which takes 1,024
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_FILLERS = frozenset({"and", "at", "for", "in", "of", "the"})
_ALLOWED = f"a text of at most {MOST_CHARACTERS} characters with 1 to {MOST_WORDS} words or codes of letters and digits"
_LONG = 8  # letters of a word of which two may be wrong, else one
_SHORTEST = 4  # letters of a word of which one may be


class Fit(Enum):
    """How words are looked for, from the cheapest to what finds most."""

    PHRASE = "the words as they were sent, one after the other"
    WHOLE = "all words, spelt so"
    NEARLY = "all words, begun only or spelt nearly so"
    PARTLY = "some of the words, spelt nearly so"


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case; what is neither letter nor digit parts them, save an apostrophe."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def index_query(found: list[str], fit: Fit) -> str:
    """Return the query that finds names and codes with these words.

    Words that say nothing, such as "of", need not be there, unless there are no others.
    """
    if fit is Fit.PHRASE:
        phrase = " ".join(found).replace("\u2019", "'")
        return f'name:"{phrase}" OR code:"{phrase}" OR value:"{phrase}"'
    telling = _telling(found)
    clauses = []
    for word in dict.fromkeys(found):
        mark = "+" if fit is not Fit.PARTLY and word in telling else ""
        clauses.append(f"{mark}({_spellings(word, is_whole=fit is Fit.WHOLE)})")
    return " ".join(clauses)


def _telling(found: list[str]) -> list[str]:
    return [word for word in dict.fromkeys(found) if word not in _FILLERS] or list(dict.fromkeys(found))


def _spellings(word: str, *, is_whole: bool) -> str:
    stem, _, rest = word.replace("\u2019", "'").partition("'")
    if rest:  # King's is one word to the index; it also finds Kings
        return f"name:{stem}^2 OR name:{stem}{rest.replace(chr(39), '')}^2 OR name:{stem}*"
    ways = [f"name:{word}^4", f"code:{word}^8", f"value:{word}^8"]
    if is_whole:
        return " OR ".join(ways)
    if len(word) >= 3:
        ways += [f"name:{word}*", f"code:{word}*", f"value:{word}*"]
    if _may_be_wrong(word):
        ways.append(f"name:{word}~{2 if len(word) >= _LONG else 1}")
    return " OR ".join(ways)


def _may_be_wrong(word: str) -> bool:
    """Return whether letters of a word may be wrong: a code with another digit is another code."""
    return len(word) >= _SHORTEST and not any(character.isdigit() for character in word)


def _measure(word: str) -> dict[str, object]:
    """Return what a word counts in a text that holds it, and each of its pieces in one that does not.

    Of a word in which one letter is wrong one half is right, and of one in which two are one third.
    """
    parts = (3 if len(word) >= _LONG else 2) if _may_be_wrong(word) else 0
    size = -(-len(word) // parts) if parts else len(word)
    pieces = [word[start : start + size] for start in range(0, len(word), size)] if parts else []
    return {"word": word, "counts": len(word), "pieces": pieces, "each": len(word) / 2 / max(1, len(pieces))}


@dataclass(frozen=True, slots=True)
class SearchParameter:
    """The text of a search: a query of the index for each `Fit`, and what a hit is measured by."""

    name: str
    argument: Argument | None
    key: str
    location: Location

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        text = str(self.argument.bound(variables)) if self.argument else ""
        found = words(text) if len(text) <= MOST_CHARACTERS else []
        if not 1 <= len(found) <= MOST_WORDS:
            shown = text[:100].encode("utf-8", "replace").decode()  # half a pair of surrogates can't be sent back
            named = self.argument.name if self.argument else ""
            raise MalformedArgument(
                f"{self.key}({named}:) was sent {shown!r}, which is not {_ALLOWED}.",
                "MALFORMED_TEXT",
                locations=[self.location],
                details={"argument": named, "sent": shown, "allowed": _ALLOWED},
            )
        telling = _telling(found)
        bound.parameters[self.name] = {
            **{fit.name.lower(): index_query(found, fit) for fit in Fit},
            "sent": " ".join(found),
            "trimmed": re.sub(r"\s+", " ", text.encode("utf-8", "replace").decode()).strip().lower(),
            "isOne": len(found) == 1,
            "words": [_measure(word) for word in telling],
            "counts": sum(map(len, telling)),
        }
