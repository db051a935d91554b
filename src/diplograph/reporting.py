"""What commands share: running with errors told in one line, tables for people and for pipes."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from diplograph.ontology.errors import DiplographError

if TYPE_CHECKING:
    from diplograph.exports.answers import Answer

__all__ = ["FORMATS", "guarded", "show"]

FORMATS = ("table", "csv", "json", "md")


def guarded(run: Callable[[], int]) -> None:
    """Run a command; tell what it refuses in one line and exit with 1."""
    try:
        status = run()
    except (DiplographError, ValueError, KeyError, ImportError) as error:
        said = error.args[0] if isinstance(error, KeyError) and error.args else error
        click.echo(f"diplograph: {said}", err=True)
        status = 1
    if status:
        sys.exit(status)


def show(answers: Sequence["Answer"], form: str) -> None:
    """Print tables: by rich on a terminal, as CSV in a pipe, or as ``form`` says."""
    from diplograph.exports.answers import render_answers

    chosen = form or ("table" if sys.stdout.isatty() else "csv")
    if chosen == "table":
        from rich.console import Console
        from rich.table import Table

        console = Console()
        for answer in answers:
            table = Table(*answer.columns, title=answer.title, title_justify="left")
            for row in answer.rows:
                table.add_row(*("" if cell is None else str(cell) for cell in row))
            console.print(table)
    elif chosen == "csv":
        click.echo(render_answers(answers, kind="csv"), nl=False)
    elif chosen == "json":
        click.echo(render_answers(answers, kind="json"), nl=False)
    else:
        click.echo(render_answers(answers, kind="md"), nl=False)
