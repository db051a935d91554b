"""Faster libraries for the same numbers: for each measure the quicker of rustworkx and networkit, else networkx.

igraph (GPL) serves only where it is asked for by name.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Final, Literal, cast

import networkx as nx
from diplograph.graph.extras import MissingExtra

__all__ = [
    "Engine",
    "available",
    "betweenness_scores",
    "choose",
    "closeness_scores",
    "eigenvector_scores",
    "pagerank_scores",
]

Engine = Literal["auto", "networkx", "rustworkx", "networkit", "igraph"]

# Below this number of nodes networkx needs less time than the import of another library.
SMALL: Final = 500

# Extras that bring the libraries.
EXTRAS: Final = {"rustworkx": "fast", "networkit": "fast", "igraph": "igraph"}

# Measure -> the engines that compute it beside networkx, the quickest first (tests/bench/bench_graph.py).
ABLE: Final = {
    "betweenness": ("rustworkx", "networkit", "igraph"),
    "closeness": ("networkit", "rustworkx"),
    "eigenvector": ("rustworkx",),
    "pagerank": ("rustworkx", "networkit", "igraph"),
}

EIGENVECTOR_TOLERANCE: Final = 1e-10
EIGENVECTOR_ROUNDS: Final = 10_000

# Stop when the sum of changes is below this times the number of nodes, as networkx does.
PAGERANK_TOLERANCE: Final = 1e-12
PAGERANK_ROUNDS: Final = 1000


def available() -> tuple[Engine, ...]:
    """Give the engines that can be used here, networkx first, then by name."""
    others = (name for name in sorted(EXTRAS) if find_spec(name) is not None)
    return cast("tuple[Engine, ...]", ("networkx", *others))


def choose(graph: nx.Graph, engine: Engine, *, measure: str = "betweenness") -> Engine:
    """Say which engine serves: the one asked for, or by size and what is installed if that is ``auto``.

    Raises:
        MissingExtra: If the one asked for is not installed.
        ValueError: If there is no such engine, or it does not compute the measure.
    """
    able = ABLE[measure]
    if engine == "auto":
        if len(graph) < SMALL:
            return "networkx"
        free = [name for name in able if EXTRAS[name] == "fast" and name in available()]
        return free[0] if free else "networkx"
    if engine != "networkx" and engine not in able:
        msg = f"{engine!r} is no engine for {measure}; choose auto, networkx, {', '.join(sorted(able))}"
        raise ValueError(msg)
    if engine not in available():
        raise MissingExtra(engine, EXTRAS[engine])
    return engine


def _numbered(graph: nx.Graph) -> tuple[list[str], list[tuple[int, int, float]]]:
    nodes = list(graph)
    place = {node: i for i, node in enumerate(nodes)}
    return nodes, [(place[a], place[b], float(w)) for a, b, w in graph.edges(data="weight", default=1)]


def betweenness_scores(graph: nx.Graph, *, engine: Engine) -> Mapping[str, float]:
    """Give betweenness of a simple undirected graph, as a share of the pairs of others; weights ignored."""
    name = choose(graph, engine, measure="betweenness")
    nodes, edges = _numbered(graph)
    if name == "networkx" or len(nodes) < 3:
        return cast("Mapping[str, float]", nx.betweenness_centrality(graph))
    pairs = (len(nodes) - 1) * (len(nodes) - 2) / 2
    if name == "rustworkx":
        import rustworkx

        fast = rustworkx.PyGraph(multigraph=False)
        fast.add_nodes_from(nodes)
        fast.add_edges_from(edges)
        scores = rustworkx.betweenness_centrality(fast, normalized=True)
        return {nodes[i]: value for i, value in scores.items()}
    if name == "networkit":
        import networkit

        graph_ = networkit.Graph(len(nodes))
        for first, second, _ in edges:
            graph_.addEdge(first, second)
        scores = networkit.centrality.Betweenness(graph_, normalized=False).run().scores()
        # networkit counts each pair from both of its ends
        return {node: value / (2 * pairs) for node, value in zip(nodes, scores, strict=True)}
    import igraph

    graph_ = igraph.Graph(n=len(nodes), edges=[(first, second) for first, second, _ in edges])
    return {node: value / pairs for node, value in zip(nodes, graph_.betweenness(), strict=True)}


def closeness_scores(graph: nx.Graph, *, engine: Engine) -> Mapping[str, float]:
    """Give closeness of a simple undirected graph after Wasserman and Faust; weights ignored."""
    name = choose(graph, engine, measure="closeness")
    if name == "networkx" or not graph.number_of_edges():
        return cast("Mapping[str, float]", nx.closeness_centrality(graph, wf_improved=True))
    nodes, edges = _numbered(graph)
    if name == "rustworkx":
        import rustworkx

        fast = rustworkx.PyGraph(multigraph=False)
        fast.add_nodes_from(nodes)
        fast.add_edges_from(edges)
        return {nodes[i]: value for i, value in rustworkx.closeness_centrality(fast).items()}
    import networkit

    graph_ = networkit.Graph(len(nodes))
    for first, second, _ in edges:
        graph_.addEdge(first, second)
    runner = networkit.centrality.Closeness(graph_, True, networkit.centrality.ClosenessVariant.GENERALIZED)
    return dict(zip(nodes, runner.run().scores(), strict=True))


def eigenvector_scores(graph: nx.Graph, *, engine: Engine) -> Mapping[str, float]:
    """Give eigenvector centrality of a simple undirected graph that has edges, weighted, of length 1."""
    name = choose(graph, engine, measure="eigenvector")
    if name == "networkx":
        scores = nx.eigenvector_centrality(
            graph, max_iter=EIGENVECTOR_ROUNDS, tol=EIGENVECTOR_TOLERANCE, weight="weight"
        )
        return cast("Mapping[str, float]", scores)
    import rustworkx

    nodes, edges = _numbered(graph)
    fast = rustworkx.PyGraph(multigraph=False)
    fast.add_nodes_from(nodes)
    fast.add_edges_from(edges)
    found = rustworkx.eigenvector_centrality(
        fast, weight_fn=float, max_iter=EIGENVECTOR_ROUNDS, tol=EIGENVECTOR_TOLERANCE
    )
    return {nodes[i]: value for i, value in found.items()}


def pagerank_scores(graph: nx.Graph, *, damping: float, engine: Engine) -> Mapping[str, float]:
    """Give PageRank of a simple graph, weighted, directed or not, to 1e-9 or better."""
    name = choose(graph, engine, measure="pagerank")
    if not graph:
        return {}
    if name == "igraph":
        import igraph

        nodes, edges = _numbered(graph)
        graph_ = igraph.Graph(n=len(nodes), edges=[(a, b) for a, b, _ in edges], directed=graph.is_directed())
        scores = graph_.pagerank(damping=damping, weights=[w for *_, w in edges] or None)
        return dict(zip(nodes, scores, strict=True))
    if name == "rustworkx":
        import rustworkx

        nodes, edges = _numbered(graph)
        fast = rustworkx.PyDiGraph()
        fast.add_nodes_from(nodes)
        fast.add_edges_from(edges)
        if not graph.is_directed():
            fast.add_edges_from([(b, a, w) for a, b, w in edges])
        found = rustworkx.pagerank(
            fast, alpha=damping, weight_fn=float, tol=PAGERANK_TOLERANCE, max_iter=PAGERANK_ROUNDS
        )
        return {nodes[i]: value for i, value in found.items()}
    if name == "networkit":
        import networkit

        nodes, edges = _numbered(graph)
        # always directed: in an undirected graph networkit lets isolated nodes leak
        both = edges if graph.is_directed() else edges + [(b, a, w) for a, b, w in edges]
        graph_ = networkit.Graph(len(nodes), weighted=True, directed=True)
        for first, second, weight in both:
            graph_.addEdge(first, second, weight)
        runner = networkit.centrality.PageRank(
            graph_,
            damping,
            PAGERANK_TOLERANCE,
            distributeSinks=networkit.centrality.SinkHandling.DistributeSinks,
        )
        runner.maxIterations = PAGERANK_ROUNDS
        return dict(zip(nodes, runner.run().scores(), strict=True))
    ranks = nx.pagerank(
        graph, alpha=damping, tol=PAGERANK_TOLERANCE, max_iter=PAGERANK_ROUNDS, weight="weight"
    )
    return cast("Mapping[str, float]", ranks)
