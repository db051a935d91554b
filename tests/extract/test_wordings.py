"""Every wording reads its examples and leaves its counter-examples."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from diplograph.extract.candidates import Candidate
from diplograph.extract.extractor import rules_folder
from diplograph.extract.wordings import load_wordings
from diplograph.ontology.errors import TableError
from tests.extract.test_frames import candidates

FILE = rules_folder() / "wordings.toml"


def rows() -> list[Any]:
    """Give each wording by its id."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return [pytest.param(row, id=row["id"]) for row in data["wording"]]


def read(text: str, rule: str) -> list[Candidate]:
    """Give what a wording reads in a text, of a mission's land too."""
    return [c for c in candidates(text) if c.rule.removesuffix("-land") == rule]


@pytest.mark.parametrize("row", rows())
def test_wording_reads_its_examples_and_leaves_the_others(row: dict[str, Any]) -> None:
    assert [text for text in row["examples"] if not read(text, row["id"])] == []
    assert [text for text in row["counter_examples"] if read(text, row["id"])] == []


BOUND = [
    pytest.param(
        "The Quad, comprising Australia, India, Japan and the United States, met.",
        "body-comprising",
        {("memberOf", f"country/{iso}", "forum/quad") for iso in ("AUS", "IND", "JPN", "USA")},
        id="list of any length",
    ),
]


@pytest.mark.parametrize(("text", "rule", "claims"), BOUND)
def test_lists_are_bound_whole(text: str, rule: str, claims: set[tuple[str, str, str]]) -> None:
    found = {(c.predicate, c.head.entity, c.tail.entity) for c in read(text, rule)}
    assert {(p, h) for p, h, _ in found} == {(p, h) for p, h, _ in claims}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param("\nexamples", "\nsamples", "has no examples", id="no examples"),
        pytest.param("pattern = '", "pattern = '(", "is no pattern", id="open bracket"),
    ],
)
def test_faulty_file_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = FILE.read_text("utf-8").replace(old, new)
    (tmp_path / "wordings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=re.escape(problem)):
        load_wordings(tmp_path, {})
