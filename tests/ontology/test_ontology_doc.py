"""The ontology's documentation is generated, and says what the file says."""

import importlib.util
from pathlib import Path

import pytest
from diplograph.exports.ontology_doc import MissingExtra, ontology_markdown, write_ontology_html
from diplograph.ontology.model import ENTITY_CLASSES, RELATIONS

DOCS = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_docs_are_what_the_ontology_generates() -> None:
    assert DOCS.read_text(encoding="utf-8") == ontology_markdown()


@pytest.mark.parametrize("name", [*ENTITY_CLASSES, *RELATIONS])
def test_term_has_a_row(name: str) -> None:
    assert f"| `{name}`" in ontology_markdown()


@pytest.mark.skipif(importlib.util.find_spec("pylode") is not None, reason="pyLODE is installed")
def test_html_without_pylode_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(MissingExtra, match="pip install"):
        write_ontology_html(tmp_path / "ontology.html")


@pytest.mark.skipif(importlib.util.find_spec("pylode") is None, reason="pyLODE is not installed")
@pytest.mark.filterwarnings("ignore")
def test_html_names_every_relation(tmp_path: Path) -> None:
    path = tmp_path / "ontology.html"
    write_ontology_html(path)
    page = path.read_text(encoding="utf-8")
    assert all(f"ontology#{name}" in page for name in RELATIONS)
