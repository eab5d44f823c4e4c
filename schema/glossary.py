"""The words of the field, each with the page that explains it."""

from resolvers.concept import ArgumentKind
from schema.description import concept, graph_field, value
from schema.provenance import SOURCES, Precision, Source
from schema.scalars import Date

__all__ = ["Term"]


@concept(
    singular="term",
    plural="glossary",
    by=(("code", ArgumentKind.SLUG),),
    title="term",
    is_timeless=True,
    order="{node}.code",
)
class Term:
    """A word of the field: what it means, and the page that explains it. Like a source it has no life of its own."""

    code: str = value("Its code, the term in small letters with hyphens.", "{item}.code")
    name: str = value("The term.", "{item}.name")
    abbreviation: str | None = value("Its abbreviation.", "{item}.abbreviation")
    definition: str = value("What it means.", "{item}.definition")
    concept: str | None = value("The type of this schema that it names, where there is one.", "{item}.concept")
    url: str = value("The page that explains it.", "{item}.url")
    page_date: Date | None = value("The date of that page; null where it has none.", "{item}.pageDate")
    page_date_precision: Precision | None = value("How exactly that date is known.", "{item}.pageDatePrecision")
    sources: list[Source] = graph_field(SOURCES, "Where the entry is from.")
