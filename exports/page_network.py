"""The graph as a pyvis network: a node per entity, an edge per joined pair, places given, physics off."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from diplograph.exports.layout import Arrangement, arrange
from diplograph.exports.page_tables import Appearance

if TYPE_CHECKING:
    from diplograph.graph.knowledge import KnowledgeGraph
    from pyvis.network import Network

__all__ = ["build_network"]

# Radius in units of a node with no claims, and of the most connected one.
SMALLEST: Final = 5.0
LARGEST: Final = 20.0

# In a small graph nobody has as many neighbours; its best connected must not look like hubs of large ones.
FULL_DEGREE: Final = 16


def build_network(kg: "KnowledgeGraph", appearance: Appearance) -> tuple["Network", Arrangement]:
    """Make the pyvis network of a graph, nodes in order of importance.

    Node ids are the entities' ids. All claims between two entities are one edge, whose ``value`` counts
    them; a claim of an entity about itself makes no edge. Lists are filled directly, because pyvis' own
    ``add_node`` and ``add_edge`` search them each time.
    """
    from pyvis.network import Network

    ids = list(kg.entities)
    index = {key: number for number, key in enumerate(ids)}
    counts = _count_pairs((index[c.subject], index[c.object]) for c in kg.claims)
    sizes = _sizes(len(ids), counts)
    labels = [kg.entities[key].label for key in ids]
    arrangement = arrange(labels, [(a, b, float(n)) for (a, b), n in counts.items()], sizes=sizes)
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_options(appearance)))
    for place, original in enumerate(arrangement.order):
        entity = kg.entities[ids[original]]
        node: dict[str, Any] = {
            "id": entity.id,
            "label": entity.label,
            "group": entity.cls,
            "x": arrangement.x[place],
            "y": arrangement.y[place],
            "size": sizes[original],
        }
        network.nodes.append(node)
        network.node_ids.append(entity.id)
        network.node_map[entity.id] = node
    network.edges.extend({"from": ids[a], "to": ids[b], "value": n} for (a, b), n in counts.items())
    return network, arrangement


def _count_pairs(joined: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Count claims by pair, smaller index first, in sorted order; pairs of one with itself are left out."""
    counts: dict[tuple[int, int], int] = {}
    for a, b in joined:
        if a != b:
            pair = (a, b) if a < b else (b, a)
            counts[pair] = counts.get(pair, 0) + 1
    return dict(sorted(counts.items()))


def _sizes(count: int, pairs: dict[tuple[int, int], int]) -> list[float]:
    """Let the area of a node grow with the number of its neighbours."""
    degree = [0] * count
    for a, b in pairs:
        degree[a] += 1
        degree[b] += 1
    most = max(FULL_DEGREE, *degree) if degree else FULL_DEGREE
    return [round(SMALLEST + (LARGEST - SMALLEST) * (d / most) ** 0.5, 1) for d in degree]


def _options(appearance: Appearance) -> dict[str, Any]:
    """Give the options vis-network starts with: nothing moves by itself, nothing costs time unasked."""
    return {
        "autoResize": False,
        "layout": {"improvedLayout": False, "randomSeed": 0},
        "physics": {"enabled": False},
        "interaction": {
            "hover": True,
            "dragNodes": True,
            "hideEdgesOnDrag": False,
            "hideEdgesOnZoom": False,
            "multiselect": False,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "keyboard": False,
            "navigationButtons": False,
        },
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": False, "shadow": False},
        "edges": {
            "smooth": False,
            "chosen": False,
            "shadow": False,
            "selectionWidth": 0,
            "hoverWidth": 0,
            "arrows": {"to": {"enabled": False, "scaleFactor": 0.45}},
        },
        "groups": {look.name: {"shape": look.shape} for look in appearance.classes},
    }
