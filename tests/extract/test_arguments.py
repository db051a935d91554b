"""Arguments of a cue word: who does it, to what, with whom; and the forms of verbs."""

import pytest
from diplograph.extract.arguments import load_arguments, verb_forms
from diplograph.extract.extractor import Extractor, rules_folder
from diplograph.extract.folding import fold
from diplograph.extract.parsing import mask, parse_all
from prose import prose

FORMS = [
    pytest.param("sign", {}, ("sign", "signed", "signing", "signs"), id="regular"),
    pytest.param("ratify", {}, ("ratified", "ratifies", "ratify", "ratifying"), id="consonant-and-y"),
    pytest.param("employ", {}, ("employ", "employed", "employing", "employs"), id="vowel-and-y"),
    pytest.param("establish", {}, ("establish", "established", "establishes", "establishing"), id="sibilant"),
    pytest.param("provide", {}, ("provide", "provided", "provides", "providing"), id="final-e"),
]  # fmt: skip


@pytest.mark.parametrize(("lemma", "irregular", "forms"), FORMS)
def test_verb_forms(lemma: str, irregular: dict[str, list[str]], forms: tuple[str, ...]) -> None:
    assert verb_forms(lemma, irregular) == forms


def test_irregular_forms_are_added() -> None:
    assert {"give", "gave", "given"} <= set(verb_forms("give", {"give": ["gave", "given"]}))


ROLES = [
    pytest.param("Norway signed the treaty.", "signed", {"agent": {"Norway"}, "theme": {"treaty"}}, id="active"),
    pytest.param("The treaty was signed by Norway.", "signed", {"agent": {"Norway"}, "theme": {"treaty"}}, id="passive"),
    pytest.param("Norway cooperates with Peru.", "cooperates", {"agent": {"Norway"}, "with": {"Peru"}}, id="preposition"),
    pytest.param("Norway, which signed the treaty, agreed.", "signed", {"agent": {"Norway"}, "theme": {"treaty"}}, id="relative"),
    pytest.param("Norway hosted and financed the summit.", "hosted", {"agent": {"Norway"}, "theme": {"summit"}}, id="shared-object"),
    pytest.param("The treaty, of which Norway is a supporter, failed.", "supporter", {"agent": {"Norway"}, "of": {"treaty"}}, id="of-which"),
    pytest.param("The accession of Norway was welcomed by Peru.", "accession", {"agent": set(), "of": {"Norway"}}, id="onlooker"),
    pytest.param("The members expressed their support.", "support", {"agent": {"members"}}, id="own-support-expressed"),
    pytest.param("Norway urges Peru to sign the treaty and recalls its support.", "recalls", {"agent": {"Norway"}}, id="finite-verb-behind-an-infinitive"),
    pytest.param("Norway decided to sign the treaty.", "sign", {"agent": {"Norway"}, "theme": {"treaty"}}, id="lent-subject"),
    pytest.param("The commitment of Norway to the treaty is firm.", "commitment", {"agent": {"Norway"}, "to": {"treaty"}}, id="whose-commitment"),
    pytest.param("Peru acted in support of Norway.", "support", {"of": {"Norway"}}, id="in-support-of"),
    pytest.param("In signing the treaty, Norway made a start.", "signing", {"agent": {"Norway"}, "theme": {"treaty"}}, id="by-doing-this"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "expected"), ROLES)
def test_roles(text: str, cue: str, expected: dict[str, set[str]]) -> None:
    (parsed,) = parse_all([mask(fold(text), ())])
    roles = load_arguments(rules_folder()).roles(parsed, parsed.words.index(cue))
    found = {name: {parsed.words[t] for t in roles.get(name, [])} for name in expected}
    assert found == expected


ASKED = [
    pytest.param("Norway called on Peru to sign the treaty.", True, id="called-on"),
    pytest.param("Norway urged Peru to ratify and to sign the treaty.", True, id="second-of-two"),
    pytest.param("Norway wants to sign the treaty.", False, id="wants-itself"),
    pytest.param("Norway decided to sign the treaty.", False, id="decided"),
]


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_what_others_are_asked_to_do(text: str, expected: bool) -> None:
    (parsed,) = parse_all([mask(fold(text), ())])
    assert load_arguments(rules_folder()).is_asked(parsed, parsed.words.index("sign")) is expected


NEAREST = [
    pytest.param("Peru joined NATO, the European Union and the OECD, which Chile chaired.", {"organization-for-economic-co-operation-and-development"}, id="object"),
    pytest.param("Peru, Chile and Norway, which signed the Kyoto Protocol, met.", set(), id="subject"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "chaired"), NEAREST)
def test_which_as_an_object_means_the_last_of_a_list(
    extractor: Extractor, text: str, chaired: set[str]
) -> None:
    claims = extractor(prose(text)).claims
    assert {c.object.partition("/")[2] for c in claims if c.predicate == "chairs"} == chaired
