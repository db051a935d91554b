"""Tell how a build goes on: a bar on a terminal, a line a document where asked for, a summary."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from diplograph.build_workers import Done
from diplograph.building import Built

__all__ = ["BuildProgress", "show_progress", "summary"]


class BuildProgress:
    """A progress bar on a terminal, lines with ``verbose``, nothing else; all on standard error."""

    def __init__(self, *, bar: bool, verbose: bool) -> None:
        self.verbose = verbose
        self.total = self.done = self.sentences = 0
        self.merged = False
        self.bar: Any = None
        self.task: Any = None
        if bar:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            self.bar = Progress(
                TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"),
                TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(elapsed_when_finished=False),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip

    def planned(self, documents: int, unchanged: int, size: int) -> None:
        """Begin; the bar counts bytes, for documents differ."""
        self.total, self.done = documents, unchanged
        if self.bar is not None:
            self.task = self.bar.add_task("reading", total=size, told=self._told())
            self.bar.start()

    def read(self, done: Done, size: int) -> None:
        """Tell that one more document has been read, or failed."""
        self.done += 1
        self.sentences += done.sentences
        if self.verbose:
            failed = "  not read" if done.failure else ""
            click.echo(f"[{self.done}/{self.total}] {done.task.document}{failed}", err=True)
        elif self.bar is not None:
            self.bar.update(self.task, advance=size, told=self._told())

    def merging(self) -> None:
        """Tell that what was read is put together and written."""
        self.merged = True
        if self.bar is not None:
            self.bar.update(self.task, description="writing", total=None)

    def stopped(self) -> str:
        """Say what a build that is interrupted leaves behind."""
        kept = f"{self.done} of {self.total} documents are read and kept; " if self.total else ""
        return f"stopped; {kept}the same command continues, and an earlier result is as it was"

    def _told(self) -> str:
        told = f"{self.done:,}/{self.total:,} documents"
        elapsed = self.bar.tasks[0].elapsed if self.bar.tasks else None
        return f"{told}  {self.sentences / elapsed:,.0f} sentences/s" if elapsed and self.sentences else told


@contextmanager
def show_progress(*, quiet: bool, verbose: bool) -> Iterator[BuildProgress]:
    """Show how a build goes on while the block runs; a bar only where standard error is a terminal."""
    progress = BuildProgress(
        bar=not quiet and not verbose and sys.stderr.isatty(), verbose=verbose and not quiet
    )
    try:
        yield progress
    finally:
        if progress.bar is not None:
            progress.bar.stop()


def summary(built: Built) -> str:
    """Say in one line what a build did and what its graph holds."""
    result = built.result
    steps = [f"{built.unchanged:,} unchanged"] if built.unchanged else []
    steps += [f"{built.read:,} read"] if built.read or not steps else []
    steps += [f"{len(result.failures):,} not read"] if result.failures else []
    steps += [f"{built.gone:,} gone"] if built.gone else []
    did = ", ".join(steps) + ("" if built.written else "; the result is as it was")
    return (
        f"{result.documents:,} documents ({did}), {result.entities:,} entities, {result.claims:,} claims; "
        f"graph {result.graph[:16]}"
    )
