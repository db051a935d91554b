"""Put the words of pages in reading order and tell paragraphs, headings, tables and notes apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from diplograph.extract.readers_model import PAGE_BREAK, Piece, row_text
from diplograph.extract.readers_pdf_rows import Page, Row, body_size, in_columns, page_rows, running_lines
from diplograph.extract.readers_pdf_tables import Word

__all__ = ["layout"]

SAME_EDGE = 4.0  # points: cells of a column begin as far apart at most
LARGER, SMALLER = 1.12, 0.93  # of the body's font size: headings, notes
LINE_GAP = 1.45  # of the usual distance of lines: paragraphs stand farther apart
LONGEST_HEADING = 200
_STOP = re.compile(r"[.?!:;…][\"'”’)\]]*\d{0,3}$")
_BULLET = re.compile(r"[•‣◦▪▫■□●○◆➢\u2043\uf0b7]|[-–—*]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s")
_LEADER = re.compile(r"(?:\s?[.·…]){4,}\s*[-–]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–]?$")
_NOTE = re.compile(r"\d{1,3}\s?\S|[*†‡]")
_NO_HEADING = re.compile(r"[.,;:]$|:\s")


def layout(pages: Sequence[Page]) -> tuple[Piece, ...]:
    """Turn pages into pieces in reading order.

    Lines that repeat on several pages at their upper or lower edge are left out, page numbers too.
    """
    rows = [page_rows(page, number) for number, page in enumerate(pages, 1)]
    running = running_lines(rows, [page.height for page in pages])
    body = body_size(rows)
    levels = _heading_levels(rows, body)
    known = Counter(
        word.strip(".,;:()").lower() for page in rows for row in page for word in row.text.split()
    )
    pieces: list[Piece] = []
    for page in rows:
        kept = [row for row in page if (row.page, row.y, row.x0) not in running]
        _add_page(pieces, in_columns(kept), body, levels, known)
    return tuple(pieces)


def _heading_levels(rows: Sequence[Sequence[Row]], body: float) -> dict[float, int]:
    """Number the sizes of headings, the largest first; sizes of a few letters (initials) do not count."""
    sizes: Counter[float] = Counter()
    for page in rows:
        for row in page:
            if row.size >= LARGER * body and len(row.text) > 3:
                sizes[row.size] += 1
    return {size: level for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _table_rows(rows: Sequence[Row]) -> list[bool]:
    """Tell for each row whether it is one of a table: several cells that stand below others."""
    result = []
    for index, row in enumerate(rows):
        if row.ruled:
            result.append(True)
            continue
        near = [r for r in rows[max(0, index - 3) : index + 4] if r is not row and len(r.cells) > 1]
        aligned = any(_aligned(own, cell) for own in row.cells[1:] for r in near for cell in r.cells[1:])
        result.append(len(row.cells) > 1 and (aligned or len(row.cells) > 3))
    return result


def _aligned(one: Sequence[Word], two: Sequence[Word]) -> bool:
    """Tell whether two cells begin or end at the same place."""
    return abs(one[0].x0 - two[0].x0) <= SAME_EDGE or abs(one[-1].x1 - two[-1].x1) <= SAME_EDGE


def _cell_lines(rows: Sequence[Row], tables: Sequence[bool], leading: float) -> dict[int, int]:
    """Map rows that are further lines of a table's cells to the row they belong to, the nearest one."""
    found: dict[int, int] = {}
    for index, row in enumerate(rows):
        if tables[index] or len(row.cells) > 1:
            continue
        near = [
            other
            for other in range(max(0, index - 4), min(len(rows), index + 5))
            if tables[other]
            and not rows[other].ruled
            and abs(rows[other].y - row.y) <= 2.6 * leading
            and rows[other].column == row.column
        ]
        columns = [(cell, place) for other in near for place, cell in enumerate(rows[other].cells)]
        fits = [place for cell, place in columns if _aligned(row.cells[0], cell)]
        second = min((rows[other].cells[1][0].x0 for other in near), default=0.0)
        within = bool(fits) and (max(fits) > 0 or (row.x1 < second and not row.bold))
        if near and within:
            found[index] = min(near, key=lambda other: (abs(rows[other].y - row.y), other))
    return found


def _table_text(row: Row, lines: Sequence[Row]) -> str:
    """Write a table's row with all lines of its cells, which stand above and below its own line."""
    if row.ruled:
        return row_text(row.ruled)
    columns: list[list[tuple[Word, ...]]] = [[cell] for cell in row.cells]
    for line in lines:
        cell = line.cells[0]
        home = next((column for column in columns if _aligned(column[0], cell)), None)
        if home is None:
            columns.append([cell])
        else:
            home.append(cell)
    columns.sort(key=lambda column: column[0][0].x0)
    ordered = [sorted(column, key=lambda cell: -cell[0].y) for column in columns]
    return row_text([" ".join(word.text for cell in column for word in cell) for column in ordered])


