"""Answers in a table: one measure of one network, or the figures of a whole network."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import networkx as nx
from diplograph.graph.balance import assortativity, balance, reciprocity
from diplograph.graph.communities import communities, modularity
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.measures import DIGITS, MEASURES, simple
from diplograph.graph.projections import PROJECTIONS

__all__ = ["Standing", "describe_network", "project", "rank_entities"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One entity's place by a measure; ``community`` numbers Louvain groups from 0, the largest first."""

    rank: int
    entity: str
    label: str
    cls: str
    value: float
    community: int


def project(kg: KnowledgeGraph, name: str) -> nx.Graph:
    """Make a network by its name in :data:`~diplograph.graph.projections.PROJECTIONS`.

    Raises:
        ValueError: If there is no such network.
    """
    if name not in PROJECTIONS:
        msg = f"{name!r} is no network; choose among {', '.join(PROJECTIONS)}"
        raise ValueError(msg)
    return PROJECTIONS[name](kg)


def rank_entities(
    kg: KnowledgeGraph, *, network: str = "all", measure: str = "degree", limit: int = 20, seed: int = 0
) -> tuple[Standing, ...]:
    """Give the entities of a network that stand highest by a measure; ties by id.

    Raises:
        ValueError: If there is no such network or measure.
    """
    if measure not in MEASURES:
        msg = f"{measure!r} is no measure; choose among {', '.join(MEASURES)}"
        raise ValueError(msg)
    graph = project(kg, network)
    groups = communities(graph, seed=seed)
    member = {node: number for number, group in enumerate(groups) for node in group}
    values = list(MEASURES[measure](graph).items())[:limit]
    return tuple(
        Standing(
            rank=rank,
            entity=key,
            label=kg.entities[key].label,
            cls=kg.entities[key].cls,
            value=value,
            community=member[key],
        )
        for rank, (key, value) in enumerate(values, start=1)
    )


def describe_network(network: nx.Graph, *, seed: int = 0) -> Mapping[str, float | int | str | None]:
    """Give the figures of a whole network, in a fixed order; None where one is not defined.

    ``density`` is the share of possible ties that exist, ``components`` counts the parts without ties
    between them; the others are those of the functions they are named after, ``communities`` by Louvain.
    """
    plain = simple(network)
    groups = communities(network, seed=seed)
    found: dict[str, float | int | str | None] = {
        "nodes": len(plain),
        "ties": plain.number_of_edges(),
        "weight": str(network.graph.get("weight", "")),
        "density": round(nx.density(plain), DIGITS),
        "components": nx.number_connected_components(plain),
        "communities": len(groups),
        "modularity": modularity(network, groups),
        "assortativity": assortativity(network),
    }
    if network.is_directed():
        found["reciprocity"] = reciprocity(network)
    if any(sign is not None for *_, sign in network.edges(data="sign")):
        found["balance"] = balance(network).balanced
    return MappingProxyType(found)
