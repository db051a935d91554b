"""The endpoint: the SPARQL protocol for real clients, limits with clear answers, no way to write."""

import csv
import http.client
import io
import json
import re
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import rdflib
from diplograph.exports.query_results import ROW_WRITERS
from diplograph.exports.serve import Limits, make_server
from diplograph.exports.turtle import write_turtle
from diplograph.ontology.errors import InputError
from factories import sample_graph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.plugins.stores.sparqlstore import SPARQLStore

NAMES = "SELECT ?n ?z { ?c a dg:Country ; rdfs:label ?n OPTIONAL { ?c dg:iso3 ?z } } ORDER BY ?n"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("out")
    write_turtle(sample_graph(), folder / "graph.ttl")
    (folder / "graph.html").write_text("<title>Explorer</title>", encoding="utf-8")
    limits = Limits(seconds=4, rows=200, request_bytes=5_000, idle_seconds=5)
    server, pool = make_server(folder, workers=2, limits=limits)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()
    pool.close()


def request(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return found


def get(address: str, query: str, accept: str = "*/*", **more: str) -> tuple[int, dict[str, str], bytes]:
    return request(
        address, "GET", "/sparql?" + urllib.parse.urlencode({"query": query, **more}), Accept=accept
    )


@pytest.mark.parametrize(
    ("method", "path", "body", "media"),
    [
        pytest.param("GET", "/sparql?query=" + urllib.parse.quote(NAMES), None, "", id="get"),
        pytest.param("POST", "/sparql", urllib.parse.urlencode({"query": NAMES}), FORM, id="form"),
        pytest.param("POST", "/sparql", NAMES, "application/sparql-query", id="direct"),
        pytest.param("POST", "/sparql", NAMES, "application/sparql-query; charset=utf-8", id="charset"),
    ],
)
def test_three_ways_to_ask(method: str, path: str, body: str | None, media: str, address: str) -> None:
    headers = {"Content_Type": media} if media else {}
    status, _, data = request(address, method, path, body.encode() if body else None, **headers)
    assert status == 200
    names = [row["n"]["value"] for row in json.loads(data)["results"]["bindings"]]
    assert names == sorted(e.label for e in sample_graph().entities.values() if e.cls == "Country")


@pytest.mark.parametrize("media", ROW_WRITERS)
def test_rows_in_every_format_hold_the_same(media: str, address: str) -> None:
    status, headers, data = get(address, NAMES, media)
    assert (status, headers["content-type"].split(";")[0]) == (200, media)
    rows = csv.DictReader(io.StringIO(get(address, NAMES, "text/csv")[2].decode(), newline=""))
    for row in rows:
        assert row["n"].encode() in data and row["z"].encode() in data


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        pytest.param("ASK {}", "text/html, */*;q=0.1", "application/sparql-results+json", id="browser"),
        pytest.param("ASK {}", "text/csv;q=0.1, application/xml", "application/xml", id="q"),
        pytest.param("ASK {}", "*/*, text/csv", "text/csv", id="named before any"),
        pytest.param("SELECT * {}", "text/*", "text/csv", id="family"),
        pytest.param("CONSTRUCT {} {}", "*/*", "text/turtle", id="triples"),
        pytest.param("DESCRIBE <country/JPN>", "text/plain", "text/plain", id="description"),
    ],
)  # fmt: skip
def test_negotiation(query: str, accept: str, media: str, address: str) -> None:
    status, headers, _ = get(address, query, accept)
    assert (status, headers["content-type"].split(";")[0]) == (200, media)


def test_nothing_acceptable_is_told_with_what_there_is(address: str) -> None:
    status, _, data = get(address, "ASK {}", "image/png")
    assert status == 406 and b"text/csv" in data


