"""Describe the exported dataset: VoID, DCAT and PROV, counted, and without any clock time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from diplograph.exports.iris import document_path, prefixes
from diplograph.exports.rdf import Node, literal
from diplograph.ontology.model import ENTITY_CLASSES, RELATIONS

if TYPE_CHECKING:
    from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["DatasetInfo", "header", "rules_hash"]

RULE_PACKAGES: Final = ("diplograph.extract.rules", "diplograph.ontology.vocabularies")
RULE_SUFFIXES: Final = (".toml", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInfo:
    """What the publisher of a graph says of it.

    ``licence`` is the IRI of the licence of the statements; the quoted passages stay under the rights of
    the documents' publishers, which the header says too.
    """

    title: str = "Diplograph knowledge graph"
    licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"


def header(
    kg: KnowledgeGraph, body: Sequence[Node], info: DatasetInfo, *, annotations: int = 0
) -> list[Node]:
    """Describe the dataset whose other nodes are ``body``: the dataset itself, its parts, the run.

    ``void:triples`` of the dataset counts everything in the file, the description included, and the
    ``annotations`` that stand in lines of other triples.
    """
    counts = _count(body)
    classes = Counter(entity.cls for entity in kg.entities.values())
    links = Counter(_authority(same) for entity in kg.entities.values() for same in set(entity.same_as))
    name = _content_hash(body)
    counts["rdf:reifies"] += annotations
    # How many triples describe the dataset does not depend on the counts they give.
    counts.update(_count(_describe(kg, info, name, counts, classes, links)))
    return _describe(kg, info, name, counts, classes, links)


@cache
def rules_hash() -> str:
    """Give the SHA-256 over the rule and vocabulary files of the package, in the order of their names."""
    digest = hashlib.sha256()
    for package in RULE_PACKAGES:
        for file in sorted(files(package).iterdir(), key=lambda f: f.name):
            if file.name.endswith(RULE_SUFFIXES):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _describe(
    kg: KnowledgeGraph,
    info: DatasetInfo,
    name: str,
    counts: Mapping[str, int],
    classes: Mapping[str, int],
    links: Mapping[str, int],
) -> list[Node]:
    dataset = f"dataset/{name}"
    release = version("diplograph")
    inputs = [f"{d.id}\0{d.sha256}" for d in kg.documents.values()]
    run = "run/" + _digest([release, rules_hash(), *inputs])
    lines = [
        "a void:Dataset",
        "a dcat:Dataset",
        "a prov:Entity",
        f"dcterms:title {literal(info.title)}@en",
        f"dcterms:license <{info.licence}>",
        'dcterms:rights "Quoted passages remain under the rights of the publishers of the documents."@en',
        f"dcterms:conformsTo <{prefixes()['dg'].rstrip('#')}>",
        f"void:vocabulary <{prefixes()['dg']}>",
        f"void:triples {sum(counts.values())}",
        f"void:entities {len(kg.entities)}",
        f"prov:wasGeneratedBy <{run}>",
    ]
    parts: list[Node] = []
    used = [cls for cls in ENTITY_CLASSES if classes.get(cls)]
    for cls in used:
        path = f"{dataset}/class/{cls}"
        lines.append(f"void:classPartition <{path}>")
        parts.append((path, [f"void:class dg:{cls}", f"void:entities {classes[cls]}"]))
    for predicate in sorted(p for p in counts if p.removeprefix("dg:") in RELATIONS):
        path = f"{dataset}/property/{predicate.replace(':', '/')}"
        lines.append(f"void:propertyPartition <{path}>")
        parts.append((path, [f"void:property {predicate}", f"void:triples {counts[predicate]}"]))
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
    activity += [f"prov:used <{document_path(document)}>" for document in kg.documents]
    return [(dataset, lines), *parts, (run, activity)]


def _count(body: Iterable[Node]) -> Counter[str]:
    counts = Counter(line.split(" ", 1)[0] for _, lines in body for line in lines)
    counts["rdf:type"] = counts.pop("a", 0)
    return counts


def _authority(same: str) -> str:
    return urlsplit(same).hostname or "other"


def _content_hash(body: Iterable[Node]) -> str:
    return _digest(part for path, lines in body for part in (path, *lines))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
