"""Writes the pages of `docs/` that can be printed from the code; with `--check` says which are not as they would be.

The model comes from the contract and its relationships, what sources speak of from `seed/data/scopes.csv`, settings and
commands from the programs themselves. Nothing here knows a concept by name, so a new one is in the pages by itself.
"""

import argparse
import csv
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# Typer reads these when it is imported: the pages are as wide everywhere and have no colours.
os.environ["TERMINAL_WIDTH"] = "100"
for _name in ("GITHUB_ACTIONS", "FORCE_COLOR", "PY_COLORS"):
    os.environ.pop(_name, None)

import typer  # noqa: E402 - after what it reads
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLType, get_named_type  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from cypher.derive import rules  # noqa: E402
from cypher.statement import load, names, parts  # noqa: E402
from resolvers.concept import Concept, Value  # noqa: E402
from schema.catalogue import contract, relationships  # noqa: E402
from schema.links import CoverageRule, Link  # noqa: E402
from schema.provenance import Entity  # noqa: E402
from seed.load import DATA, SCOPES  # noqa: E402
from seed.tables import NODE_TABLES, TABLES, LinkTable  # noqa: E402
from server.cli.commands import application  # noqa: E402
from server.settings import listing  # noqa: E402

DOCS = Path(__file__).parent.parent / "docs"
ANY = Entity.__name__
_NOTE = "<!-- Written by scripts/docs from the code; what is changed here by hand is lost. -->"
_PROPERTY = re.compile(r"\{(?:values|node|item|edge)\}\.(\w+)")


