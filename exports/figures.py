"""Figures for papers: timelines, matrices and heat maps, drawn by matplotlib.

Every function gives a :class:`matplotlib.figure.Figure` that nobody has shown; :func:`save_figure` writes
it. Colours are those of the page; text is at least 7 points at the width of a page.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import numpy as np
from diplograph.graph.dates import claim_period
from diplograph.graph.extras import MissingExtra
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.timeline import life_cycle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "draw_issue_years",
    "draw_life_cycle",
    "draw_matrix",
    "new_figure",
    "save_figure",
    "set_title",
    "shorten",
]

# Points; journals ask for at least 6 to 7 in print.
SMALL: Final = 7.5
NORMAL: Final = 9.0

MOST_ROWS: Final = 25


def new_figure(width: float, height: float) -> tuple["Figure", "Axes"]:
    """Make an empty figure of so many inches with one pair of axes, without any display.

    Raises:
        MissingExtra: If matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("matplotlib", "figures") from error
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def save_figure(figure: "Figure", path: Path, *, dpi: int = 200) -> Path:
    """Write a figure as the ending of the path says (.png, .svg, .pdf); the same figure, the same bytes.

    Raises:
        ValueError: If matplotlib knows no such ending.
    """
    import matplotlib

    kind = path.suffix.lower()
    clock: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
    with matplotlib.rc_context({"svg.hashsalt": "diplograph", "svg.fonttype": "none"}):
        figure.savefig(path, dpi=dpi, metadata=clock.get(kind))
    return path


def set_title(axes: "Axes", title: str) -> None:
    """Write a title at the left above the axes, if there is one."""
    if title:
        axes.set_title(title, fontsize=NORMAL + 1, loc="left")


