"""Issue terms: the table keeps what its examples promise, and the search keeps its offsets."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import diplograph.ontology.vocabularies as vocabularies
import pytest
from diplograph.extract.extractor import rules_folder
from diplograph.extract.issues import (
    COLUMNS,
    IssueTerms,
    expand_term,
    find_issue_terms,
    load_issue_terms,
    read_term_rows,
)
from diplograph.ontology.errors import TableError
from hypothesis import given
from hypothesis import strategies as st

PATH = Path(vocabularies.__file__).parent / "issue_terms.tsv"
CONTEXT = ("not_after", "not_before", "only_after", "only_before")


@cache
def packaged_terms() -> IssueTerms:
    return load_issue_terms(PATH)


@pytest.fixture
def terms() -> IssueTerms:
    return packaged_terms()


def table(folder: Path, *rows: str) -> Path:
    """Write a table; a row gives term, issue, the four context cells and case, parted by semicolons."""
    path = folder / "terms.tsv"
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        cells = (row.split(";") + [""] * 7)[:7]
        lines.append("\t".join([*cells, f"⟦{cells[0]}⟧.", "", "own"]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def found(text: str, terms: IssueTerms) -> list[tuple[str, str]]:
    return [(text[hit.span.start : hit.span.end], hit.issue) for hit in find_issue_terms(text, terms)]


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    plain, spans, at = "", [], 0
    for mark in re.finditer("⟦(.*?)⟧", example):
        plain += example[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1])))
        plain += mark[1]
        at = mark.end()
    return plain + example[at:], spans


# The table


def test_every_example_is_found_as_marked(terms: IssueTerms) -> None:
    wrong = []
    for line, row in read_term_rows(PATH):
        text, spans = marked(row["examples"])
        hits = [(h.span.start, h.span.end) for h in find_issue_terms(text, terms) if h.issue == row["issue"]]
        if (row["issue"] != "-" and not spans) or not set(spans) <= set(hits):
            wrong.append((line, row["examples"], found(text, terms)))
    assert wrong == []


NAME_TERMS = rules_folder() / "name_issue_terms.tsv"


def test_terms_of_names_count_inside_names_as_marked(terms: IssueTerms) -> None:
    inside = load_issue_terms(NAME_TERMS, instead=terms)
    wrong = []
    for line, row in read_term_rows(NAME_TERMS):
        text, spans = marked(row["examples"])
        hits = find_issue_terms(text, inside)
        found_here = [(h.span.start, h.span.end) for h in hits if h.issue == row["issue"]]
        if not spans or (set(spans) - set(found_here) if row["issue"] != "-" else hits):
            wrong.append((line, row["examples"], hits))
    assert wrong == []
    assert find_issue_terms("They want a peace agreement.", terms) == ()


def spoiled(row: Mapping[str, str], terms: IssueTerms) -> bool:
    folded = {" ".join(t.lower().replace("-", " ").split()) for t in expand_term(row["term"])}
    hits = find_issue_terms(row["counter_examples"], terms)
    return any(hit.issue == row["issue"] and hit.term in folded for hit in hits)


def test_counter_examples_are_left_alone(terms: IssueTerms) -> None:
    wrong = [row["term"] for _, row in read_term_rows(PATH) if row["issue"] != "-" and spoiled(row, terms)]
    assert wrong == []


def test_rows_with_conditions_have_counter_examples() -> None:
    bare = [
        row["term"]
        for _, row in read_term_rows(PATH)
        if any(row[column] for column in CONTEXT) and not row["counter_examples"]
    ]
    assert bare == []


def test_counter_examples_hold_the_term() -> None:
    """A sentence without the term would prove nothing."""
    idle = []
    for _, row in read_term_rows(PATH):
        text = row["counter_examples"].lower().replace("-", " ")
        spellings = [s.lower().replace("-", " ") for s in expand_term(row["term"])]
        if text and not any(spelling in text for spelling in spellings):
            idle.append(row["term"])
    assert idle == []


# The search

FOUND = [
    pytest.param("Terrorism is a threat.", [("Terrorism", "terrorism")], id="capital"),
    pytest.param("Talks on COUNTER-TERRORISM.", [("COUNTER-TERRORISM", "terrorism")], id="capitals"),
    pytest.param("a counter-\nterrorism law", [("counter-\nterrorism", "terrorism")], id="wrapped-at-hyphen"),
    pytest.param("the rule\nof   law", [("rule\nof   law", "rule-of-law")], id="wrapped-at-blank"),
    pytest.param("law\n\nof the sea", [], id="paragraphs-part"),
    pytest.param("non‑proliferation", [("non‑proliferation", "non-proliferation")], id="hard-hyphen"),
    pytest.param("dis\u00adarmament", [("dis\u00adarmament", "disarmament")], id="soft-hyphen"),
    pytest.param(
        "women’s empowerment", [("women’s empowerment", "gender-equality")], id="typographic-apostrophe"
    ),
    pytest.param(
        "nuclear disarmament, disarmament",
        [("nuclear disarmament", "nuclear-disarmament"), ("disarmament", "disarmament")],
        id="longest-wins",
    ),
    pytest.param(
        "refugee/migration crisis", [("refugee", "refugees"), ("migration", "migration")], id="slash-parts"
    ),
    pytest.param("İzmir hosts talks on piracy", [("piracy", "piracy")], id="letter-that-grows"),
    pytest.param("rules for outer space7.", [("outer space", "outer-space")], id="footnote-mark"),
    pytest.param("emigrations, nonterrorismlike", [], id="inside-words"),
    pytest.param("See https://www.example.org/human-rights/ there", [], id="web-address"),
    pytest.param("See https://www.example.org/the-office-of-human-rights/ there", [], id="long-web-address"),
    pytest.param("www.example.org\n\nPiracy\n\ne@example.org", [("Piracy", "piracy")], id="beside-addresses"),
    pytest.param("More ODA for schools", [("ODA", "development-assistance")], id="acronym"),
    pytest.param("an oda to joy", [], id="not-an-acronym"),
    pytest.param("free trade area", [("free trade", "trade")], id="plain-noun-stays-out"),
    pytest.param("international terrorism", [("terrorism", "terrorism")], id="modifier-stays-out"),
    pytest.param("illicit drug traffic", [("illicit drug traffic", "drug-trafficking")], id="kind-in"),
    pytest.param("peace, security, development, support and training", [], id="bare-nouns"),
    pytest.param("sustainable development", [], id="no-issue-of-the-guide"),
    pytest.param("", [], id="empty"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_find(text: str, expected: list[tuple[str, str]], terms: IssueTerms) -> None:
    assert found(text, terms) == expected


CONTEXTS = [
    pytest.param("debt;finance;eternal", "an eternal debt", [], id="not-after"),
    pytest.param("debt;finance;eternal", "a maternal debt", ["debt"], id="whole-words-of-context"),
    pytest.param("debt;finance;;of gratitude", "a debt\nof gratitude", [], id="not-before-wrapped"),
    pytest.param("debt;finance;;;public", "debt, public debt", ["debt"], id="only-after"),
    pytest.param("debt;finance;;;;relief", "debt relief from debt", ["debt"], id="only-before"),
    pytest.param("debt;finance;;;public;relief", "public debt, debt relief, debt", ["debt"] * 2, id="either"),
    pytest.param("debt;finance;;;,", "loans, debt", ["debt"], id="comma-as-context"),
    pytest.param("debt;finance;the", "The debt", [], id="context-folds-case"),
    pytest.param(
        "reform;un-reform;;;~the council", "Reform is due. The\nCouncil met.", ["Reform"], id="near"
    ),
    pytest.param("reform;un-reform;;;~council", "Reform is due in councils.", [], id="near-whole-words"),
    pytest.param("reform;un-reform;;;tax|~council", "tax reform", ["reform"], id="near-or-beside"),
    pytest.param("drugs;drug-trafficking;~patients", "drugs that patients need", [], id="not-near"),
    pytest.param("UNO-X;finance;;;;;exact", "uno-x, UNO X, UNO-X", ["UNO-X"], id="exact-spelling"),
]


@pytest.mark.parametrize(("row", "text", "expected"), CONTEXTS)
def test_context(row: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert [word for word, _ in found(text, load_issue_terms(table(tmp_path, row)))] == expected


@pytest.mark.parametrize(
    ("beside", "expected"),
    [("", []), ("The Security\nCouncil met.", ["reform"]), ("The council met.", [])],
)
def test_words_near_may_stand_in_the_sentences_beside(
    beside: str, expected: list[str], tmp_path: Path
) -> None:
    terms = load_issue_terms(table(tmp_path, "reform;un-reform;;;~security council"))
    hits = find_issue_terms("They spoke of reform.", terms, beside)
    assert ["They spoke of reform."[h.span.start : h.span.end] for h in hits] == expected


def test_first_reading_that_fits_wins(tmp_path: Path) -> None:
    terms = load_issue_terms(table(tmp_path, "cells;health;;;blood", "cells;energy"))
    assert found("blood cells, fuel cells", terms) == [("cells", "health"), ("cells", "energy")]


def test_rows_without_issue_claim_their_words(tmp_path: Path) -> None:
    terms = load_issue_terms(table(tmp_path, "trade;trade", "trade winds;-"))
    assert found("trade winds carry trade", terms) == [("trade", "trade")]


def test_equally_long_terms_go_from_left_to_right(tmp_path: Path) -> None:
    terms = load_issue_terms(table(tmp_path, "ab cd;one", "cd ef;two"))
    assert found("ab cd ef", terms) == [("ab cd", "one")]


PIECES = (
    "counter-",
    "terrorism",
    "İ",
    "\u00ad",
    " ",
    "\n",
    "\n\n",
    "  ",
    "law of the sea",
    "’s ",
    "ODA",
    "nuclear ",
)
pieces = st.sampled_from((*PIECES, "disarmament", "–", "7", "x", "www.", "女性", "trade"))


@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=60))
def test_spans_lie_in_the_text_sorted_and_apart(text: str) -> None:
    hits = find_issue_terms(text, packaged_terms())
    ends = [0]
    for hit in hits:
        assert ends[-1] <= hit.span.start < hit.span.end <= len(text)
        words_found = re.sub(r"\u00ad\s*", "", text[hit.span.start : hit.span.end])
        assert re.sub(r"[-–‐‑\s]+", " ", words_found.lower()).replace("’", "'") == hit.term
        ends.append(hit.span.end)


# The notation and its errors

NOTATION = [
    pytest.param("trade", ("trade",), id="plain"),
    pytest.param("{a|b} c(s)", ("a c", "a cs", "b c", "b cs"), id="choices"),
    pytest.param("x (y|z)", ("x", "x y", "x z"), id="optional-choice"),
]


@pytest.mark.parametrize(("notation", "expected"), NOTATION)
def test_notation(notation: str, expected: tuple[str, ...]) -> None:
    assert expand_term(notation) == expected


BAD_ROWS = [
    pytest.param(["{a|b;trade"], "unbalanced or nested brackets", id="open-bracket"),
    pytest.param(["(a);trade"], "stands for the empty word", id="empty-word"),
    pytest.param([";trade"], "has no term", id="no-term"),
    pytest.param(["a;"], "has no issue", id="no-issue"),
    pytest.param(["a;trade;;;;;upper"], "has case 'upper'", id="unknown-case"),
    pytest.param(["a;trade", "a;finance"], "gives 'a' to 'finance' after a row gave", id="twice"),
]


@pytest.mark.parametrize(("rows", "message"), BAD_ROWS)
def test_bad_rows_are_refused(rows: list[str], message: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=re.escape(message)):
        load_issue_terms(table(tmp_path, *rows))


def test_wrong_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("term\tissue\n", encoding="utf-8")
    with pytest.raises(TableError, match="names the columns"):
        load_issue_terms(path)


def test_missing_cells_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("\t".join(COLUMNS) + "\ntrade\ttrade\n", encoding="utf-8")
    with pytest.raises(TableError, match="has 2 cells instead of 10"):
        load_issue_terms(path)
