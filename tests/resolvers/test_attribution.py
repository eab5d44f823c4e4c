"""`extensions.attribution` names the publishers and licences of what the answer read, by concept."""

from resolvers.attribution import CROWN, PUBLIC_SECTOR, Attribution, words
from resolvers.selection import Operation
from tests.reading import Asking

_ODS = "Source: NHS England, Organisation Data Service. Open Government Licence v3.0."
_PAGES = "Facts from published pages; quotations remain their publishers'"


async def _told(ask: Asking, document: str) -> list[str]:
    told: list[str] = (await ask.whole(document))["extensions"]["attribution"]
    return told


async def test_networks_are_of_the_ods_and_their_services_of_pages_too(ask: Asking) -> None:
    """What is asked for decides: a field more, a publisher more."""
    networks = await _told(ask, "{ primaryCareNetworks(first: 1) { nodes { code } } }")
    covered = await _told(ask, "{ primaryCareNetworks(first: 1) { nodes { coveredBy { nodes { name } } } } }")

    assert networks[0] == PUBLIC_SECTOR
    assert _ODS in networks
    assert not any(_PAGES in one for one in networks)
    assert any(_PAGES in one for one in covered)
    assert set(networks) <= set(covered)


async def test_the_ordnance_survey_is_named_where_places_are_told(ask: Asking) -> None:
    """Districts are the Office for National Statistics' by the Survey's map; the glossary is of neither."""
    districts = await _told(ask, "{ localAuthorities(first: 1) { nodes { name } } }")
    terms = await _told(ask, "{ glossary { nodes { name } } }")

    assert districts[:2] == [PUBLIC_SECTOR, CROWN]
    assert CROWN not in terms


async def test_all_that_a_row_cites_is_told(ask: Asking) -> None:
    """None is left out: each source of the first of each concept's rows is of a publisher that the answer names."""
    for plural in ("gpPractices", "knowledgeServices", "places", "nhsTrusts", "eligibilities", "boardSeats"):
        whole = await ask.whole(f"{{ {plural}(first: 50) {{ nodes {{ sources {{ publisher licence }} }} }} }}")
        cited = {
            f"Source: {source['publisher']}. {source['licence']}."
            for one in whole["data"][plural]["nodes"]
            for source in one["sources"]
        }
        assert cited
        assert cited <= set(whole["extensions"]["attribution"]), plural


async def test_it_costs_no_statement_of_its_own(ask: Asking) -> None:
    """The first answer learns it with the degrees; from then on an answer is one statement."""
    await _told(ask, "{ nhsRegions { totalCount } }")
    assert len(ask.graph.statements) == 2
    before = len(ask.graph.statements)

    await _told(ask, "{ nhsTrusts { totalCount } }")
    await _told(ask, "{ localAuthorities { totalCount } }")

    assert len(ask.graph.statements) - before == 2


def test_a_status_makes_no_difference() -> None:
    """A dated plan reads what has ended and what is planned, and the sources of one are those of the other."""
    known = Attribution.read([("MEMBER_OF_ENDED", "A", "B"), ("GPPractice", "C", "D"), ("Term", None, "E")], 3)

    named = words("MATCH (n:GPPracticeEnded)-[r:MEMBER_OF|MEMBER_OF_PLANNED]->()", Operation("query", ()))

    assert known.of(named) == ("Source: A. B.", "Source: C. D.")
    assert known.of({"Term"}) == ()
    assert known.of(words("MATCH (n:$(about))", Operation("query", ()))) == ("Source: A. B.", "Source: C. D.")
