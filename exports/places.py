"""Where each entity stands in a picture, for the formats and figures that ask for it."""

from collections.abc import Mapping
from types import MappingProxyType

from diplograph.exports.layout import arrange
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["place_entities"]


def place_entities(kg: KnowledgeGraph) -> Mapping[str, tuple[float, float]]:
    """Map each entity to x and y, the same as on the page (y upwards); the same graph, the same places."""
    ids = list(kg.entities)
    index = {key: number for number, key in enumerate(ids)}
    counts: dict[tuple[int, int], float] = {}
    for claim in kg.claims:
        first, second = sorted((index[claim.subject], index[claim.object]))
        if first != second:
            counts[first, second] = counts.get((first, second), 0.0) + 1.0
    pairs = [(first, second, counts[first, second]) for first, second in sorted(counts)]
    labels = [kg.entities[key].label for key in ids]
    places = arrange(labels, pairs, sizes=[10.0] * len(ids))
    found = {
        ids[original]: (float(places.x[rank]), -float(places.y[rank]))
        for rank, original in enumerate(places.order)
    }
    return MappingProxyType({key: found[key] for key in ids})
