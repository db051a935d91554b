"""Every RDF format holds the same graph, in the same bytes, and gives it back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from diplograph.exports.rdf_formats import SUFFIXES, rdf_format
from diplograph.exports.rdf_jsonld import claims_frame, jsonld_text
from diplograph.exports.rdf_read import read_rdf
from diplograph.exports.rdf_write import write_rdf
from diplograph.exports.turtle import turtle_text, write_turtle
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import MODALITIES, STATUSES
from factories import claim, document, entity, extraction, graph_of, sample_graph

ODD_TEXT = 'A "quoted"\\ name\u2028with\nlines, a tab\t and 日本'
RICH = graph_of(
    *(claim("country/JPN", "partyTo", "agreement/x", status=status) for status in STATUSES),
    *(claim("person/q", "visits", "country/JPN", modality=m) for m in MODALITIES),
    claim(
        "country/JPN",
        "providesAssistanceTo",
        "country/PHL",
        date="2016",
        date_text=['A "quoted"\\ name', "lines, a tab"],
        start="2015-04",
        end="2016-03-31",
        amount="10.50",
        currency="USD",
        purpose=ODD_TEXT,
        position="Minister",
        place="place/p",
        issue="issue/i",
        confidence=0.8123,
        text=ODD_TEXT,
    ),
    claim("country/JPN", "memberOf", "organization/o", status="never heard of", date="some day"),
    entities=[
        entity(
            "agreement/x",
            ODD_TEXT,
            aliases=["b", "a"],
            same_as=["http://www.wikidata.org/entity/Q17", "http://example.org/a"],
            attributes=[("date", "2017-01"), ("inForce", "2017-08"), ("seat", "a=b"), ("signed", "2017")],
        ),
        entity('place/é "x"%\'', "Élysée"),
    ],
)
PLACED = build_graph(
    [
        extraction(
            [
                claim(
                    "person/q",
                    "visits",
                    "country/JPN",
                    section='II "Asia" › 1. Visits\\',
                    page=12,
                    anchor="a b",
                ),
                claim("person/q", "visits", "country/IND", section="II", offset=5),
            ],
            of=document(url="https://example.org/a?b=1&c=%C3%A9#d"),
        )
    ]
)
GRAPHS = [
    pytest.param(KnowledgeGraph(), id="empty"),
    pytest.param(sample_graph(), id="sample"),
    pytest.param(RICH, id="rich"),
    pytest.param(PLACED, id="placed"),
]


def content(kg: KnowledgeGraph) -> object:
    return dict(kg.entities), kg.claims, dict(kg.documents)


def union(path: Path) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(path=str(path), format=rdf_format(path))}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kg", GRAPHS)
def test_graph_comes_back_equal(kg: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    write_rdf(kg, path)
    assert content(read_rdf(path)) == content(kg)
    assert KnowledgeGraph.read(path) == read_rdf(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_the_triples_of_the_turtle(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    write_rdf(RICH, path)
    write_rdf(RICH, tmp_path / "other.ttl")
    assert union(path) == union(tmp_path / "other.ttl")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_reads_every_format(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    write_rdf(sample_graph(), path)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path)
    triples = set(dataset.triples((None, None, None)))
    assert triples == set(rdflib.Graph().parse(data=turtle_text(sample_graph()), format="turtle"))


@pytest.mark.parametrize("suffix", [".trig", ".nq"])
def test_each_document_has_its_graph(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    write_rdf(sample_graph(), path)
    named = {
        str(quad.graph_name.value).rpartition("/id/")[2]
        for quad in ox.parse(path=str(path), format=rdf_format(path))
        if isinstance(quad.graph_name, ox.NamedNode)
    }
    assert named == {"document/yearbook-2016/claims", "document/yearbook-2017/claims"}


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from factories import sample_graph\n"
        "from diplograph.exports.rdf_write import write_rdf, WRITERS\n"
        "for suffix in WRITERS: write_rdf(sample_graph(), Path(sys.argv[1] + suffix))\n"
    )
    written: dict[str, set[bytes]] = {}
    for seed in ("0", "1", "8"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "graph")], env=environment, check=True)
        for suffix in SUFFIXES:
            written.setdefault(suffix, set()).add((tmp_path / f"graph{suffix}").read_bytes())
    assert {suffix: len(found) for suffix, found in written.items()} == dict.fromkeys(SUFFIXES, 1)


def test_xml_replaces_what_it_cannot_hold(tmp_path: Path) -> None:
    kg = graph_of(claim("country/JPN", "visits", "country/IND", text="page\x0cbreak \x01"))
    write_rdf(kg, tmp_path / "graph.rdf")
    (said,) = read_rdf(tmp_path / "graph.rdf").claims
    assert said.evidence[0].text == "page\ufffdbreak \ufffd"


@pytest.mark.parametrize("kg", GRAPHS)
def test_rdf_12_ties_every_claim_to_its_triple(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_turtle(kg, path, annotated=True)
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    reifies = [quad for quad in quads if quad.predicate.value.endswith("#reifies")]
    plain = {str(quad.triple) for quad in quads}
    assert {str(quad.subject.value).rpartition("/")[2] for quad in reifies} == set(kg.claims_by_id)
    for quad in reifies:
        said = kg.claims_by_id[str(quad.subject.value).rpartition("/")[2]]
        assert (str(quad.object).removeprefix("<<( ").removesuffix(" )>>") in plain) == any(
            other.modality == "asserted"
            and (other.subject, other.predicate, other.object) == (said.subject, said.predicate, said.object)
            for other in kg.claims
        )
    assert content(read_rdf(path)) == content(kg)
    (count,) = [quad.object.value for quad in quads if quad.predicate.value.endswith("#triples")][:1]
    assert int(count) == len(plain)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("<a> <b> .", "is not Turtle", id="syntax"),
        pytest.param("<http://a> <http://b> <http://c> .", "holds no Diplograph export", id="foreign"),
        pytest.param(turtle_text(RICH).replace("    oa:end ", "    oa:start "), "not a whole", id="spoilt"),
        pytest.param(turtle_text(RICH).replace("dg:modality dg:", "dg:x dg:"), "not a whole", id="mode"),
    ],
)
def test_what_is_no_export_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_rdf(path)


def test_json_ld_reads_like_json() -> None:
    said = claim("country/JPN", "partyTo", "agreement/x", status="signed", date="2017-01", confidence=0.93)
    document = json.loads(jsonld_text(graph_of(said)))
    (node,) = [node for node in document["@graph"] if node.get("@type") == "Claim"]
    passage = "document/yearbook/char=0,32"
    assert node == {
        "@id": f"claim/{said.id}",
        "@type": "Claim",
        "rdf:subject": "country/JPN",
        "rdf:predicate": "partyTo",
        "rdf:object": "agreement/x",
        "modality": "Asserted",
        "confidence": "0.93",
        "rule": "test-rule",
        "status": "Signed",
        "dateEDTF": "2017-01",
        "earliest": "2017-01-01",
        "latest": "2017-01-31",
        "year": 2017,
        "prov:hadPrimarySource": "document/yearbook",
        "prov:wasQuotedFrom": passage,
    }


def test_frame_nests_names_and_quotations_under_each_claim() -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD, which frames JSON-LD, is not installed")
    framed = jsonld.frame(json.loads(jsonld_text(sample_graph())), claims_frame())["@graph"]
    assert [node["id"] for node in framed] == [f"claim/{claim.id}" for claim in sample_graph().claims]
    for node, said in zip(framed, sample_graph().claims, strict=True):
        assert node["subject"]["label"] == sample_graph().entities[said.subject].label
        assert node["object"]["label"] == sample_graph().entities[said.object].label
        assert node["predicate"] == said.predicate
        words = [s["exact"] for passage in node["evidence"] for s in passage["selector"] if "exact" in s]
        assert words == [passage.text for passage in said.evidence]


def test_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no RDF format"):
        write_rdf(sample_graph(), tmp_path / "graph.xlsx")


def test_the_same_agreement_has_one_iri_whatever_else_is_said() -> None:
    alone = graph_of(claim("country/JPN", "partyTo", "agreement/x"))
    beside = graph_of(
        claim("country/JPN", "partyTo", "agreement/x"), claim("country/IND", "visits", "country/JPN")
    )
    said = next(claim.id for claim in alone.claims)
    assert f"<claim/{said}> a dg:Claim" in turtle_text(alone)
    assert f"<claim/{said}> a dg:Claim" in turtle_text(beside)
    assert document("yearbook").id in turtle_text(alone)
