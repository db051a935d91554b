"""Queries: formats, positions of errors, and nothing that leaves the machine."""

import csv
import io
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import rdflib
from diplograph.exports import query as query_module
from diplograph.exports.query import QueryError, ResultFormat, open_store, run_query
from diplograph.exports.turtle import write_turtle
from diplograph.ontology.errors import InputError
from factories import sample_graph

PARTIES = "SELECT ?who ?name { ?who dg:partyTo <agreement/japan-uk-acsa> ; rdfs:label ?name } ORDER BY ?name"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    write_turtle(sample_graph(), tmp_path / "graph.ttl")
    return tmp_path


def test_table_is_for_people(built: Path) -> None:
    assert run_query(built, PARTIES) == (
        "who          name\n"
        "-----------  --------------\n"
        "country/JPN  Japan\n"
        "country/GBR  United Kingdom\n"
        "(2 rows)\n"
    )


def test_table_keeps_rows_on_their_lines(built: Path) -> None:
    text = run_query(
        built, f'SELECT ("{"x" * 100}\\n日本" AS ?a) ("b" AS ?b) (dg:visits AS ?c) (?z AS ?d) {{}}'
    )
    assert text.splitlines()[2] == "x" * 71 + "…  b  dg:visits"


def test_csv_json_tsv_and_xml_hold_the_same_rows(built: Path) -> None:
    names = ["Japan", "United Kingdom"]
    assert [
        row["name"] for row in csv.DictReader(io.StringIO(run_query(built, PARTIES, format="csv")))
    ] == names
    found = json.loads(run_query(built, PARTIES, format="json"))["results"]["bindings"]
    assert [row["name"]["value"] for row in found] == names
    lines = run_query(built, PARTIES, format="tsv").splitlines()
    assert [line.split("\t")[1].strip('"') for line in lines[1:]] == names
    assert run_query(built, PARTIES, format="xml").count("<result>") == 2


@pytest.mark.parametrize(
    ("format", "expected"),
    [("table", "yes\n"), ("csv", "true\n"), ("tsv", "true\n"), ("json", '{"head":{},"boolean":true}')],
)
def test_ask(format: ResultFormat, expected: str, built: Path) -> None:
    assert run_query(built, "ASK { ?s dg:partyTo ?o }", format=format) == expected


@pytest.mark.parametrize("format", ["table", "turtle", "ntriples"])
def test_construct_gives_sorted_triples(format: ResultFormat, built: Path) -> None:
    text = run_query(built, "CONSTRUCT { ?s rdfs:label ?n } WHERE { ?s rdfs:label ?n }", format=format)
    assert text == run_query(built, "CONSTRUCT { ?s rdfs:label ?n } { ?s rdfs:label ?n }", format=format)
    graph = rdflib.Graph().parse(data=text, format="nt" if format == "ntriples" else "turtle")
    assert len(graph) == len(sample_graph().entities) + 1  # and the run that built it


@pytest.mark.parametrize(
    ("query", "line", "column", "problem"),
    [
        pytest.param("SELECT ?x WHERE {\n ?x a foo:Bar }", 2, 7, "of foo:Bar is not declared", id="prefix"),
        pytest.param("SELECT ?x WHERE {\n  ?x a\n}", 3, None, "expected", id="object missing"),
        pytest.param("SELECT", 1, None, "expected", id="end"),
        pytest.param("INSERT DATA { <a> <b> <c> }", 1, 1, "expected", id="update"),
        pytest.param("", 1, 1, "expected", id="empty"),
    ],
)
def test_error_points_at_its_place(
    query: str, line: int, column: int | None, problem: str, built: Path
) -> None:
    with pytest.raises(QueryError, match=problem) as caught:
        run_query(built, query)
    assert caught.value.line == line
    assert column is None or caught.value.column >= column
    lines = query.splitlines()
    if lines:
        text, caret = str(caught.value).splitlines()[-2:]
        assert text.strip() == lines[line - 1].strip()
        assert caret.index("^") - 2 == caught.value.column - 1