def test_odd_text_survives_every_format(address: str) -> None:
    odd = '"a\\"b\\t\\n<&\\r\\u0001\\u65E5"'
    query = f'SELECT ({odd} AS ?x) ("x"@en AS ?y) (1.5 AS ?z) (dg:p AS ?p) (BNODE() AS ?b) {{}}'
    for media, reader in (
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
    ):
        data = get(address, query, media)[2]
        (row,) = rdflib.query.Result.parse(io.BytesIO(data), format=reader)
        expected = 'a"b\t\n<&\r\x01日'
        assert str(row[0]) == (expected if reader == "json" else expected.replace("\x01", "\ufffd"))
        assert (row[1], row[2].value, str(row[3])) == (
            rdflib.Literal("x", lang="en"),
            rdflib.Literal("1.5", datatype=rdflib.XSD.decimal).value,
            "https://w3id.org/diplograph/ontology#p",
        )


def test_pages_follow_one_another(address: str) -> None:
    found: list[str] = []
    path = "/sparql?" + urllib.parse.urlencode({"query": NAMES, "limit": "2"})
    while path:
        status, headers, data = request(address, "GET", path, Accept="text/csv")
        assert status == 200
        found += [row["n"] for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]
        links = [link for link in headers.get("link", "").split(", ") if 'rel="next"' in link]
        path = links[0].split(">")[0][1:] if links else ""
    assert found == sorted(e.label for e in sample_graph().entities.values() if e.cls == "Country")


def test_rdflib_is_a_client(address: str) -> None:
    store = SPARQLStore(query_endpoint=f"http://{address}/sparql", returnFormat="json")
    graph = rdflib.Graph(store)
    rows = list(graph.query("SELECT ?c { ?c a <https://w3id.org/diplograph/ontology#Country> }"))
    assert len(rows) == sum(e.cls == "Country" for e in sample_graph().entities.values())


def test_sparqlwrapper_is_a_client(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    for method in (wrapper.GET, wrapper.POST):
        client = wrapper.SPARQLWrapper(f"http://{address}/sparql", returnFormat=wrapper.JSON)
        client.setMethod(method)
        client.setQuery(NAMES)
        assert client.query().convert()["results"]["bindings"]


def test_named_graphs_can_be_chosen(address: str) -> None:
    graph = "https://w3id.org/diplograph/id/graph/background"
    query = "ASK { ?s a dg:BackgroundFact }"
    assert b"false" in get(address, query)[2]
    assert b"true" in get(address, query, **{"default-graph-uri": graph})[2]


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status"),
    [
        pytest.param("GET", "/sparql?query=SELEC", None, "", 400, id="syntax"),
        pytest.param("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, "", 400, id="two queries"),
        pytest.param("GET", "/sparql?quer=x", None, "", 400, id="no query"),
        pytest.param("GET", "/sparql?query=%FF", None, "", 400, id="no UTF-8 in the address"),
        pytest.param("GET", "/sparql?%%%", None, "", 400, id="no parameters"),
        pytest.param("GET", "/sparql?query=ASK%20%7B%7D&limit=-1", None, "", 400, id="negative limit"),
        pytest.param("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=x%20y", None, "", 400, id="graph"),
        pytest.param("GET", "/sparql?update=CLEAR%20ALL", None, "", 403, id="update in the address"),
        pytest.param("POST", "/sparql", "update=CLEAR+ALL", FORM, 403, id="update in a form"),
        pytest.param("POST", "/sparql", "CLEAR ALL", "application/sparql-update", 403, id="update"),
        pytest.param("POST", "/sparql", "INSERT DATA {}", "application/sparql-query", 400, id="insert"),
        pytest.param("POST", "/sparql", "LOAD <file:///etc/passwd>",
                     "application/sparql-query", 400, id="load"),
        pytest.param("POST", "/sparql", "SELECT * { SERVICE <http://127.0.0.1:1/> {} }",
                     "application/sparql-query", 400, id="service"),
        pytest.param("POST", "/sparql", "{}", "application/json", 415, id="media type"),
        pytest.param("POST", "/sparql", "x" * 5_001, "application/sparql-query", 413, id="too large"),
        pytest.param("POST", "/other", "query=x", FORM, 404, id="nowhere"),
        pytest.param("GET", "/../../etc/passwd", None, "", 404, id="path upwards"),
        pytest.param("GET", "/query_page/../serve.py", None, "", 404, id="path of the package"),
        pytest.param("PUT", "/sparql", "x", "text/turtle", 405, id="put"),
        pytest.param("DELETE", "/sparql", None, "", 405, id="delete"),
    ],
)  # fmt: skip
def test_refusals(method: str, path: str, body: str | None, media: str, status: int, address: str) -> None:
    headers = {"Content_Type": media} if media else {}
    found, _, data = request(address, method, path, body.encode() if body else None, **headers)
    assert found == status
    assert data.strip(), "a refusal says why"
    assert get(address, "ASK {}")[0] == 200


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\x00\x01\x02\r\n\r\n", id="binary"),
        pytest.param(b"GET /sparql HTTP/9.9\r\n\r\n", id="version"),
        pytest.param(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", id="long address"),
        pytest.param(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500 + b"\r\n", id="many headers"),
        pytest.param(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n", id="no length"),
        pytest.param(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", id="negative"
        ),
        pytest.param(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            id="chunked",
        ),
        pytest.param(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", id="rebound name"),
        pytest.param(
            b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nGET /",
            id="body of a get",
        ),
    ],
)
def test_malformed_requests_leave_the_server_well(raw: bytes, address: str) -> None:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except ConnectionResetError:
            pass
    assert b" 200 " not in answer.split(b"\r\n")[0] or b"ASK" in raw
    assert answer.count(b"HTTP/1.") <= 1
    assert get(address, "ASK {}")[0] == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(max_size=60),
        st.text("SELECTWHRASK{}?*<>\"'#\\\n .:;123", max_size=60).map(lambda t: f"SELECT * {{ {t} }}"),
    ),
    accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)
