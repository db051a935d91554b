"""Say where in its document a passage stands: the headings above it, its page, the nearest named element."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from diplograph.extract.records import SECTION_GAP, Claim, Document, Evidence

__all__ = ["located", "section_paths"]

# The marks with which Markdown makes a line a heading; they are no part of what is printed.
_MARKS = re.compile(r"^(?:#{1,6}\s+|\*\*|__)|(?:\s+#+|\*\*|__)$")


def located(document: Document, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Give the claims of a document, their evidence told where it stands, in the same order."""
    paths = section_paths(document)
    starts = [block.span.start for block in document.blocks]
    anchors: list[str] = []
    for block in document.blocks:
        anchors.append(block.anchor or (anchors[-1] if anchors else ""))

    def place(piece: Evidence) -> Evidence:
        block = bisect_right(starts, piece.start) - 1
        section = document.blocks[block].section if block >= 0 else -1
        return replace(
            piece,
            section=paths[section] if section >= 0 else "",
            page=bisect_right(document.pages, piece.start),
            anchor=anchors[block] if block >= 0 else "",
        )

    return tuple(replace(claim, evidence=tuple(map(place, claim.evidence))) for claim in claims)


def section_paths(document: Document) -> tuple[str, ...]:
    """Give for each section its heading and those above it, as printed, from the topmost down."""
    printed = {
        block.section: _printed(document.text[block.span.start : block.span.end])
        for block in reversed(document.blocks)
        if block.section >= 0 and block.span.start == document.sections[block.section].span.start
    }
    above: list[tuple[int, str]] = []
    paths: list[str] = []
    for index, section in enumerate(document.sections):
        while above and above[-1][0] >= section.level:
            above.pop()
        above.append((section.level, printed.get(index) or section.heading))
        paths.append(SECTION_GAP.join(heading for _, heading in above))
    return tuple(paths)


def _printed(heading: str) -> str:
    return " ".join(_MARKS.sub("", _MARKS.sub("", heading.strip())).split())
