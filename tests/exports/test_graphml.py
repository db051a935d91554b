"""GraphML is read back by networkx with nothing lost."""

from pathlib import Path

import networkx as nx
import pytest
from diplograph.exports.graphml import render_graphml, write_graphml
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, entity, graph_of, sample_graph


def read(kg: KnowledgeGraph, folder: Path, **more: object) -> "nx.MultiDiGraph[str]":
    path = write_graphml(kg, folder / "graph.graphml", **more)  # type: ignore[arg-type]
    return nx.read_graphml(path, force_multigraph=True)


def test_nodes_and_edges_come_back(tmp_path: Path) -> None:
    kg = sample_graph()
    graph = read(kg, tmp_path)
    assert {(a, b, key) for a, b, key in graph.edges(keys=True)} == set(kg.graph.edges(keys=True))
    assert dict(graph.nodes(data="label")) == {key: e.label for key, e in kg.entities.items()}
    assert dict(graph.nodes(data="cls")) == {key: e.cls for key, e in kg.entities.items()}


def test_edges_carry_qualifiers_and_the_sentence(tmp_path: Path) -> None:
    aid = claim("country/JPN", "providesAssistanceTo", "country/PHL", amount="5", text="It <gave> & lent.")
    ((_, _, edge),) = read(graph_of(aid), tmp_path).edges(data=True)
    assert (edge["predicate"], edge["amount"], edge["confidence"]) == ("providesAssistanceTo", "5", 0.9)
    assert (edge["sentence"], edge["documents"]) == ("It <gave> & lent.", "yearbook")


TEXTS = [
    pytest.param("A\x00\x1fB\ufffe", "A\ufffd\ufffdB\ufffd", id="forbidden-in-xml"),
    pytest.param("\U0001f5fa \u2028 Ö <&\"'>", "\U0001f5fa \u2028 Ö <&\"'>", id="allowed"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_any_label_can_be_written(text: str, expected: str, tmp_path: Path) -> None:
    odd = entity("person/x", text)
    graph = read(graph_of(claim("person/x", "visits", "country/JPN"), entities=[odd]), tmp_path)
    assert graph.nodes["person/x"]["label"] == expected


def test_positions_become_coordinates(tmp_path: Path) -> None:
    kg = graph_of(claim("country/JPN", "visits", "country/AUS"))
    graph = read(kg, tmp_path, positions={"country/JPN": (0.5, -2.0)})
    assert (graph.nodes["country/JPN"]["x"], graph.nodes["country/JPN"]["y"]) == (0.5, -2.0)
    assert "x" not in graph.nodes["country/AUS"]


def test_parallel_claims_stay_apart(tmp_path: Path) -> None:
    kg = graph_of(*(claim("country/JPN", "visits", "country/AUS", date=str(y)) for y in (2016, 2017)))
    assert read(kg, tmp_path).number_of_edges() == 2


def test_the_same_graph_gives_the_same_text() -> None:
    assert "".join(render_graphml(sample_graph())) == "".join(render_graphml(sample_graph()))
