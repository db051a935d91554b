"""Who speaks: states in records, nobody in quotations; notes by themselves; parties of treaties; pointers say nothing."""

import re
import tomllib
from functools import cache
from typing import Any

import pytest
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.records import Document
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.extract.structure_rules import load_structure_rules, matching_turn
from diplograph.extract.voices import load_voices
from diplograph.ontology.errors import TableError
from factories import block_text

DATA = tomllib.loads((rules_folder() / "voices.toml").read_text("utf-8"))
STRUCTURE = tomllib.loads((rules_folder() / "structure.toml").read_text("utf-8"))


@cache
def extractor() -> Extractor:
    return load_extractor(ranked=False)


def said(document: Document) -> set[str]:
    """Give the claims of a document without their qualifiers."""
    return {
        f"{c.subject.split('/')[1]} {c.predicate} {c.object.split('/')[1]}"
        for c in extractor()(document).claims
    }


def read(text: str, country: str = "JPN") -> Document:
    sections, blocks = structure(text)
    return Document(
        id="d",
        file="d.txt",
        text=text,
        country=country,
        reference_year=2016,
        sections=sections,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )


@pytest.mark.parametrize("rule", STRUCTURE["turn"], ids=lambda row: str(row["id"]))
def test_turn_takes_its_examples_and_leaves_the_others(rule: dict[str, Any]) -> None:
    def fires(words: str) -> bool:
        found = matching_turn(words)
        return found is not None and found[0].id == rule["id"]

    assert [words for words in rule["examples"] if not fires(words)] == []
    assert [words for words in rule["counter_examples"] if fires(words)] == []


@pytest.mark.parametrize("name", ["parties", "pointing"])
def test_pattern_takes_its_examples_and_leaves_the_others(name: str) -> None:
    voices = load_voices(rules_folder())
    takes = voices.parties.search if name == "parties" else voices.pointing.match
    assert [words for words in DATA[name]["examples"] if not takes(words)] == []
    assert [words for words in DATA[name]["counter_examples"] if takes(words)] == []


def test_quotation_takes_its_examples_and_leaves_the_others() -> None:
    pattern = load_structure_rules().quotation
    assert [words for words in STRUCTURE["quotation"]["examples"] if not pattern.match(words)] == []
    assert [words for words in STRUCTURE["quotation"]["counter_examples"] if pattern.match(words)] == []


RECORD = (
    "The President: I call on the representative of Norway.\n\n"
    "Mr. Holm (Norway): We signed the Paris Agreement in 2016.\n\n"
    "We ratified the Arms Trade Treaty.\n\n"
    "Ms. Ruiz (Chile) (spoke in Spanish): We signed the Antarctic Treaty.\n\n"
    "The President: We ratified the Geneva Conventions.\n\n"
    "Mr. Holm: We visited Kenya.\n"
)


def test_we_are_the_state_of_the_speaker_until_the_next_one() -> None:
    assert said(read(RECORD)) >= {
        "NOR partyTo paris-agreement",
        "NOR partyTo arms-trade-treaty",
        "CHL partyTo antarctic-treaty",
        "NOR visits KEN",
    }


def test_neither_the_chair_nor_the_language_takes_part() -> None:
    claims = said(read(RECORD))
    assert not [claim for claim in claims if claim.startswith(("JPN", "ESP")) or "geneva" in claim]


def test_the_label_of_a_speaker_is_a_sentence_of_its_own() -> None:
    document = read("Mr. Holm (Norway): We met. We left.\n")
    words = [document.text[s.span.start : s.span.end] for s in document.sentences]
    assert words == ["Mr. Holm (Norway):", "We met.", "We left."]


def test_without_a_state_the_author_goes_on_speaking() -> None:
    document = read(
        "Mr. Holm: We signed the Paris Agreement in 2016.\n\nThe President: We ratified the Arms Trade Treaty.\n"
    )
    assert said(document) >= {"JPN partyTo paris-agreement", "JPN partyTo arms-trade-treaty"}


BODY = (
    "Our delegation came home from the session, and the ministers told the press about the talks of that week. "
    * 3
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{BODY}\n\n“We ratified the Arms Trade Treaty in 2014.”\n", set(), id="quoted"),
        pytest.param(
            f"{BODY}\n\n> We ratified the Arms Trade Treaty in 2014.\n", set(), id="quoted-in-markdown"
        ),
        pytest.param(
            f"{BODY}\n\nWe ratified the Arms Trade Treaty in 2014.\n",
            {"JPN partyTo arms-trade-treaty"},
            id="own",
        ),
        pytest.param(
            "Statement\n\n“We ratified the Arms Trade Treaty in 2014.”\n",
            {"JPN partyTo arms-trade-treaty"},
            id="a-statement-all-in-quotation-marks",
        ),
    ],
)
def test_quotations_are_not_the_words_of_the_author(text: str, expected: set[str]) -> None:
    assert {claim for claim in said(read(text)) if "partyTo" in claim} == expected


def test_notes_are_read_by_themselves() -> None:
    text = "Chile signed the Arms Trade Treaty.\n\nPeru signed the Antarctic Treaty.\n\nIt ratified the Paris Agreement in 2017."
    assert "PER partyTo paris-agreement" in said(block_text(text, ["paragraph"] * 3))
    assert "CHL partyTo paris-agreement" in said(block_text(text, ["paragraph", "footnote", "paragraph"]))
    assert not [c for c in said(block_text(text, ["paragraph"] * 2 + ["footnote"])) if "paris" in c]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("See also the Paris Agreement, which Chile ratified in 2017.", id="see"),
        pytest.param("3 Cf. the Paris Agreement, which Chile ratified in 2017.", id="cf"),
        pytest.param("(See the Paris Agreement, which Chile ratified in 2017.)", id="in-brackets"),
    ],
)
def test_pointers_say_nothing(text: str) -> None:
    assert said(read(text)) == set()
    assert said(read(re.sub(r"^.*?the Paris", "They welcomed the Paris", text)))


def test_the_parties_of_a_treaty_are_those_of_its_preamble() -> None:
    text = (
        'The Government of Norway and the Government of Chile (hereinafter referred to as "the Parties"),\n\n'
        "Desiring to strengthen fisheries,\n\nHave agreed as follows:\n\nArticle 1\n\n"
        "Kenya and Peru are observers.\n\nArticle 2\n\nCooperation\n\n"
        "The Parties shall cooperate in the field of fisheries.\n"
    )
    document = read(text, country="")
    assert "CHL cooperatesWith NOR" in said(document)
    assert [s.heading for s in document.sections] == ["Article 1", "Article 2", "Cooperation"]


def test_items_of_an_agenda_are_sections() -> None:
    text = f"Agenda item 8: General debate\n\n{BODY}\n\n12. {BODY}\n\nAgenda item 9\n\n{BODY}\n"
    sections, blocks = structure(text)
    assert [(s.number, s.level) for s in sections] == [("8", 1), ("9", 1)]
    assert [b.kind for b in blocks] == ["heading", "paragraph", "paragraph", "heading", "paragraph"]


def test_a_wrong_pattern_is_told(tmp_path: Any) -> None:
    text = (
        (rules_folder() / "voices.toml").read_text("utf-8").replace("(?:hereinafter|", "(?:hereinafter|(", 1)
    )
    (tmp_path / "voices.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match="no pattern"):
        load_voices(tmp_path)
