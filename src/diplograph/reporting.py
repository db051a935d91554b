"""What commands share: running with errors told in one line, tables for people and for pipes."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from diplograph.ontology.errors import DiplographError

if TYPE_CHECKING:
    from diplograph.exports.answers import Answer

__all__ = ["FORMATS", "check_country", "guarded", "show"]

FORMATS = ("table", "csv", "json", "md")


def check_country(country: str) -> None:
    """Refuse what is no ISO 3166-1 alpha-3 code; an empty text is none given.

    Raises:
        click.BadParameter: It is no code.
    """
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise click.BadParameter(
            f"{country!r} is no ISO 3166-1 alpha-3 code such as JPN", param_hint="--country"
        )


def guarded(run: Callable[[], int]) -> None:
    """Run a command; tell what it refuses in one line and exit with 1."""
    try:
        status = run()
    except (DiplographError, ValueError, KeyError, ImportError) as error:
        said = error.args[0] if isinstance(error, KeyError) and error.args else error
        click.echo(f"diplograph: {said}", err=True)
        status = 1
    except BrokenPipeError:  # the reader of a pipe left; click ends the program in silence
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        click.echo(
            f"diplograph: {error.filename}: {reason}" if error.filename else f"diplograph: {reason}", err=True
        )
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