def shorten(text: str, most: int) -> str:
    """Cut a text to so many letters, the last of them an ellipsis if any is lost."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def draw_life_cycle(kg: KnowledgeGraph, agreement: str, *, title: str = "") -> "Figure":
    """Draw who reached which stage of an agreement when: a row a party, a mark a milestone.

    A date known only by the year that the document reports on is hollow; a planned step is a triangle.

    Raises:
        UnknownEntity, InconsistentGraph: As :func:`~diplograph.graph.timeline.life_cycle`.
    """
    life = life_cycle(kg, agreement)
    steps = [step for step in life.milestones if step.period is not None]
    parties = sorted({step.party for step in steps}, key=lambda key: kg.entities[key].label)[:MOST_ROWS]
    figure, axes = new_figure(7.5, 1.4 + 0.42 * max(1, len(parties)))
    set_title(axes, title or kg.entities[life.agreement].label)
    stages = list(dict.fromkeys(step.stage for step in steps))
    colours = ["#b3541e", "#1f6fb2", "#117733", "#332288", "#882255", "#857000", "#5b6470"]
    for number, stage in enumerate(stages):
        colour = colours[number % len(colours)]
        axes.scatter([], [], color=colour, s=36, label=stage)
        for step in steps:
            if step.stage == stage and step.party in parties and step.period:
                row = parties.index(step.party)
                first, last = step.period.first.toordinal(), step.period.last.toordinal()
                axes.plot([first, last], [row, row], color=colour, lw=5, alpha=0.25, solid_capstyle="round")
                hollow = step.period.basis == "document"
                axes.scatter(
                    [(first + last) / 2],
                    [row],
                    s=46,
                    marker="o" if step.claim.modality == "asserted" else "^",
                    facecolor="white" if hollow else colour,
                    edgecolor=colour,
                    zorder=3,
                )
    axes.set_yticks(range(len(parties)), [shorten(kg.entities[k].label, 32) for k in parties], fontsize=SMALL)
    axes.set_ylim(-0.6, max(1, len(parties)) - 0.4)
    axes.invert_yaxis()
    _years(axes, [day for s in steps if s.period for day in (s.period.first, s.period.last)])
    if stages:
        axes.legend(
            fontsize=SMALL, frameon=False, ncols=len(stages), loc="upper left", bbox_to_anchor=(0, -0.18)
        )
    return figure


def _years(axes: "Axes", days: Sequence[Any]) -> None:
    if not days:
        axes.set_xticks([])
        return
    from datetime import date

    first, last = min(days).year, max(days).year + 1
    step = max(1, (last - first) // 8)
    years = range(first, last + 1, step)
    axes.set_xticks([date(y, 1, 1).toordinal() for y in years], [str(y) for y in years], fontsize=SMALL)
    axes.grid(axis="x", color="#d9dee5", lw=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def draw_matrix(network: nx.Graph, *, title: str = "", limit: int = MOST_ROWS) -> "Figure":
    """Draw a pair measure as a matrix: rows give, columns receive; the strongest ``limit`` nodes."""
    strength = dict.fromkeys(network, 0.0)
    for first, second, weight in network.edges(data="weight", default=1):
        strength[first] += abs(weight)
        strength[second] += abs(weight)
    nodes = sorted(strength, key=lambda node: (-strength[node], str(node)))[:limit]
    index = {node: i for i, node in enumerate(nodes)}
    cells = np.zeros((len(nodes), len(nodes)))
    for first, second, weight in network.edges(data="weight", default=1):
        if first in index and second in index:
            cells[index[first], index[second]] = weight
            if not network.is_directed():
                cells[index[second], index[first]] = weight
    names = [shorten(str(network.nodes[node].get("label") or node), 24) for node in nodes]
    return _heat_map(cells, names, names, title=title, note=str(network.graph.get("weight", "")))


def draw_issue_years(kg: KnowledgeGraph, *, title: str = "", limit: int = MOST_ROWS) -> "Figure":
    """Draw how many asserted claims concern each issue in each year, for the ``limit`` most frequent."""
    counts: dict[tuple[str, int], int] = {}
    for claim in kg.claims:
        period = claim_period(kg, claim)
        if claim.modality != "asserted" or period is None:
            continue
        about = {claim.qualifiers.issue, claim.object if claim.predicate == "addresses" else ""}
        for issue in sorted(about - {""}):
            slot = (issue, period.first.year)
            counts[slot] = counts.get(slot, 0) + 1
    totals: dict[str, int] = {}
    for (issue, _), number in counts.items():
        totals[issue] = totals.get(issue, 0) + number
    issues = sorted(totals, key=lambda key: (-totals[key], key))[:limit]
    seen = sorted({year for _, year in counts})
    years = list(range(seen[0], seen[-1] + 1)) if seen else []
    cells = np.array([[counts.get((issue, year), 0) for year in years] for issue in issues], dtype=float)
    names = [kg.entities[key].label if key in kg.entities else key for key in issues]
    return _heat_map(
        cells.reshape(len(issues), len(years)), names, [str(y) for y in years], title=title, note="claims"
    )


def _heat_map(
    cells: "np.ndarray[Any, Any]", rows: Sequence[str], columns: Sequence[str], *, title: str, note: str
) -> "Figure":
    figure, axes = new_figure(2.6 + 0.32 * max(6, len(columns)), 1.8 + 0.26 * max(4, len(rows)))
    set_title(axes, title)
    if not cells.size:
        axes.set_axis_off()
        axes.text(0.5, 0.5, "nothing to draw", ha="center", va="center", fontsize=NORMAL)
        return figure
    shown = np.ma.masked_equal(cells, 0)
    image = axes.imshow(shown, cmap="viridis_r", aspect="auto", vmin=min(0.0, float(cells.min())))
    axes.set_xticks(
        range(len(columns)), columns, rotation=60, ha="right", rotation_mode="anchor", fontsize=SMALL
    )
    axes.set_yticks(range(len(rows)), rows, fontsize=SMALL)
    axes.tick_params(length=0)
    top = float(cells.max())
    if cells.size <= 25 * 25:
        for (row, column), value in np.ndenumerate(cells):
            if value:
                ink = "white" if value > 0.55 * top else "black"
                told = f"{value:g}" if value < 1e4 else f"{value:.0e}"
                axes.text(column, row, told, ha="center", va="center", fontsize=6, color=ink)
    bar = figure.colorbar(image, ax=axes, shrink=0.8)
    bar.set_label(note, fontsize=SMALL)
    bar.ax.tick_params(labelsize=SMALL)
    return figure
