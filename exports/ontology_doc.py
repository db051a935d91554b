"""Describe the ontology for readers: tables in Markdown, and pages in HTML where pyLODE is installed."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import rdflib
from diplograph.ontology.errors import DiplographError
from diplograph.ontology.model import ENTITY_CLASSES, MODALITIES, RELATIONS, STATUSES, SYMMETRIC_RELATIONS
from diplograph.ontology.terms import DG
from rdflib.namespace import OWL, RDF, RDFS, SKOS

__all__ = ["MissingExtra", "ontology_markdown", "write_ontology_html"]

SCHEMA = rdflib.Namespace("https://schema.org/")


class MissingExtra(DiplographError, ImportError):
    """Something was asked for that needs an optional package.

    Attributes:
        package: The package that is missing.
        remedy: How to install it.
    """

    def __init__(self, package: str, remedy: str) -> None:
        super().__init__(f"{package} is not installed; {remedy}")
        self.package = package
        self.remedy = remedy


def core_graph() -> rdflib.Graph:
    """Parse ``core.ttl`` as it lies in the package."""
    data = files("diplograph.ontology").joinpath("core.ttl").read_bytes()
    return rdflib.Graph().parse(data=data, format="turtle")


def ontology_markdown() -> str:
    """Give tables of classes, relations, qualifiers and controlled terms: what ``docs/ontology.md`` holds."""
    core = core_graph()
    version = core.value(rdflib.URIRef(str(DG._NS).rstrip("#")), OWL.versionInfo)
    return "\n".join(
        [
            "# The Diplograph ontology",
            "",
            f"Version {version}, namespace `{DG._NS}` (`dg:`). Generated from `ontology/core.ttl` by "
            "`diplograph ontology`: change that file, not this one.",
            "",
            "## Classes",
            "",
            *_table(
                ("Class", "Japanese", "Meaning", "Examples"),
                ([f"`{name}`", *_words(core, name)] for name in (*ENTITY_CLASSES, "Claim", "Document")),
            ),
            "",
            "## Relations",
            "",
            "Head and tail name the classes that may stand on either side; a relation written once for a "
            "pair is marked ↔.",
            "",
            *_table(
                ("Relation", "Japanese", "Head", "Tail", "Meaning", "Example"),
                (_relation(core, name) for name in RELATIONS),
            ),
            "",
            "## Qualifiers and properties",
            "",
            *_table(
                ("Property", "Japanese", "Of", "Meaning", "Example"),
                (_property(core, name) for name in _properties(core)),
            ),
            "",
            "## Status",
            "",
            *_table(
                ("Term", "Japanese", "Meaning", "Example"),
                ([f"`{term}`", *_words(core, term)] for term in _individuals(core, DG.Status, len(STATUSES))),
            ),
            "",
            "## Modality",
            "",
            *_table(
                ("Term", "Japanese", "Meaning", "Example"),
                (
                    [f"`{term}`", *_words(core, term)]
                    for term in _individuals(core, DG.Modality, len(MODALITIES))
                ),
            ),
            "",
        ]
    )


def write_ontology_html(path: Path) -> None:
    """Write the ontology's documentation as one HTML page.

    Raises:
        MissingExtra: If pyLODE, which makes the page, is not installed.
    """
    try:
        pylode = import_module("pylode")
    except ImportError as error:
        raise MissingExtra("pylode", "install it with: pip install 'diplograph[docs]'") from error
    page: str = pylode.OntPub(ontology=core_graph()).make_html()
    path.write_text(page, encoding="utf-8", newline="\n")


def _table(head: tuple[str, ...], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def _words(core: rdflib.Graph, name: str) -> list[str]:
    japanese = next(str(text) for text in core.objects(DG[name], RDFS.label) if _language(text) == "ja")
    return [japanese, str(core.value(DG[name], RDFS.comment)), str(core.value(DG[name], SKOS.example))]


def _relation(core: rdflib.Graph, name: str) -> list[str]:
    japanese, meaning, example = _words(core, name)
    mark = " ↔" if name in SYMMETRIC_RELATIONS else ""
    return [
        f"`{name}`{mark}",
        japanese,
        _side(core, name, "domain"),
        _side(core, name, "range"),
        meaning,
        example,
    ]


def _property(core: rdflib.Graph, name: str) -> list[str]:
    japanese, meaning, example = _words(core, name)
    return [f"`{name}`", japanese, _side(core, name, "domain"), meaning, example]


def _side(core: rdflib.Graph, name: str, side: str) -> str:
    found = {*core.objects(DG[name], RDFS[side]), *core.objects(DG[name], SCHEMA[f"{side}Includes"])}
    return ", ".join(sorted(_short(term) for term in found))


def _properties(core: rdflib.Graph) -> list[str]:
    """Give the properties that are no relations between entities, in alphabetical order."""
    properties = {
        *core.subjects(RDF.type, OWL.DatatypeProperty),
        *core.subjects(RDF.type, OWL.ObjectProperty),
    }
    relations = {DG.relatedTo, *core.subjects(RDFS.subPropertyOf, DG.relatedTo)}
    relations |= {inverse for relation in relations for inverse in core.objects(relation, OWL.inverseOf)}
    return sorted(_short(term) for term in properties - relations)


def _individuals(core: rdflib.Graph, kind: rdflib.URIRef, expected: int) -> list[str]:
    found = sorted(_short(term) for term in core.subjects(RDF.type, kind))
    assert len(found) == expected, "core.ttl and model.py list different terms"
    return found


def _short(term: rdflib.term.Node) -> str:
    return str(term).removeprefix(str(DG._NS))


def _language(text: rdflib.term.Node) -> str | None:
    return text.language if isinstance(text, rdflib.Literal) else None
