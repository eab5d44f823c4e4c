"""Documents made at random from the schema.

What a client could send, with fragments, aliases, directives and variables.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

__all__ = ["Made", "documents"]

_DATES = (
    "2021-06-01",
    "2022-07-01",
    "2024-01-01",
    "2025-12-31",
    "2026-03-31",
    "2026-04-01",
    "2026-08-01",
    "2026-11-24",
)
_CODES: dict[str, tuple[str, tuple[object, ...]]] = {
    "gpPractice": ("odsCode", ("A81001", "L82008", "K84012", "B85001")),
    "primaryCareNetwork": ("odsCode", ("U41591", "U78462", "U25219", "U99999")),
    "subIcbLocation": ("odsCode", ("D4U1Y", "U2G6B", "92A", "16C")),
    "clinicalCommissioningGroup": ("odsCode", ("16C", "00C", "00L")),
    "integratedCareBoard": ("onsCode", ("E54000042", "E54000067", "E54000034")),
    "integratedCareSystem": ("code", ("QRL", "QNQ", "D7T5G")),
    "nhsRegion": ("odsCode", ("Y56", "Y63")),
    "nhsTrust": ("odsCode", ("RFR", "RNU", "RXH")),
    "localAuthority": ("onsCode", ("E08000016", "E08000038", "E10000025", "E06000001")),
    "knowledgeService": ("code", ("exeter-health-library", "oxford-health-nhs-ft-library-service")),
    "claim": ("code", ("gppractice-f83666-postcode-epraccur-20260302",)),
    "boardSeat": ("code", ("chair", "medical-director")),
    "documentRequirement": ("code", ("constitution", "integrated-care-strategy")),
    "document": ("code", ("qm7--constitution--the-hertfordshire-and-west-essex-icb-constitution",)),
    "meeting": ("code", ("qjm--icb-board", "qks--integrated-care-partnership")),
    "commissioningFunction": ("code", ("specialised-services-59-services",)),
    "commissioningSupportUnit": ("code", ("south-central-and-west-csu",)),
    "term": ("code", ("integrated-care-board", "place")),
    "integratedCarePartnership": ("code", ("QRL", "QNQ", "D7T5G")),
    "place": ("code", ("cheshire-and-merseyside--sefton", "surrey-heartlands--surrey-downs")),
    "neighbourhood": ("code", ("U41591", "U78462")),
    "healthAndWellbeingBoard": ("code", ("E10000025", "E08000016")),
    "programme": ("code", ("national-neighbourhood-health-implementation-programme-wave-1",)),
    "boardCluster": ("code", ("cornwall-and-devon-cluster",)),
    "plannedChange": ("code", ("all-clustered-icbs",)),
    "providerCollaborative": ("code", ("walsall-together", "the-foundation-group")),
    "trainingHub": ("code", ("cornwall-training-hub", "nottinghamshire-alliance-training-hub")),
    "knowledgeSpecialistPost": ("code", ("nottinghamshire-alliance-training-hub",)),
    "knowledgeNetwork": ("code", ("base-library", "yorcat")),
    "nationalOffer": ("code", ("national-digital-collection-for-primary-care",)),
    "nodes": ("ids", (["R1BQcmFjdGljZTpBODEwMDE", "U3ViSUNCTG9jYXRpb246RDRVMVk"], [])),
    "organisation": ("odsCode", ("U41591", "D4U1Y", "00L", "U", "RFR")),
    "organisations": ("odsCodes", (["U41591", "D4U1Y", "U", "Z9999"],)),
    "area": ("onsCode", ("E08000016", "E54000042", "E40000005")),
    "search": ("text", ("oxford libary", "D4U1Y", "E08000016", "practice")),
    "postcode": ("code", ("OX1 1AA", "ts181hu", "AB10 1AA", "QX1 1AA")),
    "coverage": ("of", ("U41591", "U78462", "RFR", "E10000025", "A99999")),
}
_FILTERS = (
    '{nameContains: "an"}',
    '{codes: ["U41591", "QRL", "RFR", "E08000016", "A81001"]}',
    '{openAt: "2026-03-31", nameContains: "e"}',
    '{changedSince: "2026-01-01"}',
    "{}",
    "null",
)
_TOO_LARGE = frozenset({"changes"})  # with pages of the usual size an answer is refused for its cost
_UNLIKELY = frozenset(
    {
        "coverage",
        "located",
        "history",
        "allSuccessors",
        "allPredecessors",
        "facets",
        "reasons",
        "nearest",
        "explanation",
        "members",
        "changes",
    }
)  # takes an argument of its own, or is dear to plan or to run: asked seldom, so that many documents can be tried


@dataclass
class Made:
    """A document with its variables; `augmented` also asks for the type of every value whose type is not plain."""

    text: str
    augmented: str
    variables: dict[str, Any] = field(default_factory=dict)


class _Writer:
    def __init__(self, schema: GraphQLSchema, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._schema = schema
        self._draw = draw
        self._fragments: list[tuple[str, str]] = []
        self._variables: dict[str, Any] = {}
        self._declared: list[str] = []
        self._aliases = 0

    def document(self) -> Made:
        fields = self._schema.query_type.fields  # type: ignore[union-attr]  # the schema has a query type
        roots = [name for name in fields if name in _CODES or name.endswith("s") or name == "glossary"]
        roots = [name for name in roots if name not in _TOO_LARGE]
        names = self._draw(st.lists(st.sampled_from(sorted(roots)), min_size=1, max_size=2))
        parts = [self._field(self._schema.query_type, name, 0) for name in names]  # type: ignore[arg-type]  # as above
        heading = f"query Made({', '.join(self._declared)})" if self._declared else "query Made"
        plain = " ".join(one for one, _ in parts)
        typed = " ".join(one for _, one in parts)
        return Made(
            " ".join([f"{heading} {{ {plain} }}", *(one for one, _ in self._fragments)]),
            " ".join([f"{heading} {{ {typed} }}", *(one for _, one in self._fragments)]),
            self._variables,
        )

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int) -> tuple[str, str]:
        if name == "__typename":
            return name, name
        defined = parent.fields[name]
        self._aliases += 1
        aliased = self._draw(st.booleans())
        head = f"a{self._aliases}: {name}" if aliased or depth == 0 else name
        head += self._arguments(name, depth, set(defined.args)) if aliased or depth == 0 else ""
        head += self._directive() if depth else ""
        returned = get_named_type(defined.type)
        if is_leaf_type(returned):
            return head, head
        plain, typed = self._set(returned, depth + 1)
        return f"{head} {{ {plain} }}", f"{head} {{ {typed} }}"

    def _arguments(self, name: str, depth: int, known: set[str]) -> str:
        given = []
        if depth == 0 and name in _CODES:
            argument, codes = _CODES[name]
            given.append(f"{argument}: {json.dumps(self._draw(st.sampled_from(codes)))}")
        if "asOf" in known and self._draw(st.booleans()):
            day = self._draw(st.sampled_from(_DATES))
            if self._draw(st.booleans()):
                variable = f"v{len(self._variables)}"
                self._variables[variable] = day
                self._declared.append(f"${variable}: Date")
                given.append(f"asOf: ${variable}")
            else:
                given.append(f'asOf: "{day}"')
        if "orderBy" in known and self._draw(st.integers(0, 3)) == 0:
            given.append(f"orderBy: {self._draw(st.sampled_from(['CODE', 'NAME', 'OPENED']))}")
            given.append(f"filter: {self._draw(st.sampled_from(_FILTERS))}")
        if "last" in known:
            given.append(f"{self._draw(st.sampled_from(['first', 'last']))}: {self._draw(st.integers(0, 3))}")
        elif "first" in known:
            given.append(f"first: {self._draw(st.integers(0, 2))}")
        return f"({', '.join(given)})" if given else ""

    def _directive(self) -> str:
        if self._draw(st.integers(0, 5)) != 0:
            return ""
        variable = f"b{len(self._variables)}"
        self._variables[variable] = self._draw(st.booleans())
        self._declared.append(f"${variable}: Boolean!")
        return f" @{self._draw(st.sampled_from(['skip', 'include']))}(if: ${variable})"

    def _set(self, returned: GraphQLNamedType, depth: int) -> tuple[str, str]:
        assert isinstance(returned, GraphQLObjectType | GraphQLInterfaceType)
        names = [name for name in returned.fields if self._fits(returned, name, depth)]
        chosen = self._draw(
            st.lists(st.sampled_from([*sorted(names), "__typename"]), min_size=1, max_size=4, unique=True)
        )
        parts = [self._field(returned, name, depth) for name in chosen]
        plain, typed = [one for one, _ in parts], [one for _, one in parts]
        if isinstance(returned, GraphQLInterfaceType):
            typed.append("zzType: __typename")
            possible = sorted(one.name for one in self._schema.get_possible_types(returned))
            for name in self._draw(st.lists(st.sampled_from(possible), max_size=2, unique=True)):
                inner = self._set(self._schema.type_map[name], depth)
                plain.append(f"... on {name} {{ {inner[0]} }}")
                typed.append(f"... on {name} {{ {inner[1]} }}")
        elif self._draw(st.integers(0, 4)) == 0:
            inner = self._set(returned, depth)
            fragment = f"F{len(self._fragments)}"
            self._fragments.append(
                (
                    f"fragment {fragment} on {returned} {{ {inner[0]} }}",
                    f"fragment {fragment} on {returned} {{ {inner[1]} }}",
                )
            )
            plain.append(f"...{fragment}")
            typed.append(f"...{fragment}")
        return " ".join(plain), " ".join(typed)

    @staticmethod
    def _fits(parent: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int) -> bool:
        if name in _UNLIKELY:
            return False
        return depth < 5 or is_leaf_type(get_named_type(parent.fields[name].type))


@st.composite
def documents(draw: Callable[[st.SearchStrategy[Any]], Any], schema: GraphQLSchema) -> Made:
    """Give documents that fit the schema."""
    return _Writer(schema, draw).document()
