"""Lay the rows of an answer out as a table for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from diplograph.exports.iris import BASE, prefixes

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["table"]

# Quotations are long: a cell ends after this many columns, so that a row stays a line on a wide screen.
CELL_WIDTH: Final = 72


def table(names: Sequence[str], rows: "Sequence[Sequence[ox.NamedNode | ox.Literal | None]]") -> str:
    """Give the rows under their names, in columns that fit their cells, and the number of rows at the end.

    Entities are written as paths (``country/JPN``), other IRIs with their prefix; long cells end in an
    ellipsis.
    """
    cells = [list(names), *([_cell(term) for term in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths) for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return "\n".join([*lines, f"({count})", ""])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def _cell(term: "ox.NamedNode | ox.Literal | None") -> str:
    if term is None:
        return ""
    value = getattr(term, "value", str(term))
    if type(term).__name__ == "NamedNode":
        return _short(value)
    text = " ".join(value.split())
    return text if len(text) <= CELL_WIDTH else f"{text[: CELL_WIDTH - 1]}…"


def _short(name: str) -> str:
    if name.startswith(BASE):
        return name.removeprefix(BASE)
    for prefix, namespace in prefixes().items():
        if name.startswith(namespace):
            return f"{prefix}:{name.removeprefix(namespace)}"
    return name


def _width(text: str) -> int:
    """Count the columns of a terminal that a text takes; East Asian characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
