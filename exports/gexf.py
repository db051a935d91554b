"""GEXF 1.3 for Gephi: classes, dates as a dynamic graph, positions, colours and sizes."""

from collections.abc import Iterator, Mapping
from math import sqrt
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from diplograph.exports.graphml import xml_text
from diplograph.exports.page_tables import load_appearance
from diplograph.extract.records import Claim, Entity
from diplograph.graph.dates import Period, claim_period
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import QUALIFIERS

__all__ = ["render_gexf", "write_gexf"]

_NODE_KEYS: Final = (("cls", "string"), ("iso3", "string"), ("aliases", "string"), ("claims", "integer"))
_EDGE_KEYS: Final = (
    ("predicate", "string"),
    ("modality", "string"),
    ("confidence", "double"),
    ("rule", "string"),
    *((name, "string") for name in QUALIFIERS),
    ("dated_by", "string"),
    ("documents", "string"),
    ("sentence", "string"),
)


def write_gexf(
    kg: KnowledgeGraph, path: Path, *, positions: Mapping[str, tuple[float, float]] | None = None
) -> Path:
    """Write :func:`render_gexf` to a file and give its path."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(render_gexf(kg, positions=positions))
    return path


def render_gexf(
    kg: KnowledgeGraph, *, positions: Mapping[str, tuple[float, float]] | None = None
) -> Iterator[str]:
    """Yield the lines of a GEXF file: entities by id, then claims by id, the same graph the same bytes.

    The graph is dynamic: an edge exists from the first to the last day of its claim
    (:func:`~diplograph.graph.dates.claim_period`; ``dated_by`` says how surely), an undated one always.
    Parallel claims have a ``kind`` each, their id, because Gephi joins parallel edges of one kind. Nodes are
    coloured by class and sized by the number of their claims; ``positions`` are in units of Gephi's canvas.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    yield "  <meta><creator>Diplograph</creator></meta>\n"
    time = 'timeformat="date" timerepresentation="interval"'
    yield f'  <graph defaultedgetype="directed" mode="dynamic" {time}>\n'
    for kind, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        yield f'    <attributes class="{kind}">\n'
        for name, type_ in keys:
            yield f'      <attribute id="{name}" title="{name}" type="{type_}"/>\n'
        yield "    </attributes>\n"
    colours = {look.name: look.light for look in load_appearance().classes}
    yield "    <nodes>\n"
    for key, entity in kg.entities.items():
        yield f"      <node id={_quoted(key)} label={_quoted(entity.label)}>\n"
        claims = len(kg.claims_of(key))
        yield from _values(_node_values(entity, claims))
        if positions and key in positions:
            x, y = positions[key]
            yield f'        <viz:position x="{x:.6g}" y="{y:.6g}" z="0"/>\n'
        red, green, blue = (int(colours[entity.cls][i : i + 2], 16) for i in (1, 3, 5))
        yield f'        <viz:size value="{4 + 2 * sqrt(claims):.4g}"/>\n'
        yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
        yield "      </node>\n"
    yield "    </nodes>\n    <edges>\n"
    for key, claim in kg.claims_by_id.items():
        period = claim_period(kg, claim)
        ends = f"source={_quoted(claim.subject)} target={_quoted(claim.object)}"
        span = f' start="{period.first}" end="{period.last}"' if period else ""
        yield f'      <edge id="{key}" kind="{key}" {ends} label="{claim.predicate}"{span}>\n'
        yield from _values(_edge_values(claim, period))
        yield "      </edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _quoted(text: str) -> str:
    return quoteattr(xml_text(text))


def _values(values: Mapping[str, str]) -> Iterator[str]:
    yield "        <attvalues>\n"
    for name, value in values.items():
        if value:
            yield f'          <attvalue for="{name}" value={_quoted(value)}/>\n'
    yield "        </attvalues>\n"


def _node_values(entity: Entity, claims: int) -> dict[str, str]:
    return {
        "cls": entity.cls,
        "iso3": entity.iso3,
        "aliases": " | ".join(entity.aliases),
        "claims": str(claims),
    }


def _edge_values(claim: Claim, period: Period | None) -> dict[str, str]:
    return {
        "predicate": claim.predicate,
        "modality": claim.modality,
        "confidence": str(claim.confidence),
        "rule": claim.rule,
        **claim.qualifiers.as_dict(),
        "dated_by": period.basis if period else "",
        "documents": " | ".join(dict.fromkeys(piece.document for piece in claim.evidence)),
        "sentence": claim.evidence[0].text,
    }
