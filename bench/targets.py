"""`TARGETS`: what this server is to reach beside its peer and its floors, and how far it has come, by one result."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figures

__all__ = ["TARGETS", "Target", "table"]


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on the ratio of a measure between two contestants; `is_most` says whether it is the most or the least."""

    says: str
    one: str
    other: str
    measure: str
    connections: int
    bound: float
    is_most: bool = True

    def ratio(self, question: str, found: Figures) -> float | None:
        """Return the ratio for a question; None where one of the two was not measured."""
        mine, theirs = (found.get((question, who, self.connections)) for who in (self.one, self.other))
        return None if mine is None or theirs is None else mine[self.measure] / max(theirs[self.measure], 1e-9)

    def is_met(self, ratio: float) -> bool:
        """Return whether a ratio is within the bound."""
        return ratio <= self.bound if self.is_most else ratio >= self.bound


_BESIDE_OTHERS = tuple(
    Target(f"{says}{dated}", f"{one}{dated}", f"{other}{dated}", measure, connections, bound, is_most)
    for dated in ("", "-dated")
    for says, one, other, measure, connections, bound, is_most in (
        ("driver: CPU at most 1.3 of the floor's", "ours", "floor", "server_cpu_ms", 16, 1.3, True),
        ("driver: p50 at most 0.5 of the peer's", "ours", "peer", "p50_ms", 1, 0.5, True),
        ("driver: at least 2 times the peer's requests", "ours", "peer", "per_second", 16, 2.0, False),
        ("our reader: CPU at most 0.33 of the peer's", "ours-pipelined", "peer", "server_cpu_ms", 16, 1 / 3, True),
        ("our reader: p50 at most 0.33 of the peer's", "ours-pipelined", "peer", "p50_ms", 1, 1 / 3, True),
        ("our reader: at least 4 times the peer's requests", "ours-pipelined", "peer", "per_second", 16, 4.0, False),
    )
)
_BESIDE_OURSELVES = (
    Target("our reader: CPU at most half of the driver's", "ours-pipelined", "ours", "server_cpu_ms", 16, 0.5),
    Target("from memory: at least 10 times the requests", "ours-warm", "ours", "per_second", 16, 10.0, is_most=False),
    Target("304: at least 10 times the requests", "ours-unchanged", "ours", "per_second", 16, 10.0, is_most=False),
)
TARGETS = (*_BESIDE_OTHERS, *_BESIDE_OURSELVES)


def table(names: Sequence[str], found: Figures) -> list[str]:
    """Return the lines of a table: each target with the ratio for each question, those that miss it in bold."""
    asked = [name for name in names if any(key[0] == name for key in found)]
    lines = [
        "## Targets",
        "",
        "Ratios; in bold what misses its target. CPU and requests a second at sixteen connections, p50 at one.",
        "",
        "| | met | " + " | ".join(name.partition("-")[0] for name in asked) + " |",
        "|---" * (len(asked) + 2) + "|",
    ]
    for target in TARGETS:
        ratios = [target.ratio(name, found) for name in asked]
        known = [ratio for ratio in ratios if ratio is not None]
        if not known:
            continue
        shown = [
            "" if ratio is None else f"{ratio:.2f}" if target.is_met(ratio) else f"**{ratio:.2f}**" for ratio in ratios
        ]
        met = sum(map(target.is_met, known))
        lines.append(f"| {target.says} | {met} of {len(known)} | " + " | ".join(shown) + " |")
    return [*lines, ""]
