"""What a write runs, about nothing: a database just started plans for seconds what it then does in a thousandth.

Neo4j keeps a plan by the text of a statement and the types of its parameters, which here are one map. So a statement
that is run once with empty lists is planned for whatever comes. Plans for a transaction that has written something are
kept apart, and a write locks the graph by writing before all else; so something is written here too, and rolled back.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cypher.deed import Ask
from cypher.derive import member_statements, rules
from cypher.statement import in_one_record, load, parts, taking_one_map

__all__ = ["statements_of_nothing", "warm"]

_AROUND: Mapping[str, tuple[str, ...]] = {
    "write/held_nodes": ("ids",),
    "write/held_links": ("ids",),
    "write/held_links_from": ("ids", "types"),
    "write/lives": ("ids",),
    "write/rule_links_at": ("types", "starts", "ends"),
    "write/drop_states": ("ids",),
    "write/supersede_links": ("rows",),
    "write/lay_nodes": ("rows",),
    "write/lay_states": ("rows",),
    "write/amend_links": ("rows",),
    "write/lay_links": ("rows",),
    "write/lay_identifiers": ("rows",),
}
_AT_ONCE = ("write/lives", "write/rule_links_at")  # whose records come in one, as those of rules and members do


def statements_of_nothing() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what a write of a change runs, with parameters by which it finds and writes nothing; slowest first."""
    words = sorted({word for rule in rules() for word in rule.reads})
    for rule in rules():
        yield in_one_record(rule), {column.name: [] for column in rule.takes}
        if "touched" in parts(rule.name):
            yield taking_one_map(load(rule.name, "touched")), {"touched": {word: [] for word in words}}
    for name in member_statements():
        yield in_one_record(load(name)), {"wholes": []}
    for name, lists in _AROUND.items():
        others = {column.name: None for column in load(name).takes if column.name not in lists}
        text = in_one_record(load(name)) if name in _AT_ONCE else taking_one_map(load(name))
        yield text, {**others, **{each: [] for each in lists}}


def warm(ask: Ask, text: str, parameters: Mapping[str, Any]) -> None:
    """Have a text planned, in a transaction that is then rolled back; it holds up nobody else's write."""
    ask(taking_one_map(load("write/lay_anything")), {"given": {}})
    ask(text, {"given": parameters})
