"""The ontology: complete, consistent with the Python names, and free of the common pitfalls."""

import csv
from pathlib import Path

import pytest
import rdflib
from diplograph.exports.rdf import term_name, to_rdf
from diplograph.ontology.model import (
    ENTITY_CLASSES,
    MODALITIES,
    QUALIFIERS,
    RELATIONS,
    STATUSES,
    SYMMETRIC_RELATIONS,
)
from diplograph.ontology.terms import DG
from factories import sample_graph
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, VOID, XSD

FOLDER = Path(__file__).parents[2] / "ontology"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "vocabulary_terms.csv"
FOREIGN = Path(__file__).with_name("foreign_terms.tsv")
CORE = rdflib.Graph().parse(FOLDER / "core.ttl")
ALIGNMENTS = rdflib.Graph().parse(FOLDER / "alignments.ttl")
SHAPES = rdflib.Graph().parse(FOLDER / "shapes.ttl")
NAME = "https://w3id.org/diplograph/"
ONTOLOGY = rdflib.URIRef(f"{NAME}ontology")
SCHEMA = rdflib.Namespace("https://schema.org/")
VANN = rdflib.Namespace("http://purl.org/vocab/vann/")
TERMS = sorted(s for s in set(CORE.subjects(RDF.type)) if str(s).startswith(f"{NAME}ontology#"))
# Namespaces whose terms rdflib lists; the table of checked terms lacks a few of theirs.
LISTED = (RDF, RDFS, OWL, XSD, SH, rdflib.SDO, rdflib.DCTERMS, rdflib.VOID)
QUALIFIER_TERMS = {"date": "dateEDTF", "start": "startEDTF", "end": "endEDTF"}


def short(term: rdflib.term.Node) -> str:
    return str(term).rpartition("#")[2]


def of_type(kind: rdflib.URIRef) -> set[str]:
    return {short(term) for term in CORE.subjects(RDF.type, kind)}


def sides(relation: str, side: str) -> set[rdflib.term.Node]:
    term = DG[relation]
    return {*CORE.objects(term, RDFS[side]), *CORE.objects(term, SCHEMA[f"{side}Includes"])}


def test_python_names_equal_the_terms_of_the_file() -> None:
    assert set(DG.__annotations__) - {"_NS", "_fail"} == {short(term) for term in TERMS}


def test_misspelt_name_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = DG.partyOf


def test_model_equals_the_file() -> None:
    assert of_type(OWL.Class) >= set(ENTITY_CLASSES)
    assert {short(s) for s in CORE.subjects(RDFS.subClassOf, DG.Entity)} == set(ENTITY_CLASSES)
    assert {short(s) for s in CORE.subjects(RDFS.subPropertyOf, DG.relatedTo)} == set(RELATIONS)
    assert of_type(OWL.SymmetricProperty) == SYMMETRIC_RELATIONS
    assert of_type(DG.Modality) == {term_name(value) for value in MODALITIES}
    assert of_type(DG.Status) == {term_name(value) for value in STATUSES}
    qualifiers = {QUALIFIER_TERMS.get(name, name) for name in QUALIFIERS}
    assert qualifiers <= of_type(OWL.FunctionalProperty)
    assert all(DG.Claim in sides(name, "domain") for name in qualifiers)


@pytest.mark.parametrize("term", [pytest.param(term, id=short(term)) for term in TERMS])
def test_term_is_documented(term: rdflib.URIRef) -> None:
    languages = [label.language for label in CORE.objects(term, RDFS.label)]
    assert sorted(languages) == ["en", "ja"]
    comments = list(CORE.objects(term, RDFS.comment))
    assert len(comments) == 1
    assert str(comments[0]).endswith(".")
    assert len(list(CORE.objects(term, SKOS.example))) == 1
    assert CORE.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_labels_are_unique_within_a_language_and_kind() -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual):
        labels = [label for term in CORE.subjects(RDF.type, kind) for label in CORE.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels)), kind


def test_names_follow_one_manner() -> None:
    """Classes and individuals begin with a capital letter, properties do not; none has a hyphen."""
    capital = of_type(OWL.Class) | of_type(OWL.NamedIndividual)
    for term in map(short, TERMS):
        assert term.isalnum()
        assert term[0].isupper() == (term in capital), term


def test_every_property_has_domain_and_range_and_never_several() -> None:
    for name in of_type(OWL.ObjectProperty) | of_type(OWL.DatatypeProperty):
        for side in ("domain", "range"):
            one = list(CORE.objects(DG[name], RDFS[side]))
            several = list(CORE.objects(DG[name], SCHEMA[f"{side}Includes"]))
            assert len(one) <= 1, f"{name}: several rdfs:{side} mean their intersection"
            assert bool(one) != bool(several), f"{name}: {side}"
            assert len(several) != 1, f"{name}: one class needs no schema:{side}Includes"


