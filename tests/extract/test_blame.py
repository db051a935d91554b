"""Blame in what is asked of a state and in what it is told to have done."""

from functools import cache
from pathlib import Path

import pytest
from diplograph.extract.arguments import load_arguments
from diplograph.extract.blame import load_blame
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.ontology.errors import TableError
from prose import prose


@cache
def extractor() -> Extractor:
    """Load the extractor once, without the ranker: rules are tested one by one."""
    return load_extractor(ranked=False)


BLAMED = [
    pytest.param("Norway called on Russia to withdraw from Crimea.", {("NOR", "RUS")}, id="asked-to-stop"),
    pytest.param("Norway called on Russia to help the farmers.", set(), id="asked-to-help"),
    pytest.param("It is time for Russia to end the occupation.", {("NLD", "RUS")}, id="time-to-stop"),
    pytest.param(
        "Norway urged Iran to respect human rights.", {("NOR", "IRN")}, id="asked-for-what-it-owes"
    ),
    pytest.param("Norway urged Iran to respect the speed limit.", set(), id="asked-for-something-else"),
    pytest.param("Norway urged Iran not to use violence.", {("NOR", "IRN")}, id="asked-not-to"),
    pytest.param("Armenia has unleashed a war of terror.", {("NLD", "ARM")}, id="wrong-done"),
    pytest.param("Armenia would unleash a war of terror.", set(), id="wrong-supposed"),
    pytest.param(
        "The blockade imposed by Serbia has hurt many.", {("NLD", "SRB")}, id="participle-below-the-deed"
    ),
    pytest.param("The sanctions imposed by Serbia are known.", set(), id="measure-that-nobody-calls-unjust"),
    pytest.param(
        "The inhumane sanctions imposed by Serbia are known.", {("NLD", "SRB")}, id="measure-called-unjust"
    ),
    pytest.param("Serbia has rejected every proposal.", {("NLD", "SRB")}, id="spurned-offer"),
    pytest.param("Norway summoned the Iranian ambassador.", {("NOR", "IRN")}, id="summoned-envoy"),
    pytest.param("Norway attributed the attack to Iran.", {("NOR", "IRN")}, id="attributed"),
    pytest.param("Norway attributed its success to Iran.", set(), id="attributed-success"),
    pytest.param("Norway extended the sanctions imposed on Iran.", {("NOR", "IRN")}, id="aimed-sanctions"),
    pytest.param("Norway lifted the sanctions imposed on Iran.", set(), id="lifted-sanctions"),
    pytest.param("Iran must honour its obligations.", {("NLD", "IRN")}, id="must-honour"),
    pytest.param("Norway asked Iran to put an end to its raids.", {("NOR", "IRN")}, id="put-an-end"),
    pytest.param("Norway received the Iranian ambassador.", set(), id="received-envoy"),
    pytest.param(
        "Norway condemned the shelling of markets in Georgia by Russia.", {("NOR", "RUS")},
        id="doer-behind-the-place",
    ),
    pytest.param("Norway condemned the killing of civilians in Georgia.", set(), id="place-is-no-doer"),
    pytest.param("Norway condemned the invasion of Georgia.", set(), id="victim-is-no-doer"),
    pytest.param("Norway condemned the violation of Georgia's independence.", set(), id="owner-is-no-doer"),
    pytest.param(
        "Norway is outraged by the attack which Russia launched.", {("NOR", "RUS")}, id="adjective-of-worry"
    ),
    pytest.param(
        "Norway protested against the detention of judges by Iran.", {("NOR", "IRN")}, id="protest-against"
    ),
    pytest.param("Norway condemned the arrest of judges in Belarus.", {("NOR", "BLR")}, id="deed-of-the-rulers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLAMED)
def test_who_is_blamed(text: str, expected: set[tuple[str, str]]) -> None:
    found = extractor()(prose(text, country="NLD", year=2016)).claims
    blamed = {
        (c.subject.split("/")[1], c.object.split("/")[1])
        for c in found
        if c.predicate == "criticizes" and c.object.startswith("country/")
    }
    assert blamed == expected


def test_file_without_examples_is_refused(tmp_path: Path) -> None:
    text = (rules_folder() / "blame.toml").read_text("utf-8")
    (tmp_path / "blame.toml").write_text(text.replace("\nexamples", "\nsamples"), encoding="utf-8")
    with pytest.raises(TableError, match="has no examples"):
        load_blame(tmp_path, load_arguments(rules_folder()))
