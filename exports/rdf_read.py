"""Read a graph back from any RDF format that we write."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from diplograph.exports.iris import BASE, id_of, prefixes
from diplograph.exports.rdf import DATED_ATTRIBUTES, PERIOD_ATTRIBUTES, term_name
from diplograph.exports.rdf_formats import parse
from diplograph.extract.records import Claim, Entity, Evidence, Qualifiers
from diplograph.graph.knowledge import DocumentRecord, InconsistentGraph, KnowledgeGraph
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import ENTITY_CLASSES, MODALITIES, STATUSES, Modality

if TYPE_CHECKING:
    pass

__all__ = ["read_rdf"]

# Subject -> predicate (abbreviated) -> values, each an IRI or the text of a literal, as written.
Descriptions: TypeAlias = Mapping[str, Mapping[str, Iterable[str]]]

NAMESPACES: Final = tuple((name, prefix) for prefix, name in prefixes().items())
MODALITY_OF: Final[Mapping[str, Modality]] = MappingProxyType({term_name(m): m for m in MODALITIES})
STATUS_OF: Final = MappingProxyType({term_name(status): status for status in STATUSES})
TEXT_QUALIFIERS: Final = {
    **{name: f"dg:{term}" for name, term in PERIOD_ATTRIBUTES.items()},
    **{name: f"dg:{name}" for name in ("amount", "currency", "purpose", "position")},
}


def read_rdf(path: Path) -> KnowledgeGraph:
    """Read the entities, claims and documents of an export; mentions are not part of one.

    The format follows from the ending of the file; named graphs are read as one. What equals an export in
    content gives an equal graph, whatever the format and the order of triples.

    Raises:
        InputError: If the file cannot be read, or is not a whole export of ours.
    """
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    short = _Abbreviations()
    for quad in parse(path):
        subject = quad.subject
        if hasattr(subject, "value") and hasattr(quad.object, "value"):
            found[str(subject.value)][short[quad.predicate.value]].add(str(quad.object.value))
    described: Descriptions = {key: dict(found[key]) for key in sorted(found)}
    by_class: defaultdict[str, list[str]] = defaultdict(list)
    for key, properties in described.items():
        for cls in properties.get("rdf:type", ()):
            by_class[short[cls]].append(key)
    if not by_class["void:Dataset"]:
        raise InputError(path, "holds no Diplograph export", "give a file that `diplograph build` wrote")
    try:
        entities = [
            _entity(key, cls, described[key]) for cls in ENTITY_CLASSES for key in by_class[f"dg:{cls}"]
        ]
        documents = [_document(described[key]) for key in by_class["dg:Document"]]
        claims = [_claim(described[key], described) for key in by_class["dg:Claim"]]
        return KnowledgeGraph(
            entities={entity.id: entity for entity in entities},
            claims=tuple(claims),
            documents={document.id: document for document in documents},
        )
    except (KeyError, ValueError, InconsistentGraph) as error:
        raise InputError(
            path, f"is not a whole export ({error})", "check it with `diplograph validate`"
        ) from error


class _Abbreviations(dict[str, str]):
    """Map IRIs to prefixed names, remembering each; an IRI of no known namespace stays as it is."""

    def __missing__(self, name: str) -> str:
        for namespace, prefix in NAMESPACES:
            if name.startswith(namespace) and namespace != BASE:
                self[name] = f"{prefix}:{name.removeprefix(namespace)}"
                return self[name]
        self[name] = name
        return name


def _one(properties: Mapping[str, Iterable[str]], name: str, default: str | None = None) -> str:
    values = sorted(properties.get(name, ()))
    if len(values) == 1:
        return values[0]
    if not values and default is not None:
        return default
    msg = f"{name} has {len(values)} values where one is needed"
    raise ValueError(msg)


def _optional(properties: Mapping[str, Iterable[str]], name: str) -> str:
    return _one(properties, name, "")


def _term(properties: Mapping[str, Iterable[str]], name: str) -> str:
    return _optional(properties, name).removeprefix(prefixes()["dg"])


def _local(properties: Mapping[str, Iterable[str]], name: str) -> str:
    found = _optional(properties, name)
    return id_of(found) if found else ""


def _document(properties: Mapping[str, Iterable[str]]) -> DocumentRecord:
    year = _optional(properties, "dg:referenceYear")
    return DocumentRecord(
        id=_one(properties, "dcterms:identifier"),
        file=_optional(properties, "dg:fileName"),
        title=_optional(properties, "dcterms:title"),
        publisher=_optional(properties, "dcterms:publisher"),
        country=_local(properties, "dg:authorCountry").removeprefix("country/"),
        reference_year=int(year) if year else None,
        language=_optional(properties, "dcterms:language"),
        sha256=_optional(properties, "dg:sha256"),
        characters=int(_one(properties, "dg:characters", "0")),
        sentences=int(_one(properties, "dg:sentences", "0")),
        url=_optional(properties, "dg:url"),
    )


def _entity(key: str, cls: str, properties: Mapping[str, Iterable[str]]) -> Entity:
    attributes = [tuple(text.split("=", 1)) for text in properties.get("dg:attribute", ())]
    for name in DATED_ATTRIBUTES:
        attributes += [(name, value) for value in properties.get(f"dg:{name}", ())]
    for name, term in PERIOD_ATTRIBUTES.items():
        attributes += [(name, value) for value in properties.get(f"dg:{term}", ())]
    return Entity(
        id=id_of(key),
        cls=cls,
        label=_one(properties, "rdfs:label"),
        aliases=tuple(sorted(properties.get("skos:altLabel", ()))),
        iso3=_optional(properties, "dg:iso3"),
        same_as=tuple(sorted(properties.get("skos:exactMatch", ()))),
        attributes=tuple(sorted((name, value) for name, value in attributes)),
    )


def _claim(properties: Mapping[str, Iterable[str]], described: Descriptions) -> Claim:
    said: dict[str, Any] = {name: _optional(properties, term) for name, term in TEXT_QUALIFIERS.items()}
    status = _term(properties, "dg:status")
    return Claim(
        subject=_local(properties, "rdf:subject"),
        predicate=_term(properties, "rdf:predicate"),
        object=_local(properties, "rdf:object"),
        qualifiers=Qualifiers(
            **said,
            status=STATUS_OF.get(status, status),
            place=_local(properties, "dg:place"),
            issue=_local(properties, "dg:issue"),
            date_text=tuple(sorted(properties.get("dg:dateText", ()))),
        ),
        modality=MODALITY_OF[_term(properties, "dg:modality")],
        confidence=float(_one(properties, "dg:confidence")),
        rule=_one(properties, "dg:rule"),
        evidence=tuple(
            sorted(_evidence(described[key], described) for key in properties.get("prov:wasQuotedFrom", ()))
        ),
    )


def _evidence(properties: Mapping[str, Iterable[str]], described: Descriptions) -> Evidence:
    selected: dict[str, Iterable[str]] = {}
    for selector in properties["oa:hasSelector"]:
        selected.update(described[selector])
    return Evidence(
        document=_local(properties, "oa:hasSource").removeprefix("document/"),
        start=int(_one(selected, "oa:start")),
        end=int(_one(selected, "oa:end")),
        text=_one(selected, "oa:exact"),
        section=_optional(properties, "dg:section"),
        page=int(_one(properties, "dg:page", "0")),
        anchor=_optional(properties, "dg:anchor"),
    )
