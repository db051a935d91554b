"""Neo4j, node-link JSON and Graphviz, each read back."""

import ast
import csv
import json
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pytest
from diplograph.exports.formats import FORMATS, export
from diplograph.exports.graphml import write_graphml
from diplograph.exports.graphviz import render_dot, write_dot
from diplograph.exports.neo4j import relationship_type, render_cypher, write_neo4j
from diplograph.exports.node_link import render_node_link, write_node_link
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import RELATIONS
from factories import claim, entity, graph_of, sample_graph


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("partyTo", "PARTY_TO"),
        ("hasDiplomaticRelationsWith", "HAS_DIPLOMATIC_RELATIONS_WITH"),
        ("hosts", "HOSTS"),
    ],
)
def test_relationship_types(predicate: str, expected: str) -> None:
    assert relationship_type(predicate) == expected


def test_relationship_types_stay_distinct() -> None:
    assert len({relationship_type(name) for name in RELATIONS}) == len(RELATIONS)


def test_neo4j_csv_refers_only_to_its_nodes(tmp_path: Path) -> None:
    kg = sample_graph()
    nodes, edges, _ = write_neo4j(kg, tmp_path)
    with nodes.open(encoding="utf-8", newline="") as file:
        entities = {row["id:ID"]: row for row in csv.DictReader(file)}
    with edges.open(encoding="utf-8", newline="") as file:
        claims = {row["claim"]: row for row in csv.DictReader(file)}
    assert set(entities) == set(kg.entities)
    assert entities["country/JPN"][":LABEL"] == "Entity|Country"
    assert set(claims) == set(kg.claims_by_id)
    for row in claims.values():
        assert row[":START_ID"] in entities and row[":END_ID"] in entities
    assert {row["first:date"] for row in claims.values()} == {"2015-01-01", "2016-01-01", "2017-01-01"}


def test_cypher_escapes_what_it_quotes() -> None:
    odd = entity("person/x", "O'Neil\\\nx")
    lines = list(render_cypher(graph_of(claim("person/x", "visits", "country/JPN"), entities=[odd])))
    assert all(line.endswith(";\n") and line.count("\n") == 1 for line in lines)
    assert any("e.label = 'O\\'Neil\\\\\\nx'" in line for line in lines)
    assert sum(" MERGE (s)-[c:VISITS " in line for line in lines) == 1


def cypher_faults(text: str) -> tuple[list[str], list[str]]:
    """Parse Cypher by the openCypher grammar; give what is wrong and the string literals, as written."""
    from antlr4 import CommonTokenStream, InputStream
    from antlr4.error.ErrorListener import ErrorListener
    from antlr4_cypher import CypherLexer, CypherParser

    wrong: list[str] = []

    class Listener(ErrorListener):
        def syntaxError(self, recognizer, symbol, line, column, message, error):  # type: ignore[no-untyped-def]  # noqa: N802
            wrong.append(f"{column}: {message}")

    lexer = CypherLexer(InputStream(text))
    tokens = CommonTokenStream(lexer)
    parser = CypherParser(tokens)
    for part in (lexer, parser):
        part.removeErrorListeners()
        part.addErrorListener(Listener())
    parser.script()
    return wrong, [token.text for token in tokens.tokens if token.text.startswith("'")]


ODD_CLAIM = claim("person/x", "visits", "country/JPN", text='It\'s; \\ // no\r\n"fine"', date="2016")
ODD_NAME = entity("person/x", 'O\'Neil\\\n"x" — `日本`; // no', aliases=["'", "\\'", "$x {y}"])


@pytest.mark.parametrize(
    "kg",
    [
        pytest.param(sample_graph(), id="sample"),
        pytest.param(graph_of(ODD_CLAIM, entities=[ODD_NAME]), id="odd"),
    ],
)
def test_cypher_is_cypher(kg: KnowledgeGraph) -> None:
    pytest.importorskip("antlr4_cypher", reason="antlr4-cypher is not installed")
    constraint, *statements = render_cypher(kg)
    assert constraint.startswith("CREATE CONSTRAINT ")  # Neo4j's own, no part of openCypher
    said: set[str] = set()
    for statement in statements:
        wrong, strings = cypher_faults(statement)
        assert wrong == [], statement
        said.update(map(ast.literal_eval, strings))  # the escapes that we use mean the same in Python
    for item in kg.entities.values():
        assert {item.id, item.label, *item.aliases} <= said
    assert {c.evidence[0].text for c in kg.claims} <= said
    assert len(statements) == len(kg.entities) + len(kg.claims)


def test_node_link_is_read_by_networkx(tmp_path: Path) -> None:
    kg = sample_graph()
    data = json.loads(write_node_link(kg, tmp_path / "graph.json").read_text(encoding="utf-8"))
    graph = nx.node_link_graph(data, edges="edges")
    assert set(graph.edges(keys=True)) == set(kg.graph.edges(keys=True))
    edge = next(iter(graph.edges(data=True)))[2]
    assert edge["evidence"][0]["text"]
    assert render_node_link(kg) == render_node_link(sample_graph())


def test_igraph_reads_graphml(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    kg = sample_graph()
    graph = igraph.Graph.Read_GraphML(str(write_graphml(kg, tmp_path / "graph.graphml")))
    assert (graph.vcount(), graph.ecount()) == (len(kg.entities), len(kg.claims))
    assert set(graph.vs["label"]) == {e.label for e in kg.entities.values()}
    assert set(graph.es["predicate"]) == {c.predicate for c in kg.claims}


def test_dot_joins_claims_of_one_relation() -> None:
    kg = graph_of(
        *(claim("country/JPN", "visits", "country/AUS", date=str(year)) for year in (2016, 2017)),
        claim("country/JPN", "hosts", "event/e", modality="planned"),
    )
    lines = [line.strip() for line in render_dot(kg)]
    assert '"country/JPN" -> "country/AUS" [label="visits (2)"];' in lines
    assert '"country/JPN" -> "event/e" [label="hosts", style=dashed];' in lines


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(tmp_path: Path) -> None:
    odd = entity("person/x", 'A "quoted" \\ name\n')
    kg = graph_of(claim("person/x", "visits", "country/JPN"), entities=[odd])
    path = write_dot(kg, tmp_path / "graph.dot")
    drawn = subprocess.run(["dot", "-Tsvg", str(path)], check=True, capture_output=True)
    assert b"quoted" in drawn.stdout


@pytest.mark.parametrize("kind", list(FORMATS))
@pytest.mark.parametrize("kg", [sample_graph(), KnowledgeGraph()], ids=["sample", "empty"])
def test_every_format_writes_the_same_files_twice(kg: KnowledgeGraph, kind: str, tmp_path: Path) -> None:
    if kind == "parquet":
        pytest.importorskip("pyarrow")
    one = export(kg, tmp_path / "one", kind=kind)
    two = export(kg, tmp_path / "two" / "deep", kind=kind)
    assert one
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(path.name for path in one)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="gexf"):
        export(sample_graph(), tmp_path, kind="xls")
