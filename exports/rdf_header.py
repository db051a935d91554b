"""Describe the exported dataset: VoID, DCAT and PROV, counted, and without any clock time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from diplograph.exports.iris import document_path, prefixes
from diplograph.exports.rdf import Node, literal
from diplograph.ontology.model import ENTITY_CLASSES

if TYPE_CHECKING:
    from diplograph.extract.records import Entity
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["DatasetCounts", "DatasetInfo", "authorities", "describe", "digest_of", "header", "rules_hash"]

RULE_PACKAGES: Final = (
    "diplograph.extract.rules",
    "diplograph.extract.rules.frames",
    "diplograph.ontology.vocabularies",
)
RULE_SUFFIXES: Final = (".toml", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInfo:
    """What the publisher of a graph says of it.

    ``licence`` is the IRI of the licence of the statements; the quoted passages stay under the rights of
    the documents' publishers, which the header says too.
    """

    title: str = "Diplograph knowledge graph"
    licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCounts:
    """What the description of a dataset counts.

    ``classes`` and ``links`` count entities by class and by authority, ``relations`` the distinct asserted triples
    by relation; ``documents`` are ids with the hash of each file, sorted.
    """

    classes: Mapping[str, int]
    links: Mapping[str, int]
    relations: Mapping[str, int]
    documents: Sequence[tuple[str, str]]


def header(kg: KnowledgeGraph, *, content: Iterable[str], triples: int, info: DatasetInfo) -> list[Node]:
    """Describe the dataset: the dataset itself, its parts, the run.

    ``content`` is the text of the statements, which names the dataset; ``triples`` their number. The
    ``void:triples`` of the dataset counts everything in the file, the description included.
    """
    facts = {(c.subject, c.predicate, c.object) for c in kg.claims if c.modality == "asserted"}
    counts = DatasetCounts(
        classes=Counter(entity.cls for entity in kg.entities.values()),
        links=Counter(name for entity in kg.entities.values() for name in authorities(entity)),
        relations=Counter(predicate for _, predicate, _ in facts),
        documents=[(d.id, d.sha256) for d in kg.documents.values()],
    )
    return describe(counts, name=digest_of(content), triples=triples, info=info)


def describe(counts: DatasetCounts, *, name: str, triples: int, info: DatasetInfo) -> list[Node]:
    """As :func:`header`, where the parts have been counted and the dataset has its name."""
    # How many triples describe the dataset does not depend on the number that is told.
    described = sum(len(lines) for _, lines in _describe(counts, info, name, triples))
    return _describe(counts, info, name, triples + described)


def authorities(entity: Entity) -> Iterator[str]:
    """Yield the host of each identifier that an entity has elsewhere."""
    for same in set(entity.same_as):
        yield _authority(same)


def digest_of(parts: Iterable[str]) -> str:
    """Give 16 hex digits of a hash over strings."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()[:16]


@cache
def rules_hash() -> str:
    """Give the SHA-256 over the rule and vocabulary files of the package, in the order of their names."""
    digest = hashlib.sha256()
    for package in RULE_PACKAGES:
        for file in sorted(files(package).iterdir(), key=lambda f: f.name):
            if file.name.endswith(RULE_SUFFIXES):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _describe(counts: DatasetCounts, info: DatasetInfo, name: str, triples: int) -> list[Node]:
    classes, links, relations = counts.classes, counts.links, counts.relations
    dataset = f"dataset/{name}"
    release = version("diplograph")
    inputs = [f"{document}\0{sha256}" for document, sha256 in counts.documents]
    run = "run/" + digest_of([release, rules_hash(), *inputs])
    lines = [
        "a void:Dataset",
        "a dcat:Dataset",
        "a prov:Entity",
        f"dcterms:title {literal(info.title)}@en",
        f"dcterms:license <{info.licence}>",
        'dcterms:rights "Quoted passages remain under the rights of the publishers of the documents."@en',
        f"dcterms:conformsTo <{prefixes()['dg'].rstrip('#')}>",
        f"void:vocabulary <{prefixes()['dg']}>",
        f"void:triples {triples}",
        f"void:entities {sum(classes.values())}",
        f"prov:wasGeneratedBy <{run}>",
    ]
    parts: list[Node] = []
    used = [cls for cls in ENTITY_CLASSES if classes.get(cls)]
    for cls in used:
        path = f"{dataset}/class/{cls}"
        lines.append(f"void:classPartition <{path}>")
        parts.append((path, [f"void:class dg:{cls}", f"void:entities {classes[cls]}"]))
    for relation in sorted(relations):
        path = f"{dataset}/property/dg/{relation}"
        lines.append(f"void:propertyPartition <{path}>")
        parts.append((path, [f"void:property dg:{relation}", f"void:triples {relations[relation]}"]))
    for authority in sorted(links):
        path = f"{dataset}/links/{authority}"
        lines.append(f"void:subset <{path}>")
        parts.append(
            (
                path,
                [
                    "a void:Linkset",
                    f"void:subjectsTarget <{dataset}>",
                    "void:linkPredicate skos:exactMatch",
                    f"void:triples {links[authority]}",
                ],
            )
        )
    activity = [
        "a prov:Activity",
        f"rdfs:label {literal(f'diplograph build, version {release}')}@en",
        f"dcterms:identifier {literal(f'rules sha256:{rules_hash()}')}",
    ]
    activity += [f"prov:used <{document_path(document)}>" for document, _ in counts.documents]
    return [(dataset, lines), *parts, (run, activity)]


def _authority(same: str) -> str:
    return urlsplit(same).hostname or "other"
