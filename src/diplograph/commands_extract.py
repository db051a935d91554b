"""Commands that look into extraction: extract, explain, evaluate."""

import sys
from pathlib import Path

import click

from diplograph.reporting import check_country, guarded

__all__ = ["evaluate", "explain", "extract"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--country", default="", metavar="ISO3", help="The author's own state, ISO 3166-1 alpha-3.")
@click.option(
    "--reference-year", type=click.IntRange(1600, 2200), help="The year that undated months belong to."
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("table", "jsonl")),
    help="Default: table on a terminal, JSON Lines in a pipe.",
)
@click.option("--rejected", is_flag=True, help="Show the candidates that became no claims too, and why.")
def extract(
    file: Path, country: str, reference_year: int | None, form: str | None, *, rejected: bool
) -> None:
    """Print the claims of FILE, or of the text from a pipe where FILE is `-`.

    \b
    Example:
      echo "Norway ratified the Paris Agreement in June 2016." | diplograph extract -
    """
    check_country(country)

    def run() -> int:
        from diplograph.extract_text import (
            claim_lines,
            claim_table,
            extract_documents,
            extract_text,
            rejected_lines,
            rejected_table,
        )
        from diplograph.pipeline import read_documents

        if str(file) == "-":
            found = [extract_text(sys.stdin.read(), country=country, reference_year=reference_year)]
        else:
            documents, _ = read_documents([file], country=country, reference_year=reference_year)
            found = list(extract_documents(documents))
        as_table = (form or ("table" if sys.stdout.isatty() else "jsonl")) == "table"
        for extraction in found:
            click.echo(claim_table(extraction) if as_table else claim_lines(extraction), nl=as_table)
            if rejected:
                click.echo(
                    rejected_table(extraction) if as_table else rejected_lines(extraction), nl=as_table
                )
        return 0

    guarded(run)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("claim")
def explain(out: Path, claim: str) -> None:
    """Tell why the build OUT holds CLAIM (an id, or its beginning): sentence, rule, roles, weights."""

    def run() -> int:
        from diplograph.explain import explain as tell

        click.echo(tell(out, claim))
        return 0

    guarded(run)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--compare", type=click.Path(path_type=Path), help="Another build: tell the claims gained and lost."
)
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as an HTML page.")
@click.option(
    "--shown", default=10, show_default=True, type=click.IntRange(0), help="Errors shown of each kind."
)
def evaluate(gold: Path, out: Path, compare: Path | None, html: Path | None, shown: int) -> None:
    """Compare the build OUT with hand-labelled documents: GOLD is a folder, or one file (.ann, also brat standoff)."""

    def run() -> int:
        from diplograph.evaluate import evaluate as measure
        from diplograph.evaluation_report import render_evaluation_html, render_evaluation_text

        found = measure(gold, out, compare=compare)
        if html is not None:
            html.write_text(render_evaluation_html(found), encoding="utf-8", newline="\n")
        click.echo(render_evaluation_text(found, shown=shown), nl=False)
        return 0

    guarded(run)
