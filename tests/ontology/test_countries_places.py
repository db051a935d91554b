"""States, places and office-holders: the tables are whole, unambiguous and say what they should."""

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import pytest

VOCABULARIES = files("diplograph.ontology.vocabularies")
UN_MEMBERS = 193  # since South Sudan joined in July 2011

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    """Read a vocabulary file; each line must have as many cells as the header."""
    text = VOCABULARIES.joinpath(name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    header, *body = lines
    return [dict(zip(header, line, strict=True)) for line in body]


def values(row: Row, *columns: str) -> Iterator[str]:
    """Yield the list values of the columns, weak marks kept."""
    for column in columns:
        yield from (value for value in row[column].split("|") if value)


COUNTRIES = read_rows("countries.tsv")
PLACES = read_rows("places.tsv")
PERSONS = read_rows("persons.tsv")
NAME_COLUMNS = {
    "countries.tsv": ("label", "official", "aliases", "demonyms", "seats"),
    "places.tsv": ("label", "aliases", "demonyms"),
    "persons.tsv": ("label", "aliases"),
}
TABLES = {"countries.tsv": COUNTRIES, "places.tsv": PLACES, "persons.tsv": PERSONS}


def country(identifier: str) -> Row:
    return next(row for row in COUNTRIES if row["id"] == identifier)


def place(identifier: str) -> Row:
    return next(row for row in PLACES if row["id"] == identifier)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_rows_are_sorted_by_id(name: str) -> None:
    """A new row has one place, so two people's additions do not collide."""
    identifiers = [row["id"] for row in TABLES[name]]
    assert identifiers == sorted(identifiers)


@pytest.mark.parametrize("name", ["countries.tsv", "places.tsv"])
def test_ids_are_unique(name: str) -> None:
    """An id names one state or one place; only persons repeat, once per office."""
    identifiers = [row["id"] for row in TABLES[name]]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_names_its_source(name: str) -> None:
    """A fact without a source does not go in."""
    assert [row["id"] for row in TABLES[name] if not row["source"]] == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_files_end_lines_with_lf_only(name: str) -> None:
    """The bytes are the same on every platform."""
    data = VOCABULARIES.joinpath(name).read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_names_are_clean(name: str) -> None:
    """No name is one letter, padded, or named twice in its row; a label is never weak."""
    faults = []
    for row in TABLES[name]:
        for column in NAME_COLUMNS[name]:
            bare = [value.removeprefix("?") for value in row[column].split("|") if row[column]]
            if any(len(value) < 2 or value != " ".join(value.split()) for value in bare):
                faults.append((row["id"], column))
            if len(bare) != len(set(bare)):
                faults.append((row["id"], column))
        if row["label"].startswith("?"):
            faults.append((row["id"], "label"))
    assert faults == []


def test_a_strong_form_belongs_to_one_country() -> None:
    """A form that two states share ("Congo", "Dominican") is weak in both."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in COUNTRIES:
        for form in values(row, *NAME_COLUMNS["countries.tsv"]):
            if not form.startswith("?"):
                owners[form].add(row["id"])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_a_strong_form_belongs_to_one_place() -> None:
    """Namesakes are told apart by their label or marked weak."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in PLACES:
        for form in values(row, *NAME_COLUMNS["places.tsv"]):
            if not form.startswith("?"):
                owners[form].add(row["id"])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_place_takes_a_name_from_a_country() -> None:
    """Only seats of government stand in both tables."""
    names = {
        form
        for row in COUNTRIES
        for form in values(row, "label", "official", "aliases", "demonyms")
        if not form.startswith("?")
    }
    shared = [
        (row["id"], form)
        for row in PLACES
        for form in values(row, *NAME_COLUMNS["places.tsv"])
        if form in names
    ]
    assert shared == []


def test_all_un_members_are_there_with_their_demonyms() -> None:
    """The present membership is complete, and nobody is without an adjective."""
    members = [row for row in COUNTRIES if row["un_member_since"] and not row["valid_to"]]
    assert len(members) == UN_MEMBERS
    assert [row["id"] for row in members if not row["demonyms"]] == []
    assert all(1945 <= int(row["un_member_since"]) <= 2011 for row in members)


def test_every_state_lies_in_a_subregion_and_only_former_ones_have_ended() -> None:
    """ISO 3166-3 states carry both dates; a present state carries an authority IRI or a Wikidata one."""
    assert [row["id"] for row in COUNTRIES if not row["region"]] == []
    former = {row["id"] for row in COUNTRIES if row["valid_to"]}
    assert former == {"CSK", "DDR", "SCG", "SUN", "VDR", "YMD", "YUG"}
    assert all(country(identifier)["valid_from"] < country(identifier)["valid_to"] for identifier in former)
    assert [row["id"] for row in COUNTRIES if not row["valid_to"] and not row["same_as"]] == []


def test_ids_have_their_shape() -> None:
    """States are alpha-3; places are slugs, or alpha-3 where the class may also be Country."""
    assert [row["id"] for row in COUNTRIES if not re.fullmatch(r"[A-Z]{3}", row["id"])] == []
    for row in PLACES:
        shape = r"[A-Z]{3}" if row["alt_class"] == "Country" else r"[a-z0-9]+(-[a-z0-9]+)*"
        assert re.fullmatch(shape, row["id"]), row["id"]
    assert [row["id"] for row in PERSONS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []


def test_seats_are_places() -> None:
    """What may stand for a government is also the place it is when nobody acts."""
    known = {form.removeprefix("?") for row in PLACES for form in values(row, *NAME_COLUMNS["places.tsv"])}
    missing = [
        (row["id"], seat)
        for row in COUNTRIES
        for seat in values(row, "seats")
        if seat.removeprefix("?") not in known
    ]
    assert missing == []


def test_references_between_the_tables_hold() -> None:
    """Parents are places; countries are states or territories of the tables."""
    places = {row["id"] for row in PLACES}
    states = {row["id"] for row in COUNTRIES} | {row["id"] for row in PLACES if row["alt_class"]}
    assert [row["id"] for row in PLACES if row["parent"] and row["parent"] not in places - {row["id"]}] == []
    assert [row["id"] for row in PLACES if row["country"] and row["country"] not in states] == []
    assert [row["id"] for row in PERSONS if row["country"] and row["country"] not in states] == []
    assert [row["id"] for row in PERSONS if not row["country"] and not row["organization"]] == []


def test_same_as_is_a_list_of_known_authorities() -> None:
    """Only Wikidata, the EU authority table and GeoNames identify these entities."""
    pattern = re.compile(
        r"http://www\.wikidata\.org/entity/Q\d+"
        r"|http://publications\.europa\.eu/resource/authority/country/[A-Z]{3}"
        r"|https://sws\.geonames\.org/\d+/"
    )
    iris = [iri for row in (*COUNTRIES, *PLACES) for iri in values(row, "same_as")]
    assert [iri for iri in iris if not pattern.fullmatch(iri)] == []


@pytest.mark.parametrize(
    ("form", "identifier", "column"),
    [
        ("U.S.", "USA", "aliases"),
        ("Her Majesty's Government", "GBR", "aliases"),
        ("ROK", "KOR", "aliases"),
        ("?Korea", "KOR", "aliases"),
        ("DPRK", "PRK", "aliases"),
        ("People's Republic of China", "CHN", "official"),
        ("Burma", "MMR", "aliases"),
        ("Zaire", "COD", "aliases"),
        ("?Congo", "COD", "aliases"),
        ("?Congo", "COG", "aliases"),
        ("Ceylon", "LKA", "aliases"),
        ("Swaziland", "SWZ", "aliases"),
        ("Turkey", "TUR", "aliases"),
        ("the former Yugoslav Republic of Macedonia".removeprefix("the "), "MKD", "aliases"),
        ("Soviet Union", "SUN", "label"),
        ("Nigerien", "NER", "demonyms"),
        ("Nigerian", "NGA", "demonyms"),
        ("Filipinos", "PHL", "demonyms"),
        ("Palestinians", "PSE", "demonyms"),
        ("?Dominican", "DMA", "demonyms"),
        ("?Dominican", "DOM", "demonyms"),
        ("Kremlin", "RUS", "seats"),
        ("Pyongyang", "PRK", "seats"),
    ],
)
def test_a_state_is_known_under_this_form(form: str, identifier: str, column: str) -> None:
    """The forms of diplomatic English that tables of codes lack."""
    assert form in list(values(country(identifier), column))


@pytest.mark.parametrize(
    ("form", "identifier"),
    [
        ("Chinese Taipei", "TWN"),
        ("Republic of China", "TWN"),
        ("Malvinas", "FLK"),
        ("South-East Asia", "southeast-asia"),
        ("Dokdo", "liancourt-rocks"),
        ("Golan", "golan-heights"),
        ("Donbass", "donbas"),
        ("Sharm El Sheikh", "sharm-el-sheikh"),
        ("African", "africa"),
        ("Washington", "washington-dc"),
        ("Straits of Hormuz", "strait-of-hormuz"),
    ],
)
def test_a_place_is_known_under_this_form(form: str, identifier: str) -> None:
    """Variants of spelling lead to one place."""
    assert form in list(values(place(identifier), "label", "aliases", "demonyms"))


@pytest.mark.parametrize(
    ("identifier", "position", "valid_from"),
    [
        ("shinzo-abe", "Prime Minister", "2012-12"),
        ("fumio-kishida", "Foreign Minister", "2012-12"),
        ("hillary-clinton", "Secretary of State", "2009-01"),
        ("kofi-annan", "Secretary-General", "1997-01"),
    ],
)
def test_an_office_holder_has_dates(identifier: str, position: str, valid_from: str) -> None:
    """One row for each person and office, so that a title and a year find the state."""
    offices = [(row["position"], row["valid_from"]) for row in PERSONS if row["id"] == identifier]
    assert (position, valid_from) in offices


def test_terms_of_office_do_not_run_backwards() -> None:
    """Dates are a year or a year and month, and an end is not before its start."""
    date = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2]))?)?")
    assert [row["id"] for row in PERSONS if not date.fullmatch(row["valid_from"])] == []
    assert [row["id"] for row in PERSONS if not date.fullmatch(row["valid_to"])] == []
    backwards = [
        row["id"] for row in PERSONS if row["valid_to"] and row["valid_to"][:4] < row["valid_from"][:4]
    ]
    assert backwards == []
