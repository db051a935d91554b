"""Find abbreviations and short forms that a text introduces: ``Full Name (FN)``."""

import re
from collections.abc import Container, Iterator, Sequence

__all__ = ["introduced_forms"]

_AFTER_NAME = re.compile(
    r'[,"]?"?(?P<state>, [A-Z][a-z]+(?: [A-Z][a-z]+)?)? ?\((?:hereinafter|hereafter|henceforth|known as|also known as|formerly|or)?[: ]*'
    r'(?:referred to as )?(?:the )?"?(?P<form>[A-Z0-9][^()",;]{0,40}?)"?\)'
)

# Where a body begins in the name of its organ ("the Minsk Group of the Body").
_OF_BODY = re.compile(r"[A-Z]\w+ of (?:the )?(?=[A-Z])")
# Where the body begins in the name of its sitting ("the fourth summit of the Body").
_OF_THE = re.compile(r"\b(?:session|summit|meeting|conference|round|Session|Summit|Meeting)s? of (?:the )?")


def introduced_forms(
    text: str, names: Sequence[tuple[int, int]], listed: Container[tuple[int, int]] = frozenset()
) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, short form)`` for each name with a short form in parentheses behind it.

    A name that ends with one of ``listed`` spans gives way to it if its first letters are the form.
    The form must be an abbreviation of the name (its letters in order, after Schwartz and Hearst,
    PSB 2003) or share a capitalised word with it; a month, a year or a state in parentheses is neither.
    """
    for start, end in names:
        match = _AFTER_NAME.match(text, end)
        if not match:
            continue
        form = match["form"].strip()
        inner = [start + m.end() for m in _OF_THE.finditer(text[start:end])]
        inner += [
            start + m.end()
            for m in _OF_BODY.finditer(text[start:end])
            if (start + m.end(), end) in listed and _initials(text[start + m.end() : end]) == form
        ]
        for begin in (*reversed(inner), start):
            if begin == start and inner and form[0].lower() != text[start].lower():
                continue  # not the sitting is abbreviated, but the body in its name
            if _abbreviates(form, text[begin:end], whole=begin > start) or (
                begin == start and not match["state"] and _shares_word(form, text[start:end])
            ):
                yield begin, end, form
                break
        else:
            if match["state"]:
                continue
            for begin in (*reversed(inner), start):  # "the India-U.S. Port Working Group (PWG)"
                if (begin > start and _abbreviates(form, text[begin:end])) or _reorders(
                    form, text[begin:end]
                ):
                    yield begin, end, form
                    break


def _initials(name: str) -> str:
    """Give the first letters of the capitalised words of a name."""
    return "".join(word[0] for word in name.split(" ") if word[:1].isupper())


def _abbreviates(short: str, full: str, *, whole: bool = False) -> bool:
    """Tell whether the letters of ``short`` stand in ``full`` in order; with ``whole``, beginning both alike."""
    if whole and short[:1].lower() != full[:1].lower():
        return False
    letters = [c for c in short if c.isalnum()]
    if not 2 <= len(letters) <= 12 or " " in short.strip() or sum(c.isupper() for c in letters) < 2:
        return False
    at = len(full) - 1
    for index in range(len(letters) - 1, -1, -1):
        wanted = letters[index].lower()
        while at >= 0 and (full[at].lower() != wanted or (index == 0 and at > 0 and full[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
        at -= 1
    return True


def _reorders(short: str, full: str) -> bool:
    """Tell whether ``short`` abbreviates the name in another language: its initials, some in another order."""
    initials = list(_initials(full))
    if not short.isalpha() or not short.isupper() or not 3 <= len(short) <= len(initials) + 1:
        return False
    for letter in short:
        if letter in initials:
            initials.remove(letter)
    return not initials or (len(initials) == 1 and len(short) > 3)


def _shares_word(short: str, full: str) -> bool:
    words = [w for w in short.split(" ") if w[:1].isupper() and len(w) > 3]
    return bool(words) and len(short.split(" ")) > 1 and all(w in full.split(" ") for w in words[-1:])
