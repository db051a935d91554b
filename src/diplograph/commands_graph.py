"""Commands that compute with a built graph: stats, analyze, path, timeline, diff, export, plot."""

from pathlib import Path

import click

from diplograph.reporting import FORMATS, guarded, show

__all__ = ["analyze", "diff", "export", "path", "plot", "stats", "timeline"]

_OUT = click.argument("out", type=click.Path(path_type=Path))
_FORMAT = click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), help="Default: table on a terminal, CSV in a pipe."
)


@click.command()
@_OUT
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1), help="Rows of each table.")
@_FORMAT
def stats(out: Path, limit: int, form: str | None) -> None:
    """Tell on one screen what is in the build OUT."""

    def run() -> int:
        from diplograph import read
        from diplograph.exports.answers import answer_stats

        show(answer_stats(read(out), limit=limit), form or "")
        return 0

    guarded(run)


@click.command()
@_OUT
@click.option("--network", default="all", show_default=True, help="Projection: what joins the entities.")
@click.option("--measure", default="degree", show_default=True, help="Measure to rank by.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=0, show_default=True, help="For sampled measures.")
@_FORMAT
def analyze(out: Path, network: str, measure: str, limit: int, seed: int, form: str | None) -> None:
    """Rank the entities of the build OUT by a measure on one of its networks."""

    def run() -> int:
        from diplograph import read
        from diplograph.exports.answers import answer_analyze

        show(answer_analyze(read(out), network=network, measure=measure, limit=limit, seed=seed), form or "")
        return 0

    guarded(run)


@click.command()
@_OUT
@click.argument("first")
@click.argument("second")
@click.option("--hops", default=4, show_default=True, type=click.IntRange(1))
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1))
@_FORMAT
def path(out: Path, first: str, second: str, hops: int, limit: int, form: str | None) -> None:
    """Tell how FIRST and SECOND (names or codes) are connected, with the sentences that say so."""

    def run() -> int:
        from diplograph import read
        from diplograph.exports.answers import answer_paths

        chains = answer_paths(read(out), first, second, hops=hops, limit=limit)
        if not chains:
            click.echo(f"no chain of at most {hops} asserted claims joins {first} and {second}", err=True)
        show(chains, form or "")
        return 0

    guarded(run)


@click.command()
@_OUT
@click.option("--about", default="", help="An entity, by name or code; an agreement gives its life cycle.")
@click.option("--relation", default="")
@click.option("--issue", default="")
@click.option("--by", type=click.Choice(("year", "month")), default="year", show_default=True)
@_FORMAT
def timeline(out: Path, about: str, relation: str, issue: str, by: str, form: str | None) -> None:
    """Count the claims of the build OUT over time."""

    def run() -> int:
        from diplograph import read
        from diplograph.exports.answers import answer_timeline

        kg = read(out)
        if by == "year":
            show(answer_timeline(kg, about=about, relation=relation, issue=issue, by="year"), form or "")
        else:
            show(answer_timeline(kg, about=about, relation=relation, issue=issue, by="month"), form or "")
        return 0

    guarded(run)


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write Markdown, HTML and Turtle into this folder.",
)
@_FORMAT
def diff(before: Path, after: Path, output: Path | None, form: str | None) -> None:
    """Compare two builds: entities and claims that are new, gone or changed."""

    def run() -> int:
        from diplograph import diff as compare
        from diplograph import read
        from diplograph.exports.answers import answer_diff
        from diplograph.exports.comparison import write_comparison

        difference = compare(read(before), read(after))
        if output is None:
            show(answer_diff(difference), form or "")
        else:
            output.mkdir(parents=True, exist_ok=True)
            for file in write_comparison(difference, output):
                click.echo(file)
        return 0

    guarded(run)


@click.command()
@_OUT
@click.argument("kind")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder for the files.")
def export(out: Path, kind: str, output: Path) -> None:
    """Write the build OUT in another format.

    KIND: csv, parquet, jsonl, graphml, gexf, neo4j, node-link, dot, dyads, events.
    """

    def run() -> int:
        from diplograph import read
        from diplograph.exports.formats import export as write

        for file in write(read(out), output, kind=kind):
            click.echo(file)
        return 0

    guarded(run)


@click.command()
@_OUT
@click.argument("kind")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="PNG or SVG file.")
@click.option("--network", default="all", show_default=True)
@click.option("--agreement", default="", help="For a timeline: the agreement, by name.")
@click.option("--currency", default="", help="For flows: ISO 4217; without it claims are counted.")
@click.option("--title", default="")
@click.option("--limit", type=click.IntRange(1))
def plot(
    out: Path,
    kind: str,
    output: Path,
    network: str,
    agreement: str,
    currency: str,
    title: str,
    limit: int | None,
) -> None:
    """Draw a figure of the build OUT: network, matrix, chords, timeline, issues or flows."""

    def run() -> int:
        from diplograph import read
        from diplograph.exports.figures import save_figure
        from diplograph.exports.plots import draw

        figure = draw(
            read(out),
            kind=kind,
            network=network,
            agreement=agreement,
            currency=currency,
            title=title,
            limit=limit,
        )
        save_figure(figure, output)
        click.echo(output)
        return 0

    guarded(run)
