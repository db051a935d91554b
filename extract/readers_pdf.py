"""Read PDF files: characters with their places from PDFium, put in order by the layout."""

import ctypes
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from diplograph.extract.readers_model import MissingReader, ReadText, assemble
from diplograph.extract.readers_pdf_layout import layout
from diplograph.extract.readers_pdf_rows import Page
from diplograph.extract.readers_pdf_tables import Rule, Word
from diplograph.ontology.errors import InputError

__all__ = ["read_pdf"]

MAX_PAGES = 20_000
MAX_RULES = 20_000  # of one page; a map drawn in lines has more, and no table
UPRIGHT = 0.2  # radians; letters that lean more stand in a rotated table head or a watermark
DIVIDING = "\x02\ufffe"  # what PDFium gives for a hyphen at a line's end
NEW_WORD = 0.14  # of the font size: a gap nearly as wide as a narrow blank
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\ufffe": "-",
        "\u00ad": "-",
    }
)
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\uffff\ud800-\udfff]")


def read_pdf(data: bytes, name: str) -> ReadText:
    """Read a PDF file: columns in order, paragraphs mended, running heads and page numbers left out.

    Headings are told by their size, table rows by their gaps, footnotes by their small print.

    Raises:
        InputError: The file is broken, encrypted, or holds pictures of pages only.
        MissingReader: pypdfium2 is not installed.
    """
    try:
        pdfium: Any = import_module("pypdfium2")
    except ImportError as error:
        raise MissingReader(name, "pypdfium2", "pdf") from error
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(name, "is encrypted", "remove the password and save it again") from error
        raise InputError(name, "is a broken PDF file", "fetch or save the file again") from error
    try:
        if len(pdf) > MAX_PAGES:
            raise InputError(name, f"has more than {MAX_PAGES} pages", "split the file")
        pages = [_page(pdf, number) for number in range(len(pdf))]
        facts = pdf.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise InputError(name, "is a broken PDF file", "fetch or save the file again") from error
    finally:
        pdf.close()
    if not any(page.words for page in pages):
        problem = f"has {len(pages)} pages but no text: it is scanned"
        raise InputError(name, problem, "recognize its text first, for example with ocrmypdf")
    title = " ".join(facts.get("Title", "").split())
    first = " ".join(word.text for page in pages[:1] for word in page.words)
    if title.lower() not in first.lower():  # often the name of a file long gone
        title = ""
    return assemble(layout(pages), title=title, pages=len(pages))


def _page(pdf: Any, number: int) -> Page:
    """Collect what stands on a page."""
    raw: Any = import_module("pypdfium2.raw")

    page = pdf[number]
    try:
        text = page.get_textpage()
        try:
            words = tuple(_words(text))
        finally:
            text.close()
        drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
        bounds = [item.get_bounds() for item in islice(drawn, MAX_RULES)]
        rules = tuple(Rule(x0=x0, y0=y0, x1=x1, y1=y1) for x0, y0, x1, y1 in bounds)
        return Page(words=words, rules=rules, height=float(page.get_height()))
    finally:
        page.close()


def _words(text: Any) -> Iterator[Word]:
    """Join characters to words: a blank, a gap, another line or another size ends a word."""
    raw: Any = import_module("pypdfium2.raw")

    box = raw.FS_RECTF()  # with the room around the letter: "1" would else seem to stand far from "1"
    x, y = ctypes.c_double(), ctypes.c_double()
    letters: list[str] = []
    begin = end = base = size = 0.0
    bold = upright = True
    touches = blank = False

    def word() -> Word:
        joined = "".join(letters).translate(_LIGATURES)
        return Word(
            text=joined, x0=begin, x1=end, y=base, size=size, bold=bold, upright=upright, touches=touches
        )

    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in DIVIDING:
            letter = "-"
        if letter.isspace() or _NO_CHARACTER.match(letter):
            if letters:
                yield word()
                letters.clear()
            blank = True
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        own_size = abs(raw.FPDFText_GetFontSize(text, index)) or 1.0
        straight = min(angle := raw.FPDFText_GetCharAngle(text, index), abs(6.2832 - angle)) < UPRIGHT
        if letters:
            apart = abs(y.value - base) > 0.5 * size or not -2 * size < box.left - end < NEW_WORD * size
            if straight != upright or (straight and apart):
                yield word()
                letters.clear()
        if not letters:
            begin, base, size, upright = box.left, y.value, own_size, straight
            bold = raw.FPDFText_GetFontWeight(text, index) >= 600
            touches, blank = not blank, False
        letters.append(letter)
        end = max(box.right, box.left)
    if letters:
        yield word()
