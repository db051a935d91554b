"""Aid and other directed flows as a Sankey diagram."""

from typing import TYPE_CHECKING, Final

import networkx as nx
from diplograph.exports.figures import NORMAL, SMALL, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_flows"]

MOST_FLOWS: Final = 20

# Share of the height that stays free between two bands.
GAP: Final = 0.012


def draw_flows(network: nx.DiGraph, *, title: str = "", limit: int = MOST_FLOWS) -> "Figure":
    """Draw the greatest flows of a directed network, givers left and receivers right, width by weight.

    A node that both gives and receives stands on both sides. The figure says how much of all it shows.

    Raises:
        ValueError: If the network is undirected.
    """
    if not network.is_directed():
        msg = "flows need a directed network, such as aid_flow(kg, currency=...)"
        raise ValueError(msg)
    flows = [(a, b, float(w)) for a, b, w in network.edges(data="weight", default=1) if w > 0]
    flows.sort(key=lambda flow: (-flow[2], flow[0], flow[1]))
    shown = flows[:limit]
    figure, axes = new_figure(7.5, 2.0 + 0.28 * max(4, len(shown)))
    axes.set_axis_off()
    if title:
        axes.set_title(title, fontsize=NORMAL + 1, loc="left")
    if not shown:
        axes.text(0.5, 0.5, "nothing to draw", ha="center", va="center", fontsize=NORMAL)
        return figure
    total = sum(weight for *_, weight in shown)
    labels = dict(network.nodes(data="label"))
    from matplotlib.patches import PathPatch, Rectangle
    from matplotlib.path import Path as Curve

    left = _stack([(a, w) for a, _, w in shown], total)
    right = _stack([(b, w) for _, b, w in shown], total)
    colours = ["#332288", "#0f7a8a", "#117733", "#882255", "#b3541e", "#857000", "#1f6fb2", "#5b6470"]
    tint = {node: colours[i % len(colours)] for i, node in enumerate(left)}
    used = {("l", k): top for k, (top, _) in left.items()} | {("r", k): top for k, (top, _) in right.items()}
    for giver, receiver, weight in sorted(
        shown, key=lambda f: (list(left).index(f[0]), list(right).index(f[1]))
    ):
        width = weight / total * (1 - GAP * 20)
        y0, y1 = used["l", giver], used["r", receiver]
        used["l", giver] -= width
        used["r", receiver] -= width
        upper = [(0, y0), (0.5, y0), (0.5, y1), (1, y1)]
        points = [*upper, *((x, y - width) for x, y in reversed(upper)), (0, y0)]
        codes = [Curve.MOVETO, *[Curve.CURVE4] * 3, Curve.LINETO, *[Curve.CURVE4] * 3, Curve.CLOSEPOLY]
        band = Curve(points, codes)
        axes.add_patch(PathPatch(band, facecolor=tint[giver], alpha=0.45, lw=0))
    for side, stack, x, align in (("l", left, 0.0, "right"), ("r", right, 1.0, "left")):
        for node, (top, height) in stack.items():
            colour = tint[node] if side == "l" else "#5b6470"
            edge = x - 0.015 if side == "l" else x
            axes.add_patch(Rectangle((edge, top - height), 0.015, height, color=colour, lw=0))
            amount = sum(w for a, b, w in shown if node == (a if side == "l" else b))
            words = f"{labels.get(node) or node}  {amount:,.0f}"
            place = x + (-0.025 if side == "l" else 0.025)
            axes.text(place, top - height / 2, words, ha=align, va="center", fontsize=SMALL)
    axes.set_xlim(-0.55, 1.55)
    axes.set_ylim(-0.02, 1.02)
    everything = sum(weight for *_, weight in flows)
    note = f"{network.graph.get('weight', 'weight')}; {total / everything:.0%} of all flows shown"
    figure.supxlabel(note, fontsize=SMALL)
    return figure


def _stack(parts: list[tuple[str, float]], total: float) -> dict[str, tuple[float, float]]:
    """Map each node to the top and height of its bar, the greatest first from the top."""
    sums: dict[str, float] = {}
    for node, weight in parts:
        sums[node] = sums.get(node, 0.0) + weight
    order = sorted(sums, key=lambda node: (-sums[node], node))
    room = 1 - GAP * 20
    space = (1 - room) / max(1, len(order) - 1)
    found, top = {}, 1.0
    for node in order:
        height = sums[node] / total * room
        found[node] = (top, height)
        top -= height + space
    return found
