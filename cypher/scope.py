"""Of what a rule can have something new to say after a change, so that it need not run for the whole country.

A rule's relationships are composed group by group: all that it says from one start to one end under one key. A change
can only touch groups that it leads to. The part `touched` of a rule's file is told what changed, by the words of
`reads`, and gives the ids at which these groups start (`starts`) or end (`ends`); `covered` are the bodies that the
rule must look at for the groups that end at `ends`, a network's members among them. It looks at the graph as the change
left it. That is enough: of a path that is lost or won, the changed link that is nearest to the start or the end leads
there over links that did not change.

A word of the rule's that `touched` does not read, and a change of very many things, make the rule run in full.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cypher.change import Change, NodeRecord
from cypher.held import Held, Run
from cypher.statement import Statement, load, parts

__all__ = ["Scope", "Touched", "scope", "started_at", "touched_things"]

MANY = 300
"""Changed things from which on a rule runs in full: leading from each of them to its groups would cost more."""

Touched = Mapping[str, list[Any]]
"""What changed, by concept label (ids) and relationship type (pairs of the ids of start and end)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The ids of the things at which the relationships to be derived anew start or end."""

    starts: frozenset[str]
    ends: frozenset[str] = frozenset()
    covered: frozenset[str] = frozenset()


def touched_things(changes: Iterable[Change]) -> dict[str, list[Any]]:
    """Return what changes are about, each thing once."""
    nodes: dict[str, dict[str, None]] = {}
    links: dict[str, dict[tuple[str, str], None]] = {}
    for one in changes:
        record = one.record
        if isinstance(record, NodeRecord):
            nodes.setdefault(record.concept, {})[record.id] = None
        else:
            links.setdefault(record.type, {})[record.start, record.end] = None
    return {
        **{concept: list(ids) for concept, ids in nodes.items()},
        **{type_: [list(pair) for pair in pairs] for type_, pairs in links.items()},
    }


def scope(run: Run, rule: Statement, touched: Touched, words: Iterable[str], starts: Iterable[str]) -> Scope | None:
    """Return of what a rule must be asked again, None where of everything.

    `words` are all those that any rule reads; `starts` are things from which the rule's relationships must be derived
    anew whatever changed.
    """
    if "touched" not in parts(rule.name):
        return None
    statement = load(rule.name, "touched")
    changed = {word for word in rule.reads if touched.get(word)}
    if not changed <= set(statement.reads) or sum(len(touched[word]) for word in changed) > MANY:
        return None
    found: dict[str, list[str]] = {}
    if changed:
        row = run(statement, touched={word: touched.get(word, []) if word in changed else [] for word in words})[0]
        found = {column.name: ids for column, ids in zip(statement.gives, row, strict=True)}
    return Scope(
        frozenset((*found.get("starts", ()), *starts)),
        frozenset(found.get("ends", ())),
        frozenset(found.get("covered", ())),
    )


def started_at(rule: Statement, changes: Iterable[Change], held: Held) -> set[str]:
    """Return where those of a rule's relationships start whose end is a changed thing of a kind that it does not read.

    The life of such a thing is none of the rule's business, but the relationship must lie within it.
    """
    nodes = [one.before for one in changes if isinstance(one.before, NodeRecord)]
    return {
        link.start
        for node in nodes
        if node.concept not in rule.reads
        for link in held.links_at(node.id)
        if link.rule == rule.rule
    }
