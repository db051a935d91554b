"""Titles that several persons share, and plain words for those who head a body, give each person their own office."""

import tomllib
from functools import cache

import pytest
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.records import Document
from prose import prose

SHARED = tomllib.loads((rules_folder() / "shared_titles.toml").read_text("utf-8"))
LEADING = tomllib.loads((rules_folder() / "leading.toml").read_text("utf-8"))


@cache
def extractor() -> Extractor:
    """Load the extractor without the ranker: rules are tested one by one."""
    return load_extractor(ranked=False)


def offices(document: Document) -> set[tuple[str, str, str, str]]:
    """Give (person, holder, position, rule) of the claims of a text."""
    claims = [c for c in extractor()(document).claims if c.predicate == "holdsPosition"]
    return {(c.subject, c.object, c.qualifiers.position, c.rule) for c in claims}


def named(text: str) -> set[tuple[str, str, str]]:
    """Give (person, holder, position), the person without prefix."""
    return {(p.split("/")[1], h, t) for p, h, t, _ in offices(prose(text))}


@pytest.mark.parametrize("row", SHARED["example"], ids=lambda row: row["rule"] + "-" + row["person"])
def test_a_shared_title_is_each_members_own(row: dict[str, str]) -> None:
    assert (row["object"], row["position"], row["rule"]) in {told[1:] for told in offices(prose(row["text"]))}


@pytest.mark.parametrize("row", SHARED["counter_example"], ids=lambda row: row["person"])
def test_a_shared_title_joins_no_member_to_the_state_of_another(row: dict[str, str]) -> None:
    assert (row["person"], row["object"]) not in {told[:2] for told in named(row["text"])}


@pytest.mark.parametrize(
    ("rule", "text"), [(row["id"], text) for row in LEADING["rule"] for text in row["examples"]]
)
def test_plain_words_tell_who_heads_a_body(rule: str, text: str) -> None:
    assert f"lead-{rule}" in {told[3] for told in offices(prose(text))}


@pytest.mark.parametrize(
    ("rule", "text"),
    [(row["id"], text) for row in LEADING["rule"] for text in row.get("counter_examples", ())],
)
def test_other_words_do_not(rule: str, text: str) -> None:
    assert f"lead-{rule}" not in {told[3] for told in offices(prose(text))}


LISTS = [
    pytest.param(
        "The Minister for Foreign Affairs of Norway, Ine Eriksen Søreide, the Minister for Foreign Affairs of"
        " Iceland, Gudlaugur Thordarson, and the Minister for Foreign Affairs of Sweden, Ann Linde, met.",
        {"country/NOR", "country/ISL", "country/SWE"},
        id="titles-before",
    ),
    pytest.param(
        "It was signed by Rut Storhaug, Minister of Defence of Norway, Peter Hultqvist, Minister of Defence of"
        " Sweden, and Jussi Niinistö, Minister of Defence of Finland.",
        {"country/NOR", "country/SWE", "country/FIN"},
        id="titles-behind",
    ),
]


@pytest.mark.parametrize(("text", "states"), LISTS)
def test_in_a_list_of_titles_and_names_each_has_one_office(text: str, states: set[str]) -> None:
    found = named(text)
    assert {holder for _, holder, _ in found} == states
    assert len(found) == len(states)


GIVEN = [
    pytest.param(
        "They welcomed Baron Waqa of Nauru as Secretary-General of the Pacific Islands Forum.",
        ("organization/pacific-islands-forum", "Secretary-General"),
        id="as-behind-a-state",
    ),
    pytest.param(
        "They reappointed Don McKinnon as Commonwealth Secretary-General.",
        ("organization/commonwealth-of-nations", "Secretary-General"),
        id="body-before-the-title",
    ),
    pytest.param(
        "The German foreign minister, Xaver Zibbel, spoke.",
        ("country/DEU", "foreign minister"),
        id="lower-case",
    ),
    pytest.param("His Majesty King Tupou of Tonga spoke.", ("country/TON", "King"), id="king"),
]


@pytest.mark.parametrize(("text", "office"), GIVEN)
def test_offices_in_other_dress(text: str, office: tuple[str, str]) -> None:
    assert office in {told[1:] for told in named(text)}


def test_in_a_list_the_president_of_a_council_is_named_before_the_title() -> None:
    text = (
        "We, Charles Michel, President of the European Council, Ursula von der Leyen, President of the European"
        " Commission, and Fumio Kishida, Prime Minister of Japan, met."
    )
    claims = [c for c in extractor()(prose(text)).claims if c.predicate == "chairs"]
    assert "person/ursula-von-der-leyen" not in {
        c.subject for c in claims if c.object == "organization/european-council"
    }
