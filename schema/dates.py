"""Dates and statuses written out in templates of ours, where a placeholder of the clock does not serve.

`{covers:x}` and `{types:T}` say of the date of the subtree what the plan needs. What looks at every status, at another
date, or at a thing that no match has sorted out yet, writes it out, by these.
"""

__all__ = ["any_status", "at"]


def any_status(types: str) -> str:
    """Return relationship types, parted by `|`, with those that have ended and those not yet in force."""
    return "|".join(f"{one}|{one}_ENDED|{one}_PLANNED" for one in types.split("|"))


def at(variable: str, day: str = "{asOf}") -> str:
    """Return the predicate that a node's or relationship's interval covers a day, that of the subtree if left out."""
    return f"{variable}.validFrom <= {day} AND coalesce({day} < {variable}.validTo, true)"
