"""Charges against states, and wars and conflicts between them."""

from functools import cache
from pathlib import Path

import pytest
from diplograph.extract.arguments import load_arguments
from diplograph.extract.entailment import Inside
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.friction import load_friction
from diplograph.extract.records import Block, Document, Sentence, Span
from diplograph.ontology.errors import TableError


@cache
def extractor() -> Extractor:
    """Load the extractor once, without the ranker: rules are tested one by one."""
    return load_extractor(ranked=False)


def claims(text: str, relation: str) -> set[tuple[str, str]]:
    """Give the claims of a relation in one sentence of a Dutch document, ids without their prefix."""
    document = Document(
        id="example",
        file="example.txt",
        text=text,
        country="NLD",
        reference_year=2016,
        blocks=(Block(kind="paragraph", span=Span(0, len(text))),),
        sentences=(Sentence(span=Span(0, len(text)), block=0),),
    )
    return {
        (c.subject.split("/")[1], c.object.split("/")[1])
        for c in extractor()(document).claims
        if c.predicate == relation
    }


CRITICIZES = [
    pytest.param("Poland condemned Russia.", {("POL", "RUS")}, id="verb"),
    pytest.param("Poland condemned Russian aggression.", {("POL", "RUS")}, id="wrong-of-a-state"),
    pytest.param("Russian aggression must end.", {("NLD", "RUS")}, id="nobody-else-speaks"),
    pytest.param("Poland spoke of Russia's illegal actions.", {("POL", "RUS")}, id="act-that-is-charged"),
    pytest.param("Poland spoke of Russia's actions.", set(), id="act-that-is-not"),
    pytest.param("Poland holds Russia accountable.", {("POL", "RUS")}, id="small-clause"),
    pytest.param("Poland condemned the decision of Russia.", {("POL", "RUS")}, id="deed-of-a-state"),
    pytest.param(
        "Poland voiced concern over the policy of Russia.", {("POL", "RUS")}, id="worry-over-a-deed"
    ),
    pytest.param("Russia violated the Charter.", {("NLD", "RUS")}, id="misdeed"),
    pytest.param("Poland condemned terrorism.", set(), id="no-state-blamed"),
    pytest.param("Boko Haram killed many villagers.", {("NLD", "boko-haram")}, id="outlawed-group"),
    pytest.param("Boko Haram was named in 2002.", set(), id="outlawed-group-without-outrage"),
    pytest.param("Poland followed with concern the actions of Russia.", {("POL", "RUS")}, id="watched-deed"),
    pytest.param("Poland followed the actions of Russia.", set(), id="watched-without-worry"),
]


@pytest.mark.parametrize(("text", "expected"), CRITICIZES)
def test_criticizes(text: str, expected: set[tuple[str, str]]) -> None:
    assert claims(text, "criticizes") == expected


DISPUTES = [
    pytest.param("The conflict between Armenia and Azerbaijan went on.", {("ARM", "AZE")}, id="between"),
    pytest.param("The Iran-Iraq war lasted eight years.", {("IRN", "IRQ")}, id="named-by-its-parties"),
    pytest.param("Russia's war against Ukraine went on.", {("RUS", "UKR")}, id="war-against"),
    pytest.param("The Iraqi invasion of Kuwait began in 1990.", {("IRQ", "KWT")}, id="invasion-of"),
    pytest.param("The war against poverty went on.", set(), id="no-state"),
    pytest.param("The conflict in Somalia went on.", set(), id="one-state"),
    pytest.param("Armenia and Azerbaijan settled their dispute.", {("ARM", "AZE")}, id="their-dispute"),
    pytest.param("Turkey violated the airspace of Greece.", {("GRC", "TUR")}, id="trespass"),
    pytest.param("Turkey entered the market of Greece.", set(), id="no-trespass"),
    pytest.param("Cambodia and Thailand exchanged fire.", {("KHM", "THA")}, id="quarrel"),
    pytest.param("Cambodia and Thailand exchanged letters.", set(), id="no-quarrel"),
    pytest.param("They settled their disputes.", set(), id="pronouns-name-no-conflict"),
]


@pytest.mark.parametrize(("text", "expected"), DISPUTES)
def test_disputes(text: str, expected: set[tuple[str, str]]) -> None:
    assert {tuple(sorted(pair)) for pair in claims(text, "disputesWith")} == expected


def test_file_without_examples_is_refused(tmp_path: Path) -> None:
    (tmp_path / "friction.toml").write_text("wrongs = []\n", encoding="utf-8")
    with pytest.raises(TableError, match="examples"):
        load_friction(tmp_path, load_arguments(rules_folder()), inside=lambda _: Inside(names=(), issues=()))
