"""Whether friends of friends are friends, ties are returned, and equals tied to equals."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from types import MappingProxyType

import networkx as nx
from diplograph.graph.measures import DIGITS, simple

__all__ = ["Balance", "assortativity", "balance", "reciprocity"]


def assortativity(graph: nx.Graph) -> float | None:
    """Give the correlation of the degrees at the two ends of ties, -1 to 1; None where it is not defined.

    Positive: the well connected are tied to each other. Ties count in either direction, once for each pair.
    Newman 2002, doi:10.1103/PhysRevLett.89.208701.
    """
    plain = simple(graph)
    degrees = dict(plain.degree())
    if len({degrees[node] for edge in plain.edges for node in edge}) < 2:
        return None  # no variance to correlate
    return round(float(nx.degree_assortativity_coefficient(plain)), DIGITS)


def reciprocity(graph: nx.Graph) -> float | None:
    """Give the share of directed ties that are returned, 0 to 1; None if there are none.

    For aid: the share of giver-receiver ties where the receiver gives too. Wasserman and Faust 1994, ch. 13.

    Raises:
        ValueError: If the network is undirected.
    """
    if not graph.is_directed():
        msg = "reciprocity needs a directed network, such as aid_ties(kg)"
        raise ValueError(msg)
    plain = simple(graph, directed=True)
    ties = plain.number_of_edges()
    returned = sum(plain.has_edge(second, first) for first, second in plain.edges)
    return round(returned / ties, DIGITS) if ties else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Structural balance of a signed network.

    ``triangles`` maps the number of hostile ties (0 to 3) to the number of triangles. ``balanced`` is the
    share of triangles with an even number of hostile ties, 0 to 1, or None without triangles: "the friend
    of my friend is my friend". Cartwright and Harary 1956, doi:10.1037/h0046049. ``tense`` lists the
    unbalanced triangles, sorted.
    """

    triangles: Mapping[int, int]
    balanced: float | None
    tense: tuple[tuple[str, str, str], ...]


def balance(graph: nx.Graph) -> Balance:
    """Measure balance by the triangles of ties with a ``sign`` of 1 or -1; ties of sign 0 do not count."""
    counts = dict.fromkeys(range(4), 0)
    tense = []
    signs = {frozenset(edge[:2]): edge[2] for edge in graph.edges(data="sign", default=0) if edge[2]}
    near: dict[str, set[str]] = {}
    for pair in signs:
        for first, second in permutations(pair, 2):
            near.setdefault(first, set()).add(second)
    for node in sorted(near):
        for first, second in combinations(sorted(n for n in near[node] if n > node), 2):
            if second in near[first]:
                ties = (frozenset((node, first)), frozenset((node, second)), frozenset((first, second)))
                hostile = sum(signs[tie] < 0 for tie in ties)
                counts[hostile] += 1
                if hostile % 2:
                    tense.append((node, first, second))
    total = sum(counts.values())
    share = round((counts[0] + counts[2]) / total, DIGITS) if total else None
    return Balance(triangles=MappingProxyType(counts), balanced=share, tense=tuple(tense))
