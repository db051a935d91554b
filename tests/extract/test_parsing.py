"""Sentences are parsed with each name masked as one word, and the way back is kept."""

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.folding import fold
from diplograph.extract.parsing import Parsed, mask, parse_all
from prose import prose

LONG = "Norway signed the Agreement between the Government of Japan and the Government of India concerning Trade."


def parsed(extractor: Extractor, text: str) -> Parsed:
    """Parse one sentence."""
    (one,) = parse_all([mask(fold(text), extractor.names(prose(text)).mentions)])
    return one


MASKED = [
    pytest.param(LONG, "Norway signed the Treaty.", id="agreement"),
    pytest.param("Terrorism and the Paris Agreement.", "Terrorism and the Treaty.", id="issue-terms-stay"),
    pytest.param("Nothing was named.", "Nothing was named.", id="no-names"),
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_masking(extractor: Extractor, text: str, expected: str) -> None:
    assert mask(fold(text), extractor.names(prose(text)).mentions).text == expected


def test_places_and_starts_lead_back_to_the_document(extractor: Extractor) -> None:
    mentions = extractor.names(prose(LONG)).mentions
    masked = mask(fold(LONG), mentions)
    assert len(masked.starts) == len(masked.text)
    assert [masked.starts[start] for start, _ in masked.places] == [m.span.start for m in mentions]
    assert list(masked.starts) == sorted(masked.starts)


def test_tokens_know_their_mention_and_their_heads(extractor: Extractor) -> None:
    one = parsed(extractor, LONG)
    verb = one.words.index("signed")
    assert one.mentioned(one.words.index("Norway")) == "Country"
    assert one.mentioned(one.words.index("Treaty")) == "Agreement"
    assert one.mentioned(verb) == ""
    assert one.child(verb, "nsubj") == (one.words.index("Norway"),)
    assert one.path_up(verb) == (verb,)
    assert one.distance(one.words.index("Norway"), one.words.index("Treaty")) == 2
    assert all(one.token_at(place) == index for index, place in enumerate(one.idx))


LISTS = [
    pytest.param(
        "Officials from Peru, Chile, and Japan met.", "Japan", "Chile", id="last-before-the-verb"
    ),
    pytest.param(
        "We value the Paris Agreement, adopted in France, and the forthcoming Earth Summit.", "Summit", "Treaty", id="joined-to-the-verb"
    ),
    pytest.param("We commend the efforts of the Group of 20, the United Nations, the International Monetary Fund and the World Bank in favour of a moratorium.", "NATO", "APEC", id="middle-of-a-list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "beside"), LISTS)
def test_names_of_a_list_hang_together(extractor: Extractor, text: str, word: str, beside: str) -> None:
    one = parsed(extractor, text)
    token = one.words.index(word)
    assert (one.words[one.heads[token]], one.deps[token]) == (beside, "conj")


def test_what_is_not_wanted_is_yielded_in_its_place_without_tokens() -> None:
    texts = ["Norway agreed.", "", "Peru agreed."]
    found = list(parse_all([mask(fold(t), ()) for t in texts], wanted=lambda s: s.text.startswith("Peru")))
    assert [one.sentence.text for one in found] == texts
    assert [bool(one.words) for one in found] == [False, False, True]


SPELLED = [
    pytest.param("Norway and Peru co-chaired a meeting.", "co-chaired", "co-chaired", id="prefix-co"),
    pytest.param("Norway was re-elected.", "re-elected", "re-elected", id="prefix-re"),
    pytest.param("Norway seeks co-operation.", "co-operation", "cooperation", id="british-spelling"),
]


@pytest.mark.parametrize(("text", "word", "lower"), SPELLED)
def test_a_prefix_with_a_hyphen_is_part_of_its_word(
    extractor: Extractor, text: str, word: str, lower: str
) -> None:
    one = parsed(extractor, text)
    assert one.lower[one.words.index(word)] == lower


def test_an_under_secretary_is_no_preposition(extractor: Extractor) -> None:
    one = parsed(extractor, "Under Secretary Victoria Nuland will visit Norway.")
    verb = one.words.index("visit")
    assert [one.mentioned(subject) for subject in one.child(verb, "nsubj")] == ["Person"]


def test_a_noun_with_a_subject_at_the_top_is_a_verb(extractor: Extractor) -> None:
    one = parsed(extractor, "Poland and Hungary accede to NATO.")
    assert one.tags[one.lower.index("accede")] == "VBP"