def _add_page(
    pieces: list[Piece], rows: Sequence[Row], body: float, levels: dict[float, int], known: Counter[str]
) -> None:
    """Add the pieces of one page; a paragraph that goes on from the page before is prolonged."""
    tables = _table_rows(rows)
    leading = _usual_leading(rows)
    cell_lines = _cell_lines(rows, tables, leading)
    notes_from = _notes_begin(rows, body)
    last_body = next((i for i in range(len(pieces) - 1, -1, -1) if pieces[i].kind != "footnote"), None)
    first = True
    before: Row | None = None
    for index, row in enumerate(rows):
        if tables[index] or index in cell_lines:
            if tables[index]:
                lines = [rows[line] for line, home in cell_lines.items() if home == index]
                pieces.append(Piece(kind="table-row", text=_table_text(row, lines), page=row.page))
            before, first = None, False
            continue
        kind, level = _kind(row, body, levels, index >= notes_from)
        previous = pieces[-1] if before is not None else None
        if previous and before and previous.kind == "heading" and row.text[0].islower():
            kind, level = ("heading", previous.level) if before.bold == row.bold else (kind, level)
        if previous and before and previous.kind == kind and _continues(before, row, kind, leading):
            pieces[-1] = replace(previous, text=_joined(previous.text, row.text, known, " "))
        elif first and last_body is not None and _runs_over(pieces[last_body], kind, row):
            piece = pieces.pop(last_body)
            pages_on = PAGE_BREAK * (row.page - piece.page - piece.text.count(PAGE_BREAK))
            pieces.append(replace(piece, text=_joined(piece.text, row.text, known, pages_on or " ")))
        else:
            pieces.append(Piece(kind=kind, text=row.text, level=level, page=row.page))
        before, first = row, False


def _usual_leading(rows: Sequence[Row]) -> float:
    """Give the most frequent distance of lines on a page, in points."""
    steps = Counter(
        round(one.y - two.y, 0)
        for one, two in pairwise(rows)
        if one.column == two.column and not (one.ruled or two.ruled) and 0 < one.y - two.y < 4 * one.size
    )
    return max(sorted(steps), key=lambda step: steps[step], default=12.0)


def _notes_begin(rows: Sequence[Row], body: float) -> int:
    """Give the index of the row at which the notes at the page's foot begin."""
    begin = len(rows)
    while begin > 0 and 0 < rows[begin - 1].size < SMALLER * body:
        begin -= 1
    while begin < len(rows) and not _NOTE.match(rows[begin].text):
        begin += 1
    return begin


def _kind(row: Row, body: float, levels: dict[float, int], note: bool) -> tuple[str, int]:
    """Tell what a line is by its print."""
    if note:
        return "footnote", 0
    words = row.text
    if _LEADER.search(words):
        return "contents", 0
    letter = next((letter for letter in words if letter.isalpha()), "")
    fits = len(words) <= LONGEST_HEADING and letter.isupper()
    if fits and row.size in levels:
        return "heading", levels[row.size]
    if fits and row.bold and row.size >= SMALLER * body and not _NO_HEADING.search(words):
        return "heading", len(levels) + 1
    return "paragraph", 0


def _continues(before: Row, row: Row, kind: str, leading: float) -> bool:
    """Tell whether a line goes on with what the line before says."""
    if abs(before.size - row.size) > 0.6 or _LEADER.search(before.text):
        return False
    if before.column != row.column or row.y > before.y:
        return not _STOP.search(before.text) and row.text[0].islower()
    if before.y - row.y > LINE_GAP * max(leading, row.size):
        return False
    if kind == "heading":
        return True
    if kind == "footnote":
        return not _NOTE.match(row.text)
    if _BULLET.match(row.text) and row.x0 > before.x0 - SAME_EDGE and _STOP.search(before.text):
        return False
    if _STOP.search(before.text) and row.x0 > before.x0 + row.size:
        return False
    first_word = row.cells[0][0]
    room = before.right - before.x1 > (first_word.x1 - first_word.x0) + 1.5 * row.size
    return not (room and (_STOP.search(before.text) or not row.text[0].islower()))


def _runs_over(piece: Piece, kind: str, row: Row) -> bool:
    """Tell whether the paragraph at the foot of a page goes on at the head of the next."""
    return piece.kind == kind == "paragraph" and not _STOP.search(piece.text) and row.text[0].islower()


def _joined(text: str, more: str, known: Counter[str], gap: str) -> str:
    """Join two lines; a word divided at the line's end is mended as the document writes it elsewhere."""
    if not text.endswith("-") or text.endswith((" -", "--")) or not more[0].islower():
        return f"{text}{gap}{more}"
    start, end = text[:-1].rsplit(None, 1)[-1], more.split(None, 1)[0]
    whole, hyphened = (f"{start}{mark}{end}".strip(".,;:()").lower() for mark in ("", "-"))
    keep = known[hyphened] > known[whole] or (not known[whole] and (start[:1].isupper() or "-" in start))
    kept = text if keep else text[:-1]
    if gap == " ":
        return f"{kept}{more}"
    word, _, rest = more.partition(" ")  # the page ends within the word: it is put on the page it begins on
    return f"{kept}{word}{gap}{rest}"
