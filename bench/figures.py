"""`figures`: what was measured in many bursts as one number each, the median of the rounds."""

from statistics import median
from typing import Any

__all__ = ["Figures", "figures"]

_MEASURES = ("p50_ms", "p99_ms", "per_second", "server_cpu_ms", "database_cpu_ms", "bytes", "requests", "failures")

Figures = dict[tuple[str, str, int], dict[str, float]]


def figures(result: dict[str, Any]) -> Figures:
    """Return the median of each measure over the rounds, by question, contestant and connections."""
    bursts: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for one in result["measures"]:
        bursts.setdefault((one["question"], one["contestant"], one["connections"]), []).append(one)
    return {key: {name: median(one[name] for one in found) for name in _MEASURES} for key, found in bursts.items()}
