"""The name of a series means its one session where the words beside it say so."""

import re
import tomllib

import pytest
from diplograph.extract.extractor import Extractor, rules_folder
from prose import prose

DATA = tomllib.loads((rules_folder() / "single_sessions.toml").read_text(encoding="utf-8"))
_MARKED = re.compile(r"\[([^\]]+)\]")


def classes(extractor: Extractor, marked: str) -> set[str]:
    """Give the class of the marked name of a sentence."""
    name = _MARKED.search(marked)
    assert name
    mentions = extractor.names(prose(marked.replace("[", "").replace("]", ""))).mentions
    return {m.cls for m in mentions if m.text == name[1]}


@pytest.mark.parametrize("marked", DATA["examples"])
def test_one_session_is_an_event(extractor: Extractor, marked: str) -> None:
    assert classes(extractor, marked) == {"Event"}


@pytest.mark.parametrize("marked", DATA["counter_examples"])
def test_the_series_is_a_forum(extractor: Extractor, marked: str) -> None:
    assert classes(extractor, marked) == {"Forum"}


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


def test_one_dated_mention_settles_all_of_a_document(extractor: Extractor) -> None:
    text = "Peru values the Peru-Chile Port Dialogue. The Peru-Chile Port Dialogue was held in Arica."
    assert {m.cls for m in extractor.names(prose(text)).mentions if "Dialogue" in m.text} == {"Event"}


def test_a_numbered_session_is_of_the_assembly(extractor: Extractor) -> None:
    mentions = extractor.names(prose("She presided over the fifty-third session.")).mentions
    assert [m.entity for m in mentions] == ["event/fifty-third-session-of-the-general-assembly"]


def test_a_slash_joins_two_forms_of_one_name(extractor: Extractor) -> None:
    mentions = extractor.names(prose("They fight Daesh/ISIS in Iraq.")).mentions
    assert "Daesh/ISIS" in {m.text for m in mentions}
