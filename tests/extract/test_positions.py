"""Persons get the office that stands beside their name, held at the right state or body."""

import tomllib
from functools import cache
from typing import Any

import pytest
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences
from diplograph.ontology.vocabulary import read_table

TABLE = tomllib.loads((rules_folder() / "positions.toml").read_text("utf-8"))


@cache
def extractor() -> Extractor:
    """Load the extractor once; without the ranker, since rules are tested one by one."""
    return load_extractor(ranked=False)


def offices(text: str, *, country: str = "NLD", year: int | None = 2016) -> set[tuple[str, str, str]]:
    """Give (person, holder, position) of the claims of one paragraph."""
    blocks = (Block(kind="paragraph", span=Span(0, len(text))),)
    document = Document(
        id="one",
        file="one.txt",
        text=text,
        country=country,
        reference_year=year,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    claims = [c for c in extractor()(document).claims if c.predicate == "holdsPosition"]
    return {(c.subject.split("/")[1], c.object, c.qualifiers.position) for c in claims}


def holders(text: str, **options: Any) -> set[str]:
    """Give the holders alone."""
    return {holder for _, holder, _ in offices(text, **options)}


READ = [
    pytest.param("Kenyan Foreign Minister Amina Mohamed arrived.", "country/KEN", id="demonym before"),
    pytest.param("Canada's new Defence Minister, Peter MacKay, arrived.", "country/CAN", id="possessive"),
    pytest.param("He met President Tommy Remengesau of Palau.", "country/PLW", id="state behind the name"),
    pytest.param(
        "The Secretary General of the OECD, Mr. Ángel Gurría, spoke.",
        "organization/organization-for-economic-co-operation-and-development",
        id="body inside, courtesy between",
    ),
    pytest.param(
        "The Permanent Representative of Denmark, Ambassador Ib Petersen, spoke.",
        "country/DNK",
        id="rank between",
    ),
    pytest.param(
        "Karen Pierce, British Ambassador to Afghanistan, spoke.", "country/GBR", id="sender, not target"
    ),
    pytest.param(
        "The Moldovan delegation included Deputy Minister of Justice Nicolae Esanu.",
        "country/MDA",
        id="delegation",
    ),
    pytest.param(
        "In Brunei, she met Foreign Minister II Lim Jock Seng.", "country/BRN", id="opening names the state"
    ),
    pytest.param(
        "Our Prime Minister, Mark Rutte, opened the meeting.", "country/NLD", id="own by possessive"
    ),
    pytest.param("Deputy Secretary Heather Higginbottom spoke.", "country/USA", id="title of one state"),
    pytest.param("Chancellor Merkel welcomed the decision.", "country/DEU", id="surname of a listed holder"),
    pytest.param(
        "I congratulate Mr. Peter Thomson on his election as President of the General Assembly.",
        "organization/united-nations-general-assembly",
        id="elected to an office",
    ),
    pytest.param(
        "The General Assembly is in good hands. I thank your predecessor, Mr. Mogens Lykketoft.",
        "organization/united-nations-general-assembly",
        id="your predecessor",
    ),
    pytest.param(
        "The Special Representative of the Secretary-General, Mr. Nicholas Kay, reported.",
        "organization/united-nations",
        id="of the Secretary-General",
    ),
]


@pytest.mark.parametrize(("text", "holder"), READ)
def test_an_office_is_held_at_the_state_or_body_that_the_words_tell(text: str, holder: str) -> None:
    assert holder in holders(text)


NOT_READ = [
    pytest.param(
        "Polish Foreign Minister Witold Waszczykowski met Mr. Smith.", "country/NLD", id="foreign to own"
    ),
    pytest.param(
        "Karen Pierce, British Ambassador to Afghanistan, spoke.", "country/AFG", id="where one is sent"
    ),
    pytest.param("Pope Francis received the pilgrims.", "country/NLD", id="the Pope is nobody's own"),
    pytest.param("King Felipe received the delegation.", "country/NLD", id="a king without a realm named"),
    pytest.param("Prime Minister Piotr Nowak arrived.", "country/NLD", id="an office that another holds"),
    pytest.param("Professor Wangari Maathai planted trees.", "country/NLD", id="a professor"),
    pytest.param("Our Secretary-General, Mr. Ban Ki-moon, spoke.", "country/NLD", id="our Secretary-General"),
    pytest.param(
        "Armenian Foreign Minister Edward Nalbandian spoke. Later, Foreign Minister Nalbandian left.",
        "country/NLD",
        id="told once, known later",
    ),
    pytest.param(
        "He met Anna Novak, German Foreign Minister Frank-Walter Steinmeier and others.",
        "country/NLD",
        id="the title of the next in a list",
    ),
]


@pytest.mark.parametrize(("text", "holder"), NOT_READ)
def test_an_office_is_not_given_to_a_state_that_the_words_do_not_tell(text: str, holder: str) -> None:
    assert holder not in holders(text)


def test_a_title_and_a_surname_mean_the_person_who_held_that_office_then() -> None:
    text = "Prime Minister Trudeau spoke. Trudeau then left."
    assert {p for p, _, _ in offices(text, year=2016)} == {"justin-trudeau"}
    assert {p for p, _, _ in offices(text, year=1950)} <= {"trudeau"}


def test_the_position_is_the_title_without_its_state() -> None:
    text = "The Foreign Minister of the Republic of Korea, Mr. Yun Byung-se, spoke."
    assert ("yun-byung-se", "country/KOR", "Foreign Minister") in offices(text)


@pytest.mark.parametrize("row", TABLE["example"], ids=lambda row: row["rule"])
def test_examples_of_the_table_are_read(row: dict[str, str]) -> None:
    assert row["object"] in holders(row["text"], country="JPN", year=None)


@pytest.mark.parametrize("row", TABLE["counter_example"], ids=lambda row: row["text"][:20])
def test_counter_examples_of_the_table_are_left(row: dict[str, str]) -> None:
    assert row["object"] not in holders(row["text"], country="JPN", year=None)


def test_titles_belong_to_nobody_or_to_an_entity_that_the_vocabulary_lists() -> None:
    entries = extractor().names.gazetteer.entries
    owners = {row["of"] for row in read_table(rules_folder() / "titles.tsv")}
    assert owners - {"", "-"} <= entries.keys()
