"""Cut a folded sentence into the tokens that name grammars read."""

import re
from typing import NamedTuple

__all__ = ["Token", "tokenize"]

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?:-(?:(?:[A-Z]\.)+|[^\W_]+))*"  # U.S., U.S.-ROK
    r"|[DMNO]'[A-Z][^\W\d_]+(?:-[^\W\d_]+)*"  # O'Higgins, N'Guesso
    r"|[^\W_]+(?:[-/&.+](?:(?:[A-Z]\.){2,}|[^\W_]+))*(?:(?<=s)'(?=\s))?"  # words, Asia-Pacific, Ministers'
    r"|'s\b|\S"
)


class Token(NamedTuple):
    """A token of a folded text: ``text == folded.text[start:end]``."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether the token begins as a name does: with a capital or as a numeral (``23rd``, ``2030``)."""
        first = self.text[0]
        return first.isupper() or first.isdigit()


def tokenize(folded_text: str) -> list[Token]:
    """Give the tokens in order; white space is dropped, possessive ``'s`` stands alone."""
    make = tuple.__new__  # what Token itself calls: there are ten thousands of them in a document
    tokens: list[Token] = []
    end = 0
    for word in _TOKEN.findall(folded_text):  # matches with their places would take twice as long
        start = folded_text.index(word, end)  # only white space lies between
        end = start + len(word)
        tokens.append(make(Token, (word, start, end)))
    return tokens
