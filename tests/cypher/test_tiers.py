"""The rules that place neighbourhoods in places, and councils' boards in the areas of integrated care boards."""

from datetime import date

from cypher.change import LinkRecord
from cypher.writer import Writer
from tests.cypher.world import APRIL_2026, JULY_2022, interval, link, node, opened

JOINED, APRIL_2023, MAY_2025 = date(2023, 1, 1), date(2023, 4, 1), date(2025, 5, 1)


def _derived(writer: Writer, rule: str) -> list[LinkRecord]:
    return [one for one in writer.held()[0].links.values() if one.rule == rule]


def _settle(tiny: Writer, coverage: str) -> None:
    """Lay the tiny network's practices in two districts, of which a place takes in one."""
    tiny.apply(
        opened(
            node("Neighbourhood", "U1", JOINED),
            link("NEIGHBOURHOOD_OF", "Neighbourhood:U1", "PrimaryCareNetwork:U1", JOINED),
            *(node("LocalAuthority", code, APRIL_2023, onsCode=code) for code in ("E06000001", "E06000002")),
            *(
                link("LOCATED_IN", f"GPPractice:{code}", f"LocalAuthority:{district}", MAY_2025)
                for code, district in (("P1", "E06000001"), ("P2", "E06000001"), ("P3", "E06000002"))
            ),
            node("Place", "here", JULY_2022),
            link("PLACE_IN", "Place:here", "IntegratedCareSystem:QB2", JULY_2022),
            link(
                "PLACE_AUTHORITY",
                "Place:here",
                "LocalAuthority:E06000001",
                APRIL_2023,
                basis="SAME_NAME",
                coverage=coverage,
            ),
        ),
        source="world",
        check=True,
    )


def test_a_neighbourhood_lies_in_a_place_with_the_share_of_its_practices(tiny: Writer) -> None:
    """Two of three practices, since the first date at which it is known where they lie."""
    _settle(tiny, "WHOLE")

    (lies,) = _derived(tiny, "NEIGHBOURHOOD_PLACE")

    assert (lies.start, lies.end, lies.validity) == ("Neighbourhood:U1", "Place:here", interval(MAY_2025))
    assert (lies.values["share"], lies.values["practices"], lies.values["extent"]) == (2 / 3, 2, "PART")
    assert lies.values["basis"] == "SAME_NAME"


def test_nothing_follows_of_a_place_that_takes_in_a_part_of_an_authority(tiny: Writer) -> None:
    """Which practices of the authority lie in the place is not known."""
    _settle(tiny, "PART")

    assert _derived(tiny, "NEIGHBOURHOOD_PLACE") == []


def test_a_county_lies_where_its_districts_do(tiny: Writer) -> None:
    """A board for health and wellbeing lies in each integrated care board's area that a district of its county does."""
    tiny.apply(
        opened(
            node("LocalAuthority", "E10000001", APRIL_2023, onsCode="E10000001", isUpperTier=True),
            *(node("LocalAuthority", code, APRIL_2023, onsCode=code) for code in ("E07000001", "E07000002")),
            *(
                link("WITHIN", f"LocalAuthority:{code}", "LocalAuthority:E10000001", APRIL_2023)
                for code in ("E07000001", "E07000002")
            ),
            link("AUTHORITY_IN", "LocalAuthority:E07000001", "IntegratedCareBoard:QB2", APRIL_2023),
            link("AUTHORITY_IN", "LocalAuthority:E07000002", "IntegratedCareBoard:QB2", APRIL_2023),
            link("AUTHORITY_IN", "LocalAuthority:E07000002", "IntegratedCareBoard:QC3", APRIL_2026),
            node("HealthAndWellbeingBoard", "E10000001", APRIL_2023),
            link("BOARD_FOR", "HealthAndWellbeingBoard:E10000001", "LocalAuthority:E10000001", APRIL_2023),
        ),
        source="world",
        check=True,
    )

    found = {one.end: one.validity for one in _derived(tiny, "AUTHORITY_AREA")}

    assert found == {
        "IntegratedCareBoard:QB2": interval(APRIL_2023),
        "IntegratedCareBoard:QC3": interval(APRIL_2026),
    }
