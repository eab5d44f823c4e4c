"""For how many years evidence speaks is a setting of the graph, by which coverage and its explanation both go."""

from datetime import date

from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import agreement, covering, eligibility, hub, outcomes, post, verdicts, write

PAGE = "PUBLISHED_ELIGIBILITY"


def test_fewer_years_take_coverage_away_and_more_give_it_back(writer: Writer, ask: Ask) -> None:
    """A page, an agreement and a post of 2020 speak in 2026 for ten years and not for five; each time with a number."""
    told = date(2020, 3, 1)
    area = "LocalAuthority:NORTH"
    write(
        writer,
        *eligibility("gps", area, evidenceDate=told),
        *agreement("sla", area, evidenceDate=told),
        *hub("HUB"),
        *post("p", area, in_hub="HUB", evidenceDate=told),
    )
    rules = {(rule, "library", "WHOLE") for rule in (PAGE, "AGREEMENT", "TRAINING_HUB")}
    assert covering(ask, "GPPractice:P1") == rules

    fewer = writer.set_years_of_evidence(5)

    assert fewer is not None
    assert fewer.sequence == 2
    assert covering(ask, "GPPractice:P1") == set()
    explained = outcomes(ask, "GPPractice:P1")
    for rule in (PAGE, "AGREEMENT", "TRAINING_HUB"):
        assert verdicts(explained, rule) == [("UNKNOWN", "SOURCE_STALE")]
    assert "more than 5 years before" in next(row["missing"] for row in explained if row["rule"] == PAGE)
    assert writer.set_years_of_evidence(5) is None

    again = writer.set_years_of_evidence(10)

    assert again is not None
    assert covering(ask, "GPPractice:P1") == rules
    assert writer.head().sequence == 3


def test_a_setting_that_moves_no_coverage_takes_a_number_too(writer: Writer, ask: Ask) -> None:
    """What a rule explains is then another text, and who holds the old answer must learn of it."""
    write(writer, *eligibility("gps", "LocalAuthority:NORTH", evidenceDate=date(2008, 1, 1)))
    sequence = writer.head().sequence

    made = writer.set_years_of_evidence(12)

    assert made is not None
    assert (made.sequence, list(made.changes)) == (sequence + 1, [])
    row = next(row for row in outcomes(ask, "GPPractice:P1") if row["rule"] == PAGE)
    assert "more than 12 years before" in row["missing"]
