"""Tables of a page that are drawn with lines: which words stand in which cell."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Rule", "RuledRow", "Word", "ruled_rows"]

THICKEST = 2.0  # points: thicker bars are decoration
SHORTEST = 4.0  # points: shorter strokes are the corners of cells
NEAR = 3.0  # points: strokes so close are one line
FEWEST_COLUMNS = 2  # a frame around one column is no table


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a page: left and right edge and base line in points from the lower left corner.

    ``touches`` tells that no blank stands before it: only its print differs from the word before.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    upright: bool = True
    touches: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The outline of a drawn line or box, in points from the lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledRow:
    """A row of a drawn table: the words of each cell, empty cells included, and its upper edge."""

    cells: tuple[str, ...]
    x0: float
    x1: float
    top: float


def ruled_rows(words: Sequence[Word], rules: Iterable[Rule]) -> tuple[tuple[RuledRow, ...], tuple[Word, ...]]:
    """Find the rows of drawn tables, from the top down, and give the words that stand outside of them."""
    upright, level = _strokes(rules)
    rows: list[RuledRow] = []
    left = list(words)
    for low, high in _bands(upright):
        xs = _places(x for x, y0, y1 in upright if y0 >= low - NEAR and y1 <= high + NEAR)
        ys = _places(
            y for y, x0, x1 in level if low - NEAR <= y <= high + NEAR and x1 >= xs[0] and x0 <= xs[-1]
        )
        if len(xs) <= FEWEST_COLUMNS or len(ys) < 2:
            continue
        cells: dict[tuple[int, int], list[Word]] = {}
        outside: list[Word] = []
        for word in left:
            row = bisect_right(ys, word.y + 0.25 * word.size) - 1
            column = bisect_right(xs, (word.x0 + word.x1) / 2) - 1
            if 0 <= row < len(ys) - 1 and 0 <= column < len(xs) - 1:
                cells.setdefault((row, column), []).append(word)
            else:
                outside.append(word)
        left = outside
        for row in sorted({row for row, _ in cells}, reverse=True):
            texts = tuple(_cell_text(cells.get((row, column), ())) for column in range(len(xs) - 1))
            rows.append(RuledRow(cells=texts, x0=xs[0], x1=xs[-1], top=ys[row + 1]))
    return tuple(sorted(rows, key=lambda row: (-row.top, row.x0))), tuple(left)


def _strokes(
    rules: Iterable[Rule],
) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """Sort strokes into upright ones (x, y0, y1) and level ones (y, x0, x1); a box has two of each."""
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for rule in rules:
        width, height = rule.x1 - rule.x0, rule.y1 - rule.y0
        if height > SHORTEST:
            upright += [
                (x, rule.y0, rule.y1) for x in ((rule.x0,) if width <= THICKEST else (rule.x0, rule.x1))
            ]
        if width > SHORTEST:
            level += [
                (y, rule.x0, rule.x1) for y in ((rule.y0,) if height <= THICKEST else (rule.y0, rule.y1))
            ]
    return upright, level


def _bands(upright: Sequence[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Join upright strokes one above the other to the heights of tables, from the top down."""
    bands: list[tuple[float, float]] = []
    for _, low, high in sorted(upright, key=lambda stroke: -stroke[2]):
        if bands and high >= bands[-1][0] - NEAR:
            bands[-1] = (min(low, bands[-1][0]), bands[-1][1])
        else:
            bands.append((low, high))
    return bands


def _places(values: Iterable[float]) -> list[float]:
    """Give the distinct places of lines, in ascending order."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _cell_text(words: Sequence[Word]) -> str:
    """Read the words of a cell line by line; words of a rotated head come in the order of the file."""
    if any(not word.upright for word in words):
        return " ".join(word.text for word in words)
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.y, w.x0)):
        if lines and abs(lines[-1][0].y - word.y) <= 0.45 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return " ".join(word.text for line in lines for word in sorted(line, key=lambda w: w.x0))
