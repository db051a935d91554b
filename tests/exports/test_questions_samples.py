"""Every shipped question, asked of the build of ``samples/``: rows judged by hand against the documents."""

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from diplograph.exports.ask import ask, questions
from diplograph.exports.iris import BASE
from diplograph.exports.turtle import write_turtle

import diplograph as dg

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "samples-questions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["question"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_turtle(dg.build(ROOT / "samples"), folder / "graph.ttl")
    return folder


def rows_of(folder: Path, name: str, arguments: Sequence[str]) -> list[list[str]]:
    """Give the rows as text, IRIs relative to the base, white space as one blank."""
    answer = json.loads(ask(folder, name, arguments, format="json"))
    names = answer["head"]["vars"]
    return [
        [" ".join(row.get(n, {}).get("value", "").removeprefix(BASE).split()) for n in names]
        for row in answer["results"]["bindings"]
    ]


def fits(expected: Sequence[str], row: Sequence[str]) -> bool:
    """Tell whether a row is one that was expected; see the head of the golden file."""
    return len(expected) == len(row) and all(
        wanted in ("*", cell) or (wanted.endswith("…") and cell.startswith(wanted[:-1]))
        for wanted, cell in zip(expected, row, strict=True)
    )


def in_order(expected: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether the expected rows are among the rows, in their order."""
    rest = iter(rows)
    return all(any(fits(wanted, row) for row in rest) for wanted in expected)


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=" ".join([c["name"], *c.get("arguments", ())])) for c in CASES]
)
def test_samples_answer_as_a_careful_reader_does(case: dict[str, Any], built: Path) -> None:
    rows = rows_of(built, case["name"], case.get("arguments", []))
    expected = case.get("rows", [])
    assert in_order(expected, rows), f"expected {expected}, got {rows}"
    if case.get("complete"):
        assert len(rows) == len(expected), f"more than was judged right: {rows}"


def test_every_question_is_asked_and_most_are_answered() -> None:
    assert {case["name"] for case in CASES} == set(questions())
    answered = {case["name"] for case in CASES if case.get("rows")}
    assert len(answered) >= 30


@pytest.mark.parametrize(
    ("expected", "rows", "found"),
    [
        pytest.param([["a", "*"]], [["x", "y"], ["a", "b"]], True, id="any cell"),
        pytest.param([["a…"]], [["about"]], True, id="beginning"),
        pytest.param([["a"]], [["about"]], False, id="whole cell"),
        pytest.param([["a"], ["b"]], [["b"], ["a"]], False, id="order"),
        pytest.param([["a"], ["a"]], [["a"]], False, id="each row once"),
        pytest.param([["a"]], [["a", "b"]], False, id="another column"),
    ],
)
def test_rows_are_compared_in_earnest(expected: list[list[str]], rows: list[list[str]], found: bool) -> None:
    assert in_order(expected, rows) == found
