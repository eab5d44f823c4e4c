"""A connection: a page of rows found by keyset, its edges and nodes, and what is said of the whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from resolvers.anchor import Anchor, Row, Walk, let
from resolvers.arguments import WindowParameter
from resolvers.assumptions import Chosen, IsSent
from resolvers.errors import MalformedArgument
from resolvers.filters import Sifting, sifting
from resolvers.objects import object_of
from resolvers.selection import Group, Selection
from resolvers.sifted import Sifted

__all__ = ["Pattern", "connection"]

_UNSIFTED = Sifted()
_CURSORS = frozenset({"startCursor", "endCursor"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where the rows of a connection come from.

    `match` gives the Cypher pattern and its conditions for the names of node and relationship; `counted` a pattern
    that needs no condition, which the degree or label store counts. `key` is the property that tells apart parallel
    relationships. `about` pairs what a Scope is about with the field. Where `clauses` is set, the rows are maps that
    these clauses bind to the name of the node, and there is no pattern; `listed` is a list of them in order,
    `sift` the template of clauses that look at that list in turn until the page is full, `total` that of how many they
    leave. `sifted` is what may be asked of the rows, `labels` what they bear where a filter finds them in another way
    than by a scan.
    """

    target: str
    name: str
    about: tuple[str, str]
    match: Callable[[str, str], tuple[str, list[str]]]
    counted: str | None
    key: str | None = None
    clauses: Callable[[str], str] | None = None
    listed: str | None = None
    sift: str = ""
    total: str = ""
    sifted: Sifted = _UNSIFTED
    labels: str = ""


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def connection(walk: Walk, pattern: Pattern, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add a connection to the row; return the Python expression that writes it.

    Rows are asked for only where `edges`, `nodes` or `pageInfo` is, and counted only where `totalCount` is.
    """
    return _Page(walk, pattern, selection, anchor, row.before).write(row)


class _Page:
    """One connection being compiled.

    Where nothing but rows is asked for, the connection is the list of its rows; else they stand first in a list of
    their own, counts and absences after them. What is asked of an edge and of its node is one list. `before` are the
    clauses that run before the row in which the connection stands.
    """

    def __init__(self, walk: Walk, pattern: Pattern, selection: Selection, anchor: Anchor, before: list[str]) -> None:
        self._walk = walk
        self._pattern = pattern
        self._selection = selection
        self._outer = anchor
        self._before = before
        self._known: tuple[str, ...] = (anchor.node,) if anchor.node else ()
        self._asked = selection.groups[0].selections
        node, edge = f"n{walk.number()}", f"r{walk.number()}"
        self._window = f"p{walk.number()}"
        self._value, self._read, self._rows = (f"«x{walk.number()}»" for _ in range(3))
        self._row = Row(f"x{walk.number()}")
        self._tells_more = any(item.field == "pageInfo" for item in self._asked)  # whether it is asked if rows follow
        self._gives_cursors = False
        key = f" + ' ' + coalesce({edge}.{pattern.key}, '')" if pattern.key else ""
        name = selection.groups[0].types[0]
        self._sifting, self._is_late = Sifting(), False
        if pattern.clauses is not None:
            self._order = f"{node}.key"
            self._text, self._conditions, self._state = pattern.clauses(node), [], ""
            self._anchor = replace(anchor, record=node, item=node, concept=name)
        else:
            asked = sifting(walk, pattern.sifted, selection)
            self._state, values = walk.state(self._node_groups(), node, anchor, is_needed=asked.needs_values)
            self._is_late = bool(self._state) and asked.needs_values
            self._sifting = asked = asked.filled(
                Anchor(anchor.clock, node=node, values=values, is_entity=walk.is_entity(pattern.target))
            )
            self._order = (asked.order or walk.order(pattern.target, node)) + key
            text, conditions = pattern.match(node, edge)
            self._text, self._conditions = f"MATCH {text}", [condition for condition in conditions if condition]
            self._conditions += asked.conditions
            if asked.source:
                self._gather(asked, node)
            self._anchor = Anchor(
                anchor.clock,
                node=node,
                values=values,
                edge=edge,
                record=edge,
                item=node,
                concept=name,
                is_entity=walk.is_entity(pattern.target),
            )

    def _gather(self, asked: Sifting, node: str) -> None:
        """Find the rows once, for the page, the counts and the facets: a list of all that lie where they should."""
        is_one = f"({node}:{self._pattern.labels})"
        if self._outer.clock.known is not None:
            is_one = f"{node}.id STARTS WITH '{self._pattern.labels.split('|')[0]}:'"
        conditions = [is_one, *self._conditions]
        if asked.late and self._state:
            found = f"{asked.source}{_where(conditions)}{self._state}{_where(asked.late)}"
        else:
            found = f"{asked.source}{_where([*conditions, *asked.late])}"
        gathered = f"l{self._walk.number()}"
        self._before.append(f"CALL () {{ {found} RETURN collect({node}) AS {gathered} }}")
        self._known = (gathered,)
        self._text, self._conditions, self._sifting = f"UNWIND {gathered} AS {node} WITH *", [], replace(asked, late=())
        self._is_late = bool(self._state) and self._sifting.needs_values

    def write(self, row: Row) -> str:
        held = Row(self._value)
        needs_rows = any(item.field in {"edges", "nodes", "pageInfo"} for item in self._asked)
        if needs_rows:
            held.add("")  # its place is first; the text follows below, when all that is asked of a row is known
        body = f"{{{', '.join(f'{item.key!r}: {self._part(item, held)}' for item in self._asked)}}}"
        if not needs_rows:
            return let(self._value, row.add(str(held)), body)
        backward = self._is_backward()
        held.expressions[0] = self._collected(is_backward=backward)
        if self._tells_more:
            body = let(self._rows, f"page({self._read}, bound.windows[{self._window!r}])", body)
        else:
            body = let(self._rows, f"{self._read}[::-1]" if backward else self._read, body)
        if held.size == 1:
            return let(self._read, row.add(held.expressions[0]), body)
        return let(self._value, row.add(str(held)), let(self._read, f"{self._value}[0]", body))

    def _part(self, item: Selection, held: Row) -> str:
        match item.field:
            case "edges":
                with self._walk.within(item.key):
                    return f"[{self._edge(item)} for {self._row.name} in {self._rows}]"
            case "nodes":
                with self._walk.within(item.key):
                    return f"[{self._node(item)} for {self._row.name} in {self._rows}]"
            case "pageInfo":
                return self._page_info(item)
            case "totalCount":
                return held.add(self._total())
            case "facets":
                with self._walk.within(item.key):
                    return self._counted_by(item, held)
        concept = self._walk.concept(self._selection.groups[0].types[0])
        if item.field == "absent" and "absent" not in concept.fields:
            return self._walk.absences(self._pattern.about, item, self._outer, held, self._no_container())
        return self._walk.field(concept, item, self._outer, held)

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
        if len(item.groups) == 1 and len(item.groups[0].types) == 1:
            (group,) = item.groups
            return object_of(self._walk, self._walk.concept(group.types[0]), group.selections, anchor, self._row)
        expression, source = self._walk.entity(item.groups, anchor, "{value}", self._row.before)
        return source.replace("{value}", self._row.add(expression))

    def _edge(self, selection: Selection) -> str:
        group = selection.groups[0]
        concept = self._walk.concept(group.types[0])
        entries = []
        for item in group.selections:
            if item.field == "cursor":
                written = self._cursor(self._row.add(self._order))
            elif item.field == "node":
                with self._walk.within(item.key):
                    written = self._node(item)
            else:
                written = self._walk.field(concept, item, self._anchor, self._row)
            entries.append(f"{item.key!r}: {written}")
        return f"{{{', '.join(entries)}}}"

    def _cursor(self, key: str) -> str:
        self._gives_cursors = True
        of = f"bound.windows[{self._window!r}].of"
        return f"cursors.seal({self._pattern.name!r}, bound.dates[{self._anchor.clock.parameter!r}], {key}, {of})"

    def _page_info(self, selection: Selection) -> str:
        asked = selection.groups[0].selections
        rows = f"{self._read}, bound.windows[{self._window!r}]"
        sources = {
            "__typename": "'PageInfo'",
            "hasNextPage": f"has_next({rows})",
            "hasPreviousPage": f"has_previous({rows})",
        }
        if any(item.field in _CURSORS for item in asked):
            key = self._row.add(self._order).removeprefix(self._row.name)
            for name, at in (("startCursor", 0), ("endCursor", -1)):
                sources[name] = f"({self._cursor(f'{self._rows}[{at}]{key}')} if {self._rows} else None)"
        return f"{{{', '.join(f'{item.key!r}: {sources[item.field]}' for item in asked)}}}"

    def _total(self) -> str:
        if self._pattern.counted is not None and self._sifting == Sifting(order=self._sifting.order):
            return f"COUNT {{ {self._pattern.counted} }}"
        if self._pattern.total:
            return self._outer.fill(self._pattern.total)
        if self._sifting.source:
            return f"size({self._known[0]})"
        if self._pattern.listed is not None:
            return f"size({self._pattern.listed})"
        if self._pattern.clauses is not None:
            return f"COUNT {{ {self._text} RETURN {self._anchor.item} }}"
        if not self._is_late or not self._sifting.late:
            return f"COUNT {{ {self._text}{_where([*self._conditions, *self._sifting.late])} }}"
        return f"COUNT {{ {self._found()} RETURN {self._anchor.node} }}"

    def _found(self, *further: str) -> str:
        """Return the clauses that find the rows, with the values of the date where those are asked for."""
        late = [*self._sifting.late, *further]
        if self._is_late:
            return f"{self._text}{_where(self._conditions)}{self._state}{_where(late)}"
        conditions = [*self._conditions, *late]
        return (
            f"{self._text}{' WITH *' if self._pattern.clauses and conditions else ''}{_where(conditions)}{self._state}"
        )

    def _counted_by(self, selection: Selection, held: Row) -> str:
        """Return the list of how many rows there are by what they can be counted by; none is fetched."""
        offered = dict(self._pattern.sifted.facets)
        by = str(self._walk.ask(Chosen(selection.argument("by"))))
        if by not in offered:
            raise MalformedArgument(
                f"{self._selection.key} is not counted by {by}; it can be by {', '.join(offered) or 'nothing'}.",
                "FACET_NOT_OFFERED",
                path=self._walk.path(),
                locations=[selection.location],
                details={"argument": "by", "sent": by, "allowed": list(offered)},
            )
        facet, item = offered[by], f"i{self._walk.number()}"
        name = f"x{self._walk.number()}"
        inner = Row(name)
        anchor = replace(self._anchor, record=item, item=item)
        known = ", ".join(dict.fromkeys((self._anchor.node, self._anchor.values)))
        source = object_of(self._walk, self._walk.concept("FacetCount"), selection.groups[0].selections, anchor, inner)
        counts = f"l{self._walk.number()}"
        self._before.append(
            f"CALL ({', '.join(self._known)}) {{ {self._found()}"
            f"\n    OPTIONAL CALL ({known}) {{ {self._anchor.fill(facet.match)} }}"
            f"\n    WITH {facet.key} AS key, {facet.of} AS of, count(DISTINCT {self._anchor.node}) AS number"
            f"\n    WITH {{key: key, of: of, number: number}} AS {item} ORDER BY {item}.number DESC, {item}.key"
            f"\n    RETURN collect({inner}) AS {counts} }}"
        )
        return f"[{source} for {name} in {held.add(counts)}]"

    def _no_container(self) -> str | None:
        """Return the rows that say that nothing bears the code within which rows were asked for."""
        if not self._sifting.container:
            return None
        return (
            f"CASE WHEN EXISTS {{ {self._sifting.container} RETURN w }} THEN [] ELSE [['filter.within', 'NONE_EXISTS',"
            " null, 'Nothing within which these could lie has this code at any date; check the code.']] END"
        )

    def _is_backward(self) -> bool:
        return any(self._walk.ask(IsSent(self._selection.argument(one))) for one in ("last", "before"))

    def _collected(self, *, is_backward: bool) -> str:
        """Return what gives the rows of the page: sorted and cut by their keys, before anything else is looked up."""
        cursor = self._selection.argument("before" if is_backward else "after")
        from_cursor = bool(self._walk.ask(IsSent(cursor)))
        self._walk.take(
            WindowParameter(
                name=self._window,
                key=self._selection.key,
                connection=self._pattern.name,
                clock=self._anchor.clock.parameter,
                arguments=tuple(self._selection.argument(one) for one in ("first", "after", "last", "before")),
                is_backward=is_backward,
                from_cursor=from_cursor,
                tells_more=self._tells_more,
                gives_cursors=self._gives_cursors,
                location=self._selection.location,
                query=(*self._walk.subject(), *(self._selection.argument(one) for one in ("filter", "orderBy"))),
            )
        )
        beyond = f"{'<' if is_backward else '>'} ${self._window}Key"
        limit = f"${self._window}Limit"
        if self._pattern.listed is not None:
            rows = f"[one IN {self._pattern.listed} WHERE one.key {beyond}]" if from_cursor else self._pattern.listed
            rows = f"reverse({rows})" if is_backward else rows
            if self._pattern.sift:
                sift = self._anchor.fill(self._pattern.sift)
                found = f"UNWIND {rows} AS {self._anchor.item} {sift} WITH * LIMIT {limit}"
            else:
                found = f"UNWIND {rows}[..{limit}] AS {self._anchor.item}"
            return self._looked_up(found) if self._row.before else f"COLLECT {{ {found} RETURN {self._row} }}"
        found = self._found(f"{self._order} {beyond}") if from_cursor else self._found()
        key = f"o{self._walk.number()}"  # by a name of its own the key is read once, for the order and for the row
        self._row.rename(self._order, key)
        in_order = f"ORDER BY {key}{' DESC' if is_backward else ''}"
        cut = f"{found}\n    WITH *, {self._order} AS {key} {in_order} LIMIT {limit}"
        return self._looked_up(cut, in_order) if self._row.before else f"COLLECT {{ {cut} RETURN {self._row} }}"

    def _looked_up(self, page: str, in_order: str = "") -> str:
        """Collect a page, and what is looked up for its rows after it was cut; return the variable that holds it.

        What aggregates must stand in a clause: within an expression Neo4j takes it for an aggregation of the row around
        it.
        """
        name = f"l{self._walk.number()}"
        looked_up = "\n    ".join(self._row.before)
        again = f"\n    WITH * {in_order}" if in_order else ""
        self._before.append(
            f"CALL ({', '.join(self._known)}) {{ {page}"
            f"\n    {looked_up}{again} RETURN collect({self._row.text()}) AS {name} }}"
        )
        return name
