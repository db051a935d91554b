"""Commands of linked data: validate, query, questions, ask, serve, ontology."""

import sys
from pathlib import Path
from typing import cast, get_args

import click

from diplograph.reporting import guarded

__all__ = ["ask", "ontology", "query", "questions", "serve", "validate"]

_TARGET = click.argument("target", type=click.Path(path_type=Path))
_RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")


def _result_format(form: str | None) -> str:
    return form or ("table" if sys.stdout.isatty() else "csv")


@click.command()
@_TARGET
@click.option("--engine", type=click.Choice(("auto", "pyshacl", "sparql")), default="auto", show_default=True)
def validate(target: Path, engine: str) -> None:
    """Check TARGET (an RDF file or a build) against the shapes.

    Exit status: 0 it conforms, 1 it does not, 2 it cannot be told.
    """
    from diplograph.exports.validate import Engine
    from diplograph.exports.validate import validate as check
    from diplograph.ontology.errors import InputError

    assert engine in get_args(Engine)
    try:
        report = check(target, engine=cast(Engine, engine))
    except InputError as error:
        click.echo(f"diplograph: {error}", err=True)
        sys.exit(2)
    for finding in report.findings:
        click.echo(f"{finding.node}\n  {finding.shape}: {finding.message}\n  {finding.remedy}")
    verdict = "conforms" if report.conforms else f"{len(report.findings)} findings"
    click.echo(f"{target}: {verdict} ({report.triples:,} triples, checked by {report.engine})")
    if not report.conforms:
        sys.exit(1)


@click.command()
@_TARGET
@click.argument("sparql", required=False)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    help="Read the query from a file; `-` is standard input.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_RESULT_FORMATS),
    help="Default: table on a terminal, CSV in a pipe.",
)
def query(target: Path, sparql: str | None, file: Path | None, form: str | None) -> None:
    """Ask TARGET (an RDF file or a build) in SPARQL 1.1; the usual prefixes are declared.

    Without SPARQL, or for `-`, the query is read from standard input.

    \b
    Example:
      diplograph query out 'SELECT ?a WHERE { <country/JPN> dg:partyTo ?a }'
    """

    def run() -> int:
        from diplograph.exports.query import ResultFormat, run_query
        from diplograph.ontology.errors import InputError

        if sparql is not None and sparql != "-":
            text = sparql
        elif file is None or str(file) == "-":
            text = sys.stdin.read()
        else:
            try:
                text = file.read_text(encoding="utf-8")
            except OSError as error:
                raise InputError(
                    file, f"cannot be read ({error.strerror})", "name a file with a query"
                ) from error
        chosen = form
        if chosen is None and not sys.stdout.isatty() and _makes_triples(text):
            chosen = "turtle"
        click.echo(run_query(target, text, format=cast(ResultFormat, _result_format(chosen))), nl=False)
        return 0

    guarded(run)


def _makes_triples(text: str) -> bool:
    words = text.upper().split()
    return "CONSTRUCT" in words or "DESCRIBE" in words


@click.command()
def questions() -> None:
    """List the questions that `diplograph ask` answers."""

    def run() -> int:
        from diplograph.exports.ask import questions as known

        for question in known().values():
            click.echo(f"{question.usage()}\n    {question.sentence}")
        return 0

    guarded(run)


@click.command()
@_TARGET
@click.argument("question")
@click.argument("values", nargs=-1)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_RESULT_FORMATS),
    help="Default: table on a terminal, CSV in a pipe.",
)
def ask(target: Path, question: str, values: tuple[str, ...], form: str | None) -> None:
    """Answer a QUESTION about TARGET; VALUES fill its parameters, as names or codes.

    \b
    Example:
      diplograph ask out agreements-between Japan Australia
    """

    def run() -> int:
        from diplograph.exports.ask import ask as answer
        from diplograph.exports.query import ResultFormat

        click.echo(
            answer(target, question, values, format=cast(ResultFormat, _result_format(form))), nl=False
        )
        return 0

    guarded(run)


@click.command()
@_TARGET
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port."
)
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1), help="Queries answered at one time."
)
@click.option(
    "--allow-origin", default="", help="Web origin that may ask from its pages (CORS); none by default."
)
def serve(target: Path, port: int, workers: int, allow_origin: str) -> None:
    """Serve TARGET on 127.0.0.1: SPARQL at /sparql, the explorer at /, a query page at /query."""

    def run() -> int:
        from diplograph.exports.serve import serve as start

        start(
            target,
            port=port,
            workers=workers,
            allow_origin=allow_origin,
            ready=lambda address: click.echo(f"serving {target} at {address} (Ctrl-C stops)"),
        )
        return 0

    guarded(run)


@click.command()
@click.option(
    "--html", "html", type=click.Path(path_type=Path), help="Write an HTML page (needs the extra `docs`)."
)
def ontology(html: Path | None) -> None:
    """Print the ontology's classes, relations and terms as Markdown, or write them as HTML."""

    def run() -> int:
        from diplograph.exports.ontology_doc import ontology_markdown, write_ontology_html

        if html is None:
            click.echo(ontology_markdown(), nl=False)
        else:
            write_ontology_html(html)
            click.echo(html)
        return 0

    guarded(run)
