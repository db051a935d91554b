"""Files for Neo4j: CSV for ``neo4j-admin database import``, and a Cypher script for a running server."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from diplograph.extract.records import Claim, Entity
from diplograph.graph.dates import claim_period
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import QUALIFIERS

__all__ = ["IMPORT_COMMAND", "relationship_type", "render_cypher", "write_neo4j"]

IMPORT_COMMAND: Final = (
    "neo4j-admin database import full --array-delimiter='|' "
    "--nodes=nodes.csv --relationships=relationships.csv"
)

_NODE_HEAD: Final = ("id:ID", "label", "iso3", "aliases:string[]", "date", ":LABEL")
_EDGE_HEAD: Final = (
    ":START_ID",
    ":END_ID",
    ":TYPE",
    "claim",
    "modality",
    "confidence:double",
    "rule",
    *(f"{name}:double" if name == "amount" else name for name in QUALIFIERS),
    "first:date",
    "last:date",
    "documents:string[]",
    "sentence",
)


def relationship_type(predicate: str) -> str:
    """Turn a relation into a Neo4j relationship type, ``partyTo`` into ``PARTY_TO``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", predicate).upper()


def write_neo4j(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    """Write nodes.csv, relationships.csv and graph.cypher into an existing folder and give their paths.

    The CSV files are for :data:`IMPORT_COMMAND`, the script for ``cypher-shell -f graph.cypher``. Every
    node has the label Entity and its class; every claim is a relationship with its qualifiers, dates,
    documents and first sentence.
    """
    nodes, edges, script = (folder / n for n in ("nodes.csv", "relationships.csv", "graph.cypher"))
    _write_csv(nodes, _NODE_HEAD, (_node_row(entity) for entity in kg.entities.values()))
    _write_csv(edges, _EDGE_HEAD, (_edge_row(kg, key, claim) for key, claim in kg.claims_by_id.items()))
    with script.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(render_cypher(kg))
    return (nodes, edges, script)


def _write_csv(path: Path, head: tuple[str, ...], cells: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(cells)


def _list(items: tuple[str, ...]) -> str:
    return "|".join(item.replace("|", "/") for item in items)


def _date(entity: Entity) -> str:
    return next((value for key, value in entity.attributes if key == "date"), "")


def _node_row(entity: Entity) -> tuple[str, ...]:
    labels = f"Entity|{entity.cls}"
    return (entity.id, entity.label, entity.iso3, _list(entity.aliases), _date(entity), labels)


def _edge_row(kg: KnowledgeGraph, key: str, claim: Claim) -> tuple[str, ...]:
    period = claim_period(kg, claim)
    return (
        claim.subject,
        claim.object,
        relationship_type(claim.predicate),
        key,
        claim.modality,
        str(claim.confidence),
        claim.rule,
        *(getattr(claim.qualifiers, name) for name in QUALIFIERS),
        period.first.isoformat() if period else "",
        period.last.isoformat() if period else "",
        _list(_documents(claim)),
        claim.evidence[0].text,
    )


def _documents(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.document for piece in claim.evidence))


def render_cypher(kg: KnowledgeGraph) -> Iterator[str]:
    """Yield a Cypher script, one statement a line, that can be run again without doubling anything."""
    yield "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;\n"
    for entity in kg.entities.values():
        values = {"label": entity.label, "iso3": entity.iso3, "date": _date(entity)}
        sets = [f"e.{name} = {_string(value)}" for name, value in values.items() if value]
        if entity.aliases:
            sets.append(f"e.aliases = [{', '.join(map(_string, entity.aliases))}]")
        yield f"MERGE (e:Entity {{id: {_string(entity.id)}}}) SET e:{entity.cls}, {', '.join(sets)};\n"
    for key, claim in kg.claims_by_id.items():
        type_ = relationship_type(claim.predicate)
        sets = [
            f"c.modality = {_string(claim.modality)}",
            f"c.confidence = {claim.confidence}",
            f"c.rule = {_string(claim.rule)}",
            *(f"c.{name} = {_string(value)}" for name, value in claim.qualifiers.as_dict().items()),
        ]
        if period := claim_period(kg, claim):
            sets += [f"c.first = date('{period.first}')", f"c.last = date('{period.last}')"]
        sets.append(f"c.documents = [{', '.join(map(_string, _documents(claim)))}]")
        sets.append(f"c.sentence = {_string(claim.evidence[0].text)}")
        ends = f"(s:Entity {{id: {_string(claim.subject)}}}), (o:Entity {{id: {_string(claim.object)}}})"
        yield f"MATCH {ends} MERGE (s)-[c:{type_} {{claim: '{key}'}}]->(o) SET {', '.join(sets)};\n"


def _string(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace("'", "\\'").replace("\r", "\\r").replace("\n", "\\n")
    return f"'{plain}'"
