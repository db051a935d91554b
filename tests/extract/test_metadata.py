"""What a document tells of itself."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from diplograph.extract.manifest import Source
from diplograph.extract.metadata import detect_language, read_metadata
from diplograph.extract.structure import structure

TABLE: dict[str, Any] = tomllib.loads(
    files("diplograph.extract.rules").joinpath("metadata.toml").read_text(encoding="utf-8")
)
NOTHING = Source(path=Path("a.txt"))
RULE_CASES = [
    pytest.param(row["pattern"], line, wanted, id=f"{row.get('id', 'dates')}-{line[:25]}")
    for row in [*TABLE["publisher"], *TABLE["year"], TABLE["dates"]]
    for wanted, lines in ((True, row["examples"]), (False, row["counter_examples"]))
    for line in lines
]


@pytest.mark.parametrize(("pattern", "line", "wanted"), RULE_CASES)
def test_rule_takes_its_examples_and_leaves_the_others(pattern: str, line: str, wanted: bool) -> None:
    assert (re.search(pattern, line, re.MULTILINE) is not None) == wanted


SPEECH = (
    "I congratulate you on your election as President of the General Assembly at its {} session. We hope."
)
THANKS = "I thank your predecessor for guiding the General Assembly during the {} session."
YEARS = [
    pytest.param("Diplomatic Bluebook 1998\n\nNorway and Chile met.", 1997, id="yearbook"),
    pytest.param("Voting Practices in 1998\n\nNorway and Chile voted.", 1998, id="title"),
    pytest.param("Joint Communiqué\n\nOslo, 3 March 1999\n\nThe ministers met.", 1999, id="date-line"),
    pytest.param("Joint Communiqué\n\nOslo and Rome, 3 MARCH 1999\n\nThey met.", 1999, id="date-line-two"),
    pytest.param("The Convention done on 3 March 1979 is dear to us.", None, id="date-of-another"),
    pytest.param("Joint Communiqué\n\nThe ministers met in Oslo on 3 March 1999.", 1999, id="opening"),
    pytest.param(SPEECH.format("fifty-third"), 1998, id="session"),
    pytest.param(SPEECH.format("seventieth"), 2015, id="session-tens"),
    pytest.param(SPEECH.format("61st"), 2006, id="session-digits"),
    pytest.param(SPEECH.format("sixty-\nfirst"), 2006, id="session-cut"),
    pytest.param(f"{SPEECH} {THANKS}".format("fifty-third", "fifty-second"), 1998, id="session-and-last"),
    pytest.param(THANKS.format("fifty-second"), 1998, id="session-of-predecessor"),
    pytest.param(
        "The second session of the commission was short. Nothing was said.", None, id="other-session"
    ),
    pytest.param("Norway and Chile met. The treaty of 1905 was praised.", None, id="nothing"),
]


def read(text: str, source: Source = NOTHING) -> Any:
    return read_metadata(text, source, blocks=structure(text)[1])


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_reference_year(text: str, year: int | None) -> None:
    assert read(text).reference_year == year


PUBLISHERS = [
    pytest.param("Diplomatic Bluebook 1998", "Ministry of Foreign Affairs of Japan", "JPN", id="bluebook"),
    pytest.param("Office of the Spokesperson", "US Department of State", "USA", id="state"),
    pytest.param(
        "Ministry of Foreign Affairs of Norway", "Ministry of Foreign Affairs of Norway", "NOR", id="ministry"
    ),
    pytest.param(
        "Ministry of Foreign Affairs of the Republic of Korea",
        "Ministry of Foreign Affairs of the Republic of Korea",
        "KOR",
        id="ministry-long-name",
    ),
    pytest.param("A/53/PV.12", "United Nations", "", id="un"),
    pytest.param("Notes of a traveller", "", "", id="nobody"),
]


@pytest.mark.parametrize(("head", "publisher", "country"), PUBLISHERS)
def test_publisher_and_state(head: str, publisher: str, country: str) -> None:
    known = read(f"{head}\n\nNorway and Chile met in Oslo.")
    assert (known.publisher, known.country) == (publisher, country)


def test_user_has_the_last_word() -> None:
    told = Source(path=Path("a.txt"), title="T", publisher="P", country="CHL", reference_year=1950)
    known = read("Diplomatic Bluebook 1998\n\nNorway and Chile met.", told)
    assert (known.title, known.publisher, known.country, known.reference_year) == ("T", "P", "CHL", 1950)


def test_date_that_does_not_exist_is_none() -> None:
    assert read("Communiqué\n\n31 February 1998\n\nThey met.").date == ""
    assert read("Communiqué\n\nOslo, March 3, 1998\n\nThey met.").date == "1998-03-03"


LANGUAGES = [
    pytest.param(
        "The ministers of the two states met in Oslo and agreed to work on the law of the sea. " * 3, "en"
    ),
    pytest.param(
        "Les ministres des deux États se sont réunis à Oslo et ont décidé de travailler sur le droit. " * 3,
        "fr",
    ),
    pytest.param(
        "Los ministros de los dos Estados se reunieron en Oslo y decidieron trabajar por el derecho. " * 3,
        "es",
    ),
    pytest.param(
        "Die Minister der beiden Staaten trafen sich in Oslo und berieten über das Recht auf der See. " * 3,
        "de",
    ),
    pytest.param(
        "Министры двух государств встретились в Осло и договорились о работе на море и в порту. " * 3, "ru"
    ),
    pytest.param("両国の外相はオスロで会談し、海洋法について協議した。 " * 40, "und"),
    pytest.param("Oslo 1998", "en"),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("name", ["languages.tsv", "elements.tsv", "abbreviations.tsv"])
def test_tables_of_reading_name_their_sources_and_repeat_nothing(name: str) -> None:
    lines = files("diplograph.extract.rules").joinpath(name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    assert rows[0][-1] == "source"
    assert all(len(row) == len(rows[0]) and all(cell.strip() for cell in row) for row in rows)
    keys = [tuple(row[: len(row) - 2]) for row in rows]
    assert len(set(keys)) == len(keys)
