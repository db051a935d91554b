"""Reproach without a verb of blame; quarrels before courts, under occupation and in wars of one state."""

from pathlib import Path

import pytest
from diplograph.extract.arguments import load_arguments
from diplograph.extract.extractor import rules_folder
from diplograph.extract.reproach import load_reproach
from diplograph.ontology.errors import TableError
from tests.extract.test_friction import claims

CRITICIZES = [
    pytest.param("Why does Russia build walls?", {("NLD", "RUS")}, id="question"),
    pytest.param("Where is the credibility of Russia?", {("NLD", "RUS")}, id="question about what it has"),
    pytest.param("Why does the rain fall?", set(), id="question to nobody"),
    pytest.param("NATO remains silent.", {("NLD", "north-atlantic-treaty-organization")}, id="silent"),
    pytest.param("NATO is not indifferent.", set(), id="not indifferent"),
    pytest.param("Russia has not complied.", {("NLD", "RUS")}, id="left undone"),
    pytest.param("If Russia has not complied, we wait.", set(), id="perhaps left undone"),
    pytest.param("Russia has taken no steps back.", set(), id="no step is no wrong"),
    pytest.param(
        "The sanctions imposed by Australia have hurt the people of Fiji.", {("AUS", "FJI")},
        id="sanctions on the one other",
    ),
    pytest.param("The sanctions imposed by Australia have hurt us.", {("AUS", "NLD")}, id="sanctions on us"),
    pytest.param(
        "We value Poland's role in countering Russian aggression.", {("POL", "RUS"), ("NLD", "RUS")},
        id="part in an answer",
    ),
    pytest.param("We value Poland's role in countering poverty.", set(), id="part in something else"),
    pytest.param(
        "We are gravely concerned at the human rights situation in Eritrea.", {("NLD", "ERI")}, id="plight"
    ),
]  # fmt: skip

DISPUTES = [
    pytest.param("Paraguay instituted proceedings against Bolivia.", {("BOL", "PRY")}, id="court"),
    pytest.param(
        "They reject all actions taken by Israel, the occupying Power, to change the character of the West Bank.",
        {("ISR", "PSE")}, id="occupying Power",
    ),
    pytest.param("The city saw the end of the occupation.", set(), id="nobody's occupation"),
    pytest.param("Children in Ukraine suffer by Russia's war.", {("RUS", "UKR")}, id="war of one"),
    pytest.param(
        "The accord between Ethiopia and Eritrea ended the war between those two countries.",
        {("ERI", "ETH")}, id="between the two",
    ),
    pytest.param(
        "The accord between Peru, Ethiopia and Eritrea ended the war between two countries.",
        set(), id="between which two",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CRITICIZES)
def test_reproach(text: str, expected: set[tuple[str, str]]) -> None:
    assert claims(text, "criticizes") == expected


@pytest.mark.parametrize(("text", "expected"), DISPUTES)
def test_quarrels(text: str, expected: set[tuple[str, str]]) -> None:
    assert {tuple(sorted(pair)) for pair in claims(text, "disputesWith")} == expected


def test_a_table_without_examples_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reproach.toml").write_text('source = "own"\nexamples = []\n', encoding="utf-8")
    with pytest.raises(TableError, match="no examples"):
        load_reproach(tmp_path, load_arguments(rules_folder()), entries={})
