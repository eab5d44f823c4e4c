"""`write`: a result as JSON, as a page of Markdown, and as a picture (SVG): medians of the rounds, and ratios."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import orjson

from bench.contestants import CONTESTANTS
from bench.figures import Figures, figures
from bench.question import questions
from bench.targets import table
from bench.undertakings import said

__all__ = ["write"]

_COLOURS = {
    "floor": "#8a8f98",
    "ours": "#005eb8",
    "ours-pipelined": "#00a499",
    "ours-warm": "#78be20",
    "peer": "#d5281b",
}
_ROW, _BAR, _LEFT, _WIDTH = 14, 10, 150, 900


def write(result: dict[str, Any], path: Path) -> None:
    """Write the result, its page and its picture beside one another; `path` has no ending."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(f"{path.name}.json").write_bytes(
        orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )
    found = figures(result)
    path.with_name(f"{path.name}.md").write_text(page(result, found, f"{path.name}.svg"), encoding="utf-8")
    path.with_name(f"{path.name}.svg").write_text(picture(found), encoding="utf-8")


def page(result: dict[str, Any], found: Figures, picture_name: str) -> str:
    """Return the report."""
    asked = [one for one in questions() if any(key[0] == one.name for key in found)]
    took_part = [one for one in CONTESTANTS if any(key[1] == one.name for key in found)]
    machine, graph, settings = result["machine"], result["graph"], result["settings"]
    lines = [
        "# What was measured",
        "",
        f"On {machine['processor']}, {machine['cores']} cores, {machine['memory_gigabytes']} GB, {machine['system']}; "
        "all servers, Neo4j and the load share them. "
        f"The graph: sequence {graph['sequence']}, {graph['nodes']:,} nodes, {graph['relationships']:,} relationships. "
        f"{settings['rounds']} rounds, bursts of {settings['seconds']} s, medians of the rounds.",
        "",
        "Versions: " + "; ".join(f"{name} {said}" for name, said in result["versions"].items()) + ".",
        "",
        f"![Time of one request]({picture_name})",
        "",
        *(f"- **{one.name}**: {one.about}" for one in took_part),
        "",
        *(f"- {one.name}: {one.asks}" for one in asked),
        "",
    ]
    for title, measure, connections, digits in (
        ("Median of one connection, ms", "p50_ms", 1, 2),
        ("99th percentile of sixteen connections, ms", "p99_ms", 16, 1),
        ("Requests a second over sixteen connections", "per_second", 16, 0),
        ("CPU of the server a request, ms, sixteen connections", "server_cpu_ms", 16, 2),
        ("CPU of the database a request, ms, sixteen connections", "database_cpu_ms", 16, 2),
    ):
        names = [one.name for one in took_part]
        lines += [f"## {title}", "", "| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
        for question in asked:
            row = [found.get((question.name, name, connections)) for name in names]
            shown = ["" if one is None else f"{one[measure]:,.{digits}f}" for one in row]
            lines.append(f"| {question.name} | " + " | ".join(shown) + " |")
        lines.append("")
    lines += table([one.name for one in asked], found)
    lines += said(result.get("once", {}))
    if result["unequal"]:
        lines += [
            "Not measured, because the answer is not that of the hand-written statement: "
            + "; ".join(f"{contestant} on {name}" for name, contestant in result["unequal"])
            + ".",
            "",
        ]
    ceiling = found.get(("q01-name", "constant", 16))
    if ceiling:
        lines.append(
            f"The load itself: {ceiling['per_second']:,.0f} constant bodies a second over sixteen connections."
        )
    if endurance := result.get("endurance"):
        lines += ["", *_endured(endurance)]
    return "\n".join(lines).rstrip() + "\n"


def _endured(endurance: dict[str, Any]) -> list[str]:
    """Return what is said of the memory of a server that was asked for long."""
    sizes = endurance["resident_megabytes"]
    return [
        f"Memory of the server as it is served, over {endurance['requests']:,} mixed requests, after every"
        f" {endurance['requests'] // (len(sizes) - 1):,}: {', '.join(f'{size:.0f}' for size in sizes)} MB."
    ]


def picture(found: Figures) -> str:
    """Return a picture of the medians at one connection: a group of bars a question, on a logarithmic scale."""
    names = sorted({key[0] for key in found})
    drawn = [name for name in _COLOURS if any(key[1] == name for key in found)]
    values = [found[name, who, 1]["p50_ms"] for name in names for who in drawn if (name, who, 1) in found]
    least, most = 0.05, max([*values, 1.0])

    def across(value: float) -> float:
        from math import log10

        return max(
            1.0, (log10(max(value, least)) - log10(least)) / (log10(most) - log10(least)) * (_WIDTH - _LEFT - 70)
        )

    group = _ROW * len(drawn) + 10
    height = 60 + group * len(names)
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        ' font-family="sans-serif" font-size="11">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        '<text x="10" y="18" font-size="13">Median time of a request over one connection, ms (logarithmic)</text>',
    ]
    x = 10
    for who in drawn:
        shapes += [
            f'<rect x="{x}" y="28" width="10" height="10" fill="{_COLOURS[who]}"/>',
            f'<text x="{x + 14}" y="37">{escape(who)}</text>',
        ]
        x += 120
    for at, name in enumerate(names):
        top = 54 + at * group
        shapes.append(f'<text x="10" y="{top + _BAR}">{escape(name)}</text>')
        for row, who in enumerate(drawn):
            if (name, who, 1) not in found:
                continue
            value, y = found[name, who, 1]["p50_ms"], top + row * _ROW
            width = across(value)
            shapes += [
                f'<rect x="{_LEFT}" y="{y}" width="{width:.0f}" height="{_BAR}" fill="{_COLOURS[who]}"/>',
                f'<text x="{_LEFT + width + 4:.0f}" y="{y + _BAR - 1}">{value:.2f}</text>',
            ]
    return "\n".join([*shapes, "</svg>"]) + "\n"
