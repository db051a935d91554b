"""Measure the gain of the faster engines over networkx, and that they say the same.

Run by hand: ``python tests/bench/bench_graph.py [NODES]``. Prints one line a measure and engine with the ratio of
one run, the making of the engine's own graph included; betweenness and closeness of networkx are extrapolated from
a sample of their sources, because all of them would take minutes.
"""

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import networkx as nx
from diplograph.graph.communities import communities, modularity
from diplograph.graph.engines import (
    ABLE,
    available,
    betweenness_scores,
    closeness_scores,
    eigenvector_scores,
    pagerank_scores,
)

T = TypeVar("T")
SOURCES = 150
TIES_PER_NODE = 3


def timed(job: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def furthest(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return max(abs(one[node] - other[node]) for node in one)


def in_networkx(graph: nx.Graph) -> dict[str, float]:
    """Give the seconds that networkx takes for each measure, some of them extrapolated."""
    share = len(graph) / min(SOURCES, len(graph))
    some = list(graph)[:: max(1, int(share))]
    pagerank_scores(graph, damping=0.85, engine="networkx")  # imports are not part of the comparison
    jobs: dict[str, tuple[Callable[[], object], float]] = {
        "betweenness": (
            lambda: nx.betweenness_centrality(graph, k=len(some), seed=1),
            len(graph) / len(some),
        ),
        "closeness": (lambda: [nx.closeness_centrality(graph, n) for n in some], len(graph) / len(some)),
        "eigenvector": (lambda: eigenvector_scores(graph, engine="networkx"), 1.0),
        "pagerank": (lambda: pagerank_scores(graph, damping=0.85, engine="networkx"), 1.0),
    }
    return {name: timed(job)[0] * times for name, (job, times) in jobs.items()}


def main(nodes: int) -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(nodes, TIES_PER_NODE, seed=1), str)
    small = nx.relabel_nodes(nx.barabasi_albert_graph(min(nodes, 400), TIES_PER_NODE, seed=1), str)
    scores: dict[str, Callable[..., Mapping[str, float]]] = {
        "betweenness": betweenness_scores,
        "closeness": closeness_scores,
        "eigenvector": eigenvector_scores,
        "pagerank": partial(pagerank_scores, damping=0.85),
    }
    slow = in_networkx(graph)
    for measure, engines in ABLE.items():
        for engine in engines:
            if engine not in available():
                continue
            gap = furthest(scores[measure](small, engine="networkx"), scores[measure](small, engine=engine))
            fast = min(timed(partial(scores[measure], graph, engine=engine))[0] for _ in range(2))
            print(
                f"{measure:12} {engine:10} {slow[measure] / fast:8.1f} times ({slow[measure]:.2f} s against "
                f"{fast:.3f} s), furthest difference {gap:.0e}",
                flush=True,
            )
    took, louvain = timed(lambda: communities(graph))
    print(f"communities  louvain         1.0 times, modularity {modularity(graph, louvain):.4f}")
    if "igraph" in available():
        fast, leiden = timed(lambda: communities(graph, method="leiden"))
        print(f"communities  leiden     {took / fast:8.1f} times, modularity {modularity(graph, leiden):.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
