"""Tables give claims where their head is known, and nothing where it is not."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.loading import load
from diplograph.extract.manifest import Source
from diplograph.extract.records import Claim, Document, Extraction, Span
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.extract.table_cells import cells_of
from diplograph.extract.table_rules import load_table_rules
from diplograph.ontology.errors import TableError
from factories import block_text

DATA = tomllib.loads((rules_folder() / "tables.toml").read_text("utf-8"))


@cache
def extractor() -> Extractor:
    return load_extractor(ranked=False)


def read(table: str, *, country: str = "JPN", year: int | None = 2016) -> Extraction:
    """Read a table: a line a row, a first line in brackets the heading above."""
    above, _, rows = table.partition("\n") if table.startswith("[") else ("", "", table)
    lines = rows.split("\n")
    text = "".join(f"{line}\n\n" for line in ([above[1:-1]] if above else []) + lines)
    document = block_text(
        text, ["heading"] * bool(above) + ["table-row"] * len(lines), country=country, year=year
    )
    return extractor()(document)


def told(claim: Claim) -> str:
    """Write a claim on one line."""
    more = "".join(f" {name}={value}" for name, value in claim.qualifiers.as_dict().items())
    return f"{claim.subject.split('/')[1]} {claim.predicate} {claim.object.split('/')[1]}{more}"


def said(table: str, **options: Any) -> set[str]:
    """Give what the rules for tables read."""
    return {told(claim) for claim in read(table, **options).claims if claim.rule.startswith("table-")}


@pytest.mark.parametrize("rule", DATA["table"], ids=lambda row: str(row["id"]))
def test_rule_reads_its_examples_and_leaves_the_others(rule: dict[str, Any]) -> None:
    def fires(table: str) -> bool:
        return any(claim.rule == rule["id"] for claim in read(table).claims)

    assert [table for table in rule["examples"] if not fires(table)] == []
    assert [table for table in rule["counter_examples"] if fires(table)] == []


@pytest.mark.parametrize("head", DATA["head"], ids=lambda row: str(row["role"]))
def test_head_takes_its_examples_and_leaves_the_others(head: dict[str, Any]) -> None:
    rules = load_table_rules(rules_folder())
    assert [words for words in head["examples"] if head["role"] not in rules.roles(words)[0]] == []
    assert [words for words in head["counter_examples"] if head["role"] in rules.roles(words)[0]] == []


@pytest.mark.parametrize("name", ["unless", "person"])
def test_pattern_takes_its_examples_and_leaves_the_others(name: str) -> None:
    rules = load_table_rules(rules_folder())
    takes = rules.unless_above.search if name == "unless" else rules.person.fullmatch
    assert [words for words in DATA[name]["examples"] if not takes(words)] == []
    assert [words for words in DATA[name]["counter_examples"] if takes(words)] == []


TABLES = [
    pytest.param(
        "Country | Agreement | Signed | Entry into force\n"
        "Chile | Paris Agreement | 20 September 2016 | 12.3.2017\n"
        "Peru | Paris Agreement | 2016-04-22 | -",
        {
            "CHL partyTo paris-agreement date=2016-09-20 status=signed",
            "CHL partyTo paris-agreement date=2017-03-12 status=inForce",
            "PER partyTo paris-agreement date=2016-04-22 status=signed",
        },
        id="an-act-a-column",
    ),
    pytest.param(
        "[Status of the Arms Trade Treaty]\nParticipant | Signature | Ratification, Accession(a)\n"
        "Ghana | 24 Sep 2013 | 22 Dec 2015\nSamoa |  | 3 Jun 2014 a",
        {
            "GHA partyTo arms-trade-treaty date=2013-09-24 status=signed",
            "GHA partyTo arms-trade-treaty date=2015-12-22 status=ratified",
            "WSM partyTo arms-trade-treaty date=2014-06-03 status=acceded",
        },
        id="the-heading-names-the-treaty-and-a-letter-the-act",
    ),
    pytest.param(
        "| Country | Agreement | Status |\n| --- | --- | --- |\n| Kenya | Arms Trade Treaty | Under negotiation |",
        {"KEN partyTo arms-trade-treaty status=negotiating"},
        id="status-in-words-in-markdown",
    ),
    pytest.param(
        "Country\tAgreement\tRatified\nKenya\tParis Agreement\tYes\nPeru\tParis Agreement\tNo",
        {"KEN partyTo paris-agreement status=ratified"},
        id="a-tick-for-a-date-between-tabs",
    ),
    pytest.param(
        "Donor | Recipient | Amount (US$ million) | Purpose | Year\n"
        "Sweden | Moldova | 1.5 | energy | 2015\nNorway | UNICEF | 2,000 | schools | 2016",
        {
            "SWE providesAssistanceTo MDA date=2015 amount=1500000 currency=USD purpose=energy",
            "NOR providesAssistanceTo united-nations-childrens-fund date=2016 amount=2000000000 currency=USD purpose=schools",
        },
        id="the-head-gives-the-unit",
    ),
    pytest.param(
        "Donor | Recipient | Amount\nSweden | Moldova | EUR 5 million\nSweden | Kenya | n/a",
        {
            "SWE providesAssistanceTo MDA amount=5000000 currency=EUR",
            "SWE providesAssistanceTo KEN",
        },
        id="the-cell-gives-the-unit-or-nothing",
    ),
    pytest.param(
        "Name | Position | Country\nXanthippe Doe-Mbeki | Minister of Trade | Kenya",
        {"xanthippe-doe-mbeki holdsPosition KEN position=Minister of Trade"},
        id="a-person-whom-no-list-names",
    ),
    pytest.param(
        "Country | Diplomatic relations since\nMongolia | 24 February 1972",
        {"JPN hasDiplomaticRelationsWith MNG date=1972-02-24 status=established"},
        id="relations-with-the-author",
    ),
    pytest.param(
        "Member | Organization | Since | Withdrawal\nNorway | Nordic Council | 1952 | \nJapan | League of Nations | 1920 | 1933",
        {"NOR memberOf nordic-council date=1952"},
        id="who-left-is-no-member",
    ),
    pytest.param(
        "Country | Agreement | Signed\nGovernment of Chile | Paris Agreement | 2016\nFriends of Peru | Paris Agreement | 2016",
        {"CHL partyTo paris-agreement date=2016 status=signed"},
        id="a-name-must-fill-its-cell",
    ),
    pytest.param(
        "Event | Place | Date\nEast Asia Summit | Vientiane | 8 September 2016\nEast Asia Summit | Cebu City hall annex",
        {"east-asia-summit heldIn vientiane date=2016-09-08"},
        id="a-row-of-another-width-says-nothing",
    ),
]
SILENT = [
    pytest.param(
        "Country | Identical votes | Opposite votes | Voting coincidence\nChile | 40 | 36 | 52.6%", id="votes"
    ),
    pytest.param("Chile | Paris Agreement | 2016\nPeru | Paris Agreement | 2016", id="no-head"),
    pytest.param(
        "[Countries that have not yet ratified the Paris Agreement]\nCountry | Signature\nAngola | 22 April 2016",
        id="the-heading-denies-it",
    ),
    pytest.param(
        "Country | Agreement | Signed\nChile | Paris Agreement | not yet\nPeru | Paris Agreement | -",
        id="nothing-done",
    ),
    pytest.param("Country | 2015 | 2016\nChile | 1 | 2", id="years-as-heads"),
]


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_rows_say_what_their_head_calls_them(table: str, expected: set[str]) -> None:
    assert said(table) == expected


@pytest.mark.parametrize("table", SILENT)
def test_tables_of_other_kinds_say_nothing(table: str) -> None:
    assert read(table).claims == ()


def test_evidence_is_the_row() -> None:
    found = read("Country | Agreement | Signed\nChile | Paris Agreement | 20 September 2016")
    (claim,) = found.claims
    assert [piece.text for piece in claim.evidence] == ["Chile | Paris Agreement | 20 September 2016"]
    assert claim.qualifiers.date_text == ("20 September 2016",)


def test_a_person_of_a_cell_is_a_mention_and_an_entity() -> None:
    found = read("Name | Position | Country\nXanthippe Doe-Mbeki | Minister of Trade | Kenya")
    assert [m.text for m in found.mentions if m.cls == "Person"] == ["Xanthippe Doe-Mbeki"]
    assert "person/xanthippe-doe-mbeki" in {entity.id for entity in found.entities}
    assert [m.span for m in found.mentions] == sorted(m.span for m in found.mentions)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param("a | b |  | d", ["a", "b", None, "d"], id="strokes"),
        pytest.param("| a | b |", ["a", "b"], id="frame"),
        pytest.param("| a | b", [None, "a", "b"], id="first-cell-empty"),
        pytest.param("a\tb c\t\td", ["a", "b c", "d"], id="tabs"),
        pytest.param("|", [None, None], id="stroke-alone"),
    ],
)
def test_cells(row: str, cells: list[str | None]) -> None:
    spans = cells_of(row, Span(0, len(row)))
    assert [row[span.start : span.end] if span else None for span in spans] == cells


def test_tables_of_plain_text_are_read() -> None:
    text = "Treaties\n\nCountry | Agreement | Signed\nChile | Paris Agreement | 2016\n\nThe end came.\n"
    sections, blocks = structure(text)
    document = Document(
        id="d",
        file="d.txt",
        text=text,
        sections=sections,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    assert {told(claim) for claim in extractor()(document).claims} == {
        "CHL partyTo paris-agreement date=2016 status=signed"
    }


HTML = """<html><head><title>Treaties</title></head><body><main><article><h1>Treaties of the kingdom</h1>
<p>The parties concluded these agreements over the last years, in the order of their signature by ministers.</p>
<table><thead><tr><th>Country</th><th>Agreement</th><th>Signed</th></tr></thead><tbody>
<tr><td>Chile</td><td>Paris Agreement</td><td>20 September 2016</td></tr></tbody></table>
<p>There is nothing more to say about them here, and the ministers went home after a dinner in the palace.</p>
</article></main></body></html>"""
FILES = [
    pytest.param("a.html", HTML, id="html"),
    pytest.param(
        "a.md",
        "# Treaties\n\n| Country | Agreement | Signed |\n|---|---|---|\n"
        "| Chile | Paris Agreement | 20 September 2016 |\n",
        id="markdown",
    ),
    pytest.param(
        "a.txt",
        "Treaties\n\nCountry\tAgreement\tSigned\nChile\tParis Agreement\t20 September 2016\n",
        id="tabs",
    ),
]


@pytest.mark.parametrize(("name", "text"), FILES)
def test_tables_of_files_are_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    document = load(Source(path=tmp_path / name), "a")
    assert {told(claim) for claim in extractor()(document).claims} == {
        "CHL partyTo paris-agreement date=2016-09-20 status=signed"
    }


def test_the_ranker_does_not_guess_in_rows() -> None:
    document = block_text("Israel | disputes the islands with | Uganda", ["table-row"])
    assert load_extractor()(document).claims == ()


@pytest.mark.corpus
def test_no_claim_comes_out_of_the_tables_of_votes() -> None:
    folder = Path(__file__).parents[3] / "shared" / "corpus" / "pdf"
    if not folder.is_dir():
        pytest.skip("the corpora do not lie beside the checkout")
    (path,) = folder.glob("*.pdf")
    document = load(Source(path=path, country="USA"), "votes")
    silent = [s for s in document.sentences if document.blocks[s.block].kind in {"table-row", "contents"}]
    assert len(silent) > 1500, "its tables of votes are read as tables"
    assert load_extractor()(replace(document, sentences=tuple(silent))).claims == ()


@pytest.mark.parametrize(
    ("old", "new", "told_of"),
    [
        pytest.param('object = ["visited"]', 'object = ["vistied"]', "vistied", id="role"),
        pytest.param('predicate = "visits"', 'predicate = "vists"', "vists", id="relation"),
        pytest.param('relations = "established"', 'relations = "begun"', "begun", id="status"),
        pytest.param("(?:visitors?|", "(?:visitors?|(", "no pattern", id="pattern"),
    ],
)
def test_a_wrong_rule_is_told(old: str, new: str, told_of: str, tmp_path: Path) -> None:
    text = (rules_folder() / "tables.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "tables.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TableError, match=told_of):
        load_table_rules(tmp_path)
