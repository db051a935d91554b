"""Persons are told by a title before or behind their name, or by a known given name."""

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

PERSONS = [
    pytest.param("Foreign Minister Alva Storhaug spoke.", ["Alva Storhaug"], id="title-before"),
    pytest.param("Alva Storhaug, Minister of Fisheries, spoke.", ["Alva Storhaug"], id="title-behind"),
    pytest.param(
        "Deputy Prime Minister and Foreign Minister Alva Storhaug spoke.",
        ["Alva Storhaug"],
        id="stacked-titles",
    ),
    pytest.param("Mr. Storhaug spoke.", ["Storhaug"], id="courtesy"),
    pytest.param("President Alva J. Storhaug spoke.", ["Alva J. Storhaug"], id="initial"),
    pytest.param("Ambassador Piet van der Laan spoke.", ["Piet van der Laan"], id="particles"),
    pytest.param(
        "Prime Minister Alva Storhaug and Foreign Minister Piet Laan met.",
        ["Alva Storhaug", "Piet Laan"],
        id="two",
    ),
    pytest.param("Attorney General Lisa Monaco spoke.", ["Lisa Monaco"], id="surname-of-a-state"),
    pytest.param(
        "Boris Yeltsin left; they met B.N. Yeltsin.",
        ["Boris Yeltsin", "B.N. Yeltsin"],
        id="initials-of-a-listed-person",
    ),
    pytest.param("Those headed by B. Storhaug left.", ["B. Storhaug"], id="initial-and-surname"),
    pytest.param("Those led by G.N. Berdov left.", ["G.N. Berdov"], id="initials-and-surname"),
    pytest.param("It stands in annex B. The list is long.", [], id="initial-of-an-annex"),
    pytest.param(
        "They freed Peter Storhaug, Zurimba Temballo and Kwelo Ngandi.",
        ["Peter Storhaug", "Zurimba Temballo", "Kwelo Ngandi"],
        id="list-after-a-person",
    ),
    pytest.param("H.E. Macky Sall spoke.", ["Macky Sall"], id="excellency"),
    pytest.param("M. Laurent Fabius spoke.", ["Laurent Fabius"], id="monsieur"),
    pytest.param("They freed the journalist Zurim Temballo.", ["Zurim Temballo"], id="profession"),
    pytest.param("It lands on 23 May in Lima.", [], id="month"),
    pytest.param("The Prime Minister spoke.", [], id="title-alone"),
    pytest.param("The Foreign Minister of Norway spoke.", [], id="title-of-a-state"),
    pytest.param("The Ministry of Foreign Affairs spoke.", [], id="ministry"),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS)
def test_persons(extractor: Extractor, text: str, expected: list[str]) -> None:
    assert [m.text for m in extractor.names(prose(text)).mentions if m.cls == "Person"] == expected
