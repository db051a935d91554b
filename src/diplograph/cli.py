"""The command line: each command parses its words, calls one function, and reports."""

from pathlib import Path

import click
from click.core import ParameterSource

from diplograph import __version__, commands_extract, commands_graph, commands_linked
from diplograph.limits import MAX_SECONDS, file_size
from diplograph.reporting import check_country, guarded

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="diplograph")
def main() -> None:
    """Build evidence-backed knowledge graphs from diplomatic documents, offline.

    \b
    Examples:
      diplograph build samples --manifest samples/manifest.csv -o out
      diplograph build yearbook.txt --country JPN --reference-year 2016 -o out

    Exit status: 0 done, 1 an input or the data is wrong, 2 bad usage.
    """


@main.command()
@click.argument("inputs", nargs=-1)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="PATH",
    help="Folder for the result; an earlier build is replaced.",
)
@click.option(
    "--manifest", metavar="PATH", help="CSV with the columns file,title,publisher,country,reference_year,url."
)
@click.option("--title", default="", help="Title of documents that have none.")
@click.option("--publisher", default="", help="Publisher of documents that name none.")
@click.option("--country", default="", metavar="ISO3", help="The author's own state, ISO 3166-1 alpha-3.")
@click.option(
    "--reference-year", type=click.IntRange(1600, 2200), help="The year that undated months belong to."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out claims below.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    help="Processes; 0 chooses by the work. The result is the same.",
)
@click.option("--rebuild", is_flag=True, help="Read every document again, also those that have not changed.")
@click.option(
    "--max-seconds",
    type=click.FloatRange(0),
    default=MAX_SECONDS,
    show_default=True,
    help="Give a document up after so long; 0 never does.",
)
@click.option(
    "--max-file-size",
    callback=file_size,
    default="100MB",
    show_default=True,
    metavar="SIZE",
    help="Leave out larger files.",
)
@click.option(
    "--merge",
    type=click.Choice(("auto", "memory", "duckdb")),
    default="auto",
    show_default=True,
    help="Where documents are put together; duckdb for graphs larger than memory, which get no page.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="Where documents are read; with spark INPUTS, --manifest and OUTPUT may be addresses such as s3a://….",
)
@click.option(
    "--spark-conf",
    multiple=True,
    metavar="KEY=VALUE",
    help="Setting of Spark, such as spark.master=spark://host:7077; may be repeated.",
)
@click.option("--force-language", is_flag=True, help="Read documents that do not seem to be in English, too.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Name each document as it is read.")
def build(
    inputs: tuple[str, ...],
    output: str,
    manifest: str | None,
    title: str,
    publisher: str,
    country: str,
    reference_year: int | None,
    min_confidence: float,
    jobs: int,
    rebuild: bool,
    max_seconds: float,
    max_file_size: int,
    merge: str,
    engine: str,
    spark_conf: tuple[str, ...],
    force_language: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read INPUTS (files, folders or manifests; `-` is a text from a pipe) and write the graph into OUTPUT.

    \b
    Writes graph.ttl, graph.html, graph.graphml, documents.jsonl, entities.jsonl,
    mentions.jsonl, claims.jsonl and report.md.

    A second build of the same OUTPUT reads only documents that are new or have changed. Until it is complete,
    the earlier result stays; a build that was stopped or killed is continued by the same command.

    \b
    Examples:
      diplograph build samples --manifest samples/manifest.csv -o out
      diplograph build speeches/ --manifest speeches/manifest.csv -o out
      diplograph build communique.txt --country FRA --reference-year 2022 -o out -q
      pdftotext treaty.pdf - | diplograph build - -o out
      diplograph build s3a://archive/un -o s3a://graphs/un --engine spark --spark-conf spark.master=yarn

    Exit status: 0 built, 1 an input could not be read (the others are built) or nothing could be built, 2 bad
    usage, 130 stopped by Ctrl-C.
    """
    if not inputs and manifest is None:
        raise click.UsageError("nothing to read: name at least one file, folder or --manifest")
    check_country(country)

    if engine == "spark":
        _check_spark(inputs)
    elif spark_conf:
        raise click.UsageError("--spark-conf is for --engine spark")

    def run_spark() -> int:
        from diplograph.spark_engine import SparkOptions, build_with_spark

        built = build_with_spark(
            inputs,
            output,
            SparkOptions(
                manifest=manifest or "",
                title=title,
                publisher=publisher,
                country=country,
                reference_year=reference_year,
                min_confidence=min_confidence,
                force_language=force_language,
                max_file_size=max_file_size,
                conf=dict(one.partition("=")[::2] for one in spark_conf),
            ),
        )
        for message in built.failures:
            click.echo(f"not read: {message}", err=True)
        if not quiet:
            click.echo(
                f"{output}: {built.documents:,} documents, {built.entities:,} entities, {built.claims:,} claims, "
                f"{built.statements:,} statements"
            )
        return 1 if built.failures else 0

    def run() -> int:
        from diplograph.build_progress import show_progress, summary
        from diplograph.building import Options, build_folder
        from diplograph.standard_input import with_standard_input

        options = Options(
            manifest=Path(manifest) if manifest is not None else None,
            title=title,
            publisher=publisher,
            country=country,
            reference_year=reference_year,
            min_confidence=min_confidence,
            force_language=force_language,
            max_file_size=max_file_size,
            max_seconds=max_seconds,
            jobs=jobs,
            rebuild=rebuild,
            merge=merge,
        )
        with (
            with_standard_input([Path(one) for one in inputs]) as paths,
            show_progress(quiet=quiet, verbose=verbose) as progress,
        ):
            try:
                built = build_folder(paths, Path(output), options=options, progress=progress)
            except KeyboardInterrupt:
                click.echo(f"diplograph: {progress.stopped()}", err=True)
                return 130
        for message in built.result.failures:
            click.echo(f"not read: {message}", err=True)
        if not quiet:
            click.echo(f"{output}: {summary(built)}")
        return 1 if built.result.failures else 0

    guarded(run_spark if engine == "spark" else run)


def _check_spark(inputs: tuple[str, ...]) -> None:
    """Refuse what only a build on this machine does."""
    if not inputs or "-" in inputs:
        raise click.UsageError("--engine spark reads files, folders and addresses: name at least one")
    context = click.get_current_context()
    for name in ("jobs", "rebuild", "max_seconds", "merge", "verbose"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name.replace('_', '-')} has no meaning with --engine spark")


for _command in (
    commands_extract.extract,
    commands_extract.explain,
    commands_extract.evaluate,
    commands_graph.stats,
    commands_graph.analyze,
    commands_graph.path,
    commands_graph.timeline,
    commands_graph.diff,
    commands_graph.export,
    commands_graph.plot,
    commands_linked.validate,
    commands_linked.query,
    commands_linked.questions,
    commands_linked.ask,
    commands_linked.serve,
    commands_linked.ontology,
):
    main.add_command(_command)
