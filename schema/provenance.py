"""What every fact carries: when it holds, on what standing, by which sources, and what is not known of it."""

from enum import Enum
from typing import Any

import strawberry

from resolvers.concept import ArgumentKind, Column, Embedded, Listed, ScopedAbsences, SequenceValue
from schema.description import concept, graph_field, interface, record, value
from schema.scalars import Date, DateTime

__all__ = [
    "SOURCES",
    "Absence",
    "AbsenceReason",
    "ChangeSet",
    "Entity",
    "Node",
    "Precision",
    "Source",
    "Standing",
    "Validity",
]


@strawberry.enum(description="How exactly a date is known.")
class Precision(Enum):
    """How exactly a date is known."""

    DAY = strawberry.enum_value("DAY", description="The day itself is stated.")
    MONTH = strawberry.enum_value("MONTH", description="The month is stated; the date is its first day.")
    YEAR = strawberry.enum_value("YEAR", description="The year is stated; the date is its first day.")
    NO_LATER_THAN = strawberry.enum_value(
        "NO_LATER_THAN", description="It was so when an extract of this date was made; since when is not stated."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="No source gives a date; the date shown only bounds it.")


@strawberry.enum(description="On what a fact stands.")
class Standing(Enum):
    """On what a fact stands."""

    PUBLISHED = strawberry.enum_value("PUBLISHED", description="A source says it.")
    STATUTORY = strawberry.enum_value("STATUTORY", description="The law says that one exists.")
    DERIVED = strawberry.enum_value("DERIVED", description="A rule made it from other facts; `rule` names the rule.")


@strawberry.enum(description="Why something is not there.")
class AbsenceReason(Enum):
    """Why something is not there."""

    NOT_PUBLISHED = strawberry.enum_value("NOT_PUBLISHED", description="No source that we know states it.")
    SOURCE_STALE = strawberry.enum_value(
        "SOURCE_STALE", description="The only evidence is too old to speak for the date."
    )
    CONTRADICTED = strawberry.enum_value("CONTRADICTED", description="Sources disagree.")
    NOT_APPLICABLE = strawberry.enum_value("NOT_APPLICABLE", description="It does not apply to this.")
    NONE_EXISTS = strawberry.enum_value("NONE_EXISTS", description="There was none at the date, and that is known.")
    BEFORE_SOURCES = strawberry.enum_value(
        "BEFORE_SOURCES", description="The date lies before the first at which our sources speak."
    )


@record
class Validity:
    """When something held in the world.

    From the first day to the day after the last, with how exactly each is known.
    """

    from_: Date = value("The first day on which it held.", "{record}.validFrom", name="from")
    from_precision: Precision = value("How exactly the first day is known.", "{record}.validFromPrecision")
    to: Date | None = value("The first day on which it no longer held; null while it is open.", "{record}.validTo")
    to_precision: Precision | None = value("How exactly the end is known.", "{record}.validToPrecision")


@record
class Absence:
    """Something that is not there, and why."""

    field: str = graph_field(Column(0), "The field of this object that it is about.")
    reason: AbsenceReason = graph_field(Column(1), "Why it is not there.")
    since: Date | None = graph_field(Column(2), "The first date at which sources speak of it, where that is known.")
    settles: str | None = graph_field(Column(3), "What would settle it.")


@concept(
    singular="source",
    plural="sources",
    by=(("code", ArgumentKind.SLUG),),
    title="source",
    is_timeless=True,
    order="{node}.code",
)
class Source:
    """Where facts are from: one publication or extract, with its publisher, licence and date."""

    code: str = value("Its code here.", "{item}.code")
    series: str = value("The series of which this is one issue.", "{item}.series")
    publisher: str = value("Who publishes it.", "{item}.publisher")
    title: str = value("Its title.", "{item}.title")
    url: str | None = value("Where its publisher offers it.", "{item}.url")
    licence: str = value("The licence under which it is published.", "{item}.licence")
    as_at: Date | None = value("The date as at which it speaks.", "{item}.asAt")
    date_read: Date | None = value("The day on which it was read.", "{item}.dateRead")
    sha256: str | None = value("The SHA-256 of the file that was read, in hexadecimal.", "{item}.sha256")


@concept(
    singular="changeSet",
    plural="changeSets",
    by=(("sequence", ArgumentKind.SEQUENCE),),
    title="change set",
    is_timeless=True,
    order="right('00000000000' + toString({node}.sequence), 12)",
)
class ChangeSet:
    """What was learnt at once from one source: one number of the graph's gapless sequence."""

    sequence: int = value("Its number, from 1 without gaps.", "{item}.sequence")
    source: str = value(
        "The code of the source, or what else caused it; `CALENDAR` where the day alone did.",
        "coalesce({item}.source, {item}.kind)",
    )
    recorded_at: DateTime = value("When it was recorded.", "{item}.recordedAt")
    opened: int = value("How many facts it opened.", "{item}.opened")
    amended: int = value("How many facts it corrected.", "{item}.amended")
    closed: int = value("How many facts it ended.", "{item}.closed")
    withdrawn: int = value("How many facts it took back as errors.", "{item}.withdrawn")
    moved: int = value(
        "How many facts began or ended to hold because their day came; they were known before.",
        "coalesce({item}.moved, 0)",
    )
    by: str | None = value("The name of the key with which it was written; null where it was loaded.", "{item}.by")
    operation: str | None = value("The mutation that wrote it; null where it was loaded.", "{item}.operation")


SOURCES = Listed("Source", "MATCH ({item}:Source) WHERE {item}.code IN {record}.sources", "{item}.code")


@interface
class Node:
    """Anything with a global id."""

    id: strawberry.ID = value("Its global id, opaque and stable.", "{node}.id", "global_id")


@interface
class Entity(Node):
    """Anything of the field that has a life: an organisation, an area, a service, an agreement."""

    code: str = value(
        "Its code: that of the NHS or ONS where there is one, else one of ours. It never changes.", "{node}.code"
    )
    name: str = value("Its name at the date.", "{values}.name")
    validity: Validity = graph_field(Embedded("Validity", anchor="node"), "Its life.")
    standing: Standing = value("On what its existence stands.", "{node}.standing")
    rule: str | None = value("The rule that made it, where it is derived.", "{node}.rule")
    sources: list[Source] = graph_field(SOURCES, "Where its values are from.")
    absent: list[Absence] = graph_field(
        ScopedAbsences(stored="{values}.absences"), "What is not known of it at the date, and why."
    )


def frame(name: str, description: str) -> Any:
    """Return a field that is part of every answer's frame: the graph's sequence, its span, the date asked for."""
    return graph_field(SequenceValue(name), description)
