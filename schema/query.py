"""The root of the schema.

For each concept one by code and all as a connection, and the questions that span concepts.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from keyword import iskeyword
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_snake_case

from resolvers.concept import ArgumentKind, Field, Lookup, Lookups, Root, RootConnection
from schema.belonging import Dimension
from schema.changes import FEED, FEED_PAGE
from schema.claims import Claim
from schema.comparison import COMPARISON, ComparedKind, Comparison
from schema.coverage import COVERAGE, Coverage
from schema.description import GRAPH, ConceptDeclaration
from schema.finding import organisation_fields
from schema.gaps import GAPS, CoverageGap, GapSubject
from schema.graph import Graph
from schema.history import UPCOMING
from schema.known_at import KnownAt
from schema.links import StaffGroup
from schema.nearest import NEAREST
from schema.postcodes import POSTCODE
from schema.provenance import Node
from schema.recasting import RECASTING, Recast
from schema.scalars import Date
from schema.search import search_fields
from schema.sifting import EntityFilter, EntityOrder, filter_type, sifted
from schema.summary import SUMMARY, CoverageSummary, SummaryDimension

__all__ = ["arguments", "facet_arguments", "link_arguments", "page_arguments", "query_type", "schema_field"]

PAGE_ARGUMENTS: Mapping[str, tuple[Any, str]] = {
    "first": (int, "How many rows at most, from the start or from `after`."),
    "after": (str, "The cursor after which the page begins."),
    "last": (int, "How many rows at most, back from the end or from `before`."),
    "before": (str, "The cursor before which the page ends."),
}
_AS_OF_ALONE = {"asOf": (Date, "The date that governs everything below; today in London if left out.")}
_KNOWN_AT = {
    "knownAt": (
        KnownAt,
        "What we held at a sequence or an instant, for everything below; what is held now if left out.",
    )
}
_AS_OF = {**_AS_OF_ALONE, **_KNOWN_AT}
_SIFTING: Mapping[str, tuple[Any, str]] = {
    "filter": (EntityFilter, "Which of them."),
    "orderBy": (EntityOrder, "How they are sorted; by code if left out."),
}
_CODES: Mapping[ArgumentKind, tuple[Any, str]] = {
    ArgumentKind.ODS_CODE: (str, "Its code in the NHS Organisation Data Service."),
    ArgumentKind.ONS_CODE: (str, "A code that it has or had at the Office for National Statistics."),
    ArgumentKind.SLUG: (str, "Its code as this service gives it."),
    ArgumentKind.SEQUENCE: (int, "Its number in the sequence."),
}


# Fields of declared classes that take arguments: class, field, arguments, those that are needed.
_ARGUMENTS: tuple[tuple[Any, str, Mapping[str, tuple[Any, str]], tuple[str, ...]], ...] = (
    (Coverage, "nearest", {"first": (int, "How many services at most.")}, ()),
    (CoverageGap, "nearest", {"first": (int, "How many services at most.")}, ()),
    (Graph, "counts", _AS_OF_ALONE, ()),
)


def page_arguments() -> list[StrawberryArgument]:
    """Return the arguments of a connection below the root, which the type Query describes."""
    return arguments(_plain(PAGE_ARGUMENTS))


def link_arguments() -> list[StrawberryArgument]:
    """Return the arguments of a connection that follows a relationship."""
    return arguments(_plain({**PAGE_ARGUMENTS, **_SIFTING}))


def _plain(described: Mapping[str, tuple[Any, str]]) -> Mapping[str, tuple[Any, str]]:
    """Return the same without their words: arguments that many fields have are described once, by the type Query.

    Printed they take one line instead of one each and their words.
    """
    return {name: (kind, "") for name, (kind, _) in described.items()}


def facet_arguments() -> list[StrawberryArgument]:
    """Return the arguments of `facets`."""
    return arguments({"by": (Dimension, "")}, ["by"])


def arguments(
    described: Mapping[str, tuple[Any, str]], required: Iterable[str] = (), defaults: Mapping[str, Any] = {}
) -> list[StrawberryArgument]:
    """Return the arguments of a field; those not `required` may be left out, and some have `defaults`."""
    needed = set(required)
    return [
        StrawberryArgument(
            python_name=to_snake_case(name) + ("_" if iskeyword(name) else ""),
            graphql_name=name,
            type_annotation=_annotation(kind if name in needed else kind | None),
            description=description or None,
            **({} if name in needed else {"default": defaults.get(name, strawberry.UNSET)}),
        )
        for name, (kind, description) in described.items()
    ]


@cache
def _annotation(kind: Any) -> StrawberryAnnotation:
    """Return one annotation for all arguments of a kind: the library finds out once what each of them means."""
    return StrawberryAnnotation(kind)


def schema_field(
    name: str, returned: Any, description: str, place: Field, given: list[StrawberryArgument] | None = None
) -> StrawberryField:
    """Return a field of the schema made from a declaration rather than from a class attribute."""
    made = StrawberryField(
        python_name=to_snake_case(name),
        graphql_name=name,
        type_annotation=_annotation(returned),
        description=description,
        metadata={GRAPH: place},
    )
    made.arguments = given or []
    return made


def _graph_fields(connections: Mapping[str, Any]) -> None:
    """Give `Graph` the connections that it shows, which are made with the root's."""
    Graph.__strawberry_definition__.fields.append(  # type: ignore[attr-defined]  # set by its decorator
        schema_field(
            "contradictions",
            connections[Claim.__name__],
            "What sources say against each other at the date: the word that was not chosen, the one that was, and why.",
            RootConnection(Claim.__name__, "contradictions"),
            arguments(_plain({**PAGE_ARGUMENTS, **_AS_OF_ALONE})),
        )
    )


