"""Every `.cypher` file says what it asks, takes and gives, and Neo4j agrees."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest
from neo4j import Driver

from cypher.errors import StatementNotValid
from cypher.statement import Statement, load, names, parse, parts


def every_name(folder: Traversable, prefix: str = "") -> list[str]:
    """Return the names of all statement files under a folder."""
    found: list[str] = []
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_dir():
            found += every_name(one, f"{prefix}{one.name}/")
        elif one.name.endswith(".cypher"):
            found.append(prefix + one.name.removesuffix(".cypher"))
    return found


STATEMENTS = [load(name, part) for name in every_name(files("cypher")) for part in parts(name)]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: f"{one.name} {one.part or ''}".strip())
def test_a_header_names_the_parameters_and_columns_of_its_text(statement: Statement, neo4j_driver: Driver) -> None:
    """Neo4j plans the text, its columns are those of `gives`, and its parameters those of `takes`."""
    with neo4j_driver.session(notifications_min_severity="OFF") as session:
        result = session.run(f"EXPLAIN {statement.text}", {column.name: None for column in statement.takes})
        keys = list(result.keys())

    assert keys == [column.name for column in statement.gives]
    assert set(re.findall(r"\$(?!any\(|all\()([A-Za-z]\w*)", statement.text)) == {
        column.name for column in statement.takes
    }


def test_a_header_is_read() -> None:
    """Values, lists, types with commas, and values of several lines."""
    header = (
        "asks: one",
        "  and more",
        "takes: nothing",
        "gives: id: STRING, pair: MAP<A, B>",
        "rule: R",
        "reads: A, B",
    )
    text = "\n".join([*(f"// {line}" for line in header), "RETURN 1"])

    statement = parse("test", text)[None]

    assert statement.asks == "one and more"
    assert statement.takes == ()
    assert [(column.name, column.type) for column in statement.gives] == [("id", "STRING"), ("pair", "MAP<A, B>")]
    assert (statement.rule, statement.reads, statement.text) == ("R", ("A", "B"), "RETURN 1")


def test_a_file_has_parts() -> None:
    """Each with a header of its own."""
    header = "// asks: it\n// takes: nothing\n// gives: nothing\n"

    found = parse("test", f"// part: derive\n{header}RETURN 1\n\n// part: explain\n{header}RETURN 2\n")

    assert {part: one.text for part, one in found.items()} == {"derive": "RETURN 1", "explain": "RETURN 2"}


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 1",
        "// asks: it\n// takes: nothing\nRETURN 1",
        "// asks: it\n// takes: nothing\n// gives: nothing\n",
        "// asks: it\n// takes: nothing\n// gives: nothing\n// colour: red\nRETURN 1",
        "// asks: it\n// asks: again\n// takes: nothing\n// gives: nothing\nRETURN 1",
        "// asks: it\n// takes: code\n// gives: nothing\nRETURN 1",
        "RETURN 0\n// part: a\n// asks: it\n// takes: nothing\n// gives: nothing\nRETURN 1",
    ],
)
def test_a_header_that_does_not_say_what_it_must_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(StatementNotValid):
        parse("test", text)


def test_what_is_not_there_is_named() -> None:
    """A file or part that is asked for in vain."""
    with pytest.raises(StatementNotValid, match=r"no cypher/nowhere\.cypher"):
        load("nowhere")
    with pytest.raises(StatementNotValid, match="no part 'derive'"):
        load("write/lock", "derive")
    assert names("nowhere") == ()