def test_every_relation_has_an_inverse_or_is_symmetric() -> None:
    for name in RELATIONS:
        inverses = list(CORE.objects(DG[name], OWL.inverseOf))
        assert len(inverses) == (0 if name in SYMMETRIC_RELATIONS else 1), name
        for inverse in inverses:
            assert CORE.value(inverse, OWL.inverseOf) == DG[name]
            assert sides(short(inverse), "domain") == sides(name, "range")
            assert sides(short(inverse), "range") == sides(name, "domain")


def test_disjoint_classes_never_share_a_subclass_or_an_individual() -> None:
    for first, second in CORE.subject_objects(OWL.disjointWith):
        assert first != second
        assert not set(CORE.subjects(RDFS.subClassOf, first)) & set(CORE.subjects(RDFS.subClassOf, second))
        assert not set(CORE.subjects(RDF.type, first)) & set(CORE.subjects(RDF.type, second))


@pytest.mark.parametrize(
    ("first", "second", "disjoint"),
    [
        pytest.param("Person", "Country", True, id="a person is no state"),
        pytest.param("IssueArea", "Agreement", True, id="an issue is no treaty"),
        pytest.param("Country", "Place", False, id="Hong Kong may be either"),
        pytest.param("Agreement", "Policy", False, id="a plan may be either"),
    ],
)
def test_disjointness(first: str, second: str, disjoint: bool) -> None:
    stated = set(CORE.subject_objects(OWL.disjointWith))
    assert ((DG[first], DG[second]) in stated or (DG[second], DG[first]) in stated) == disjoint


def test_header() -> None:
    version = CORE.value(ONTOLOGY, OWL.versionInfo)
    assert CORE.value(ONTOLOGY, OWL.versionIRI) == rdflib.URIRef(f"{NAME}ontology/{version}")
    assert str(CORE.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "dg"
    assert str(CORE.value(ONTOLOGY, VANN.preferredNamespaceUri)) == str(DG._NS)
    for name in ("title", "description", "creator", "license"):
        assert CORE.value(ONTOLOGY, rdflib.DCTERMS[name]) is not None


@pytest.mark.parametrize(
    "graph",
    [
        pytest.param(CORE, id="core"),
        pytest.param(ALIGNMENTS, id="alignments"),
        pytest.param(SHAPES, id="shapes"),
    ],
)
def test_every_term_that_is_used_exists(graph: rdflib.Graph) -> None:
    known = {*checked_terms(), *listed_terms(), *(str(SH[name]) for name in ("class", "in", "or"))}
    # dir() leaves out the names that are keywords of Python.
    known |= {
        str(s) for ours in (CORE, ALIGNMENTS, SHAPES) for s in ours.subjects() if str(s).startswith(NAME)
    }
    # What else may stand in an object's place is the address of a thing, not a term: a licence, a source.
    addressing = {rdflib.DCTERMS.license, rdflib.DCTERMS.source, OWL.versionIRI}
    for subject, predicate, value in graph:
        for node in (subject, predicate, *([] if predicate in addressing else [value])):
            assert not isinstance(node, rdflib.URIRef) or str(node) in known


def test_every_term_that_an_export_uses_exists() -> None:
    known = {*checked_terms(), *listed_terms(), *map(str, TERMS), f"{NAME}ontology#"}
    rdf = to_rdf(sample_graph())
    terms = {*rdf.predicates(), *rdf.objects(predicate=RDF.type), *rdf.objects(predicate=VOID.property)}
    assert {str(term) for term in terms} <= known


def checked_terms() -> list[str]:
    with FOREIGN.open(encoding="utf-8", newline="") as file:
        return [row["iri"] for row in csv.DictReader(file, delimiter="\t")]


def listed_terms() -> set[str]:
    return {str(term) for namespace in LISTED for term in dir(namespace)}


def test_foreign_terms_are_those_of_the_checked_table() -> None:
    if not SHARED.exists():
        pytest.skip(f"no {SHARED}: the table of checked terms lies beside the checkout")
    with SHARED.open(encoding="utf-8", newline="") as file:
        checked = {row["iri"] for row in csv.DictReader(file)}
    ours = checked_terms()
    assert ours == sorted(ours)
    assert set(ours) <= checked


def test_alignments_say_nothing_that_contradicts_the_core() -> None:
    """Every aligned class is ours, none becomes a subclass of ours, and nobody is the same."""
    assert not list(ALIGNMENTS.subject_objects(OWL.sameAs))
    for subject, aligned in ALIGNMENTS.subject_objects(RDFS.subClassOf):
        assert subject in TERMS
        assert not str(aligned).startswith(NAME)
    classes = {DG[name] for name in (*ENTITY_CLASSES, "Claim", "Document")}
    assert classes == set(ALIGNMENTS.subjects(RDFS.subClassOf))
