"""The lines of a page in reading order: columns one after the other, running heads left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from diplograph.extract.readers_pdf_tables import Rule, RuledRow, Word, ruled_rows

__all__ = ["Page", "Row", "body_size", "in_columns", "page_rows", "running_lines"]

SAME_LINE = 0.45  # of the font size: raised and lowered figures stand this far off their line
CELL_GAP = 1.5  # of the font size: blanks of justified text stay below
TOUCHING = 0.1  # of the font size: no blank is as narrow
MARGIN_SHARE = 0.12  # of the page's height: where running heads and page numbers stand
HEAD_PAGES = 3  # a line that stands at the same place on so many pages belongs to the pages, not to the text
COLUMN_ROWS, COLUMN_WORDS = 8, 3.0  # a column of text has many lines of several words; a table's has not
_NUMBER_LINE = re.compile(
    r"[-–—\s]*(?:[Pp]age\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*"
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on a page: words in the order of the file, drawn lines, and its height in points."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Words on one base line within one column, split into cells where wide gaps stand.

    ``ruled`` holds the cells of a row of a drawn table.
    """

    cells: tuple[tuple[Word, ...], ...]
    y: float
    size: float
    page: int
    column: int = 0
    right: float = 0.0
    ruled: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for cell in self.cells for word in cell)

    @property
    def x0(self) -> float:
        return self.cells[0][0].x0

    @property
    def x1(self) -> float:
        return self.cells[-1][-1].x1

    @property
    def bold(self) -> bool:
        return all(word.bold for cell in self.cells for word in cell if word.text.isalpha())


def page_rows(page: Page, number: int) -> list[Row]:
    """Put words on lines, from the top down, each from left to right; rotated words make one row."""
    drawn, words = ruled_rows(page.words, page.rules)
    lines: list[list[Word]] = []
    for word in sorted((w for w in words if w.upright), key=lambda w: (-w.y, w.x0)):
        near = next((line for line in reversed(lines[-3:]) if _on_line(line, word)), None)
        if near is None:
            lines.append([word])
        else:
            near.append(word)
    rows = [_row(line, number) for line in lines]
    rows += [_drawn_row(row, number) for row in drawn]
    rotated = [word for word in words if not word.upright]
    if rotated:
        top = max(word.y for word in rotated)
        texts = tuple(word.text for word in rotated)
        rows.append(_drawn_row(RuledRow(cells=texts, x0=rotated[0].x0, x1=rotated[-1].x1, top=top), number))
    return sorted(rows, key=lambda row: (-row.y, row.x0))


def _drawn_row(row: RuledRow, page: int) -> Row:
    words = Word(text=" ".join(filter(None, row.cells)), x0=row.x0, x1=row.x1, y=row.top, size=0.0)
    return Row(cells=((words,),), y=row.top, size=0.0, page=page, ruled=row.cells)


def _on_line(line: Sequence[Word], word: Word) -> bool:
    widest = max(line, key=lambda w: w.size)
    return abs(widest.y - word.y) <= SAME_LINE * max(widest.size, word.size)


def _row(line: Sequence[Word], page: int) -> Row:
    ordered = sorted(line, key=lambda w: w.x0)
    size = Counter({w.size: 0 for w in ordered})
    for w in ordered:
        size[w.size] += len(w.text)
    main = max(sorted(size), key=lambda s: size[s])
    cells: list[list[Word]] = [[ordered[0]]]
    for before, word in pairwise(ordered):
        gap = word.x0 - before.x1
        if gap > CELL_GAP * main:
            cells.append([word])
        elif word.touches and gap < TOUCHING * main:  # a raised note number, a stop behind italics
            last = cells[-1][-1]
            cells[-1][-1] = replace(last, text=last.text + word.text, x1=max(last.x1, word.x1))
        else:
            cells[-1].append(word)
    base = Counter(round(w.y, 1) for w in ordered).most_common(1)[0][0]
    return Row(cells=tuple(tuple(cell) for cell in cells), y=base, size=round(main, 1), page=page)


def running_lines(
    rows: Sequence[Sequence[Row]], heights: Sequence[float]
) -> frozenset[tuple[int, float, float]]:
    """Find the lines at the edges of pages that belong to the pages."""
    edges: list[tuple[str, Row]] = []
    for page, height in zip(rows, heights, strict=True):
        for row in page:
            if row.y > height * (1 - MARGIN_SHARE) or row.y < height * MARGIN_SHARE:
                edges.append((_DIGITS.sub("#", row.text), row))
    places = Counter((words, round(row.y / 6)) for words, row in edges)
    return frozenset(
        (row.page, row.y, row.x0)
        for words, row in edges
        if sum(places[words, round(row.y / 6) + shift] for shift in (-1, 0, 1)) >= HEAD_PAGES
        or _NUMBER_LINE.fullmatch(row.text)
    )


def body_size(rows: Sequence[Sequence[Row]]) -> float:
    """Give the font size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for page in rows:
        for row in page:
            sizes[row.size] += 0 if row.ruled else len(row.text)
    return max(sorted(sizes), key=lambda size: sizes[size], default=1.0)


def in_columns(rows: Sequence[Row]) -> list[Row]:
    """Put the rows of a page with two columns of text in reading order; others keep their order."""
    gutter = _gutter(rows)
    if gutter is None:
        right = max((row.x1 for row in rows), default=0.0)
        return [replace(row, right=right) for row in rows]
    ordered: list[Row] = []
    for crossing, band in groupby(rows, key=lambda row: _crosses(row, gutter)):
        members = list(band)
        if crossing:
            right = max(row.x1 for row in members)
            ordered += [replace(row, right=right) for row in members]
            continue
        for column, side in enumerate((True, False), 1):
            half = [part for row in members if (part := _side(row, gutter, side))]
            right = max((row.x1 for row in half), default=0.0)
            ordered += [replace(row, column=column, right=right) for row in half]
    return ordered


def _gutter(rows: Sequence[Row]) -> float | None:
    """Find the x between two columns of text, or None."""
    gaps: Counter[int] = Counter()
    for row in rows:
        for left, right in pairwise(row.cells):
            for x in range(int(left[-1].x1) + 1, int(right[0].x0) + 1):
                gaps[x] += 1
    if not gaps:
        return None
    most = max(gaps.values())
    best = [x for x in sorted(gaps) if gaps[x] == most]
    middle = float(best[len(best) // 2])
    both = [
        row
        for row in rows
        if not _crosses(row, middle) and _side(row, middle, True) and _side(row, middle, False)
    ]
    if len(both) < COLUMN_ROWS or any(len(row.cells) > 2 for row in both):
        return None
    for side in (True, False):
        halves = [half for row in both if (half := _side(row, middle, side))]
        if sum(len(half.cells[0]) for half in halves) < COLUMN_WORDS * len(halves):
            return None
    return middle


def _crosses(row: Row, x: float) -> bool:
    return bool(row.ruled) or any(cell[0].x0 < x < cell[-1].x1 for cell in row.cells)


def _side(row: Row, x: float, left: bool) -> Row | None:
    cells = tuple(cell for cell in row.cells if (cell[-1].x1 <= x) == left)
    return replace(row, cells=cells) if cells else None
