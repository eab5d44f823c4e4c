"""`postcode(code:)`: in which districts and systems a postcode lies, and which networks have practices near it.

A postcode is no organisation, and from where somebody lives it does not follow with whom they are registered. So
networks are candidates, by distance, and districts and systems are lists with shares, as exact as what is held allows.
"""

from enum import Enum

import strawberry

from cypher.statement import opening
from resolvers.concept import ArgumentKind, Embedded, Listed, RootRows, ScopedAbsences, Single
from schema.authorities import LocalAuthority
from schema.dates import at
from schema.description import RootField, graph_field, record, value
from schema.nearest import OriginPoint
from schema.networks import PrimaryCareNetwork
from schema.practices import GPPractice
from schema.provenance import Absence, Source
from schema.systems import IntegratedCareSystem

__all__ = ["POSTCODE", "CandidateNetwork", "Postcode", "PostcodeAuthority", "PostcodeBasis", "PostcodeSystem"]

_NEAR_METRES = 25_000
_CANDIDATES = 10
_COUNTRY = (
    "CASE left(listed.district, 1) WHEN 'E' THEN 'England' WHEN 'S' THEN 'Scotland' WHEN 'W' THEN 'Wales'"
    " WHEN 'N' THEN 'Northern Ireland' WHEN 'L' THEN 'the Channel Islands' WHEN 'M' THEN 'the Isle of Man'"
    " ELSE CASE WHEN basis = 'SAME_POSTCODE' THEN 'England' ELSE {choice:code}.country END END"
)
_NOTE = (
    "CASE WHEN basis = 'DIRECTORY' AND areas = [] THEN 'The postcode directory places it outside England.'"
    " WHEN basis = 'DIRECTORY' THEN 'Its district and its place are those that the postcode directory gives it.'"
    " WHEN basis = 'SAME_POSTCODE'"
    " THEN 'Its district and its place are those of what has this postcode (' + toString(bodies)"
    " + ' of the practices, trusts and networks that are held).'"
    " WHEN basis = 'OUTWARD_CODE' THEN 'Nothing that is held has this postcode. The districts are those of the '"
    " + toString(bodies) + ' practices, trusts and networks with ' + {choice:code}.outward"
    " + ', with shares of these; it may lie in another. The point is the middle of them.'"
    " WHEN listed IS NOT NULL THEN 'The postcode directory has it and gives it no place.'"
    " WHEN {choice:code}.country IS NOT NULL"
    " THEN 'Postcodes with these first letters lie in ' + {choice:code}.country + '.'"
    " ELSE 'Nothing that is held has this postcode or its first half.' END"
)
# What would settle it, where a postcode directory is loaded and where none is.
_MISSED = (
    "CASE WHEN directory IS NULL THEN 'A postcode directory: `icsgraph seed postcodes` loads that of the ONS.'"
    " WHEN listed IS NOT NULL THEN 'The postcode directory has it, and places it nowhere.'"
    " ELSE 'A newer postcode directory: that of ' + toString(directory.asAt) + ' does not have it.' END"
)
_UNPLACED = (
    "CASE WHEN areas <> [] AND basis <> 'OUTWARD_CODE' THEN []"
    f" WHEN NOT coalesce({_COUNTRY} = 'England', true)"
    f" THEN [['localAuthorities', 'NOT_APPLICABLE', null, 'It lies in ' + {_COUNTRY}"
    " + ': what is held is of England.']]"
    " WHEN {choice:code}.area IS NULL THEN [['localAuthorities', 'NONE_EXISTS', null,"
    " 'No postcode begins with these letters: check them.']]"
    # A directory also has those that were in use before.
    " ELSE [['localAuthorities', CASE WHEN listed IS NULL AND {asOf} <= directory.asAt THEN 'NONE_EXISTS'"
    f" ELSE 'NOT_PUBLISHED' END, null, {_MISSED}]] END"
)
# A district that was not there at the date.
_UNTIMELY = (
    f"[area IN areas WHERE NOT ({at('area.authority')}) | ['localAuthorities',"
    " CASE WHEN {asOf} < area.authority.validFrom AND area.authority.validFromPrecision = 'NO_LATER_THAN'"
    " THEN 'BEFORE_SOURCES' ELSE 'NONE_EXISTS' END, area.authority.validFrom,"
    " area.authority.name + ', in which it lies, is not in force at the date.']]"
)
_MATCH = (
    opening("finding/postcode")
    .replace("$code", "{choice:code}.code")
    .replace("$outward", "{choice:code}.outward")
    .replace("$known", "{known}")
    + f" WITH {{code: {{choice:code}}.code, basis: basis, here: here, areas: areas, sources: sources, note: {_NOTE},"
    f" precision: CASE WHEN basis = 'OUTWARD_CODE' THEN round(reach / 1000, 1) END, country: {_COUNTRY},"
    f" absences: {_UNPLACED} + {_UNTIMELY}}} AS {{item}}"
)
_AUTHORITIES = (
    "UNWIND {node}.areas AS area WITH area.authority AS authority, area.share AS share"
    " WHERE {lives:authority} WITH {authority: authority, share: share} AS {item}"
)
_SYSTEMS = (
    "UNWIND {node}.areas AS area WITH area.authority AS authority, area.share AS share"
    " MATCH (authority)-[lies:{types:AUTHORITY_IN}]->(board:Entity)-[of:{types:BOARD_OF}]->(system:Entity)"
    " WHERE {covers:lies} AND {covers:of}"
    " WITH system, sum(share * lies.share) AS share WITH {system: system, share: share} AS {item}"
)
_NETWORKS = (
    "MATCH (practice:{labels:GPPractice})"
    f" WHERE point.distance(practice.location, {{node}}.here) <= {_NEAR_METRES} AND {{covers:practice}}"
    " MATCH (practice)-[member:{types:MEMBER_OF}]->(network:Entity) WHERE {covers:member}"
    " WITH practice, network, point.distance(practice.location, {node}.here) AS metres"
    " ORDER BY metres, practice.id"
    " WITH network, head(collect(practice)) AS practice, min(metres) AS metres"
    f" ORDER BY metres, network.id LIMIT {_CANDIDATES}"
    " WITH {network: network, practice: practice, metres: metres} AS {item}"
)


