"""`icsgraph seed`: the tidy tables, and the graph that is loaded from them."""

import dataclasses
from collections import Counter
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cypher.validity import today_in_england
from cypher.writer import Writer
from seed.check import check
from seed.completeness import Completeness, completeness
from seed.load import DATA, LoadReport, load, tables_digest
from seed.preview import KINDS, Preview, preview
from server.cli.environment import current_settings
from server.cli.messages import messages
from server.cli.postcodes import postcodes
from server.origin import Origin, driver_of, neo4j

_UNSOUND = 1
_DIFFERENT = 1

_TABLES = typer.Option(
    help="Folder of the tables.", file_okay=False, exists=True, show_default="those delivered with the program"
)

commands = typer.Typer(
    help="The tidy tables, and the graph that is loaded from them.", no_args_is_help=True, add_completion=False
)


@commands.command("load")
def load_tables() -> None:
    """Bring the graph to what the tables say; a second load changes nothing."""
    settings = current_settings()
    with neo4j(settings) as origin:
        report = load_with_progress(origin)
    _show(report)


@commands.command("evidence")
def set_years_of_evidence(
    years: Annotated[int, typer.Option(help="For how many years evidence speaks.", min=1, max=100)],
) -> None:
    """Set for how many years a page or agreement speaks of whom a service covers, and derive coverage anew.

    The setting lies on the graph, so that stored coverage and its explanation go by the same years; ten is the default.
    """
    settings = current_settings()
    with neo4j(settings) as origin, driver_of(origin) as driver:
        made = Writer(driver, today_in_england(), database=origin.database).set_years_of_evidence(years)
    if made is None:
        typer.echo(f"Evidence speaks for {years} years already; nothing has changed.")
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in made.counts.items())
    typer.echo(f"Evidence speaks for {years} years (change set {made.sequence}): {counts}")


@commands.command("check")
def check_tables(
    tables: Annotated[Path, _TABLES] = DATA,
) -> None:
    """Check the tables; list contradictions, completeness and what was left out; exit code 1 if something is wrong."""
    report = check(tables)
    typer.echo(f"{sum(report.tables.values())} rows in {len(report.tables)} tables")
    typer.echo(f"Quarantined: {len(report.quarantined)}")
    for row in report.quarantined:
        typer.echo(f"  {row.file}:{row.line} {row.key}: {row.reason}")
    typer.echo(f"Out of scope: {sum(kind.count for kind in report.out_of_scope)}")
    for kind in report.out_of_scope:
        typer.echo(f"  {kind.file}: {kind.count} {kind.kind}: {kind.reason}")
    typer.echo(f"Contradictions between sources: {sum(report.claims.values())}")
    for claim, count in report.claims.items():
        typer.echo(f"  {claim}: {count}")
    if report.is_sound:
        typer.echo("Completeness (have of expected, today):")
        for about in completeness(tables, today_in_england()):
            typer.echo(f"  {about.about}: {_have(about)}; {about.basis}")
    for problem in report.problems:
        typer.echo(f"wrong: {problem}", err=True)
    if not report.is_sound:
        raise typer.Exit(_UNSOUND)


@commands.command("build")
def build_tables(
    sources: Annotated[Path, typer.Option(help="Folder of the raw files.", file_okay=False, exists=True)],
    tables: Annotated[Path, _TABLES] = DATA,
    renew: Annotated[bool, typer.Option("--renew", help="Take raw files that have changed since.")] = False,
) -> None:
    """Make the tables from the raw files, and say what became of each row."""
    from seed.build import build  # here, because it brings the readers of every source, which no other command needs

    report = build(sources, tables, renew=renew)
    for file in report.files:
        typer.echo(
            f"{file.file}: {file.read} read, {file.placed} placed, {file.quarantined} quarantined, "
            f"{file.out_of_scope} out of scope"
        )
    for note, count in report.notes.items():
        typer.echo(f"{note}: {count}")
    for name, count in report.tables.items():
        typer.echo(f"{name}: {count} rows{', changed' if name in report.changed else ''}")
    if not report.changed:
        typer.echo("Nothing has changed.")


@commands.command("diff")
def diff_sources(
    sources: Annotated[Path, typer.Option(help="Folder of the new raw files.", file_okay=False, exists=True)],
    tables: Annotated[Path, _TABLES] = DATA,
    examples: Annotated[int, typer.Option(help="Examples of each kind.", min=0)] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="All changes as JSON.")] = False,
) -> None:
    """Say what new raw files would open, move, close and contradict; nothing is written.

    Exit code 0 if nothing would change, 1 if something would.
    """
    found = preview(sources, tables)
    if as_json:
        typer.echo(orjson.dumps(dataclasses.asdict(found), option=orjson.OPT_INDENT_2).decode())
    else:
        _show_preview(found, examples)
    if found.differences:
        raise typer.Exit(_DIFFERENT)


def _show_preview(found: Preview, examples: int) -> None:
    for file in found.renewed:
        typer.echo(f"New: {file}")
    for difference in found.differences:
        typer.echo(f"{difference.about}: {len(difference.changes)} {difference.kind.lower()}")
        for text in difference.changes[:examples]:
            typer.echo(f"  {text}")
    totals: Counter[str] = Counter()
    for difference in found.differences:
        totals[difference.kind] += len(difference.changes)
    counted = ", ".join(f"{totals[kind]} {kind.lower()}" for kind in KINDS if totals[kind])
    typer.echo(f"Would change: {counted}. Nothing was written." if counted else "Nothing would change.")


def _have(about: Completeness) -> str:
    have = "made by rules at the load" if about.have is None else str(about.have)
    return have if about.expected is None else f"{have} of {about.expected}"


commands.command("postcodes")(postcodes)


def load_where_needed(origin: Origin) -> LoadReport | None:
    """Load the tables if the graph is empty or was loaded from other ones, and return what that did."""
    with driver_of(origin) as driver:
        writer = Writer(driver, today_in_england(), database=origin.database)
        writer.prepare()
        if writer.head().tables_digest == tables_digest():
            writer.advance()  # what began or ended since the last start is so from today
            return None
    return load_with_progress(origin)


def load_with_progress(origin: Origin) -> LoadReport:
    """Load the tables, with a progress bar on standard error."""
    columns = (TextColumn("Loading"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with driver_of(origin) as driver, Progress(*columns, console=messages()) as progress:
        bar = progress.add_task("", total=None)

        def tell(done: int, total: int, what: str) -> None:
            progress.update(bar, completed=done, total=total, description=what)

        return load(Writer(driver, today_in_england(), database=origin.database), progress=tell)


def _show(report: LoadReport) -> None:
    if not report.change_sets:
        typer.echo(f"Nothing to change: the graph holds what the tables say (sequence {report.sequence}).")
    for change_set in report.change_sets:
        counts = ", ".join(f"{count} {kind}" for kind, count in change_set.counts.items() if count)
        typer.echo(f"{change_set.sequence:>4}  {change_set.source or 'calendar'}: {counts}")
    typer.echo(f"Facts held: {sum(report.counts.values())}, in {report.seconds:.0f} seconds")
    typer.echo(f"Content hash: {report.content_hash}")
