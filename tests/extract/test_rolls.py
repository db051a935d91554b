"""Rolls of those who take part in, chair or host an occasion are read from phrases with lists of names."""

import tomllib
from functools import cache

import pytest
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from prose import prose

RULES = tomllib.loads((rules_folder() / "rolls.toml").read_text("utf-8"))["rule"]


@cache
def extractor() -> Extractor:
    """Load the extractor without the ranker: rules are tested one by one."""
    return load_extractor(ranked=False)


def proposed(text: str) -> list[str]:
    """Give the rules that propose something for a text."""
    document = prose(text)
    rows = extractor().relations.read_scenes(document, extractor().names(document))
    return [c.rule for _, _, candidates in rows for c in candidates]


@pytest.mark.parametrize(("rule", "text"), [(row["id"], text) for row in RULES for text in row["examples"]])
def test_examples_are_read(rule: str, text: str) -> None:
    assert f"roll-{rule}" in proposed(text)


@pytest.mark.parametrize(
    ("rule", "text"), [(row["id"], text) for row in RULES for text in row.get("counter_examples", ())]
)
def test_counter_examples_are_left(rule: str, text: str) -> None:
    assert f"roll-{rule}" not in proposed(text)


def test_each_of_a_list_is_told() -> None:
    text = "The Seoul Summit, attended in person or by video link by leaders from Kenya, Chile and Denmark, ended today."
    found = {c.subject for c in extractor()(prose(text)).claims if c.predicate == "participatesIn"}
    assert {"country/KEN", "country/CHL", "country/DNK"} <= found


def test_a_war_is_not_attended() -> None:
    assert "roll-held-between" not in proposed("They spoke of the Vietnam War between Kenya and Chile.")
