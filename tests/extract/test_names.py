"""Names of a document: where they stand, of which class they are, whom they mean."""

from itertools import pairwise

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.names import slug
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import prose


def meant(extractor: Extractor, text: str, **known: str | int | None) -> dict[str, str]:
    """Map the words of each name to the entity they mean."""
    return {m.text: m.entity for m in extractor.names(prose(text, **known)).mentions}  # type: ignore[arg-type]


MEANT = [
    pytest.param(
        "The United\nNations met.", "United\nNations", "organization/united-nations", id="hard-wrapped"
    ),
    pytest.param(
        "Belgium supports the convening of a conference on stability in Kivu.",
        "conference",
        "event/conference-on-stability-in-kivu-2016",
        id="told-by-what-follows",
    ),
    pytest.param(
        "It paid into the Peace Fund of the African Union.",
        "Peace Fund of the African Union",
        "programme/au-peace-fund",
        id="organ-before-its-body",
    ),
    pytest.param("Tokyo has agreed to the plan.", "Tokyo", "country/JPN", id="seat-that-acts"),
    pytest.param("They met in Tokyo.", "Tokyo", "place/tokyo", id="seat-as-place"),
    pytest.param("The Japanese government agreed.", "Japanese", "country/JPN", id="demonym"),
    pytest.param("The U.S. agreed.", "U.S", "country/USA", id="abbreviation-with-stops"),
    pytest.param("FRANCE agreed.", "FRANCE", "country/FRA", id="capitals"),
    pytest.param(
        "Allies oppose the Kremlin's plans.", "Kremlin", "country/RUS", id="seat-behind-its-article"
    ),
    pytest.param("They mourned Queen Elizabeth II.", "Elizabeth II", "person/elizabeth-ii", id="crowned"),
    pytest.param("It met in the Amazon region.", "Amazon", "place/amazonia", id="region-left-out"),
    pytest.param("They flew to Darwin, Australia.", "Australia", "country/AUS", id="state-behind-its-town"),
    pytest.param("It met in the Arab region.", "Arab region", "place/arab-region", id="region-in-the-name"),
    pytest.param(
        "It supports the Kyoto protocol.", "Kyoto protocol", "agreement/kyoto-protocol", id="half-in-capitals"
    ),
    pytest.param(
        "It signed the 1991 Antarctic Treaty.",
        "Antarctic Treaty",
        "agreement/antarctic-treaty",
        id="year-left-out",
    ),
    pytest.param(
        "They recalled Security Council resolution 1502 (2003).",
        "Security Council resolution 1502 (2003)",
        "agreement/united-nations-security-council-resolution-1502",
        id="council-resolution",
    ),
    pytest.param(
        "They recalled General Assembly resolution 61/89.",
        "General Assembly resolution 61/89",
        "agreement/united-nations-general-assembly-resolution-61-89",
        id="assembly-resolution",
    ),
    pytest.param(
        "They recalled resolution 1540 (2004).",
        "resolution 1540 (2004)",
        "agreement/united-nations-security-council-resolution-1540",
        id="year-makes-it-the-council's",
    ),
]


@pytest.mark.parametrize(("text", "name", "entity"), MEANT)
def test_whom_a_name_means(extractor: Extractor, text: str, name: str, entity: str) -> None:
    said = meant(extractor, text)
    assert {words.rstrip("."): key for words, key in said.items()}.get(name.rstrip(".")) == entity, said


NOT_NAMES = [
    pytest.param("It cost 30 million US dollars.", "country/USA", id="dollars"),
    pytest.param("It cost 5,000 Japanese yen.", "country/JPN", id="yen"),
    pytest.param("It sold Swiss francs.", "country/CHE", id="francs"),
    pytest.param("Let us go on.", "country/USA", id="us-the-pronoun"),
    pytest.param("They roasted a turkey.", "country/TUR", id="turkey-the-bird"),
]


@pytest.mark.parametrize(("text", "entity"), NOT_NAMES)
def test_what_names_no_state(extractor: Extractor, text: str, entity: str) -> None:
    assert entity not in meant(extractor, text).values()


def test_what_the_text_introduces_wins_over_what_the_tables_list(extractor: Extractor) -> None:
    listed = meant(extractor, "The EAC met.")["EAC"]
    said = meant(extractor, "The Emergency Aid Commission (EAC) met in Lima. The EAC adopted a plan.")
    assert said["EAC"] == said["Emergency Aid Commission"] != listed


def test_an_agreement_named_by_its_kind_takes_its_parties_in(extractor: Extractor) -> None:
    said = meant(extractor, "The Peru-Chile FTA and the EU-Japan EPA entered into force.")
    assert set(said) == {"Peru-Chile FTA", "EU-Japan EPA"}
    full = meant(extractor, "The Peru-Chile Free Trade Agreement entered into force.")
    assert said["Peru-Chile FTA"] == full["Peru-Chile Free Trade Agreement"]
    assert said["Peru-Chile FTA"] == meant(extractor, "Peru and Chile signed an FTA.")["FTA"]


def test_a_family_of_agreements_means_that_of_the_pair(extractor: Extractor) -> None:
    said = meant(extractor, "Japan and the United Kingdom signed an ACSA.")
    other = meant(extractor, "Japan and Australia signed an ACSA.")
    assert said["ACSA"] == meant(extractor, "The Japan-UK ACSA is in force.")["Japan-UK ACSA"]
    assert said["ACSA"] != other["ACSA"]


