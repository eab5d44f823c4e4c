"""The public contract: its printed form, its size, its words, and how little it takes to widen it."""

import re
import subprocess
import sys
from importlib.resources import files

from graphql import GraphQLObjectType, is_introspection_type
from graphql.type import GraphQLInterfaceType

from schema.catalogue import contract, relationships

_ADDED = """
import asyncio
from schema.catalogue import contract
from schema.description import Relationship
added = Relationship("PARTNERS_WITH", ("NHSTrust",), ("LocalAuthority",), "partners", "partnerTrusts", "A.", "B.")
made = contract((added,))
assert "partners(" in made.sdl() and "partnerTrusts(" in made.sdl()
print(made.catalogue.concepts["NHSTrust"].fields["partners"].relationship)
"""


def test_the_printed_schema_is_the_snapshot() -> None:
    """A change of the contract shows in the diff of `schema/schema.graphql`; `icsgraph schema print` makes it anew."""
    snapshot = files("schema").joinpath("schema.graphql").read_text(encoding="utf-8")

    assert contract().sdl() == snapshot


def test_the_schema_stays_readable() -> None:
    """At most 3,500 lines, descriptions and blank lines not counted."""
    bare = re.sub(r'""".*?"""', "", contract().sdl(), flags=re.DOTALL)
    lines = [line for line in bare.splitlines() if line.strip()]

    assert len(lines) <= 3_500, f"{len(lines)} lines"


def test_every_type_and_field_is_described() -> None:
    """A newcomer learns the field's words from the schema itself."""
    undescribed = []
    for name, one in contract().graphql.type_map.items():
        if is_introspection_type(one) or name in {"String", "Int", "Float", "Boolean", "ID"}:
            continue
        if not one.description:
            undescribed.append(name)
        if isinstance(one, GraphQLObjectType | GraphQLInterfaceType):
            undescribed += [f"{name}.{key}" for key, field in one.fields.items() if not field.description]

    assert undescribed == []


def test_every_field_lies_in_the_graph_or_in_a_page() -> None:
    """What the schema offers, the compiler can answer: there is no field without a description of where it lies."""
    made = contract()
    pages = {"edges", "nodes", "pageInfo", "totalCount", "absent", "facets", "cursor", "node"}
    homeless = [
        f"{name}.{key}"
        for name, one in made.graphql.type_map.items()
        if isinstance(one, GraphQLObjectType) and not is_introspection_type(one) and name != "PageInfo"
        for key in one.fields
        if key not in made.catalogue.concepts[name].fields and not (key in pages and name != "Query")
    ]

    assert homeless == []


def test_adding_a_relationship_is_one_line() -> None:
    """One `Relationship` gives a connection at both ends, in the schema and in the catalogue."""
    ran = subprocess.run([sys.executable, "-c", _ADDED], capture_output=True, text=True, check=False)

    assert (ran.stdout.strip(), ran.stderr) == ("PARTNERS_WITH", "")


def test_each_relationship_is_declared_once() -> None:
    """Two declarations of one type would be two ways to say one thing."""
    types = [one.type for one in relationships()]

    assert len(types) == len(set(types))
