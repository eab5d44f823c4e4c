"""`search(text:)`: everything by what it is or was called, or by a code, ranked, each hit with its reason."""

from collections.abc import Collection
from enum import Enum
from typing import Any

import strawberry

from resolvers.concept import ArgumentKind, RootRows, Single
from resolvers.search import MOST_CHARACTERS, MOST_WORDS
from schema.description import ConceptDeclaration, RootField, graph_field, record, value
from schema.kinds import entity_kinds
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["SearchHit", "SearchMatch", "search_fields"]

_CONSIDERED = 2_000  # hits of the index that are ranked

# The index gives entities (present name, code), states (names of other times) and identifiers (codes of the ONS). Where
# no name has all the words, those with some are taken.
_HITS = (
    "CALL () { CALL db.index.fulltext.queryNodes('names', {choice:text}.all, {limit: "
    f"{_CONSIDERED}}}) YIELD node, score RETURN collect([node, score]) AS whole }} "
    "CALL (whole) { UNWIND CASE WHEN whole = [] THEN [1] ELSE [] END AS none"
    " CALL db.index.fulltext.queryNodes('names', {choice:text}.any, {limit: "
    f"{_CONSIDERED}}}) YIELD node, score RETURN collect([node, score]) AS partly }} "
    "UNWIND whole + partly AS pair WITH pair[0] AS hit, pair[1] AS score "
    "CALL (hit) {"
    " WITH hit WHERE hit:Entity"
    " RETURN hit AS node, toLower(hit.code) STARTS WITH {choice:text}.word"
    " AND NOT coalesce(toLower(hit.name) CONTAINS {choice:text}.word, false) AS coded, null AS bears"
    " UNION MATCH (node:Entity)-[:HAS_STATE]->(hit) RETURN node, false AS coded, null AS bears"
    " UNION MATCH (node:Entity)-[bears:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]->(hit)"
    " RETURN node, true AS coded, bears"
    " } "
    "WITH hit, node, score, bears, coalesce(coded, false) AS coded, split(node.id, ':')[0] AS kind,"
    " CASE WHEN bears IS NOT NULL THEN hit.value WHEN coded THEN node.code ELSE hit.name END AS text "
    "WHERE size(labels(node)) > 1 AND node.validFrom <= {asOf}"
    " AND ({choice:kinds} IS NULL OR kind IN {choice:kinds}) "
)
# A code or a name that was sent whole goes before all others, and what is in force before what has ended.
_BEST_FIRST = (
    "ORDER BY best.exact > 0 DESC, best.exact > 0 AND best.isInForce DESC, best.exact DESC, best.score DESC,"
    " node.standing = 'DERIVED', node.id"
)
_RANKED = (
    "WITH *, {asOf} < coalesce(node.validTo, {asOf} + duration('P1D')) AS isInForce,"
    " CASE WHEN toLower(text) IN [{choice:text}.trimmed, {choice:text}.whole]"
    " THEN CASE WHEN bears IS NOT NULL THEN 3 WHEN coded THEN 2 ELSE 1 END ELSE 0 END AS exact "
    "WITH *, score * CASE WHEN isInForce THEN 1.0 ELSE 0.5 END AS score "
    "ORDER BY exact DESC, score DESC, hit:State, bears.validFrom DESC "
    "WITH node, head(collect({text: text, coded: coded, bears: bears, exact: exact, isInForce: isInForce,"
    " score: score})) AS best "
    f"{_BEST_FIRST} "
    "LIMIT {choice:first} "
)
_WHY = (
    "CALL (node, best) {"
    " OPTIONAL MATCH (node)-[:HAS_STATE]->(state) "
    " WITH node, best, collect(state) AS states"
    " WITH node, best, states, coalesce(head([state IN states WHERE state.validFrom <= {asOf}"
    " AND {asOf} < state.validTo | state.name]), node.name) AS held,"
    " [state IN states WHERE state.name = best.text | state.validFrom]"
    " + CASE WHEN node.name = best.text THEN [node.stateFrom] ELSE [] END AS starts"
    " UNWIND CASE WHEN best.bears IS NOT NULL THEN [best.bears.validFrom] WHEN best.coded THEN [node.validFrom]"
    " ELSE starts END AS start"
    " WITH best, held, min(start) AS since"
    " RETURN since, CASE"
    " WHEN best.coded AND best.bears.validTo <= {asOf} THEN 'FORMER_CODE'"
    " WHEN best.coded AND best.bears.validFrom > {asOf} THEN 'LATER_CODE'"
    " WHEN best.coded THEN 'CODE'"
    " WHEN best.text = held THEN 'NAME'"
    " WHEN since <= {asOf} THEN 'FORMER_NAME' ELSE 'LATER_NAME' END AS why"
    " } "
    "WITH best {.text, .isInForce, node: node, since: since, why: why, score: best.score} AS {item} "
    f"{_BEST_FIRST}"
)


@strawberry.enum(description="By what a search found something.")
class SearchMatch(Enum):
    """By what a search found something."""

    NAME = strawberry.enum_value("NAME", description="The name that it has at the date.")
    FORMER_NAME = strawberry.enum_value("FORMER_NAME", description="A name that it had before the date.")
    LATER_NAME = strawberry.enum_value("LATER_NAME", description="A name that it takes after the date.")
    CODE = strawberry.enum_value("CODE", description="A code that it has at the date.")
    FORMER_CODE = strawberry.enum_value("FORMER_CODE", description="A code that it had before the date.")
    LATER_CODE = strawberry.enum_value("LATER_CODE", description="A code that it takes after the date.")


@record
class SearchHit:
    """One thing that a search found, and why; each thing is found once, by what fits best."""

    node: Entity = graph_field(
        Single("{item}.node", "Entity"),
        "What was found, as it was at the date, or when it ended if it ended before.",
    )
    why: SearchMatch = value("By what it was found.", "{item}.why")
    text: str = value("The name or code that fits, as it is held.", "{item}.text")
    since: Date | None = value("Since when it has or had that name or code, as far as is known.", "{item}.since")
    is_in_force: bool = value("Whether it is in force at the date; what ended before is found too.", "{item}.isInForce")
    score: float = value("How well it fits: higher is better. It compares hits of one search alone.", "{item}.score")


def search_fields(declarations: Collection[ConceptDeclaration]) -> tuple[RootField, ...]:
    """Return the root's search; its kinds are the concepts that have a life."""
    kinds: Any = entity_kinds(declarations)
    return (
        RootField(
            "search",
            list[SearchHit],
            "Everything whose name, former name or code has these words, or nearly: a letter or two may be wrong, and"
            " words may be begun only. A code or name sent whole comes first, then by score. What begins after the"
            f" date is not found. The {_CONSIDERED:,} best fits of the index are ranked.",
            RootRows(
                "SearchHit",
                _HITS + _RANKED + _WHY,
                (("text", ArgumentKind.TEXT), ("kinds", ArgumentKind.CHOICE), ("first", ArgumentKind.LIMIT)),
            ),
            {
                "text": (
                    str,
                    f"Words or a code: at most {MOST_CHARACTERS} characters and {MOST_WORDS} words. Signs count as"
                    " blanks.",
                ),
                "kinds": (list[kinds], "Only these kinds; all if left out."),
                "first": (int, "How many hits at most."),
            },
            ("text",),
        ),
    )
