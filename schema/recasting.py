"""`recast(codes:, to:)`: codes of any kind and vintage as they are at one date."""

from enum import Enum

import strawberry

from resolvers.concept import Listed, Root, Single
from schema.dates import any_status, at
from schema.description import graph_field, record, value
from schema.provenance import Entity
from schema.scalars import Date
from schema.subject import CODED
from schema.successions import steps_match

__all__ = ["RECASTING", "Recast", "RecastCode", "RecastKind", "RecastPart"]


def _practices(body: str, day: str, more: str) -> str:
    """Return the clauses that bind `p` to the practices that belong to a body at a day."""
    direct = any_status("COMMISSIONED_BY|COMMISSIONED_BY_GROUP|MEMBER_OF|LOCATED_IN")
    scope = "body, held" if more else f"{body}, day"
    return (
        f"CALL ({scope}) {{ MATCH (p:Entity)-[a:{direct}]->({body})"
        f" WHERE p.id STARTS WITH 'GPPractice:' AND {at('a', day)}{more}"
        f" RETURN p UNION MATCH (p:Entity)-[a:{any_status('COMMISSIONED_BY')}]->(l)"
        f"-[b:{any_status('SUB_ICB_OF')}]->({body}) WHERE {at('a', day)} AND {at('b', day)}{more} RETURN p }} RETURN p"
    )


def _reached(forward: bool) -> str:
    steps = steps_match(forward).replace("{node}", "picked").replace("{item}", "path")
    # Those that follow are followed up to the date; of those before, all steps lie after it.
    holds = "{covers:steps}" if forward else "true"
    steps = steps.replace("{types:SUCCEEDED_BY}", any_status("SUCCEEDED_BY")).replace("{covers:steps}", holds)
    return f"{steps} WITH path WHERE {{lives:path.entity}} RETURN path"


_FOUND = (
    f"UNWIND ['{CODED}'] AS concept MATCH (found:Entity {{id: concept + ':' + sent}})"
    " WHERE size(labels(found)) > 1 RETURN found UNION"
    f" MATCH (:Identifier {{id: 'ONS:' + sent}})<-[:{any_status('HAS_IDENTIFIER')}]-(found:Entity) RETURN found"
)
# The one in force at the date; else the last that was; else the first that will be.
_PICKED = (
    "{tell:found} WITH sent, at, found{and:found} ORDER BY "
    + at("found", "{asOf}")
    + " DESC, found.validFrom <= {asOf} DESC,"
    " CASE WHEN found.validFrom <= {asOf} THEN duration.inDays(found.validFrom, {asOf}).days"
    " ELSE duration.inDays({asOf}, found.validFrom).days END, found.id"
    " WITH sent, at, head(collect({if_told:found})) AS picked{tell:picked}"
)
_BEARING = f"EXISTS {{ MATCH (picked)-[h:{any_status('HAS_IDENTIFIER')}]->(:Identifier {{id: 'ONS:' + sent}})"
_CODE_AT = f"(sent = picked.code AND NOT {_BEARING} }} OR {_BEARING} WHERE {at('h', '{asOf}')} }})"
_MATCH = (
    "CALL () { UNWIND range(0, size({choice:codes}) - 1) AS at WITH at, {choice:codes}[at] AS sent"
    f" CALL (sent) {{ CALL (sent) {{ {_FOUND} }} RETURN found UNION RETURN null AS found }} {_PICKED}"
    f" WITH sent, at, picked{{and:picked}}, coalesce({at('picked', '{asOf}')}, false) AS holds,"
    " coalesce(picked.validFrom > {asOf}, false) AS later"
    " CALL (picked, holds, later) {"
    " WITH picked, holds, later WHERE holds RETURN [{entity: picked}] AS paths"
    " UNION ALL WITH picked, holds, later WHERE picked IS NOT NULL AND NOT holds AND NOT later"
    f" RETURN COLLECT {{ {_reached(True)} }} AS paths"
    " UNION ALL WITH picked, holds, later WHERE later"
    f" RETURN COLLECT {{ {_reached(False)} }} AS paths"
    " UNION ALL WITH picked, holds, later WHERE picked IS NULL RETURN [] AS paths }"
    " WITH sent, at, picked{and:picked}, holds, later, paths,"
    " CASE WHEN later THEN picked.validFrom ELSE picked.validTo - duration('P1D') END AS day"
    " CALL (picked, paths, day) { WITH picked, paths, day WHERE size(paths) > 1"
    f" WITH picked, paths, day, COLLECT {{ {_practices('picked', 'day', '')} }} AS held"
    f" RETURN size(held) AS practices, [one IN paths | one {{.*, practices: size(COLLECT {{"
    f" WITH one.entity AS body {_practices('body', '{asOf}', ' AND p IN held')} }})}}] AS parts"
    " UNION ALL WITH picked, paths, day WHERE size(paths) <= 1 RETURN null AS practices, paths AS parts }"
    " WITH sent, at, picked, holds, later, practices,"
    " CASE WHEN any(one IN parts WHERE one.practices > 0) THEN [one IN parts WHERE one.practices > 0] ELSE parts END"
    " AS parts"
    " WITH * ORDER BY at"
    " RETURN collect({at: at, code: sent, subject: picked, practices: practices, parts: parts, kind: CASE"
    " WHEN picked IS NULL THEN 'UNKNOWN_CODE'"
    f" WHEN holds AND {_CODE_AT} THEN 'SAME' WHEN holds THEN 'RECODED'"
    " WHEN parts = [] AND later THEN 'NOT_YET' WHEN parts = [] THEN 'ENDED' WHEN later THEN 'BEFORE'"
    " WHEN size(parts) > 1 THEN 'SPLIT' WHEN parts[0].last.kind IN ['MERGER', 'ACQUISITION'] THEN 'MERGED'"
    " ELSE 'SUCCEEDED' END}) AS {node} }"
)


