"""The reduce of a build whose graph does not fit memory: merged in a database on disk, written as streams."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from diplograph.build_result import Result
from diplograph.flat_rows import (
    FLAT_TABLES,
    Row,
    claim_row,
    document_row,
    entity_row,
    evidence_rows,
    mention_row,
)
from diplograph.pipeline import Tally
from diplograph.stored_graph import StoredGraph

if TYPE_CHECKING:
    from diplograph.extract.records import Extraction
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["DISK_FILES", "merge_on_disk"]

# What such a build leaves beside Turtle, JSON Lines and the report.
DISK_FILES = ("graph.nq", "tables")
_SOME = 5_000  # rows of a Parquet file, or nodes of N-Quads, that are in memory at a time

T = TypeVar("T")


def merge_on_disk(
    extractions: Iterable["Extraction"],
    folder: Path,
    *,
    min_confidence: float = 0.0,
    failures: Callable[[], Sequence[str]] = tuple,
    memory: str = "2GB",
) -> Result:
    """Reduce extractions, in any order, to the files of a result in ``folder``, through a database beside them.

    ``graph.ttl``, the JSON Lines and the hash are those of :func:`diplograph.pipeline.merge` and
    :func:`~diplograph.pipeline.write_files` for the same extractions; ``graph.nq`` and ``tables/*.parquet`` are
    added; the page and GraphML, which nobody could open, are left out, and so are the shapes.

    Args:
        extractions: Taken one by one.
        folder: Exists, and is empty but for texts.
        min_confidence: As for ``merge``.
        failures: Gives what could not be read, when all extractions have been taken.
        memory: What DuckDB may use; it goes to the disk beyond.

    Raises:
        MissingExtra: DuckDB or pyarrow is not installed.
        InconsistentGraph: As for ``build_graph``.
        OSError: There is no room, or no permission to write.
    """
    work = folder / "merging"
    work.mkdir()
    graph = StoredGraph(work / "graph.duckdb", memory=memory)
    try:
        tally = Tally(min_confidence)
        for extraction in tally.passing(extractions):
            graph.add(extraction)
        graph.merge()
        told = tuple(failures())
        digest = _write(graph, folder, tally, told)
        result = Result(
            documents=len(graph.documents),
            entities=len(graph.entities),
            claims=len(graph.claims),
            graph=digest,
            failures=told,
        )
    finally:
        graph.close()
        shutil.rmtree(work, ignore_errors=True)
    return result


def _write(graph: StoredGraph, folder: Path, tally: Tally, failures: Sequence[str]) -> str:
    from diplograph.exports.jsonl import write_jsonl
    from diplograph.pipeline import report_text

    # These go through the parts of a graph and hold on to none, so that a graph on disk will do.
    seen = cast("KnowledgeGraph", graph)
    write_jsonl(seen, folder)
    described = _write_turtle(graph, folder)
    digest = _hash(graph, folder / "graph.ttl")
    _write_quads(graph, described, folder / "graph.nq")
    _write_tables(graph, folder / "tables")
    validation = "not run, for it needs the graph in memory: `diplograph validate` where it fits"
    text = report_text(
        seen, tally.coverage, tally.rejections, validation=validation, digest=digest, failures=failures
    )
    (folder / "report.md").write_text(text, encoding="utf-8", newline="\n")
    return digest


def _write_turtle(graph: StoredGraph, folder: Path) -> str:
    """Write the file that ``write_turtle`` would write; give the description of the dataset in it."""
    from diplograph.exports.rdf_header import DatasetCounts, DatasetInfo, authorities, describe, digest_of
    from diplograph.exports.turtle import block, heading

    body = folder / "merging" / "body.ttl"
    triples: Counter[str] = Counter()

    def content() -> Iterator[str]:
        with body.open("w", encoding="utf-8", newline="\n") as file:
            for node in graph.nodes():
                triples["written"] += len(node[1])
                text = block(node)
                file.write(text)
                yield text

    name = digest_of(content())
    entities = graph.entities.values()
    counts = DatasetCounts(
        classes=Counter(entity.cls for entity in entities),
        links=Counter(host for entity in entities for host in authorities(entity)),
        relations=graph.facts(),
        documents=[(record.id, record.sha256) for record in graph.documents.values()],
    )
    nodes = describe(counts, name=name, triples=triples["written"], info=DatasetInfo())
    described = "".join(map(block, nodes))
    with (folder / "graph.ttl").open("wb") as file, body.open("rb") as rest:
        file.write((heading() + described).encode())
        shutil.copyfileobj(rest, file)
    body.unlink()
    return described


def _hash(graph: StoredGraph, turtle: Path) -> str:
    """Give what ``graph_hash`` would give: the SHA-256 of the sorted statements."""
    import pyoxigraph as ox

    def lines() -> Iterator[str]:
        for quad in ox.parse(path=str(turtle), format=ox.RdfFormat.TURTLE):
            yield (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"").decode()

    digest = hashlib.sha256()
    for line in graph.sorted_lines(lines(), distinct=True):
        digest.update(line.encode())
    return digest.hexdigest()


def _write_quads(graph: StoredGraph, described: str, path: Path) -> None:
    """Write the file that ``write_rdf`` would write: sorted, a graph for each document."""
    from diplograph.exports.rdf_write import claims_text, entities_text, quad_lines

    def texts() -> Iterator[str]:
        yield described
        for documents in _batches(graph.documents.values()):
            yield entities_text(documents, ())
        for entities in _batches(graph.entities.values()):
            yield entities_text((), entities)
        for document, claims in graph.quoted():
            yield claims_text(document, claims)

    lines = (line.decode() for text in texts() for line in quad_lines(text))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(graph.sorted_lines(lines))


def _write_tables(graph: StoredGraph, folder: Path) -> None:
    """Write the tables of :data:`FLAT_TABLES` as Parquet."""
    import pyarrow
    import pyarrow.parquet

    folder.mkdir()
    kinds = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "strings": pyarrow.list_(pyarrow.string()),
    }
    rows: dict[str, Iterator[Row]] = {
        "documents": map(document_row, graph.documents.values()),
        "entities": map(entity_row, graph.entities.values()),
        "mentions": map(mention_row, graph.mentions),
        "claims": map(claim_row, graph.claims),
        "evidence": (row for claim in graph.claims for row in evidence_rows(claim)),
    }
    for name, columns in FLAT_TABLES.items():
        schema = pyarrow.schema([(column, kinds[kind]) for column, kind in columns.items()])
        with pyarrow.parquet.ParquetWriter(folder / f"{name}.parquet", schema) as writer:
            for some in _batches(rows[name]):
                cells: list[Any] = [
                    pyarrow.array(list(column), type=kind)
                    for column, kind in zip(zip(*some, strict=True), schema.types, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(cells, schema=schema))


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    source = iter(values)
    while some := list(islice(source, _SOME)):
        yield some
