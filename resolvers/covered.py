"""Which coverage a change set gave and took: intervals of its new relationships less those that were before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cypher.held import Run
from cypher.layout import validity_from
from cypher.validity import Validity

__all__ = ["gained_and_lost", "minus"]

_OF = ("rule", "key", "group", "terms", "extent", "share")
"""What makes two coverages of one subject by one service the same, besides their interval."""


def gained_and_lost(run: Run, sequence: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what a change set gave and took, each as rows of service, subject, their terms, and an interval.

    A coverage that only ended sooner is lost from then on; one of which another share counts is lost and gained.
    """
    before: dict[tuple[Any, ...], list[Validity]] = {}
    after: dict[tuple[Any, ...], list[Validity]] = {}
    for service, subject, is_made, properties in run("deeds/coverage", sequence=sequence):
        what = (service, subject, *(properties.get(name) for name in _OF))
        (after if is_made else before).setdefault(what, []).append(validity_from(properties))
    return _rows(after, before), _rows(before, after)


def minus(ones: Iterable[Validity], others: Sequence[Validity]) -> list[Validity]:
    """Return the days of `ones` that are none of `others`, in order."""
    left = list(ones)
    for other in others:
        left = [part for one in left for part in _without(one, other)]
    return sorted(left, key=lambda one: one.valid_from)


def _without(one: Validity, other: Validity) -> Iterable[Validity]:
    if one.valid_from < other.valid_from:
        if one.valid_to is not None and one.valid_to <= other.valid_from:
            yield one
            return
        yield replace(one, valid_to=other.valid_from, valid_to_precision=other.valid_from_precision)
    if other.valid_to is not None and (one.valid_to is None or other.valid_to < one.valid_to):
        if other.valid_to <= one.valid_from:
            yield one
            return
        yield replace(one, valid_from=other.valid_to, valid_from_precision=other.valid_to_precision or "UNKNOWN")


def _rows(ones: Mapping[tuple[Any, ...], list[Validity]], others: Mapping[tuple[Any, ...], list[Validity]]) -> Any:
    rows = [
        {
            **dict(zip(("service", "subject", *_OF), what, strict=True)),
            "validFrom": part.valid_from,
            "validFromPrecision": part.valid_from_precision,
            "validTo": part.valid_to,
            "validToPrecision": part.valid_to_precision,
        }
        for what, intervals in ones.items()
        for part in minus(intervals, others.get(what, ()))
    ]
    return sorted(rows, key=lambda row: (row["subject"], row["service"], row["rule"], row["key"], row["validFrom"]))
