"""A graph shows itself in a notebook, in a frame of its own, and writes nothing."""

import html
import importlib.util
from pathlib import Path

import pytest
from diplograph.exports import frame
from diplograph.exports.page import page_html
from diplograph.graph.hooks import HOOKS
from diplograph.graph.knowledge import KnowledgeGraph
from factories import sample_graph

NOTEBOOK = """
import sys
sys.path.insert(0, {tests!r})
from factories import sample_graph
kg = sample_graph()
kg
"""


@pytest.mark.parametrize(
    "kg",
    [
        pytest.param(sample_graph(), id="graph"),
        pytest.param(sample_graph().around("Japan"), id="view"),
        pytest.param(KnowledgeGraph(), id="empty"),
    ],
)
def test_a_graph_shows_its_page_in_a_sandbox(kg: KnowledgeGraph) -> None:
    shown = kg._repr_html_()
    assert shown is not None
    opening, _, rest = shown.partition(' srcdoc="')
    inner, _, closing = rest.partition('"')
    assert opening.startswith('<iframe sandbox="allow-scripts allow-downloads allow-popups"')
    assert "allow-same-origin" not in opening
    assert html.unescape(inner) == page_html(kg)
    assert closing == "></iframe>"


def test_what_documents_say_cannot_leave_the_frame() -> None:
    from page_factory import hostile_graph

    shown = hostile_graph()._repr_html_()
    assert shown is not None
    assert shown.count("<") == 2 and shown.count('"') == 8, (
        "the frame's own tags and attributes, nothing else"
    )


def test_a_graph_too_large_for_a_cell_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "LARGEST", 3)
    shown = sample_graph()._repr_html_()
    assert shown is not None and "too large" in shown and "<iframe" not in shown


def test_without_later_stages_a_graph_shows_its_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HOOKS, "show", None)
    assert sample_graph()._repr_html_() is None
    assert "claims" in repr(sample_graph())


@pytest.mark.skipif(importlib.util.find_spec("nbclient") is None, reason="nbclient is not installed")
@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries
def test_in_a_notebook_it_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    code = NOTEBOOK.format(tests=str(Path(__file__).parents[1]))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (output,) = notebook.cells[0].outputs
    assert output["output_type"] == "execute_result"
    assert output["data"]["text/html"] == sample_graph()._repr_html_()
    assert output["data"]["text/plain"] == repr(sample_graph())
    assert list(tmp_path.iterdir()) == []
