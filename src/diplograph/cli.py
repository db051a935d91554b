"""The command line: each command parses its words, calls one function, and reports."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from diplograph import __version__, commands_extract, commands_graph, commands_linked
from diplograph.reporting import guarded

__all__ = ["main"]

_PATH = click.Path(path_type=Path)


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
@click.argument("inputs", nargs=-1, type=_PATH)
@click.option(
    "-o", "--output", required=True, type=_PATH, help="Folder for the result; an earlier build is replaced."
)
@click.option(
    "--manifest", type=_PATH, help="CSV with the columns file,title,publisher,country,reference_year."
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
@click.option("--force-language", is_flag=True, help="Read documents that do not seem to be in English, too.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Name each document as it is read.")
def build(
    inputs: tuple[Path, ...],
    output: Path,
    manifest: Path | None,
    title: str,
    publisher: str,
    country: str,
    reference_year: int | None,
    min_confidence: float,
    jobs: int,
    force_language: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read INPUTS (files, folders or manifests) and write the graph into OUTPUT.

    \b
    Writes graph.ttl, graph.html, graph.graphml, documents.jsonl, entities.jsonl,
    mentions.jsonl, claims.jsonl and report.md.

    \b
    Examples:
      diplograph build samples --manifest samples/manifest.csv -o out
      diplograph build speeches/ --manifest speeches/manifest.csv -o out
      diplograph build communique.txt --country FRA --reference-year 2022 -o out -q

    Exit status: 0 built, 1 an input could not be read (from a folder, the others are built), 2 bad usage.
    """
    if not inputs and manifest is None:
        raise click.UsageError("nothing to read: name at least one file, folder or --manifest")
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise click.BadParameter(
            f"{country!r} is no ISO 3166-1 alpha-3 code such as JPN", param_hint="--country"
        )

    def run() -> int:
        from diplograph.pipeline import build_graph_of, check_output, read_documents, write_build

        check_output(output)
        documents, failures = read_documents(
            inputs,
            manifest=manifest,
            title=title,
            publisher=publisher,
            country=country,
            reference_year=reference_year,
            force_language=force_language,
        )
        with _Progress(quiet=quiet, verbose=verbose, total=len(documents)) as step:
            result = build_graph_of(
                documents, min_confidence=min_confidence, jobs=jobs, progress=step, failures=failures
            )
            digest = write_build(result, output)
        for message in failures:
            click.echo(f"not read: {message}", err=True)
        if not quiet:
            kg = result.graph
            click.echo(
                f"{output}: {len(kg.documents)} documents, {len(kg.entities)} entities, {len(kg.claims)} claims; "
                f"graph {digest[:16]}"
            )
        return 1 if failures else 0

    guarded(run)


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


class _Progress:
    """A progress bar on a terminal, lines with ``--verbose``, nothing else."""

    def __init__(self, *, quiet: bool, verbose: bool, total: int) -> None:
        self.verbose = verbose and not quiet
        self.total = total
        self.bar: Any = None
        self.task: Any = None
        if not quiet and not self.verbose and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip

    def __enter__(self) -> Callable[[int, int, str], None]:
        if self.bar is not None:
            self.bar.start()
            self.task = self.bar.add_task("reading", total=self.total)
        return self.step

    def __exit__(self, *exc: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def step(self, done: int, total: int, name: str) -> None:
        """Tell that one more document has been read."""
        if self.verbose:
            click.echo(f"[{done}/{total}] {name}", err=True)
        elif self.bar is not None:
            self.bar.update(self.task, completed=done)
