"""The root of mutations: the least that lets a service manager put things right.

Each takes one input object, writes one change set, and shows what came of it: the thing that was written, and the
coverage that was gained and lost.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from resolvers.concept import Embedded, Listed, Single, Written
from schema.agreements import Agreement, AgreementKind
from schema.description import graph_field, interface, record, value
from schema.knowledge import Eligibility, KnowledgeService
from schema.links import CoverageExtent, CoverageRule, StaffGroup, Terms
from schema.provenance import ChangeSet, Entity, Precision, Source, Validity
from schema.query import arguments, schema_field
from schema.scalars import Date

__all__ = ["CoverageChange", "WriteResult", "mutation_type"]

_FOUND = "head(COLLECT { MATCH (m:Entity {id: {item}.%s}) WHERE m.validFrom IS NOT NULL RETURN m })"
_SET = "head(COLLECT { MATCH (c:ChangeSet {sequence: {item}.number}) RETURN c.%s })"
_FIRST: Mapping[str, tuple[Any, str]] = {"first": (int, "How many at most, in the order of the subjects' codes.")}


@strawberry.enum(description="What of a thing is taken back.")
class WithdrawnPart(Enum):
    """What of a thing is taken back."""

    EVERYTHING = strawberry.enum_value(
        "EVERYTHING", description="The thing itself, with what was recorded together with it: it never was so."
    )
    ENDING = strawberry.enum_value("ENDING", description="Only that it ended: it goes on as before.")


@strawberry.input(description="What a fact rests on: a page or a document, of a date. It becomes a source.")
class EvidenceInput:
    """What a fact rests on."""

    publisher: str = strawberry.field(description="Who published the page or wrote the document.")
    date: Date = strawberry.field(description="Its date.")
    date_precision: Precision | None = strawberry.field(
        default=strawberry.UNSET, description="How exactly that is known; DAY if left out."
    )
    url: str | None = strawberry.field(
        default=strawberry.UNSET, description="Where it is to be read. This or `documentTitle` is needed."
    )
    document_title: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is called. This or `url` is needed."
    )
    licence: str | None = strawberry.field(
        default=strawberry.UNSET, description="The licence under which it is published, where one is stated."
    )


@strawberry.input
class WriteInput:
    """What every mutation takes."""

    evidence: EvidenceInput = strawberry.field(description="What it rests on.")
    idempotency_key: str = strawberry.field(
        description="A text made anew for each thing that is to be written, such as a UUID: sent again with the same"
        " input it gives the first result and writes nothing; with another input it is refused."
    )
    if_sequence: int | None = strawberry.field(
        default=strawberry.UNSET, description="Write only if the graph is at this sequence still."
    )
    dry_run: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether to show what would come of it and write nothing."
    )


@strawberry.input
class LifeInput:
    """When something holds."""

    from_: Date = strawberry.field(name="from", description="The first day on which it holds.")
    from_precision: Precision | None = strawberry.field(
        default=strawberry.UNSET, description="How exactly that is known; DAY if left out."
    )
    to: Date | None = strawberry.field(
        default=strawberry.UNSET, description="The first day on which it no longer holds; open if left out."
    )
    to_precision: Precision | None = strawberry.field(
        default=strawberry.UNSET, description="How exactly that is known; DAY if left out."
    )


@strawberry.input
class StatementInput(LifeInput):
    """Whom a service serves."""

    service: str = strawberry.field(description="The code of the knowledge service.")
    group: StaffGroup = strawberry.field(description="The group of staff.")
    area: str = strawberry.field(
        description="The ODS or ONS code of the local authority, integrated care board, sub-ICB location or trust."
    )
    terms: Terms | None = strawberry.field(default=strawberry.UNSET, description="On which terms; UNKNOWN if left out.")
    quote: str | None = strawberry.field(default=strawberry.UNSET, description="The evidence's own words.")
    name: str | None = strawberry.field(
        default=strawberry.UNSET, description="What to call it; made of service, group and area if left out."
    )


@strawberry.input(description="An agreement by which a knowledge service serves others than its host.")
class RecordAgreementInput(StatementInput, WriteInput):
    """An agreement to record."""

    kind: AgreementKind = strawberry.field(description="By which route.")


@strawberry.input(description="Whom a knowledge service's own page or document says it serves.")
class RecordEligibilityInput(StatementInput, WriteInput):
    """An eligibility to record."""

    note: str | None = strawberry.field(default=strawberry.UNSET, description="What else is known of it.")


@strawberry.input(description="A knowledge and library service that is not held yet.")
class RecordKnowledgeServiceInput(LifeInput, WriteInput):
    """A service to record."""

    name: str = strawberry.field(description="Its name.")
    host: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The ODS code of the trust that hosts it, or the code of a host that is none.",
    )
    town: str | None = strawberry.field(default=strawberry.UNSET, description="The town where it is.")
    website: str | None = strawberry.field(default=strawberry.UNSET, description="Its website.")
    serves: str | None = strawberry.field(default=strawberry.UNSET, description="Whom it serves, in words.")
    limits: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it does not do, or for whom, in words."
    )
    note: str | None = strawberry.field(default=strawberry.UNSET, description="What else is known of it.")


@strawberry.input(description="The end of an agreement, whoever said that there is one.")
class EndAgreementInput(WriteInput):
    """The end of an agreement."""

    agreement: str = strawberry.field(description="The code of the agreement.")
    to: Date = strawberry.field(description="The first day on which it no longer holds.")
    to_precision: Precision | None = strawberry.field(
        default=strawberry.UNSET, description="How exactly that is known; DAY if left out."
    )


@strawberry.input(description="What was recorded by these mutations in error; what has ended is ended, not withdrawn.")
class WithdrawInput(WriteInput):
    """An error to take back."""

    id: strawberry.ID = strawberry.field(
        description="The global id of the agreement, eligibility or knowledge service."
    )
    what: WithdrawnPart = strawberry.field(description="What of it is taken back.")


@record
class CoverageChange:
    """One coverage that was gained or lost, and for which time."""

    subject: Entity = graph_field(Single(_FOUND % "subject", "Entity"), "Who is covered.")
    service: KnowledgeService | None = graph_field(
        Single(_FOUND % "service", "KnowledgeService"), "By which service; null where that was withdrawn itself."
    )
    service_code: str = value("The code of the service.", "split({item}.service, ':')[1]")
    rule: CoverageRule = value("By which rule.", "{item}.rule")
    group: str = value("The group of staff.", "{item}.group")
    terms: Terms = value("On which terms.", "toUpper({item}.terms)")
    extent: CoverageExtent = value("Whether all of the subject is covered.", "coalesce({item}.extent, 'WHOLE')")
    share: float | None = value(
        "The share of the network's practices that is covered; null where the subject is no network.", "{item}.share"
    )
    validity: Validity = graph_field(Embedded("Validity"), "From when to when it was gained or lost.")


@interface
class WriteResult:
    """What came of a mutation; of a dry run, what would come of it."""

    sequence: int | None = value("The number of the change set; null for a dry run.", "{item}.sequence")
    is_dry_run: bool = value("Whether nothing was written.", "{item}.isDryRun")
    is_repeated: bool = value(
        "Whether it was written before, under the same idempotency key; this is the first result then.",
        "{item}.isRepeated",
    )
    change_set: ChangeSet | None = graph_field(
        Single("head(COLLECT { MATCH (m:ChangeSet {sequence: {item}.sequence}) RETURN m })", "ChangeSet"),
        "The change set; null for a dry run.",
    )
    opened: int = value("How many facts it opened, those that follow by rules included.", _SET % "opened")
    amended: int = value("How many facts it corrected.", _SET % "amended")
    closed: int = value("How many facts it ended.", _SET % "closed")
    withdrawn: int = value("How many facts it took back as errors.", _SET % "withdrawn")
    source: Source = graph_field(
        Single(
            "head(COLLECT { MATCH (c:ChangeSet {sequence: {item}.number}) MATCH (m:Source {code: c.source})"
            " RETURN m })",
            "Source",
        ),
        "The source that the evidence became.",
    )
    coverage_gained: list[CoverageChange] = graph_field(
        Listed("CoverageChange", "UNWIND {node}.gained AS {item}", "", limit_argument="first"),
        "The coverage by local services that was gained.",
    )
    coverage_gained_count: int = value("How many of those there are.", "size({item}.gained)")
    coverage_lost: list[CoverageChange] = graph_field(
        Listed("CoverageChange", "UNWIND {node}.lost AS {item}", "", limit_argument="first"),
        "The coverage by local services that was lost.",
    )
    coverage_lost_count: int = value("How many of those there are.", "size({item}.lost)")


@record
class AgreementWritten(WriteResult):
    """An agreement that was recorded or ended."""

    agreement: Agreement | None = graph_field(
        Single(_FOUND % "written", "Agreement"), "The agreement; null where it was withdrawn since."
    )


@record
class EligibilityWritten(WriteResult):
    """An eligibility that was recorded."""

    eligibility: Eligibility | None = graph_field(
        Single(_FOUND % "written", "Eligibility"), "The eligibility; null where it was withdrawn since."
    )


@record
class KnowledgeServiceWritten(WriteResult):
    """A knowledge service that was recorded."""

    knowledge_service: KnowledgeService | None = graph_field(
        Single(_FOUND % "written", "KnowledgeService"), "The service; null where it was withdrawn since."
    )


@record
class Withdrawal(WriteResult):
    """Something that was taken back."""

    withdrawn_id: strawberry.ID = value("The global id of what it is about.", "{item}.written", "global_id")
    entity: Entity | None = graph_field(
        Single(_FOUND % "written", "Entity"), "What is left of it; null where nothing is."
    )


_MUTATIONS: tuple[tuple[str, Any, Any, str], ...] = (
    (
        "recordAgreement",
        RecordAgreementInput,
        AgreementWritten,
        "Record that a knowledge service agreed to serve a group of staff of an area or body.",
    ),
    ("endAgreement", EndAgreementInput, AgreementWritten, "Record that an agreement ended, or when it will end."),
    (
        "recordEligibility",
        RecordEligibilityInput,
        EligibilityWritten,
        "Record whom a knowledge service says it serves.",
    ),
    (
        "recordKnowledgeService",
        RecordKnowledgeServiceInput,
        KnowledgeServiceWritten,
        "Record a knowledge service that is not held yet.",
    ),
    (
        "withdraw",
        WithdrawInput,
        Withdrawal,
        "Take back something that was recorded here in error. What was true and ended is not an error: end it.",
    ),
)
_NEEDS = " Needs a key with the scope `coverage:write`; null, with an error, where it cannot be written."


def mutation_type() -> type:
    """Return the Mutation type."""

    @strawberry.type(
        description="What can be written, by POST and with a key. The fields of one mutation are written in order, each"
        " as a change set of its own."
    )
    class Mutation:
        pass

    for name in ("coverage_gained", "coverage_lost"):
        for holder in (WriteResult, AgreementWritten, EligibilityWritten, KnowledgeServiceWritten, Withdrawal):
            fields = holder.__strawberry_definition__.fields  # type: ignore[attr-defined]  # set by its decorator
            next(one for one in fields if one.python_name == name).arguments = arguments(_FIRST)
    made = Mutation.__strawberry_definition__.fields  # type: ignore[attr-defined]  # set by the decorator above
    for name, input_, returned, description in _MUTATIONS:
        made.append(
            schema_field(
                name,
                returned | None,
                description + _NEEDS,
                Written(returned.__name__),
                arguments({"input": (input_, "What to write.")}, ["input"]),
            )
        )
    return Mutation
