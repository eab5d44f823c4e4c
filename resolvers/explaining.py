"""`explanation`: one answer about coverage in sentences that a person can read aloud.

Pure: it is given what the API's answer holds, and adds nothing to it but words. What sources say stands in quotation
marks, with the date of the page or of its reading.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

__all__ = ["PARTS", "explained"]

Answer = Mapping[str, Any]

_NAMED = ("service", ("name",))
# What of `Coverage` the sentences are made of.
PARTS: tuple[Any, ...] = (
    "code",
    "asOf",
    "outcome",
    "basis",
    ("subject", ("name",)),
    (
        "services",
        (
            _NAMED,
            "rule",
            "group",
            "terms",
            "extent",
            ("practices", ("name",)),
            ("validity", ("from", "fromPrecision", "to", "toPrecision")),
            "quote",
            "evidenceDate",
            "evidenceDatePrecision",
            ("sources", ("dateRead",)),
        ),
    ),
    ("rules", ("rule", "isLocal", "outcome", "missing")),
    ("nearest", (_NAMED, "distanceKilometres", "why"), {"first": 3}),
    (
        "members",
        ("kind", ("counts", ("inAll", "covered", "partlyCovered", "gaps", "unknown")), ("services", (_NAMED,))),
    ),
    ("absent", ("settles",)),
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_GROUPS = {
    "own_staff": "its staff",
    "other_trust": "its staff, as those of another trust",
    "community_trust": "its community staff",
    "mental_health_trust": "its mental health staff",
    "ambulance": "its ambulance staff",
    "gp_practices": "general practices and their staff",
    "pcn_staff": "the staff of the network",
    "icb_staff": "the staff of the integrated care board",
    "public_health": "the public health staff of the council",
}
_TERMS = {
    "FREE": "free of charge",
    "SLA": "under a service level agreement",
    "ON_REQUEST": "on request",
    "CHARGED": "against a charge",
    "REFERENCE_ONLY": "for reference on the spot only",
    "UNKNOWN": "on terms that the source does not state",
}
_BECAUSE = {
    "HOST": "because it hosts that service",
    "AGREEMENT": "because a source states an agreement",
    "PUBLISHED_ELIGIBILITY": "because the service's own page says so",
    "TRAINING_HUB": "because a knowledge specialist of that service works in a training hub there",
}
_RULES = {
    "HOST": "By hosting, no",
    "AGREEMENT": "By agreement, no",
    "PUBLISHED_ELIGIBILITY": "By what services say of themselves, no",
    "TRAINING_HUB": "By a training hub, no",
}
_WHY = {
    "SHARED_SYSTEM": "its host is in the same system",
    "PREDECESSOR_AGREEMENT": "it has or had an agreement with a predecessor",
}
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def explained(coverage: Answer) -> str:
    """Return the answer in sentences: what covers the subject and why, or why nothing does and whom to ask."""
    return " ".join(_plain(sentence) for sentence in _sentences(coverage))


def _sentences(coverage: Answer) -> Iterable[str]:
    day = _day(coverage["asOf"])
    if coverage["subject"] is None:
        yield f"Nothing with the code {coverage['code']} is in force on {day}."
        yield from (_spoken(one["settles"]) for one in coverage["absent"] if one["settles"])
        return
    name = coverage["subject"]["name"]
    yield _outcome(coverage, name, day)
    yield from (_service(one, name) for one in coverage["services"])
    if coverage["basis"] == "MEMBERS" or any(one["kind"] == "NETWORKS" for one in coverage["members"]):
        yield from _members(coverage["members"], name)
    if coverage["outcome"] in {"GAP", "UNKNOWN"} and coverage["basis"] == "ITSELF":
        yield from _reasons(coverage["rules"])
        yield from _to_ask(coverage["nearest"])
    if any(one["rule"] == "NATIONAL_CORE" and one["outcome"] == "APPLIES" for one in coverage["rules"]):
        yield "National core content through NHS OpenAthens is open to them in any case; that is no local service."


def _outcome(coverage: Answer, name: str, day: str) -> str:
    whose = "" if coverage["basis"] == "ITSELF" else "what lies in "
    return {
        "COVERED": f"On {day} a local knowledge and library service covers {whose}{name}.",
        "PARTLY_COVERED": f"On {day} a local knowledge and library service covers a part of {whose}{name}.",
        "GAP": f"No local knowledge and library service is known to cover {whose}{name} on {day}.",
        "NOT_APPLICABLE": f"On {day} there is nobody in {name} whom a rule for local services could cover.",
    }.get(
        coverage["outcome"],
        f"Whether a local knowledge and library service covers {whose}{name} on {day} is not known: sources speak only"
        " from a later date on.",
    )


def _service(one: Answer, name: str) -> str:
    validity = one["validity"]
    until = ""
    if validity["to"]:
        until = f" This holds until {_dated(validity['to'], validity['toPrecision'])}, unless newer evidence comes."
    people = _GROUPS.get(one["group"], str(one["group"]).replace("_", " "))
    part = ""
    if one["extent"] == "PART":
        named = _listed([practice["name"] for practice in one["practices"]])
        part = f", of {name} only {named}" if named else f", of {name} only a part"
    because = _BECAUSE.get(one["rule"], "by another rule")
    if one["quote"]:
        because = f"{because.removesuffix(' so')}: “{one['quote']}” ({_evidence(one)})"
    elif one["rule"] != "HOST":
        because = f"{because} ({_evidence(one)})"
    terms = _TERMS.get(one["terms"], "on terms that the source does not state")
    return (
        f"Since {_dated(validity['from'], validity['fromPrecision'])} {one['service']['name']} serves"
        f" {people}{part}, {terms}, {because}.{until}"
    )


def _evidence(one: Answer) -> str:
    if one["evidenceDate"]:
        return f"of {_dated(one['evidenceDate'], one['evidenceDatePrecision'] or 'YEAR')}"
    read = [source["dateRead"] for source in one["sources"] if source["dateRead"]]
    day = max(read) if read else one["validity"]["from"]
    return f"undated, read in {_MONTHS[day.month - 1]} {day.year}"


def _members(members: Sequence[Answer], name: str) -> Iterable[str]:
    """Speak of the networks within it, or where it holds none of its practices; of a network's practices nothing."""
    for one in [one for one in members if one["kind"] == "NETWORKS"] or members:
        counts = one["counts"]
        said = [
            f"{counts[key]} {words}"
            for key, words in (
                ("covered", "wholly by a local service"),
                ("partlyCovered", "in part"),
                ("gaps", "by no local service that is known"),
                ("unknown", "in a way that is not known for this date"),
            )
            if counts[key]
        ]
        yield f"Of the {counts['inAll']} {str(one['kind']).lower()} in {name}, covered are {_listed(said)}."
        services = list(dict.fromkeys(service["service"]["name"] for service in one["services"]))
        if services:
            yield f"The local services are {_listed(services)}."