def test_the_own_state_completes_the_pair(extractor: Extractor) -> None:
    assert (
        meant(extractor, "An ACSA with Australia was signed.", country="JPN")["ACSA"]
        == (meant(extractor, "Japan and Australia signed an ACSA.")["ACSA"])
    )


def test_a_surname_means_who_was_named_in_full(extractor: Extractor) -> None:
    said = meant(extractor, "Foreign Minister Alva Storhaug spoke in Oslo. Storhaug thanked the hosts.")
    assert said["Storhaug"] == said["Alva Storhaug"] == "person/alva-storhaug"


OCCASIONS = [
    pytest.param(
        "The Rotterdam Conference on Sustainable Shipping opened.", 2016, "-2016", id="reference-year"
    ),
    pytest.param(
        "The Rotterdam Conference on Sustainable Shipping opened.", None, "shipping", id="no-year-known"
    ),
    pytest.param(
        "The 2014 Rotterdam Conference on Shipping opened.",
        2016,
        "2014-rotterdam-conference-on-shipping",
        id="own-year",
    ),
]


@pytest.mark.parametrize(("text", "year", "ending"), OCCASIONS)
def test_an_occasion_without_a_year_is_that_of_the_reference_year(
    extractor: Extractor, text: str, year: int | None, ending: str
) -> None:
    (key,) = (m.entity for m in extractor.names(prose(text, year=year)).mentions if m.cls == "Event")
    assert key.endswith(ending)


def test_other_ways_to_write_a_name_are_its_aliases(extractor: Extractor) -> None:
    named = extractor.names(prose("The United Nations met. The UN adopted a text."))
    (un,) = (e for e in named.entities if e.id == "organization/united-nations")
    assert "UN" in un.aliases
    assert un.label not in un.aliases


SLUGS = [
    pytest.param("Agreement on X & Y", "agreement-on-x-and-y", id="ampersand"),
    pytest.param("Mine/Counter-Mine", "mine-counter-mine", id="slash"),
    pytest.param("  «Élysée»  Treaty ", "élysée-treaty", id="quotes-and-accents"),
    pytest.param("!?", "unnamed", id="nothing-left"),
]


@pytest.mark.parametrize(("name", "expected"), SLUGS)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


SENTENCES = st.sampled_from(
    [
        "The “United\nNations” Security Council (UNSC) adopted resolution 1540 (2004).",
        "Tokyo has agreed; an ACSA was signed by Japan and the U.K.",
        "Foreign Minister Alva Storhaug met Storhaug’s envoy in New York on 3 May 2011.",
        "It gave US$5 million, or 4 million euros, to Côte d’Ivoire.",
        "The 23rd ARF Ministerial Meeting (July) was held in Vientiane, Lao PDR.",
        "THE ASEAN REGIONAL FORUM",
        "Agreement between the Government of Japan and the Government of India concerning trade,",
        "Secretary-\nGeneral of the Organisation for Security and Co-operation in Europe (OSCE)",
        "",
    ]
)


@settings(deadline=None, max_examples=60)
@given(parts=st.lists(SENTENCES, max_size=6), joint=st.sampled_from([" ", "\n", "\n\n", "—", ""]))
def test_mentions_are_sorted_disjoint_and_say_what_stands_there(
    extractor: Extractor, parts: list[str], joint: str
) -> None:
    document = prose(joint.join(parts), country="JPN")
    named = extractor.names(document)
    assert all(document.text[m.span.start : m.span.end] == m.text for m in named.mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(named.mentions))
    assert {m.entity for m in named.mentions} == {e.id for e in named.entities}
    assert {(m.entity, m.cls) for m in named.mentions} == {(e.id, e.cls) for e in named.entities}


BY_WRITER = [
    pytest.param(
        "JPN", 1995, "The DPRK spoke for Korea as the Republic of Korea did.", "Korea", "country/KOR",
        id="another's-name-unasked",
    ),
    pytest.param(
        "PRK", 1995, "The DPRK spoke for Korea as the Republic of Korea did.", "Korea", "country/PRK",
        id="the-speaker's-own",
    ),
    pytest.param(
        "KHM", 1993, "They keep to the Paris Agreement.", "Paris Agreement", "agreement/paris-agreement-1993",
        id="before-the-one-we-know",
    ),
    pytest.param(
        "KHM", 2016, "They keep to the Paris Agreement.", "Paris Agreement", "agreement/paris-agreement",
        id="the-one-we-know",
    ),
    pytest.param(
        "USA", 2022, "The Minsk Group of the Organization for Security and Co-operation in Europe (OSCE) met.",
        "OSCE", "organization/organization-for-security-and-co-operation-in-europe", id="the-body-is-abbreviated",
    ),
    pytest.param(
        "USA", 2022, "Moscow's FSB holds him in Russia.", "FSB", "organization/federal-security-service",
        id="of-the-state-beside",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("country", "year", "text", "name", "entity"), BY_WRITER)
def test_whom_a_name_means_depends_on_the_writer(
    extractor: Extractor, country: str, year: int, text: str, name: str, entity: str
) -> None:
    assert meant(extractor, text, country=country, year=year).get(name) == entity


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She spoke in the Benjamin Franklin Room.", id="room"),
        pytest.param("They met in the Harry S. Truman Building.", id="house-of-one-listed"),
        pytest.param("They visited Austin Tice's parents.", id="given-name-like-a-surname"),
    ],
)
def test_what_bears_a_name_is_not_its_person(extractor: Extractor, text: str) -> None:
    found = meant(extractor, text, country="USA", year=2022)
    assert not {"person/benjamin-franklin", "person/harry-s-truman", "person/lloyd-austin"} & set(
        found.values()
    )
