"""The text of what is held now becomes the text of what was held then, or is refused."""

import pytest

from resolvers.knowledge import NotTold, of_now, rescoped, rewritten


def _then(text: str) -> str:
    return rewritten(text, "k1", "p2")


def test_a_relationship_is_followed_as_it_was_held() -> None:
    """Superseded ones too, if they were held at the sequence; one without a name gets one to ask that of."""
    text = _then(
        "MATCH (m:Entity)<-[r:IN|IN_ENDED|IN_PLANNED WHERE r.share > 0]-() WHERE EXISTS { (m)-[:AT|AT_ENDED]->() }"
    )

    held = "{0}.recordedFrom <= k1 AND coalesce(k1 < {0}.recordedTo, true)".format
    assert f"[r:IN|IN_ENDED|IN_PLANNED|IN_SUPERSEDED WHERE {held('r')} AND r.share > 0]" in text
    assert f"[anyOf1:AT|AT_ENDED|AT_SUPERSEDED WHERE {held('anyOf1')}]" in text


def test_what_is_read_of_an_entity_is_read_of_what_lay_on_it() -> None:
    """Save its id and code, which never change; a relationship bears its own values."""
    text = _then("MATCH (n:Entity)-[r:IN|IN_ENDED|IN_PLANNED]->(m) RETURN n.id, n.code, n.name, r.share, m.validFrom")

    assert "n.id, n.code, head([known IN" in text
    assert "n.name" not in text
    assert "r.share" in text
    assert ")])]).validFrom" in text.replace(" ", "").replace("}", "")


def test_a_thing_is_found_by_its_code_as_it_is_now() -> None:
    """A code of ours never changes, so what is found by it was found by it then."""
    assert _then("MATCH (n:Entity {code: $p3}) RETURN n.id") == "MATCH (n:Entity {code: $p3}) RETURN n.id"


def test_a_label_tells_nothing_of_then() -> None:
    """A node made in error has none: the id tells the concept, and the states whether it was held."""
    text = _then("MATCH (n:Place|PlaceEnded|PlacePlanned) WHERE {covers:n} AND size(labels(n)) > 1 RETURN n")

    assert "(n:Entity WHERE n.id STARTS WITH 'Place:')" in text
    assert "labels(" not in text
    assert "EXISTS { (n)-[:HAS_STATE|HAS_STATE_SUPERSEDED]->(held:State WHERE held.recordedFrom <= k1" in text


def test_labels_of_several_concepts_are_told_by_ids() -> None:
    """Where those not yet in force are left out, by whether its life had begun, as it was held then."""
    every = _then("MATCH (n:Place|PlaceEnded|PlacePlanned|Term|TermEnded|TermPlanned WHERE n.id <> 'x') RETURN n")
    begun = _then("MATCH (n:Place|PlaceEnded|Term|TermEnded WHERE n.id <> 'x') RETURN n")

    assert "(n:Entity WHERE (n.id STARTS WITH 'Place:' OR n.id STARTS WITH 'Term:') AND n.id <> 'x')" in every
    assert ".validFrom <= $today AND n.id <> 'x')" in begun
    assert "$today AND n.id" not in every


@pytest.mark.parametrize(
    "text",
    [
        "CALL db.index.fulltext.queryNodes('names', $p3) YIELD node RETURN node",
        "MATCH (n:Entity)-[r]-(other) RETURN r",
        "MATCH (n:Place) RETURN count(n)",
        "MATCH (n:Place|PlaceEnded|Programme) RETURN count(n)",
        "MATCH (n:Entity {name: 'Exeter'}) RETURN n",
        "{untold:Nobody wrote it down.}MATCH (n:Entity) RETURN n",
        "MATCH (n:$($p3)) RETURN n",
        "MATCH ()-[r:IN]->() RETURN count(r)",
        "MATCH (a)-[r:IN|IN_ENDED|IN_PLANNED*1..3]->(b) RETURN b",
        "MATCH (n:Entity) RETURN n {.name}",
        "MATCH (n:Entity) WHERE EXISTS { ()-[n:IN|IN_ENDED|IN_PLANNED]->() } RETURN n",
    ],
)
def test_what_can_not_be_told_of_then_is_refused(text: str) -> None:
    """Whatever reads of the graph as it is now: never answered silently."""
    with pytest.raises(NotTold):
        _then(text)


def test_without_a_knowledge_the_text_is_what_it_was() -> None:
    """What a template says for a past knowledge alone leaves nothing behind."""
    template = "MATCH (n) WHERE n.id = 1{tell_where:n} {lives:n}{tell:n} WITH n{and:n} RETURN {told:n}.a, {if_told:n}"

    made = of_now(template, lambda node: f"{node}.validFrom <= $p2")

    assert made == "MATCH (n) WHERE n.id = 1 AND n.validFrom <= $p2 WITH n RETURN n.a, n"


def test_every_subquery_has_the_sequence_in_its_scope() -> None:
    """A parameter would be seen everywhere; the sequence of an instant is found by the statement itself."""
    assert rescoped("CALL () { CALL (a, b) { RETURN 1 } }", "k1") == "CALL (k1) { CALL (a, b, k1) { RETURN 1 } }"
