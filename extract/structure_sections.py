"""Put headings below one another: from printed numbers to sections that contain sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.extract.records import Section, Span
from diplograph.extract.structure_rules import Number

__all__ = ["Heading", "build_sections"]

PLAIN = "plain"  # the style of a heading without a number
CHIEF_RANK = 1
LONGEST_GAP = 10  # headings may be missing from an excerpt; a longer gap means another kind of number
MARKED = "marked"  # the style of a heading whose depth is given by marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading block: its words, the ways to read its number, and its depth where marks give it (else 0)."""

    block: int
    span: Span
    title: str
    numbers: tuple[Number, ...] = ()
    marks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A section that is still open: the heading's style, its number's value and its place in the result."""

    style: str
    value: int
    section: int
    marks: int = 0


def build_sections(
    headings: Sequence[Heading], blocks: int, length: int
) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """Make the sections of a document and say for each of its ``blocks`` in which it stands (or -1).

    A number that follows one of its kind stands on the same level; a kind of number not open yet, or
    one that begins anew, goes one level deeper. ``length`` is that of the text: a section reaches from its
    heading to the next on its level or above.
    """
    stack: list[_Open] = []
    made: list[tuple[Heading, int, str, tuple[str, ...]]] = []
    for index, heading in enumerate(headings):
        depth, style, value, printed = _place(stack, heading)
        del stack[depth:]
        stack.append(_Open(style=style, value=value, section=index, marks=heading.marks))
        path = tuple(headings[item.section].title for item in stack)
        made.append((heading, depth + 1, printed, path))
    ends = _section_ends([level for _, level, _, _ in made], [h.span.start for h in headings], length)
    sections = tuple(
        Section(heading=h.title, number=printed, level=level, span=Span(h.span.start, end), path=path)
        for (h, level, printed, path), end in zip(made, ends, strict=True)
    )
    of_block = [-1] * blocks
    for index, heading in enumerate(headings):
        stop = headings[index + 1].block if index + 1 < len(headings) else blocks
        of_block[heading.block : stop] = [index] * (stop - heading.block)
    return sections, tuple(of_block)


def _section_ends(levels: Sequence[int], starts: Sequence[int], length: int) -> list[int]:
    """Give for each section where the next of its level or above begins."""
    ends = [length] * len(levels)
    pending: list[int] = []
    for index, level in enumerate(levels):
        while pending and levels[pending[-1]] >= level:
            ends[pending.pop()] = starts[index]
        pending.append(index)
    return ends


def _place(stack: Sequence[_Open], heading: Heading) -> tuple[int, str, int, str]:
    """Give the depth (0 the topmost), the style, the value and the printed number of a heading."""
    if heading.marks:
        depth = next((d for d, item in enumerate(stack) if item.marks >= heading.marks), len(stack))
        number = heading.numbers[0] if heading.numbers else None
        return depth, MARKED, number.value if number else 0, number.printed if number else ""
    if not heading.numbers:
        same = [depth for depth, item in enumerate(stack) if item.style == PLAIN]
        return (same[-1] if same else len(stack)), PLAIN, 0, ""
    for number in heading.numbers:  # the one that continues a count is how it was meant
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].style == number.style and stack[depth].value + 1 == number.value:
                return depth, number.style, number.value, number.printed
    begins = [number for number in heading.numbers if number.value == 1]
    for number in () if begins else heading.numbers:
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].style == number.style and 0 < number.value - stack[depth].value <= LONGEST_GAP:
                return depth, number.style, number.value, number.printed
    number = begins[0] if begins else min(heading.numbers, key=lambda n: n.value)
    alike = [depth for depth, item in enumerate(stack) if item.style == number.style]
    depth = len(stack)
    if number.rank == CHIEF_RANK:  # nothing but its like contains a chapter
        depth = alike[0] if alike else 0
    return depth, number.style, number.value, number.printed
