"""The report of a difference: both sentences beside each other, in Markdown, HTML and Turtle."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from diplograph.exports.comparison import (
    render_comparison_html,
    render_comparison_markdown,
    write_comparison,
)
from diplograph.graph.compare import Difference, diff
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, entity, graph_of, sample_graph


def editions() -> Difference:
    kg = sample_graph()
    return diff(kg.edition("yearbook-2016"), kg.edition("yearbook-2017"))


TOLD = [
    pytest.param("2 changed (2 moved on to a later stage)", id="summary"),
    pytest.param("status: negotiating → signed", id="change"),
    pytest.param("Negotiations on an ACSA with the UK go on.", id="old-sentence"),
    pytest.param(
        "In January 2017, Japan and the United Kingdom signed the Japan-UK ACSA.", id="new-sentence"
    ),
    pytest.param("India cooperates with Japan (Maritime Security)", id="new-claim"),
    pytest.param("Australia, India, Philippines", id="new-entities"),
]


@pytest.mark.parametrize("words", TOLD)
@pytest.mark.parametrize("render", [render_comparison_markdown, render_comparison_html], ids=["md", "html"])
def test_report_tells(render: object, words: str) -> None:
    assert words in render(editions())  # type: ignore[operator]


def test_gone_claims_are_told() -> None:
    text = render_comparison_markdown(editions().mirrored())
    assert "## No longer told: aid" in text
    assert "status: signed → negotiating" in text


def test_equal_graphs_have_a_short_report() -> None:
    kg = sample_graph()
    assert "The two say the same." in render_comparison_markdown(diff(kg, kg))
    assert "an empty graph" in render_comparison_markdown(diff(KnowledgeGraph(), KnowledgeGraph()))


class Tags(HTMLParser):
    """Collect open tags, to see that every one is closed and nothing is loaded from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.links += [name for name, _ in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_loads_nothing() -> None:
    odd = entity("person/x", '<script>&"')
    before = graph_of(claim("country/JPN", "visits", "country/AUS"))
    after = graph_of(claim("person/x", "visits", "country/JPN", text="A <b> & 'c'."), entities=[odd])
    page = render_comparison_html(diff(before, after))
    tags = Tags()
    tags.feed(page)
    assert (tags.open, tags.links) == ([], [])
    assert "<script" not in page


def test_files_are_written(tmp_path: Path) -> None:
    paths = write_comparison(editions(), tmp_path)
    assert [path.name for path in paths] == ["diff.md", "diff.html", "added.ttl"]
    rdflib = pytest.importorskip("rdflib")
    added = rdflib.Graph().parse(paths[2])
    claims = set(added.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/diplograph/ontology#Claim")))
    assert len(claims) == 7  # five new ones and two that moved on


def test_changed_issues_are_named() -> None:
    plain = claim("country/JPN", "cooperatesWith", "country/PHL")
    about = claim("country/JPN", "cooperatesWith", "country/PHL", issue="issue/maritime-security")
    text = render_comparison_markdown(diff(graph_of(plain), graph_of(about)))
    assert "issue: not told → Maritime Security" in text
