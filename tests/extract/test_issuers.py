"""Who issues a text is meant by its "we", by "the Ministers", by a bare "the Council" and by an unsaid subject."""

from dataclasses import replace

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

PIF = "organization/pacific-islands-forum"
AU = "organization/african-union"
OSCE = "forum/osce-ministerial-council"
ARCTIC = "organization/arctic-council"
TRIO = {"country/PER", "country/CHL", "country/NOR"}

# publisher (or the state that issues the text), text, a word of its last sentence, whom it means
ROWS = [
    pytest.param("Pacific Islands Forum Secretariat", "The sea is rising. Leaders endorsed the Paris Agreement.", "Leaders", {PIF}, id="a-secretariat-publishes-for-its-body"),
    pytest.param("African Union", "Fiji met Samoa. Heads of State and Government endorsed the Paris Agreement.", "Heads", {AU}, id="heads-of-the-body"),
    pytest.param(
        "Arctic Council Secretariat", "The Arctic Council convened in Oslo. The United Nations Security Council met Peru. The Council endorsed the Paris Agreement.",
        "Council", {ARCTIC}, id="the-issuer-not-the-council-named-last",
    ),
    pytest.param(
        "NOR", "The Arctic Council convened in Oslo. The United Nations Security Council met Peru. The Council endorsed the Paris Agreement.",
        "Council", {"organization/united-nations-security-council"}, id="of-a-state-the-council-named-last",
    ),
    pytest.param(
        "OSCE Ministerial Council (declarations)", "The Ministerial Council met in Sofia. The Council endorsed the Paris Agreement.", "Council", {OSCE}, id="the-organ-as-published"
    ),
    pytest.param(
        "Group of friends", "The Presidents of the Republic of Peru, Ollanta Humala; of the Republic of Chile, Michelle Bachelet; and the Prime Minister of Norway, "
        "Erna Solberg, met in Lima. The Presidents endorsed the Paris Agreement.", "Presidents", TRIO, id="a-list-with-persons",
    ),
    pytest.param("Joint statement", "The foreign ministers of Peru, Chile and Norway met in Lima. We endorsed the Paris Agreement.", "We", TRIO, id="we-of-a-list"),
    pytest.param(
        "African Union (joint statement)", "The Assembly of the African Union (AU) met. The Assembly endorsed the Paris Agreement.", "Assembly",
        {"organization/assembly-of-the-african-union"}, id="an-abbreviation-makes-no-list",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("publisher", "text", "word", "expected"), ROWS)
def test_what_a_word_of_the_last_sentence_stands_for(
    extractor: Extractor,
    publisher: str,
    text: str,
    word: str,
    expected: set[str],
) -> None:
    state = publisher if len(publisher) == len("NOR") else ""
    document = replace(prose(text, country=state), publisher=publisher)
    *_, (_, scene, _) = extractor.relations.read_scenes(document, extractor.names(document))
    assert {p.entity for p in scene.anaphors.get(scene.parsed.words.index(word), ())} == expected


def test_the_unsaid_subject_of_a_decision_is_whoever_issues_it(extractor: Extractor) -> None:
    document = replace(
        prose("The Presidents of Peru, Chile and Norway gathered in Lima.\n\nCondemn the attack in Paris."),
        publisher="Group of friends",
    )
    claims = extractor(document).claims
    assert {c.subject for c in claims if c.predicate == "criticizes"} == TRIO
