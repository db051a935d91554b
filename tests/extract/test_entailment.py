"""What the name of an occasion says: its series and bodies, its place, its parties."""

import re
import tomllib
from functools import cache

import pytest
from diplograph.extract.extractor import load_extractor, rules_folder
from diplograph.extract.occasion_names import OccasionNames, load_occasion_names
from prose import prose


@cache
def names() -> OccasionNames:
    """Load the reader of occasion names over the shipped tables."""
    finder = load_extractor(ranked=False).names
    return load_occasion_names(rules_folder(), inner_hits=finder.inner_hits, entries=finder.gazetteer.entries)


UNGA = "organization/united-nations-general-assembly"
SERIES = [
    ("28th ASEAN Summit", ["organization/association-of-southeast-asian-nations"]),
    ("ninth session of the Summit of the African Union", ["organization/african-union"]),
    ("fourth summit of the Heads of State and Government of the European Union", ["organization/european-union"]),
    ("first summit of the Heads of State and Government", []),
    ("Annual Consultations on Resettlement", []),
    ("Summit on Oceans in 2017", []),
    ("Swissair Flight 111", []),
    ("special session of the General Assembly", [UNGA]),
    ("seventy- seventh session of the General Assembly", [UNGA]),
    ("forty-fourth session of the Assembly", [UNGA]),
    ("UN General Assembly Special Session on Drugs", [UNGA]),
    ("G7 Hiroshima Foreign Ministers' Meeting", ["forum/g7"]),
    ("Pacific Islands Forum leaders' meeting", ["organization/pacific-islands-forum"]),
    ("Second G7 High-Level Meeting on Maritime Security", ["forum/g7", "G7 High-Level Meeting on Maritime Security"]),
    ("Third United Nations Conference on the Least Developed Countries",
     ["United Nations Conference on the Least Developed Countries"]),
    ("First Meeting of States Parties", ["Meeting of States Parties"]),
    ("Fifth Regional Consultative Meeting on Migration", ["Regional Consultative Meeting on Migration"]),
    ("2021 IX North American Leaders Summit", ["forum/north-american-leaders-summit"]),
    ("Second World War", []),
    ("sixty-first session", []),
    ("2022 Ministerial Meeting", []),
    ("fiftieth anniversary of the United Nations", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "series"), SERIES, ids=[n for n, _ in SERIES])
def test_a_session_names_its_series(name: str, series: list[str]) -> None:
    assert [s.entity or s.label for s in names().series(name, "event/none")] == series


ADOPTERS = [
    ("Joint Statement of the 15th ASEAN-China Summit", "15th ASEAN-China Summit"),
    (
        "Final Communiqué of the 27th Session of the Arab Ports Council",
        "27th Session of the Arab Ports Council",
    ),
    ("Declaration of the Third Meeting", ""),
    ("Declaration on the Third Summit", ""),
    ("Paris Agreement", ""),
    ("Statement of the Second World War", ""),
]


@pytest.mark.parametrize(("name", "occasion"), ADOPTERS, ids=[n for n, _ in ADOPTERS])
def test_a_text_names_the_meeting_that_adopted_it(name: str, occasion: str) -> None:
    assert names().adopter(name) == occasion


PLACES = [
    ("Lisbon Summit", ["place/lisbon"]),
    ("APEC Economic Leaders' Meeting in Lima", ["place/lima"]),
    ("Bandung Conference", ["place/bandung"]),
    ("Workshop on Cyber Norms in Chile", ["country/CHL"]),
    ("Fifth Munich Security Conference", []),
    ("Conference on Kabul", []),
    ("Indian Ocean Summit", []),
]


@pytest.mark.parametrize(("name", "places"), PLACES, ids=[n for n, _ in PLACES])
def test_a_city_in_the_name_of_one_occasion_is_where_it_is_held(name: str, places: list[str]) -> None:
    assert [key for key, _, _ in names().places(name, "event/none")] == places


