"""Answers of the analysis commands, as tables and as text."""

import csv
import json
from collections.abc import Callable

import pytest
from diplograph.exports.answers import (
    Answer,
    answer_analyze,
    answer_diff,
    answer_paths,
    answer_stats,
    answer_timeline,
    render_answers,
)
from diplograph.graph.compare import diff
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.lookup import UnknownEntity
from factories import sample_graph

KG = sample_graph()
EDITIONS = diff(KG.edition("yearbook-2016"), KG.edition("yearbook-2017"))
ANSWERS: dict[str, Callable[[], tuple[Answer, ...]]] = {
    "stats": lambda: answer_stats(KG),
    "analyze": lambda: answer_analyze(KG, network="agreements", measure="pagerank"),
    "path": lambda: answer_paths(KG, "Philippines", "Terrorism"),
    "timeline-of-an-agreement": lambda: answer_timeline(KG, about="Japan-UK ACSA"),
    "timeline-of-a-state": lambda: answer_timeline(KG, about="Japan"),
    "timeline-of-all": lambda: answer_timeline(KG, by="month"),
    "diff": lambda: answer_diff(EDITIONS),
}
EACH = pytest.mark.parametrize("name", list(ANSWERS))


@EACH
def test_every_row_has_a_cell_a_column(name: str) -> None:
    for answer in ANSWERS[name]():
        assert all(len(row) == len(answer.columns) for row in answer.rows)


@EACH
def test_titles_are_distinct(name: str) -> None:
    titles = [answer.title for answer in ANSWERS[name]()]
    assert len(set(titles)) == len(titles) > 0


ROWS = [
    pytest.param("stats", 0, ("claims", 10), id="stats"),
    pytest.param("stats", 3, ("Japan", 4), id="most-connected"),
    pytest.param("analyze", 1, ("ties", 1), id="network"),
    pytest.param("timeline-of-a-state", 0, ("2016", 2), id="series"),
    pytest.param("timeline-of-all", 0, ("2017-01", 2), id="months"),
    pytest.param("diff", 0, ("claims", 5, 0, 2), id="difference"),
]


@pytest.mark.parametrize(("name", "table", "row"), ROWS)
def test_rows(name: str, table: int, row: tuple[object, ...]) -> None:
    assert row in ANSWERS[name]()[table].rows


def test_chains_cite_their_sentences() -> None:
    (chain,) = ANSWERS["path"]()
    assert [row[1] for row in chain.rows] == [
        "Japan lent 100 billion yen to the Philippines.",
        "Japan takes part in the ASEAN Regional Forum.",
        "The ARF discussed maritime security and terrorism.",
    ]


def test_milestones_tell_what_dates_them() -> None:
    (life,) = ANSWERS["timeline-of-an-agreement"]()
    assert [(row[0], row[2], row[3]) for row in life.rows][1:3] == [
        ("2015-01-01", "document", "negotiating"),
        ("2017-01-01", "claim", "signed"),
    ]


@EACH
def test_text_holds_the_cells(name: str) -> None:
    answers = ANSWERS[name]()
    data = json.loads(render_answers(answers, kind="json"))
    assert list(data) == [answer.title for answer in answers]
    parts = render_answers(answers, kind="csv").split("\n\n")
    for answer, part in zip(answers, parts, strict=True):
        assert [tuple(row.values()) for row in data[answer.title]] == list(answer.rows)
        head, *body = csv.reader(part.strip("\n").split("\n"))
        assert (tuple(head), len(body)) == (answer.columns, len(answer.rows))
    assert render_answers(answers, kind="md").count("## ") == len(answers)


def test_nothing_gives_empty_tables() -> None:
    assert answer_stats(KnowledgeGraph())[0].rows[0] == ("documents", 0)
    assert answer_timeline(KnowledgeGraph())[0].rows == ()
    assert answer_paths(KG, "Australia", "Japan") == ()


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="json"):
        render_answers((), kind="xls")  # type: ignore[arg-type]
    with pytest.raises(UnknownEntity):
        answer_timeline(KG, about="Atlantis")
