"""What documents deny is a fact nowhere: no triple, no tie, no event; files that list claims say that it is denied."""

import json
import re
from collections.abc import Callable

import networkx as nx
import pytest
from diplograph.exports.gexf import render_gexf
from diplograph.exports.graphml import render_graphml
from diplograph.exports.graphviz import render_dot
from diplograph.exports.neo4j import render_cypher
from diplograph.exports.node_link import render_node_link
from diplograph.exports.turtle import turtle_text
from diplograph.graph import projections
from diplograph.graph.dyads import dyad_year_rows
from diplograph.graph.events import event_rows
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.timeline import series
from diplograph.graph.views import asserted
from diplograph.ontology.model import RELATIONS
from question_facts import question_graph
from rdflib import Graph, URIRef


@pytest.fixture(scope="module")
def denied() -> KnowledgeGraph:
    return question_graph(modality="denied")


def triples_of_relations(kg: KnowledgeGraph) -> int:
    """Count the plain triples whose predicate is one of the twenty-two relations."""
    rdf = Graph().parse(data=turtle_text(kg), format="turtle")
    names = {URIRef(f"https://w3id.org/diplograph/ontology#{name}") for name in RELATIONS}
    return sum(predicate in names for _, predicate, _ in rdf)


def test_denied_claims_are_no_triples(denied: KnowledgeGraph) -> None:
    assert triples_of_relations(question_graph()) > 0  # else the count would say nothing
    assert triples_of_relations(denied) == 0


NETWORKS = [
    pytest.param(make, id=make.__name__)
    for make in (
        projections.shared_agreements,
        projections.shared_forums,
        projections.shared_meetings,
        projections.cooperation,
        projections.aid_ties,
        projections.country_forum,
        projections.forum_issue,
        projections.signed_network,
        projections.all_ties,
    )
]


@pytest.mark.parametrize("make", NETWORKS)
def test_denied_claims_tie_nobody(make: Callable[[KnowledgeGraph], nx.Graph], denied: KnowledgeGraph) -> None:
    assert make(question_graph()).number_of_edges() > 0
    assert make(denied).number_of_edges() == 0


ROWS = [
    pytest.param(dyad_year_rows, id="dyad-years"),
    pytest.param(event_rows, id="events"),
    pytest.param(lambda kg: series(kg), id="time"),
    pytest.param(lambda kg: asserted(kg).claims, id="asserted"),
]


@pytest.mark.parametrize("rows", ROWS)
def test_denied_claims_are_no_rows(
    rows: Callable[[KnowledgeGraph], list[object]], denied: KnowledgeGraph
) -> None:
    assert len(list(rows(question_graph()))) > 0
    assert len(list(rows(denied))) == 0


def words(text: str) -> int:
    """Count where a text says "denied" of a claim."""
    return len(re.findall(r"\bdenied\b", text))


LISTS = [
    pytest.param(lambda kg: "".join(render_graphml(kg)), id="graphml"),
    pytest.param(lambda kg: "".join(render_gexf(kg)), id="gexf"),
    pytest.param(lambda kg: "".join(render_cypher(kg)), id="cypher"),
    pytest.param(lambda kg: json.dumps(json.loads(render_node_link(kg))["edges"]), id="node-link"),
]


@pytest.mark.parametrize("render", LISTS)
def test_lists_of_claims_say_what_is_denied(
    render: Callable[[KnowledgeGraph], str], denied: KnowledgeGraph
) -> None:
    assert words(render(denied)) >= len(denied.claims)


def test_denied_lines_are_dashed(denied: KnowledgeGraph) -> None:
    lines = [line for line in render_dot(denied) if "->" in line]
    assert lines and all("dashed" in line for line in lines)
