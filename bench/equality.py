"""Whether answers of different shapes say the same.

One contestant gives `{nodes: [{name}]}`, another `{edges: [{node: {name}}]}`, a third `[[name]]`. Reduced to nested
bags of values, without the names of fields and the order of lists, they are equal where all of them were asked alike.
"""

from typing import Any

import orjson

__all__ = ["reduced"]


def reduced(value: Any) -> Any:
    """Return an answer as nested bags of values: what holds one thing alone is that thing."""
    if isinstance(value, dict):
        spliced: list[Any] = []
        for key, one in value.items():
            if key == "properties" and isinstance(one, dict):
                spliced += [reduced(inner) for inner in one.values()]
            else:
                spliced.append(reduced(one))
        return _bag(spliced)
    if isinstance(value, list):
        return _bag([reduced(one) for one in value])
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JavaScript writes 1.0 as 1
    return value


def _bag(values: list[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    return sorted(values, key=lambda one: orjson.dumps(one))
