"""RDF: claims with their evidence, the same bytes, nothing asserted that no document asserts."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from diplograph.exports.rdf import to_rdf
from diplograph.exports.rdf_dates import bounds, span_of
from diplograph.exports.turtle import turtle_text, write_turtle
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import MODALITIES, RELATIONS, STATUSES
from diplograph.ontology.terms import DG
from factories import claim, entity, graph_of, sample_graph
from rdflib.namespace import PROV, RDF, RDFS

DGR = rdflib.Namespace("https://w3id.org/diplograph/id/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
CORE = Path(__file__).parents[2] / "ontology" / "core.ttl"

ODD_TEXT = 'A "quoted"\\ name\u2028with\r\nlines, a tab\t, \x01, \x7f and 日本'
ODD = graph_of(
    claim("country/JPN", "partyTo", "agreement/a\"b<c> d%é'", text=ODD_TEXT, purpose=ODD_TEXT),
    entities=[
        entity("agreement/a\"b<c> d%é'", ODD_TEXT, aliases=["", ODD_TEXT], same_as=["http://x/a b|{c}"])
    ],
)
GRAPHS = [
    pytest.param(KnowledgeGraph(), id="empty"),
    pytest.param(sample_graph(), id="sample"),
    pytest.param(ODD, id="odd characters"),
]


@pytest.mark.parametrize("kg", GRAPHS)
def test_rdflib_and_oxigraph_read_the_same_triples(kg: KnowledgeGraph) -> None:
    text = turtle_text(kg)
    ours = to_rdf(kg)
    store = pyoxigraph.Store()
    store.load(text.encode(), pyoxigraph.RdfFormat.TURTLE)
    lines = pyoxigraph.serialize(
        (quad.triple for quad in store.quads_for_pattern(None, None, None)),
        format=pyoxigraph.RdfFormat.N_TRIPLES,
    )
    assert lines is not None
    assert set(rdflib.Graph().parse(data=lines.decode(), format="nt")) == set(ours)
    assert text.count(" ;\n    ") + text.count(" .\n\n") == len(ours), "no triple is written twice"


@pytest.mark.parametrize("kg", GRAPHS)
def test_header_counts_every_triple(kg: KnowledgeGraph) -> None:
    rdf = to_rdf(kg)
    dataset = rdf.value(predicate=RDF.type, object=VOID.Dataset)
    assert dataset is not None
    assert rdf.value(dataset, VOID.triples) == rdflib.Literal(len(rdf))


@pytest.mark.parametrize("kg", GRAPHS)
def test_no_blank_node_and_no_term_that_the_ontology_lacks(kg: KnowledgeGraph) -> None:
    core = rdflib.Graph().parse(CORE)
    defined = {term for term in core.subjects(RDF.type) if str(term).startswith(str(DG._NS))}
    nodes = {node for triple in to_rdf(kg) for node in triple}
    assert not [node for node in nodes if isinstance(node, rdflib.BNode)]
    used = {node for node in nodes if isinstance(node, rdflib.URIRef) and str(node).startswith(str(DG._NS))}
    assert used - defined <= {rdflib.URIRef(str(DG._NS))}


def test_claim_carries_what_is_said_and_where() -> None:
    said = claim(
        "country/JPN",
        "partyTo",
        "agreement/japan-uk-acsa",
        document="bluebook-2017",
        offset=2231,
        text="Japan signed it.",
        status="signed",
        date="2017-01",
        date_text=["in January 2017"],
        confidence=0.93,
    )
    rdf = to_rdf(graph_of(said))
    node = DGR[f"claim/{said.id}"]
    passage = DGR["document/bluebook-2017/char=2231,2247"]
    expected = {
        (RDF.type, DG.Claim),
        (RDF.subject, DGR["country/JPN"]),
        (RDF.predicate, DG.partyTo),
        (RDF.object, DGR["agreement/japan-uk-acsa"]),
        (DG.modality, DG.Asserted),
        (DG.status, DG.Signed),
        (DG.confidence, rdflib.Literal("0.93", datatype=rdflib.XSD.decimal)),
        (DG.rule, rdflib.Literal("test-rule")),
        (DG.dateText, rdflib.Literal("in January 2017")),
        (DG.dateEDTF, rdflib.Literal("2017-01")),
        (DG.earliest, rdflib.Literal("2017-01-01", datatype=rdflib.XSD.date)),
        (DG.latest, rdflib.Literal("2017-01-31", datatype=rdflib.XSD.date)),
        (DG.year, rdflib.Literal(2017)),
        (PROV.hadPrimarySource, DGR["document/bluebook-2017"]),
        (PROV.wasQuotedFrom, passage),
    }
    assert set(rdf.predicate_objects(node)) == expected
    assert (DGR["country/JPN"], DG.partyTo, DGR["agreement/japan-uk-acsa"]) in rdf
    selectors = set(rdf.objects(passage, OA.hasSelector))
    assert {str(rdf.value(s, OA.exact)) for s in selectors} - {"None"} == {"Japan signed it."}
    assert {rdf.value(s, OA.end) for s in selectors} - {None} == {rdflib.Literal(2247)}


@pytest.mark.parametrize("modality", MODALITIES)
def test_only_asserted_claims_become_plain_triples(modality: str) -> None:
    rdf = to_rdf(graph_of(claim("country/JPN", "visits", "country/IND", modality=modality)))  # type: ignore[arg-type]
    plain = (DGR["country/JPN"], DG.visits, DGR["country/IND"])
    assert (plain in rdf) == (modality == "asserted")
    assert len(set(rdf.subjects(RDF.type, DG.Claim))) == 1


def test_every_plain_relation_has_a_claim_that_quotes() -> None:
    rdf = to_rdf(sample_graph())
    quoted = {
        (rdf.value(c, RDF.subject), rdf.value(c, RDF.predicate), rdf.value(c, RDF.object))
        for c in rdf.subjects(PROV.wasQuotedFrom)
    }
    plain = {t for name in RELATIONS for t in rdf.triples((None, DG[name], None))}
    assert plain
    assert plain <= quoted


@pytest.mark.parametrize("status", [*STATUSES, "unheard of"])
def test_status_is_a_term_and_an_unknown_one_stays_a_string(status: str) -> None:
    rdf = to_rdf(graph_of(claim("country/JPN", "partyTo", "agreement/x", status=status)))
    (value,) = rdf.objects(predicate=DG.status)
    known = status in STATUSES
    assert isinstance(value, rdflib.URIRef) == known
    assert known or str(value) == status


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        pytest.param("2016", ("2016-01-01", "2016-12-31"), id="year"),
        pytest.param("2016-02", ("2016-02-01", "2016-02-29"), id="leap month"),
        pytest.param("1900-02", ("1900-02-01", "1900-02-28"), id="century is no leap year"),
        pytest.param("2016-11-01", ("2016-11-01", "2016-11-01"), id="day"),
        pytest.param("2016~", ("2016-01-01", "2016-12-31"), id="about"),
        pytest.param("2016-11/2017-01", ("2016-11-01", "2017-01-31"), id="interval"),
        pytest.param("2016-02-30", None, id="no such day"),
        pytest.param("2016-00", None, id="month nought"),
        pytest.param("2016-05-00", None, id="day nought"),
        pytest.param("0000", None, id="no year nought"),
        pytest.param("2016-13", None, id="no such month"),
        pytest.param("2016-1", None, id="one digit"),
        pytest.param("last year", None, id="words"),
        pytest.param("2016/soon", None, id="open interval in words"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_bounds(date: str, expected: tuple[str, str] | None) -> None:
    assert bounds(date) == expected


@pytest.mark.parametrize(
    ("date", "start", "end", "expected"),
    [
        pytest.param("2016", "", "", ("2016-01-01", "2016-12-31"), id="date"),
        pytest.param("2016-05", "2015", "2017", ("2016-05-01", "2016-05-31"), id="date before period"),
        pytest.param("", "2015", "2017-02", ("2015-01-01", "2017-02-28"), id="period"),
        pytest.param("", "2015", "", ("2015-01-01", ""), id="begun"),
        pytest.param("", "", "2017", ("", "2017-12-31"), id="ended"),
        pytest.param("soon", "", "", ("", ""), id="no date"),
    ],
)
def test_span(date: str, start: str, end: str, expected: tuple[str, str]) -> None:
    assert span_of(date, start, end) == expected


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from factories import sample_graph\n"
        "from diplograph.exports.turtle import write_turtle\n"
        "write_turtle(sample_graph(), Path(sys.argv[1]))\n"
    )
    written = []
    for seed in ("0", "1", "8"):
        path = tmp_path / f"{seed}.ttl"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
        written.append(path.read_bytes())
    assert len(set(written)) == 1
    assert b"\r\n" not in written[0]


def test_labels_and_links_survive_odd_characters() -> None:
    rdf = to_rdf(ODD)
    assert rdflib.Literal(ODD_TEXT) in set(rdf.objects(predicate=RDFS.label))
    assert rdflib.URIRef("http://x/a%20b%7C%7Bc%7D") in set(rdf.objects())


def test_writing_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("x" * 10_000_000)
    write_turtle(sample_graph(), path)
    assert path.read_text(encoding="utf-8") == turtle_text(sample_graph())
