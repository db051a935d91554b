"""Texts and those who make, join, back and carry them: what whole sentences say, rules together."""

from functools import cache

import pytest
from diplograph.extract.extractor import Extractor, load_extractor
from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences

# Relation, subject, object (ids without their prefix) and status of each claim that must be read.
CLAIMS = [
    pytest.param(
        "Norway signed the Arms Trade Treaty.",
        [("partyTo", "NOR", "arms-trade-treaty", "signed")],
        id="signed",
    ),
    pytest.param(
        "The Arms Trade Treaty was signed by Norway and Chile.",
        [
            ("partyTo", "CHL", "arms-trade-treaty", "signed"),
            ("partyTo", "NOR", "arms-trade-treaty", "signed"),
        ],
        id="signed-by-two",
    ),
    pytest.param(
        "Chile deposited its instrument of ratification of the Arms Trade Treaty.",
        [("partyTo", "CHL", "arms-trade-treaty", "ratified")],
        id="instrument",
    ),
    pytest.param(
        "Palau acceded to the Rome Statute.",
        [("partyTo", "PLW", "rome-statute-of-the-international-criminal-court", "acceded")],
        id="acceded",
    ),
    pytest.param(
        "Monaco was the first state to ratify the Arms Trade Treaty.",
        [("partyTo", "MCO", "arms-trade-treaty", "ratified")],
        id="predicate-noun",
    ),
    pytest.param(
        "Turkey and Armenia began negotiations with the aim of concluding a peace treaty.",
        [
            ("partyTo", "ARM", "peace-treaty", "negotiating"),
            ("partyTo", "TUR", "peace-treaty", "negotiating"),
        ],
        id="negotiating",
    ),
    pytest.param("Fiji is not a party to the Arms Trade Treaty.", [], id="not-a-party"),
    pytest.param(
        "A peace must rest upon Security Council resolutions 242 (1967) and 338 (1973).",
        [
            (
                "adopts",
                "united-nations-security-council",
                "united-nations-security-council-resolution-242",
                "",
            ),
            (
                "adopts",
                "united-nations-security-council",
                "united-nations-security-council-resolution-338",
                "",
            ),
        ],
        id="numbers-in-a-list",
    ),
    pytest.param(
        "Fiji agrees with the Vienna Declaration and Programme of Action agreed upon at the World Conference on Human Rights.",
        [("adopts", "world-conference-on-human-rights", "vienna-declaration-and-programme-of-action", "")],
        id="agreed-upon-at",
    ),
    pytest.param("Fiji welcomed the signing of the Oslo Accords.", [], id="others-signed"),
    pytest.param(
        "Agenda 21, adopted at the Earth Summit, is well known.",
        [("adopts", "united-nations-conference-on-environment-and-development", "agenda-21", "")],
        id="bare-participle",
    ),
    pytest.param(
        "Chad recalled Security Council resolution 1325 (2000) and resolution 61/89.",
        [
            (
                "adopts",
                "united-nations-general-assembly",
                "united-nations-general-assembly-resolution-61-89",
                "",
            ),
            (
                "adopts",
                "united-nations-security-council",
                "united-nations-security-council-resolution-1325",
                "",
            ),
        ],
        id="numbered-resolutions",
    ),
    pytest.param(
        "The text of the following statement was released by the Governments of Poland and Chile.",
        [("adopts", "CHL", "statement", ""), ("adopts", "POL", "statement", "")],
        id="following-statement",
    ),
    pytest.param(
        "We, the Governments of Chile and Peru, met. We signed the Arms Trade Treaty.",
        [
            ("partyTo", "CHL", "arms-trade-treaty", "signed"),
            ("partyTo", "PER", "arms-trade-treaty", "signed"),
        ],
        id="we-introduced",
    ),
    pytest.param("Chad welcomed the creation of the African Union.", [], id="others-founded"),
    pytest.param(
        "The Rome Statute led to the establishment of bodies such as the International Criminal Court.",
        [
            (
                "establishes",
                "rome-statute-of-the-international-criminal-court",
                "international-criminal-court",
                "",
            )
        ],
        id="such-as",
    ),
    pytest.param(
        "Saudi Arabia severed diplomatic relations with Iran.",
        [("hasDiplomaticRelationsWith", "IRN", "SAU", "severed")],
        id="severed",
    ),
    pytest.param(
        "Turkey recognised the independence of Kosovo.", [("recognizes", "TUR", "XKX", "")], id="recognition"
    ),
]

# Issues that a body, occasion or instrument deals with, by what the words around its name say.
ISSUES = [
    pytest.param(
        "At the Earth Summit, leaders discussed poverty.",
        ("united-nations-conference-on-environment-and-development", "poverty"),
        True,
        id="occasion",
    ),
    pytest.param(
        "Ghana takes part in United Nations peacekeeping operations.",
        ("united-nations", "peacekeeping"),
        True,
        id="modifier",
    ),
    pytest.param(
        "Human rights are discussed in fora such as the G20.",
        ("g20", "human-rights"),
        True,
        id="fora-such-as",
    ),
    pytest.param(
        "The Arms Trade Treaty helps to prevent terrorism.",
        ("arms-trade-treaty", "terrorism"),
        True,
        id="instrument",
    ),
    pytest.param(
        "The G7 Action Plan against Corruption was released.", ("g7", "corruption"), True, id="text-of-forum"
    ),
    pytest.param("Fighting piracy, Chad hailed the G20.", ("g20", "piracy"), False, id="another-subject"),
]


@cache
def extractor() -> Extractor:
    """Load the extractor once, without the ranker: rules are what is tested."""
    return load_extractor(ranked=False)


def claims(text: str) -> list[tuple[str, str, str, str]]:
    """Give what a text claims, sorted: relation, subject, object, status."""
    blocks = (Block(kind="paragraph", span=Span(0, len(text))),)
    one = Document(
        id="example", file="example.txt", text=text, blocks=blocks, sentences=split_sentences(text, blocks)
    )
    return sorted(
        (c.predicate, c.subject.split("/")[1], c.object.split("/")[1], c.qualifiers.status)
        for c in extractor()(one).claims
    )


RELATIONS = {"partyTo", "adopts", "establishes", "recognizes", "hasDiplomaticRelationsWith"}


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_claims_about_texts_and_bodies(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [c for c in claims(text) if c[0] in RELATIONS] == expected


@pytest.mark.parametrize(("text", "pair", "stands"), ISSUES)
def test_issues_that_bodies_deal_with(text: str, pair: tuple[str, str], stands: bool) -> None:
    assert (pair in {(c[1], c[2]) for c in claims(text) if c[0] == "addresses"}) is stands
