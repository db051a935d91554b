"""The lines of a text, and whether they were cut by hand within the sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Line", "fill_width", "goes_on", "goes_over", "read_lines", "runs_into", "tabbed_rows"]

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# A line that ends so may end a sentence, an item or an announcement.
_ENDS = re.compile(r"[.?!:;…][\"'”’)\]»]*\d{0,2}$")
# Lines of print hold some sixty to a hundred characters; longer ones are whole paragraphs.
LONGEST_PRINTED_LINE = 140
# In running text that was cut, most lines end within a sentence; of whole paragraphs hardly any do.
CUT_SHARE = 0.3
FEWEST_CUTS = 2  # a single one is a broken paragraph
# Nearly all cut lines are so full that the next word had no room; the few shorter ones are accidents.
ACCIDENTS = 0.05
# A line cut short in the middle of a sentence (a page's end) still fills most of its width.
MOSTLY_FULL = 0.6
# Lines of two cells with a tab between are a table where so many stand together; one alone may be anything.
FEWEST_TABBED_ROWS = 3
LONGEST_CELL = 90
# What stands before the tab of an item or a numbered heading: "1.", "(a)", "II", a bullet.
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[IVXLCivxlc]{1,6})[.)\]]?|\W+")
_LISTED = re.compile(r"[;,:] (?:and|or)$")  # the last but one item of a list
# A heading leaves visible room at its line's end; a little less than the usual width proves nothing.
VISIBLE_ROOM = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank, white space at both ends taken off: ``text`` from ``start`` to ``end``.

    ``indent`` counts the white space before it; ``gap`` tells whether a blank line stands before it.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: bool


def read_lines(text: str) -> tuple[Line, ...]:
    """List the lines that are not blank, whatever the line ends."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if not bare:
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        start = match.start() + indent
        gap = len(_NEWLINE.findall(text[last:start])) > 1
        lines.append(Line(start=start, end=start + len(bare), text=bare, indent=indent, gap=gap))
        last = start + len(bare)
    return tuple(lines)


def fill_width(lines: Sequence[Line], begins_block: Sequence[bool]) -> int:
    """Give the width that a line and the next line's first word together must exceed to be one sentence.

    0 where the text was not cut by hand: each line is then a paragraph. ``begins_block`` marks lines that
    begin something by their form, such as list items; they say nothing about the cutting.
    """
    pairs = [
        (line, after)
        for (line, after), begins in zip(pairwise(lines), begins_block[1:], strict=False)
        if not after.gap and not begins
    ]
    cut = [(line, after) for line, after in pairs if _cut_between(line, after)]
    if len(cut) < max(FEWEST_CUTS, CUT_SHARE * len(pairs)):
        return 0
    lengths = sorted(len(line.text) for line, _ in cut)
    if lengths[int(0.9 * len(lengths))] > LONGEST_PRINTED_LINE:
        return 0
    filled = sorted(_with_next_word(line, after) for line, after in cut)
    return filled[int(ACCIDENTS * len(filled))]


def goes_on(line: Line, after: Line, width: int, *, title: str, dangling: bool = False) -> bool:
    """Tell whether ``after`` continues the paragraph of ``line``.

    ``width`` is that of :func:`fill_width`. ``title`` tells whether the paragraph up to ``line`` reads like a
    heading, which ends where its line has room left: empty, ``plain``, or ``numbered``, which is surer.
    ``dangling`` tells that it ends with a word such as "of the", behind which something must come.
    """
    within = _cut_between(line, after)
    whole = not width and len(line.text) > LONGEST_PRINTED_LINE  # a paragraph cut in two by a page's end
    if dangling and (whole or not after.gap) and not _LISTED.search(line.text):
        return True
    if not width:
        return within and (whole or not after.gap) and line.text[-1] not in ")]" and _ends_open(line)
    if after.gap:
        return within and len(line.text) >= MOSTLY_FULL * width
    if within:
        return True
    filled = _with_next_word(line, after)
    full = filled >= width
    room = {"plain": VISIBLE_ROOM * width, "numbered": width}.get(title, 0)
    ends = _ENDS.search(line.text) is not None
    if after.indent > line.indent:
        return full and not ends
    return full or (not ends and filled >= room and len(line.text) >= MOSTLY_FULL * width)


def goes_over(line: Line, after: Line, width: int, *, title: bool) -> bool:
    """Tell whether the sentence of the last line of a page goes on in the first of the next, ``after``."""
    if _ENDS.search(line.text) or not (_ends_open(line) or line.text[-1].isdigit()):
        return False
    if after.text[0].islower() or after.text[0] == "(":
        return True
    return not title and len(line.text) >= (MOSTLY_FULL * width or LONGEST_PRINTED_LINE)


def runs_into(line: Line, after: Line, width: int) -> bool:
    """Tell whether ``line`` is full and unfinished: the form of ``after`` is an accident of the cutting."""
    if not width or after.gap or _ENDS.search(line.text):
        return False
    return _with_next_word(line, after) >= width


def _cut_between(line: Line, after: Line) -> bool:
    """Tell whether a sentence runs over the line's end: no stop before it, a small letter behind it."""
    return _ENDS.search(line.text) is None and after.text[0].islower()


def _ends_open(line: Line) -> bool:
    """Tell whether a whole paragraph breaks off: it is long and ends with a word or a comma."""
    return len(line.text.split()) > 3 and (line.text[-1].isalpha() or line.text[-1] in ",-–—’")


def _with_next_word(line: Line, after: Line) -> int:
    return len(line.text) + 1 + len(after.text.split(None, 1)[0])


def tabbed_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Give the indexes of lines that are rows of two cells with a tab between, several one after the other."""
    found: list[int] = []
    run: list[int] = []
    for index, line in enumerate(lines):
        cells = re.split(r"\t+", line.text)
        fits = len(cells) == 2 and all(0 < len(cell.strip()) <= LONGEST_CELL for cell in cells)
        if fits and not _ENUMERATOR.fullmatch(cells[0].strip()):
            run.append(index)
            continue
        found += run if len(run) >= FEWEST_TABBED_ROWS else []
        run = []
    found += run if len(run) >= FEWEST_TABBED_ROWS else []
    return frozenset(found)
