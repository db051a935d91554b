"""Where the stages meet: from files to a graph, from a graph to the files of a build."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.exports.report import Coverage
from diplograph.extract.lasting import lasting
from diplograph.extract.records import Document, Extraction, Rejection
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import DiplographError, InputError

__all__ = [
    "BUILD_FILES",
    "Build",
    "ShapeError",
    "Tally",
    "build_graph_of",
    "check_output",
    "is_plain",
    "merge",
    "nothing_to_build",
    "read_documents",
    "report_text",
    "without_doubtful",
    "write_build",
    "write_files",
    "write_text",
]

# What a build leaves in its folder, beside the folder `text` for documents that were not plain text.
BUILD_FILES = (
    "graph.ttl",
    "graph.html",
    "graph.graphml",
    "documents.jsonl",
    "entities.jsonl",
    "mentions.jsonl",
    "claims.jsonl",
    "report.md",
)
# What else may stand there: texts, what was read (`diplograph.build_cache`), a store that queries made, and what
# `diplograph.merge_on_disk` adds.
_BESIDE = frozenset({"text", ".cache", "store", "graph.nq", "tables"})
_PLAIN_ENDINGS = frozenset({".txt", ".md"})

# Starting processes costs a few seconds each: below so many documents one is quicker.
_WORTH_PROCESSES = 40

Progress = Callable[[int, int, str], None]


class ShapeError(DiplographError, ValueError):
    """A graph that was built violates the shapes; this is a fault of the program or its rules.

    Attributes:
        findings: The violations, in words.
    """

    def __init__(self, findings: Sequence[str]) -> None:
        shown = "; ".join(findings[:3])
        super().__init__(f"the graph violates {len(findings)} shapes ({shown}); report this with the input")
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A graph with what the report tells of its making.

    ``failures`` are inputs that could not be read, as messages, in the order of their ids;
    ``texts`` the extracted texts of documents that are not plain text files, by document id, where they are
    not written already. ``rejections`` has one item for each rejected candidate; those of one rule and reason
    are the first of them, so that they need no memory.
    """

    graph: KnowledgeGraph
    coverage: tuple[Coverage, ...]
    rejections: tuple[Rejection, ...]
    failures: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


def read_documents(
    inputs: Sequence[Path],
    *,
    manifest: Path | None = None,
    title: str = "",
    publisher: str = "",
    country: str = "",
    reference_year: int | None = None,
    force_language: bool = False,
) -> tuple[list[Document], list[str]]:
    """Read the documents that ``inputs`` mean, all into memory; give them by id, and what could not be read, in words.

    What the options say fills what the manifest leaves open. A file named as an input must be readable;
    one found in a folder, or named by a manifest, is told among the failures. So is a document that is not in
    English, unless ``force_language`` is set.

    Raises:
        InputError: An input does not exist or cannot be read, the manifest is wrong, nothing is left.
    """
    from diplograph.mapping import find_tasks, load_one

    tasks = find_tasks(
        inputs,
        manifest=manifest,
        title=title,
        publisher=publisher,
        country=country,
        reference_year=reference_year,
        force_language=force_language,
    )
    named = {path.resolve() for path in inputs if path.is_file()}
    documents: list[Document] = []
    failures: list[str] = []
    for task in tasks:
        try:
            documents.append(load_one(task))
        except InputError as error:
            if task.source.path.resolve() in named:
                raise
            failures.append(str(error))
    if not documents:
        raise nothing_to_build(inputs, manifest, failures)
    return documents, failures


def nothing_to_build(inputs: Sequence[Path], manifest: Path | None, failures: Sequence[str]) -> InputError:
    """Give the error that tells that none of the inputs can be read."""
    where = ", ".join(map(str, inputs)) or str(manifest)
    return InputError(where, f"holds no readable document ({failures[0]})", "give other files")