@pytest.mark.parametrize(
    ("query", "format", "problem"),
    [
        pytest.param(PARTIES, "turtle", "rows have no format", id="rows as turtle"),
        pytest.param("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "triples have no format", id="triples as csv"),
        pytest.param("DESCRIBE <country/JPN>", "json", "triples have no format", id="description as json"),
    ],
)
def test_answer_without_such_a_format(query: str, format: ResultFormat, problem: str, built: Path) -> None:
    with pytest.raises(QueryError, match=problem):
        run_query(built, query, format=format)


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        pytest.param("SELECT * { SERVICE <U> { ?s ?p ?o } }", True, id="plain"),
        pytest.param("SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }", True, id="case"),
        pytest.param("PREFIX : <U> SELECT * { SERVICE:x { ?s ?p ?o } }", True, id="a name at once"),
        pytest.param("PREFIX SERVICE: <U> SELECT * { SERVICE:x { } }", True, id="a prefix of that name"),
        pytest.param("SELECT * { ?s ?p 1SERVICE<U>{ ?s ?p ?o } }", True, id="after a number"),
        pytest.param("SELECT * { ?s ?p trueSERVICE<U>{ ?s ?p ?o } }", True, id="after a word"),
        pytest.param("SELECT * { ?s ?p '#' . SERVICE ?x { ?s ?p ?o } }", True, id="after a hash in a string"),
        pytest.param('SELECT * { ?s ?p "a\\"" . SERVICE ?x {} #"\n }', True, id="after an escaped quote"),
        pytest.param("SELECT * { ?s ?p dg:a\\#b . SERVICE <U> {}\n }", True, id="after an escaped hash"),
        pytest.param("SELECT * { ?s ?p <U#y> . SERVICE ?x {} }", True, id="after a hash in an IRI"),
        pytest.param("SELECT * { ?s ?p <U\\u0041#'> . SERVICE ?x {} }", True, id="after an escape in an IRI"),
        pytest.param("SELECT * { ?s ?p 1 . FILTER(1<2) SERVICE ?x {} FILTER(2>1) }", True, id="signs"),
        pytest.param("SELECT ?service { ?service a dg:service }", False, id="variable and name"),
        pytest.param("SELECT * { ?s ?p 'SERVICE <U> {}' } # SERVICE <U> {}", False, id="string and comment"),
        pytest.param("SELECT * { ?s ?p '''a ' SERVICE''' }", False, id="long string"),
        pytest.param("SELECT * { ?s ?p <U/SERVICE> }", False, id="in an IRI"),
        pytest.param("PREFIX service: <U> SELECT * { ?s service:p ?o }", False, id="prefix"),
    ],
)
def test_other_hosts_are_never_asked(query: str, refused: bool, built: Path) -> None:
    asked: list[str] = []

    class Host(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Host) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{host.server_address[1]}/"
        if refused:
            with pytest.raises(QueryError, match="another host"):
                run_query(built, query.replace("U", address))
        else:
            run_query(built, query.replace("U", address))
        host.shutdown()
    assert asked == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        pytest.param("missing", "does not exist", id="missing"),
        pytest.param(".", "holds no graph", id="empty folder"),
        pytest.param("notes.txt", "no RDF format", id="no RDF"),
    ],
)
def test_nothing_to_ask(target: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no triples here")
    with pytest.raises(InputError, match=message):
        run_query(tmp_path / target, PARTIES)


def test_vocabulary_and_background_stand_beside_the_documents(built: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) {{ {} {{ ?s skos:broader|org:memberOf ?o }} }}"
    assert " 0\n" not in run_query(built, query.format("GRAPH <graph/vocabulary>"))
    assert "\n0\n" not in run_query(built, query.format("GRAPH <graph/background>"))
    assert "\n0\n" in run_query(built, query.format(""))


def test_large_graph_is_kept_in_a_store_until_it_changes(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_module, "STORE_LIMIT", 100)
    first = run_query(built, PARTIES)
    mark = built / "store" / "loaded.json"
    loaded = mark.stat().st_mtime_ns
    assert run_query(built, PARTIES) == first
    assert mark.stat().st_mtime_ns == loaded, "the store is not loaded again"
    text = (built / "graph.ttl").read_text(encoding="utf-8").replace('"Japan"', '"Nippon"')
    (built / "graph.ttl").write_text(text, encoding="utf-8")
    assert "Nippon" in run_query(built, PARTIES)
    assert not list(built.glob("store.*"))


def test_prefixes_and_lines_of_an_error_are_those_of_the_query(built: Path) -> None:
    assert len(open_store(built)) > 0
    assert "country/JPN" in run_query(built, "PREFIX dg: <https://w3id.org/diplograph/ontology#>\n" + PARTIES)


def test_asking_loads_no_library_that_it_does_not_need(built: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from diplograph.exports.query import run_query\n"
        "run_query(Path(sys.argv[1]), 'SELECT * { GRAPH <graph/vocabulary> { ?s ?p ?o } } LIMIT 1')\n"
        "print(sorted({'rdflib', 'networkx', 'spacy', 'pandas', 'numpy', 'pyshacl'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(built)], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout == "[]\n"
