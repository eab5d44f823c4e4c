"""HOST: the trust that runs a service has its own staff covered."""

from datetime import date, timedelta

from cypher.change import change
from cypher.writer import Writer
from tests.cypher.conftest import Ask
from tests.cypher.coverage.shire import (
    LIBRARY,
    LONG_AGO,
    START,
    TODAY,
    Record,
    bases,
    covering,
    outcomes,
    service,
    verdicts,
    write,
)
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


MERGED = date(2025, 4, 1)
PARTED = "KnowledgeService:parted"
SUCCESSION = {(PARTED, "by succession")}


def trust(code: str, ends: date | None = None, *heirs: str) -> list[Record]:
    """Return a trust, and the trusts that follow it."""
    succeeded = (link("SUCCEEDED_BY", f"NHSTrust:{code}", f"NHSTrust:{heir}", ends or START) for heir in heirs)
    return [node("NHSTrust", code, LONG_AGO, ends), *succeeded]


def test_the_one_successor_takes_over_on_the_day(writer: Writer, ask: Ask) -> None:
    """Staff, buildings and the library go to the trust that follows; the answer says that no source names it as host.

    It lends nothing to the successor's days before, and nothing to the trust that ended afterwards.
    """
    write(
        writer, *trust("RO", MERGED, "RX"), *service("parted"), link("HOSTED_BY", PARTED, "NHSTrust:RO", START, MERGED)
    )

    before = MERGED - timedelta(days=1)
    assert bases(ask, "NHSTrust:RO", before) == {(PARTED, None)}
    assert bases(ask, "NHSTrust:RX", before) == set()
    assert bases(ask, "NHSTrust:RX", MERGED) == SUCCESSION
    assert bases(ask, "NHSTrust:RO", MERGED) == set()
    assert outcomes(ask, "NHSTrust:RX")[0]["path"] == [PARTED, "NHSTrust:RO", "NHSTrust:RX"]
    rows = ask("MATCH (:Entity {id: $id})-[c:COVERS]->() RETURN c.rule, c.standing, c.via, c.key", id=PARTED)
    assert rows == [["HOST", "DERIVED", ["NHSTrust:RO"], "HOST:RO"]]


def test_two_successions_are_followed(writer: Writer, ask: Ask) -> None:
    """Each trust has the library for its own time, and the last has it now."""
    again = date(2026, 4, 1)
    write(
        writer,
        *trust("RO", MERGED, "RP"),
        *trust("RP", again, "RX"),
        *service("parted"),
        link("HOSTED_BY", PARTED, "NHSTrust:RO", START, MERGED),
    )

    assert bases(ask, "NHSTrust:RP", MERGED) == SUCCESSION
    assert bases(ask, "NHSTrust:RX", again - timedelta(days=1)) == set()
    assert bases(ask, "NHSTrust:RX", again) == SUCCESSION
    assert bases(ask, "NHSTrust:RP", again) == set()
    assert outcomes(ask, "NHSTrust:RX")[0]["path"] == [PARTED, "NHSTrust:RO", "NHSTrust:RP", "NHSTrust:RX"]


def test_of_several_successors_none_is_taken_for_the_host(writer: Writer, ask: Ask) -> None:
    """A trust was divided between two: a library goes to one of them, and which one only a source can say.

    So each of the two is told of both, and what would settle it; their own services cover them as before.
    """
    write(
        writer,
        *trust("RO", MERGED, "RX", "RT"),
        *service("parted"),
        link("HOSTED_BY", PARTED, "NHSTrust:RO", START, MERGED),
    )

    assert bases(ask, "NHSTrust:RX") == set()
    assert bases(ask, "NHSTrust:RT") == {(LIBRARY, None)}
    for subject in ("NHSTrust:RX", "NHSTrust:RT"):
        (told,) = (row for row in outcomes(ask, subject) if row["rule"] == "HOST" and row["service"] == PARTED)
        assert (told["outcome"], told["reason"]) == ("UNKNOWN", "NOT_PUBLISHED"), subject
        assert "was hosted by NHSTrust RO, and what that was went to NHSTrust RT and NHSTrust RX" in told["missing"]
        assert told["settles"] == "A page of the service that names its host, or the word of one of these trusts."


