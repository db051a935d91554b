"""Figures show what they should, read well, and are the same every time."""

import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from diplograph.graph.extras import MissingExtra
from diplograph.graph.projections import aid_flow, aid_ties, all_ties, shared_agreements, signed_network
from factories import claim, graph_of, sample_graph

pytest.importorskip("matplotlib")

from diplograph.exports.chords import draw_chords
from diplograph.exports.figures import (
    draw_issue_years,
    draw_life_cycle,
    draw_matrix,
    new_figure,
    save_figure,
)
from diplograph.exports.flows import draw_flows
from diplograph.exports.networks import draw_network
from diplograph.exports.plots import draw

KG = sample_graph()
FIGURES: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "network": (lambda: draw_network(all_ties(KG), title="All"), ["Japan", "ASEAN Regional Forum", "All"]),
    "signed": (lambda: draw_network(signed_network(KG)), ["Japan", "India", "Philippines"]),
    "life-cycle": (lambda: draw_life_cycle(KG, "Japan-UK ACSA"), ["Japan-UK ACSA", "United Kingdom", "2017"]),
    "matrix": (lambda: draw_matrix(shared_agreements(KG)), ["Japan", "United Kingdom", "1"]),
    "chords": (
        lambda: draw_chords(shared_agreements(KG), title="Shared"),
        ["Japan", "United Kingdom", "Shared"],
    ),
    "chords-one-way": (lambda: draw_chords(aid_ties(KG)), ["Japan", "Philippines"]),
    "issues": (lambda: draw_issue_years(KG), ["Maritime Security", "Terrorism", "2016"]),
    "flows": (lambda: draw_flows(aid_flow(KG, currency="JPY")), ["Japan  100,000,000,000"]),
}
NAMES = pytest.mark.parametrize("name", list(FIGURES))


def words(figure: object) -> list[str]:
    from matplotlib.text import Text

    found = figure.findobj(Text)  # type: ignore[attr-defined]
    return [text.get_text() for text in found if text.get_text()]


@NAMES
def test_figures_name_what_they_show(name: str) -> None:
    draw, expected = FIGURES[name]
    figure = draw()
    figure.draw_without_rendering()
    assert set(expected) <= {" ".join(text.split()) for text in words(figure)} | set(words(figure))


@NAMES
def test_text_is_large_enough(name: str) -> None:
    from matplotlib.text import Text

    figure = FIGURES[name][0]()
    assert all(float(text.get_fontsize()) >= 6 for text in figure.findobj(Text) if text.get_text())


@NAMES
@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_same_figure_gives_the_same_bytes(name: str, ending: str, tmp_path: Path) -> None:
    draw = FIGURES[name][0]
    one = save_figure(draw(), tmp_path / f"one.{ending}", dpi=50)
    two = save_figure(draw(), tmp_path / f"two.{ending}", dpi=50)
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_size > 2000


def test_labels_of_a_network_do_not_cover_each_other() -> None:
    kg = graph_of(*(claim("country/JPN", "memberOf", f"forum/a-rather-long-name-{i}") for i in range(25)))
    figure = draw_network(all_ties(kg))
    figure.draw_without_rendering()
    labels = [text for text in figure.axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in labels]
    assert len(boxes) == 26
    assert not [1 for one, other in combinations(boxes, 2) if one.overlaps(other)]


def test_of_too_many_nodes_the_best_connected_are_drawn_and_it_is_said() -> None:
    star = nx.star_graph(99)
    assert "The 60 best connected of 100." in words(draw_network(star))
    assert "0" in words(draw_network(star, limit=3))


EMPTY = [
    pytest.param(lambda: draw_network(nx.Graph()), id="network"),
    pytest.param(lambda: draw_matrix(nx.Graph()), id="matrix"),
    pytest.param(lambda: draw_issue_years(graph_of()), id="issues"),
    pytest.param(lambda: draw_flows(nx.DiGraph()), id="flows"),
]


@pytest.mark.parametrize("draw", EMPTY)
def test_an_empty_figure_says_so(draw: object, tmp_path: Path) -> None:
    figure = draw()  # type: ignore[operator]
    assert "nothing to draw" in words(figure)
    save_figure(figure, tmp_path / "empty.png", dpi=40)


def test_an_agreement_without_dates_can_be_drawn(tmp_path: Path) -> None:
    kg = graph_of(claim("agreement/x", "addresses", "issue/health"))
    save_figure(draw_life_cycle(kg, "agreement/x"), tmp_path / "x.png", dpi=40)


def test_flows_need_directions_and_tell_their_share() -> None:
    with pytest.raises(ValueError, match="directed"):
        draw_flows(nx.Graph())
    kg = graph_of(*(claim("country/JPN", "providesAssistanceTo", f"country/C{i}") for i in range(4)))
    figure = draw_flows(aid_ties(kg), limit=2)
    assert any("50% of all flows shown" in text for text in words(figure))


def test_an_ending_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="docx"):
        save_figure(draw_network(nx.Graph()), tmp_path / "figure.docx")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtra, match=r"diplograph\[figures\]"):
        new_figure(1, 1)


PLOTTED = [
    pytest.param({"kind": "network", "network": "forums"}, id="network"),
    pytest.param({"kind": "matrix", "network": "agreements", "limit": 3}, id="matrix"),
    pytest.param({"kind": "timeline", "agreement": "Japan-UK ACSA"}, id="timeline"),
    pytest.param({"kind": "issues"}, id="issues"),
    pytest.param({"kind": "flows"}, id="flows"),
    pytest.param({"kind": "flows", "currency": "JPY"}, id="flows-in-yen"),
]


@pytest.mark.parametrize("options", PLOTTED)
def test_every_kind_is_drawn(options: dict[str, str], tmp_path: Path) -> None:
    figure = draw(KG, title="The title", **options)  # type: ignore[arg-type]
    assert figure.axes[0].get_title(loc="left") == "The title"


@pytest.mark.parametrize(
    "options", [{"kind": "pie"}, {"kind": "timeline"}, {"kind": "network", "network": "x"}]
)
def test_what_cannot_be_drawn_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"choose among|name one"):
        draw(KG, **options)  # type: ignore[arg-type]
