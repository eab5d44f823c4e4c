"""`icsgraph gaps`: whom no local knowledge and library service is known to cover, with whom to ask.

The gaps come page by page from the same GraphQL field that anybody can ask, `coverageGaps`.
"""

import asyncio
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from server.cli.asking import api, data_of
from server.cli.environment import current_settings
from server.cli.formats import Columns, Format, FormatOption, OutputOption, checked, put, written
from server.origin import Origin, neo4j
from server.settings import Settings

__all__ = ["COLUMNS", "QUERY", "REASONS", "commands", "gaps", "render", "rows_of"]

commands = typer.Typer(add_completion=False)

QUERY = """\
query Gaps(
  $within: String, $group: StaffGroup, $subjects: GapSubject, $asOf: Date, $first: Int, $after: String,
  $reasons: Boolean!
) {
  coverageGaps(within: $within, group: $group, subjects: $subjects, asOf: $asOf, first: $first, after: $after) {
    asOf
    totalCount
    within { code name }
    counts { inAll covered partlyCovered gaps unknown }
    partlyCovered { code name }
    absent { field reason since settles }
    pageInfo { hasNextPage endCursor }
    nodes {
      subject { code name __typename }
      registeredPatients
      nearest(first: 1) { service { code name } distanceKilometres why }
      reasons @include(if: $reasons) { rule outcome missing settles }
    }
  }
}
"""
"""The gaps, as anybody can ask the API for them."""

COLUMNS: Columns = {
    "code": str,
    "name": str,
    "kind": str,
    "as_of": str,
    "registered_patients": int,
    "nearest_service_code": str,
    "nearest_service_name": str,
    "nearest_kilometres": float,
    "nearest_why": str,
}
"""The columns of CSV and Parquet."""
_RULES = ("host", "agreement", "published_eligibility", "training_hub")
REASONS: Columns = {f"missing_{rule}": str for rule in _RULES}
"""The further columns with `--reasons`: what each rule misses."""

_PAGE = 100


class Subjects(Enum):
    """Whose gaps are listed."""

    NETWORKS = "networks"
    PRACTICES = "practices"


@commands.command("gaps")
def gaps(
    within: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Only in this region, system, board, sub-ICB location, place or authority."),
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="GROUP", help="Only for this group of staff, like gp_practices.")
    ] = None,
    subjects: Annotated[Subjects, typer.Option(help="Whose gaps.")] = Subjects.NETWORKS,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The date, like 2026-04-01; today if left out.")
    ] = None,
    reasons: Annotated[bool, typer.Option("--reasons", help="Also say which fact each rule misses.")] = False,
    chosen: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List whom no local knowledge and library service is known to cover, those with most patients first.

    Columns of CSV and Parquet: code, name, kind, as_of, registered_patients (published for networks only),
    nearest_service_code, nearest_service_name, nearest_kilometres, nearest_why; with --reasons also missing_host,
    missing_agreement, missing_published_eligibility, missing_training_hub.
    """
    checked(chosen)
    variables = {
        "within": within and (within if "-" in within else within.strip().upper()),
        "group": group and group.strip().upper().replace("-", "_"),
        "subjects": subjects.name,
        "asOf": as_of,
        "reasons": reasons,
    }
    settings = current_settings()
    with neo4j(settings) as origin:
        whole = asyncio.run(_all(settings, origin, variables))
    for one in whole["absent"]:
        typer.echo(f"icsgraph: {one['reason']}: {one['settles'] or ''}".rstrip(": "), err=True)
    if chosen is Format.TABLE and output is None:
        Console(highlight=False).print(render(whole), crop=False)
    elif chosen is Format.TABLE:
        with output.open("w", encoding="utf-8") as file:  # type: ignore[union-attr]  # it is none above alone
            Console(highlight=False, file=file).print(render(whole), crop=False)
    elif chosen is Format.JSON:
        put(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), output)
    else:
        columns = {**COLUMNS, **REASONS} if reasons else COLUMNS
        put(written(rows_of(whole), columns, chosen), output)


async def _all(settings: Settings, origin: Origin, variables: Mapping[str, object]) -> dict[str, Any]:
    """Return the answer with the gaps of all pages, each as of the date of the first."""
    asked, found, whole = {**variables, "first": _PAGE, "after": None}, [], None
    async with api(settings, origin) as ask:
        while True:
            page = data_of(await ask(QUERY, asked))["coverageGaps"]
            whole = whole or {name: one for name, one in page.items() if name not in {"pageInfo", "nodes"}}
            found += page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return {**whole, "nodes": found}
            asked |= {"after": page["pageInfo"]["endCursor"], "asOf": page["asOf"]}


def rows_of(whole: Mapping[str, Any]) -> list[dict[str, str | int | float | bool | None]]:
    """Return one row for each gap."""
    rows = []
    for gap in whole["nodes"]:
        nearest = gap["nearest"][0] if gap["nearest"] else None
        row: dict[str, str | int | float | bool | None] = {
            "code": gap["subject"]["code"],
            "name": gap["subject"]["name"],
            "kind": gap["subject"]["__typename"],
            "as_of": whole["asOf"],
            "registered_patients": gap["registeredPatients"],
            "nearest_service_code": nearest and nearest["service"]["code"],
            "nearest_service_name": nearest and nearest["service"]["name"],
            "nearest_kilometres": nearest and nearest["distanceKilometres"],
            "nearest_why": nearest and " ".join(nearest["why"]),
        }
        for rule in _RULES if "reasons" in gap else ():
            said = [one["missing"] for one in gap["reasons"] if one["rule"] == rule.upper() and one["missing"]]
            row[f"missing_{rule}"] = " ".join(said)
        rows.append(row)
    return rows


def render(whole: Mapping[str, Any]) -> RenderableType:
    """Return the gaps for people: how many, whose, and whom to ask first; 80 columns are enough."""
    counts = whole["counts"]
    where = f" in {whole['within']['name']}" if whole["within"] else ""
    head = Text(f"{counts['gaps']:,} of {counts['inAll']:,} are gaps{where} on {whole['asOf']}.", style="bold")
    parts = [f"{counts['covered']:,} covered"]
    if counts["partlyCovered"]:
        named = ", ".join(one["code"] for one in whole["partlyCovered"])
        parts.append(f"{counts['partlyCovered']:,} covered in part, which is no gap ({named})")
    if counts["unknown"]:
        parts.append(f"{counts['unknown']:,} not known at this date")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("code", no_wrap=True)
    table.add_column("name", overflow="fold", ratio=1)
    table.add_column("patients", justify="right", no_wrap=True)
    table.add_column("ask first", overflow="fold", ratio=1)
    for row, gap in zip(rows_of(whole), whole["nodes"], strict=True):
        patients = row["registered_patients"]
        asked = row["nearest_service_name"] and f"{row['nearest_service_name']}, {row['nearest_kilometres']:.0f} km"
        # Text and not markup: a name may hold square brackets.
        table.add_row(
            str(row["code"]),
            Text(str(row["name"])),
            "" if patients is None else f"{patients:,}",
            Text(str(asked or "")),
        )
        for one in gap.get("reasons", ()):
            if one["missing"]:
                table.add_row("", Text(f"{one['rule']}: {one['missing']}", style="dim"), "", "")
    return Group(head, Text("; ".join(parts) + "."), Text(), table)
