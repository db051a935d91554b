"""GraphML that Gephi, networkx, igraph and yEd open."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from diplograph.extract.records import Claim, Entity
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import QUALIFIERS

__all__ = ["render_graphml", "write_graphml", "xml_text"]

# XML 1.0 forbids these even when escaped; a reader would refuse the whole file for one of them.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Attribute name and GraphML type, in the order in which they are written.
_NODE_KEYS: Final = (
    ("label", "string"),
    ("cls", "string"),
    ("iso3", "string"),
    ("aliases", "string"),
    ("date", "string"),
    ("mentions", "int"),
    ("x", "double"),
    ("y", "double"),
)
_EDGE_KEYS: Final = (
    ("label", "string"),
    ("predicate", "string"),
    ("modality", "string"),
    ("confidence", "double"),
    ("rule", "string"),
    *((name, "string") for name in QUALIFIERS),
    ("documents", "string"),
    ("sentence", "string"),
)


def write_graphml(
    kg: KnowledgeGraph, path: Path, *, positions: Mapping[str, tuple[float, float]] | None = None
) -> Path:
    """Write :func:`render_graphml` to a file and give its path."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(render_graphml(kg, positions=positions))
    return path


def render_graphml(
    kg: KnowledgeGraph, *, positions: Mapping[str, tuple[float, float]] | None = None
) -> Iterator[str]:
    """Yield the lines of a GraphML file: entities by id, then claims by id, the same graph the same bytes.

    Edges are directed, parallel edges stay apart (the id of an edge is that of its claim). A list is one
    string joined by " | "; ``sentence`` is the first piece of evidence. ``positions`` (any unit) become the
    node attributes ``x`` and ``y``.
    """
    named: dict[str, int] = {}
    for mention in kg.mentions:
        named[mention.entity] = named.get(mention.entity, 0) + 1
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, type_ in keys:
            yield f'  <key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '  <graph id="diplograph" edgedefault="directed">\n'
    for key, entity in kg.entities.items():
        place = positions.get(key) if positions else None
        yield f"    <node id={quoteattr(xml_text(key))}>\n"
        yield from _data("node", _node_values(entity, named.get(key, 0), place))
        yield "    </node>\n"
    for key, claim in kg.claims_by_id.items():
        ends = f"source={quoteattr(xml_text(claim.subject))} target={quoteattr(xml_text(claim.object))}"
        yield f'    <edge id="{key}" {ends}>\n'
        yield from _data("edge", _edge_values(claim))
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def xml_text(text: str) -> str:
    """Replace code points that no XML file may hold with U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def _data(kind: str, values: Mapping[str, str]) -> Iterator[str]:
    for name, value in values.items():
        if value:
            yield f'      <data key="{kind}-{name}">{escape(xml_text(value))}</data>\n'


def _node_values(entity: Entity, mentions: int, place: tuple[float, float] | None) -> dict[str, str]:
    return {
        "label": entity.label,
        "cls": entity.cls,
        "iso3": entity.iso3,
        "aliases": " | ".join(entity.aliases),
        "date": next((value for key, value in entity.attributes if key == "date"), ""),
        "mentions": str(mentions),
        "x": f"{place[0]:.6g}" if place else "",
        "y": f"{place[1]:.6g}" if place else "",
    }


def _edge_values(claim: Claim) -> dict[str, str]:
    return {
        "label": claim.predicate,
        "predicate": claim.predicate,
        "modality": claim.modality,
        "confidence": str(claim.confidence),
        "rule": claim.rule,
        **claim.qualifiers.as_dict(),
        "documents": " | ".join(dict.fromkeys(piece.document for piece in claim.evidence)),
        "sentence": claim.evidence[0].text,
    }
