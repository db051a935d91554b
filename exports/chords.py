"""A pair measure as a chord diagram: actors on a circle, a band for each pair, as wide as their weight."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

import networkx as nx
from diplograph.exports.figures import NORMAL, SMALL, new_figure, set_title, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_chords"]

# More actors than this cannot be followed around a circle.
MOST_ACTORS: Final = 14

# Share of the circle that stays free between the arcs, all together.
FREE: Final = 0.12

WIDTH: Final = 0.045  # of an arc, in radii
LABEL_LENGTH: Final = 26

_COLOURS: Final = ("#332288", "#0f7a8a", "#117733", "#882255", "#b3541e", "#857000", "#1f6fb2", "#5b6470")


def draw_chords(network: nx.Graph, *, title: str = "", limit: int = MOST_ACTORS) -> "Figure":
    """Draw who shares how much with whom: an arc an actor, a band a pair, its width the weight at either end.

    Of more than ``limit`` nodes the strongest are drawn, and the figure says so. In a directed network both
    directions of a pair make one band, as wide at each end as what that end gives; negative weights (hostile
    ties) count by their size.

    Raises:
        MissingExtra: If matplotlib is not installed.
    """
    figure, axes = new_figure(6.4, 6.4)
    axes.set_axis_off()
    axes.set_aspect("equal")
    set_title(axes, title)
    given = _given(network)
    strength: dict[str, float] = {}
    for (first, second), weight in given.items():
        for node in (first, second):
            strength[node] = strength.get(node, 0.0) + weight
    actors = sorted(strength, key=lambda node: (-strength[node], str(node)))[:limit]
    if not actors:
        axes.text(0.5, 0.5, "nothing to draw", ha="center", va="center", fontsize=NORMAL)
        return figure
    inner = {pair: weight for pair, weight in given.items() if pair[0] in actors and pair[1] in actors}
    names = {node: str(network.nodes[node].get("label") or node) for node in actors}
    _draw(axes, actors, inner, names)
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.35, 1.35)
    notes = [str(network.graph["weight"])] if "weight" in network.graph else []
    if len(actors) < len(strength):
        notes.append(f"the {len(actors)} strongest of {len(strength)}")
    if notes:
        figure.supxlabel("; ".join(notes), fontsize=SMALL)
    return figure


def _given(network: nx.Graph) -> dict[tuple[str, str], float]:
    """Map (end, other end) to what the first gives; without a direction both ends have the whole weight."""
    found: dict[tuple[str, str], float] = {}
    for first, second, weight in network.edges(data="weight", default=1):
        if first == second or not weight:
            continue
        for pair in [(first, second)] if network.is_directed() else [(first, second), (second, first)]:
            found[pair] = found.get(pair, 0.0) + abs(float(weight))
    return dict(sorted(found.items(), key=lambda item: (str(item[0][0]), str(item[0][1]))))


def _draw(
    axes: "Axes", actors: Sequence[str], given: dict[tuple[str, str], float], names: dict[str, str]
) -> None:
    from matplotlib.patches import PathPatch, Wedge
    from matplotlib.path import Path as Curve

    # The actors stand in the order of the circle; an end that only receives gets a line's width.
    total = sum(given.values()) or 1.0
    thin = total / 400
    width = {(a, b): max(given.get((a, b), 0.0), thin) for pair in given for a, b in (pair, pair[::-1])}
    turn = 2 * pi * (1 - FREE) / sum(width.values()) if width else 0.0
    tint = {node: _COLOURS[number % len(_COLOURS)] for number, node in enumerate(actors)}
    ends: dict[tuple[str, str], tuple[float, float]] = {}
    at = pi / 2
    for place, node in enumerate(actors):
        begin = at
        # Bands leave an arc in the order in which their other ends follow around the circle, so that few cross.
        for other in [*reversed(actors[:place]), *reversed(actors[place + 1 :])]:
            if (node, other) in width:
                ends[node, other] = (at, at - width[node, other] * turn)
                at = ends[node, other][1]
        degrees = (at * 180 / pi, begin * 180 / pi)
        axes.add_patch(Wedge((0, 0), 1 + WIDTH, *degrees, width=WIDTH, color=tint[node], lw=0))
        middle = (begin + at) / 2
        axes.text(
            1.09 * cos(middle), 1.09 * sin(middle), shorten(names[node], LABEL_LENGTH), fontsize=SMALL, va="center",
            ha="left" if cos(middle) > 0.05 else "right" if cos(middle) < -0.05 else "center",
        )  # fmt: skip
        at -= 2 * pi * FREE / len(actors)
    for first, second in sorted(ends, key=lambda pair: (-width[pair], str(pair))):
        if actors.index(first) > actors.index(second):
            continue
        points = [*_arc(*ends[first, second]), (0.0, 0.0), *_arc(*ends[second, first]), (0.0, 0.0)]
        points.append(points[0])
        codes = [Curve.MOVETO, *[Curve.LINETO] * (STEPS - 1), Curve.CURVE3, Curve.CURVE3]
        codes += [*[Curve.LINETO] * (STEPS - 1), Curve.CURVE3, Curve.CURVE3]
        more = first if given.get((first, second), 0.0) >= given.get((second, first), 0.0) else second
        axes.add_patch(PathPatch(Curve(points, codes), facecolor=tint[more], alpha=0.5, lw=0))


# Points along the end of a band, which lies on the circle.
STEPS: Final = 12


def _arc(begin: float, end: float) -> list[tuple[float, float]]:
    angles = [begin + (end - begin) * step / (STEPS - 1) for step in range(STEPS)]
    return [(cos(angle), sin(angle)) for angle in angles]
