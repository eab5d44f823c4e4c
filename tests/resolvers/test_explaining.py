"""The sentences of `explanation`: whole, plain, and naming everything that the answer names."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from resolvers.explaining import explained

_WORDS = st.text(alphabet="abcdefghij KLM\t&'-", min_size=1, max_size=30).map(lambda text: f"x{text}y")
_DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
_PRECISIONS = st.sampled_from(["DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN"])
_RULES = ["HOST", "AGREEMENT", "PUBLISHED_ELIGIBILITY", "TRAINING_HUB", "RECIPROCAL", "NATIONAL_CORE"]
_NAMED = st.fixed_dictionaries({"name": _WORDS})


def _maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


_SERVICES = st.fixed_dictionaries(
    {
        "service": _NAMED,
        "rule": st.sampled_from(_RULES),
        "group": st.sampled_from(["gp_practices", "own_staff", "hospice"]),
        "terms": st.sampled_from(["FREE", "UNKNOWN", "SLA", "ON_REQUEST"]),
        "extent": st.sampled_from(["WHOLE", "PART"]),
        "practices": st.lists(_NAMED, max_size=3),
        "validity": st.fixed_dictionaries(
            {"from": _DAYS, "fromPrecision": _PRECISIONS, "to": _maybe(_DAYS), "toPrecision": _maybe(_PRECISIONS)}
        ),
        "quote": _maybe(_WORDS),
        "evidenceDate": _maybe(_DAYS),
        "evidenceDatePrecision": _maybe(_PRECISIONS),
        "sources": st.lists(st.fixed_dictionaries({"dateRead": _maybe(_DAYS)}), max_size=2),
    }
)
_ANSWERS = st.fixed_dictionaries(
    {
        "code": st.just("U1"),
        "asOf": _DAYS,
        "outcome": st.sampled_from(["COVERED", "PARTLY_COVERED", "GAP", "UNKNOWN", "NOT_APPLICABLE", "NOT_FOUND"]),
        "basis": st.sampled_from(["ITSELF", "MEMBERS", None]),
        "subject": _maybe(_NAMED),
        "services": st.lists(_SERVICES, max_size=3),
        "rules": st.lists(
            st.fixed_dictionaries(
                {
                    "rule": st.sampled_from(_RULES),
                    "isLocal": st.booleans(),
                    "outcome": st.sampled_from(["APPLIES", "DOES_NOT_APPLY", "UNKNOWN"]),
                    "missing": _maybe(_WORDS),
                }
            ),
            max_size=6,
        ),
        "nearest": st.lists(
            st.fixed_dictionaries(
                {
                    "service": _NAMED,
                    "distanceKilometres": st.floats(0, 500),
                    "why": st.lists(st.sampled_from(["DISTANCE", "SHARED_SYSTEM", "PREDECESSOR_AGREEMENT"])),
                }
            ),
            max_size=3,
        ),
        "members": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(["NETWORKS", "PRACTICES"]),
                    "counts": st.fixed_dictionaries(
                        {name: st.integers(0, 9) for name in ("inAll", "covered", "partlyCovered", "gaps", "unknown")}
                    ),
                    "services": st.lists(st.fixed_dictionaries({"service": _NAMED}), max_size=2),
                }
            ),
            max_size=2,
        ),
        "absent": st.lists(st.fixed_dictionaries({"settles": _maybe(_WORDS)}), max_size=2),
    }
)


@given(_ANSWERS)
def test_an_explanation_is_whole_sentences_that_name_every_service(answer: dict[str, Any]) -> None:
    """No value shows through as None or null, no gap is left where one is missing, and no service is passed over."""
    text = explained(answer)

    assert text
    assert "None" not in text
    assert "null" not in text
    assert "  " not in text
    assert text == text.strip()
    if answer["subject"] is not None:
        assert " ".join(answer["subject"]["name"].split()) in text
        for one in answer["services"]:
            assert " ".join(one["service"]["name"].split()) in text
        if answer["outcome"] == "GAP" and answer["basis"] == "ITSELF":
            for one in answer["nearest"]:
                assert " ".join(one["service"]["name"].split()) in text


def test_the_words_of_a_page_stand_in_quotation_marks_with_when_it_was_read() -> None:
    """Since when, who, whom, on which terms, why: in one sentence."""
    answer = {
        "code": "U1",
        "asOf": date(2026, 11, 24),
        "outcome": "COVERED",
        "basis": "ITSELF",
        "subject": {"name": "Shire PCN"},
        "services": [
            {
                "service": {"name": "Shire Library"},
                "rule": "PUBLISHED_ELIGIBILITY",
                "group": "gp_practices",
                "terms": "FREE",
                "extent": "WHOLE",
                "practices": [],
                "validity": {"from": date(2026, 11, 1), "fromPrecision": "DAY", "to": None, "toPrecision": None},
                "quote": "GPs of the Shire",
                "evidenceDate": None,
                "evidenceDatePrecision": None,
                "sources": [{"dateRead": date(2026, 11, 24)}],
            }
        ],
        "rules": [],
        "nearest": [],
        "members": [],
        "absent": [],
    }

    assert explained(answer) == (
        "On 24 November 2026 a local knowledge and library service covers Shire PCN."
        " Since 1 November 2026 Shire Library serves general practices and their staff, free of charge, because the"
        " service's own page says: “GPs of the Shire” (undated, read in November 2026)."
    )