def _sifting(declared: ConceptDeclaration, coverable: Collection[str]) -> Mapping[str, tuple[Any, str]]:
    if declared.is_timeless:
        return {name: (str, "") for name, _ in sifted(declared, coverable).arguments}
    return {
        **_SIFTING,
        "filter": (filter_type(declared, coverable), "Which of them."),
    }


_SAID = {
    **PAGE_ARGUMENTS,
    **_AS_OF,
    **_SIFTING,
    "odsCode": _CODES[ArgumentKind.ODS_CODE],
    "onsCode": _CODES[ArgumentKind.ONS_CODE],
    "code": _CODES[ArgumentKind.SLUG],
}
_QUERY = (
    "What can be asked. Every answer is one statement to the graph. Each concept has a field for one of it by a code,"
    f" and one for all. Their arguments: {' '.join(f'`{name}`: {words}' for name, (_, words) in _SAID.items())}"
)


def query_type(
    declarations: Collection[ConceptDeclaration],
    classes: Mapping[str, Any],
    connections: Mapping[str, Any],
    coverable: Collection[str],
) -> type:
    """Return the Query type: `classes` are the concepts by name, `connections` their root connections.

    `coverable` are the concepts that a local knowledge service can cover.
    """

    @strawberry.type(description=_QUERY)
    class Query:
        pass

    fields = Query.__strawberry_definition__.fields  # type: ignore[attr-defined]  # set by the decorator above
    fields.append(
        schema_field(
            "node",
            Node | None,
            "Anything by its global id; null where it is not in force at the date.",
            Lookup("Node", (("id", ArgumentKind.GLOBAL_ID),)),
            arguments(_plain({"id": (strawberry.ID, ""), **_AS_OF}), ["id"]),
        )
    )
    fields.append(
        schema_field(
            "nodes",
            list[Node | None],
            "Things by their global ids, as answers gave them, in order; null where one is not in force, with its"
            " reason in `extensions.absent`.",
            Lookups("Node"),
            arguments(_plain({"ids": (list[strawberry.ID], ""), **_AS_OF}), ["ids"]),
        )
    )
    for one in (*organisation_fields(declarations), *search_fields(declarations), NEAREST, POSTCODE):
        taken = {**one.arguments, **_AS_OF}
        told = _plain(taken) if one.arguments.keys() <= _SAID.keys() | {"odsCodes"} else taken
        fields.append(schema_field(one.name, one.returned, one.description, one.place, arguments(told, one.required)))
    for declared in declarations:
        dated = {} if declared.is_timeless else _AS_OF
        codes = {name: _CODES[kind] for name, kind in declared.by}
        only = [name for name, _ in declared.by] if len(declared.by) == 1 else []
        when = "" if declared.is_timeless else " in force at the date"
        one_of = "" if only else " Send one of its codes."
        own = sifted(declared, coverable)
        text = " With `text` only those whose name or abbreviation has it." if own.arguments else ""
        fields.append(
            schema_field(
                declared.singular,
                classes[declared.name] | None,
                f"One {declared.title} by its code; null where there is none{when}.{one_of}",
                Lookup(declared.name, declared.by),
                arguments(_plain({**codes, **dated}), only),
            )
        )
        fields.append(
            schema_field(
                declared.plural,
                connections[declared.name],
                f"All of the concept {declared.title}{when}, ordered by code.{text}",
                RootConnection(declared.name, declared.plural, own),
                arguments(_plain({**PAGE_ARGUMENTS, **dated, **_sifting(declared, coverable)})),
            )
        )
    fields.append(
        schema_field(
            "coverage",
            Coverage,
            "Which knowledge and library services cover an organisation or area, on what basis, since when, how "
            "we know; if none, why"
            " not and whom to ask.",
            COVERAGE,
            arguments(
                {
                    "of": (str, "An ODS or ONS code."),
                    **_AS_OF,
                    "group": (StaffGroup, "Only for this group of staff; for all if left out."),
                },
                ["of"],
            ),
        )
    )
    fields.append(
        schema_field(
            "coverageGaps",
            connections[GAPS.type],
            "The networks or practices that no local knowledge service is known to cover, those with most registered"
            " patients first, with why not and whom to ask.",
            GAPS,
            arguments(
                {
                    **PAGE_ARGUMENTS,
                    **_AS_OF,
                    "within": (
                        str,
                        "Only in the region, system, board, sub-ICB location, place or authority with this ODS or ONS"
                        " code or code of ours; in all of England if left out.",
                    ),
                    "group": (StaffGroup, "Only for this group of staff; for all if left out."),
                    "subjects": (GapSubject, "Whose gaps; those of networks if left out."),
                }
            ),
        )
    )
    fields.append(
        schema_field(
            "coverageSummary",
            CoverageSummary,
            "How many networks, their patients, and practices are covered by a local knowledge service, and how many"
            " are not, counted by what they lie in or by rule.",
            SUMMARY,
            arguments(
                {
                    "by": (SummaryDimension, "By what it is counted."),
                    **_AS_OF,
                    "group": (StaffGroup, "Only for this group of staff; for all if left out."),
                },
                ["by"],
            ),
        )
    )
    fields.append(
        schema_field(
            "compare",
            Comparison,
            "What became of all of one kind between two dates: opened, closed, moved, renamed, recoded, succeeded.",
            COMPARISON,
            arguments(
                {
                    "from": (Date, "The first date."),
                    "to": (Date, "The second date."),
                    "kind": (ComparedKind, "Of what kind."),
                    **_KNOWN_AT,
                },
                ["from", "to", "kind"],
            ),
        )
    )
    fields.append(
        schema_field(
            "recast",
            Recast,
            "Any mixture of ODS and ONS codes of any vintage as they are at one date, with what could not be placed; at"
            " most as many codes as a page has rows.",
            RECASTING,
            arguments(_plain({"codes": (list[str], ""), "to": (Date, ""), **_KNOWN_AT}), ["codes", "to"]),
        )
    )
    fields.append(
        schema_field(
            "upcoming",
            connections[UPCOMING.type],
            "What is recorded and not yet in force at the date, in the order of the dates; with `within` only what"
            " comes within so many days.",
            UPCOMING,
            arguments(_plain({**PAGE_ARGUMENTS, **_AS_OF, "within": (int, "")})),
        )
    )
    fields.append(
        schema_field(
            FEED.name,
            FEED.returned,
            FEED.description,
            FEED.place,
            arguments({**FEED.arguments, **_KNOWN_AT}, FEED.required, {"first": FEED_PAGE}),
        )
    )
    _graph_fields(connections)
    for holder, name, described, needed in _ARGUMENTS:
        field = next(one for one in holder.__strawberry_definition__.fields if one.python_name == name)
        field.arguments = arguments(described, needed)
    fields.append(
        schema_field(
            "graph",
            Graph,
            "Where the graph stands, how much it holds, and how much there is.",
            Root("Graph"),
            arguments(_KNOWN_AT),
        )
    )
    return Query
