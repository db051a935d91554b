"""Vocabularies as SKOS, and background facts apart from what documents say."""

import csv
from pathlib import Path

import pytest
import rdflib
from diplograph.exports.iris import BASE
from diplograph.exports.rdf_vocabulary import background_text, vocabulary_text
from diplograph.ontology.model import RELATIONS
from diplograph.ontology.terms import DG
from diplograph.ontology.vocabulary import read_table, vocabulary_folder
from rdflib.namespace import DCTERMS, ORG, RDF, SKOS

SHARED = Path(__file__).parents[3] / "shared" / "data" / "country_group_memberships.csv"
DGR = rdflib.Namespace(BASE)


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    return rdflib.Graph().parse(data=vocabulary_text(), format="turtle")


@pytest.fixture(scope="module")
def background() -> rdflib.Graph:
    return rdflib.Graph().parse(data=background_text(), format="turtle")


def test_every_concept_has_a_scheme_a_label_and_a_source(vocabulary: rdflib.Graph) -> None:
    concepts = set(vocabulary.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 500
    for concept in concepts:
        assert vocabulary.value(concept, SKOS.inScheme)
        assert vocabulary.value(concept, DCTERMS.source), concept


def test_a_concept_has_one_preferred_label_a_language_and_it_is_no_alternative(
    vocabulary: rdflib.Graph,
) -> None:
    for concept in vocabulary.subjects(RDF.type, SKOS.Concept):
        preferred = list(vocabulary.objects(concept, SKOS.prefLabel))
        assert len({label.language for label in preferred}) == len(preferred), concept
        assert not set(preferred) & set(vocabulary.objects(concept, SKOS.altLabel)), concept


def test_broader_never_leads_back(vocabulary: rdflib.Graph) -> None:
    for concept in vocabulary.subjects(SKOS.broader):
        above = set(vocabulary.transitive_objects(vocabulary.value(concept, SKOS.broader), SKOS.broader))
        assert concept not in above, concept


def test_a_concept_is_on_top_or_below_another(vocabulary: rdflib.Graph) -> None:
    for concept in vocabulary.subjects(RDF.type, SKOS.Concept):
        top = vocabulary.value(concept, SKOS.topConceptOf)
        assert (top is None) != (vocabulary.value(concept, SKOS.broader) is None), concept
        assert top is None or (top, SKOS.hasTopConcept, concept) in vocabulary


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        pytest.param("issue/terrorist-financing", "issue/terrorism", id="issue"),
        pytest.param("issue/terrorist-financing", "issue/theme-crime", id="two levels"),
        pytest.param(
            "organization/united-nations-security-council", "organization/united-nations", id="organ"
        ),
    ],
)
def test_narrower_concept_is_found(narrow: str, broad: str, vocabulary: rdflib.Graph) -> None:
    assert DGR[broad] in set(vocabulary.transitive_objects(DGR[narrow], SKOS.broader))


def test_every_membership_tells_its_source(background: rdflib.Graph) -> None:
    facts = set(background.subjects(RDF.type, DG.BackgroundFact))
    told = {(background.value(f, RDF.subject), background.value(f, RDF.object)) for f in facts}
    assert told == set(background.subject_objects(ORG.memberOf))
    assert all(background.value(fact, DCTERMS.source) for fact in facts)


def test_background_uses_no_relation_of_ours(background: rdflib.Graph) -> None:
    assert not {DG[name] for name in RELATIONS} & set(background.predicates())


@pytest.mark.parametrize(
    ("country", "body", "member"),
    [
        pytest.param("FRA", "organization/european-union", True, id="unanimous"),
        pytest.param("JPN", "forum/g7", True, id="forum"),
        pytest.param("FIN", "organization/north-atlantic-treaty-organization", False, id="not unanimous"),
        pytest.param("JPN", "organization/european-union", False, id="no member"),
    ],
)
def test_membership(country: str, body: str, member: bool, background: rdflib.Graph) -> None:
    assert ((DGR[f"country/{country}"], ORG.memberOf, DGR[body]) in background) == member


def test_memberships_name_states_and_bodies_that_the_vocabulary_knows(vocabulary: rdflib.Graph) -> None:
    concepts = set(vocabulary.subjects(RDF.type, SKOS.Concept))
    for row in read_table(vocabulary_folder() / "memberships.tsv"):
        assert DGR[row["body"]] in concepts
        assert DGR[f"country/{row['country']}"] in concepts


def test_only_unanimous_memberships_are_kept() -> None:
    if not SHARED.exists():
        pytest.skip(f"no {SHARED}: the table that memberships.tsv is taken from lies beside the checkout")
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    unanimous = {(r["iso3"], r["source"]) for r in rows if r["sources_agreeing"] == r["sources_available"]}
    for row in read_table(vocabulary_folder() / "memberships.tsv"):
        assert (row["country"], row["source"]) in unanimous
