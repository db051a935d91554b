"""Documents of running text for tests: paragraphs split into sentences as a build does it."""

from diplograph.extract.records import Block, Document, Span
from diplograph.extract.sentences import split_sentences


def prose(
    text: str, *, country: str = "", year: int | None = 2016, title: str = "", id: str = "example"
) -> Document:
    """Make a document of paragraphs (parted by empty lines) without headings."""
    blocks: list[Block] = []
    at = 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(kind="paragraph", span=Span(at, at + len(part))))
        at += len(part) + 2
    return Document(
        id=id,
        file=f"{id}.txt",
        text=text,
        title=title,
        country=country,
        reference_year=year,
        blocks=tuple(blocks),
        sentences=split_sentences(text, tuple(blocks)),
    )
