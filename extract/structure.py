"""Divide a text into blocks (headings, paragraphs, items, captions …) and sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diplograph.extract.readers_model import Hint
from diplograph.extract.records import Block, Section, Span
from diplograph.extract.structure_lines import (
    Line,
    fill_width,
    goes_on,
    goes_over,
    read_lines,
    runs_into,
    tabbed_rows,
)
from diplograph.extract.structure_rules import (
    LineRule,
    Number,
    StructureRules,
    load_structure_rules,
    looks_like_title,
    matching_line_rule,
    read_numbers,
)
from diplograph.extract.structure_sections import Heading, build_sections

__all__ = ["structure"]

SINGLE_LINE_KINDS = frozenset({"heading", "junk", "contents", "table-row"})
LONGEST_HEADING_LINES = 3
LONGEST_ITEM_WORDS = 12  # a numbered unit that is longer and ends with a stop is a numbered paragraph
LONGEST_CONTENTS_LINE = 160
FEWEST_QUOTED_WORDS = 6  # fewer words in quotation marks are a name
TITLE_AMONG_FIRST = 3  # above a title stand at most a label and a date
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_STOP = re.compile(r"[.?!;,:…][\"'”’)\]»]*\d{0,3}$")
_NOT_WORDS = re.compile(r"[\W_]+|\d+$")
# Numbers that stand bare before a word are too often its article or its count to make an item.
BARE_STYLES = frozenset({"upper-bare", "lower-bare"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A block in the making: its lines joined, what a rule said of it, what its number may be.

    ``apart`` tells whether a new block behind it is a matter of course: after a blank line, or where lines
    are never cut.
    """

    span: Span
    text: str
    kind: str = ""
    title: str = ""
    numbers: tuple[Number, ...] = ()
    marks: int = 0
    lines: int = 1
    apart: bool = True
    anchor: str = ""


