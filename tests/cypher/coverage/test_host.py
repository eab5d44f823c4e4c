"""HOST: the trust that runs a service has its own staff covered."""

from datetime import date, timedelta

from cypher.change import change
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import LIBRARY, START, TODAY, covering, outcomes, service, verdicts, write
from tests.cypher.world import link, node


def test_a_host_is_covered_while_it_hosts(writer: Writer, ask: Ask) -> None:
    """The trust is covered from the day on which hosting is known, and the proof is the service and the trust."""
    write(writer)

    assert covering(ask, "NHSTrust:RT") == {("HOST", "library", "WHOLE")}
    assert covering(ask, "NHSTrust:RT", START - timedelta(days=1)) == set()
    applied = outcomes(ask, "NHSTrust:RT")[0]
    assert (applied["outcome"], applied["service"], applied["group"]) == ("APPLIES", LIBRARY, "own_staff")
    assert applied["path"] == [LIBRARY, "NHSTrust:RT"]
    assert verdicts(outcomes(ask, "NHSTrust:RT", START - timedelta(days=1)), "HOST") == [("UNKNOWN", "BEFORE_SOURCES")]


def test_hosting_says_nothing_of_a_practice(writer: Writer, ask: Ask) -> None:
    """A practice is no part of a trust, however near the trust's library is."""
    write(writer)

    assert covering(ask, "GPPractice:P1") == set()
    assert verdicts(outcomes(ask, "GPPractice:P1"), "HOST") == [("DOES_NOT_APPLY", "NOT_APPLICABLE")]


def test_a_past_service_covers_its_host_no_more(writer: Writer, ask: Ask) -> None:
    """A service that ended covers nobody from the day of its end on, although its trust goes on."""
    end = date(2024, 1, 1)
    write(writer, *service("old", ends=end, host="RX"))

    assert covering(ask, "NHSTrust:RX", end - timedelta(days=1)) == {("HOST", "old", "WHOLE")}
    assert covering(ask, "NHSTrust:RX", end) == set()
    assert verdicts(outcomes(ask, "NHSTrust:RX", end), "HOST") == [("DOES_NOT_APPLY", "NONE_EXISTS")]


def test_a_service_that_moved_host_twice_covers_each_in_its_time(writer: Writer, ask: Ask) -> None:
    """Each host is covered for its own stay: a service is at one place at a time, and goes back where it was."""
    moved, back = date(2022, 1, 1), date(2024, 1, 1)
    write(
        writer,
        *service("wanderer"),
        link("HOSTED_BY", "KnowledgeService:wanderer", "NHSTrust:RX", START, moved, basis="named"),
        node("NHSTrust", "RY", START),
        link("HOSTED_BY", "KnowledgeService:wanderer", "NHSTrust:RY", moved, back, basis="named"),
        link("HOSTED_BY", "KnowledgeService:wanderer", "NHSTrust:RX", back, basis="named"),
    )

    stays = {
        day: [bool(covering(ask, f"NHSTrust:{code}", day)) for code in ("RX", "RY")] for day in (START, moved, back)
    }
    assert stays == {START: [True, False], moved: [False, True], back: [True, False]}
    assert verdicts(outcomes(ask, "NHSTrust:RX", moved), "HOST") == [("DOES_NOT_APPLY", "NONE_EXISTS")]
    assert verdicts(outcomes(ask, "NHSTrust:RX", back), "HOST") == [("APPLIES", None)]


def test_a_successor_is_not_taken_for_a_host(writer: Writer, ask: Ask) -> None:
    """A merger moves staff and buildings, but which library serves them afterwards is for a source to say."""
    merged = date(2025, 4, 1)
    write(
        writer,
        node("NHSTrust", "RO", START, merged),
        *service("parted"),
        link("HOSTED_BY", "KnowledgeService:parted", "NHSTrust:RO", START, merged, basis="named"),
        link("SUCCEEDED_BY", "NHSTrust:RO", "NHSTrust:RX", merged, kind="MERGER"),
    )

    assert covering(ask, "NHSTrust:RO", merged - timedelta(days=1)) == {("HOST", "parted", "WHOLE")}
    assert covering(ask, "NHSTrust:RX") == set()
    missing = outcomes(ask, "NHSTrust:RX")[0]
    assert (missing["outcome"], missing["reason"], missing["service"]) == (
        "UNKNOWN",
        "NOT_PUBLISHED",
        "KnowledgeService:parted",
    )
    assert missing["path"] == ["KnowledgeService:parted", "NHSTrust:RO", "NHSTrust:RX"]


def test_when_hosting_ends_coverage_ends_in_the_same_change_set(writer: Writer, ask: Ask) -> None:
    """A source that says that hosting ended last month ends the coverage with it, on that day."""
    write(writer)
    end = TODAY - timedelta(days=30)
    before = link("HOSTED_BY", LIBRARY, "NHSTrust:RT", START, basis="named")
    closed = change(before, link("HOSTED_BY", LIBRARY, "NHSTrust:RT", START, end, basis="named"))
    assert closed is not None

    writer.apply([closed], source="world")

    assert covering(ask, "NHSTrust:RT", end - timedelta(days=1)) == {("HOST", "library", "WHOLE")}
    assert covering(ask, "NHSTrust:RT") == set()
