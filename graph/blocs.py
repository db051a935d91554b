"""Blocs of states: who belongs to which, who stands between them, how far ties stay within."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import networkx as nx
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.lookup import resolve
from diplograph.graph.measures import DIGITS, simple

__all__ = ["BROKER_ROLES", "Homophily", "blocs_of", "brokerage", "homophily"]

BROKER_ROLES: Final = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


def blocs_of(kg: KnowledgeGraph, *organizations: str) -> Mapping[str, str]:
    """Divide states into blocs by membership: state id to the id of the first named body it belongs to.

    Only states that an asserted ``memberOf`` claim makes a member of one are there. Sorted by state.

    Raises:
        UnknownEntity: If an organization is not in the graph.
    """
    order = [resolve(kg, name) for name in organizations]
    found: dict[str, str] = {}
    for body in reversed(order):
        for claim in kg.claims_of(body):
            member = kg.entities[claim.subject]
            told = claim.predicate == "memberOf" and claim.object == body and claim.modality == "asserted"
            if told and member.cls == "Country":
                found[member.id] = body
    return MappingProxyType(dict(sorted(found.items())))


def brokerage(graph: nx.Graph, blocs: Mapping[str, str]) -> Mapping[str, Mapping[str, int]]:
    """Count how often an actor joins two that are not tied, by the blocs of the three.

    For every ordered open triad a-v-b: ``coordinator`` (all of one bloc), ``consultant`` (a and b of another
    bloc than v), ``gatekeeper`` (a outside, v and b together), ``representative`` (a and v together, b
    outside), ``liaison`` (three blocs). On an undirected graph each open triad is read in both directions.
    Whole numbers from 0; actors without a bloc are left out. Most brokerage first, ties by id. Gould and
    Fernandez 1989, doi:10.2307/270949.
    """
    plain = simple(graph, directed=graph.is_directed())
    counts: dict[str, dict[str, int]] = {}
    for broker in plain:
        if broker not in blocs:
            continue
        own = counts[broker] = dict.fromkeys(BROKER_ROLES, 0)
        before = plain.predecessors(broker) if plain.is_directed() else plain.neighbors(broker)
        after = list(plain.successors(broker) if plain.is_directed() else plain.neighbors(broker))
        for source in before:
            for target in after:
                known = source in blocs and target in blocs
                if known and source != target and not plain.has_edge(source, target):
                    own[_role(blocs[source], blocs[broker], blocs[target])] += 1
    order = sorted(counts, key=lambda key: (-sum(counts[key].values()), key))
    return MappingProxyType({key: MappingProxyType(counts[key]) for key in order})


def _role(source: str, broker: str, target: str) -> str:
    if source == broker == target:
        return "coordinator"
    if source == target:
        return "consultant"
    if broker == target:
        return "gatekeeper"
    if source == broker:
        return "representative"
    return "liaison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Homophily:
    """How far ties stay within blocs.

    ``within`` and ``between`` count ties. ``ei_index`` is ``(between - within) / (between + within)``: -1 all
    within, 1 all between (Krackhardt and Stern 1988, doi:10.2307/2786835). ``assortativity`` is the share
    within less what chance would give, divided by the most it could be, at most 1; 0 is chance (Newman 2003,
    doi:10.1103/PhysRevE.67.026126). Both are None where they are not defined (no ties; one bloc only).
    """

    within: int
    between: int
    ei_index: float | None
    assortativity: float | None


def homophily(graph: nx.Graph, blocs: Mapping[str, str]) -> Homophily:
    """Measure how far ties stay within blocs; actors without a bloc, directions and weights do not count."""
    plain = simple(graph)
    inner = plain.subgraph([node for node in plain if node in blocs])
    within = sum(blocs[first] == blocs[second] for first, second in inner.edges)
    total = inner.number_of_edges()
    if not total:
        return Homophily(within=0, between=0, ei_index=None, assortativity=None)
    ends: dict[str, int] = {}
    for node, count in inner.degree():
        ends[blocs[node]] = ends.get(blocs[node], 0) + count
    chance = sum((count / (2 * total)) ** 2 for _, count in sorted(ends.items()))
    # with one bloc chance alone gives 1: nothing is left to measure
    defined = sum(count > 0 for count in ends.values()) > 1
    return Homophily(
        within=within,
        between=total - within,
        ei_index=round((total - 2 * within) / total, DIGITS),
        assortativity=round((within / total - chance) / (1 - chance), DIGITS) if defined else None,
    )
