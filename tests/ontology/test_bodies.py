"""The tables of organizations, forums and programmes: every row usable, no name owned twice."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "ontology" / "vocabularies"
FILES = {"Organization": "organizations.tsv", "Forum": "forums.tsv", "Programme": "programmes.tsv"}
COLUMNS = [
    "id",
    "class",
    "label",
    "aliases",
    "alt_class",
    "issues",
    "parent",
    "country",
    "members",
    "founded",
    "dissolved",
    "same_as",
    "source",
]
CLASSES = {"Organization", "Forum", "Programme", "Agreement", "Policy", "Event", "Place", "Country"}

Row = dict[str, str]


def read(name: str) -> list[Row]:
    """Give the rows of one table in file order, without comments."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS: dict[str, list[Row]] = {cls: read(name) for cls, name in FILES.items()}
ALL = [row for rows in ROWS.values() for row in rows]
BY_ID = {row["id"]: row for row in ALL}
ISSUES = {row["id"].removeprefix("issue/") for row in read("issue_areas.tsv")}


def values(row: Row, column: str) -> list[str]:
    """Split a list cell; an empty cell is an empty list."""
    return row[column].split("|") if row[column] else []


def forms(row: Row) -> list[str]:
    """Give the label and all aliases, weak ones with their mark."""
    return [row["label"], *values(row, "aliases")]


def strong_forms() -> Iterator[tuple[str, str]]:
    """Yield (form, id) for the forms that count without support."""
    for row in ALL:
        for form in forms(row):
            if not form.startswith("?"):
                yield form, row["id"]


@pytest.mark.parametrize(("cls", "least"), [("Organization", 1000), ("Forum", 200), ("Programme", 250)])
def test_table_is_large_sorted_and_of_one_class(cls: str, least: int) -> None:
    rows = ROWS[cls]
    assert len(rows) >= least
    assert list(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert {row["class"] for row in rows} == {cls}


@pytest.mark.parametrize("name", FILES.values())
def test_file_has_unix_line_ends_and_full_rows(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    cells = {line.count("\t") + 1 for line in data.decode("utf-8").splitlines() if not line.startswith("#")}
    assert cells == {len(COLUMNS)}


def test_ids_are_unique_slugs() -> None:
    counted = Counter(row["id"] for row in ALL)
    assert [key for key, times in counted.items() if times > 1] == []
    assert [key for key in counted if not re.fullmatch(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", key)] == []


def test_no_strong_form_has_two_owners() -> None:
    owners: dict[str, set[str]] = {}
    for form, key in strong_forms():
        owners.setdefault(form, set()).add(key)
    assert {form: sorted(keys) for form, keys in owners.items() if len(keys) > 1} == {}


def test_forms_are_clean_and_not_repeated() -> None:
    wrong = [
        (row["id"], form)
        for row in ALL
        for form in forms(row)
        if form != form.strip() or not form.strip("?") or "  " in form or ";" in form or form.endswith("?")
    ]
    repeated = [row["id"] for row in ALL if len(set(forms(row))) != len(forms(row))]
    assert (wrong, repeated) == ([], [])


def test_parents_exist_and_form_no_circle() -> None:
    lost = [row["id"] for row in ALL if row["parent"] and row["parent"] not in BY_ID]
    assert lost == []
    for row in ALL:
        seen = [row["id"]]
        while parent := BY_ID[seen[-1]]["parent"]:
            assert parent not in seen, seen
            seen.append(parent)


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("country", r"[A-Z]{3}"),
        ("members", r"[A-Z]{3}"),
        ("founded", r"(?:1[89]|20)\d\d"),
        ("dissolved", r"(?:19|20)\d\d"),
        ("same_as", r"http://www\.wikidata\.org/entity/Q\d+"),
    ],
)
def test_cells_have_their_form(column: str, pattern: str) -> None:
    wrong = [
        (row["id"], value) for row in ALL for value in values(row, column) if not re.fullmatch(pattern, value)
    ]
    assert wrong == []


def test_issues_classes_and_sources_are_known() -> None:
    assert [(row["id"], i) for row in ALL for i in values(row, "issues") if i not in ISSUES] == []
    assert [row["id"] for row in ALL if row["alt_class"] and row["alt_class"] not in CLASSES] == []
    assert [row["id"] for row in ALL if row["alt_class"] == row["class"] or not row["source"]] == []


def test_nothing_ends_before_it_begins() -> None:
    wrong = [
        row["id"] for row in ALL if row["founded"] and row["dissolved"] and row["dissolved"] < row["founded"]
    ]
    assert wrong == []


SAMPLES = [
    pytest.param("UNODC", "united-nations-office-on-drugs-and-crime", id="un-office"),
    pytest.param("U.N. Security Council", "united-nations-security-council", id="dotted-un"),
    pytest.param("Organisation of American States", "organization-of-american-states", id="british"),
    pytest.param("Japan Coast Guard", "japan-coast-guard", id="coast-guard"),
    pytest.param("State Department", "united-states-department-of-state", id="state-department"),
    pytest.param("al-Qaida", "al-qaeda", id="transliteration"),
    pytest.param("ARF", "asean-regional-forum", id="arf"),
    pytest.param("Group of Seven", "g7", id="g7"),
    pytest.param("TICAD", "tokyo-international-conference-on-african-development", id="ticad"),
    pytest.param(
        "MINUSMA", "united-nations-multidimensional-integrated-stabilization-mission-in-mali", id="mali"
    ),
    pytest.param("Operation Barkhane", "operation-barkhane", id="barkhane"),
    pytest.param("UN Mission in South Sudan", "united-nations-mission-in-south-sudan", id="unmiss"),
    pytest.param("ISS", "international-space-station", id="iss"),
]


@pytest.mark.parametrize(("form", "expected"), SAMPLES)
def test_well_known_name_finds_its_body(form: str, expected: str) -> None:
    assert dict(strong_forms())[form] == expected


def test_part_names_its_parent_members_and_place() -> None:
    assert BY_ID["united-nations-security-council"]["parent"] == "united-nations"
    assert values(BY_ID["quad"], "members") == ["AUS", "IND", "JPN", "USA"]
    assert values(BY_ID["united-nations-mission-in-south-sudan"], "country") == ["SSD"]
    assert "piracy" in values(BY_ID["recaap-information-sharing-centre"], "issues")