def build_graph_of(
    documents: Sequence[Document],
    *,
    min_confidence: float = 0.0,
    jobs: int = 1,
    progress: Progress | None = None,
    failures: Sequence[str] = (),
) -> Build:
    """Extract every document and merge the claims into one graph.

    Args:
        documents: The documents, in any order.
        min_confidence: Claims below this confidence are left out and told as rejected.
        jobs: Number of processes; 0 takes as many as the machine has, where the work is worth it. The result
            is the same for every number.
        progress: Called after each document with the number done, the number of all, and its id.
        failures: What could not be read, passed on to the report.
    """
    wanted = jobs or (os.cpu_count() or 1 if len(documents) >= _WORTH_PROCESSES else 1)
    processes = min(wanted, len(documents))
    with lasting() if processes > 1 else nullcontext():  # what comes from others stays
        return merge(
            _told(_extractions(documents, processes), len(documents), progress),
            min_confidence=min_confidence,
            failures=failures,
            texts=tuple((d.id, d.text) for d in documents if not is_plain(d)),
        )


def _told(extractions: Iterable[Extraction], total: int, progress: Progress | None) -> Iterator[Extraction]:
    for number, extraction in enumerate(extractions, 1):
        if progress:
            progress(number, total, extraction.document.id)
        yield extraction


def merge(
    extractions: Iterable[Extraction],
    *,
    min_confidence: float = 0.0,
    failures: Sequence[str] = (),
    texts: Sequence[tuple[str, str]] = (),
) -> Build:
    """Reduce what was read out of documents, in any order, to one graph and what the report tells of it.

    Extractions are taken one by one and not kept, so that a stream of them needs no more memory than the graph.

    Args:
        extractions: What :func:`diplograph.mapping.extract_one` gave, each document once.
        min_confidence: Claims below this confidence are left out and told as rejected.
        failures: What could not be read, passed on to the report.
        texts: As in :class:`Build`.
    """
    from diplograph.graph.build import build_graph

    tally = Tally(min_confidence)
    graph = build_graph(tally.passing(extractions))
    return Build(
        graph=graph,
        coverage=tally.coverage,
        rejections=tally.rejections,
        failures=tuple(failures),
        texts=tuple(texts),
    )


class Tally:
    """What the report tells of extractions that are taken one by one, and not kept."""

    def __init__(self, min_confidence: float = 0.0) -> None:
        self._min_confidence = min_confidence
        self._coverage: list[Coverage] = []
        self._rejections: dict[tuple[str, str], tuple[int, Rejection]] = {}

    def passing(self, extractions: Iterable[Extraction]) -> Iterator[Extraction]:
        """Yield extractions without the claims of too little confidence, and count."""
        from diplograph.exports.report import measure_coverage

        for extraction in extractions:
            kept = without_doubtful(extraction, self._min_confidence)
            self._coverage.append(measure_coverage(kept))
            for one in kept.rejections:
                number, first = self._rejections.get((one.rule, one.reason), (0, one))
                first = min(first, one, key=lambda r: (r.document, r.span))
                self._rejections[one.rule, one.reason] = number + 1, first
            yield kept

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """As in :class:`Build`, of what has been taken."""
        return tuple(sorted(self._coverage, key=lambda one: one.document))

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """As in :class:`Build`, of what has been taken."""
        counted = sorted(self._rejections.items())
        return tuple(r for _, (number, first) in counted for r in (first,) * number)


def is_plain(document: Document) -> bool:
    """Tell whether a document's text is its file, so that the build need not keep the text beside."""
    return Path(document.file).suffix.lower() in _PLAIN_ENDINGS


def _extractions(documents: Sequence[Document], processes: int) -> Iterator[Extraction]:
    """Extract documents in their order, in this process or in several."""
    if processes > 1:
        from diplograph.extraction_pool import extract_in_processes

        return extract_in_processes(documents, processes)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from diplograph.extract.extractor import load_extractor

    return map(load_extractor(), documents)


