"""Sources are loaded in their order, save that a relationship finds both its ends."""

from seed.order import Step, steps


def test_sources_that_need_nothing_keep_their_order() -> None:
    """One step each."""
    assert steps(["b", "a"], {}) == [Step("b", "ALL"), Step("a", "ALL")]


def test_a_source_follows_what_it_needs() -> None:
    """And so does what needs it in turn; a source may need itself."""
    order = steps(["a", "b", "c"], {"a": ["b", "a"], "b": ["c"]})

    assert [step.source for step in order] == ["c", "b", "a"]
    assert {step.what for step in order} == {"ALL"}


def test_a_ring_is_loaded_in_two_rounds() -> None:
    """Nodes of all first, then the relationships; the rest of the sources stays outside of it."""
    order = steps(["a", "b", "c", "d"], {"a": ["b"], "b": ["a", "d"], "c": ["a"]})

    assert order == [
        Step("d", "ALL"),
        Step("a", "NODES"),
        Step("b", "NODES"),
        Step("a", "LINKS"),
        Step("b", "LINKS"),
        Step("c", "ALL"),
    ]