@strawberry.enum(description="By what the place of a postcode is known.")
class PostcodeBasis(Enum):
    """By what the place of a postcode is known."""

    DIRECTORY = strawberry.enum_value("DIRECTORY", description="The ONS postcode directory has it.")
    SAME_POSTCODE = strawberry.enum_value(
        "SAME_POSTCODE", description="A practice, trust or network has this very postcode."
    )
    OUTWARD_CODE = strawberry.enum_value(
        "OUTWARD_CODE",
        description="Practices, trusts or networks have its first half; they lie near it, and it may lie in none of"
        " their districts.",
    )


@record
class PostcodeAuthority:
    """A district in which a postcode lies, or may lie."""

    authority: LocalAuthority = graph_field(Single("{item}.authority", "LocalAuthority"), "The district.")
    share: float = value(
        "1 where the postcode is known to lie in it; else the share of the practices, trusts and networks with its"
        " first half that do.",
        "round({item}.share, 4)",
    )


@record
class PostcodeSystem:
    """An integrated care system in which a postcode lies, or may lie."""

    system: IntegratedCareSystem = graph_field(Single("{item}.system", "IntegratedCareSystem"), "The system.")
    share: float = value(
        "The share of the district that lies in the system, by its LSOAs of 2021: 1 where all of it does. Of several"
        " districts, each counts by its own share.",
        "round({item}.share, 4)",
    )


@record
class CandidateNetwork:
    """A primary care network with a practice near a postcode: nobody is in it by living there."""

    network: PrimaryCareNetwork = graph_field(Single("{item}.network", "PrimaryCareNetwork"), "The network.")
    practice: GPPractice = graph_field(
        Single("{item}.practice", "GPPractice"), "That of its practices that is nearest."
    )
    distance_kilometres: float = value(
        "How far that practice is from `point` in a straight line, in kilometres.", "round({item}.metres / 1000, 1)"
    )
    basis: str = value(
        "Why it is a candidate, and what the distance is between, in words.",
        "CASE {node}.basis WHEN 'OUTWARD_CODE'"
        " THEN 'Its nearest practice, from the middle of what has the first half of the postcode.'"
        " ELSE 'Its nearest practice, from the postcode itself.' END",
    )


@record
class Postcode:
    """Where a postcode lies at the date, by what that is known, and what is near."""

    code: str = value("The postcode, in capitals and with its space.", "{item}.code")
    basis: PostcodeBasis | None = value("By what its place is known; null where it is not.", "{item}.basis")
    note: str = value("The same in words, with how exact it is.", "{item}.note")
    country: str | None = value("The country in which it lies, where that is known.", "{item}.country")
    point: OriginPoint | None = graph_field(
        Embedded("OriginPoint", unless="{item}.here.latitude"),
        "Where it is, or the middle of what has its first half; null where that is not known.",
    )
    precision_kilometres: float | None = value(
        "How far what has its first half lies from `point` at most, in kilometres; null where `point` is its own.",
        "{item}.precision",
    )
    local_authorities: list[PostcodeAuthority] = graph_field(
        Listed("PostcodeAuthority", _AUTHORITIES, "{item}.share DESC, {item}.authority.id"),
        "The districts in which it lies or may lie, the likeliest first.",
    )
    systems: list[PostcodeSystem] = graph_field(
        Listed("PostcodeSystem", _SYSTEMS, "{item}.share DESC, {item}.system.id", aggregates=True),
        "The integrated care systems in which it lies or may lie, with shares.",
    )
    candidates: list[CandidateNetwork] = graph_field(
        Listed("CandidateNetwork", _NETWORKS, "{item}.metres, {item}.network.id", aggregates=True, price=_CANDIDATES),
        f"The {_CANDIDATES} networks with the nearest practices, the nearest first, within"
        f" {_NEAR_METRES // 1000} kilometres. Which of them is somebody's depends on the practice that they are"
        " registered with.",
    )
    sources: list[Source] = graph_field(
        Listed("Source", "MATCH ({item}:Source) WHERE {item}.code IN {node}.sources", "{item}.code"),
        "By which sources its place is known.",
    )
    absent: list[Absence] = graph_field(
        ScopedAbsences((("AUTHORITY_IN", "systems"), ("MEMBER_OF", "candidates")), rows="{item}.absences"),
        "What is not known of it at the date, and why.",
    )


POSTCODE = RootField(
    "postcode",
    Postcode,
    "Where a postcode lies at the date: its districts and systems as exactly as is known, and the networks near it.",
    RootRows("Postcode", _MATCH, (("code", ArgumentKind.POSTCODE),), is_one=True),
    {"code": (str, "A whole postcode; spaces and small letters make no difference.")},
    ("code",),
)
