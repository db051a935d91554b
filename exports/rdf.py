"""Restate the knowledge graph as RDF: every node is a subject with lines of one triple each.

The lines are written in Turtle, with the prefixes of ``prefixes.tsv`` and paths relative to the base of
:mod:`diplograph.exports.iris`; no other module says which triples a graph has. There are no blank nodes, and
the order of nodes and lines is fixed by ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from diplograph.exports.iris import claim_path, document_path, evidence_path, external_iri, path_of
from diplograph.exports.rdf_dates import span_of
from diplograph.ontology.model import STATUSES

if TYPE_CHECKING:  # asking a graph needs the vocabulary in RDF, and must not wait for networkx
    import rdflib
    from diplograph.extract.records import Claim, Entity, Evidence
    from diplograph.graph.knowledge import DocumentRecord, KnowledgeGraph

__all__ = [
    "Node",
    "claim_node",
    "document_node",
    "entity_node",
    "literal",
    "nodes",
    "passage_nodes",
    "relations",
    "term_name",
    "to_rdf",
]

# A subject's path, relative to the base, and its triples, each "predicate object" in Turtle.
Node: TypeAlias = tuple[str, list[str]]

ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
}

# Entity attributes that have a property of their own; each holds a date.
DATED_ATTRIBUTES: Final = ("founded", "dissolved", "signed", "ratified", "inForce")

# Attributes that tell when the entity itself happened, with their property.
PERIOD_ATTRIBUTES: Final = {"date": "dateEDTF", "start": "startEDTF", "end": "endEDTF"}


def nodes(kg: KnowledgeGraph, *, annotated: bool = False) -> Iterator[Node]:
    """Give all nodes: documents, entities with their asserted relations, claims, passages; each by id.

    ``annotated`` ties each relation to its claims in the annotation syntax of RDF 1.2 (``~ <claim>``), and
    each claim that is not asserted to the triple that it does not assert.
    """
    said = relations(kg.claims, annotated=annotated)
    for document in kg.documents.values():
        yield document_node(document)
    for entity in kg.entities.values():
        yield entity_node(entity, said.get(entity.id, ()))
    for key, claim in kg.claims_by_id.items():
        yield claim_node(key, claim, annotated=annotated)
    yield from passage_nodes(kg.claims)


def relations(claims: Iterable[Claim], *, annotated: bool = False) -> Mapping[str, list[str]]:
    """Give the triples that asserted claims state, as lines in order, by the id of their subject."""
    behind: defaultdict[str, defaultdict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.modality == "asserted":
            behind[claim.subject][claim.predicate, claim.object].append(claim.id if annotated else "")
    return {
        subject: [
            f"dg:{predicate} <{path_of(target)}>"
            + ("".join(f" ~ <{claim_path(key)}>" for key in sorted(keys)) if annotated else "")
            for (predicate, target), keys in sorted(found.items())
        ]
        for subject, found in behind.items()
    }


def to_rdf(kg: KnowledgeGraph) -> rdflib.Graph:
    """Give the graph, with its dataset header, as an rdflib graph in memory.

    For a million triples take minutes and gigabytes into account, or :func:`write_turtle` and Oxigraph.
    """
    import rdflib
    from diplograph.exports.turtle import turtle_text

    return rdflib.Graph(bind_namespaces="none").parse(data=turtle_text(kg), format="turtle")


def literal(text: str) -> str:
    """Write a string as a Turtle literal."""
    return f'"{text.translate(ESCAPES)}"'


@cache
def term_name(value: str) -> str:
    """Name the ontology's individual for a status or a modality: "called-for" is CalledFor."""
    return "".join(part[:1].upper() + part[1:] for part in value.split("-"))


def document_node(document: DocumentRecord) -> Node:
    """Describe a document."""
    lines = ["a dg:Document", "a prov:Entity", f"dcterms:identifier {literal(document.id)}"]
    for name, text in (
        ("dcterms:title", document.title),
        ("dcterms:publisher", document.publisher),
        ("dcterms:language", document.language),
        ("dg:fileName", document.file),
        ("dg:sha256", document.sha256),
    ):
        if text:
            lines.append(f"{name} {literal(text)}")
    if document.country:
        lines.append(f"dg:authorCountry <{path_of('country/' + document.country)}>")
    if document.reference_year is not None:
        lines.append(f"dg:referenceYear {document.reference_year}")
    if document.url:
        lines.append(f"dg:url {literal(document.url)}^^xsd:anyURI")
    lines += [f"dg:characters {document.characters}", f"dg:sentences {document.sentences}"]
    return document_path(document.id), lines


