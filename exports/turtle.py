"""Write the knowledge graph as Turtle: the same bytes for the same graph, without blank nodes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.exports.iris import BASE, prefixes
from diplograph.exports.rdf import Node, nodes
from diplograph.exports.rdf_header import DatasetInfo, header

if TYPE_CHECKING:
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["blocks", "heading", "turtle_text", "write_turtle"]


def turtle_text(kg: KnowledgeGraph, *, info: DatasetInfo | None = None, annotated: bool = False) -> str:
    """Give the graph as Turtle: the dataset's description first, then all nodes in the order of their ids.

    ``annotated`` writes RDF 1.2, which ties relations to their claims; few tools read it yet.
    """
    body = list(nodes(kg, annotated=annotated))
    annotations = sum(claim.modality == "asserted" for claim in kg.claims) if annotated else 0
    described = header(kg, body, info or DatasetInfo(), annotations=annotations)
    return heading() + blocks(described) + blocks(body)


def write_turtle(
    kg: KnowledgeGraph, path: Path, *, info: DatasetInfo | None = None, annotated: bool = False
) -> None:
    """Write the graph to ``path`` as UTF-8 Turtle with newlines ``\n``, replacing what is there."""
    text = turtle_text(kg, info=info, annotated=annotated)
    path.write_text(text, encoding="utf-8", newline="\n")


def heading() -> str:
    """Give the declarations of base and prefixes."""
    lines = [f"@base <{BASE}> .\n"]
    lines += [f"@prefix {prefix}: <{name}> .\n" for prefix, name in prefixes().items()]
    return "".join(lines)


def blocks(nodes: Iterable[Node]) -> str:
    """Write nodes as blocks, each after an empty line, one triple a line."""
    return "".join(["\n<" + path + "> " + " ;\n    ".join(lines) + " .\n" for path, lines in nodes])
