"""Where places, bodies and programmes lie, and what they are part of."""

import tomllib
from functools import cache

import pytest
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences

TABLE = tomllib.loads((rules_folder() / "belonging.toml").read_text("utf-8"))


@cache
def extractor() -> Extractor:
    """Load the extractor once; without the ranker, since rules are tested one by one."""
    return load_extractor(ranked=False)


def claims(text: str) -> set[tuple[str, str, str]]:
    """Give (relation, head, tail) of a paragraph, ids without their prefix."""
    blocks = (Block(kind="paragraph", span=Span(0, len(text))),)
    document = Document(
        id="one",
        file="one.txt",
        text=text,
        country="NLD",
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    return {
        (c.predicate, c.subject.split("/")[1], c.object.split("/")[1]) for c in extractor()(document).claims
    }


def rules(text: str) -> set[tuple[str, str]]:
    """Give (rule, relation) of a paragraph's claims."""
    blocks = (Block(kind="paragraph", span=Span(0, len(text))),)
    document = Document(
        id="one",
        file="one.txt",
        text=text,
        country="NLD",
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    return {(c.rule, c.predicate) for c in extractor()(document).claims}


READ = [
    pytest.param("They met in Yaoundé, Cameroon.", ("locatedIn", "yaounde", "CMR"), id="city, state"),
    pytest.param("They met in Suva (Fiji).", ("locatedIn", "suva", "FJI"), id="state in parentheses"),
    pytest.param("They met in Denver, Colorado.", ("locatedIn", "denver", "colorado"), id="city, province"),
    pytest.param(
        "They met in The Hague, the Netherlands.", ("locatedIn", "the-hague", "NLD"), id="with article"
    ),
    pytest.param(
        "Odesa in southern Ukraine was shelled.", ("locatedIn", "odesa", "UKR"), id="part of a state"
    ),
    pytest.param(
        "Thousands died in Mariupol, Bucha and other Ukrainian cities.",
        ("locatedIn", "mariupol", "UKR"),
        id="and other cities of",
    ),
    pytest.param(
        "It was signed in Doha, the capital of Qatar.",
        ("locatedIn", "doha", "QAT"),
        id="the capital of a state",
    ),
    pytest.param(
        "The International Maritime Organization is headquartered in London.",
        ("locatedIn", "international-maritime-organization", "london"),
        id="headquartered in",
    ),
    pytest.param(
        "Troops serve in the United Nations Mission in South Sudan.",
        ("locatedIn", "united-nations-mission-in-south-sudan", "SSD"),
        id="a mission's name",
    ),
    pytest.param(
        "The UN Security Council met.",
        ("partOf", "united-nations-security-council", "united-nations"),
        id="name",
    ),
    pytest.param(
        "The Bureau of African Affairs of the Department of State issued a note.",
        (
            "partOf",
            "bureau-of-african-affairs-of-the-department-of-state",
            "united-states-department-of-state",
        ),
        id="a body of a body, in one name",
    ),
]


@pytest.mark.parametrize(("text", "claim"), READ)
def test_a_place_or_whole_that_the_words_tell_is_read(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in claims(text)


NOT_READ = [
    pytest.param("He went to Nairobi, Uganda and Rwanda.", ("locatedIn", "nairobi", "UGA"), id="a list"),
    pytest.param(
        "They met in Paris, Germany said.", ("locatedIn", "paris", "DEU"), id="not what the table knows"
    ),
    pytest.param(
        "The Security Council met.",
        ("partOf", "united-nations-security-council", "united-nations"),
        id="unsaid whole",
    ),
    pytest.param(
        "The International Atomic Energy Agency reported.",
        ("partOf", "international-atomic-energy-agency", "united-nations"),
        id="a whole that only the table knows",
    ),
    pytest.param(
        "The OSCE met.",
        ("locatedIn", "organization-for-security-and-co-operation-in-europe", "europe"),
        id="region",
    ),
]


@pytest.mark.parametrize(("text", "claim"), NOT_READ)
def test_what_the_words_do_not_tell_is_left(text: str, claim: tuple[str, str, str]) -> None:
    assert claim not in claims(text)


def test_participants_of_a_programme_say_where_it_is() -> None:
    text = (
        "The Mandela Washington Fellowship begins in June. The participants will travel to Detroit, Michigan."
    )
    found = {c for c in claims(text) if c[0] == "locatedIn"}
    assert found == {
        ("locatedIn", "young-african-leaders-initiative", "detroit"),
        ("locatedIn", "detroit", "michigan"),
    }


@pytest.mark.parametrize("row", TABLE["example"], ids=lambda row: row["rule"])
def test_examples_of_the_table_are_read(row: dict[str, str]) -> None:
    assert (row["rule"], row["predicate"]) in rules(row["text"])


@pytest.mark.parametrize("row", TABLE["counter_example"], ids=lambda row: row["rule"])
def test_counter_examples_of_the_table_are_left(row: dict[str, str]) -> None:
    assert (row["rule"], row["predicate"]) not in rules(row["text"])
