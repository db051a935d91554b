"""Measure the RDF path against rdflib, in ratios of one run: bench_linked_data.py [CLAIMS] [SECONDS].

Writing, loading, validating, and asking all shipped questions, on a graph made up by a fixed recipe; 60,000
claims are a million triples. The answers of both stores are compared row by row; where rdflib takes longer than
SECONDS (default 60) for a question it is ended, and the ratio is a lower bound. No time is asserted, for
machines differ.
"""

import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import rdflib
from diplograph.exports.ask import fill, questions
from diplograph.exports.query import STORE_LIMIT, answer_query, evaluate, open_store
from diplograph.exports.rdf_vocabulary import (
    BACKGROUND_GRAPH,
    VOCABULARY_GRAPH,
    background_text,
    vocabulary_text,
)
from diplograph.exports.turtle import write_turtle
from diplograph.extract.records import Claim, Entity, Evidence, Qualifiers
from diplograph.graph.knowledge import DocumentRecord, KnowledgeGraph
from diplograph.ontology.model import ID_PREFIX, MODALITIES

T = TypeVar("T")

# Runs the program in a process of its own, which tells the peak of its memory in kB.
PEAK = """
import resource, sys
from diplograph.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
DOCUMENTS = 40
SHAPES = (
    ("country", "partyTo", "agreement"),
    ("country", "participatesIn", "event"),
    ("country", "memberOf", "forum"),
    ("country", "providesAssistanceTo", "country"),
    ("country", "cooperatesWith", "country"),
    ("person", "holdsPosition", "country"),
    ("person", "visits", "country"),
    ("event", "sessionOf", "forum"),
    ("forum", "addresses", "issue"),
    ("country", "criticizes", "country"),
)
ARGUMENTS = {
    "actor": "country/c1",
    "agreement": "agreement/a1",
    "body": "forum/f1",
    "country": "country/c1",
    "entity": "country/c2",
    "issue": "issue/terrorism",
    "meeting": "event/e1",
    "person": "person/p1",
    "text": "aid",
    "year": "2016",
}


def made_up(size: int) -> KnowledgeGraph:
    """Make a graph of about ``size`` claims; a few entities are named far more often than the others."""
    rng = random.Random(20)
    counts = {
        "country": 190,
        "agreement": size // 8,
        "event": size // 8,
        "forum": 80,
        "person": 400,
        "issue": 60,
    }
    classes = {prefix: cls for cls, prefix in ID_PREFIX.items()}
    ids = {p: [f"{p}/{p[0]}{i}" for i in range(n)] for p, n in counts.items()}
    ids["issue"][0] = "issue/terrorism"
    entities = {
        key: Entity(id=key, cls=classes[prefix], label=f"The {key}")
        for prefix, keys in ids.items()
        for key in keys
    }
    claims: dict[str, Claim] = {}
    for number in range(size):
        subject, predicate, target = rng.choice(SHAPES)
        start = number * 60
        aid = predicate == "providesAssistanceTo"
        ends = [ids[p][int(len(ids[p]) * rng.random() ** 2)] for p in (subject, target)]
        if ends[0] == ends[1]:
            continue
        claim = Claim(
            subject=ends[0],
            predicate=predicate,
            object=ends[1],
            qualifiers=Qualifiers(
                date=f"{rng.randrange(2005, 2020)}-{rng.randrange(1, 13):02}",
                amount=str(rng.randrange(1, 900) * 1000) if aid else "",
                currency="USD" if aid else "",
                purpose="aid for roads" if aid else "",
                position="Minister" if predicate == "holdsPosition" else "",
                issue=rng.choice(ids["issue"]) if predicate == "cooperatesWith" else "",
            ),
            modality=MODALITIES[0] if rng.random() < 0.85 else rng.choice(MODALITIES),
            confidence=0.9,
            rule="bench",
            evidence=(
                Evidence(
                    document=f"d{number % DOCUMENTS}",
                    start=start,
                    end=start + 49,
                    text="These words stand for a sentence of the document. "[:49],
                ),
            ),
        )
        claims.setdefault(claim.id, claim)
    documents = {f"d{i}": DocumentRecord(id=f"d{i}", characters=size * 60 + 60) for i in range(DOCUMENTS)}
    return KnowledgeGraph(entities=entities, claims=tuple(claims.values()), documents=documents)


def timed(act: Callable[[], object]) -> float:
    """Give the seconds that ``act`` takes, the least of three."""
    found = []
    for _ in range(3):
        begin = time.perf_counter()
        act()
        found.append(time.perf_counter() - begin)
    return min(found)


def once(act: Callable[[], T]) -> tuple[float, T]:
    """Give the seconds that ``act`` takes, once, and what it gives."""
    begin = time.perf_counter()
    result = act()
    return time.perf_counter() - begin, result


def run(*arguments: object) -> tuple[float, float, str]:
    """Run the program; give its seconds, the peak of its memory in MB, and what it printed."""
    program = [sys.executable, "-c", PEAK, *map(str, arguments)]
    begin = time.perf_counter()
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begin
    return seconds, float(done.stderr.split()[-1]) / 1024, done.stdout.strip()


def main(size: int, patience: int) -> None:
    """Measure and print, one line a stage."""
    kg = made_up(size)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        ours = timed(lambda: write_turtle(kg, path))
        graph = rdflib.Dataset()
        loading, _ = once(lambda: graph.default_graph.parse(path))
        theirs, done = apart(lambda: [graph.default_graph.serialize(format="turtle")[:0]], patience)
        more = "" if done is not None else "more than "
        triples = len(graph.default_graph)
        print(
            f"{triples:,} triples from {len(kg.claims):,} claims, {path.stat().st_size / 1e6:.0f} MB of Turtle"
        )
        print(
            f"write Turtle: {ours:.2f} s, rdflib {more}{theirs:.1f} s, ratio {more}{theirs / ours:.1f}",
            flush=True,
        )
        loaded = timed(lambda: open_store(path))
        print(
            f"load Turtle: {loaded:.2f} s, rdflib {loading:.2f} s, ratio {loading / loaded:.1f}", flush=True
        )
        seconds, peak, told = run("validate", path, "--engine", "sparql")
        print(f"validate by SPARQL: {seconds:.1f} s, peak {peak:.0f} MB; {told.splitlines()[-1]}", flush=True)
        count = "SELECT (COUNT(*) AS ?n) { ?c a dg:Claim }"
        if path.stat().st_size > STORE_LIMIT:
            first, _, _ = run("query", folder, count)
            again, peak, _ = run("query", folder, count)
            plain, more, _ = run("query", path, count)
            print(
                f"a query of the command line: {plain:.2f} s and {more:.0f} MB without a store, {first:.2f} s while one "
                f"is made, {again:.2f} s and {peak:.0f} MB with it",
                flush=True,
            )
        for name, text in ((VOCABULARY_GRAPH, vocabulary_text()), (BACKGROUND_GRAPH, background_text())):
            graph.graph(rdflib.URIRef(name)).parse(data=text, format="turtle")
        ask_all(open_store(path, beside=True), graph, patience)


def ask_all(store: ox.Store, graph: rdflib.Dataset, patience: int) -> None:
    """Ask every question of both stores, compare the rows, and print the ratios, the least first."""
    ratios: list[tuple[float, str, str]] = []
    list(
        graph.query("SELECT * { ?s a ?c } LIMIT 1")
    )  # what rdflib loads with its first query is not compared
    for name, question in questions().items():
        query = fill(store, question, [ARGUMENTS[p.kind] for p in question.parameters])
        found = evaluate(store, query)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        rows = sorted([plain("" if row[n] is None else row[n].value) for n in names] for row in found)
        quick = timed(lambda query=query: answer_query(store, query, format="csv"))  # type: ignore[misc]
        slow, theirs = in_rdflib(graph, query, patience)
        told = f"more than {slow:.0f} s" if theirs is None else f"{slow * 1000:.1f} ms"
        same = "rows not compared" if theirs is None else "rows equal" if rows == theirs else "ROWS DIFFER"
        ratios.append((slow / quick, name, f"{quick * 1000:.2f} ms, rdflib {told}, {len(rows)} rows, {same}"))
        print(f"  {name}: {ratios[-1][0]:.1f} times ({ratios[-1][2]})", flush=True)
    least = min(ratios)
    middle = statistics.median(ratio for ratio, _, _ in ratios)
    print(f"{len(ratios)} questions: median ratio {middle:.1f}, least {least[0]:.1f} ({least[1]})")


def in_rdflib(graph: rdflib.Dataset, query: str, patience: int) -> tuple[float, list[list[str]] | None]:
    """Ask rdflib; give its seconds and its rows, sorted."""

    def rows() -> list[list[str]]:
        return sorted([plain("" if c is None else str(c)) for c in row] for row in graph.query(query))  # type: ignore[union-attr]

    return apart(rows, patience)


def apart(act: Callable[[], T], patience: int) -> tuple[float, T | None]:
    """Act in a process of its own; give the seconds and the result, None where it was ended after ``patience``."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        signal.alarm(patience)
        seconds, result = once(act)
        with os.fdopen(write, "w", encoding="utf-8") as file:
            json.dump([seconds, result], file)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as file:
        text = file.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else (float(patience), None)  # type: ignore[no-any-return]


def plain(text: str) -> str:
    """Write numbers alike: the engines differ in trailing noughts."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else text


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 400, given[1] if len(given) > 1 else 60)
