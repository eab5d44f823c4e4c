"""Gathers the concepts: the GraphQL schema, and the `Catalogue` that says how its types lie in the graph.

Both come of the same declarations. A concept is a class in one of the modules named in `_MODULES`; a relationship is
one line in the `RELATIONSHIPS` of one of them, and gives a connection at both of its ends.
"""

from collections.abc import Iterable
from functools import cache
from types import ModuleType
from typing import Any

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.utils.str_converters import to_camel_case

from resolvers.concept import Catalogue, Concept, Direction, Field, Link, ScopedAbsences, Value
from schema import (
    agreements,
    authorities,
    boards,
    changes,
    claims,
    collaboratives,
    comparison,
    coverage,
    documents,
    finding,
    functions,
    gaps,
    glossary,
    graph,
    history,
    hubs,
    knowledge,
    knowledge_networks,
    links,
    meetings,
    members,
    mutation,
    nearest,
    neighbourhoods,
    networks,
    organisations,
    outcomes,
    partnerships,
    places,
    plans,
    postcodes,
    practices,
    provenance,
    recasting,
    regions,
    search,
    seats,
    sifting,
    sub_icb_locations,
    successions,
    summary,
    support_units,
    systems,
    trusts,
    wellbeing_boards,
)
from schema.description import GRAPH, ConceptDeclaration, Relationship, RowsField, property_of
from schema.graph import Completeness, completeness_of, completeness_place
from schema.links import EDGES, PageInfo
from schema.mutation import mutation_type
from schema.provenance import Absence, Entity, Node
from schema.query import arguments, facet_arguments, link_arguments, page_arguments, query_type, schema_field
from schema.scalars import SCALARS
from schema.subscription import subscription_type

__all__ = ["Contract", "contract", "relationships"]

_MODULES = (
    regions,
    systems,
    boards,
    partnerships,
    places,
    neighbourhoods,
    sub_icb_locations,
    networks,
    practices,
    trusts,
    authorities,
    wellbeing_boards,
    plans,
    knowledge,
    agreements,
    seats,
    documents,
    meetings,
    functions,
    support_units,
    glossary,
    collaboratives,
    hubs,
    knowledge_networks,
    coverage,
    outcomes,
    members,
    gaps,
    summary,
    successions,
    history,
    changes,
    comparison,
    recasting,
    claims,
    organisations,
    finding,
    search,
    nearest,
    postcodes,
    sifting,
    provenance,
    links,
    graph,
    mutation,
)

_COMPLETENESS = (
    "How much of the concept is held at the date, of how much there is, and how that is known; null where no source"
    " speaks of the whole. It is of the whole concept, whatever is chosen of it here."
)


class Contract:
    """The schema in the three forms in which it is used: Strawberry's, GraphQL's, and as it lies in the graph."""

    def __init__(self, schema: strawberry.Schema, catalogue: Catalogue) -> None:
        self.schema = schema
        self.catalogue = catalogue

    @property
    def graphql(self) -> GraphQLSchema:
        """The schema as the GraphQL library knows it: to parse, validate and introspect against."""
        return self.schema._schema  # Strawberry offers it under no other name

    def sdl(self) -> str:
        """Return the schema as it is published: `schema/schema.graphql`."""
        return self.schema.as_str() + "\n"


def relationships() -> tuple[Relationship, ...]:
    """Return the relationships that the modules declare."""
    return tuple(one for module in _MODULES for one in getattr(module, "RELATIONSHIPS", ()))


@cache
def contract(added: tuple[Relationship, ...] = ()) -> Contract:
    """Return the contract, made once; `added` are relationships beyond those that the modules declare."""
    return _Assembly((*relationships(), *added)).contract()


