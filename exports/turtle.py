"""Write the knowledge graph as Turtle: the same bytes for the same graph, without blank nodes."""

from pathlib import Path

from diplograph.exports.iris import BASE, prefixes
from diplograph.exports.rdf import Node, nodes
from diplograph.exports.rdf_header import DatasetInfo, header
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["turtle_text", "write_turtle"]


def turtle_text(kg: KnowledgeGraph, *, info: DatasetInfo | None = None) -> str:
    """Give the graph as Turtle: the dataset's description first, then all nodes in the order of their ids."""
    body = list(nodes(kg))
    described = header(kg, body, info or DatasetInfo())
    heading = [f"@base <{BASE}> .\n"]
    heading += [f"@prefix {prefix}: <{name}> .\n" for prefix, name in prefixes().items()]
    return "".join(heading) + "".join(_block(node) for node in (*described, *body))


def write_turtle(kg: KnowledgeGraph, path: Path, *, info: DatasetInfo | None = None) -> None:
    """Write the graph to ``path`` as UTF-8 Turtle with newlines ``\\n``, replacing what is there."""
    path.write_text(turtle_text(kg, info=info), encoding="utf-8", newline="\n")


def _block(node: Node) -> str:
    path, lines = node
    return f"\n<{path}> " + " ;\n    ".join(lines) + " .\n"
