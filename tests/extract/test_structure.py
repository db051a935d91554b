"""Blocks and sections: what a line is, which lines belong together, what stands below what."""

import textwrap
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from diplograph.extract.folding import fold
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.extract.structure_rules import (
    load_structure_rules,
    looks_like_title,
    matching_line_rule,
    read_numbers,
)

TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    files("diplograph.extract.rules").joinpath("structure.toml").read_text(encoding="utf-8")
)
RULES = load_structure_rules()
LONG = "Norway and Chile agreed to exchange views on fisheries, shipping and the law of the sea every year."
LINE_CASES = [
    pytest.param(row["id"], line, wanted, id=f"{row['id']}-{line[:20]}")
    for row in TABLE["line"]
    for wanted, lines in ((True, row["examples"]), (False, row["counter_examples"]))
    for line in lines
]
NUMBER_CASES = [
    pytest.param(row["id"], line, wanted, id=f"{row['id']}-{line[:20]}")
    for row in TABLE["number"]
    for wanted, lines in ((True, row["examples"]), (False, row["counter_examples"]))
    for line in lines
]


@pytest.mark.parametrize(("rule", "line", "wanted"), LINE_CASES)
def test_line_rule_takes_its_examples_and_leaves_the_others(rule: str, line: str, wanted: bool) -> None:
    found = matching_line_rule(line, RULES)
    assert (found is not None and found[0].id == rule) == wanted


@pytest.mark.parametrize(("rule", "line", "wanted"), NUMBER_CASES)
def test_number_rule_takes_its_examples_and_leaves_the_others(rule: str, line: str, wanted: bool) -> None:
    assert (rule in {number.style for number in read_numbers(line, RULES)}) == wanted


