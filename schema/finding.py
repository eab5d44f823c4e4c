"""`organisation`, `organisations` and `area`: bodies by the codes that they bore at a date, of whichever concept.

A code may have been that of several bodies in turn (D4U1Y was a clinical commissioning group, then a sub-ICB
location): the one in force at the date is meant, else the last before it, else the first after it.
"""

from collections.abc import Iterable
from enum import Enum

import strawberry

from resolvers.concept import ArgumentKind, EntityList, Lookup, RootRows, Single
from schema.dates import at
from schema.description import ConceptDeclaration, RootField, graph_field, record, value
from schema.provenance import Entity
from schema.scalars import Date

__all__ = ["FoundOrganisation", "OrganisationReason", "organisation_fields"]

_SENTINELS = (("U", "stands on the practice map for practices in no primary care network: it is no organisation"),)
# Read once, and of a past knowledge from what was held then.
_READ = "{tell:{it}} WITH {it}{and:{it}}, {it}.id AS id, {it}.validFrom AS began, {it}.validTo AS ended"
_HOLDS = "began <= {asOf} AND coalesce({asOf} < ended, true)"
_ORDER = f"ORDER BY {_HOLDS} DESC, began <= {{asOf}} DESC, abs(duration.inDays(began, {{asOf}}).days), id"
_KIND = "split(id, ':')[0]"
_FOUND = f"RETURN head(collect({{body: one, kind: {_KIND}, holds: {_HOLDS}, begun: began <= {{asOf}}}}))"
_EACH = "UNWIND range(0, size({choice:odsCodes}) - 1) AS at WITH at, {choice:odsCodes}[at] AS code"
_TOLD = (
    "WITH at, {code: code, body: found.body, kind: found.kind, reason: CASE"
    f" WHEN code IN {[code for code, _ in _SENTINELS]} THEN 'SENTINEL' WHEN found IS NULL THEN 'UNKNOWN'"
    " WHEN found.holds THEN 'FOUND' WHEN found.begun THEN 'CLOSED'"
    " WHEN {life:found.body}.validFromPrecision = 'NO_LATER_THAN' THEN 'BEFORE_SOURCES' ELSE 'NOT_YET' END} AS {item}"
    " ORDER BY at"
)


@strawberry.enum(description="What comes of looking for an organisation by its code.")
class OrganisationReason(Enum):
    """What comes of looking for an organisation by its code."""

    FOUND = strawberry.enum_value("FOUND", description="It is in force at the date.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="Nothing with this code is held at any date.")
    CLOSED = strawberry.enum_value(
        "CLOSED", description="It ended before the date; `successors` are those that followed it."
    )
    NOT_YET = strawberry.enum_value("NOT_YET", description="It begins after the date.")
    BEFORE_SOURCES = strawberry.enum_value(
        "BEFORE_SOURCES", description="Sources first name it after the date and do not say since when it is."
    )
    SENTINEL = strawberry.enum_value(
        "SENTINEL", description="The code stands for no organisation: `U` on the practice map means in no network."
    )


@record
class FoundOrganisation:
    """What one of the codes that were sent led to; the entries stand in the order of the codes."""

    ods_code: str = value("The code as it was sent.", "{item}.code")
    organisation: Entity | None = graph_field(
        Single("CASE {item}.reason WHEN 'FOUND' THEN {item}.body END", "Entity", kind="{item}.kind"),
        "The body that bears the code at the date; null where `reason` is anything but FOUND.",
    )
    reason: OrganisationReason = value("What came of it.", "{item}.reason")
    since: Date | None = value(
        "Since when that is so: the first day of its life, or the first day after it; null where it is not known.",
        "CASE {item}.reason WHEN 'CLOSED' THEN {life:{item}.body}.validTo ELSE {life:{item}.body}.validFrom END",
    )
    successors: list[Entity] = graph_field(
        EntityList(
            "COLLECT { WITH {item}.body AS ended WHERE {item}.reason = 'CLOSED'"
            " MATCH (ended)-[followed:{types:SUCCEEDED_BY}]->(next:Entity) WHERE {covers:followed}"
            " RETURN DISTINCT next }",
            "Entity",
        ),
        "The bodies that had followed it by the date, one step on, where it had ended; they may have ended since.",
    )


def organisation_fields(declarations: Iterable[ConceptDeclaration]) -> tuple[RootField, ...]:
    """Return the root's fields that look for a code among all concepts."""
    coded = [one.name for one in declarations if ArgumentKind.ODS_CODE in {kind for _, kind in one.by}]
    nearest = f"{_READ} WHERE began IS NOT NULL AND {_KIND} IN {coded} WITH * {_ORDER}"
    bearer = f"MATCH ({{it}}:Entity {{code: {{sent}}}}){nearest}"
    each = f"{_EACH} CALL (code) {{ {bearer} {_FOUND} AS found }} {_TOLD}".replace("{sent}", "code")
    # In the graph's span labels say what is in force. Where that is one, as nearly always, nothing more is looked at.
    now = (
        f"{_EACH} CALL (code) {{ MATCH (one:Entity {{code: code}}) RETURN collect({{body: one,"
        f" kind: head([label IN labels(one) WHERE label IN {coded}]), holds: true}}) AS borne }}"
        " WITH at, code, borne, [it IN borne WHERE it.kind IS NOT NULL] AS held"
        " CALL (borne, held) { UNWIND CASE size(held) WHEN 1 THEN [] ELSE borne END AS it WITH it.body AS one"
        f"{nearest} {_FOUND} AS nearest }}"
        " WITH at, code, CASE size(held) WHEN 1 THEN held[0] ELSE nearest END AS found"
        f" {_TOLD}"
    )
    area = (
        "MATCH (:Identifier {id: {code}})<-[by:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-"
        f"({{node}}:Entity){_READ}, {at('by')} AS borne WHERE began IS NOT NULL"
        f" WITH * {_ORDER.replace('ORDER BY', 'ORDER BY borne DESC,')} LIMIT 1"
    ).replace("{it}", "{node}")
    return (
        RootField(
            "organisation",
            Entity | None,
            "The body that bears an ODS code at the date, of whichever concept; null where none does, with the reason"
            " in `extensions.absent`.",
            Lookup(
                "Entity",
                (("odsCode", ArgumentKind.BODY_CODE),),
                match=f"{bearer} LIMIT 1".replace("{it}", "{node}").replace("{sent}", "{code}"),
                called="organisation",
                sentinels=_SENTINELS,
            ),
            {"odsCode": (str, "Its code in the NHS Organisation Data Service.")},
            ("odsCode",),
        ),
        RootField(
            "organisations",
            list[FoundOrganisation],
            "What each of many ODS codes leads to at the date, in the order of the codes, with a reason for each miss.",
            RootRows(
                "FoundOrganisation",
                each.replace("{it}", "one"),
                (("odsCodes", ArgumentKind.BODY_CODES),),
                now=now.replace("{it}", "one"),
            ),
            {"odsCodes": (list[str], "Codes in the NHS Organisation Data Service; `U`, which is none, is understood.")},
            ("odsCodes",),
        ),
        RootField(
            "area",
            Entity | None,
            "The area, or the body of an area, that has an ONS code; a former code leads there too. Null where none is"
            " in force at the date, with the reason in `extensions.absent`.",
            Lookup("Entity", (("onsCode", ArgumentKind.ONS_CODE),), match=area, called="area"),
            {"onsCode": (str, "A code that it has or had at the Office for National Statistics.")},
            ("onsCode",),
        ),
    )
