"""The page of real builds: our samples, and the yearbook that lies beside the checkout."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from diplograph.graph.knowledge import KnowledgeGraph

from diplograph.pipeline import build_graph_of, read_documents

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
YEARBOOK = ROOT.parent / "shared" / "corpus" / "bluebook"


@cache
def built(folder: Path) -> KnowledgeGraph:
    """Build the graph of a folder with a manifest, once."""
    documents, _ = read_documents([folder], manifest=folder / "manifest.csv")
    return build_graph_of(documents).graph


BUILDS = [
    pytest.param(ROOT / "samples", id="samples"),
    pytest.param(YEARBOOK, id="yearbook", marks=pytest.mark.corpus),
]


@pytest.fixture(params=BUILDS)
def kg(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Give the graph of each build in turn."""
    folder: Path = request.param
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return built(folder)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_sight(open_page: Callable[..., Any], kg: KnowledgeGraph, size: Any, scheme: str) -> None:
    page = open_page(kg, size=size, color_scheme=scheme)
    shown = page.evaluate("diplograph.nodes()")
    labels = page.evaluate("diplograph.labels()")
    assert 20 <= len(shown) <= 150
    assert len(labels) >= len(shown) / 2
    for number, one in enumerate(labels):
        assert not [
            other
            for other in labels[:number]
            if one["left"] < other["right"]
            and other["left"] < one["right"]
            and one["top"] < other["bottom"]
            and other["top"] < one["bottom"]
        ]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_every_claim_can_be_reached_and_read(open_page: Callable[..., Any], kg: KnowledgeGraph) -> None:
    page = open_page(kg, "#show=100000")
    apart = {claim.id for claim in kg.claims if claim.subject != claim.object}
    assert set(page.evaluate("diplograph.claims()")) == apart
    for claim in list(kg.claims)[:: max(1, len(kg.claims) // 15)]:
        if claim.subject == claim.object:
            continue
        page.evaluate("hash => { location.hash = hash; }", f"#pair={claim.subject}+{claim.object}")
        item = page.locator(f'[data-claim="{claim.id}"]')
        item.wait_for()
        quotes = [quote.text_content() for quote in item.locator("blockquote").all()]
        assert quotes == [said.text for said in claim.evidence]
        assert item.locator("mark").count() >= 1 or not any(
            mention.entity in (claim.subject, claim.object)
            and claim.evidence[0].start <= mention.span.start
            and mention.span.end <= claim.evidence[0].end
            and mention.document == claim.evidence[0].document
            for mention in kg.mentions
        )


def test_turtle_of_everything_is_part_of_the_export(
    open_page: Callable[..., Any], kg: KnowledgeGraph
) -> None:
    import rdflib
    from diplograph.exports.rdf import to_rdf

    page = open_page(kg, "#show=100000")
    page.click("#menu summary")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Visible claims as Turtle").click()
    part = rdflib.Graph().parse(data=Path(waiting.value.path()).read_bytes(), format="turtle")
    assert len(part) > len(kg.claims)
    assert sorted(set(part) - set(to_rdf(kg)))[:5] == []
