"""Measure the gain of the faster engines over networkx, and that they say the same.

Run by hand: ``python tests/bench/bench_graph.py [NODES]``. Prints one line a measure with the ratio of one
run; the exact betweenness of networkx is extrapolated from a sample of its sources, because all of them
would take minutes.
"""

import sys
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import networkx as nx
from diplograph.graph.communities import communities, modularity
from diplograph.graph.engines import Engine, available, betweenness_scores, pagerank_scores

T = TypeVar("T")
SOURCES = 150
TIES_PER_NODE = 3


def timed(job: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def furthest(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return max(abs(one[node] - other[node]) for node in one)


def main(nodes: int) -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(nodes, TIES_PER_NODE, seed=1), str)
    engines: list[Engine] = [name for name in available() if name != "networkx"]
    small = nx.relabel_nodes(nx.barabasi_albert_graph(min(nodes, 400), TIES_PER_NODE, seed=1), str)
    slow, _ = timed(lambda: nx.betweenness_centrality(graph, k=min(SOURCES, nodes), seed=1))
    slow *= nodes / min(SOURCES, nodes)
    reference = betweenness_scores(small, engine="networkx")
    pagerank_scores(small, damping=0.85, engine="networkx")  # imports are not part of the comparison
    for name in engines:
        gap = furthest(reference, betweenness_scores(small, engine=name))
        fast, _ = timed(lambda name=name: betweenness_scores(graph, engine=name))  # type: ignore[misc]
        print(f"betweenness  {name:10} {slow / fast:8.1f} times, furthest difference {gap:.1e}")
    slow, found = timed(lambda: pagerank_scores(graph, damping=0.85, engine="networkx"))
    for name in engines:
        fast, other = timed(lambda name=name: pagerank_scores(graph, damping=0.85, engine=name))  # type: ignore[misc]
        gap = furthest(found, other)
        print(f"pagerank     {name:10} {slow / fast:8.1f} times, furthest difference {gap:.1e}")
    slow, louvain = timed(lambda: communities(graph))
    print(f"communities  louvain         1.0 times, modularity {modularity(graph, louvain):.4f}")
    if "igraph" in engines:
        fast, leiden = timed(lambda: communities(graph, method="leiden"))
        print(f"communities  leiden     {slow / fast:8.1f} times, modularity {modularity(graph, leiden):.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