def test_whatever_is_asked_gets_an_answer_or_a_reason(query: str, accept: str, address: str) -> None:
    status, _, data = get(address, query, accept)
    assert status in (200, 400, 406)
    assert status == 200 or data.strip()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=80), media=st.sampled_from([FORM, "application/sparql-query", "text/plain"]))
def test_whatever_is_posted_gets_an_answer_or_a_reason(body: bytes, media: str, address: str) -> None:
    status, _, data = request(address, "POST", "/sparql", body, Content_Type=media)
    assert status in (200, 400, 403, 406, 415)
    assert data


LINES = st.sampled_from(
    [
        b"GET / HTTP/1.1",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1",
        b"HEAD /query HTTP/1.0",
        b"POST /sparql HTTP/1.1",
        b"POST /sparql?query=ASK%7B%7D HTTP/1.1",
        b"OPTIONS * HTTP/1.1",
        b"CONNECT 127.0.0.1:22 HTTP/1.1",
        b"GET http://127.0.0.1/sparql HTTP/1.1",
        b"GET //etc/passwd HTTP/1.1",
        b"GET /%2e%2e/%00 HTTP/1.1",
        b"PRI * HTTP/2.0",
        b"GET /",
        b" ",
    ]
)
HEADS = st.sampled_from(
    [
        b"Host: localhost",
        b"Host: 127.0.0.1:80",
        b"Host: evil.example",
        b"Host:",
        b"Content-Length: 9",
        b"Content-Length: 9, 9",
        b"Content-Length: 99999999999999999999",
        b"Content-Length: \xb2",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: identity",
        b"Content-Type: application/x-www-form-urlencoded",
        b"Content-Type: application/sparql-query",
        b"Content-Type: ;;;",
        b"Accept: text/csv;q=0.5, */*;q=x",
        b"Expect: 100-continue",
        b"Connection: Upgrade",
        b"Upgrade: h2c",
        b" folded: line",
        b"No colon",
        b"\x00: \xff",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=LINES,
    heads=st.lists(HEADS, max_size=5),
    ending=st.sampled_from([b"\r\n", b"\n"]),
    body=st.one_of(st.binary(max_size=40), st.just(b"query=ASK%7B%7D"), st.just(b"0\r\n\r\n")),
    cut=st.integers(0, 400),
    flips=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 255)), max_size=3),
)
def test_bytes_of_any_kind_leave_the_server_well(
    line: bytes,
    heads: list[bytes],
    ending: bytes,
    body: bytes,
    cut: int,
    flips: list[tuple[int, int]],
    address: str,
) -> None:
    """Send what is nearly a request, cut short and with some bytes changed; no answer is a server's error."""
    raw = bytearray(ending.join([line, *heads, b"", b""]) + body)[:cut]
    for place, byte in flips:
        if place < len(raw):
            raw[place] = byte
    host, _, port = address.partition(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        try:
            connection.sendall(bytes(raw))
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        except (BrokenPipeError, ConnectionResetError):
            pass
    told = re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)
    assert all(status < b"500" or status in (b"501", b"505") for status in told), answer[:300]
    assert get(address, "ASK {}")[0] == 200