class _Assembly:
    """One making of the contract: it adds to the Strawberry classes what relationships and the root give them."""

    def __init__(self, declared: tuple[Relationship, ...]) -> None:
        self._relationships = declared
        self._classes = {name: one for module in _MODULES for name, one in _declared_types(module)}
        self._concepts: dict[str, ConceptDeclaration] = {
            name: one.__concept__ for name, one in self._classes.items() if "__concept__" in vars(one)
        }
        self._entities = tuple(name for name, one in self._concepts.items() if not one.is_timeless)
        self._connections: dict[tuple[str, str | None], Any] = {}
        self._coverable = next(one.ends for one in declared if one.type == "COVERS")
        self._pages: dict[str, type] = {
            name: one for module in _MODULES for name, one in getattr(module, "PAGES", {}).items()
        }
        self._about: dict[str, list[tuple[str, str]]] = {name: [] for name in self._entities}

    def contract(self) -> Contract:
        for one in self._relationships:
            self._link(one, Direction.FORWARD)
            self._link(one, Direction.BACKWARD)
        for module in _MODULES:
            for rows in getattr(module, "ROWS", ()):
                self._rows_field(rows)
        roots = {name: self._connection(name, None) for name in (*self._concepts, *self._pages)}
        roots |= {name: one for (name, edge), one in self._connections.items() if edge is None}
        query = query_type(self._concepts.values(), self._classes, roots, self._coverable)
        subscription, writes = subscription_type(), mutation_type()
        schema = strawberry.Schema(
            query=query,
            mutation=writes,
            subscription=subscription,
            types=[self._classes[name] for name in self._concepts],
            config=StrawberryConfig(scalar_map=SCALARS),
        )
        _hold_inputs_to_the_library(schema)
        types = [*self._classes.values(), *self._made_types(), query, writes, subscription]
        concepts = {name: self._concept(name, one) for name, one in ((self._name(one), one) for one in types)}
        concepts |= dict(completeness_of(name) for name in self._entities)
        interfaces = {Node.__name__: self._entities, Entity.__name__: self._entities}
        return Contract(schema, Catalogue(concepts, interfaces))

    def _link(self, one: Relationship, direction: Direction) -> None:
        is_forward = direction is Direction.FORWARD
        here, there = (one.starts, one.ends) if is_forward else (one.ends, one.starts)
        name = one.forward if is_forward else one.backward
        description = one.forward_description if is_forward else one.backward_description
        target = there[0] if len(there) == 1 else Entity.__name__
        connection = self._connection(target, one.edge)
        link = Link(one.type, direction, target, one.edge, self._name(connection), one.key, sifting.below_root())
        for holder in (*here, *self._entities) if here == (Entity.__name__,) else here:
            field = schema_field(name, connection, description, link, link_arguments())
            fields = self._classes[holder].__strawberry_definition__.fields
            if any(existing.graphql_name == name for existing in fields):
                raise ValueError(f"{holder} has two fields {name}: give the ends of {one.type} other names")
            fields.append(field)
            if holder in self._about:
                self._about[holder].append((one.type, name))

    def _rows_field(self, one: RowsField) -> None:
        """Give a class the connection of rows that is declared of it; what is declared of Entity, every concept."""
        connection = self._connection(one.place.type, None)
        for holder in (one.holder, *self._entities) if one.holder == Entity.__name__ else (one.holder,):
            given = [*arguments(one.arguments), *page_arguments()]
            field = schema_field(one.name, connection, one.description, one.place, given)
            self._classes[holder].__strawberry_definition__.fields.append(field)

    def _connection(self, target: str, edge: str | None) -> Any:
        """Return the connection type of a target, with edges of one kind; without a kind it is a root's."""
        if (target, edge) not in self._connections:
            entity = self._classes[target]
            name = f"{target}{edge or ''}"
            bases = (EDGES[edge],) if edge else ()
            node = strawberry.field(description="What the edge leads to.")
            annotations: dict[str, Any] = {"node": entity}
            held: dict[str, Any] = {"node": node}
            if not edge:
                annotations["cursor"] = str
                held["cursor"] = strawberry.field(
                    description="Where this edge stands; give it as `after` or `before` to page on."
                )
            edge_name = name if edge else f"{target}Edge"
            what = f"One of a connection to {target}" + (", with what the relationship itself holds." if edge else ".")
            edge_type = strawberry.type(
                type(edge_name, bases, {"__annotations__": annotations, **held}), description=what
            )
            described = {
                "edges": (list[edge_type], "The rows of the page, with what leads to each."),  # type: ignore[valid-type]  # made just now
                "nodes": (list[entity], "The rows of the page."),  # type: ignore[valid-type]  # known at run time alone
                "page_info": (PageInfo, "Where the page stands."),
                "total_count": (int, "How many there are at the date, on all pages."),
            }
            if edge or target in self._concepts:
                described["absent"] = (
                    list[Absence],
                    "What is not here at the date although it may exist, and why.",
                )
            if not edge and sifting.has_facets(target, self._coverable):
                described["facets"] = (
                    list[sifting.FacetCount],
                    "How many there are by something that they share, on all pages; no row is fetched.",
                )
            made = type(
                f"{name}Connection",
                (self._pages[target],) if not edge and target in self._pages else (),
                {
                    "__annotations__": {key: kind for key, (kind, _) in described.items()},
                    **{key: strawberry.field(description=text) for key, (_, text) in described.items()},
                },
            )
            self._connections[target, edge] = strawberry.type(made, description=f"A page of {target}.")
            self._connections[target, edge].__edge__ = edge_type
            if "facets" in described:
                facets = self._connections[target, edge].__strawberry_definition__.fields[-1]
                facets.arguments = facet_arguments()
            if edge is None and target in self._entities:
                field = schema_field("completeness", Completeness | None, _COMPLETENESS, completeness_place(target))
                self._connections[target, edge].__strawberry_definition__.fields.append(field)
        return self._connections[target, edge]

    def _made_types(self) -> Iterable[Any]:
        for one in self._connections.values():
            yield one
            yield one.__edge__

    @staticmethod
    def _name(one: Any) -> str:
        return str(one.__strawberry_definition__.name)

    def _concept(self, name: str, one: Any) -> Concept:
        fields: dict[str, Field] = {}
        for field in one.__strawberry_definition__.fields:
            graphql_name = field.graphql_name or to_camel_case(field.python_name)
            place = field.metadata.get(GRAPH)
            if place is not None:
                fields[graphql_name] = self._placed(name, graphql_name, place)
        declared = self._concepts.get(name)
        if declared is None:
            return Concept(name, fields)
        return Concept(name, fields, name, declared.is_timeless, declared.order)

    def _placed(self, holder: str, name: str, place: Field) -> Field:
        if isinstance(place, Value):
            return Value(property_of(place.template, name), place.writer)
        if isinstance(place, ScopedAbsences) and holder in self._about and place.stored:
            return ScopedAbsences(tuple(self._about[holder]), place.stored)
        return place


def _hold_inputs_to_the_library(schema: strawberry.Schema) -> None:
    """Let the GraphQL library check input objects.

    Strawberry's own check of `@oneOf` raises within validation what would be an outage, and what the library finds is
    an error of the client's with its place in the document.
    """
    for one in schema._schema.type_map.values():
        if isinstance(one, GraphQLInputObjectType):
            one.is_one_of = one.extensions["strawberry-definition"].is_one_of
            one.out_type = dict  # type: ignore[method-assign, assignment]  # as the library takes it in its constructor


def _declared_types(module: ModuleType) -> list[tuple[str, Any]]:
    return [
        (name, one)
        for name, one in vars(module).items()
        if one.__class__ is type and "__strawberry_definition__" in vars(one) and one.__module__ == module.__name__
    ]