def test_a_successor_that_was_divided_ends_the_line(writer: Writer, ask: Ask) -> None:
    """One trust followed the host and hosted by succession; it was divided among three, and of these none hosts."""
    again = date(2026, 4, 1)
    write(
        writer,
        *trust("RO", MERGED, "RP"),
        *trust("RP", again, "RX", "RT", "RY"),
        node("NHSTrust", "RY", LONG_AGO),
        *service("parted"),
        link("HOSTED_BY", PARTED, "NHSTrust:RO", START, MERGED),
    )

    assert bases(ask, "NHSTrust:RP", MERGED) == SUCCESSION
    for subject in ("NHSTrust:RX", "NHSTrust:RY"):
        assert bases(ask, subject, again) == set(), subject
        told = outcomes(ask, subject, again)[0]
        assert told["outcome"] == "UNKNOWN", subject
        assert "went to NHSTrust RT, NHSTrust RX and NHSTrust RY; no source says which" in told["missing"]


def test_a_source_that_names_a_host_is_believed(writer: Writer, ask: Ask) -> None:
    """The list of 2026 has the library in another trust than the successor: till then by succession, since then there.

    A list that names the successor itself makes it a host as any other.
    """
    named = date(2026, 1, 1)
    write(
        writer,
        *trust("RO", MERGED, "RX"),
        *service("parted"),
        link("HOSTED_BY", PARTED, "NHSTrust:RO", START, MERGED),
        link("HOSTED_BY", PARTED, "NHSTrust:RT", named),
        *service("kept"),
        link("HOSTED_BY", "KnowledgeService:kept", "NHSTrust:RO", START, MERGED),
        link("HOSTED_BY", "KnowledgeService:kept", "NHSTrust:RX", named),
    )

    assert bases(ask, "NHSTrust:RX", MERGED) == SUCCESSION | {("KnowledgeService:kept", "by succession")}
    assert bases(ask, "NHSTrust:RX", named) == {("KnowledgeService:kept", None)}
    assert (PARTED, None) in bases(ask, "NHSTrust:RT", named)
    told = {(row["service"], row["outcome"], row["reason"]) for row in outcomes(ask, "NHSTrust:RX", named)[:2]}
    assert told == {("KnowledgeService:kept", "APPLIES", None), (PARTED, "DOES_NOT_APPLY", "NONE_EXISTS")}


def test_what_left_before_the_merger_does_not_pass(writer: Writer, ask: Ask) -> None:
    """The library had left the trust a year before it ended: where it is since, no source says."""
    left = date(2024, 4, 1)
    write(writer, *trust("RO", MERGED, "RX"), *service("parted"), link("HOSTED_BY", PARTED, "NHSTrust:RO", START, left))

    assert bases(ask, "NHSTrust:RX") == set()
    assert verdicts(outcomes(ask, "NHSTrust:RX"), "HOST") == [("UNKNOWN", "NOT_PUBLISHED")]


def test_a_merger_that_is_written_passes_coverage_on_by_itself(writer: Writer, ask: Ask) -> None:
    """Only the end of the trust and its succession are said; hosting is clipped, and coverage goes on, the same day."""
    write(writer)
    before = node("NHSTrust", "RT", LONG_AGO, location=(52.0, -1.1))
    ended = change(before, node("NHSTrust", "RT", LONG_AGO, TODAY, location=(52.0, -1.1)))
    succeeded = change(None, link("SUCCEEDED_BY", "NHSTrust:RT", "NHSTrust:RX", TODAY, kind="MERGER"))
    assert ended is not None
    assert succeeded is not None

    writer.apply([ended, succeeded], source="world")

    assert bases(ask, "NHSTrust:RT", TODAY - timedelta(days=1)) == {(LIBRARY, None)}
    assert bases(ask, "NHSTrust:RT") == set()
    assert bases(ask, "NHSTrust:RX") == {(LIBRARY, "by succession")}


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
