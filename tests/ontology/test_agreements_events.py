"""The tables of agreements, policies and events: shape, ownership of names, sample rows."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import pytest

COLUMNS = [
    *("id", "class", "label", "aliases", "alt_class", "issues", "parties", "parent", "adopted", "signed"),
    *("in_force", "place", "series", "start", "end", "country", "same_as", "source"),
]
CLASS_OF_TABLE = {"agreements": "Agreement", "events": "Event", "policies": "Policy"}
SMALLEST = {"agreements": 500, "events": 300, "policies": 120}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ALPHA3 = re.compile(r"[A-Z]{3}")
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    """Read one table of the installed package, comments left out, in file order."""
    text = (files("diplograph.ontology") / "vocabularies" / f"{table}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def every_row() -> Iterator[Row]:
    """Yield the rows of the three tables, table after table."""
    for table in CLASS_OF_TABLE:
        yield from rows(table)


def forms(row: Row) -> list[str]:
    """Return the label and the aliases of a row, the mark of weak forms kept."""
    return [row["label"], *filter(None, row["aliases"].split("|"))]


def listed(row: Row, column: str) -> list[str]:
    """Split a list column; an empty cell is an empty list."""
    return [value for value in row[column].split("|") if value]


@pytest.mark.parametrize("table", CLASS_OF_TABLE)
def test_table_is_sorted_complete_and_of_one_class(table: str) -> None:
    found = rows(table)
    assert list(found[0]) == COLUMNS
    assert len(found) >= SMALLEST[table]
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)
    assert {row["class"] for row in found} == {CLASS_OF_TABLE[table]}
    assert all(row["source"] and None not in row.values() for row in found)


def test_no_id_stands_twice() -> None:
    ids = [row["id"] for row in every_row()]
    assert sorted(ids) == sorted(set(ids))


def test_no_strong_form_has_two_owners() -> None:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for row in every_row():
        for form in forms(row):
            if not form.startswith("?"):
                owners[form].append(row["id"])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_form_is_strong_for_one_and_weak_for_another() -> None:
    strong = {form for row in every_row() for form in forms(row) if not form.startswith("?")}
    weak = {form[1:] for row in every_row() for form in forms(row) if form.startswith("?")}
    assert sorted(strong & weak) == []


def test_labels_and_aliases_are_clean() -> None:
    wrong = [
        form
        for row in every_row()
        for form in forms(row)
        if form != form.strip()
        or len(form.lstrip("?")) < 3
        or "  " in form
        or form.startswith(("The ", "the "))
    ]
    assert wrong == []


@pytest.mark.parametrize("column", ["id", "issues", "parent", "place", "series"])
def test_references_are_slugs(column: str) -> None:
    wrong = [
        (row["id"], value)
        for row in every_row()
        for value in listed(row, column)
        if not SLUG.fullmatch(value)
    ]
    assert wrong == []


def test_parties_are_states_or_organizations() -> None:
    for row in every_row():
        values = listed(row, "parties")
        assert all(ALPHA3.fullmatch(value) or SLUG.fullmatch(value) for value in values), row["id"]
        assert len(values) == len(set(values)) and len(values) != 1, row["id"]


def test_country_is_alpha3() -> None:
    assert [row["id"] for row in every_row() if row["country"] and not ALPHA3.fullmatch(row["country"])] == []


@pytest.mark.parametrize("column", ["adopted", "signed", "in_force", "start", "end"])
def test_dates_are_iso(column: str) -> None:
    assert [
        (row["id"], row[column]) for row in every_row() if row[column] and not DATE.fullmatch(row[column])
    ] == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("adopted", "signed"), ("adopted", "in_force"), ("signed", "in_force"), ("start", "end")],
)
def test_dates_follow_each_other(earlier: str, later: str) -> None:
    wrong = []
    for row in every_row():
        length = min(len(row[earlier]), len(row[later]))
        if length and row[earlier][:length] > row[later][:length]:
            wrong.append(row["id"])
    assert wrong == []


@pytest.mark.parametrize(
    ("table", "identifier", "form", "column", "value"),
    [
        ("agreements", "treaty-on-the-non-proliferation-of-nuclear-weapons", "NPT", "in_force", "1970-03-05"),
        ("agreements", "paris-agreement", "Paris Agreement on Climate Change", "issues", "climate-change"),
        ("agreements", "charter-of-the-united-nations", "UN Charter", "signed", "1945-06-26"),
        (
            "agreements",
            "kyoto-protocol",
            "Kyoto Protocol",
            "parent",
            "united-nations-framework-convention-on-climate-change",
        ),
        ("agreements", "japan-us-alliance", "U.S.-Japan Alliance", "parties", "JPN|USA"),
        (
            "agreements",
            "united-nations-security-council-resolution-1325",
            "UNSCR 1325",
            "issues",
            "gender-equality",
        ),
        ("policies", "caesar-syria-civilian-protection-act", "Caesar Act", "country", "USA"),
        ("policies", "european-green-deal", "EU Green Deal", "parent", "european-union"),
        ("events", "world-war-ii", "Second World War", "end", "1945-09-02"),
        ("events", "cop21", "COP-21", "place", "paris"),
        (
            "events",
            "sixth-tokyo-international-conference-on-african-development",
            "TICAD VI",
            "country",
            "KEN",
        ),
        ("events", "g7-ise-shima-summit", "2016 G7 Summit", "series", "g7"),
        ("events", "nato-warsaw-summit", "2016 NATO Summit", "start", "2016-07-08"),
    ],
)
def test_well_known_name_leads_to_its_row(
    table: str, identifier: str, form: str, column: str, value: str
) -> None:
    owners = [row for row in rows(table) if form in forms(row)]
    assert [(row["id"], row[column]) for row in owners] == [(identifier, value)]
