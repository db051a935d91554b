"""Numbers and years beside the name of an occasion belong to it."""

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

NAMES = [
    pytest.param("It spoke at the third Andean summit.", "third Andean summit", id="ordinal-before"),
    pytest.param("It spoke at the Clean Harbours Summit 2015.", "Clean Harbours Summit 2015", id="year-behind"),
    pytest.param(
        "They held the second session of the Peru-Chile Port Dialogue in Lima.",
        "second session of the Peru-Chile Port Dialogue",
        id="place-left-out",
    ),
    pytest.param(
        "They held the inaugural Port Dialogue between Peru and the United Kingdom.",
        "inaugural Port Dialogue between Peru and the United Kingdom",
        id="between-two-states",
    ),
    pytest.param(
        "Inaugural Peru-Chile Harbour Safety Conference",
        "Inaugural Peru-Chile Harbour Safety Conference",
        id="heading-in-title-case",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_how_far_the_name_of_an_occasion_goes(extractor: Extractor, text: str, name: str) -> None:
    assert ("Event", name) in {(m.cls, m.text) for m in extractor.names(prose(text)).mentions}


def test_a_numbered_session_is_of_the_assembly(extractor: Extractor) -> None:
    mentions = extractor.names(prose("She presided over the fifty-third session.")).mentions
    assert [m.entity for m in mentions] == ["event/fifty-third-session-of-the-general-assembly"]


def test_a_slash_joins_two_forms_of_one_name(extractor: Extractor) -> None:
    mentions = extractor.names(prose("They fight Daesh/ISIS in Iraq.")).mentions
    assert "Daesh/ISIS" in {m.text for m in mentions}
