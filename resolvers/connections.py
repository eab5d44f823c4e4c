"""A connection: a page of rows found by keyset, its edges and nodes, and what is said of the whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from resolvers.anchor import Anchor, Row, Walk
from resolvers.arguments import WindowParameter
from resolvers.selection import Group, Selection

__all__ = ["Pattern", "connection"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where the rows of a connection come from.

    `match` gives the Cypher pattern and its conditions for the names of node and relationship; `counted` a pattern
    that needs no condition, which the degree or label store counts. `key` is the property that tells apart parallel
    relationships. `about` pairs what a Scope is about with the field. Where `clauses` is set, the rows are maps that
    these clauses bind to the name of the node, and there is no pattern; `listed` is a list of them in order.
    """

    target: str
    name: str
    about: tuple[str, str]
    match: Callable[[str, str], tuple[str, list[str]]]
    counted: str | None
    key: str | None = None
    clauses: Callable[[str], str] | None = None
    listed: str | None = None


def connection(walk: Walk, pattern: Pattern, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add a connection to the row; return the Python expression that writes it.

    Rows are asked for only where `edges`, `nodes` or `pageInfo` is, and counted only where `totalCount` is.
    """
    return _Page(walk, pattern, selection, anchor).write(row)


class _Page:
    """One connection being compiled.

    The list of its rows stands first in its own list, counts and absences after it.
    """

    def __init__(self, walk: Walk, pattern: Pattern, selection: Selection, anchor: Anchor) -> None:
        self._walk = walk
        self._pattern = pattern
        self._selection = selection
        self._outer = anchor
        self._asked = selection.groups[0].selections
        node, edge = f"n{walk.number()}", f"r{walk.number()}"
        self._window = f"p{walk.number()}"
        self._value, self._rows = f"x{walk.number()}", f"x{walk.number()}"
        self._row = Row(f"x{walk.number()}")
        key = f" + ' ' + coalesce({edge}.{pattern.key}, '')" if pattern.key else ""
        name = selection.groups[0].types[0]
        if pattern.clauses is not None:
            self._order = f"{node}.key"
            self._text, self._conditions, self._state = pattern.clauses(node), [], ""
            self._anchor = replace(anchor, record=node, item=node, concept=name)
        else:
            self._order = walk.order(pattern.target, node) + key
            text, conditions = pattern.match(node, edge)
            self._text, self._conditions = f"MATCH {text}", [condition for condition in conditions if condition]
            self._state, values = walk.state(self._node_groups(), node, anchor)
            self._anchor = Anchor(
                anchor.clock, node=node, values=values, edge=edge, record=edge, item=node, concept=name
            )
        self._row.add(self._order)

    def write(self, row: Row) -> str:
        held = Row(self._value)
        needs_rows = any(item.field in {"edges", "nodes", "pageInfo"} for item in self._asked)
        if needs_rows:
            held.add("")  # its place is first; the text follows below, when all that is asked of a row is known
        body = ", ".join(f"{item.key!r}: {self._part(item, held)}" for item in self._asked)
        page = "None"
        if needs_rows:
            held.expressions[0] = self._collected()
            page = f"page({self._value}[0], bound.windows[{self._window!r}])"
        return f"(lambda {self._value}: (lambda {self._rows}: {{{body}}})({page}))({row.add(str(held))})"

    def _part(self, item: Selection, held: Row) -> str:
        match item.field:
            case "edges":
                return f"[{self._edge(item)} for {self._row.name} in {self._rows}]"
            case "nodes":
                return f"[{self._node(item)} for {self._row.name} in {self._rows}]"
            case "pageInfo":
                return self._page_info(item)
            case "totalCount":
                return held.add(self._total())
            case "absent":
                return self._walk.absences(self._pattern.about, item, self._outer, held)
        return self._walk.field(self._walk.concept(self._selection.groups[0].types[0]), item, self._outer, held)

    def _node_groups(self) -> tuple[Group, ...]:
        groups: list[Group] = []
        for item in self._asked:
            if item.field == "nodes":
                groups += item.groups
            elif item.field == "edges":
                for inner in item.groups[0].selections:
                    if inner.field == "node":
                        groups += inner.groups
        return tuple(groups)

    def _node(self, item: Selection) -> str:
        anchor = self._anchor if self._pattern.clauses else replace(self._anchor, record=self._anchor.values)
        expression, source = self._walk.entity(item.groups, anchor, "{value}", self._row.before)
        return source.replace("{value}", self._row.add(expression))

    def _edge(self, selection: Selection) -> str:
        group = selection.groups[0]
        concept = self._walk.concept(group.types[0])
        entries = []
        for item in group.selections:
            if item.field == "cursor":
                written = self._cursor(f"{self._row.name}[0]")
            elif item.field == "node":
                written = self._node(item)
            else:
                written = self._walk.field(concept, item, self._anchor, self._row)
            entries.append(f"{item.key!r}: {written}")
        return f"{{{', '.join(entries)}}}"

    def _cursor(self, key: str) -> str:
        return f"cursors.seal({self._pattern.name!r}, bound.dates[{self._anchor.clock.parameter!r}], {key})"

    def _page_info(self, selection: Selection) -> str:
        rows = f"{self._value}[0], bound.windows[{self._window!r}]"
        sources = {
            "__typename": "'PageInfo'",
            "hasNextPage": f"has_next({rows})",
            "hasPreviousPage": f"has_previous({rows})",
            "startCursor": f"({self._cursor(f'{self._rows}[0][0]')} if {self._rows} else None)",
            "endCursor": f"({self._cursor(f'{self._rows}[-1][0]')} if {self._rows} else None)",
        }
        entries = [f"{item.key!r}: {sources[item.field]}" for item in selection.groups[0].selections]
        return f"{{{', '.join(entries)}}}"

    def _total(self) -> str:
        if self._pattern.counted is not None:
            return f"COUNT {{ {self._pattern.counted} }}"
        if self._pattern.listed is not None:
            return f"size({self._pattern.listed})"
        if self._pattern.clauses is not None:
            return f"COUNT {{ {self._text} RETURN {self._anchor.item} }}"
        return f"COUNT {{ {self._text} WHERE {' AND '.join(self._conditions)} }}"

    def _collected(self) -> str:
        backward = self._walk.is_backward(self._selection)
        first, after, last, before = (
            self._selection.argument(argument) for argument in ("first", "after", "last", "before")
        )
        self._walk.take(
            WindowParameter(
                name=self._window,
                key=self._selection.key,
                connection=self._pattern.name,
                clock=self._anchor.clock.parameter,
                first=first,
                after=after,
                last=last,
                before=before,
                is_backward=backward,
                location=self._selection.location,
            )
        )
        if self._pattern.listed is not None:
            rows = f"[one IN {self._pattern.listed} WHERE one.key {'<' if backward else '>'} ${self._window}Key]"
            ordered = f"reverse({rows})" if backward else rows
            item = self._anchor.item
            return (
                f"COLLECT {{ UNWIND {ordered}[..${self._window}Limit] AS {item}"
                f" {' '.join([*self._row.before, f'RETURN {self._row.text()}'])} }}"
            )
        where = " AND ".join([*self._conditions, f"{self._order} {'<' if backward else '>'} ${self._window}Key"])
        found = f"{self._text}{' WITH *' if self._pattern.clauses else ''} WHERE {where}{self._state}"
        in_order = f"ORDER BY {self._order}{' DESC' if backward else ''}"
        if self._row.before:  # the page is cut before anything is looked up for its rows
            found += f"\n    WITH * {in_order} LIMIT ${self._window}Limit\n    " + "\n    ".join(self._row.before)
            return f"COLLECT {{ {found}\n    RETURN {self._row.text()} {in_order} }}"
        return f"COLLECT {{ {found}\n    RETURN {self._row} {in_order} LIMIT ${self._window}Limit }}"
