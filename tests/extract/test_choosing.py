"""What an ambiguous form means is settled by its sentence, its document and the words beside it."""

from dataclasses import replace

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

ROWS = [
    pytest.param("Tokyo announced new aid.", "", "Tokyo", "country/JPN", id="seat-before-an-act"),
    pytest.param("The envoys returned to Tokyo.", "", "Tokyo", "place/tokyo", id="seat-behind-a-place-word"),
    pytest.param("The Convention entered into force.", "", "Convention", None, id="bare-noun"),
    pytest.param("It paid 4 million US dollars.", "", "US", None, id="money"),
    pytest.param("Mr. Keita (spoke in French): I thank Chad.", "", "French", None, id="language-spoken"),
    pytest.param("They read it in French, Russian and Spanish.", "", "Spanish", None, id="languages-listed"),
    pytest.param("The French language unites them.", "", "French", None, id="language-named"),
    pytest.param("They arrived in French aircraft.", "", "French", "country/FRA", id="state-behind-in"),
    pytest.param("The US delegation spoke.", "", "US", "country/USA", id="state-before-another-noun"),
]


@pytest.mark.parametrize(("text", "country", "form", "entity"), ROWS)
def test_what_a_form_means(
    extractor: Extractor, text: str, country: str, form: str, entity: str | None
) -> None:
    named = extractor.names(prose(text, country=country))
    assert {m.text: m.entity for m in named.mentions}.get(form) == entity


@pytest.mark.parametrize(("year", "person"), [(1998, "bill-clinton"), (2011, "hillary-clinton")])
def test_a_surname_means_who_held_the_office_then(extractor: Extractor, year: int, person: str) -> None:
    document = replace(prose("Clinton thanked Poland.", country="USA"), reference_year=year)
    assert [m.entity for m in extractor.names(document).mentions if m.cls == "Person"] == [f"person/{person}"]


def test_a_weak_form_of_a_ministry_means_that_of_the_author(extractor: Extractor) -> None:
    text = "The Ministry of Defense held a seminar."
    meant = {
        country: [
            m.entity
            for m in extractor.names(prose(text, country=country)).mentions
            if m.cls == "Organization"
        ]
        for country in ("JPN", "KOR")
    }
    assert all(len(found) == 1 for found in meant.values())
    assert meant["JPN"] != meant["KOR"]
