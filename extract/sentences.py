"""Split blocks into sentences: a splitter for diplomatic English, without a model."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from diplograph.extract.records import Block, Sentence, Span
from diplograph.extract.structure_rules import matching_turn, without_page_lines
from diplograph.ontology.errors import TableError

__all__ = ["Abbreviations", "load_abbreviations", "split_sentences"]

TABLE = "abbreviations.tsv"
# What is not read as sentences at all, and what is one unit whatever its punctuation.
UNREAD_KINDS = frozenset({"junk"})
WHOLE_KINDS = frozenset({"title", "heading", "contents", "table-row"})
# A bracket opened longer ago was never closed; it does not hold the sentence together.
LONGEST_ASIDE = 400
LONGEST_TOKEN = 40  # characters before a stop that may make an abbreviation
# A stop, what closes behind it, and a footnote's number; then white space, or a sentence that forgot it.
_CANDIDATE = re.compile(
    r"(?P<stop>\.{3,}|…|[.?!]+)(?P<close>[\"'”’)\]»]*)(?P<note>(?<=[^\W\d][.?!”’\")])\d{1,3}(?=\s)|\[\d{1,3}\])?"
    r"(?:\s+|(?<=[a-z]{2}\.)(?=[A-Z][a-z’']*\s)|$)"
)
_TOKEN_START = re.compile(r"[\s(\[“\"‘«]")
_NEXT = re.compile(r"[\"'“‘(\[«•–—*-]*\s?(?P<word>[^\W_][\w’'-]*)?")
_INITIAL = re.compile(r"(?:[A-Z]\.)+|[A-Z][a-z]?\.-[A-Z]\.")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[IVXLCivxlc]{1,6})[.)]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """Words whose stop need not end a sentence, by what may follow, and words that begin sentences."""

    never: frozenset[str]
    before_number: frozenset[str]
    before_other: frozenset[str]
    starters: frozenset[str]


@functools.cache
def load_abbreviations() -> Abbreviations:
    """Read the table of abbreviations of the package."""
    by_class: dict[str, set[str]] = {
        name: set() for name in ("title", "latin", "reference", "month", "closing", "starter")
    }
    lines = files("diplograph.extract.rules").joinpath(TABLE).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        form, name, _ = line.split("\t")
        if name not in by_class:
            raise TableError(
                TABLE, form, f"has the unknown class {name!r}", f"use one of {', '.join(by_class)}"
            )
        by_class[name].add(form)
    return Abbreviations(
        never=frozenset(by_class["title"] | by_class["latin"]),
        before_number=frozenset(by_class["reference"] | by_class["month"]),
        before_other=frozenset(by_class["closing"] | by_class["month"]),
        starters=frozenset(by_class["starter"]),
    )


def split_sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Split the blocks of ``text`` into sentences, in order, disjoint, each within its block.

    Headings, table rows and lines of contents are one sentence each; junk has none. Semicolons and
    colons do not split. White space at a sentence's ends is left out; a footnote's number behind its stop
    is kept. The words that name the speaker of a record are a sentence of their own.
    """
    table = load_abbreviations()
    sentences: list[Sentence] = []
    for index, block in enumerate(blocks):
        if block.kind in UNREAD_KINDS:
            continue
        part = text[block.span.start : block.span.end]
        cuts = () if block.kind in WHOLE_KINDS else tuple(_boundaries(without_page_lines(part), table))
        start = 0
        turned = matching_turn(part) if block.kind not in WHOLE_KINDS else None
        if turned and turned[0].label:
            label = turned[1].end()
            cuts = (label, *(cut for cut in cuts if cut > label))
        for cut in (*cuts, len(part)):
            piece = part[start:cut]
            bare = piece.strip()
            if bare:
                begin = block.span.start + start + len(piece) - len(piece.lstrip())
                sentences.append(Sentence(span=Span(begin, begin + len(bare)), block=index))
            start = cut
    return tuple(sentences)


def _boundaries(part: str, table: Abbreviations) -> Iterator[int]:
    """Give the offsets in ``part`` behind which a new sentence begins."""
    start = 0
    for match in _CANDIDATE.finditer(part):
        if match.end() >= len(part):
            return
        if _ends_sentence(part, start, match, table):
            start = match.end()
            yield start


def _ends_sentence(part: str, start: int, match: re.Match[str], table: Abbreviations) -> bool:
    """Weigh one stop of the sentence that begins at ``start``."""
    following = _NEXT.match(part, match.end())
    word = following["word"] if following else None
    rest = part[match.end()]
    if word is None:
        if rest.isalnum() or not following or not following[0]:
            return False
    elif word[0].islower() and not _is_item(part, match.end()):
        return False
    if _inside_aside(part, start, match):
        return False
    if match["stop"] != "." or match["close"].strip("'\"”’"):
        return True
    window = part[max(start, match.end("stop") - LONGEST_TOKEN) : match.end("stop")]
    if match.start("stop") - start < len(window) and _ENUMERATOR.fullmatch(window[:-1].strip()):
        return False
    token = _TOKEN_START.split(window)[-1]
    return _word_ends_sentence(token, word or "", bool(match["close"]), table)


def _word_ends_sentence(token: str, word: str, quoted: bool, table: Abbreviations) -> bool:
    """Weigh a single stop by the token it belongs to and the word behind it."""
    token = token.rsplit("-", 1)[-1] if token.rsplit("-", 1)[-1] in table.before_other else token
    if token in table.never or (token.isupper() and len(token) > 2 and token.capitalize() in table.never):
        return False
    if token in table.before_number and (word[:1].isdigit() or _ROMAN.fullmatch(word)):
        return False
    if token in table.before_number and token not in table.before_other:
        return word in table.starters or token.lower() == "no."
    if token in table.before_other or _INITIAL.fullmatch(token):
        return quoted or word in table.starters
    return True


_ROMAN = re.compile(r"[IVXLC]+")


def _is_item(part: str, at: int) -> bool:
    """Tell whether a lettered or bulleted item begins at ``at``; items may begin with a small letter."""
    return part[at] in "•‣▪●"


def _inside_aside(part: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the stop stands within a bracket that is closed later on."""
    low = max(start, match.start() - LONGEST_ASIDE)
    opened = part.rfind("(", low, match.start())
    if opened < 0 or ")" in part[opened : match.end()]:
        return False
    closed = part.find(")", match.end(), match.end() + LONGEST_ASIDE)
    reopened = part.find("(", match.end(), match.end() + LONGEST_ASIDE)
    return closed >= 0 and not 0 <= reopened < closed
