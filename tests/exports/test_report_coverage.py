"""The report tells why sentences gave no claim, and which blocks were not read as sentences."""

from diplograph.exports.report import measure_coverage, render_report
from diplograph.extract.records import (
    Block,
    Claim,
    Document,
    Evidence,
    Extraction,
    Mention,
    Rejection,
    Sentence,
    Span,
)
from diplograph.graph.knowledge import KnowledgeGraph

# Four sentences of ten characters and a running head: told, rejected only, both, nothing.
DOCUMENT = Document(
    id="one",
    file="one.txt",
    text="x" * 50,
    blocks=(Block(kind="paragraph", span=Span(0, 40)), Block(kind="junk", span=Span(40, 50))),
    sentences=tuple(Sentence(span=Span(at, at + 10), block=0) for at in (0, 10, 20, 30)),
)


def claim(at: int) -> Claim:
    """Make a claim that the sentence at a place supports."""
    return Claim(
        subject="country/NOR",
        predicate="visits",
        object=f"country/P{at:02d}",
        confidence=0.9,
        rule="visit",
        evidence=(Evidence(document="one", start=at, end=at + 10, text="x" * 10),),
    )


EXTRACTION = Extraction(
    document=DOCUMENT,
    mentions=(
        Mention(
            document="one", span=Span(2, 5), text="xxx", cls="Country", entity="country/NOR", how="listed"
        ),
    ),
    claims=(claim(0), claim(20)),
    rejections=tuple(
        Rejection(document="one", span=Span(at, at + 10), rule=rule, reason="visits too unlikely")
        for at, rule in ((10, "visit"), (10, "arrive"), (20, "visit"))
    ),
)


def test_sentences_and_blocks_are_counted_by_what_became_of_them() -> None:
    coverage = measure_coverage(EXTRACTION)
    assert (coverage.sentences, coverage.with_mentions, coverage.with_claims) == (4, 1, 2)
    assert coverage.only_rejected == 1
    assert coverage.unread == (("junk", 1),)


def test_the_report_tells_what_became_of_sentences_blocks_and_candidates() -> None:
    lines = render_report(
        KnowledgeGraph(), coverage=[measure_coverage(EXTRACTION)], rejections=EXTRACTION.rejections
    ).split("\n")
    assert "| without: all candidates rejected | 1 | 25% |" in lines
    assert "| without: no rule reads anything | 1 | 25% |" in lines
    assert "| junk | 1 |" in lines
    assert "| visit | 2 |" in lines
    assert "| arrive | 1 |" in lines
