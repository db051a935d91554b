"""Batteries of texts with all their names marked: the share found, and the share of what is found that is right."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.ontology.model import ID_PREFIX
from prose import prose

FOLDER = Path(__file__).resolve().parents[1] / "register" / "names"
_MARK = re.compile(r"⟦(?P<cls>\w+):(?P<id>[^|⟧]+)\|(?P<text>[^⟧]+)⟧")

Name = tuple[int, int, str]


def marked(text: str) -> tuple[str, frozenset[Name]]:
    """Give a text without its marks, and its names as (start, end, class); issue areas with their id."""
    bare, at = "", 0
    names: set[Name] = set()
    for mark in _MARK.finditer(text):
        bare += text[at : mark.start()]
        cls = mark["cls"] if mark["cls"] != "IssueArea" else f"issue/{mark['id']}"
        names.add((len(bare), len(bare) + len(mark["text"]), cls))
        bare += mark["text"]
        at = mark.end()
    return bare + text[at:], frozenset(names)


def found(extractor: Extractor, text: str) -> frozenset[Name]:
    """Give the names that the extractor finds, in the same shape."""
    return frozenset(
        (m.span.start, m.span.end, m.entity if m.cls == "IssueArea" else m.cls)
        for m in extractor.names(prose(text)).mentions
    )


def shares(pairs: Sequence[tuple[frozenset[Name], frozenset[Name]]]) -> tuple[float, float]:
    """Give (recall, precision) of pairs of asked and found names."""
    right = sum(len(asked & seen) for asked, seen in pairs)
    return right / sum(len(asked) for asked, _ in pairs), right / sum(len(seen) for _, seen in pairs)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_a_battery_of_names_keeps_its_floors(extractor: Extractor, name: str) -> None:
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    cases = [marked(case["text"]) for case in table["case"]]
    recall, precision = shares([(asked, found(extractor, text)) for text, asked in cases])
    assert recall >= table["least_recall"], f"{recall:.3f}"
    assert precision >= table["least_precision"], f"{precision:.3f}"


def test_a_battery_is_read_with_its_spans() -> None:
    text, names = marked(
        "⟦Country:JPN|Japan⟧ joined ⟦Programme:un-mission|the mission⟧ on ⟦IssueArea:health|AIDS⟧."
    )
    assert text == "Japan joined the mission on AIDS."
    assert names == {(0, 5, "Country"), (13, 24, "Programme"), (28, 32, "issue/health")}


def test_every_class_of_the_batteries_is_one_of_the_ontology() -> None:
    classes = {
        mark["cls"]
        for path in sorted(FOLDER.glob("*.toml"))
        for mark in _MARK.finditer(path.read_text("utf-8"))
    }
    assert classes <= set(ID_PREFIX)
