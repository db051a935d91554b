"""Where each entity stands in the picture: computed at build time, the same every time.

The most central entities are laid out by forces that pull communities together, then moved apart until
no node or label covers another. All others are placed around them, nearest to what they are joined with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from diplograph.exports.page_outer import ASPECT, place_others

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CENTRAL_NODES", "Arrangement", "arrange", "label_box"]

# More than this many labels cannot all be read on one screen.
CENTRAL_NODES: Final = 100

# Louvain in pure Python takes seconds beyond this size; the rest joins the community of its best neighbour.
COMMUNITY_NODES: Final = 1500

# How far places in the first picture are evened out, from 0 (by forces alone) to 1 (filled like a grid).
EVENNESS: Final = 0.5

# Area of the first picture in multiples of what its nodes and labels cover, before they move apart.
ROOM: Final = 1.35

# Units are CSS pixels at zoom 1. A label's average advance and line height at the page's label size.
CHARACTER_WIDTH: Final = 6.3
LINE_HEIGHT: Final = 15.0
LINE_CHARACTERS: Final = 20
LABEL_LINES: Final = 2
GAP: Final = 5.0

# How much wider the whole picture is than the first, per node (the square root of their ratio).
SPREAD: Final = 1.1

FORCE_STEPS: Final = 400
SEPARATION_STEPS: Final = 600
DAMPING: Final = 0.85

# Share of the joined nodes from which on a component of the graph belongs to the first picture.
LARGE_COMPONENT: Final = 0.05
COMPANY_ROUNDS: Final = 12
RANK_DIGITS: Final = 10  # ties that differ in the last bits are ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Nodes in order of importance with their places.

    ``order[i]`` is the original index of the i-th most important node; ``x``, ``y`` (whole units) and
    ``community`` follow ``order``. The first ``central`` nodes make the first picture: with their
    coordinates divided by ``spread``, their labels do not collide.
    """

    order: tuple[int, ...]
    x: tuple[int, ...]
    y: tuple[int, ...]
    community: tuple[int, ...]
    central: int
    spread: float


