"""Sums that a sentence refers back to, and days told from the day of issue."""

import pytest
from diplograph.extract.carrying import load_sum_carrier
from diplograph.extract.dates import load_date_reader
from diplograph.extract.extractor import rules_folder
from diplograph.extract.records import Block, Document, Sentence, Span


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("This new funding will reach refugees in Chad.", True),
        ("Of this amount, Kenya receives a third.", True),
        ("These funds support schools in Nepal.", True),
        ("This meeting was held in Chad.", False),
        ("The funding of the Organization is discussed.", False),
    ],
)
def test_what_refers_back_to_a_sum(text: str, refers: bool) -> None:
    assert bool(load_sum_carrier(rules_folder()).back_reference.search(text)) is refers


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Norway today joined the initiative.", "2022-03-12", ["2022-03-12"]),
        ("The ministers met yesterday in Oslo.", "2022-03-01", ["2022-02-28"]),
        ("The following statement was released by Norway.", "2022-03-12", ["2022-03-12"]),
        ("The following statement was released by Norway.", "", []),
        ("Norway today joined the initiative.", "", ["2022"]),
    ],
)
def test_days_are_told_from_the_day_of_issue(text: str, day: str, expected: list[str]) -> None:
    reader = load_date_reader(rules_folder())
    assert [hit.date for hit in reader(text, 2022, 3, day)] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Aid for Norway", "March 12, 2022", "Text."), "2022-03-12"),
        (("Oslo, 5 February 2022", "Text."), "2022-02-05"),
        (("The treaty of 5 February 2022 stands.", "Text."), ""),
        (("Since 5 February 1994", "Text."), ""),
    ],
)
def test_the_day_of_issue_is_a_line_of_its_own(lines: tuple[str, ...], expected: str) -> None:
    text, blocks = "\n".join(lines), []
    for line in lines:
        start = text.index(line)
        blocks.append(Block(kind="paragraph", span=Span(start, start + len(line))))
    sentences = tuple(Sentence(span=b.span, block=i) for i, b in enumerate(blocks))
    document = Document(
        id="d",
        file="d.txt",
        text=text,
        title="",
        publisher="",
        country="NOR",
        reference_year=2022,
        blocks=tuple(blocks),
        sentences=sentences,
    )
    assert load_date_reader(rules_folder()).day_of(document) == expected
