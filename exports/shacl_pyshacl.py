"""Check a graph with pySHACL, the reference for what the shapes mean; for graphs of moderate size."""

from functools import cache

import pyshacl
import rdflib
from diplograph.exports.shacl_sparql import SHAPES, shapes_turtle
from rdflib.namespace import RDF, SH

__all__ = ["violations"]


def violations(triples: bytes) -> set[tuple[str, str]]:
    """Give the pairs of violating node and shape name in a graph given as N-Triples."""
    data = rdflib.Graph().parse(data=triples, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        whole = report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        node = report.value(result, SH.value if whole else SH.focusNode)
        found.add((str(node), str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)))
    return found


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes_turtle(), format="turtle")