def _reasons(rules: Sequence[Answer]) -> Iterable[str]:
    """Give one sentence for each rule for local services: the first fact that it misses."""
    for rule, rows in groupby((one for one in rules if one["isLocal"]), key=lambda one: one["rule"]):
        missing = [one["missing"] for one in rows if one["missing"]]
        if missing:
            more = f" ({len(missing) - 1} more statements fall short in like ways)" if len(missing) > 1 else ""
            yield f"{_RULES.get(rule, 'By another rule, no')}: {_spoken(missing[0]).rstrip('. ')}{more}."


def _to_ask(nearest: Sequence[Answer]) -> Iterable[str]:
    if nearest:
        asked = [
            f"{one['service']['name']} ({one['distanceKilometres']:.0f} kilometres away"
            + "".join(f"; {_WHY[why]}" for why in one["why"] if why in _WHY)
            + ")"
            for one in nearest
        ]
        yield f"Ask first {', then '.join(asked)}."


def _listed(parts: Sequence[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _day(day: Any) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _dated(day: Any, precision: str | None) -> str:
    match precision:
        case "YEAR":
            return str(day.year)
        case "MONTH":
            return f"{_MONTHS[day.month - 1]} {day.year}"
        case "NO_LATER_THAN":
            return f"{_day(day)} at the latest"
        case "UNKNOWN":
            return f"about {_day(day)}"
        case _:
            return _day(day)


def _spoken(text: str) -> str:
    """Return a sentence of ours with its dates in words."""
    return _ISO.sub(lambda found: f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}", text)


def _plain(sentence: str) -> str:
    return re.sub(r"\s+", " ", str(sentence)).strip()