class Model:
    """What the pages are written from: the contract, its relationships, the scopes, the standings in the tables."""

    def __init__(self) -> None:
        made = contract()
        self.types = made.graphql.type_map
        self.concepts: dict[str, Concept] = {name: one for name, one in made.catalogue.concepts.items() if one.label}
        self.relationships = relationships()
        self.scopes = {row["about"]: row for row in _rows(SCOPES)}
        self.coded = {table.label: table.coded for table in NODE_TABLES if table.coded}
        self.standings = {
            table.type if isinstance(table, LinkTable) else table.label: sorted(
                {row["standing"] for row in _rows(table.file)}
            )
            for table in TABLES
        }

    def described(self, name: str) -> GraphQLObjectType | GraphQLInterfaceType:
        """Return a type of the schema that has fields."""
        found = self.types[name]
        if not isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
            raise TypeError(f"{name} has no fields")
        return found

    def roots(self, name: str) -> list[str]:
        """Return the fields of the root that give a concept: one, and all."""
        query = self.described("Query")
        given = {name, f"{name}Connection"}
        return [field for field, one in query.fields.items() if get_named_type(one.type).name in given]

    def standing(self, about: str) -> str:
        """Return the standings that facts of a concept or type have; what no table holds is made by a rule."""
        return ", ".join(self.standings.get(about) or ["DERIVED"])


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def graph_page(model: Model) -> str:
    """Return `graph.md`: the picture, the concepts, the relationships."""
    parts = [
        "# The graph",
        _NOTE,
        "What is in the graph, under which label and type, by which field of GraphQL it is reached, on what it stands, "
        "and since when sources speak of it. In Cypher, labels and types are as written here for what is in force "
        "today; what has ended is `<Label>Ended` and `TYPE_ENDED`, what is not yet in force `<Label>Planned` and "
        "`TYPE_PLANNED`, and what was corrected `TYPE_SUPERSEDED`. In GraphQL, `asOf` gives any other date.",
        "## The picture",
        "A dashed line is derived by a rule. A rounded box stands for any one of the concepts in it.",
        f"```mermaid\n{picture(model)}\n```",
        "## What every concept has",
        _paragraph(model.described(ANY).description),
        _fields(model, ANY, model.described(ANY).fields.keys()),
        "In Cypher each also has `id` (concept and code), `validFrom`, `validTo` and their precisions, `series`, "
        "`recordedFrom` and `absences`; earlier values hang on `HAS_STATE`.",
        "## Concepts",
    ]
    parts += [part for name, concept in model.concepts.items() for part in _concept(model, name, concept)]
    parts += ["## Relationships", _relationship_table(model)]
    parts += [
        f"### {name}\n\n{_paragraph(model.described(name).description)}\n\n{_fields(model, name, own)}"
        for name, own in _edges(model)
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def picture(model: Model) -> str:
    """Return the model as a Mermaid flowchart.

    There is an arrow for each pair of concepts, with the types that join them. A type that joins more than two of
    either side has one arrow, from or to a box that lists them.
    """
    arrows: dict[tuple[str, str, bool], list[str]] = {}
    boxes: dict[str, str] = {}
    for one in model.relationships:
        for start in _boxed(one.starts, boxes):
            for end in _boxed(one.ends, boxes):
                arrows.setdefault((start, end, model.standing(one.type) == "DERIVED"), []).append(one.type)
    lines = ["flowchart LR"]
    lines += [f"  {name}[{name}]" for name, concept in model.concepts.items() if not concept.is_timeless]
    lines += [f"  {name}([{text}])" for name, text in boxes.items()]
    for (start, end, is_derived), types in arrows.items():
        lines.append(f"  {start} {'-.->' if is_derived else '-->'}|{' / '.join(types)}| {end}")
    return "\n".join(lines)


def _boxed(names: tuple[str, ...], boxes: dict[str, str]) -> tuple[str, ...]:
    if len(names) <= 2 and ANY not in names:
        return names
    box = "_".join(("any", *names))
    boxes[box] = "any concept" if ANY in names else "<br/>".join(names)
    return (box,)


def _concept(model: Model, name: str, concept: Concept) -> Iterable[str]:
    described = model.described(name)
    shared = set(model.described(ANY).fields)
    connections = {field for field, one in described.fields.items() if _is_connection(one.type)}
    inherited = connections if concept.is_timeless else connections | shared
    own = [field for field in described.fields if field not in inherited]
    yield f"### {name}"
    yield _paragraph(described.description)
    beside = f" and `:{model.coded[name]}`" if name in model.coded else ""
    label = f"Label `:{name}`" if concept.is_timeless else f"Labels `:{name}`, `:Entity`{beside}"
    roots = " and ".join(f"`{root}`" for root in model.roots(name))
    standing = "" if concept.is_timeless else f" Standing: {model.standing(name)}."
    yield f"{label}. At the root: {roots}.{standing} {_scope(model, name)}".strip()
    yield _fields(model, name, own)
    yield _links(model, name)


def _links(model: Model, name: str) -> str:
    rows = []
    for one in model.relationships:
        if name in one.starts:
            rows.append((f"`{one.forward}`", f"`-[:{one.type}]->`", _ends(one.ends), one.forward_description))
        if name in one.ends:
            rows.append((f"`{one.backward}`", f"`<-[:{one.type}]-`", _ends(one.starts), one.backward_description))
    return _table(("Relationship", "In Cypher", "Leads to", "What it is"), rows) if rows else ""


def _relationship_table(model: Model) -> str:
    rows = [
        (
            f"`{one.type}`",
            f"{_ends(one.starts)} → {_ends(one.ends)}",
            f"`{one.forward}`, back `{one.backward}`",
            f"[{one.edge}](#{one.edge.lower()})",
            model.standing(one.type),
            _scope(model, one.type),
        )
        for one in sorted(model.relationships, key=lambda one: one.type)
    ]
    header = ("Type", "From and to", "Fields", "Holds", "Standing", "Since when sources speak of it")
    return _table(header, rows)


def _edges(model: Model) -> Iterable[tuple[str, list[str]]]:
    used = {one.edge for one in model.relationships}
    plain = set(model.described(Link.__name__).fields)
    for name in sorted(used, key=lambda name: (name != Link.__name__, name)):
        fields = model.described(name).fields
        yield name, [field for field in fields if name == Link.__name__ or field not in plain]


def _fields(model: Model, name: str, chosen: Iterable[str]) -> str:
    described = model.described(name)
    places = model.concepts[name].fields if name in model.concepts else {}
    rows = []
    for field in chosen:
        one = described.fields[field]
        if name == ANY and _is_connection(one.type):
            continue
        rows.append((f"`{field}`", f"`{one.type}`", _property(places, field), one.description or ""))
    if not any(row[2] for row in rows):
        return _table(("Field", "Type", "What it is"), [(row[0], row[1], row[3]) for row in rows]) if rows else ""
    return _table(("Field", "Type", "Property", "What it is"), rows)


def _property(places: Mapping[str, object], field: str) -> str:
    place = places.get(field)
    found = _PROPERTY.fullmatch(place.template) if isinstance(place, Value) else None
    return f"`{found[1]}`" if found else ""


def _scope(model: Model, about: str) -> str:
    """Return since when sources speak of something, why not before, and what would make it more."""
    row = model.scopes.get(about)
    if row is None:
        return ""
    text = f"Since {row['since']} (`{row['reason_before']}`): {row['basis']}."
    if row["expected"]:
        text += f" Expected: {row['expected']}."
    if row["settles"]:
        text += f" More would tell: {row['settles']}."
    within = [f"{name} since {one['since']}" for name, one in model.scopes.items() if name.startswith(f"{about}.")]
    return text + (f" Apart from it: {', '.join(within)}." if within else "")


def _ends(names: tuple[str, ...]) -> str:
    return ", ".join(f"[{name}](#{name.lower()})" if name != ANY else "any" for name in names)


def _is_connection(type_: GraphQLType) -> bool:
    return str(get_named_type(type_)).endswith("Connection")


def _paragraph(text: str | None) -> str:
    return " ".join((text or "").split())


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return _paragraph(text).replace("|", "\\|")


def settings_page() -> str:
    """Return `settings.md`: every setting with its default."""
    rows = [(f"`{variable}`", f"`{default}`", explanation) for variable, default, explanation in listing()]
    text = (
        "Settings are environment variables; an empty one counts as not set. A value that cannot be is refused with "
        "the name of the variable and what is allowed. `icsgraph settings list` prints the same."
    )
    return f"# Settings\n\n{_NOTE}\n\n{text}\n\n{_table(('Variable', 'Default', 'What it does'), rows)}\n"


def coverage_page() -> str:
    """Return `coverage.md`: every rule, as its header states it."""
    statements = {str(one.rule): one for one in rules()}
    for name in names("coverage"):
        for part in parts(name):
            one = load(name, part)
            if one.rule:
                statements.setdefault(one.rule, one)
    local = [str(rule.name) for rule in CoverageRule]
    order = [*local, *sorted(statements.keys() - set(local))]
    text = (
        "What is derived is made by rules, each a Cypher file whose header states it. A rule that makes relationships "
        "is asked again in the transaction of each change, for what the change can have touched; what it makes holds "
        "while everything on its path does. Evidence speaks for the years set by `icsgraph seed evidence`, ten where "
        "none are set. The rules for coverage come first, strongest first."
    )
    shown = ["# Rules", _NOTE, text]
    for code in order:
        one = statements[code]
        asked, _, plain = one.asks.partition(" In plain words: ")
        made = ", ".join(f"`{type_}`" for type_ in one.writes) or "nothing: it is computed when it is read"
        facts = [f"**Asks:** {asked}", f"**Basis:** {one.basis}.", f"**Makes:** {made}, by `cypher/{one.name}.cypher`."]
        shown += [f"## {code}", plain[:1].upper() + plain[1:], *facts]
    return "\n\n".join(shown) + "\n"


def commands_page() -> str:
    """Return `commands.md`: what each command says with `--help`."""
    parts = ["# Commands", _NOTE, _paragraph(sys.modules["server.cli"].__doc__)]
    runner = CliRunner()
    for path in commands():
        shown = runner.invoke(application, [*path, "--help"], prog_name="icsgraph")
        text = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts.append(f"## {' '.join(('icsgraph', *path))}\n\n```console\n{text}\n```")
    return "\n\n".join(parts) + "\n"


def commands() -> list[tuple[str, ...]]:
    """Return the path of every command and group of commands, the program itself first."""
    found: list[tuple[str, ...]] = [()]

    def walk(command: object, path: tuple[str, ...]) -> None:
        for name, inner in getattr(command, "commands", {}).items():
            found.append((*path, name))
            walk(inner, (*path, name))

    walk(typer.main.get_command(application), ())
    return found


def pages() -> dict[str, str]:
    """Return every page that is written from the code, by its file name."""
    return {
        "graph.md": graph_page(Model()),
        "coverage.md": coverage_page(),
        "settings.md": settings_page(),
        "commands.md": commands_page(),
    }


def main() -> int:
    """Write the pages, or with `--check` tell which are not as they would be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a page is not up to date")
    parser.add_argument("--folder", type=Path, default=DOCS, help="folder of the pages")
    asked = parser.parse_args()
    stale = []
    for name, text in pages().items():
        path = asked.folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not asked.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        said = "is not what the code says; run scripts/docs" if asked.check else "written"
        sys.stderr.write(f"docs/{name}: {said}\n")
    return 1 if stale and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
