"""Measures of single actors, with formula, range, direction and source.

All take any networkx graph. Parallel edges of a multigraph are joined first (their weights added), and
loops dropped, so that no share exceeds 1. Every result is a read-only map from node to value, highest first,
ties by node.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import networkx as nx
from diplograph.graph.engines import (
    Engine,
    betweenness_scores,
    closeness_scores,
    eigenvector_scores,
    pagerank_scores,
)
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = [
    "MEASURES",
    "betweenness",
    "closeness",
    "core_number",
    "degree",
    "eigenvector",
    "pagerank",
    "ranked",
    "relation_counts",
    "simple",
    "strength",
]

# Engines add numbers in different orders; beyond these digits they may differ.
DIGITS: Final = 9


def ranked(values: Mapping[str, float]) -> Mapping[str, float]:
    """Round values and sort them, highest first, ties by key; read-only."""
    rounded = {key: round(float(value), DIGITS) + 0.0 for key, value in values.items()}
    return MappingProxyType(dict(sorted(rounded.items(), key=lambda pair: (-pair[1], pair[0]))))


def simple(graph: nx.Graph, *, directed: bool = False) -> nx.Graph:
    """Copy a graph without parallel edges and loops; weights (1 where missing) of joined edges add up.

    Nodes are sorted, so that measures which depend on their order do not depend on how the graph was made.
    """
    plain = nx.DiGraph() if directed else nx.Graph()
    plain.add_nodes_from(sorted(graph.nodes(data=True), key=lambda pair: str(pair[0])))
    edges: dict[tuple[Any, Any], float] = {}
    for first, second, weight in graph.edges(data="weight", default=1):
        if first != second:
            flip = not directed and str(first) > str(second)
            pair = (second, first) if flip else (first, second)
            edges[pair] = edges.get(pair, 0) + weight
            if directed and not graph.is_directed():
                edges[pair[::-1]] = edges.get(pair[::-1], 0) + weight
    for (first, second), weight in sorted(edges.items(), key=lambda item: (str(item[0][0]), str(item[0][1]))):
        plain.add_edge(first, second, weight=weight)
    return plain


def degree(graph: nx.Graph) -> Mapping[str, float]:
    """Give the share of all others to which an actor is tied.

    ``k / (n - 1)``, where k is the number of different neighbours, in either direction, and n the number of
    nodes. Range 0 to 1. Freeman 1978, doi:10.1016/0378-8733(78)90021-7.
    """
    plain = simple(graph)
    others = max(1, len(plain) - 1)
    return ranked({node: k / others for node, k in plain.degree()})


def strength(graph: nx.Graph, *, direction: str = "both") -> Mapping[str, float]:
    """Give the sum of the weights of an actor's ties.

    Range: that of the weights' sum, see what the network says its weight means. ``direction`` is ``both``,
    ``in`` (received) or ``out`` (given); the latter two need a directed network. Barrat et al. 2004,
    doi:10.1073/pnas.0400087101.

    Raises:
        ValueError: If a direction is asked of an undirected network, or does not exist.
    """
    if direction not in ("both", "in", "out"):
        msg = f"{direction!r} is no direction; choose both, in or out"
        raise ValueError(msg)
    if direction != "both" and not graph.is_directed():
        msg = "an undirected network has no directions; leave direction at both"
        raise ValueError(msg)
    plain = simple(graph, directed=direction != "both")
    views = {"both": lambda: plain.degree, "in": lambda: plain.in_degree, "out": lambda: plain.out_degree}
    return ranked(dict(views[direction]()(weight="weight")))


def relation_counts(kg: KnowledgeGraph) -> Mapping[str, Mapping[str, int]]:
    """Count each entity's claims by relation, whatever their direction.

    The entity with most claims first, ties by id; relations by name. Read-only.
    """
    counts: dict[str, dict[str, int]] = {}
    for claim in kg.claims:
        for end in dict.fromkeys((claim.subject, claim.object)):
            own = counts.setdefault(end, {})
            own[claim.predicate] = own.get(claim.predicate, 0) + 1
    order = sorted(counts, key=lambda key: (-sum(counts[key].values()), key))
    return MappingProxyType({key: MappingProxyType(dict(sorted(counts[key].items()))) for key in order})


def betweenness(
    graph: nx.Graph, *, samples: int | None = None, seed: int = 0, engine: Engine = "auto"
) -> Mapping[str, float]:
    """Give how often an actor stands on the shortest way between two others.

    ``sum over pairs s, t of (shortest paths s-t through v) / (shortest paths s-t)``, divided by the number of
    pairs of others, ``(n - 1)(n - 2) / 2``. Range 0 to 1. Ties count in either direction and weights do not
    count: a weight here is closeness, not distance. Freeman 1977, doi:10.2307/3033543; Brandes 2001,
    doi:10.1080/0022250X.2001.9990249.

    Args:
        graph: Any graph.
        samples: Estimate from the shortest paths out of so many nodes, drawn with ``seed``, instead of all;
            computed by networkx (Brandes and Pich 2007, doi:10.1142/S0218127407018403).
        seed: Of the sample.
        engine: What computes the exact values; all give the same.
    """
    plain = simple(graph)
    if samples is not None and samples < len(plain):
        return ranked(nx.betweenness_centrality(plain, k=samples, seed=seed))
    return ranked(betweenness_scores(plain, engine=engine))


def closeness(graph: nx.Graph, *, engine: Engine = "auto") -> Mapping[str, float]:
    """Give the inverse of an actor's mean distance to those it can reach, times the share it can reach.

    ``(r / sum of distances) * (r / (n - 1))`` with r the number of others reached. Range 0 to 1. Ties count
    in either direction. Wasserman and Faust 1994, p. 201.
    """
    return ranked(closeness_scores(simple(graph), engine=engine))


def pagerank(graph: nx.Graph, *, damping: float = 0.85, engine: Engine = "auto") -> Mapping[str, float]:
    """Give the share of time that a reader who follows ties at random spends with an actor.

    Follows a tie, with a probability in proportion to its weight, with probability ``damping``, else jumps to
    anybody. Range 0 to 1, sum 1. On a directed graph prestige flows along the ties, from subject to object.
    Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X.
    """
    plain = simple(graph, directed=graph.is_directed())
    return ranked(pagerank_scores(plain, damping=damping, engine=engine))


def eigenvector(graph: nx.Graph, *, engine: Engine = "auto") -> Mapping[str, float]:
    """Give each actor a value in proportion to the sum of its neighbours' values, weighted.

    The leading eigenvector of the adjacency matrix, of Euclidean length 1, all values 0 to 1. Ties count in
    either direction; outside the component that dominates, values tend to 0. Bonacich 1972,
    doi:10.1080/0022250X.1972.9989806.
    """
    plain = simple(graph)
    if not plain.number_of_edges():
        return ranked(dict.fromkeys(plain, 0.0))
    return ranked(eigenvector_scores(plain, engine=engine))


def core_number(graph: nx.Graph) -> Mapping[str, float]:
    """Give the largest k for which an actor belongs to a group where all have k ties within the group.

    Whole numbers from 0. Ties count in either direction. Seidman 1983, doi:10.1016/0378-8733(83)90028-X.
    """
    return ranked(nx.core_number(simple(graph)))


# Name for the command line -> the measure with its default settings.
MEASURES: Final = MappingProxyType(
    {
        "degree": degree,
        "strength": strength,
        "betweenness": betweenness,
        "closeness": closeness,
        "pagerank": pagerank,
        "eigenvector": eigenvector,
        "core": core_number,
    }
)
