"""`search(text:)`: everything by what it is or was called, or by a code, ranked, each hit with its reason."""

from collections.abc import Collection
from enum import Enum
from typing import Any

import strawberry

from resolvers.concept import ArgumentKind, RootRows, Single
from resolvers.search import MOST_CHARACTERS, MOST_WORDS, Fit
from schema.description import ConceptDeclaration, RootField, graph_field, record, value
from schema.kinds import entity_kinds
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["SearchHit", "SearchMatch", "search_fields"]

_CONSIDERED = 2_000  # hits of the index that are looked at

# The index gives entities (present name, code), states (names of other times, and those no longer held) and identifiers
# (codes of the ONS). What a hit is of are pairs: the thing, and what ties the identifier to it.
_OF_NOW = (
    "CASE WHEN hit:Entity THEN [[hit, null]] ELSE"
    " [(owner:Entity)-[:HAS_STATE]->(hit) | [owner, null]]"
    " + [(owner:Entity)-[has:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]->(hit) | [owner, has]] END"
)
_HAS_ALL = "all(one IN {choice:text}.words WHERE toLower(%s) CONTAINS one.word)"
_OF_THEN = (
    f"CASE WHEN hit:Entity THEN CASE WHEN hit.recordedFrom <= {{known}} OR {_HAS_ALL % 'hit.code'} THEN [[hit, null]]"
    " ELSE [] END ELSE"
    " [(owner:Entity)-[:HAS_STATE|HAS_STATE_SUPERSEDED]->(hit) WHERE {held:hit} | [owner, null]]"
    " + [(owner:Entity)-[has:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED|HAS_IDENTIFIER_SUPERSEDED]"
    "->(hit) WHERE {held:has} | [owner, has]] END"
)
_BEGUN_THEN = (
    "(coalesce(node.recordedFrom <= {known} AND node.stateFrom <= {asOf}, false) OR EXISTS {"
    " (node)-[:HAS_STATE|HAS_STATE_SUPERSEDED]->(other:State WHERE {held:other} AND other.validFrom <= {asOf}) })"
)
_IS_SENT = "toLower(%s) IN [{choice:text}.trimmed, {choice:text}.sent]"
# How much of what was sent the text has, from 0 to 1: by letters of the words that it has, or of their pieces.
_SHARE = (
    "reduce(counts = 0.0, one IN {choice:text}.words | counts + CASE WHEN lower CONTAINS one.word THEN one.counts"
    " ELSE one.each * size([piece IN one.pieces WHERE lower CONTAINS piece]) END) / {choice:text}.counts"
)
# Of texts that fit alike the shorter one fits better, and one that begins with what was sent; less than 2.
_LIKENESS = (
    "CASE WHEN lower STARTS WITH {choice:text}.trimmed OR lower STARTS WITH {choice:text}.sent THEN 1.0 ELSE 0.0 END"
    " + 1.0 * size({choice:text}.sent) / (size({choice:text}.sent) + size(text))"
)
# A code or a name that was sent whole goes before all, and then what fits better; of what fits alike, what is in force
# before what has ended. All that does not tell one fit from the next takes less than the 10 between them.
_SCORE = (
    "CASE WHEN lower IN [{choice:text}.trimmed, {choice:text}.sent]"
    " THEN 50 + CASE WHEN bears IS NOT NULL THEN 1.5 WHEN coded THEN 1.0 ELSE 0.5 END ELSE found.fit END"
    f" + 6 * {_SHARE} + CASE WHEN isInForce THEN 2 ELSE 0 END + {_LIKENESS}"
)
_BEST_FIRST = "ORDER BY {of}.score DESC, {of}.isDerived, {of}.text, {of}.node.id"
_KIND = "({choice:kinds} IS NULL OR split(node.id, ':')[0] IN {choice:kinds})"
_STAGES = (
    (Fit.PHRASE, ""),
    (Fit.WHOLE, "phrases < {choice:first} AND NOT {choice:text}.isOne"),
    (Fit.NEARLY, "phrases < {choice:first} AND wholes < {choice:first}"),
    (Fit.PARTLY, "phrases + wholes + nearlys = 0"),
)


def _stage(fit: Fit, of: str, limit: str, begun: str, name: str) -> str:
    """Return the clauses that ask the index for one fit, and collect what is found with the number of things."""
    query = fit.name.lower()
    points = 10 * (len(Fit) - list(Fit).index(fit))
    return (
        f"CALL db.index.fulltext.queryNodes('names', {{choice:text}}.{query}{limit}) YIELD node AS hit"
        f" UNWIND {of} AS pair WITH *, pair[0] AS node WHERE {_KIND}"
        f" AND {begun}"
        f" RETURN collect({{fit: {points}, node: node, bears: pair[1], name: {name},"
        f" code: CASE WHEN hit:Entity THEN split(node.id, ':')[1] ELSE hit.value END}}) AS {query},"
        f" count(DISTINCT node) AS {query}s"
    )