PARTIES = [
    ("U.S.-Poland Strategic Dialogue", [("country/USA", "name-parties"), ("country/POL", "name-parties")]),
    ("Japan-Australia-India Trilateral Dialogue",
     [("country/JPN", "name-parties"), ("country/AUS", "name-parties"), ("country/IND", "name-parties")]),
    ("14th Japan-NATO High-Level Consultations",
     [("country/JPN", "name-parties"), ("organization/north-atlantic-treaty-organization", "name-parties")]),
    ("Japan-ASEAN Summit Meeting",
     [("country/JPN", "name-parties"), ("organization/association-of-southeast-asian-nations", "name-parties")]),
    ("15th PM Dialogue with Germany", [("country/DEU", "name-with")]),
    ("Security Dialogue with Kuwait (March)", [("country/KWT", "name-with")]),
    ("Brussels Conference on Afghanistan", []),
    ("Iran-Iraq War", []),
    ("India-Pakistan dispute", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parties"), PARTIES, ids=[n for n, _ in PARTIES])
def test_a_bilateral_name_entails_its_parties(name: str, parties: list[tuple[str, str]]) -> None:
    inside = load_extractor_inside(name)
    assert [(key, rule) for key, _, rule in names().parties(name, inside)] == parties


def load_extractor_inside(name: str) -> tuple[tuple[str, str, str], ...]:
    """Give the listed names inside a name."""
    return tuple(names().inner_hits(name))


@pytest.mark.parametrize(
    ("name", "joint"),
    [
        pytest.param("Japan-Russia Joint Commission on Fisheries", True, id="commission"),
        pytest.param("NATO-Ukraine Council", True, id="council"),
        pytest.param("fifth meeting of the India-Nepal Joint Commission", False, id="its-sitting"),
        pytest.param("U.S.-Poland Strategic Dialogue", False, id="dialogue"),
        pytest.param("Council Meeting", False, id="meeting"),
    ],
)
def test_the_parties_of_a_commission_are_its_members(name: str, joint: bool) -> None:
    assert names().joint_body(name) is joint


def test_every_spelt_number_is_taken_off() -> None:
    data = tomllib.loads((rules_folder() / "occasion_names.toml").read_text("utf-8"))
    numbers = [
        *data["units"],
        *(f"{t}-{u}" for t in data["tens"] for u in data["units"][:9]),
        "22nd",
        "2016",
        "XIV",
    ]
    assert [n for n in numbers if names().bare(f"{n} Lagos Dialogue") != "Lagos Dialogue"] == []
    assert [n for n in ("2016", "IV", "21") if names().bare(f"Lagos Dialogue {n}") != "Lagos Dialogue"] == []


def test_words_of_the_rules_are_written_once() -> None:
    text = (rules_folder() / "occasion_names.toml").read_text("utf-8")
    lists = [v for v in tomllib.loads(text).values() if isinstance(v, list)]
    assert [words for words in lists if len(words) != len(set(words))] == []
    assert re.search(r"^source = ", text, re.M)


LISTED = [
    ("Norway ratified the Kyoto Protocol to slow climate change.", "climate-change", "listed-issue"),
    ("Climate change worries Fiji. Norway ratified the Kyoto Protocol.", "climate-change", "listed-issue-near"),
    ("Climate change worries Fiji. Malta is small. It rained. Norway spoke. Norway ratified the Kyoto Protocol.",
     "climate-change", "listed-issue-told"),
    ("Norway ratified the Kyoto Protocol.", "climate-change", ""),
    ("Norway ratified the NPT to further non-proliferation.", "non-proliferation", "label-issue"),
    ("Norway ratified the NPT.", "non-proliferation", "label-issue-untold"),
    ("The Lusaka Ceasefire Agreement was signed in 1999.", "conflict-prevention", "name-issue"),
    ("Benin belongs to the Economic Community of West African States.", "economic-cooperation", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "issue", "rule"), LISTED, ids=[text for text, _, _ in LISTED])
def test_a_listed_issue_counts_where_the_text_speaks_of_it(text: str, issue: str, rule: str) -> None:
    extractor = load_extractor(ranked=False)
    document = prose(text)
    rows = extractor.relations.read_scenes(document, extractor.names(document))
    rules = {
        c.rule
        for _, _, cs in rows
        for c in cs
        if c.predicate == "addresses" and c.tail.entity == f"issue/{issue}"
    }
    assert {r for r in rules if r.startswith(("name-", "label-", "listed-"))} == ({rule} if rule else set())


def test_a_state_that_only_the_table_names_has_its_code() -> None:
    extraction = load_extractor(ranked=False)(
        prose("Secretary of State Antony Blinken quoted the Arms Export Control Act.")
    )
    assert [e.iso3 for e in extraction.entities if e.id == "country/USA"] == ["USA"]
