"""The content hash is one for the same facts, whatever the order, and another for other facts."""

from dataclasses import replace

from cypher.change import NodeRecord
from cypher.hash import canonical, content_hash
from cypher.held import Held
from tests.cypher.world import find, world


def holding(reverse: bool = False, sequence: int = 1) -> Held:
    """Return the tiny England as it is held."""
    held = Held()
    for record in reversed(world()) if reverse else world():
        if isinstance(record, NodeRecord):
            held.add_node(record, (sequence,))
        else:
            held.add_link(record)
    return held


def test_the_hash_does_not_depend_on_order_or_sequence() -> None:
    """Nor on the order in which values were written down."""
    board = find(world(), "IntegratedCareBoard:QB2")
    turned = replace(
        board, states=(replace(board.states[0], values=dict(reversed(list(board.states[0].values.items())))),)
    )

    assert content_hash(holding()) == content_hash(holding(reverse=True, sequence=7))
    assert canonical(turned) == canonical(board)


def test_the_hash_depends_on_every_fact() -> None:
    """One value of one state."""
    held = holding()
    board = held.nodes["IntegratedCareBoard:QB2"]
    before = content_hash(held)

    held.add_node(replace(board, states=(replace(board.states[0], absences=("website|NOT_PUBLISHED|",)),)), (1,))

    assert content_hash(held) != before
