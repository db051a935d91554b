"""The table of issue areas: every slug of the labelling guide, in a hierarchy that ends in themes."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import diplograph.ontology.vocabularies as vocabularies
import pytest

FOLDER = Path(vocabularies.__file__).parent
COLUMNS = ("id", "label", "label_ja", "broader", "kind", "definition", "same_as", "source")

# Section 5 of the labelling guide, which is not part of the repository.
GUIDE = [
    "terrorism",
    "violent-extremism",
    "piracy",
    "maritime-security",
    "law-of-the-sea",
    "freedom-of-navigation",
    "cybersecurity",
    "cybercrime",
    "outer-space",
    "space-debris",
    "disarmament",
    "nuclear-disarmament",
    "non-proliferation",
    "weapons-of-mass-destruction",
    "nuclear-weapons",
    "missiles",
    "conventional-weapons",
    "arms-control",
    "peacekeeping",
    "peacebuilding",
    "conflict-prevention",
    "human-security",
    "regional-security",
    "defence-cooperation",
    "defence-equipment",
    "information-security",
    "organised-crime",
    "corruption",
    "money-laundering",
    "terrorist-financing",
    "human-trafficking",
    "drug-trafficking",
    "criminal-justice",
    "border-control",
    "refugees",
    "migration",
    "humanitarian-assistance",
    "development-assistance",
    "poverty",
    "climate-change",
    "environment",
    "biodiversity",
    "disaster-relief",
    "health",
    "food-security",
    "energy",
    "nuclear-energy",
    "trade",
    "investment",
    "economic-cooperation",
    "finance",
    "fisheries",
    "education",
    "human-rights",
    "democracy",
    "rule-of-law",
    "gender-equality",
    "abductions",
    "territorial-disputes",
    "sanctions",
    "science-technology",
    "culture",
    "human-resource-development",
    "un-reform",
    "infrastructure",
    "digital",
    "economic-security",
    "labour",
    "intellectual-property",
    "tourism",
    "transport",
    "security-sector-reform",
    "children",
]


@pytest.fixture(scope="module")
def areas() -> dict[str, Mapping[str, str]]:
    with (FOLDER / "issue_areas.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert tuple(rows[0]) == COLUMNS
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def test_the_issues_are_those_of_the_guide(areas: dict[str, Mapping[str, str]]) -> None:
    assert sorted(i for i, row in areas.items() if row["kind"] == "issue") == sorted(GUIDE)


def test_every_row_is_filled(areas: dict[str, Mapping[str, str]]) -> None:
    required = ("label", "label_ja", "kind", "definition", "source")
    assert [(i, c) for i, row in areas.items() for c in required if not row[c]] == []
    labels = [row["label"] for row in areas.values()]
    assert len(set(labels)) == len(labels)


def test_every_issue_has_a_path_to_a_theme(areas: dict[str, Mapping[str, str]]) -> None:
    for start in areas:
        path = [start]
        while broader := areas[path[-1]]["broader"]:
            assert broader in areas, f"{path[-1]} stands under {broader}, which is no row"
            assert broader not in path, f"{start} runs in a circle"
            path.append(broader)
        assert areas[path[-1]]["kind"] == "theme"
        assert areas[start]["kind"] == "theme" or len(path) >= 2


def test_themes_are_named_as_themes(areas: dict[str, Mapping[str, str]]) -> None:
    assert {row["kind"] for row in areas.values()} == {"theme", "issue"}
    assert [i for i, row in areas.items() if i.startswith("theme-") != (row["kind"] == "theme")] == []


def test_identifiers_elsewhere_name_their_authority(areas: dict[str, Mapping[str, str]]) -> None:
    matched = [row for row in areas.values() if row["same_as"]]
    assert len(matched) >= 30
    for row in matched:
        assert re.fullmatch(r"http://eurovoc\.europa\.eu/\w+", row["same_as"])
        assert "EuroVoc" in row["source"]
    assert len({row["same_as"] for row in matched}) == len(matched)


def test_every_issue_has_a_term_and_every_term_an_issue(areas: dict[str, Mapping[str, str]]) -> None:
    with (FOLDER / "issue_terms.tsv").open(encoding="utf-8", newline="") as file:
        named = {row["issue"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert named - {"-"} == {i for i, row in areas.items() if row["kind"] == "issue"}
