"""GEXF is read back by networkx and keeps to what Gephi expects."""

import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from diplograph.exports.gexf import render_gexf, write_gexf
from diplograph.exports.places import place_entities
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, document, entity, extraction, graph_of, sample_graph

SPACE = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def tree(kg: KnowledgeGraph) -> ET.Element:
    return ET.fromstring("".join(render_gexf(kg, positions=place_entities(kg))))


def test_networkx_reads_it(tmp_path: Path) -> None:
    kg = sample_graph()
    # networkx knows the older namespace only; elements and attributes it reads are the same in both
    path = write_gexf(kg, tmp_path / "graph.gexf", positions=place_entities(kg))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("gexf.net/1.3", "www.gexf.net/1.2draft").replace('"1.3"', '"1.2"'))
    graph = nx.read_gexf(path)
    assert set(graph) == set(kg.entities)
    assert graph.number_of_edges() == len(kg.claims)
    assert graph.nodes["country/JPN"]["cls"] == "Country"


def test_every_reference_is_declared() -> None:
    root = tree(sample_graph())
    for kind in ("node", "edge"):
        declared = {
            a.get("id") for a in root.iterfind(f".//g:attributes[@class='{kind}']/g:attribute", SPACE)
        }
        used = {v.get("for") for v in root.iterfind(f".//g:{kind}/g:attvalues/g:attvalue", SPACE)}
        assert used <= declared
    nodes = {n.get("id") for n in root.iterfind(".//g:node", SPACE)}
    assert {e.get(end) for e in root.iterfind(".//g:edge", SPACE) for end in ("source", "target")} <= nodes


def test_claims_exist_while_they_are_dated() -> None:
    root = tree(graph_of(claim("country/JPN", "visits", "country/AUS", date="2016-11")))
    (edge,) = root.iterfind(".//g:edge", SPACE)
    assert (edge.get("start"), edge.get("end")) == ("2016-11-01", "2016-11-30")


def test_undated_claims_exist_always() -> None:
    said = claim("country/JPN", "visits", "country/AUS")
    (edge,) = tree(build_graph([extraction([said], of=document(year=None))])).iterfind(".//g:edge", SPACE)
    assert (edge.get("start"), edge.get("end")) == (None, None)


def test_nodes_have_a_place_a_size_and_the_colour_of_their_class() -> None:
    root = tree(sample_graph())
    colours: dict[str, set[tuple[str | None, ...]]] = {}
    for node in root.iterfind(".//g:node", SPACE):
        position, colour = node.find("viz:position", SPACE), node.find("viz:color", SPACE)
        size, cls = node.find("viz:size", SPACE), node.find("g:attvalues/g:attvalue[@for='cls']", SPACE)
        assert position is not None and size is not None and colour is not None and cls is not None
        assert float(size.get("value", "0")) > 4
        colours.setdefault(str(cls.get("value")), set()).add(tuple(colour.get(c) for c in "rgb"))
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == len(colours)


@pytest.mark.parametrize("text", ['"<&>', "a\x00b", "\U0001f5fa"])
def test_any_label_can_be_written(text: str) -> None:
    odd = entity("person/x", text)
    root = tree(graph_of(claim("person/x", "visits", "country/JPN"), entities=[odd]))
    labels = {n.get("id"): n.get("label") for n in root.iterfind(".//g:node", SPACE)}
    assert labels["person/x"] == text.replace("\x00", "\ufffd")


def test_places_are_the_same_every_time() -> None:
    kg = sample_graph()
    assert place_entities(kg) == place_entities(sample_graph())
    assert len(set(place_entities(kg).values())) == len(kg.entities)