def test_long_query_is_ended_and_others_go_on(address: str) -> None:
    with ThreadPoolExecutor() as pool:
        long = pool.submit(get, address, CROSS)
        assert get(address, NAMES)[0] == 200
        status, headers, data = long.result()
    assert status == 503 and b"took longer than 4 seconds" in data
    assert headers["retry-after"]
    assert get(address, NAMES)[0] == 200


def test_too_many_rows_are_refused_with_a_way_out(address: str) -> None:
    status, _, data = get(address, "SELECT * { ?s ?p ?o }")
    assert status == 400 and b"more than 200 rows; add a LIMIT" in data
    assert get(address, "SELECT * { ?s ?p ?o }", limit="200")[0] == 200


def test_many_clients_at_once(address: str) -> None:
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: get(address, NAMES, "text/csv")[2], range(200)))
    assert len(set(answers)) == 1


def test_one_connection_carries_many_requests(address: str) -> None:
    connection = http.client.HTTPConnection(address, timeout=30)
    for path in ("/sparql?query=ASK%7B%7D", "/nowhere", "/sparql?query=x", "/sparql?query=ASK%7B%7D"):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    assert answer.status == 200
    connection.close()


def test_pages(address: str) -> None:
    assert b"Explorer" in request(address, "GET", "/")[2]
    status, headers, page = request(address, "GET", "/query")
    assert status == 200 and "connect-src 'self'" in headers["content-security-policy"]
    for asset in ("/yasgui.min.js", "/yasgui.min.css", "/query.js"):
        assert asset.encode() in page
        assert request(address, "GET", asset)[0] == 200
    assert len(json.loads(request(address, "GET", "/questions.json")[2])["questions"]) >= 30


def test_head_has_no_body(address: str) -> None:
    status, headers, data = request(address, "HEAD", "/query")
    assert (status, data) == (200, b"") and int(headers["content-length"]) > 0


def test_service_describes_itself(address: str) -> None:
    status, headers, data = request(address, "GET", "/sparql")
    assert status == 200 and headers["content-type"].startswith("text/turtle")
    graph = rdflib.Graph().parse(data=data, format="turtle", publicID=f"http://{address}/")
    assert (None, None, rdflib.URIRef(f"http://{address}/sparql")) in graph


@pytest.mark.parametrize("origin", ["", "https://example.org"])
def test_other_origins_may_ask_only_where_allowed(origin: str, tmp_path: Path) -> None:
    write_turtle(sample_graph(), tmp_path / "graph.ttl")
    server, pool = make_server(tmp_path, workers=1, allow_origin=origin)
    threading.Thread(target=server.serve_forever).start()
    try:
        answer = request(
            f"127.0.0.1:{server.server_address[1]}", "OPTIONS", "/sparql", Origin="https://example.org"
        )
        assert answer[0] == 204
        assert answer[1].get("access-control-allow-origin", "") == origin
        assert request(f"127.0.0.1:{server.server_address[1]}", "GET", "/")[0] == 404, "no explorer page"
    finally:
        server.shutdown()
        server.server_close()
        pool.close()


def test_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no graph"):
        make_server(tmp_path)
