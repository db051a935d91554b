"""Readers look only where their words stand, and for a name at what it is told by."""

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.parsing import Parsed
from prose import prose


def parsed_of(extractor: Extractor, text: str) -> Parsed:
    """Give the parse of one sentence."""
    document = prose(text)
    ((_, scene, _),) = extractor.relations.read_scenes(document, extractor.names(document))
    return scene.parsed


TEXT = "Norway joined the Doha Summit, and Kenya joined the talks."
PLACES = [
    pytest.param({"joined"}, ["joined", "joined"], id="every-place"),
    pytest.param({"talks", "joined"}, ["joined", "joined", "talks"], id="in-order"),
    pytest.param({"left"}, [], id="nowhere"),
    pytest.param(set(), [], id="no-words"),
]


@pytest.mark.parametrize(("words", "expected"), PLACES)
def test_places_of_words(extractor: Extractor, words: set[str], expected: list[str]) -> None:
    parsed = parsed_of(extractor, TEXT)
    assert [parsed.lower[at] for at in parsed.places(frozenset(words))] == expected


def test_an_event_is_told_by_the_last_word_of_its_name(extractor: Extractor) -> None:
    parsed = parsed_of(extractor, "France condemned the Iran-Iraq War.")
    assert not parsed.places(frozenset({"war"}))
    (place,) = parsed.told_places(frozenset({"war"}))
    assert parsed.mentioned(place) == "Event"
    assert parsed.told[place] == "war"
