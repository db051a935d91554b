"""Networks drawn for papers: the page's arrangement, with labels that do not cover each other."""

from collections.abc import Mapping
from math import sqrt
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import networkx as nx
from diplograph.exports.figures import NORMAL, SMALL, new_figure, set_title
from diplograph.exports.layout import LINE_CHARACTERS, arrange
from diplograph.exports.page_tables import load_appearance

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_network"]

# More nodes than this cannot be read on one page.
MOST_NODES: Final = 60

# Units of the arrangement in an inch: its letters are 6.3 wide, ours at 7 points about 0.056 inches.
PIXELS: Final = 112.0
WIDEST: Final = 11.0
PAGE: Final = 6.5
ROOMIEST: Final = 1.6

# Room around the outermost nodes for their labels, in inches.
MARGIN: Final = 0.9

_PLAIN: Final = "#68717d"
_HOSTILE: Final = "#b3301e"


def draw_network(network: nx.Graph, *, title: str = "", limit: int = MOST_NODES) -> "Figure":
    """Draw a projection, or any network with ``label`` and ``cls``: width of a tie by weight, size by ties.

    Of more than ``limit`` nodes only those of the greatest strength are drawn, and the figure says so.
    Hostile ties (``sign`` -1) are red and dashed; directed ties have arrows. The figure is as large as its
    labels need, at most 11 inches.

    Raises:
        MissingExtra: If matplotlib is not installed.
    """
    figure, axes = new_figure(6.0, 3.0)
    axes.set_axis_off()
    set_title(axes, title)
    strength = dict(network.degree(weight=None))
    for first, second, weight in network.edges(data="weight", default=1):
        for node in (first, second):
            strength[node] += abs(weight)
    drawn = sorted(strength, key=lambda node: (-strength[node], str(node)))[:limit]
    part = network.subgraph(drawn)
    if not part:
        axes.text(0.5, 0.5, "nothing to draw", ha="center", va="center", fontsize=NORMAL)
        return figure
    nodes = sorted(part)
    names = {node: str(part.nodes[node].get("label") or node) for node in nodes}
    places = _places(part, nodes, names, strength)
    xs, ys = zip(*places.values(), strict=True)
    axes.set_xlim(min(xs) - MARGIN, max(xs) + MARGIN)
    axes.set_ylim(min(ys) - MARGIN / 2, max(ys) + MARGIN / 3)
    wide, high = max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + MARGIN
    figure.set_size_inches(min(WIDEST, max(5.0, wide)), min(WIDEST, max(2.5, high) + 0.5))
    _draw_ties(axes, part, places)
    _draw_nodes(axes, part, places, strength)
    _write_labels(axes, names, places)
    notes = [f"Width of a tie: {network.graph['weight']}."] if "weight" in network.graph else []
    if len(part) < len(network):
        notes.append(f"The {len(part)} best connected of {len(network)}.")
    if notes:
        figure.supxlabel(" ".join(notes), fontsize=SMALL)
    return figure


def _places(
    part: nx.Graph, nodes: list[str], names: Mapping[str, str], strength: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Place nodes as the page does, in inches, y upwards."""
    index = {node: number for number, node in enumerate(nodes)}
    pairs: dict[tuple[int, int], float] = {}
    for first, second, weight in part.edges(data="weight", default=1):
        if first != second:
            pair = (min(index[first], index[second]), max(index[first], index[second]))
            pairs[pair] = pairs.get(pair, 0.0) + (float(abs(weight)) or 1.0)
    greatest = max(strength[node] for node in nodes) or 1.0
    sizes = [4 + 8 * sqrt(strength[node] / greatest) for node in nodes]
    joined = [(*pair, pairs[pair]) for pair in sorted(pairs)]
    found = arrange([names[node] for node in nodes], joined, sizes=sizes)
    # few nodes need less room than a page has: spread them, but not so far that the ties grow bare
    across = (max(found.x) - min(found.x)) / PIXELS
    scale = min(ROOMIEST, max(1.0, (PAGE - 2 * MARGIN) / across)) / PIXELS if across else 1 / PIXELS
    return {
        nodes[original]: (found.x[rank] * scale, -found.y[rank] * scale)
        for rank, original in enumerate(found.order)
    }


def _draw_ties(axes: "Axes", part: nx.Graph, places: Mapping[str, tuple[float, float]]) -> None:
    weights = {(a, b): float(abs(w)) for a, b, w in part.edges(data="weight", default=1) if a != b}
    most = max(weights.values(), default=1.0) or 1.0
    for (first, second), weight in sorted(weights.items()):
        hostile = part.edges[first, second].get("sign", 1) < 0
        style = {
            "arrowstyle": "-|>" if part.is_directed() else "-",
            "color": _HOSTILE if hostile else _PLAIN,
            "linestyle": "--" if hostile else "-",
            "linewidth": 0.6 + 2.6 * sqrt(weight / most),
            "alpha": 0.45,
            "shrinkA": 4,
            "shrinkB": 6 if part.is_directed() else 4,
        }
        axes.annotate("", xy=places[second], xytext=places[first], arrowprops=style)


def _draw_nodes(
    axes: "Axes", part: nx.Graph, places: Mapping[str, tuple[float, float]], strength: Mapping[str, float]
) -> None:
    looks = load_appearance().classes
    colours = {look.name: look.light for look in looks}
    greatest = max(strength[node] for node in part) or 1.0
    classes = dict(part.nodes(data="cls"))
    for node in sorted(part):
        size = 16 + 130 * strength[node] / greatest
        colour = colours.get(classes[node] or "", _PLAIN)
        x, y = places[node]
        axes.scatter([x], [y], s=size, color=colour, zorder=3, lw=0)
    kinds = [look for look in looks if look.name in set(classes.values())]
    for look in kinds:
        axes.scatter([], [], s=36, color=look.light, label=look.name)
    if len(kinds) > 1:
        axes.legend(
            fontsize=SMALL,
            frameon=False,
            handletextpad=0.1,
            loc="upper center",
            bbox_to_anchor=(0.5, 0.0),
            ncols=min(5, len(kinds)),
        )


def _write_labels(axes: "Axes", names: Mapping[str, str], places: Mapping[str, tuple[float, float]]) -> None:
    """Write labels below their nodes, in two lines at most, as the arrangement leaves room for."""
    halo = {"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "boxstyle": "round,pad=0.05"}
    for node, name in names.items():
        lines = wrap(name, LINE_CHARACTERS, max_lines=2, placeholder="…") or [name]
        axes.annotate(
            "\n".join(lines),
            places[node],
            xytext=(0, -5),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=SMALL - 0.5,
            linespacing=0.95,
            zorder=4,
            bbox=halo,
        )