def test_every_rule_has_examples_counter_examples_and_source() -> None:
    rows = [*TABLE["line"], *TABLE["number"]]
    assert all(row["examples"] and row["counter_examples"] and row["source"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def kinds(text: str) -> list[tuple[str, str]]:
    _, blocks = structure(text)
    return [(block.kind, text[block.span.start : block.span.end]) for block in blocks]


KINDS = [
    pytest.param("Member\tSince\nPeru\t1955\nChile\t1952", ["table-row"] * 3, id="two-cells-with-tabs"),
    pytest.param(f"{LONG}\nMember\tSince\n{LONG}", ["paragraph", "heading", "paragraph"], id="one-tab-alone"),
    pytest.param("1.\tFish\n2.\tTrade\n3.\tAid", ["heading"] * 3, id="tabs-behind-numbers"),
    pytest.param("Trade Policy\n" + LONG, ["title", "paragraph"], id="title"),
    pytest.param(f"{LONG}\n3.Global Trade\n{LONG}", ["paragraph", "heading", "paragraph"], id="number-dot"),
    pytest.param(f"{LONG}\n(1) Chile\n{LONG}", ["paragraph", "heading", "paragraph"], id="number-paren"),
    pytest.param(f"{LONG}\nA Aid in Practice\n{LONG}", ["paragraph", "heading", "paragraph"], id="letter"),
    pytest.param(f"{LONG}\n(A)\n{LONG}", ["paragraph", "paragraph", "paragraph"], id="letter-alone"),
    pytest.param(
        f"{LONG}\na. Situation in the north\n{LONG}", ["paragraph", "heading", "paragraph"], id="small"
    ),
    pytest.param(f"{LONG}\nIV. Trade\n{LONG}", ["paragraph", "heading", "paragraph"], id="roman"),
    pytest.param(
        f"{LONG}\nFISHERIES AND SHIPPING\n{LONG}", ["paragraph", "heading", "paragraph"], id="capitals"
    ),
    pytest.param(f"## Trade\n{LONG}", ["heading", "paragraph"], id="markdown"),
    pytest.param(f"Trade\n=====\n\n{LONG}", ["title", "junk", "paragraph"], id="underlined"),
    pytest.param(f"{LONG}\n**Trade**\n{LONG}", ["paragraph", "heading", "paragraph"], id="bold"),
    pytest.param("A delegation from Chile visited Oslo.", ["paragraph"], id="article-is-no-letter"),
    pytest.param(
        "29 countries took part.\n1998 was a good year.", ["paragraph"] * 2, id="count-is-no-number"
    ),
    pytest.param(f"{LONG}\n12 May 1998\n{LONG}", ["paragraph"] * 3, id="date-is-no-heading"),
    pytest.param("Begin Text:\n" + LONG, ["paragraph", "paragraph"], id="announcement"),
    pytest.param("MR HOLM: We met in Oslo.\nQUESTION: When?", ["paragraph", "paragraph"], id="speakers"),
    pytest.param(
        f"{LONG}\nThe quay of Bergen\nShips in port (Photo: Navy)Ships in port (Photo: Navy)\n{LONG}",
        ["paragraph", "caption", "caption", "paragraph"],
        id="captions",
    ),
    pytest.param(
        f"{LONG}\n• 4 The Fund was created in 1966. It is small.", ["paragraph", "footnote"], id="note"
    ),
    pytest.param(
        "The parties will:\n• share data;\n• meet yearly;\n- train staff.",
        ["paragraph", "list-item", "list-item", "list-item"],
        id="bullets",
    ),
    pytest.param(
        "They agreed (1) to meet,\n(2) to share all catch data with the Commission every year;",
        ["paragraph", "list-item"],
        id="numbered-item",
    ),
    pytest.param("Contents | Back | Next\n" + LONG, ["junk", "paragraph"], id="navigation"),
    pytest.param(
        f"Contents\n1. Trade\n2. Aid\n3. Fisheries\n\n1. Trade\n{LONG}",
        ["contents"] * 4 + ["heading", "paragraph"],
        id="contents",
    ),
    pytest.param(
        f"1. Trade ....... 3\n2. Aid ....... 14\n\n{LONG}", ["contents"] * 2 + ["paragraph"], id="leaders"
    ),
    pytest.param(
        "| State | Date |\n| --- | --- |\n| Chile | 1998 |", ["table-row", "junk", "table-row"], id="table"
    ),
    pytest.param(
        f"{LONG}\n17\n08-12345 17\n{LONG}", ["paragraph", "junk", "junk", "paragraph"], id="page-numbers"
    ),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kinds_of_blocks(text: str, expected: list[str]) -> None:
    assert [kind for kind, _ in kinds(text)] == expected


PARAGRAPHS = [
    f"Speech of the Minister {LONG}",
    "In the second year the two states opened consulates in Bergen and in Valparaíso, and a joint commission "
    "began to meet. Its first session was held in Oslo. 12 experts took part in the work of that session.",
    "A new agreement followed. The commission then turned to shipping – a field that both states know – and "
    "to the safety of crews, which had become a concern after several accidents in the southern ocean.",
]
WRAPPINGS = [
    pytest.param("\n", "", "\n\n", id="blank-lines"),
    pytest.param("\r\n", "", "\r\n\r\n", id="windows"),
    pytest.param("\r", "", "\r\r", id="old-mac"),
    pytest.param(" \n", "", " \n \n", id="trailing-blanks"),
    pytest.param("\n", " ", "\n", id="indented"),
    pytest.param("\n", "    ", "\n", id="deeply-indented"),
]


@pytest.mark.parametrize(("newline", "indent", "between"), WRAPPINGS)
@pytest.mark.parametrize("width", [50, 60, 72, 79])
def test_lines_cut_by_hand_are_joined(newline: str, indent: str, between: str, width: int) -> None:
    cut = [newline.join(textwrap.wrap(p, width, initial_indent=indent)) for p in PARAGRAPHS]
    found = [(kind, " ".join(text.split())) for kind, text in kinds(between.join(cut))]
    assert found == [("paragraph", paragraph) for paragraph in PARAGRAPHS]


PAGE_ENDS = [
    pytest.param("17", id="number"),
    pytest.param("08-12345 17", id="job-number"),
    pytest.param("17\n\nA/63/PV.12", id="number-and-symbol"),
    pytest.param(
        "General Assembly 12th plenary meeting\nFiftieth session 4 October 1995", id="running-heads"
    ),
    pytest.param("13/01/2021\n\nA/75/592/Add.3\n", id="date-and-symbol"),
]


@pytest.mark.parametrize("page_end", PAGE_ENDS)
@pytest.mark.parametrize("width", [60, 79])
@pytest.mark.parametrize("place", [1, 2])
def test_a_sentence_goes_on_upon_the_next_page(page_end: str, width: int, place: int) -> None:
    lines = textwrap.wrap(PARAGRAPHS[1], width)
    text = "\n".join([*lines[:place], page_end, *lines[place:], *textwrap.wrap(PARAGRAPHS[2], width)])
    (block, *_) = structure(text)[1]
    sentences = split_sentences(text, structure(text)[1])
    words = [fold(text, s.span.start, s.span.end).text for s in sentences]
    assert lines[place - 1][-1] not in ".:", "the page ends within a sentence"
    assert words[0].startswith("In the second year")
    assert words[0].endswith("began to meet.")
    assert block.kind == "paragraph"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{LONG}\n17\n{LONG}", id="behind-a-stop"),
        pytest.param(f"Trade and Aid\n17\n{LONG}", id="behind-a-heading"),
        pytest.param(f"{LONG[:-1]}\n17\n• Trade and aid", id="before-an-item"),
    ],
)
def test_what_ended_does_not_go_on_upon_the_next_page(text: str) -> None:
    assert [kind for kind, _ in kinds(text)][1] == "junk"


def test_whole_paragraphs_go_on_upon_the_next_page() -> None:
    long = f"{LONG} {LONG[:-1]}, as well as with the"
    assert [words for _, words in kinds(f"{long}\n\nUnited Nations. They left.\n{LONG}")] == [
        f"{long}\n\nUnited Nations. They left.",
        LONG,
    ]
    assert len(kinds(f"{LONG}\n{long}\n17\nUnited Nations. They left.\n{LONG}")) == 3


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "\n".join([*PARAGRAPHS, "Thank you."])
    assert [words for _, words in kinds(text)] == [*PARAGRAPHS, "Thank you."]


def test_paragraph_broken_in_two_is_mended() -> None:
    text = f"{LONG}\nI shall read out the statement\nof the Minister of Norway.\n{LONG}"
    assert len(kinds(text)) == 3


def test_heading_in_cut_text_stays_apart() -> None:
    cut = ["\n".join(textwrap.wrap(p, 60)) for p in PARAGRAPHS]
    text = f"{cut[0]}\n\n(2) Trade and Shipping\n{cut[1]}\n\nThe Southern Ocean\n\n{cut[2]}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "heading", "paragraph", "heading", "paragraph"]


LEVELS = [
    pytest.param(
        [
            *(
                "3.Trade",
                "(1) Europe",
                "(2) Asia",
                "A Aid in Practice",
                "(A) Loans",
                "(B) Grants",
                "(1) Chile",
            ),
            *("(2) Peru", "B Trade Fairs", "(3) Africa", "4.Culture"),
        ],
        [1, 2, 2, 3, 4, 4, 5, 5, 3, 2, 1],
        id="yearbook",
    ),
    pytest.param(["I. Trade", "A. Fish", "B. Ships", "II. Aid", "C. Loans"], [1, 2, 2, 1, 2], id="roman"),
    pytest.param(
        ["A. Trade", "B. Aid", "C. Fish", "D. Ships", "I. Crews"], [1, 1, 1, 1, 2], id="roman-below"
    ),
    pytest.param(["# Trade", "### Fish", "## Ships", "# Aid"], [1, 2, 2, 1], id="markdown"),
    pytest.param(
        ["Chapter 1", "1.1 Trade", "1.2 Aid", "Chapter 2", "2.1 Fish"], [1, 2, 2, 1, 2], id="chapters"
    ),
]


@pytest.mark.parametrize(("headings", "levels"), LEVELS)
def test_levels_follow_numbers(headings: list[str], levels: list[int]) -> None:
    text = LONG + "\n\n" + "\n\n".join(f"{heading}\n\n{LONG}" for heading in headings)
    sections, blocks = structure(text)
    assert [section.level for section in sections] == levels
    assert [block.section for block in blocks if block.kind == "paragraph"] == [-1, *range(len(headings))]
    assert all(len(section.path) == section.level for section in sections)


def test_section_reaches_to_the_next_of_its_level() -> None:
    text = f"{LONG}\n\n1. Trade\n\n(1) Fish\n\n{LONG}\n\n2. Aid\n\n{LONG}\n"
    sections, _ = structure(text)
    assert [(s.number, s.heading, s.path) for s in sections] == [
        ("1", "Trade", ("Trade",)),
        ("1", "Fish", ("Trade", "Fish")),
        ("2", "Aid", ("Aid",)),
    ]
    assert sections[0].span.end == sections[1].span.end == sections[2].span.start
    assert sections[2].span.end == len(text)


TITLES = [
    pytest.param("Trade Policy in the North", True, id="capitals"),
    pytest.param("JOINT COMMUNIQUÉ", True, id="all-capitals"),
    pytest.param("The Minister Visits Oslo.", False, id="stop"),
    pytest.param("We Are One", False, id="finite-verb"),
    pytest.param("On Behalf of the", False, id="broken-off"),
    pytest.param("trade Policy", False, id="small-first"),
    pytest.param("Ships of the northern fleet", False, id="small-words"),
    pytest.param("12", False, id="no-word"),
]


@pytest.mark.parametrize(("line", "expected"), TITLES)
def test_titles(line: str, expected: bool) -> None:
    assert looks_like_title(line, RULES.form) is expected
