"""Put the rows of tables together and cut them into cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diplograph.extract.records import Document, Span

__all__ = ["Row", "Table", "cells_of", "tables_of"]

ROW_KINDS = frozenset({"table-row"})
HEADING_KINDS = frozenset({"heading", "title", "caption"})
# What may stand between the rows of one table, and between a table and its heading: rules drawn with strokes.
BETWEEN_KINDS = frozenset({"junk"})
_TABBED_CELL = re.compile(r"[^\t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its place in the text, and the place of each cell, white space taken off; None for an empty one."""

    span: Span
    cells: tuple[Span | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that follow each other, and the heading or caption over them."""

    rows: tuple[Row, ...]
    above: Span | None = None


def tables_of(document: Document) -> Iterator[Table]:
    """Give the tables of a document in order.

    The heading is the block right above the first row, or else the heading of the section that it stands in.
    """
    rows: list[Row] = []
    above: Span | None = None
    last: Span | None = None
    for block in document.blocks:
        if block.kind in ROW_KINDS:
            if not rows:
                above = last
                if above is None and block.section >= 0:
                    above = _heading(document, block.section)
            rows.append(Row(span=block.span, cells=cells_of(document.text, block.span)))
        elif block.kind not in BETWEEN_KINDS:
            if rows:
                yield Table(rows=tuple(rows), above=above)
                rows = []
            last = block.span if block.kind in HEADING_KINDS else None
    if rows:
        yield Table(rows=tuple(rows), above=above)


def _heading(document: Document, section: int) -> Span | None:
    start = document.sections[section].span.start
    return next((b.span for b in document.blocks if b.span.start == start), None)


def cells_of(text: str, row: Span) -> tuple[Span | None, ...]:
    """Cut a row into its cells, by strokes if it has any, else by tabs.

    Strokes at both ends (as in Markdown) are the table's frame; one at an end only stands for an empty cell.
    """
    words = text[row.start : row.end]
    if "|" not in words:
        return tuple(
            _bare(text, row.start + m.start(), row.start + m.end()) for m in _TABBED_CELL.finditer(words)
        )
    start, end = row.start, row.end
    if len(words) > 1 and words[0] == words[-1] == "|":
        start, end = start + 1, end - 1
    cells: list[Span | None] = []
    place = start
    for part in text[start:end].split("|"):
        cells.append(_bare(text, place, place + len(part)))
        place += len(part) + 1
    return tuple(cells)


def _bare(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    bare = part.strip()
    if not bare:
        return None
    begin = start + len(part) - len(part.lstrip())
    return Span(begin, begin + len(bare))