def structure(text: str, *, hints: Sequence[Hint] = ()) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Divide ``text`` into sections and blocks, both in the order of the text, blocks disjoint.

    Lines are joined to paragraphs only where the document's own lines show that they were cut by hand;
    otherwise each line is a block. A heading, caption, footnote or list item begins a block of its own.
    Sections contain one another; a block's section is the innermost. ``hints`` are the blocks that a
    format such as HTML tells; they take the place of lines.
    """
    rules = load_structure_rules()
    drafts = tuple(_decided(list(_hinted(text, hints, rules) if hints else _drafts(text, rules)), rules))
    headings = [
        Heading(block=index, span=d.span, title=d.title, numbers=d.numbers, marks=d.marks)
        for index, d in enumerate(drafts)
        if d.kind == "heading"
    ]
    sections, of_block = build_sections(headings, len(drafts), len(text))
    blocks = tuple(
        Block(kind=d.kind, span=d.span, section=s, anchor=d.anchor)
        for d, s in zip(drafts, of_block, strict=True)
    )
    return sections, blocks


def _hinted(text: str, hints: Sequence[Hint], rules: StructureRules) -> Iterator[_Draft]:
    """Make a block of each hint; a paragraph may turn out to be something else by its form."""
    for hint in hints:
        words = text[hint.span.start : hint.span.end]
        match = matching_line_rule(words, rules) if hint.kind == "paragraph" else None
        told = "" if hint.kind == "paragraph" else hint.kind
        kind = match[0].kind if match else told
        yield _Draft(span=hint.span, text=words, kind=kind, marks=hint.level, anchor=hint.anchor)


def _drafts(text: str, rules: StructureRules) -> Iterator[_Draft]:
    """Join lines to blocks; what a rule says of the first line holds for the block."""
    lines = read_lines(text)
    matches = [matching_line_rule(line.text, rules) for line in lines]
    tabbed = tabbed_rows(lines)
    width = fill_width(lines, [match is not None or i in tabbed for i, match in enumerate(matches)])
    index = 0
    while index < len(lines):
        first = index
        match = matches[index]
        kind = "table-row" if index in tabbed else match[0].kind if match else ""
        joined = lines[first].text
        while kind not in SINGLE_LINE_KINDS and index + 1 < len(lines):
            line, after = lines[index], lines[index + 1]
            if index + 1 in tabbed:
                break
            title = "" if kind or index - first >= LONGEST_HEADING_LINES else _title_so_far(joined, rules)
            over = _over_page(matches, index)
            if over > index + 1:
                behind = lines[over] if over < len(lines) and matches[over] is None else None
                if behind is None or not goes_over(line, behind, width, title=bool(title)):
                    break
                index = over
                joined = f"{joined} {behind.text}"
                continue
            form = matches[index + 1]
            if form:
                accident = not kind and form[0].kind not in SINGLE_LINE_KINDS
                joins = accident and runs_into(line, after, width)
            else:
                dangling = line.text.rsplit(None, 1)[-1] in rules.form.small_words
                joins = goes_on(line, after, width, title=title, dangling=dangling)
                joins = joins and not _begins_unit(line, after, bool(title) or not width, rules)
            if not joins or (kind == "caption" and not _caption_goes_on(joined, after)):
                break
            index += 1
            joined = f"{joined} {after.text}"
        groups = match[1].groupdict() if match else {}
        yield _Draft(
            span=Span(lines[first].start, lines[index].end),
            text=joined,
            kind=kind,
            title=groups.get("title") or "",
            marks=len(groups.get("marks") or ""),
            lines=index + 1 - first,
            apart=not width or index + 1 == len(lines) or lines[index + 1].gap,
        )
        index += 1


def _over_page(matches: Sequence[tuple[LineRule, re.Match[str]] | None], index: int) -> int:
    """Give the index of the next line that belongs to the text, not to the page."""
    index += 1
    while index < len(matches) and (match := matches[index]) and match[0].page:
        index += 1
    return index


def _caption_goes_on(joined: str, after: Line) -> bool:
    """Tell whether a caption is unfinished: in the middle of a phrase or of a bracket."""
    return after.text[0].islower() or joined.count("(") > joined.count(")")


def _title_so_far(joined: str, rules: StructureRules) -> str:
    """Tell whether the lines joined so far read like a heading, with a number or without."""
    numbers = [number for number in read_numbers(joined, rules) if number.style not in BARE_STYLES]
    if any(looks_like_title(number.title, rules.form, numbered=True) for number in numbers):
        return "numbered"
    return "plain" if looks_like_title(joined, rules.form) else ""


def _begins_unit(line: Line, after: Line, unfinished: bool, rules: StructureRules) -> bool:
    """Tell whether a numbered heading or item begins with ``after``.

    The text before must have ended, unless it may be ``unfinished`` (a heading has no stop).
    """
    if not unfinished and not _STOP.search(line.text):
        return False
    return any(
        number.style not in BARE_STYLES or looks_like_title(number.title, rules.form, numbered=True)
        for number in read_numbers(after.text, rules)
    )


def _decided(drafts: Sequence[_Draft], rules: StructureRules) -> Iterator[_Draft]:
    """Decide for each block what it is, from its form and its neighbours."""
    decided: list[_Draft] = []
    for index, draft in enumerate(drafts):
        after = drafts[index + 1] if index + 1 < len(drafts) else None
        if after and after.kind == "junk" and _UNDERLINE.fullmatch(after.text) and draft.lines == 1:
            marks = 1 if after.text[0] == "=" else 2
            if looks_like_title(draft.text, rules.form, alone=True):
                draft = replace(draft, kind="heading", marks=marks)
        if draft.kind == "heading":
            title = draft.title or draft.text
            numbers = read_numbers(title, rules)
            if numbers and numbers[0].title:
                title = numbers[0].title
            decided.append(replace(draft, title=title, numbers=numbers))
        elif draft.kind:
            decided.append(draft)
        elif (
            draft.lines > 1
            and (match := matching_line_rule(draft.text, rules))
            and match[0].kind == "caption"
        ):
            decided.append(replace(draft, kind="caption"))
        else:
            decided.append(_by_form(draft, decided, after, rules))
    _mark_contents(decided, rules)
    _mark_title(decided)
    return iter(decided)


def _by_form(draft: _Draft, before: Sequence[_Draft], after: _Draft | None, rules: StructureRules) -> _Draft:
    """Decide what a block is that no rule knows: a heading, a numbered item or a paragraph."""
    numbers = read_numbers(draft.text, rules)
    short = draft.lines <= LONGEST_HEADING_LINES
    if numbers and short:
        fitting = tuple(
            n for n in numbers if not n.title or looks_like_title(n.title, rules.form, numbered=True)
        )
        if fitting:
            title = fitting[0].title or draft.text
            return replace(draft, kind="heading", title=title, numbers=fitting)
    counted = [number for number in numbers if number.style not in BARE_STYLES]
    if counted:
        long = len(draft.text.split()) > LONGEST_ITEM_WORDS and draft.text.endswith((".", "”", '"'))
        dotted = counted[0].style in ("arabic-dot", "decimal")
        return replace(draft, kind="paragraph" if long and dotted else "list-item")
    if after and after.kind == "caption" and short and not _STOP.search(draft.text):
        return replace(draft, kind="caption")
    alone = draft.apart and (after is None or not before or len(after.text) > len(draft.text))
    if short and looks_like_title(draft.text, rules.form, alone=alone):
        return replace(draft, kind="heading", title=draft.text)
    quoted = len(draft.text.split()) >= FEWEST_QUOTED_WORDS and rules.quotation.match(draft.text)
    return replace(draft, kind="quotation" if quoted else "paragraph")


def _mark_contents(drafts: list[_Draft], rules: StructureRules) -> None:
    """Mark the entries of a table of contents that has a title: they end where the first is repeated."""
    for index, draft in enumerate(drafts):
        if draft.text.strip("*#_ ").lower() not in rules.form.contents_titles:
            continue
        drafts[index] = replace(draft, kind="contents")
        entries: set[str] = set()
        for place in range(index + 1, len(drafts)):
            entry = drafts[place]
            key = _NOT_WORDS.sub("", entry.text.lower())
            long = len(entry.text) > LONGEST_CONTENTS_LINE or entry.text.endswith(".")
            if long or entry.marks or key in entries or entry.kind in ("junk", "caption", "footnote"):
                break
            entries.add(key)
            drafts[place] = replace(entry, kind="contents")


def _mark_title(drafts: list[_Draft]) -> None:
    """Call the first heading the title if it has no number and only labels stand before it."""
    place = 0
    for index, draft in enumerate(drafts):
        if draft.kind == "title":
            return
        if draft.kind == "heading":
            if not draft.numbers and draft.marks <= 1:
                drafts[index] = replace(draft, kind="title")
            return
        if draft.kind not in ("junk", "contents"):
            place += 1
        if place >= TITLE_AMONG_FIRST or _STOP.search(draft.text):
            return
