"""Listed names are found at word boundaries, in the case a name is written in, with all they may mean."""

import pytest
from diplograph.extract.choosing import Found, disjoint
from diplograph.extract.folding import fold
from diplograph.extract.gazetteer import Gazetteer, build_gazetteer
from diplograph.ontology.vocabulary import Entry, Form, Vocabulary


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """List a few names, one of them owned twice."""
    rows = [
        ("agreement/law-of-the-sea", "Agreement", ["Convention on the Law of the Sea", "LOS"]),
        ("country/USA", "Country", ["United States", "U.S.", "US"]),
        ("organization/aid-commission", "Organization", ["Aid Commission", "AC"]),
        ("programme/air-corridor", "Programme", ["Air Corridor", "AC"]),
        ("place/black-sea", "Place", ["the Black Sea"]),
    ]
    return build_gazetteer(
        Vocabulary(
            entries=tuple(
                Entry(id=key, cls=cls, label=forms[0], forms=tuple(Form(text=f) for f in forms))
                for key, cls, forms in rows
            )
        )
    )


FOUND = [
    pytest.param("The United States agreed.", ["United States"], id="plain"),
    pytest.param("the UNITED STATES agreed", ["UNITED STATES"], id="capitals"),
    pytest.param(
        "the Convention On The Law Of The Sea",
        ["Convention On The Law Of The Sea"],
        id="little-words-in-capitals",
    ),
    pytest.param("the United\nStates agreed", ["United States"], id="wrapped"),
    pytest.param(
        "the convention on the law of the sea",
        ["convention on the law of the sea"],
        id="long-in-small-letters",
    ),
    pytest.param("the aid commission and the air corridor", [], id="lower-case"),
    pytest.param("tell us more", [], id="pronoun"),
    pytest.param("the USA, the USSR", [], id="inside-a-word"),
    pytest.param("the U.S.S.R.", [], id="inside-an-abbreviation"),
    pytest.param("the US-led talks", ["US"], id="before-a-hyphen"),
    pytest.param("in the Black Sea", ["Black Sea"], id="article-left-out"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_listed_names(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    folded = fold(text)
    assert [folded.text[hit.start : hit.end] for hit in gazetteer(folded)] == expected


def test_a_form_keeps_all_it_may_mean_sorted_by_id(gazetteer: Gazetteer) -> None:
    (hit,) = gazetteer(fold("the AC met"))
    assert [c.entity for c in hit.candidates] == ["organization/aid-commission", "programme/air-corridor"]


def name(start: int, end: int, rank: int = 0) -> Found:
    """Make a name found somewhere."""
    return Found(start=start, end=end, cls="Place", entity="", how="test", rank=rank)


DISJOINT = [
    pytest.param([name(0, 5), name(6, 9)], [(0, 5, 0), (6, 9, 0)], id="apart"),
    pytest.param([name(6, 9), name(0, 5)], [(0, 5, 0), (6, 9, 0)], id="sorted-by-place"),
    pytest.param([name(0, 5), name(0, 9)], [(0, 9, 0)], id="longest"),
    pytest.param([name(0, 5), name(3, 9)], [(0, 5, 0)], id="overlapping-first"),
    pytest.param([name(0, 5, 3), name(0, 5, -1)], [(0, 5, -1)], id="lower-rank"),
    pytest.param([name(2, 4), name(0, 5), name(3, 9)], [(0, 5, 0)], id="inside-of-one-that-stays"),
    pytest.param([], [], id="none"),
]


@pytest.mark.parametrize(("given", "expected"), DISJOINT)
def test_of_overlapping_names_one_is_kept(given: list[Found], expected: list[tuple[int, int, int]]) -> None:
    assert [(f.start, f.end, f.rank) for f in disjoint(given)] == expected
