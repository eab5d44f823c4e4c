"""The nearest services to ask, and from where the distance is."""

from datetime import date, timedelta

import pytest

from cypher.statement import load
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import START, TODAY, network, service, write
from tests.cypher.world import node

NEAREST = load("coverage/nearest")


def nearest(ask: Ask, subject: str, day: date = TODAY, first: int = 3) -> list[list[object]]:
    """Return the rows for a subject."""
    return ask(NEAREST.text, subject=subject, asOf=day, first=first)


def test_the_nearest_stand_first_and_say_why(writer: Writer, ask: Ask) -> None:
    """Distance is from the practice to where the service's host is, and the host is named."""
    write(writer, *service("far", location=(53.0, -1.0)))

    (near, near_kilometres, basis, _), (far, far_kilometres, _, _) = nearest(ask, "GPPractice:P1")

    assert (near, far) == ("KnowledgeService:library", "KnowledgeService:far")
    # One tenth of a degree of longitude at 52° north, and one degree of latitude.
    assert near_kilometres == pytest.approx(6.9, abs=0.1)
    assert far_kilometres == pytest.approx(111.2, abs=0.5)
    assert basis == (
        "Distance from where it is; the service is placed where its host is: NHSTrust RT, whose own staff it covers."
    )


def test_a_network_is_where_its_practices_are(writer: Writer, ask: Ask) -> None:
    """The middle of the practices with a location counts, and not the network's administrative address."""
    write(
        writer,
        *network("PAIR", "P1", "P2", "P3")[1:],
        node("PrimaryCareNetwork", "PAIR", START, location=(50.0, 0.0)),
        node("PrimaryCareNetwork", "EMPTY", START, location=(52.0, -1.1)),
    )

    pair, empty = nearest(ask, "PrimaryCareNetwork:PAIR")[0], nearest(ask, "PrimaryCareNetwork:EMPTY")[0]

    assert pair[1] == pytest.approx(0.0, abs=0.1)
    assert "the middle of its 2 practices with a known location" in str(pair[2])
    assert "its administrative address, as no practice of it has a known location" in str(empty[2])


@pytest.mark.parametrize(
    "subject", ["SubICBLocation:01S", "IntegratedCareBoard:QS", "LocalAuthority:NORTH", "LocalAuthority:SHIRE"]
)
def test_an_area_is_where_its_practices_are(writer: Writer, ask: Ask, subject: str) -> None:
    """A commissioner, a district and a county are in the middle of their practices."""
    write(writer)

    assert nearest(ask, subject)[0][:2] == ["KnowledgeService:library", pytest.approx(0.0, abs=0.1)]


def test_nothing_is_near_to_what_has_no_place(writer: Writer, ask: Ask) -> None:
    """Where nothing of the subject has a location there is no distance, and no row."""
    write(writer)

    assert nearest(ask, "GPPractice:P4") == []
    assert nearest(ask, "LocalAuthority:BOROUGH") == []


def test_past_services_are_not_for_asking(writer: Writer, ask: Ask) -> None:
    """A service that ended is left out from its end on, and one that is not yet known before its start."""
    end = date(2024, 1, 1)
    write(writer, *service("aged", ends=end, location=(52.0, -1.1)))

    both = ["KnowledgeService:aged", "KnowledgeService:library"]
    assert [row[0] for row in nearest(ask, "GPPractice:P1", end - timedelta(days=1))] == both
    assert [row[0] for row in nearest(ask, "GPPractice:P1", end)] == both[1:]
    assert nearest(ask, "GPPractice:P1", START - timedelta(days=1)) == []


def test_ties_are_broken_by_id_and_the_number_is_kept(writer: Writer, ask: Ask) -> None:
    """Two services at one place stand in the order of their ids, so an answer is the same each time."""
    write(writer, *service("annexe", location=(52.0, -1.1)))

    assert [row[0] for row in nearest(ask, "GPPractice:P1")] == ["KnowledgeService:annexe", "KnowledgeService:library"]
    assert [row[0] for row in nearest(ask, "GPPractice:P1", first=1)] == ["KnowledgeService:annexe"]