def label_box(label: str) -> tuple[float, float]:
    """Estimate width and height, in units, of a label as the page draws it (wrapped, then cut)."""
    lines = min(LABEL_LINES, max(1, -(-len(label) // LINE_CHARACTERS)))
    widest = min(len(label), LINE_CHARACTERS + 4 if lines > 1 else LINE_CHARACTERS)
    return widest * CHARACTER_WIDTH, lines * LINE_HEIGHT


def arrange(
    labels: Sequence[str],
    pairs: Sequence[tuple[int, int, float]],
    *,
    sizes: Sequence[float],
    seed: int = 7,
) -> Arrangement:
    """Place every node; depends on nothing but the arguments.

    Args:
        labels: One per node; ties in importance are broken by their order.
        pairs: Two different node indices and a positive weight; each unordered pair at most once.
        sizes: Radius of each node in units, in the order of ``labels``.
        seed: For the start positions and the communities.

    Returns:
        Places for all nodes. Nodes without a pair come last and stand in rows below the picture.
    """
    count = len(labels)
    if not count:
        return Arrangement(order=(), x=(), y=(), community=(), central=0, spread=1.0)
    pairs = sorted((min(a, b), max(a, b), weight) for a, b, weight in pairs)  # sums depend on their order
    left = np.array([p[0] for p in pairs], dtype=np.int64)
    right = np.array([p[1] for p in pairs], dtype=np.int64)
    weight = np.array([p[2] for p in pairs], dtype=np.float64)
    rank = _importance(count, left, right, weight)
    joined = np.zeros(count, dtype=bool)
    joined[left] = True
    joined[right] = True
    apart = ~_in_large_component(count, left, right, joined)
    order = np.lexsort((np.arange(count), -np.round(rank, RANK_DIGITS), apart, ~joined))
    connected = int(joined.sum())
    central = min(CENTRAL_NODES, connected)
    order = _in_company(order, left, right, connected, central)
    place = _places_in(order)
    left, right = place[left], place[right]
    community = _communities(connected, left, right, weight, seed)
    boxes = np.array([label_box(labels[i]) for i in order[:central]]).reshape(-1, 2)
    radii = np.array([sizes[i] for i in order[:central]])
    inner = (left < central) & (right < central)
    xy = _central_places(
        central, left[inner], right[inner], weight[inner], community[:central], boxes, radii, seed
    )
    spread = max(1.0, round(float(np.sqrt(connected / max(central, 1))) * SPREAD, 3))
    places = place_others(count, connected, central, xy * spread, left, right, weight)
    return Arrangement(
        order=tuple(int(i) for i in order),
        x=tuple(int(v) for v in places[:, 0]),
        y=tuple(int(v) for v in places[:, 1]),
        community=tuple(int(c) for c in community) + (-1,) * (count - connected),
        central=central,
        spread=spread,
    )


def _importance(
    count: int, left: "NDArray[np.int64]", right: "NDArray[np.int64]", weight: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """PageRank over undirected pairs by power iteration; sums to 1."""
    strength = np.bincount(left, weight, count) + np.bincount(right, weight, count)
    share = 1.0 / np.where(strength > 0, strength, 1.0)
    rank = np.full(count, 1.0 / count)
    for _ in range(60):
        flow = rank * share
        into = np.bincount(right, flow[left] * weight, count) + np.bincount(left, flow[right] * weight, count)
        rank = DAMPING * into + (1.0 - DAMPING) / count
    return rank


def _places_in(order: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Turn "who is i-th" into "which place has i"."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place


def _in_large_component(
    count: int, left: "NDArray[np.int64]", right: "NDArray[np.int64]", joined: "NDArray[np.bool_]"
) -> "NDArray[np.bool_]":
    """Tell which nodes belong to a component worth showing first."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(left)), (left, right)), shape=(count, count))
    _, component = connected_components(matrix, directed=False)
    size = np.bincount(component)
    large: NDArray[np.bool_] = size[component] >= LARGE_COMPONENT * max(int(joined.sum()), 1)
    return large


def _in_company(
    order: "NDArray[np.int64]",
    left: "NDArray[np.int64]",
    right: "NDArray[np.int64]",
    connected: int,
    central: int,
) -> "NDArray[np.int64]":
    """Let nodes that would stand alone among the central ones change places with those that follow."""
    for _ in range(COMPANY_ROUNDS):
        place = _places_in(order)
        a, b = place[left], place[right]
        inner = (a < central) & (b < central)
        company = np.zeros(central, dtype=bool)
        company[a[inner]] = True
        company[b[inner]] = True
        lonely = np.flatnonzero(~company)
        if not len(lonely) or central == connected:
            break
        head, rest = order[:central], order[central:connected]
        come = min(len(lonely), len(rest))
        order = np.concatenate([head[company], rest[:come], head[lonely], rest[come:], order[connected:]])
    return order


def _communities(
    connected: int,
    left: "NDArray[np.int64]",
    right: "NDArray[np.int64]",
    weight: "NDArray[np.float64]",
    seed: int,
) -> "NDArray[np.int64]":
    """Number the communities from the one of the most important node on."""
    import networkx as nx

    core = min(connected, COMMUNITY_NODES)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(core))
    inside = (left < core) & (right < core)
    graph.add_weighted_edges_from(
        zip(left[inside].tolist(), right[inside].tolist(), weight[inside].tolist(), strict=True)
    )
    community = np.full(connected, -1, dtype=np.int64)
    groups = sorted(sorted(group) for group in nx.community.louvain_communities(graph, seed=seed))
    for number, group in enumerate(groups):
        community[group] = number
    best = _best_neighbours(connected, left, right)
    for node in range(core, connected):  # a better neighbour has a smaller index and is settled already
        community[node] = community[best[node]] if best[node] < node else 0
    return community


def _best_neighbours(
    count: int, left: "NDArray[np.int64]", right: "NDArray[np.int64]"
) -> "NDArray[np.int64]":
    """Find the most important neighbour (smallest index) of each node; the node count if it has none."""
    best = np.full(count, count, dtype=np.int64)
    np.minimum.at(best, left, right)
    np.minimum.at(best, right, left)
    return best


def _central_places(
    count: int,
    left: "NDArray[np.int64]",
    right: "NDArray[np.int64]",
    weight: "NDArray[np.float64]",
    community: "NDArray[np.int64]",
    boxes: "NDArray[np.float64]",
    radii: "NDArray[np.float64]",
    seed: int,
) -> "NDArray[np.float64]":
    """Lay out by forces, then move apart; centred on the origin."""
    if count < 2:
        return np.zeros((count, 2))
    random = np.random.default_rng(seed)
    angle = 2.399963 * community + random.uniform(-0.3, 0.3, count)
    ring = np.sqrt(community + 1.0)
    xy = np.stack([ring * np.cos(angle), ring * np.sin(angle)], axis=1)
    xy += random.normal(0.0, 0.15, (count, 2))
    degree = 1.0 + np.bincount(left, minlength=count) + np.bincount(right, minlength=count)
    mass = np.sqrt(degree)
    pull = np.log1p(weight) * np.where(community[left] == community[right], 1.6, 0.35)
    same = community[:, None] == community[None, :]
    push = mass[:, None] * mass[None, :] * np.where(same, 0.6, 1.5)
    np.fill_diagonal(push, 0.0)
    step = 0.6
    for _ in range(FORCE_STEPS):
        apart = xy[:, None, :] - xy[None, :, :]
        square = (apart**2).sum(axis=2) + 0.01
        force = (apart * (push / square)[:, :, None]).sum(axis=1) * 0.12
        along = xy[right] - xy[left]
        drawn = along * pull[:, None]
        np.add.at(force, left, drawn * 0.5 / mass[left][:, None])
        np.add.at(force, right, -drawn * 0.5 / mass[right][:, None])
        force -= 0.06 * xy * mass[:, None]
        length = np.sqrt((force**2).sum(axis=1)) + 1e-9
        xy += force * (np.minimum(length, step) / length)[:, None]
        step *= 0.992
    # Boxes are wider than high, so moving them apart makes the picture higher: start wider by that much.
    first = _separate(_fit(xy, boxes, radii, ASPECT), boxes, radii)
    width, height = first.max(axis=0) - first.min(axis=0) + 1e-9
    wider = ASPECT * float(np.clip(ASPECT * height / width, 1.0, 2.0))
    return _separate(_fit(xy, boxes, radii, wider), boxes, radii)


def _fit(
    xy: "NDArray[np.float64]", boxes: "NDArray[np.float64]", radii: "NDArray[np.float64]", aspect: float
) -> "NDArray[np.float64]":
    """Scale to the picture's aspect with somewhat more area than the boxes need."""
    xy = xy - np.median(xy, axis=0)
    # Distances grow less than proportionally, so that a far outlier does not squeeze all others.
    length = np.sqrt((xy**2).sum(axis=1)) + 1e-9
    typical = float(np.median(length)) + 1e-9
    xy = xy * (np.log1p(length / typical) / (length / typical))[:, None]
    low, high = xy.min(axis=0), xy.max(axis=0)
    xy = (xy - (low + high) / 2) / np.maximum((high - low) / 2, 1e-9)
    # Ranks instead of distances would fill the rectangle evenly; the mean of both keeps clusters visible.
    rank = np.argsort(np.argsort(xy, axis=0, kind="stable"), axis=0, kind="stable")
    even = 2.0 * rank / (len(xy) - 1) - 1.0
    xy = (1 - EVENNESS) * xy + EVENNESS * even
    area = float(((boxes[:, 0] + 2 * GAP) * (boxes[:, 1] + 2 * radii + 2 * GAP)).sum()) * ROOM
    height = np.sqrt(area / aspect)
    fitted: NDArray[np.float64] = xy * np.array([aspect * height / 2, height / 2])
    return fitted


def _separate(
    xy: "NDArray[np.float64]", boxes: "NDArray[np.float64]", radii: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Push overlapping node-and-label rectangles apart along the shorter way until none overlap."""
    half_width = np.maximum(boxes[:, 0] / 2, radii) + GAP
    half_height = (boxes[:, 1] + 2 * radii) / 2 + GAP
    wide = half_width[:, None] + half_width[None, :]
    high = half_height[:, None] + half_height[None, :]
    centre = xy + np.stack([np.zeros(len(xy)), boxes[:, 1] / 2], axis=1)  # the label hangs below its node
    centre += np.arange(len(xy))[:, None] * np.array([1e-3, 7e-4])  # no two in one place
    for _ in range(SEPARATION_STEPS):
        dx = centre[:, None, 0] - centre[None, :, 0]
        dy = centre[:, None, 1] - centre[None, :, 1]
        over_x, over_y = wide - np.abs(dx), high - np.abs(dy)
        clash = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        sideways = clash & (over_x < over_y)
        upright = clash & ~sideways
        centre[:, 0] += (np.sign(dx) * np.where(sideways, over_x, 0.0)).sum(axis=1) * 0.28
        centre[:, 1] += (np.sign(dy) * np.where(upright, over_y, 0.0)).sum(axis=1) * 0.28
    low, high_corner = centre.min(axis=0), centre.max(axis=0)
    centred: NDArray[np.float64] = centre - (low + high_corner) / 2
    centred[:, 1] -= boxes[:, 1] / 2
    return centred
