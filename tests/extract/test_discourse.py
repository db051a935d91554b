"""Pronouns and short noun phrases stand for who was named before, or for the author's own state."""

from dataclasses import replace

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.relations import of_this_sentence
from diplograph.extract.scene import Participant
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
    pytest.param(
        "The United Nations met. The Charter binds Fiji.", "", "Charter", {"agreement/charter-of-the-united-nations"}, id="the-charter-of-the-body"
    ),
    pytest.param("The United Nations met. The Charter for our firms binds Fiji.", "", "Charter", set(), id="another-charter"),
    pytest.param(
        "The Sustainable Development Goals matter. Those Goals bind Fiji.", "", "Goals", {"agreement/sustainable-development-goals"}, id="those-goals"
    ),
    pytest.param("The Sustainable Development Goals matter. Those goals bind Fiji.", "", "goals", set(), id="goals-of-anybody"),
    pytest.param("We signed the Kyoto Protocol.", "", "We", set(), id="nobody-is-known"),
    pytest.param("The United Nations met. It is clear that Peru signed the Kyoto Protocol.", "", "It", set(), id="it-is-clear"),
    pytest.param("The United Nations met. It is a party to the Kyoto Protocol.", "", "It", {"organization/united-nations"}, id="it-is-a-party"),
    pytest.param("Peru praised Chile. The storm passed. It signed the Kyoto Protocol.", "", "It", set(), id="another-subject"),
    pytest.param("My delegation supports Peru. It signed the Kyoto Protocol.", "NOR", "It", {"country/NOR"}, id="it-is-the-delegation"),
    pytest.param("Peru knows that the proposals of Chile are sound. They mention Norway.", "", "They", set(), id="they-are-nobody-named"),
    pytest.param(
        "The foreign ministers of Norway and Peru dined. They signed the Kyoto Protocol.", "", "They", {"country/NOR", "country/PER"}, id="they-are-ministers"
    ),
    pytest.param(
        "Senior officials from Peru, Chile, Norway, and Japan met. They signed the Kyoto Protocol.",
        "", "They", {"country/PER", "country/CHL", "country/NOR", "country/JPN"}, id="all-of-a-list",
    ),
    pytest.param(
        "Foreign Ministers of the African Union met. The Ministers signed the Kyoto Protocol.", "", "Ministers", {"organization/african-union"}, id="the-ministers"
    ),
    pytest.param("The Russian government signed the Kyoto Protocol.", "NOR", "government", set(), id="another-government"),
    pytest.param("The talks on Peru ended. That country signed the Kyoto Protocol.", "NOR", "country", {"country/PER"}, id="that-country"),
    pytest.param("Japan, whose Government signed the Kyoto Protocol, met Peru.", "", "whose", {"country/JPN"}, id="whose"),
    pytest.param("The Pacific Islands Forum met. The Forum adopted the Kyoto Protocol.", "", "Forum", {"organization/pacific-islands-forum"}, id="the-forum"),
    pytest.param(
        "We, the Leaders of Norway and Peru, met. We, the Leaders of Chile and Japan, dined. We support Fiji.",
        "", "We", {"country/CHL", "country/JPN"}, id="a-new-statement",
    ),
    pytest.param("We, the Leaders of Norway and Peru, met. I visited Fiji.", "", "I", set(), id="one-of-several"),
    pytest.param(
        "Laurent Fabius arrived. He met Petro Poroshenko. He will visit Fiji.", "", "He", {"person/laurent-fabius"}, id="he-goes-on"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "word", "expected"), ROWS)
def test_what_a_word_of_the_last_sentence_stands_for(
    extractor: Extractor, text: str, country: str, word: str, expected: set[str]
) -> None:
    document = prose(text, country=country)
    *_, (_, scene, _) = extractor.relations.read_scenes(document, extractor.names(document))
    stood_for = scene.anaphors.get(scene.parsed.words.index(word), ())
    assert {p.entity for p in stood_for} == expected


ISSUED = [
    pytest.param("We condemn Al-Qaeda. It is growing.", "We", {"organization/african-union"}, id="we"),
    pytest.param("Ministers welcomed the Kyoto Protocol.", "Ministers", {"organization/african-union"}, id="who-leads-it"),
    pytest.param("The Union welcomes the Kyoto Protocol.", "Union", {"organization/african-union"}, id="its-own-noun"),
    pytest.param(
        "The Security Council met. Al-Qaeda attacked. The Council named Norway.", "Council", {"organization/united-nations-security-council"}, id="the-one-so-called"
    ),
    pytest.param("Al-Qaeda attacked. The Commission named Norway.", "Commission", set(), id="nobody-is-so-called"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), ISSUED)
def test_what_a_word_stands_for_in_a_text_of_a_body(
    extractor: Extractor, text: str, word: str, expected: set[str]
) -> None:
    document = replace(prose(text), publisher="African Union (final communiqué)")
    found: set[str] = set()
    for _, scene, _ in extractor.relations.read_scenes(document, extractor.names(document)):
        for token, stood_for in scene.anaphors.items():
            if scene.parsed.words[token] == word:
                found = {p.entity for p in stood_for}
    assert found == expected


def test_those_who_speak_have_no_token_in_another_sentence() -> None:
    fiji, peru = (Participant(entity=f"country/{code}", cls="Country", token=2) for code in ("FJI", "PER"))
    assert of_this_sentence((fiji, peru), (fiji,)) == (fiji, replace(peru, token=-1))
