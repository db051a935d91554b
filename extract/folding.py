"""Fold the typography of a text so that one spelling of a name matches all, keeping a map back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from diplograph.extract.records import Span
from diplograph.extract.structure_rules import without_page_lines

__all__ = ["Folded", "fold", "folded_text", "lower_of"]

_QUOTES = dict.fromkeys("‘’‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
# Halves of surrogate pairs, which damaged documents hold: no library that matches UTF-8 takes them.
_HALVES = dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
_TRANSLATION = str.maketrans(_QUOTES | _DASHES | _HALVES)
# Soft hyphen and zero-width marks.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\ufeff"
# Where something may change: white space other than one blank behind a word, and what cannot be seen.
_GAP = re.compile(rf"[\s{_INVISIBLE}]{{2,}}|[^\S ]|[{_INVISIBLE}]|(?<=-) ")
# What folding changes in a text of ASCII.
_UNFOLDED = re.compile(r"\s\s|[^\S ]|`|- ")
_WORD_BEHIND = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w]|-\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text and, for each of its code points, the offset it came from.

    ``text`` has straight quotes, plain hyphens and single spaces; ``lower`` is its lower-case form of
    the same length; ``offsets`` has one entry more than ``text``: the end of the original.
    """

    text: str
    lower: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Give the span of the original text that ``text[start:end]`` came from."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@lru_cache(maxsize=4096)  # every pass over a document asks for the same sentences
def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """Fold ``text[start:end]``; offsets count from the beginning of ``text``.

    Runs of white space (a hard line break among them) become one space; none is left behind a hyphen
    that joins two words ("Secretary- General", as old transcripts have it). The hyphen itself stays, unless the
    document writes the word without it elsewhere. Page numbers and running heads on lines
    of their own are read over: a sentence goes on behind them.
    """
    stop = len(text) if end is None else end
    part = without_page_lines(text[start:stop].translate(_TRANSLATION))
    pieces: list[str] = []
    offsets: list[int] = []
    at, tail = 0, ""  # how far the part is copied, the end of the copy
    for gap in _GAP.finditer(part):
        begin, end = gap.span()
        pieces.append(part[at:begin])
        offsets.extend(range(start + at, start + begin))
        tail = (tail + part[max(at, begin - 2) : begin])[-2:]
        for place in range(begin, end):
            if part[place] in _INVISIBLE or tail[-1:] == " ":
                continue
            if _inside_word(part, place, tail):
                if pieces[-1] and _is_divided(text, part, begin, end):
                    pieces[-1] = pieces[-1][:-1]
                    offsets.pop()
                    break
                continue
            pieces.append(" ")
            offsets.append(start + place)
            tail = tail[-1:] + " "
        at = end
    if not pieces:
        return Folded(text=part, lower=lower_of(part), offsets=range(start, stop + 1))
    pieces.append(part[at:])
    offsets.extend(range(start + at, stop + 1))
    folded = "".join(pieces)
    return Folded(text=folded, lower=lower_of(folded), offsets=offsets)


def folded_text(text: str) -> str:
    """Give the folded form of a short text, such as a name, without the map back."""
    return text if text.isascii() and not _UNFOLDED.search(text) else fold(text).text


def lower_of(text: str) -> str:
    """Give the lower-case form of the same length, letter by letter."""
    lower = text.lower()
    if text.isascii() or (
        len(lower) == len(text) and "Σ" not in text
    ):  # a final sigma has its own small form
        return lower
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _is_divided(text: str, part: str, begin: int, end: int) -> bool:
    """Tell whether the hyphen before a line's end only divides a word, as the rest of the document proves.

    It does where the document has the word without the hyphen and never with it, and its first half is no
    word of the document: "coun-" and "tries", but not "peace-" and "keeping".
    """
    if "\n" not in part[begin:end] and "\r" not in part[begin:end]:
        return False
    behind = _WORD_BEHIND.match(part, end)
    if not behind or not behind[0][0].islower():
        return False
    first = begin - 1
    while first > 0 and part[first - 1].isalpha():
        first -= 1
    words = _words_of(text)
    start, rest = part[first : begin - 1].lower(), behind[0].lower()
    return start + rest in words and f"{start}-{rest}" not in words and start not in words


@lru_cache(maxsize=4)
def _words_of(text: str) -> frozenset[str]:
    """Give the words of a text in small letters, compounds with their hyphens; halves at lines' ends are none."""
    return frozenset(m[0].lower() for m in _WORDS.finditer(text))


def _inside_word(part: str, at: int, before: str) -> bool:
    """Tell whether the white space at ``at`` merely follows a hyphen inside a compound."""
    if len(before) < 2 or before[-1] != "-" or not (before[-2].isalpha() or before[-2] == "."):
        return False
    follows = part[at:].lstrip()[:4]
    return (
        follows[:1].isalpha() and follows[:4] not in {"and ", "or t", "or s", "to s"} and follows[:3] != "or "
    )
