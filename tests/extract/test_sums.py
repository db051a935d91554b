"""Sums of help: who gives them to whom, also where the sentence leaves one of them unsaid."""

import pytest
from diplograph.extract.extractor import Extractor, load_extractor
from tests.prose import prose


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(ranked=False)


SUMS = [
    pytest.param(
        "Humanitarian Aid for Ethiopia\n\nThis brings our total assistance for the crisis to nearly $1.6 billion.",
        ("USA", "ETH", "1600000000"),
        id="giver and receiver unsaid: our, and the title",
    ),
    pytest.param(
        "Aid for Yemen\n\nWith this, our contribution to the response in Yemen stands at $4 billion.",
        ("USA", "YEM", "4000000000"),
        id="what help stands at",
    ),
    pytest.param(
        "Aid\n\nThe new funding includes $40 million for the World Food Programme.",
        ("USA", "world-food-programme", "40000000"),
        id="a part of funding told before",
    ),
    pytest.param(
        "Help for Ukraine\n\nMore than 28 billion euros has been made available for Ukraine.",
        ("USA", "UKR", "28000000000"),
        id="passive without agent",
    ),
    pytest.param(
        "News\n\nIn addition, $15 million will help Moldova to host refugees.",
        ("USA", "MDA", "15000000"),
        id="what a sum will do",
    ),
    pytest.param(
        "News\n\nThe Jakarta Centre for Law Enforcement Cooperation, to which Australia has committed $36 million, is open.",
        ("AUS", "jakarta-centre-for-law-enforcement-cooperation", "36000000"),
        id="relative clause",
    ),
    pytest.param(
        "Aid\n\nThe package includes $95 million from USAID for Somalia.",
        ("united-states-agency-for-international-development", "SOM", "95000000"),
        id="the body that pays a part",
    ),
]


def told(extractor: Extractor, text: str) -> set[tuple[str, str, str]]:
    """Give (giver, receiver, amount) of the claims of help in a text of the United States."""
    title = text.split("\n", 1)[0]
    claims = extractor(prose(text, country="USA", title=title)).claims
    return {
        (c.subject.split("/", 1)[1], c.object.split("/", 1)[1], c.qualifiers.amount)
        for c in claims
        if c.predicate == "providesAssistanceTo"
    }


@pytest.mark.parametrize(("text", "claim"), SUMS)
def test_sums_of_help_make_claims(extractor: Extractor, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(extractor, text)


NO_HELP = [
    pytest.param("News\n\nTrade between the United States and Vietnam reached $90 billion.", id="trade"),
    pytest.param(
        "News\n\nWe offer a reward of up to $5 million for information on a leader in Lebanon.", id="reward"
    ),
    pytest.param("News\n\nThe earthquake in Haiti caused damage of $8 billion.", id="damage"),
    pytest.param("News\n\nUkraine needs $3 billion for its budget.", id="need"),
]


@pytest.mark.parametrize("text", NO_HELP)
def test_other_sums_make_none(extractor: Extractor, text: str) -> None:
    assert not told(extractor, text)
