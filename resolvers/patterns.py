"""What the rows of a connection are: what a relationship leads to, what a clause finds, or all of a concept."""

from dataclasses import replace

from resolvers.anchor import Anchor, Row, Walk
from resolvers.concept import Direction, Link, RootConnection, Rows
from resolvers.connections import Pattern, connection
from resolvers.feed import chosen
from resolvers.selection import Selection

__all__ = ["all_of", "found", "linked"]


def linked(walk: Walk, field: Link, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add the page of a connection that follows a relationship to the row; return what writes it."""
    left, right = ("-", "->") if field.direction is Direction.FORWARD else ("<-", "-")
    clock = anchor.clock
    types = clock.types(field.relationship)

    def match(node: str, edge: str) -> tuple[str, list[str]]:
        return f"({anchor.node}){left}[{edge}:{types}]{right}({node})", [clock.holds(edge)]

    pattern = Pattern(
        target=field.target,
        name=f"{anchor.concept}.{selection.field}",
        about=(field.relationship, selection.field),
        match=match,
        counted=f"({anchor.node}){left}[:{types}]{right}()" if clock.is_now else None,
        key=field.key,
        sifted=field.sifted,
    )
    return connection(walk, pattern, selection, anchor, row)


def found(walk: Walk, field: Rows, selection: Selection, anchor: Anchor, row: Row) -> str:
    """Add the page of a connection whose rows a clause finds to the row; return what writes it."""
    anchor = chosen(walk, field, selection, anchor)

    def filled(within: Anchor) -> str:
        is_then = within.clock.known is not None and bool(field.then)
        return within.filled_then(field.then) if is_then else within.fill(field.match)

    pattern = Pattern(
        target=field.type,
        name=f"{anchor.concept}.{selection.field}",
        about=("", selection.field),
        match=lambda *_: ("", []),
        counted=None,
        clauses=lambda item: filled(replace(anchor, item=item)),
        listed=filled(anchor) if field.is_list else None,
        sift=field.sift,
        total=field.total,
    )
    return connection(walk, pattern, selection, anchor, row)


def all_of(walk: Walk, holder: str, field: RootConnection, selection: Selection, row: Row) -> str:
    """Add the page of a connection to all of a concept to the row; return what writes it."""
    clock = walk.clock(selection)
    concept = walk.concept(field.target)
    is_plain = clock.is_now or concept.is_timeless
    pattern = Pattern(
        target=field.target,
        name=f"{holder}.{selection.field}",
        about=(field.target, selection.field),
        match=lambda node, _: (
            (f"({node}:{concept.label})", []) if is_plain else clock.one_of(concept.label or "", node)
        ),
        counted=f"(:{concept.label})" if is_plain else None,
        sifted=field.sifted,
        labels=(concept.label if is_plain else clock.labels(concept.label or "")) or "",
    )
    return connection(walk, pattern, selection, Anchor(clock, concept=holder), row)
