"""The canonical hash of a graph: equal for equal graphs, whatever file they stand in."""

import hashlib
from pathlib import Path

__all__ = ["graph_hash"]


def graph_hash(path: Path) -> str:
    """Give the SHA-256, in hex, of the canonical N-Quads of an RDF file.

    Source: RDF Dataset Canonicalization (RDFC-1.0), W3C 2024. Our graphs have no blank nodes, for which
    the canonical form is the sorted N-Quads; a file with blank nodes is canonicalized first.
    """
    import pyoxigraph as ox
    from diplograph.exports.rdf_formats import rdf_format

    dataset = ox.Dataset(ox.parse(path=str(path), format=rdf_format(path)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in dataset)
    return hashlib.sha256(b"".join(lines)).hexdigest()
