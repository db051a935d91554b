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

__all__ = ["block", "blocks", "described_blocks", "heading", "turtle_text", "write_turtle"]


def turtle_text(kg: KnowledgeGraph, *, info: DatasetInfo | None = None, annotated: bool = False) -> str:
    """Give the graph as Turtle: the dataset's description first, then all nodes in the order of their ids.

    ``annotated`` writes RDF 1.2, which ties relations to their claims; few tools read it yet.
    """
    described, body = described_blocks(kg, info=info, annotated=annotated)
    return "".join([heading(), *described, *body])


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


def described_blocks(
    kg: KnowledgeGraph, *, info: DatasetInfo | None = None, annotated: bool = False
) -> tuple[list[str], list[str]]:
    """Write the dataset's description, and all nodes, as blocks in their order."""
    body: list[str] = []
    triples = sum(claim.modality == "asserted" for claim in kg.claims) if annotated else 0
    for node in nodes(kg, annotated=annotated):
        body.append(block(node))
        triples += len(node[1])
    described = header(kg, content=body, triples=triples, info=info or DatasetInfo())
    return [block(node) for node in described], body


def block(node: Node) -> str:
    """Write a node as a block after an empty line, one triple a line."""
    path, lines = node
    return "\n<" + path + "> " + " ;\n    ".join(lines) + " .\n"


def blocks(nodes: Iterable[Node]) -> str:
    """Write nodes as blocks."""
    return "".join(map(block, nodes))
