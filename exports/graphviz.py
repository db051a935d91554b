"""The DOT language of Graphviz, for small views."""

from collections.abc import Iterator
from pathlib import Path

from diplograph.exports.page_tables import load_appearance
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.relations import relation_traits

__all__ = ["render_dot", "write_dot"]


def write_dot(kg: KnowledgeGraph, path: Path) -> Path:
    """Write :func:`render_dot` to a file and give its path."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(render_dot(kg))
    return path


def render_dot(kg: KnowledgeGraph) -> Iterator[str]:
    """Yield the lines of a directed graph: nodes outlined in the colour of their class, edges named.

    The claims of one relation between two entities are one edge; what is only planned, called for,
    conditional or denied is dashed. Nodes by id, edges by ids and relation.
    """
    colours = {look.name: look.light for look in load_appearance().classes}
    traits = relation_traits()
    yield "digraph diplograph {\n"
    yield '  graph [rankdir=LR, charset="UTF-8"];\n'
    yield '  node [shape=box, style=rounded, fontname="Helvetica"];\n'
    yield '  edge [fontname="Helvetica", fontsize=10];\n'
    for key, entity in kg.entities.items():
        yield f'  {_quoted(key)} [label={_quoted(entity.label)}, color="{colours[entity.cls]}"];\n'
    joined: dict[tuple[str, str, str], list[bool]] = {}
    for claim in kg.claims:
        edge = (claim.subject, claim.object, claim.predicate)
        joined.setdefault(edge, []).append(claim.modality == "asserted")
    for (subject, object_, predicate), facts in sorted(joined.items()):
        count = f" ({len(facts)})" if len(facts) > 1 else ""
        style = "" if any(facts) else ", style=dashed"
        label = _quoted(traits[predicate].phrase + count)
        yield f"  {_quoted(subject)} -> {_quoted(object_)} [label={label}{style}];\n"
    yield "}\n"


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ").replace("\n", " ")
    return f'"{plain}"'
