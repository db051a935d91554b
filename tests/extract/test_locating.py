"""Evidence says where it stands: under which headings, on which page, at which element."""

import pytest
from diplograph.extract.locating import located, section_paths
from diplograph.extract.records import Block, Claim, Document, Section, Span
from diplograph.extract.structure import structure
from factories import claim

TEXT = """Chapter 2 Regional Affairs

1. Europe

(1) Fisheries

Norway met Iceland.

## 2. Asia ##

India met Japan.

Chapter 3 Trade

Chile met Peru.
"""
PATHS = [
    pytest.param("Norway", "Chapter 2 Regional Affairs › 1. Europe › (1) Fisheries", id="three-deep"),
    pytest.param("Chile", "Chapter 3 Trade", id="chief"),
    pytest.param("Chapter 3", "Chapter 3 Trade", id="the-heading-itself"),
]


def said_at(text: str, words: str, document: Document) -> Claim:
    """Give the claim of a sentence, located."""
    offset = text.index(words)
    (found,) = located(
        document, [claim("country/NOR", "visits", "country/ISL", document="d", offset=offset, text=words)]
    )
    return found


def read(text: str, pages: tuple[int, ...] = ()) -> Document:
    sections, blocks = structure(text)
    return Document(id="d", file="d.txt", text=text, sections=sections, blocks=blocks, pages=pages)


@pytest.mark.parametrize(("words", "path"), PATHS)
def test_section_path_holds_the_headings_as_printed(words: str, path: str) -> None:
    (piece,) = said_at(TEXT, words, read(TEXT)).evidence
    assert piece.section == path


def test_marks_of_markdown_are_no_part_of_a_heading() -> None:
    text = "# Aid #\n\nThey met.\n\n## **2. Asia**\n\nThey left.\n"
    assert section_paths(read(text)) == ("2. Asia",)  # the first heading is the title


def test_what_stands_before_all_headings_has_no_section() -> None:
    (piece,) = said_at("They met.\n", "They met.", read("They met.\n")).evidence
    assert (piece.section, piece.page, piece.anchor) == ("", 0, "")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        pytest.param("Norway", 1, id="first"),
        pytest.param("India", 2, id="at-its-begin"),
        pytest.param("Chile", 4, id="after-an-empty-one"),
    ],
)
def test_page_is_the_one_on_which_the_words_begin(words: str, page: int) -> None:
    asia, chile = TEXT.index("India"), TEXT.index("Chile")
    (piece,) = said_at(TEXT, words, read(TEXT, (0, asia, chile, chile))).evidence
    assert piece.page == page


def test_anchor_is_the_nearest_at_or_above() -> None:
    text = "Aid\n\nThey met.\n\nThey left."
    heading, first, second = Span(0, 3), Span(5, 14), Span(16, 26)
    document = Document(
        id="d",
        file="d.html",
        text=text,
        sections=(Section(heading="Aid", span=Span(0, 26), path=("Aid",)),),
        blocks=(
            Block(kind="heading", span=heading, section=0, anchor="aid"),
            Block(kind="paragraph", span=first, section=0),
            Block(kind="paragraph", span=second, section=0, anchor="end"),
        ),
    )
    assert said_at(text, "They met.", document).evidence[0].anchor == "aid"
    assert said_at(text, "They left.", document).evidence[0].anchor == "end"
