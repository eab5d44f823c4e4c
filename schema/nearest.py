"""`nearest(to:, kind:)`: what of a kind is nearest to a body, an area, a point or a postcode, in a straight line."""

from enum import Enum

import strawberry

from cypher.statement import opening
from resolvers.concept import ArgumentKind, Embedded, Listed, RootRows, ScopedAbsences, Single
from schema.description import RootField, graph_field, record, value
from schema.provenance import Absence, Entity
from schema.subject import ABSENT, SUBJECT

__all__ = ["NEAREST", "LocatedKind", "Nearby", "NearbyEntity", "Origin", "OriginPoint", "PointInput"]

_KINDS = ("GPPractice", "PrimaryCareNetwork", "NHSTrust", "KnowledgeService")
_NEAR_METRES = 25_000  # within which the point index is asked first
_BEST = "WITH node, metres WHERE metres IS NOT NULL ORDER BY metres, node.id LIMIT {choice:first}"


def _each(branch: str) -> str:
    """Return the text for whichever kind was asked for: a label can't be a parameter, so each has its branch."""
    return " UNION ALL ".join(
        f"WITH here WHERE {{choice:kind}} = '{kind}' AND here IS NOT NULL {branch.replace('*', kind)}"
        for kind in _KINDS
    )


# Today's are found by the point index, and all of them measured only where too few are near.
_NEAR = _each(
    f"MATCH (node:*) WHERE point.distance(node.location, here) <= {_NEAR_METRES}"
    " RETURN node, point.distance(node.location, here) AS metres"
)
_FAR = _each("MATCH (node:*) RETURN node, point.distance(node.location, here) AS metres")
_NOW = (
    f"CALL (here, known) {{ CALL (here) {{ {_NEAR} }} WITH node, metres WHERE node <> known OR known IS NULL"
    f" {_BEST} RETURN collect([node, metres]) AS near }} "
    "CALL (here, known, near) { UNWIND CASE WHEN size(near) < {choice:first} THEN [1] ELSE [] END AS few"
    f" CALL (here) {{ {_FAR} }} WITH node, metres WHERE node <> known OR known IS NULL"
    f" {_BEST} RETURN collect([node, metres]) AS everywhere }} "
    "WITH *, CASE WHEN size(near) < {choice:first} THEN everywhere ELSE near END AS found "
)
# At another date each is where it was then.
_DATED = _each(
    "MATCH (node:{labels:*}) WHERE node.validFrom <= {asOf} AND coalesce({asOf} < node.validTo, true)"
    " RETURN node, point.distance(coalesce(head(COLLECT { MATCH (node)-[:HAS_STATE]->(state)"
    " WHERE state.validFrom <= {asOf} AND {asOf} < state.validTo RETURN state }), {life:node}).location, here)"
    " AS metres"
)
_THEN = (
    f"CALL (here, known) {{ CALL (here) {{ {_DATED} }} WITH node, metres WHERE node <> known OR known IS NULL"
    f" {_BEST} RETURN collect([node, metres]) AS found }} "
)
_HERE = (
    SUBJECT.replace("{node}", "asked").replace("{code}", "{choice:to}.code")
    + " WITH kasked{and:kasked}, asked "
    + "CALL (asked) { "
    + opening("finding/where").replace("$subject", "asked.id").replace("$asOf", "{asOf}")
    + " RETURN collect([here, practices]) AS places } "
    "CALL () { UNWIND CASE WHEN {choice:to}.postcode IS NULL THEN [] ELSE [1] END AS one "
    + opening("finding/postcode")
    .replace("$code", "{choice:to}.postcode.code")
    .replace("$outward", "{choice:to}.postcode.outward")
    .replace("$known", "{known}")
    + " RETURN collect({here: here, basis: basis, kilometres: round(reach / 1000, 1)}) AS posted } "
    "WITH kasked{and:kasked}, asked, asked AS known, posted[0] AS posted,"
    " CASE WHEN {choice:to}.postcode IS NOT NULL THEN posted[0].here"
    " WHEN {choice:to}.latitude IS NULL THEN places[0][0]"
    " ELSE point({latitude: {choice:to}.latitude, longitude: {choice:to}.longitude}) END AS here,"
    " places[0][1] AS practices "
)
_BASIS = (
    "CASE WHEN here IS NULL THEN null"
    " WHEN posted.basis = 'DIRECTORY' THEN 'From where the postcode directory places it.'"
    " WHEN posted.basis = 'SAME_POSTCODE' THEN 'From where what has this postcode is.'"
    " WHEN posted IS NOT NULL THEN 'From the middle of what has its first half: that lies up to '"
    " + toString(posted.kilometres) + ' kilometres off.' WHEN asked IS NULL THEN 'From the point that was sent.'"
    " WHEN practices = 1 THEN 'From its one practice with a known location.'"
    " WHEN practices > 0 THEN 'From the middle of its ' + toString(practices) + ' practices with a known location.'"
    " WHEN split(asked.id, ':')[0] = 'PrimaryCareNetwork'"
    " THEN 'From its administrative address, as no practice of it has a known location.'"
    " ELSE 'From where it is.' END"
)
_NO_ORIGIN = (
    "CASE WHEN here IS NOT NULL THEN []"
    " WHEN {choice:to}.postcode IS NOT NULL THEN [['hits', CASE WHEN {choice:to}.postcode.country IS NULL"
    " THEN 'NOT_PUBLISHED' ELSE 'NOT_APPLICABLE' END, null,"
    " 'What places it on the map: ask postcode(code:) why nothing does.']]"
    " WHEN asked IS NOT NULL THEN [['hits', 'NOT_PUBLISHED', null,"
    " 'A source that places it, or one of its practices, on the map.']] ELSE "
    + ABSENT.replace("{node}", "asked").replace("'subject'", "'from'")
    + " END"
)
_OBJECT = (
    f"WITH {{from: asked, here: here, basis: {_BASIS}, absent: {_NO_ORIGIN},"
    " hits: [one IN found | {node: one[0], metres: one[1]}]} AS {item}"
)


