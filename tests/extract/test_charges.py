"""Whom a speaker charges by what it regrets or by the harm that a deed does."""

import tomllib

import pytest
from diplograph.extract.extractor import Extractor, rules_folder
from prose import prose

RULES = tomllib.loads((rules_folder() / "charges.toml").read_text(encoding="utf-8"))
OURS = frozenset({"regrets-that", "harmful-deed"})


def read(extractor: Extractor, text: str, country: str = "CHL") -> set[tuple[str, str, str]]:
    """Give who charges whom, and by which rule."""
    document = prose(text, country=country)
    return {
        (c.rule, c.head.entity[-3:], c.tail.entity[-3:])
        for _, _, candidates in extractor.relations.read_scenes(document, extractor.names(document))
        for c in candidates
        if c.rule in OURS
    }


@pytest.mark.parametrize("text", RULES["examples"])
def test_examples(extractor: Extractor, text: str) -> None:
    assert read(extractor, text)


@pytest.mark.parametrize("text", RULES["counter_examples"])
def test_counter_examples(extractor: Extractor, text: str) -> None:
    assert not read(extractor, text)


CHARGES = [
    pytest.param(
        "The shipment of waste by France and Japan imperils our fisheries.",
        {("harmful-deed", "CHL", "FRA"), ("harmful-deed", "CHL", "JPN")},
        id="by-several",
    ),
    pytest.param(
        "Norway deplores that Iran has closed its plants.",
        {("regrets-that", "NOR", "IRN")},
        id="somebody-regrets",
    ),
    pytest.param("We regret that Iran suffers from drought.", set(), id="it-befell-them"),
    pytest.param("The export of arms to Iran fuels trade.", set(), id="what-is-exported"),
]


@pytest.mark.parametrize(("text", "expected"), CHARGES)
def test_charges(extractor: Extractor, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert read(extractor, text) == expected
