"""What a reader of a format hands over: pieces of text that know what they are, set into one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diplograph.extract.records import Span
from diplograph.ontology.errors import InputError

__all__ = ["PAGE_BREAK", "Hint", "MissingReader", "Piece", "ReadText", "assemble", "row_text"]

GAP = "\n\n"  # blank lines keep the pieces apart for a reader of the text file that a build leaves
CELL_GAP = " | "
PAGE_BREAK = "\f"  # within a piece: it goes on upon the next page


class MissingReader(InputError):
    """A format needs a package that is not installed.

    Attributes:
        extra: The extra of this package that brings it.
    """

    def __init__(self, name: str, package: str, extra: str) -> None:
        problem = f"needs the package {package!r}, which is not installed"
        super().__init__(name, problem, f"run: python -m pip install 'diplograph[{extra}]'")
        self.extra = extra


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block as its format tells it: ``kind`` as in :class:`Block`, ``level`` the depth of a heading or 0.

    ``page`` is the one it begins on, counted from 1, or 0 where the format has no pages; a form feed in
    the text begins the next page. ``anchor`` is the name that the format gives the element, or empty.
    """

    kind: str
    text: str
    level: int = 0
    page: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Where a piece stands in the text, and what it is."""

    span: Span
    kind: str
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A file's text with what its format tells: blocks, offsets of pages, title, date of issue, address."""

    text: str
    hints: tuple[Hint, ...] = ()
    pages: tuple[int, ...] = ()
    title: str = ""
    date: str = ""
    url: str = ""


def assemble(
    pieces: Iterable[Piece], *, title: str = "", date: str = "", url: str = "", pages: int = 0
) -> ReadText:
    """Set pieces one below the other; white space within a piece becomes single blanks.

    ``pages`` is the number of pages; a page without text begins where the next text does.
    """
    parts: list[str] = []
    hints: list[Hint] = []
    starts: list[int] = []
    place = 0
    for piece in pieces:
        sheets = [" ".join(sheet.split()) for sheet in piece.text.split(PAGE_BREAK)]
        words = " ".join(filter(None, sheets))
        if not words:
            continue
        offset = place
        for page, sheet in enumerate(sheets, piece.page):
            while len(starts) < page:
                starts.append(offset)
            offset += len(sheet) + 1 if sheet else 0
        span = Span(place, place + len(words))
        hints.append(Hint(span=span, kind=piece.kind, level=piece.level, anchor=piece.anchor))
        parts.append(words)
        place += len(words) + len(GAP)
    text = GAP.join(parts) + "\n" if parts else ""
    while len(starts) < pages:
        starts.append(max(0, len(text) - 1))
    return ReadText(text=text, hints=tuple(hints), pages=tuple(starts), title=title, date=date, url=url)


def row_text(cells: Sequence[str]) -> str:
    """Write the cells of a table's row on one line."""
    return CELL_GAP.join(" ".join(cell.split()) for cell in cells)
