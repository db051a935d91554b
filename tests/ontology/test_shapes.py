"""Shapes: a graph that conforms, one violation for every shape, and two engines that find the same."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from diplograph.exports.iris import prefixes
from diplograph.exports.rdf_write import write_rdf
from diplograph.exports.shacl_sparql import checks, shape_texts
from diplograph.exports.turtle import turtle_text
from diplograph.exports.validate import validate
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import RELATIONS
from factories import claim, document, entity, extraction
from rdflib.namespace import RDFS

ONTOLOGY = Path(__file__).parents[2] / "ontology"
WORDS = "These words stand for what the documents say. " * 12 + "The end."
# One claim of every relation, and every qualifier, between things of the right classes.
SAID = (
    claim("country/JPN", "partyTo", "agreement/a", text=WORDS[:45], status="signed", date="2017-01"),
    claim("country/JPN", "memberOf", "organization/o", text=WORDS[:45], start="1956", end="1957-02"),
    claim("country/JPN", "participatesIn", "event/e", text=WORDS[:45]),
    claim("country/JPN", "hosts", "event/e", text=WORDS[:45]),
    claim("country/JPN", "chairs", "forum/f", text=WORDS[:45]),
    claim("event/e", "heldIn", "place/p", text=WORDS[:45]),
    claim("event/e", "sessionOf", "forum/f", text=WORDS[:45]),
    claim("forum/f", "addresses", "issue/terrorism", text=WORDS[:45]),
    claim("forum/f", "adopts", "agreement/a", text=WORDS[:45]),
    claim("agreement/a", "establishes", "organization/o", text=WORDS[:45]),
    claim(
        "country/JPN",
        "providesAssistanceTo",
        "programme/m",
        text=WORDS[:45],
        amount="100000000",
        currency="JPY",
        purpose="vaccines",
    ),
    claim("country/IND", "cooperatesWith", "country/JPN", text=WORDS[:45], issue="issue/terrorism"),
    claim("country/JPN", "deploysTo", "place/p", text=WORDS[:45]),
    claim("person/q", "visits", "country/IND", text=WORDS[:45]),
    claim("person/q", "holdsPosition", "country/JPN", text=WORDS[:45], position="Foreign Minister"),
    claim("place/p", "locatedIn", "country/IND", text=WORDS[:45]),
    claim("organization/o", "partOf", "organization/un", text=WORDS[:45]),
    claim("country/JPN", "recognizes", "country/IND", text=WORDS[:45]),
    claim("country/IND", "hasDiplomaticRelationsWith", "country/JPN", text=WORDS[:45]),
    claim("country/GBR", "disputesWith", "country/USA", text=WORDS[:45], place="place/p"),
    claim("organization/o", "criticizes", "country/USA", text=WORDS[:45]),
    claim("country/JPN", "supports", "policy/l", text=WORDS[:45]),
    claim("country/USA", "visits", "country/JPN", text=WORDS[:45], modality="planned"),
)
DATED = (
    entity(
        "agreement/a", attributes=[("signed", "2016-12"), ("ratified", "2017"), ("inForce", "2017-01-26")]
    ),
    entity("organization/o", attributes=[("founded", "1949"), ("dissolved", "1991-12")]),
    entity("event/e", "Meeting", aliases=["The meeting"], same_as=["http://www.wikidata.org/entity/Q1"]),
)
CONFORMING = build_graph([extraction(SAID, entities=DATED, of=document(text=WORDS))])
VISIT = f"<claim/{SAID[13].id}>"
AID = f"<claim/{SAID[10].id}>"
OFFICE = f"<claim/{SAID[14].id}>"
PLAN = f"<claim/{SAID[-1].id}>"
PASSAGE = "<document/yearbook/char=0,45>"


def without(subject: str, predicate: str) -> str:
    """Write an update that takes all values of a property away."""
    return f"DELETE WHERE {{ {subject} {predicate} ?value }}"


def undescribed(predicate: str) -> str:
    """Write an update that takes a property of the dataset away."""
    return f"DELETE {{ ?d {predicate} ?value }} WHERE {{ ?d a void:Dataset ; {predicate} ?value }}"


def put(subject: str, predicate: str, value: str) -> str:
    """Write an update that replaces the values of a property by one."""
    return (
        f"DELETE {{ {subject} {predicate} ?old }} INSERT {{ {subject} {predicate} {value} }} "
        f"WHERE {{ OPTIONAL {{ {subject} {predicate} ?old }} }}"
    )


def add(triples: str) -> str:
    """Write an update that adds triples."""
    return f"INSERT DATA {{ {triples} }}"


VIOLATIONS = [
    ("ClaimSubject", without(VISIT, "rdf:subject")),
    ("ClaimSubject", add(f"{VISIT} rdf:subject <country/GBR>")),
    ("ClaimObject", put(VISIT, "rdf:object", '"India"')),
    ("ClaimPredicate", put(VISIT, "rdf:predicate", "dg:relatedTo")),
    ("ClaimModality", without(VISIT, "dg:modality")),
    ("ClaimModality", put(VISIT, "dg:modality", "dg:Signed")),
    ("ClaimStatus", put(VISIT, "dg:status", '"done"')),
    ("ClaimConfidence", put(VISIT, "dg:confidence", "1.5")),
    ("ClaimConfidence", put(VISIT, "dg:confidence", "-0.5")),
    ("ClaimConfidence", put(VISIT, "dg:confidence", "0.5e0")),
    ("ClaimRule", without(VISIT, "dg:rule")),
    ("ClaimQuotation", without(VISIT, "prov:wasQuotedFrom")),
    ("ClaimQuotation", put(VISIT, "prov:wasQuotedFrom", "<document/other/char=1,2>")),
    ("ClaimSource", without(VISIT, "prov:hadPrimarySource")),
    ("ClaimSourceQuoted", put(VISIT, "prov:hadPrimarySource", "<document/other>")),
    ("ClaimAmount", put(AID, "dg:amount", "-5.0")),
    ("ClaimAmount", put(AID, "dg:amount", '"five"')),
    ("ClaimCurrency", put(AID, "dg:currency", '"yen"')),
    ("AmountCurrency", without(AID, "dg:currency")),
    ("PositionTitle", without(OFFICE, "dg:position")),
    ("ClaimPosition", put(OFFICE, "dg:position", '""')),
    ("ClaimPurpose", put(AID, "dg:purpose", '""')),
    ("ClaimPlace", put(VISIT, "dg:place", "<person/q>")),
    ("ClaimIssue", put(VISIT, "dg:issue", "<place/p>")),
    ("SelfRelation", put(VISIT, "rdf:object", "<person/q>")),
    ("SymmetricClaim", put(PLAN, "rdf:predicate", "dg:disputesWith")),
    ("ClaimDomain", put(PLAN, "rdf:subject", "<issue/terrorism>")),
    ("ClaimRange", put(PLAN, "rdf:object", "<person/q>")),
    ("DateText", put(VISIT, "dg:dateEDTF", '"last year"')),
    ("StartText", put(VISIT, "dg:startEDTF", '"2016-5"')),
    ("EndText", put(VISIT, "dg:endEDTF", "2016")),
    ("Earliest", add(f'{VISIT} dg:earliest "2017-02-01"^^xsd:date ; dg:latest "2017-01-31"^^xsd:date')),
    ("Earliest", add(f'{VISIT} dg:earliest "2017-02-30"^^xsd:date')),
    ("Latest", put(VISIT, "dg:latest", '"2017"')),
    ("Year", put(VISIT, "dg:year", '"2017"')),
    ("DateUsable", put(VISIT, "dg:dateEDTF", '"2017-02-30"')),
    ("EntityLabel", without("<event/e>", "rdfs:label")),
    ("EntityLabel", add('<event/e> rdfs:label "Another"')),
    ("EntityAlias", add('<event/e> skos:altLabel ""')),
    ("EntityClass", add("<event/e> a dg:Forum")),
    ("EntityLink", add('<event/e> skos:exactMatch "Q1"')),
    ("CountryCode", put("<country/JPN>", "dg:iso3", '"JP"')),
    ("SignedDate", put("<agreement/a>", "dg:signed", '"long ago"')),
    ("RatifiedDate", put("<agreement/a>", "dg:ratified", '"long ago"')),
    ("InForceDate", put("<agreement/a>", "dg:inForce", '"long ago"')),
    ("FoundedDate", put("<organization/o>", "dg:founded", '"long ago"')),
    ("DissolvedDate", put("<organization/o>", "dg:dissolved", '"long ago"')),
    ("SignedInForce", put("<agreement/a>", "dg:inForce", '"2016-11-30"')),
    ("FoundedDissolved", put("<organization/o>", "dg:dissolved", '"1948-12-31"')),
    ("Gate", add("<country/GBR> dg:visits <country/JPN>")),
    ("Gate", put(VISIT, "dg:modality", "dg:Planned")),
    ("Gate", without(VISIT, "prov:wasQuotedFrom")),
    ("SymmetricOnce", add("<country/JPN> dg:cooperatesWith <country/IND>")),
    ("PassageSource", without(PASSAGE, "oa:hasSource")),
    ("PassageSelectors", put(PASSAGE, "oa:hasSelector", f"{PASSAGE[:-1]}/quote>")),
    ("PassageSection", add(f'{PASSAGE} dg:section "1 Talks", "2 Trade"')),
    ("PassageSection", add(f'{PASSAGE} dg:section ""')),
    ("PassagePage", add(f"{PASSAGE} dg:page 0")),
    ("PassagePage", add(f'{PASSAGE} dg:page "vii"')),
    ("PassageAnchor", add(f'{PASSAGE} dg:anchor ""')),
    ("QuoteText", without(f"{PASSAGE[:-1]}/quote>", "oa:exact")),
    ("PositionStart", put(f"{PASSAGE[:-1]}/position>", "oa:start", "45")),
    ("PositionStart", put(f"{PASSAGE[:-1]}/position>", "oa:start", "-1")),
    ("PositionEnd", without(f"{PASSAGE[:-1]}/position>", "oa:end")),
    ("PassageInside", put("<document/yearbook>", "dg:characters", "44")),
    ("PassageLength", put(f"{PASSAGE[:-1]}/quote>", "oa:exact", '"These words"')),
    ("DocumentIdentifier", without("<document/yearbook>", "dcterms:identifier")),
    ("DocumentLength", without("<document/yearbook>", "dg:characters")),
    ("DocumentHash", put("<document/yearbook>", "dg:sha256", '"abc"')),
    ("DocumentAddress", add('<document/yearbook> dg:url "example.org"^^xsd:anyURI')),
    ("DocumentAddress", add('<document/yearbook> dg:url "https://example.org"')),
    ("DocumentYear", put("<document/yearbook>", "dg:referenceYear", '"2016"')),
    ("DocumentCountry", put("<document/yearbook>", "dg:authorCountry", '"Japan"')),
    ("DatasetTitle", undescribed("dcterms:title")),
    (
        "DatasetLicence",
        undescribed("dcterms:license"),
    ),
    (
        "DatasetConforms",
        undescribed("dcterms:conformsTo"),
    ),
    ("DatasetTriples", undescribed("void:triples")),
    *((f"{name}-domain", add(f"<issue/terrorism> dg:{name} <country/GBR>")) for name in RELATIONS),
    *((f"{name}-range", add(f"<country/GBR> dg:{name} <person/q>")) for name in RELATIONS),
]


def changed(tmp_path: Path, *updates: str, kg: KnowledgeGraph = CONFORMING) -> Path:
    """Write the conforming graph with updates applied."""
    store = ox.Store()
    store.load(turtle_text(kg).encode(), ox.RdfFormat.TURTLE)
    heading = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in prefixes().items())
    for update in updates:
        before = len(store), {str(quad) for quad in store}
        store.update(f"BASE <https://w3id.org/diplograph/id/>\n{heading}{update}")
        assert before != (len(store), {str(quad) for quad in store}), f"changes nothing: {update}"
    path = tmp_path / "graph.nt"
    store.dump(str(path), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return path


def test_conforming_graph_conforms() -> None:
    report = validate(CONFORMING, engine="sparql")
    assert not report.findings
    assert report.conforms


@pytest.mark.parametrize(
    ("shape", "update"), [pytest.param(*row, id=f"{i}-{row[0]}") for i, row in enumerate(VIOLATIONS)]
)
def test_violation_is_found(shape: str, update: str, tmp_path: Path) -> None:
    report = validate(changed(tmp_path, update), engine="sparql")
    assert shape in {finding.shape for finding in report.findings}
    assert not report.conforms


def test_every_shape_has_a_violating_row() -> None:
    assert {shape for shape, _ in VIOLATIONS} == set(shape_texts())


def test_every_shape_is_checked() -> None:
    assert {check.shape for check in checks()} == set(shape_texts())


# pySHACL takes half a second a graph: violations that leave each other standing go into one.
@pytest.mark.parametrize("part", range(6))
def test_both_engines_find_the_same(part: int, tmp_path: Path) -> None:
    updates = [update for _, update in VIOLATIONS][part::6]
    path = changed(tmp_path, *updates)
    by_sparql = validate(path, engine="sparql")
    assert by_sparql.findings == validate(path, engine="pyshacl").findings
    assert len(by_sparql.findings) >= len(updates) / 2


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".rdf", ".jsonld"])
def test_every_format_can_be_checked(suffix: str, tmp_path: Path) -> None:
    write_rdf(CONFORMING, tmp_path / f"graph{suffix}")
    assert validate(tmp_path / f"graph{suffix}", engine="sparql").conforms


def test_graph_in_a_folder_is_checked(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(turtle_text(CONFORMING), encoding="utf-8")
    assert validate(tmp_path, engine="sparql").conforms


def test_both_engines_pass_the_conforming_graph() -> None:
    assert validate(CONFORMING, engine="pyshacl").conforms


def test_findings_are_sorted_and_say_what_to_do(tmp_path: Path) -> None:
    report = validate(changed(tmp_path, without(VISIT, "rdf:subject"), without(AID, "dg:currency")))
    assert list(report.findings) == sorted(report.findings)
    assert all(f.message.endswith(".") and f.remedy.endswith(".") for f in report.findings)
    assert {f.node.rpartition("/")[2] for f in report.findings} >= {SAID[13].id, SAID[10].id}


def test_shapes_allow_the_classes_that_the_ontology_names() -> None:
    core = rdflib.Graph().parse(ONTOLOGY / "core.ttl")
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    dg, dgs = rdflib.Namespace(prefixes()["dg"]), rdflib.Namespace("https://w3id.org/diplograph/shapes#")
    sh, schema = rdflib.SH, rdflib.Namespace("https://schema.org/")
    for name in RELATIONS:
        for side, one, several in (
            ("domain", RDFS.domain, schema.domainIncludes),
            ("range", RDFS.range, schema.rangeIncludes),
        ):
            defined = {*core.objects(dg[name], one), *core.objects(dg[name], several)}
            shape = dgs[f"{name}-{side}"]
            alternatives = shapes.value(shape, sh["or"])
            allowed = (
                {shapes.value(item, sh["class"]) for item in shapes.items(alternatives)}
                if alternatives is not None
                else {shapes.value(shape, sh["class"])}
            )
            assert allowed == defined, f"{name} {side}"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("graph.ttl", "<a> <b> .", "not Turtle", id="syntax"),
        pytest.param("graph.ttl", "", "holds no triples", id="empty"),
        pytest.param("graph.docx", "", "no RDF format", id="unknown ending"),
        pytest.param("graph.ttl", None, "cannot be read", id="missing"),
        pytest.param(".", None, "cannot be read", id="folder without a graph"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    name: str, content: str | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=message):
        validate(path)