def without_doubtful(extraction: Extraction, min_confidence: float) -> Extraction:
    """Take claims below a confidence out of an extraction, and tell them as rejected."""
    from diplograph.extract.records import Span

    low = [c for c in extraction.claims if c.confidence < min_confidence]
    if not low:
        return extraction
    told = tuple(
        Rejection(
            document=extraction.document.id,
            span=Span(c.evidence[0].start, c.evidence[0].end),
            rule=c.rule,
            reason=f"confidence below {min_confidence:g}",
        )
        for c in low
    )
    kept = tuple(c for c in extraction.claims if c.confidence >= min_confidence)
    return replace(extraction, claims=kept, rejections=(*extraction.rejections, *told))


def write_build(build: Build, folder: Path, *, title: str = "") -> str:
    """Write all files of a build into ``folder`` and give the hash of the graph.

    The files are written beside the folder first and take its place when all are there: a failure
    leaves what was there before.

    Raises:
        InputError: ``folder`` exists and is no earlier build.
        FolderInUse: Another build works on it.
        ShapeError: The graph violates the shapes.
    """
    from diplograph.output_folder import claim_folder, put_in_place

    check_output(folder)
    with claim_folder(folder) as place:
        place.fresh.mkdir()
        for document, text in build.texts:
            write_text(place.fresh, document, text)
        digest = write_files(build, place.fresh, title=title)
        put_in_place(place)
    return digest


def write_text(folder: Path, document: str, text: str) -> None:
    """Keep the text of a document that is no plain text file beside the other files of a build."""
    (folder / "text").mkdir(exist_ok=True)
    (folder / "text" / f"{document}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))


def write_files(build: Build, folder: Path, *, title: str = "") -> str:
    """Write the files of :data:`BUILD_FILES` into an existing folder and give the hash of the graph.

    Raises:
        ShapeError: The graph violates the shapes.
    """
    from diplograph.exports.graphml import write_graphml
    from diplograph.exports.jsonl import write_jsonl
    from diplograph.exports.page_document import write_page
    from diplograph.exports.rdf_hash import graph_hash
    from diplograph.exports.turtle import write_turtle
    from diplograph.exports.validate import validate

    turtle = folder / "graph.ttl"
    write_turtle(build.graph, turtle)
    outcome = validate(turtle)
    if not outcome.conforms:
        raise ShapeError([f"{f.node}: {f.message}" for f in outcome.findings])
    digest = graph_hash(turtle)
    write_page(build.graph, folder / "graph.html", title=title)
    write_graphml(build.graph, folder / "graph.graphml")
    write_jsonl(build.graph, folder)
    validation = f"The graph conforms to the shapes ({outcome.triples:,} triples checked)."
    tally = (build.coverage, build.rejections)
    report = report_text(build.graph, *tally, validation=validation, digest=digest, failures=build.failures)
    (folder / "report.md").write_text(report, encoding="utf-8", newline="\n")
    return digest


def report_text(
    graph: KnowledgeGraph,
    coverage: Sequence[Coverage],
    rejections: Sequence[Rejection],
    *,
    validation: str,
    digest: str,
    failures: Sequence[str],
) -> str:
    """Give the report of a build, with what could not be read."""
    from diplograph import __version__
    from diplograph.exports.report import render_report

    report = render_report(
        graph,
        coverage=coverage,
        rejections=rejections,
        validation=validation,
        graph_hash=digest,
        version=f"Diplograph {__version__}",
    )
    if failures:
        report += "\n## Not read\n\n" + "".join(f"- {message}\n" for message in failures)
    return report


def check_output(folder: Path) -> None:
    """Refuse an output folder that holds something other than an earlier build.

    Raises:
        InputError: The path is a file, or a folder with files that no build wrote.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(
            folder, "is a file, not a folder", "name a folder that is new or holds an earlier build"
        )
    foreign = sorted({p.name for p in folder.iterdir()} - {*BUILD_FILES, *_BESIDE})
    if foreign:
        raise InputError(
            folder,
            f"holds {foreign[0]!r}, which no build wrote",
            "name a new folder, or one of an earlier build",
        )
