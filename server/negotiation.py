"""Which of the two media types of GraphQL over HTTP an answer is given in."""

from functools import lru_cache

__all__ = ["GRAPHQL", "JSON", "media_type"]

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
_MATCHES = {
    GRAPHQL: (GRAPHQL,),
    JSON: (JSON,),
    "application/*": (JSON, GRAPHQL),
    "*/*": (JSON, GRAPHQL),
}


@lru_cache(64)  # clients send few
def media_type(accept: str | None) -> str | None:
    """Return the media type that `Accept` ranks first of those spoken here; None where it names none.

    Without the header, and for wildcards, it is `application/json`, as the audits of `graphql-http` want it.
    """
    if accept is None or not accept.strip():
        return JSON
    ranked: list[tuple[float, int, str]] = []
    for place, entry in enumerate(accept.split(",")):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, given = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = float(given)
                except ValueError:
                    quality = 0.0
        if quality > 0 and name in _MATCHES:
            ranked.append((-quality, place, _MATCHES[name][0]))
    return min(ranked)[2] if ranked else None