@strawberry.enum(description="What became of a code at another date.")
class RecastKind(Enum):
    """What became of a code at another date."""

    SAME = strawberry.enum_value("SAME", description="It was in use at the date, for the body given.")
    RECODED = strawberry.enum_value("RECODED", description="The same body bore another code at the date.")
    MERGED = strawberry.enum_value("MERGED", description="Its body was merged into or taken over by another.")
    SUCCEEDED = strawberry.enum_value("SUCCEEDED", description="Another body followed, in no way that has a name here.")
    SPLIT = strawberry.enum_value("SPLIT", description="Its body was divided among several, each with its share.")
    BEFORE = strawberry.enum_value("BEFORE", description="Its body began after the date; given are those it came of.")
    NOT_YET = strawberry.enum_value("NOT_YET", description="Its body began after the date and came of none we know.")
    ENDED = strawberry.enum_value("ENDED", description="Its body had ended by the date and none that we know followed.")
    UNKNOWN_CODE = strawberry.enum_value("UNKNOWN_CODE", description="Nothing with this code is held at any date.")


@record
class RecastPart:
    """A body that a code stands for at the date, wholly or in part."""

    entity: Entity = graph_field(Single("{item}.entity", "Entity"), "The body.")
    practices: int | None = value(
        "How many of the practices of the divided body belong to it at the date; null where none was divided.",
        "{item}.practices",
    )
    share: float | None = value(
        "Its share of all practices that the divided body had; null where it had none.", "{item}.share"
    )


@record
class RecastCode:
    """One of the codes that were sent, and what it is at the date."""

    code: str = value("The code as it was sent.", "{item}.code")
    kind: RecastKind = value("What became of it.", "{item}.kind")
    subject: Entity | None = graph_field(
        Single("{item}.subject", "Entity"), "What bore the code; null where nothing did."
    )
    practices: int | None = value(
        "How many practices a divided body had on its last day (on its first, where the date is earlier).",
        "{item}.practices",
    )
    parts: list[RecastPart] = graph_field(
        Listed(
            "RecastPart",
            "UNWIND [one IN {record}.parts | one {.*, share: CASE WHEN size({record}.parts) = 1 THEN 1.0"
            " WHEN {record}.practices > 0 THEN toFloat(one.practices) / {record}.practices END}] AS {item}",
            "{item}.entity.id",
        ),
        "What it stands for at the date; empty where it could not be placed.",
    )
    unplaced_practices: int | None = value(
        "How many practices of a divided body are in none of the parts: they closed, or went elsewhere.",
        "CASE WHEN size({item}.parts) > 1"
        " THEN {item}.practices - reduce(sum = 0, one IN {item}.parts | sum + one.practices) END",
    )


@record
class Recast:
    """Codes of any kind and vintage as they are at one date."""

    to: Date = value("The date.", "{asOf}")
    placed: list[RecastCode] = graph_field(
        Listed("RecastCode", "UNWIND {node} AS {item} WITH {item} WHERE {item}.parts <> []", ""),
        "The codes that could be placed, in the order in which they were sent.",
    )
    residue: list[RecastCode] = graph_field(
        Listed("RecastCode", "UNWIND {node} AS {item} WITH {item} WHERE {item}.parts = []", ""),
        "The codes that could not be placed, in the order in which they were sent; `kind` says why.",
    )


RECASTING = Root("Recast", _MATCH, clock="to", codes="codes")
