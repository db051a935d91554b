"""Every example of the guide to analysis runs, and every name it gives exists."""

import re
from pathlib import Path

import pytest
from diplograph.exports.formats import FORMATS
from diplograph.exports.plots import PLOTS
from diplograph.graph.frames import TABLES
from diplograph.graph.measures import MEASURES
from diplograph.graph.relations import families
from factories import sample_graph

GUIDE = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


def test_every_example_runs() -> None:
    for library in ("pandas", "polars"):
        pytest.importorskip(library)
    names: dict[str, object] = {"kg": sample_graph()}
    for block in BLOCKS:
        exec(compile(block, "docs/analysis.md", "exec"), names)
    assert len(BLOCKS) >= 6


@pytest.mark.parametrize("name", [*families(), *FORMATS, *PLOTS, *TABLES])
def test_the_guide_names_what_there_is(name: str) -> None:
    assert re.search(rf"\b{re.escape(name)}\b", GUIDE)


@pytest.mark.parametrize("measure", list(MEASURES.values()))
def test_the_guide_tells_of_every_measure(measure: object) -> None:
    assert f"`{measure.__name__}`" in GUIDE  # type: ignore[attr-defined]