def _search(of: str, limit: str, begun: str, name: str, life: str, told: str = "") -> str:
    """Return the clauses that bind `{item}` to each hit of the page.

    The dearer query is asked where the cheaper ones leave room on the page, and the dearest where they find nothing.
    """
    stages, known = [], ""
    for fit, condition in _STAGES:
        asked = f"UNWIND CASE WHEN {condition} THEN [1] ELSE [] END AS more " if condition else ""
        stages.append(f"CALL ({known}) {{ {asked}{_stage(fit, of, limit, begun, name)} }} ")
        known += f"{', ' if known else ''}{fit.name.lower()}s"
    best = "{node: node, text: text, coded: coded, bears: bears, isInForce: isInForce, score: score, life: life}"
    return (
        "".join(stages) + "UNWIND phrase + whole + nearly + partly AS found"
        " WITH *, found.node AS node, found.bears AS bears, found.name AS name, found.code AS code"
        f" WITH *, {life} AS life "
        f"WITH *, bears IS NOT NULL OR coalesce({_HAS_ALL % 'code'}, false) AND NOT coalesce({_IS_SENT % 'name'}"
        f" OR {_HAS_ALL % 'name'} AND NOT {_IS_SENT % 'code'}, false) AS coded"
        " WITH *, CASE WHEN coded THEN code ELSE name END AS text WHERE text IS NOT NULL"
        " WITH *, toLower(text) AS lower, coalesce({asOf} < life.validTo, true) AS isInForce "
        f"WITH *, {_SCORE} AS score ORDER BY score DESC, bears.validFrom DESC, text "
        f"WITH node, head(collect({best})) AS best WITH best {{.*, isDerived: best.life.standing = 'DERIVED'}} AS best "
        f"{_BEST_FIRST.replace('{of}', 'best')} LIMIT {{choice:first}} WITH best {{.*{told}}} AS {{item}} "
        f"{_BEST_FIRST.replace('{of}', '{item}')}"
    )


# All names that it has had, and its life: of the rows of the page, where a field reads them.
_STATES = (
    "CALL ({item}) { WITH {item}.node AS node OPTIONAL MATCH (node)-[:HAS_STATE]->(other:State)"
    " WITH node, collect(other {.name, .validFrom, .validTo}) AS others"
    " RETURN others + [node {.name, validFrom: node.stateFrom, validTo: node.stateTo}] AS states }"
    " WITH {item} {.*, states: states, name: {item}.node.name, validFrom: {item}.node.validFrom} AS {item} "
    + _BEST_FIRST.replace("{of}", "{item}")
)
_HELD = (
    "coalesce(head([one IN {item}.states WHERE one.validFrom <= {asOf} AND coalesce({asOf} < one.validTo, true)"
    " | one.name]), {item}.name)"
)
_SINCE = (
    "CASE WHEN {item}.bears IS NOT NULL THEN {item}.bears.validFrom WHEN {item}.coded THEN {item}.validFrom"
    " ELSE reduce(first = null, one IN {item}.states | CASE WHEN one.name = {item}.text"
    " AND coalesce(one.validFrom < first, true) THEN one.validFrom ELSE first END) END"
)
_WHY = (
    "CASE WHEN {item}.coded AND {item}.bears.validTo <= {asOf} THEN 'FORMER_CODE'"
    " WHEN {item}.coded AND {item}.bears.validFrom > {asOf} THEN 'LATER_CODE'"
    " WHEN {item}.coded THEN 'CODE'"
    f" WHEN {{item}}.text = {_HELD} THEN 'NAME'"
    f" WHEN {_SINCE} <= {{asOf}} THEN 'FORMER_NAME' ELSE 'LATER_NAME' END"
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
    why: SearchMatch = value("By what it was found.", _WHY)
    text: str = value("The name or code that fits, as it is held.", "{item}.text")
    since: Date | None = value("Since when it has or had that name or code, as far as is known.", _SINCE)
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
            " words may be begun only. What was sent whole comes first, then what has all the words as they were sent,"
            " then what has them nearly; only where nothing has all of them, what has some. What begins after the date"
            f" is not found. At most {_CONSIDERED:,} of what fits alike are looked at. Below a `knownAt` all are, and"
            " found is what was called so, or had the code, by what was held then.",
            RootRows(
                "SearchHit",
                _search(_OF_NOW, f", {{limit: {_CONSIDERED}}}", "node.validFrom <= {asOf}", "hit.name", "node"),
                (("text", ArgumentKind.TEXT), ("kinds", ArgumentKind.CHOICE), ("first", ArgumentKind.LIMIT)),
                then=_search(
                    _OF_THEN,
                    "",
                    _BEGUN_THEN,
                    "CASE WHEN hit:Entity AND hit.recordedFrom > {known} THEN null ELSE hit.name END",
                    "<lay:node>",
                    ", states: best.life.states, name: best.life.name, validFrom: best.life.validFrom",
                ),
                parts=(("states", _STATES),),
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
