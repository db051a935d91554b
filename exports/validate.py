"""Check a graph against the shapes of the ontology, and say what is wrong, where, and what to do."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from diplograph.exports.rdf_formats import load, rdf_format
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Finding", "ValidationReport", "validate"]

# Up to here pySHACL answers within seconds; beyond, the same shapes are checked as SPARQL over Oxigraph.
PYSHACL_LIMIT: Final = 10_000

# Files larger than this, in bytes, are checked in a store on disk: slower, but memory stays bounded.
MEMORY_LIMIT: Final = 200_000_000

Engine = Literal["auto", "pyshacl", "sparql"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One node that violates one shape, with what that means and what to do about it."""

    node: str
    shape: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """What a check found; ``findings`` are sorted by node, then shape. ``engine`` tells what checked."""

    findings: tuple[Finding, ...]
    triples: int
    engine: str

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


def validate(source: Path | KnowledgeGraph, *, engine: Engine = "auto") -> ValidationReport:
    """Check an RDF file, the graph in a built folder, or a graph as it would be written.

    Named graphs are checked together, as one. ``auto`` takes pySHACL for a small graph and SPARQL for a
    large one; both find the same.

    Raises:
        InputError: If the file cannot be read as RDF, or holds no triple at all.
    """
    with _store(source) as store:
        if len(store) == 0:
            raise InputError(
                str(source), "holds no triples, so there is nothing to check", "give a graph that was built"
            )
        chosen = engine
        if chosen == "auto":
            chosen = "pyshacl" if len(store) <= PYSHACL_LIMIT else "sparql"
        found = _by_pyshacl(store) if chosen == "pyshacl" else _by_sparql(store)
        return ValidationReport(findings=_findings(found), triples=len(store), engine=chosen)


def _findings(found: Iterable[tuple[str, str]]) -> tuple[Finding, ...]:
    from diplograph.exports.shacl_sparql import shape_texts

    texts = shape_texts()
    return tuple(
        Finding(node=node, shape=shape, message=texts[shape].message, remedy=texts[shape].remedy)
        for node, shape in sorted(set(found))
    )


def _by_sparql(store: "ox.Store") -> Iterator[tuple[str, str]]:
    import pyoxigraph as ox
    from diplograph.exports.shacl_sparql import checks

    for check in checks():
        rows = store.query(check.select, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            yield str(row[check.node].value), check.shape


def _by_pyshacl(store: "ox.Store") -> set[tuple[str, str]]:
    import pyoxigraph as ox
    from diplograph.exports.shacl_pyshacl import violations

    lines = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    return violations(lines)


@contextmanager
def _store(source: Path | KnowledgeGraph) -> Iterator["ox.Store"]:
    import pyoxigraph as ox

    if isinstance(source, KnowledgeGraph):
        from diplograph.exports.turtle import turtle_text

        store = ox.Store()
        store.bulk_load(turtle_text(source).encode(), ox.RdfFormat.TURTLE)
        yield store
        return
    if source.is_dir():
        source = source / "graph.ttl"
    rdf_format(source)
    if source.exists() and source.stat().st_size > MEMORY_LIMIT:
        with tempfile.TemporaryDirectory() as folder:
            yield load(source, ox.Store(folder))
    else:
        yield load(source, ox.Store())
