"""What a stretch of a sentence backs, whatever the parser hung on what."""

import tomllib

import pytest
from diplograph.extract.extractor import Extractor, rules_folder
from prose import prose

RULES = tomllib.loads((rules_folder() / "stretches.toml").read_text(encoding="utf-8"))


def read(extractor: Extractor, text: str) -> set[tuple[str, str]]:
    """Give who backs what by the rules of this reader."""
    document = prose(text)
    return {
        (c.head.entity.partition("/")[2], c.tail.entity.partition("/")[2])
        for _, _, candidates in extractor.relations.read_scenes(document, extractor.names(document))
        for c in candidates
        if c.rule.startswith("stretch-")
    }


@pytest.mark.parametrize("text", RULES["examples"])
def test_examples(extractor: Extractor, text: str) -> None:
    assert read(extractor, text)


@pytest.mark.parametrize("text", RULES["counter_examples"])
def test_counter_examples(extractor: Extractor, text: str) -> None:
    assert not read(extractor, text)


STRETCHES = [
    pytest.param(
        "Fiji welcomed the Paris Agreement, underscored the importance of funds for the Green Climate Fund, "
        "and signed the Kigali Amendment.",
        {("FJI", "paris-agreement"), ("FJI", "green-climate-fund")},
        id="up-to-the-next-act",
    ),
    pytest.param(
        "Fiji commended the mediation of the African Union and the Arab League.",
        {("FJI", "african-union"), ("FJI", "league-of-arab-states")},
        id="doers-of-deeds",
    ),
    pytest.param("Fiji commended the guests of the African Union.", set(), id="no-deed"),
    pytest.param(
        "Fiji recalled the terms of the Paris Agreement with Chad.", set(), id="recalled-without-weight"
    ),
]


@pytest.mark.parametrize(("text", "expected"), STRETCHES)
def test_stretches(extractor: Extractor, text: str, expected: set[tuple[str, str]]) -> None:
    assert read(extractor, text) == expected
