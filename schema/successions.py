"""One body following another, in one step or in several."""

from resolvers.concept import EntityList, Rows, Single
from schema.description import Relationship, RowsField, graph_field, record, value
from schema.links import SuccessionKind
from schema.provenance import SOURCES, Entity, Precision, Source, Standing
from schema.scalars import Date

__all__ = ["RELATIONSHIPS", "ROWS", "SuccessionPath"]

RELATIONSHIPS = (
    Relationship(
        "SUCCEEDED_BY",
        ("Entity",),
        ("Entity",),
        "successors",
        "predecessors",
        "The bodies that followed it, from the day on which they did.",
        "The bodies that it followed, from the day on which it did.",
        "SuccessionLink",
    ),
)


@record
class SuccessionPath:
    """A body that followed another, or went before it, by the fewest steps that lead there."""

    entity: Entity = graph_field(Single("{item}.entity", "Entity"), "The body.")
    kind: SuccessionKind = value("How it follows in the step that is farthest away.", "{item}.last.kind")
    date: Date = value("The day of that step.", "{item}.last.validFrom")
    precision: Precision = value("How exactly the day is known.", "{item}.last.validFromPrecision")
    steps: int = value("How many steps away it is.", "{item}.steps")
    through: list[Entity] = graph_field(EntityList("{item}.through", "Entity"), "The bodies in between.")
    standing: Standing = value("On what that step stands.", "{item}.last.standing")
    sources: list[Source] = graph_field(SOURCES, "Where that step is from.")


def steps_match(forward: bool) -> str:
    """Return the clauses of all bodies that are reached by steps whose dates go one way, each by its shortest path."""
    left, right, order = ("-", "->", "<=") if forward else ("<-", "-", ">=")
    step = f"(){left}[steps:{{types:SUCCEEDED_BY}} WHERE {{covers:steps}}]{right}()"
    way = (
        f"(({{node}})({step})+(met:Entity)"
        f" WHERE all(i IN range(0, size(steps) - 2) WHERE steps[i].validFrom {order} steps[i + 1].validFrom))"
    )
    return (
        f"MATCH far = ALL SHORTEST {way} WHERE met <> {{node}}"
        " WITH DISTINCT met, length(far) AS size"
        f" WITH met, size, head(COLLECT {{ MATCH near = ALL SHORTEST {way.replace('met:Entity', 'met')}"
        " RETURN near ORDER BY reduce(t = '', one IN nodes(near) | t + ' ' + one.id) LIMIT 1 }) AS way"
        " WITH {key: right('000' + toString(size), 4) + ' ' + met.id, entity: met, steps: size,"
        " last: last(relationships(way)), sources: last(relationships(way)).sources,"
        " through: nodes(way)[1..-1]} AS {item}"
    )


ROWS = tuple(
    RowsField("Entity", name, description, Rows("SuccessionPath", steps_match(forward), 2))
    for name, description, forward in (
        (
            "allSuccessors",
            "The bodies that followed it by the date, over any number of steps, the nearest first.",
            True,
        ),
        (
            "allPredecessors",
            "The bodies that it came of by the date, over any number of steps, the nearest first.",
            False,
        ),
    )
)