@strawberry.enum(description="A kind of thing that has a place on the map.")
class LocatedKind(Enum):
    """A kind of thing that has a place on the map."""

    GP_PRACTICE = strawberry.enum_value("GPPractice", description="General practices, by their postcodes.")
    PRIMARY_CARE_NETWORK = strawberry.enum_value(
        "PrimaryCareNetwork", description="Primary care networks, by their administrative addresses."
    )
    NHS_TRUST = strawberry.enum_value("NHSTrust", description="NHS trusts, by the postcodes of their headquarters.")
    KNOWLEDGE_SERVICE = strawberry.enum_value(
        "KnowledgeService", description="Knowledge and library services, each where its host is."
    )


@strawberry.input(description="A point on the map, in WGS 84.")
class PointInput:
    """A point on the map, in WGS 84."""

    latitude: float = strawberry.field(description="Degrees north, -90 to 90.")
    longitude: float = strawberry.field(description="Degrees east, -180 to 180.")


@strawberry.input(description="From where distances are measured: one of these.", one_of=True)
class Origin:
    """From where distances are measured."""

    code: strawberry.Maybe[str] = strawberry.field(description="An ODS or ONS code.", default=None)
    point: strawberry.Maybe[PointInput] = strawberry.field(description="A point.", default=None)
    postcode: strawberry.Maybe[str] = strawberry.field(description="A whole postcode.", default=None)


@record
class OriginPoint:
    """The point that distances are measured from, in WGS 84."""

    latitude: float = value("Degrees north.", "{item}.here.latitude")
    longitude: float = value("Degrees east.", "{item}.here.longitude")


@record
class NearbyEntity:
    """One of those that are nearest, with its distance."""

    node: Entity = graph_field(Single("{item}.node", "Entity"), "What is near.")
    distance_kilometres: float = value(
        "How far it is in a straight line, in kilometres.", "round({item}.metres / 1000, 1)"
    )


@record
class Nearby:
    """What of a kind is nearest to somewhere at the date."""

    from_: Entity | None = graph_field(
        Single("{item}.from", "Entity"),
        "What bears the code that was sent, at the date; null for a point or postcode, or where nothing does.",
        name="from",
    )
    point: OriginPoint | None = graph_field(
        Embedded("OriginPoint", unless="{item}.here.latitude"),
        "From where distances are measured; null where that is not known.",
    )
    basis: str | None = value("What point that is, in words; null where there is none.", "{item}.basis")
    hits: list[NearbyEntity] = graph_field(
        Listed("NearbyEntity", "UNWIND {record}.hits AS {item}", "{item}.metres, {item}.node.id"),
        "Those that are nearest, the nearest first; what distances are measured from is not among them.",
    )
    absent: list[Absence] = graph_field(
        ScopedAbsences(rows="{item}.absent"), "Why there is nothing to measure from, where there is not."
    )


NEAREST = RootField(
    "nearest",
    Nearby,
    "What of a kind is nearest to a body, an area, a point or a postcode at the date, by distance in a straight line.",
    RootRows(
        "Nearby",
        _HERE + _THEN + _OBJECT,
        (("to", ArgumentKind.PLACE), ("kind", ArgumentKind.CHOICE), ("first", ArgumentKind.LIMIT)),
        now=_HERE + _NOW + _OBJECT,
        is_one=True,
    ),
    {
        "to": (Origin, "From where distances are measured."),
        "kind": (LocatedKind, "What is looked for."),
        "first": (int, "How many at most."),
    },
    ("to", "kind"),
)
