"""How free text becomes a query of the full-text index.

The index takes a language of its own, in which a bracket too many is an error of the database. So no character of a
client's text reaches it but letters and digits, in lower case: whatever was sent, the query is well formed and bounded.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from resolvers.errors import Location, MalformedArgument
from resolvers.plan import Bound, Circumstances
from resolvers.selection import Argument

__all__ = ["MOST_CHARACTERS", "MOST_WORDS", "SearchParameter", "index_query", "words"]

MOST_CHARACTERS = 200
MOST_WORDS = 12  # each can become some sixty clauses of the index, which takes 1,024
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_FILLERS = frozenset({"and", "at", "for", "in", "of", "the"})
_ALLOWED = f"a text of at most {MOST_CHARACTERS} characters with 1 to {MOST_WORDS} words or codes of letters and digits"


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case; what is neither letter nor digit parts them, save an apostrophe."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def index_query(found: list[str], *, needs_all: bool) -> str:
    """Return the query that finds names and codes with these words, spelt so or nearly so.

    Words that say nothing, such as "of", need not be there, unless there are no others.
    """
    telling = [word for word in found if word not in _FILLERS] or found
    clauses = []
    for word in dict.fromkeys(found):
        mark = "+" if needs_all and word in telling else ""
        clauses.append(f"{mark}({_spellings(word)})")
    return " ".join(clauses)


def _spellings(word: str) -> str:
    stem, _, rest = word.replace("\u2019", "'").partition("'")
    if rest:  # King's is one word to the index; it also finds Kings
        return f"name:{stem}^2 OR name:{stem}{rest.replace(chr(39), '')}^2 OR name:{stem}*"
    ways = [f"name:{word}^4", f"code:{word}^8", f"value:{word}^8"]
    if len(word) >= 3:
        ways += [f"name:{word}*", f"code:{word}*", f"value:{word}*"]
    if len(word) >= 4 and not any(character.isdigit() for character in word):  # a code with another digit is another
        ways.append(f"name:{word}~{2 if len(word) >= 8 else 1}")
    return " OR ".join(ways)


@dataclass(frozen=True, slots=True)
class SearchParameter:
    """The text of a search, as what the index and the ranking are asked: a map of queries and of the text itself."""

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
                path=[self.key],
                locations=[self.location],
                details={"argument": named, "sent": shown, "allowed": _ALLOWED},
            )
        whole = " ".join(found)
        bound.parameters[self.name] = {
            "all": index_query(found, needs_all=True),
            "any": index_query(found, needs_all=False),
            "whole": whole,
            "trimmed": re.sub(r"\s+", " ", text.encode("utf-8", "replace").decode()).strip().lower(),
            "word": found[0] if len(found) == 1 else None,
        }
