"""Measure the RDF path against rdflib, in ratios of one run: bench_linked_data.py [CLAIMS].

Writing, loading, validating, and asking all shipped questions, on a graph made up by a fixed recipe. The
answers of both stores are compared row by row; no time is asserted, for machines differ.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib
from diplograph.exports.ask import fill, questions
from diplograph.exports.query import answer_query, evaluate, open_store
from diplograph.exports.turtle import write_turtle
from diplograph.exports.validate import validate
from diplograph.extract.records import Claim, Entity, Evidence, Qualifiers
from diplograph.graph.knowledge import DocumentRecord, KnowledgeGraph
from diplograph.ontology.model import ID_PREFIX, MODALITIES

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


def main(size: int) -> None:
    """Measure and print, one line a stage."""
    kg = made_up(size)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        ours = timed(lambda: write_turtle(kg, path))
        begin = time.perf_counter()
        graph = rdflib.Graph().parse(path)
        loading = time.perf_counter() - begin
        begin = time.perf_counter()
        graph.serialize(Path(folder) / "theirs.ttl", format="turtle")
        theirs = time.perf_counter() - begin
        print(f"{len(graph)} triples from {len(kg.claims)} claims")
        print(f"write Turtle: {ours:.2f} s, rdflib {theirs:.2f} s, ratio {theirs / ours:.1f}")
        loaded = timed(lambda: open_store(path))
        print(f"load Turtle: {loaded:.2f} s, rdflib {loading:.2f} s, ratio {loading / loaded:.1f}")
        begin = time.perf_counter()
        report = validate(path, engine="sparql")
        seconds = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"validate by SPARQL: {seconds:.2f} s, {len(report.findings)} findings, peak of the run {peak} MB"
        )
        ask_all(open_store(path, beside=True), graph)


def ask_all(store: ox.Store, graph: rdflib.Graph) -> None:
    """Ask every question of both stores, compare the rows, and print the ratios, the least first."""
    ratios = []
    for name, question in questions().items():
        if "GRAPH" in question.query:
            continue  # rdflib's plain graph has no named graphs
        query = fill(store, question, [ARGUMENTS[p.kind] for p in question.parameters])
        begin = time.perf_counter()
        theirs = sorted(str(["" if c is None else str(c) for c in row]) for row in graph.query(query))
        slow = time.perf_counter() - begin
        quick = timed(lambda query=query: answer_query(store, query, format="csv"))
        found = evaluate(store, query)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        rows = sorted(str(["" if row[n] is None else row[n].value for n in names]) for row in found)
        same = "" if rows == theirs else "  ROWS DIFFER"
        ratios.append((slow / quick, name, slow, quick, len(rows), same))
    for ratio, name, slow, quick, rows, same in sorted(ratios):
        print(
            f"  {name}: {ratio:.1f} ({slow * 1000:.1f} ms against {quick * 1000:.1f} ms, {rows} rows){same}"
        )
    print(
        f"questions: median ratio {statistics.median(r[0] for r in ratios):.1f}, least {min(ratios)[0]:.1f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
