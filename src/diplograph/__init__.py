"""Diplograph: evidence-backed knowledge graphs from diplomatic documents.

>>> import diplograph as dg
>>> kg = dg.build("samples/")  # doctest: +SKIP
>>> kg = dg.read("out/")  # doctest: +SKIP
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.graph.hooks import HOOKS

if TYPE_CHECKING:
    from diplograph.graph.compare import Difference
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["__version__", "build", "diff", "read"]

__version__ = "0.1.0"


def build(
    inputs: str | Path | Iterable[str | Path],
    *,
    manifest: str | Path | None = None,
    country: str = "",
    reference_year: int | None = None,
    min_confidence: float = 0.0,
    jobs: int = 1,
) -> "KnowledgeGraph":
    """Read files, folders or manifests and give their graph, without writing anything.

    Args:
        inputs: One path or several.
        manifest: A CSV that tells title, publisher, country and reference year of the files.
        country: ISO 3166-1 alpha-3 code of the author's own state, where the manifest tells none.
        reference_year: The year that months without a year belong to, where the manifest tells none.
        min_confidence: Claims below are left out; 0 to 1.
        jobs: Number of processes; the graph is the same for every number.

    Raises:
        InputError: An input does not exist or cannot be read.
    """
    from diplograph.pipeline import build_graph_of, read_documents

    paths = [Path(inputs)] if isinstance(inputs, str | Path) else [Path(one) for one in inputs]
    documents, _ = read_documents(
        paths, manifest=Path(manifest) if manifest else None, country=country, reference_year=reference_year
    )
    return build_graph_of(documents, min_confidence=min_confidence, jobs=jobs).graph


def read(path: str | Path) -> "KnowledgeGraph":
    """Read the graph of an earlier build from its folder, or from a file in any RDF format (without mentions).

    Raises:
        InputError: The folder holds no build, or the file no graph.
    """
    from diplograph.exports.reading import read_graph

    return read_graph(Path(path))


def diff(before: "KnowledgeGraph", after: "KnowledgeGraph") -> "Difference":
    """Tell what is new, gone and changed between two graphs."""
    from diplograph.graph.compare import diff as compare

    return compare(before, after)


def _show(kg: "KnowledgeGraph") -> str:
    from diplograph.exports.frame import page_frame

    return page_frame(kg)


HOOKS.show, HOOKS.read = _show, read
