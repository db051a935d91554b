"""Node-link JSON, as networkx, D3 and sigma.js read it."""

import json
from pathlib import Path

from diplograph.exports.jsonl import evidence_row
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["render_node_link", "write_node_link"]


def render_node_link(kg: KnowledgeGraph) -> str:
    """Give the graph as node-link JSON (``nx.node_link_graph(data, edges="edges")`` reads it back).

    Nodes by id, edges by claim id with the claim's qualifiers and evidence; the same graph the same bytes.
    """
    nodes = [
        {"id": key, **{name: value for name, value in data.items() if value not in ("", ())}}
        for key, data in kg.graph.nodes(data=True)
    ]
    edges = []
    for key, claim in kg.claims_by_id.items():
        quotes = [evidence_row(piece) for piece in claim.evidence]
        edge = {
            "source": claim.subject,
            "target": claim.object,
            "key": key,
            "predicate": claim.predicate,
            "modality": claim.modality,
            "confidence": claim.confidence,
            "rule": claim.rule,
            **claim.qualifiers.as_dict(),
            "evidence": quotes,
        }
        edges.append(edge)
    data = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_node_link(kg: KnowledgeGraph, path: Path) -> Path:
    """Write :func:`render_node_link` to a file and give its path."""
    path.write_text(render_node_link(kg), encoding="utf-8", newline="\n")
    return path
