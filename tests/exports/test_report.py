"""The report counts what is there and shows what it is given."""

import pytest
from diplograph.exports.report import Coverage, measure_coverage, render_report
from diplograph.extract.records import Extraction, Rejection, Span
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, document, entity, extraction, graph_of, mention, sample_extractions, sample_graph

TEXT = "Japan came. Nobody spoke. India left."
COVERAGE = [
    pytest.param(extraction(of=document("d", TEXT)), (3, 0, 0), id="nothing-found"),
    pytest.param(
        extraction(
            mentions=[
                mention("country/JPN", "Japan", document="d"),
                mention("country/JPN", "J", document="d"),
            ],
            of=document("d", TEXT),
        ),
        (3, 1, 0),
        id="two-mentions-in-one-sentence",
    ),
    pytest.param(
        extraction(
            [claim("country/IND", "visits", "country/JPN", document="d", offset=26, text="India left.")],
            mentions=[mention("country/IND", "India", document="d", start=26)],
            of=document("d", TEXT),
        ),
        (3, 1, 1),
        id="claim",
    ),
    pytest.param(
        extraction([claim("country/IND", "visits", "country/JPN", document="other")], of=document("d", TEXT)),
        (3, 0, 0),
        id="evidence-elsewhere",
    ),
]


@pytest.mark.parametrize(("read", "expected"), COVERAGE)
def test_coverage(read: Extraction, expected: tuple[int, int, int]) -> None:
    seen = measure_coverage(read)
    assert (seen.sentences, seen.with_mentions, seen.with_claims) == expected


def report() -> str:
    read = sample_extractions()
    return render_report(
        sample_graph(),
        coverage=[measure_coverage(item) for item in read],
        rejections=[piece for item in read for piece in item.rejections],
        validation="conforms (0 results)",
        graph_hash="abc123",
        version="Diplograph 9.9",
    )


LINES = [
    pytest.param("2 documents, 5 mentions, 10 entities, 10 claims with 11 pieces of evidence.", id="totals"),
    pytest.param("* Validation: conforms (0 results)", id="validation"),
    pytest.param("* Hash of the graph: `abc123`", id="hash"),
    pytest.param("* Built by: Diplograph 9.9", id="version"),
    pytest.param("| partyTo | 5 | 4 |", id="relation"),
    pytest.param("| Country | 5 | 2 |", id="class"),
    pytest.param("| with claims | 7 | 100% |", id="coverage"),
    pytest.param("| denied | 1 |", id="rejection"),
    pytest.param("| Japan | Country | 4 | 5 |", id="best-connected"),
    pytest.param(f"| 0.9 to 1.0 | 10 | {'#' * 40} |", id="confidence"),
]


@pytest.mark.parametrize("line", LINES)
def test_report_tells(line: str) -> None:
    assert line in report().split("\n")


def test_what_was_not_done_is_said() -> None:
    text = render_report(KnowledgeGraph())
    assert "* Validation: not run" in text
    assert "* Hash of the graph: not computed" in text


def test_a_bar_in_a_label_does_not_break_the_table() -> None:
    odd = entity("forum/x", "A|B\nC")
    assert "| A\\|B C | Forum |" in render_report(
        graph_of(claim("country/JPN", "memberOf", "forum/x"), entities=[odd])
    )


def test_order_of_what_is_given_does_not_matter() -> None:
    cover = [Coverage(document=d, sentences=1, with_mentions=1, with_claims=0) for d in ("a", "b")]
    drops = [Rejection(document="a", span=Span(0, 1), rule="r", reason=w) for w in ("far", "denied", "far")]
    first = render_report(sample_graph(), coverage=cover, rejections=drops)
    assert first == render_report(sample_graph(), coverage=cover[::-1], rejections=drops[::-1])


def test_nobody_is_a_neighbour_of_itself() -> None:
    assert "| X | Forum | 0 | 1 |" in render_report(graph_of(claim("forum/x", "partOf", "forum/x")))
