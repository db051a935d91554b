"""What a whole text is about is meant by bare nouns and left unsaid far behind the title; titles stand for persons."""

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.relations import mentions_by_sentence
from prose import prose

FILLER = (
    "Norway opened a school. Peru planted trees. Japan built roads. Kenya drilled wells. Fiji sold copra. "
)
HELD = "The Fifth Summit of the Americas was held in Port of Spain. Leaders thanked Haiti. The summit ended well. "
SUMMIT = "event/fifth-summit-of-the-americas"

THEMES = [
    pytest.param(HELD.replace("Fifth", "next"), "", "Event", "", id="looked forward to"),
    pytest.param("UNMIL\n\nThe force of UNMIL patrolled. UNMIL repaired roads. It rained.", "", "Country", "country/LBR", id="the land of a mission"),
    pytest.param(HELD, "", "Event", SUMMIT, id="told as held and gone on about"),
    pytest.param("I attended the Fifth Summit of the Americas, held in Port of Spain. The summit ended. The session closed.", "", "Event", "", id="a speech"),
    pytest.param("The Fifth Summit of the Americas was held in Port of Spain. Norway bought ships.", "", "Event", "", id="told in passing"),
    pytest.param(
        "Report on the situation in Haiti. The authorities of Haiti were told. Haiti has few roads. Kenya knows Haiti.",
        "", "Country", "country/HTI", id="the state of a report",
    ),
    pytest.param(
        "Report on the situation in Haiti. The authorities of Haiti were told. Haiti has few roads. Kenya knows Haiti.",
        "NOR", "Country", "", id="the text of a state",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "cls", "expected"), THEMES)
def test_what_a_text_is_about(extractor: Extractor, text: str, country: str, cls: str, expected: str) -> None:
    document = prose(text, country=country)
    named = extractor.names(document)
    about = extractor.relations.about
    assert about is not None
    theme = about(document, mentions_by_sentence(document, named.mentions))[-1][cls]
    assert (theme.entity if theme is not None else "") == expected


MEANT = [
    pytest.param(HELD + FILLER + FILLER + "Peru addressed the meeting.", "meeting", {SUMMIT}, id="far behind"),
    pytest.param(HELD + FILLER + FILLER + "Peru addressed the next meeting.", "meeting", set(), id="another one"),
    pytest.param(HELD + FILLER + FILLER + "Peru addressed the meeting held in Fiji.", "meeting", set(), id="told anew"),
    pytest.param(
        "Foreign Minister Espen Barth Eide met Prime Minister Shinzo Abe. The Minister praised Fiji.",
        "Minister", {"person/espen-barth-eide"}, id="a minister is no prime minister",
    ),
    pytest.param(
        "Foreign Minister Espen Barth Eide spoke. The Minister of Fiji answered Kenya.", "Minister", set(), id="the minister of another state",
    ),
    pytest.param(
        "Prime Minister Shinzo Abe spoke. The Prime Minister will see Sergei Lavrov in Fiji during his visit.",
        "his", {"person/shinzo-abe"}, id="his who acts",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), MEANT)
def test_what_a_noun_far_behind_means(extractor: Extractor, text: str, word: str, expected: set[str]) -> None:
    document = prose(text)
    *_, (_, scene, _) = extractor.relations.read_scenes(document, extractor.names(document))
    at = len(scene.parsed.words) - 1 - scene.parsed.words[::-1].index(word)
    assert {p.entity for p in scene.anaphors.get(at, ())} == expected


