"""Every figure under one name each, for the command line."""

from typing import TYPE_CHECKING, Final

from diplograph.exports.chords import draw_chords
from diplograph.exports.figures import draw_issue_years, draw_life_cycle, draw_matrix
from diplograph.exports.flows import draw_flows
from diplograph.exports.networks import draw_network
from diplograph.graph.analysis import project
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.projections import aid_flow, aid_ties

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PLOTS", "draw"]

PLOTS: Final = ("network", "matrix", "chords", "timeline", "issues", "flows")


def draw(
    kg: KnowledgeGraph,
    *,
    kind: str,
    network: str = "all",
    agreement: str = "",
    currency: str = "",
    title: str = "",
    limit: int | None = None,
) -> "Figure":
    """Draw one of :data:`PLOTS`.

    Args:
        kg: The graph, or a view of it.
        kind: ``network``, ``matrix`` and ``chords`` draw the projection ``network``, ``timeline`` the life of
            ``agreement``, ``issues`` issues by year, ``flows`` aid, by amount with a ``currency``, else by
            number of claims.
        network: Name of a projection.
        agreement: Name or id of an agreement.
        currency: ISO 4217.
        title: Above the figure.
        limit: How many nodes, rows or flows at most.

    Raises:
        ValueError: If there is no such figure or network, or a timeline is asked of no agreement.
        MissingExtra: If matplotlib is not installed.
    """
    if kind not in PLOTS:
        msg = f"{kind!r} is no figure; choose among {', '.join(PLOTS)}"
        raise ValueError(msg)
    most = {} if limit is None else {"limit": limit}
    if kind == "network":
        return draw_network(project(kg, network), title=title, **most)
    if kind == "matrix":
        return draw_matrix(project(kg, network), title=title, **most)
    if kind == "chords":
        return draw_chords(project(kg, network), title=title, **most)
    if kind == "issues":
        return draw_issue_years(kg, title=title, **most)
    if kind == "flows":
        flows = aid_flow(kg, currency=currency) if currency else aid_ties(kg)
        return draw_flows(flows, title=title, **most)
    if not agreement:
        msg = "a timeline is that of an agreement; name one"
        raise ValueError(msg)
    return draw_life_cycle(kg, agreement, title=title)
