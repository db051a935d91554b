"""Fold the typography of a text so that one spelling of a name matches all, keeping a map back."""

from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.extract.records import Span

__all__ = ["Folded", "fold"]

_QUOTES = dict.fromkeys("‘’‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_TRANSLATION = str.maketrans(_QUOTES | _DASHES)


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


def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """Fold ``text[start:end]``; offsets count from the beginning of ``text``.

    Runs of white space (a hard line break among them) become one space; none is left behind a hyphen
    that joins two words ("Secretary- General", as old transcripts have it). The hyphen itself stays,
    since only a dictionary could tell whether it belongs to the word.
    """
    stop = len(text) if end is None else end
    part = text[start:stop].translate(_TRANSLATION)
    if part.isascii() and "  " not in part and "- " not in part and not any(c in part for c in "\n\r\t\f\v"):
        return Folded(text=part, lower=part.lower(), offsets=range(start, stop + 1))
    chars: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(part, start):
        if char.isspace():
            if chars and (chars[-1] == " " or _inside_word(part, at - start, chars)):
                continue
            char = " "
        elif char in "\u00ad\u200b\u200c\u200d\ufeff":  # invisible: soft hyphen, zero-width marks
            continue
        chars.append(char)
        offsets.append(at)
    offsets.append(stop)
    folded = "".join(chars)
    lower = "".join(low if len(low := c.lower()) == 1 else c for c in folded)
    return Folded(text=folded, lower=lower, offsets=offsets)


def _inside_word(part: str, at: int, before: list[str]) -> bool:
    """Tell whether the white space at ``at`` merely follows a hyphen inside a compound."""
    if len(before) < 2 or before[-1] != "-" or not before[-2].isalpha():
        return False
    follows = part[at:].lstrip()[:4]
    return follows[:1].isalpha() and follows[:4] not in {"and ", "or t", "or s", "to s"} and follows[:3] != "or "
