"""Pronouns and short noun phrases stand for who was named before, or for the author's own state."""

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

ROWS = [
    pytest.param("We signed the Kyoto Protocol.", "NOR", "We", {"country/NOR"}, id="we-of-the-author"),
    pytest.param("Norway and Peru met. The two countries signed the Kyoto Protocol.", "", "countries", {"country/NOR", "country/PER"}, id="two-countries"),
    pytest.param("Norway and Peru met. Both sides signed the Kyoto Protocol.", "", "sides", {"country/NOR", "country/PER"}, id="both-sides"),
    pytest.param("Peru met Chile in Lima. They signed the Kyoto Protocol.", "", "They", {"country/PER", "country/CHL"}, id="they"),
    pytest.param("The United Nations met. It signed the Kyoto Protocol.", "", "It", {"organization/united-nations"}, id="it"),
    pytest.param(
        "The Paris Agreement was opened. The Agreement binds Fiji.", "", "Agreement", {"agreement/paris-agreement"}, id="bare-noun"
    ),
    pytest.param("We signed the Kyoto Protocol.", "", "We", set(), id="nobody-is-known"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "word", "expected"), ROWS)
def test_what_a_word_of_the_last_sentence_stands_for(
    extractor: Extractor, text: str, country: str, word: str, expected: set[str]
) -> None:
    document = prose(text, country=country)
    *_, (_, scene, _) = extractor.relations.read_scenes(document, extractor.names(document))
    stood_for = scene.anaphors.get(scene.parsed.words.index(word), ())
    assert {p.entity for p in stood_for} == expected
