"""Write the graph in any RDF format, by the ending of the file; the same graph gives the same bytes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from diplograph.exports.iris import document_path, path_of, prefixes
from diplograph.exports.rdf import (
    claim_node,
    document_node,
    entity_node,
    passage_nodes,
    relations,
)
from diplograph.exports.rdf_formats import rdf_format
from diplograph.exports.rdf_header import DatasetInfo
from diplograph.exports.rdf_jsonld import write_jsonld
from diplograph.exports.turtle import blocks, described_blocks, heading, turtle_text, write_turtle
from diplograph.extract.records import Claim, Entity
from diplograph.graph.knowledge import DocumentRecord, KnowledgeGraph

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["claims_text", "entities_text", "quad_lines", "trig_text", "write_rdf"]

# What XML 1.0 cannot hold, not even escaped.
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_rdf(kg: KnowledgeGraph, path: Path, *, info: DatasetInfo | None = None) -> None:
    """Write the graph to ``path``, replacing what is there.

    ``.ttl``, ``.nt``, ``.rdf`` (RDF/XML) and ``.jsonld`` hold one graph; ``.trig`` and ``.nq`` hold the
    entities in the default graph and what each document says in a graph of its own. RDF/XML cannot hold
    control characters: they are written as U+FFFD.

    Raises:
        InputError: If the ending names no RDF format.
    """
    rdf_format(path)
    WRITERS[path.suffix](kg, path, info)


def trig_text(kg: KnowledgeGraph, *, info: DatasetInfo | None = None) -> str:
    """Give the graph as TriG, with a graph named ``document/ID/claims`` for each document.

    A claim that several documents make stands in the graph of each, with that document's passages.
    """
    described, _ = described_blocks(kg, info=info)
    text = [heading(), *described]
    text.append(entities_text(kg.documents.values(), kg.entities.values()))
    text += (claims_text(document, claims) for document, claims in _by_document(kg))
    return "".join(text)


def entities_text(documents: Iterable[DocumentRecord], entities: Iterable[Entity]) -> str:
    """Give what stands in the default graph besides the description of the dataset, without declarations."""
    described = [document_node(document) for document in documents]
    return blocks([*described, *(entity_node(entity, ()) for entity in entities)])


def claims_text(document: str, claims: Sequence[Claim]) -> str:
    """Give the graph of one document as TriG, without declarations.

    Args:
        document: Its id.
        claims: What it claims, sorted by id, with its own passages only (:meth:`Claim.quoting`).
    """
    said = sorted(relations(claims).items())
    text = [f"\n<{document_path(document)}/claims> {{\n"]
    text.append(blocks((path_of(subject), lines) for subject, lines in said))
    text.append(blocks(claim_node(claim.id, claim) for claim in claims))
    text.append(blocks(passage_nodes(claims)))
    text.append("}\n")
    return "".join(text)


def quad_lines(text: str) -> list[bytes]:
    """Give TriG, without declarations, as lines of N-Quads in no order."""
    return _serialized(heading() + text, rdf_format(Path("graph.nq"))).splitlines(keepends=True)


def _by_document(kg: KnowledgeGraph) -> Iterator[tuple[str, list[Claim]]]:
    """Give each document that quotes are from with its claims, reduced to its own passages."""
    found: dict[str, list[Claim]] = {}
    for claim in kg.claims:
        for document in sorted({passage.document for passage in claim.evidence}):
            own = tuple(passage for passage in claim.evidence if passage.document == document)
            found.setdefault(document, []).append(claim.quoting(own))
    yield from sorted(found.items())


def _write_trig(kg: KnowledgeGraph, path: Path, info: DatasetInfo | None) -> None:
    path.write_text(trig_text(kg, info=info), encoding="utf-8", newline="\n")


def _write_lines(kg: KnowledgeGraph, path: Path, info: DatasetInfo | None) -> None:
    """Write N-Triples or N-Quads, sorted."""
    format = rdf_format(path)
    text = trig_text(kg, info=info) if format.supports_datasets else turtle_text(kg, info=info)
    lines = _serialized(text, format).splitlines(keepends=True)
    path.write_bytes(b"".join(sorted(lines)))


def _write_xml(kg: KnowledgeGraph, path: Path, info: DatasetInfo | None) -> None:
    text = NOT_XML.sub("\ufffd", re.sub(r"\\u00[01][0-9A-F]", "\ufffd", turtle_text(kg, info=info)))
    path.write_bytes(_serialized(text, rdf_format(path)))


def _serialized(text: str, format: "ox.RdfFormat") -> bytes:
    import pyoxigraph as ox

    quads = ox.parse(text.encode(), format=ox.RdfFormat.TRIG)
    statements = quads if format.supports_datasets else (quad.triple for quad in quads)
    data = ox.serialize(statements, format=format, prefixes=dict(prefixes()))
    assert data is not None
    return data


def _write_turtle(kg: KnowledgeGraph, path: Path, info: DatasetInfo | None) -> None:
    write_turtle(kg, path, info=info)


def _write_jsonld(kg: KnowledgeGraph, path: Path, info: DatasetInfo | None) -> None:
    write_jsonld(kg, path, info=info)


WRITERS: Final[Mapping[str, Callable[[KnowledgeGraph, Path, DatasetInfo | None], None]]] = MappingProxyType(
    {
        ".ttl": _write_turtle,
        ".nt": _write_lines,
        ".nq": _write_lines,
        ".trig": _write_trig,
        ".rdf": _write_xml,
        ".jsonld": _write_jsonld,
    }
)