PROPOSED = [
    pytest.param("Kenya and Japan attended as observers.", ("participatesIn", "country/KEN", SUMMIT), id="attended"),
    pytest.param("Also in attendance as observers were Kenya and Japan.", ("participatesIn", "country/JPN", SUMMIT), id="in attendance"),
    pytest.param("Noting the statements made by the representatives of Kenya and UNESCO, it closed.", ("participatesIn", "country/KEN", SUMMIT), id="heard"),
    pytest.param("Leaders expressed gratitude to the people of Fiji for their warm hospitality.", ("hosts", "country/FJI", SUMMIT), id="thanked"),
    pytest.param("The leaders of Kenya and Japan met in Nadi.", ("heldIn", SUMMIT, "place/nadi"), id="met in"),
    pytest.param("Leaders discussed piracy.", ("addresses", SUMMIT, "issue/piracy"), id="dealt with"),
    pytest.param("Leaders adopted the Plan of Action of Port of Spain.", ("adopts", SUMMIT, "agreement/plan-of-action-of-port-of-spain"), id="adopted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROPOSED)
def test_what_is_told_of_the_occasion_unsaid(
    extractor: Extractor, text: str, expected: tuple[str, str, str]
) -> None:
    document = prose(HELD + text)
    *_, (_, _, candidates) = extractor.relations.read_scenes(document, extractor.names(document))
    found = {(c.predicate, c.head.entity, c.tail.entity) for c in candidates}
    assert expected in found


LEFT = [
    pytest.param("The present chairs of Kenya and Japan were told.", "participatesIn", id="present ones"),
    pytest.param("The force in which Kenya and Japan take part is small.", "participatesIn", id="a force"),
    pytest.param("Kenya and Japan attended the coronation.", "participatesIn", id="another occasion"),
    pytest.param("A third round shall be convened in Nadi.", "heldIn", id="a later round"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "predicate"), LEFT)
def test_what_is_not_told_of_the_occasion(extractor: Extractor, text: str, predicate: str) -> None:
    document = prose(HELD + text)
    *_, (_, _, candidates) = extractor.relations.read_scenes(document, extractor.names(document))
    assert SUMMIT not in {
        e for c in candidates if c.predicate == predicate for e in (c.head.entity, c.tail.entity)
    }


UNDERSTOOD = [
    pytest.param(
        "The Lima Declaration\n\nThe ministers dined.\n\nNorway and Iceland align themselves with this declaration.",
        ("supports", "country/ISL", "agreement/lima-declaration"), id="who aligns",
    ),
    pytest.param(
        "The Ottawa Treaty\n\nChile acceded in 2001, Peru in 2002 and Kenya in 2003.",
        ("partyTo", "country/KEN", "agreement/anti-personnel-mine-ban-convention"), id="gapped accession",
    ),
    pytest.param(
        "The Ottawa Treaty\n\nPeru deposited its instrument of ratification in May.",
        ("partyTo", "country/PER", "agreement/anti-personnel-mine-ban-convention"), id="deposit",
    ),
    pytest.param(
        "The Lima Declaration\n\nWe, the Ministers of Peru and Chile, met in Lima on 3 May.",
        ("adopts", "country/CHL", "agreement/lima-declaration"), id="whose declaration it is",
    ),
    pytest.param(
        "Conference in support of Haiti\n\nHaiti was told. Haiti has hope. The roads of Haiti are few.\n\nCanada: 100 million dollars for roads.",
        ("providesAssistanceTo", "country/CAN", "country/HTI"), id="line of a pledge",
    ),
    pytest.param(
        "The Fifth Summit of the Americas\n\nThe following were present:\n\nMr. Shinzo Abe, Prime Minister of Japan",
        ("participatesIn", "person/shinzo-abe", SUMMIT), id="line of a roll",
    ),
    pytest.param(
        "The Fifth Summit of the Americas\n\nLima, 5 May 2009\n\nThe leaders met in a room.",
        ("heldIn", SUMMIT, "place/lima"), id="place and date",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_what_is_understood_from_the_title(
    extractor: Extractor, text: str, expected: tuple[str, str, str]
) -> None:
    document = prose(text)
    rows = extractor.relations.read_scenes(document, extractor.names(document))
    assert expected in {(c.predicate, c.head.entity, c.tail.entity) for _, _, cs in rows for c in cs}


NOT_UNDERSTOOD = [
    pytest.param("The Ottawa Treaty\n\nPeru has not acceded.", "partyTo", id="not acceded"),
    pytest.param("The Ottawa Treaty\n\nPeru signed the Rome Statute.", "agreement/anti-personnel-mine-ban-convention", id="another treaty"),
    pytest.param("The Lima Declaration\n\nWe commend Peru and Chile, which met in Lima.", "adopts", id="whom we commend"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), NOT_UNDERSTOOD)
def test_what_is_not_understood(extractor: Extractor, text: str, told: str) -> None:
    document = prose(text)
    rows = extractor.relations.read_scenes(document, extractor.names(document))
    found = {
        word
        for _, _, cs in rows
        for c in cs
        for word in (c.predicate, c.tail.entity)
        if c.predicate != "heldIn"
    }
    assert told not in found


COUNTED = [
    pytest.param("Kenya, Uganda, Rwanda and Burundi met. It rained. The four countries signed the Kyoto Protocol.", "", "countries", {"country/KEN", "country/UGA", "country/RWA", "country/BDI"}, id="four"),
    pytest.param("Kenya, Uganda and Rwanda met. It rained. The four countries signed the Kyoto Protocol.", "", "countries", set(), id="no four were told"),
    pytest.param("We met Uganda, Rwanda and Burundi. The four countries signed the Kyoto Protocol.", "KEN", "countries", {"country/KEN", "country/UGA", "country/RWA", "country/BDI"}, id="four with the author"),
    pytest.param("The Prime Ministers of the Visegrad Group, Poland, Slovakia and Hungary, dined. It rained. The Visegrad Group countries signed the Kyoto Protocol.", "", "countries", {"country/POL", "country/SVK", "country/HUN"}, id="of a group"),
    pytest.param("NATO and its partners Japan, Australia and Fiji met. It rained. The NATO countries signed the Kyoto Protocol.", "", "countries", set(), id="partners of a group"),
    pytest.param("UNESCO, the World Bank and UNICEF met. It rained. The three organizations signed the Kyoto Protocol.", "", "organizations", {"organization/united-nations-educational-scientific-and-cultural-organization", "organization/world-bank", "organization/united-nations-childrens-fund"}, id="bodies"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "word", "expected"), COUNTED)
def test_whom_a_number_means(
    extractor: Extractor, text: str, country: str, word: str, expected: set[str]
) -> None:
    document = prose(text, country=country)
    *_, (_, scene, _) = extractor.relations.read_scenes(document, extractor.names(document))
    assert {p.entity for p in scene.anaphors.get(scene.parsed.words.index(word), ())} == expected
