"""Read a graph back from whatever we wrote: the folder of a build, or a file in any RDF format."""

from pathlib import Path

from diplograph.exports.jsonl import read_jsonl
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError

__all__ = ["read_graph"]


def read_graph(path: Path) -> KnowledgeGraph:
    """Read the folder of a build (from its JSON Lines, mentions included) or an RDF file (without mentions).

    Raises:
        InputError: There is nothing there, or it cannot be read.
    """
    if path.is_dir() or not (path.suffix or path.exists()):  # a folder that is not there
        if not (path / "claims.jsonl").is_file():
            raise InputError(
                path, "holds no build (no claims.jsonl)", "name the folder that `diplograph build -o` wrote"
            )
        return read_jsonl(path)
    from diplograph.exports.rdf_read import read_rdf

    return read_rdf(path)