def entity_node(entity: Entity, relations: Iterable[str]) -> Node:
    """Describe an entity: what is known of it, and the lines of its relations."""
    lines = [f"a dg:{entity.cls}", f"rdfs:label {literal(entity.label)}"]
    lines += [f"skos:altLabel {literal(alias)}" for alias in sorted(set(entity.aliases))]
    if entity.iso3:
        lines.append(f"dg:iso3 {literal(entity.iso3)}")
    lines += [f"skos:exactMatch <{external_iri(same)}>" for same in sorted(set(entity.same_as))]
    period = {"date": "", "start": "", "end": ""}
    for name, value in sorted(set(entity.attributes)):
        if period.get(name) == "":
            period[name] = value
        elif name in DATED_ATTRIBUTES:
            lines.append(f"dg:{name} {literal(value)}")
        else:
            lines.append(f"dg:attribute {literal(f'{name}={value}')}")
    lines += _period(period["date"], period["start"], period["end"])
    lines += relations
    return path_of(entity.id), lines


@cache
def _period(date: str, start: str, end: str) -> tuple[str, ...]:
    """Say when: as written, and as days and a year that queries can compare."""
    written = (("dateEDTF", date), ("startEDTF", start), ("endEDTF", end))
    lines = [f"dg:{name} {literal(text)}" for name, text in written if text]
    earliest, latest = span_of(date, start, end)
    if earliest:
        lines.append(f'dg:earliest "{earliest}"^^xsd:date')
    if latest:
        lines.append(f'dg:latest "{latest}"^^xsd:date')
    if earliest or latest:
        lines.append(f"dg:year {int((earliest or latest)[:4])}")
    return tuple(lines)


def claim_node(key: str, claim: Claim, *, annotated: bool = False) -> Node:
    """Describe a claim: what is said, how, and by which passages."""
    lines = [
        "a dg:Claim",
        f"rdf:subject <{path_of(claim.subject)}>",
        f"rdf:predicate dg:{claim.predicate}",
        f"rdf:object <{path_of(claim.object)}>",
        f"dg:modality dg:{term_name(claim.modality)}",
        f"dg:confidence {_decimal(claim.confidence)}",
        f"dg:rule {literal(claim.rule)}",
    ]
    if annotated and claim.modality != "asserted":
        triple = f"<{path_of(claim.subject)}> dg:{claim.predicate} <{path_of(claim.object)}>"
        lines.append(f"rdf:reifies <<( {triple} )>>")
    said = claim.qualifiers
    if said.status:
        lines.append(f"dg:status {_status(said.status)}")
    if said.date or said.start or said.end:
        lines += _period(said.date, said.start, said.end)
    lines += [f"dg:dateText {literal(words)}" for words in said.date_text]
    if said.amount:
        lines.append(f"dg:amount {_amount(said.amount)}")
    if said.currency:
        lines.append(f"dg:currency {literal(said.currency)}")
    if said.purpose:
        lines.append(f"dg:purpose {literal(said.purpose)}")
    if said.position:
        lines.append(f"dg:position {literal(said.position)}")
    if said.place:
        lines.append(f"dg:place <{path_of(said.place)}>")
    if said.issue:
        lines.append(f"dg:issue <{path_of(said.issue)}>")
    passages = sorted({(e.document, e.start, e.end) for e in claim.evidence})
    sources = dict.fromkeys(passage[0] for passage in passages)
    lines += [f"prov:hadPrimarySource <{document_path(source)}>" for source in sources]
    lines += [f"prov:wasQuotedFrom <{evidence_path(*passage)}>" for passage in passages]
    return claim_path(key), lines


def passage_nodes(claims: Iterable[Claim]) -> Iterator[Node]:
    """Describe the passages that claims quote, in the order of documents and places, each once."""
    said: dict[tuple[str, int, int], Evidence] = {}
    for claim in claims:
        for passage in claim.evidence:
            said.setdefault((passage.document, passage.start, passage.end), passage)
    for document, start, end in sorted(said):
        path = evidence_path(document, start, end)
        passage = said[document, start, end]
        lines = [
            "a oa:SpecificResource",
            "a prov:Entity",
            f"oa:hasSource <{document_path(document)}>",
            f"oa:hasSelector <{path}/quote>",
            f"oa:hasSelector <{path}/position>",
        ]
        if passage.section:
            lines.append(f"dg:section {literal(passage.section)}")
        if passage.page:
            lines.append(f"dg:page {passage.page}")
        if passage.anchor:
            lines.append(f"dg:anchor {literal(passage.anchor)}")
        yield path, lines
        yield f"{path}/quote", ["a oa:TextQuoteSelector", f"oa:exact {literal(passage.text)}"]
        yield f"{path}/position", ["a oa:TextPositionSelector", f"oa:start {start}", f"oa:end {end}"]


@cache
def _decimal(number: float) -> str:
    text = format(Decimal(repr(number)), "f")
    return text if "." in text else f"{text}.0"


@cache
def _status(status: str) -> str:
    """Name a known status; keep an unknown one as a string, for the shapes to report."""
    return f"dg:{term_name(status)}" if status in STATUSES else literal(status)


@cache
def _amount(amount: str) -> str:
    try:
        finite = Decimal(amount).is_finite()
    except InvalidOperation:
        finite = False
    return f"{literal(amount)}^^xsd:decimal" if finite and "e" not in amount.lower() else literal(amount)
