"""The queries in the documentation give rows."""

import re
from pathlib import Path

import pytest
from diplograph.exports.query import run_query
from diplograph.exports.turtle import write_turtle
from question_facts import question_graph

PAGE = Path(__file__).parents[2] / "docs" / "linked-data.md"
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_queries() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize("query", [pytest.param(q, id=str(i)) for i, q in enumerate(QUERIES)])
def test_query_gives_rows(query: str, tmp_path: Path) -> None:
    write_turtle(question_graph(), tmp_path / "graph.ttl")
    assert run_query(tmp_path, query, format="csv").count("\r\n") > 1
