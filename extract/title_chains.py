"""Say to whom the titles in a list of persons belong: "Minister of A, X, the Minister of B, Y" or "X, Minister of A, Y, …".

A title between two commas may be that of the person before it or behind it; the list as a whole tells, by an
"and", by a semicolon, or by whether its first person stands behind a title.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from diplograph.extract.titles import Titles
from diplograph.extract.tokens import Token

__all__ = ["Turn", "turns"]

# Whose the title between two persons is: of the one before it, of the one behind it, or not told by the list.
Turn = Literal["before", "behind", ""]

_JOINS = frozenset(
    {
        "of",
        "for",
        "to",
        "the",
        "and",
        ",",
        "at",
        "on",
        "&",
        "de",
        "in",
        "'s",
        ";",
        "-",
        "former",
        "then",
        "its",
    }
)
_OPENS = frozenset({",", ";", "and", "as", "well", "the", "its", "then", "former"})
# "…, the then Federal Minister": words between the comma and the title.
_NEAR = 6
_LONGEST = 30  # tokens between two persons of a list


def turns(
    tokens: Sequence[Token], places: Sequence[tuple[int, int]], titles: Titles, led: Callable[[int], bool]
) -> list[Turn]:
    """Give for each person but the last whose the title behind them is.

    Args:
        tokens: The tokens of the sentence.
        places: Of each person the first token and the one behind the last, in order.
        titles: The titles.
        led: Tells whether a title stands before a person, by number.
    """
    told = [_turn(tokens[one[1] : other[0]], titles) for one, other in pairwise(places)]
    found: list[Turn] = []
    for at, turn in enumerate(told):
        if turn != "either":
            found.append("" if turn == "none" else "before" if turn == "before" else "behind")
            continue
        later = next((t for t in told[at + 1 :] if t != "either"), "none")
        if at and told[at - 1] != "none":
            found.append(found[-1])
        elif later in {"before", "behind"}:
            found.append("before" if later == "before" else "behind")
        else:
            found.append("behind" if led(at) else "before")
    return found


def _turn(gap: Sequence[Token], titles: Titles) -> Literal["before", "behind", "either", "none"]:
    """Say what the words between two persons tell of the title in them."""
    end = len(gap)
    while end and (courtesy := titles.ending_at(gap, end)) and courtesy[1] == "courtesy":
        end = courtesy[0]
    words = [t.text for t in gap[:end]]
    if (
        len(words) < 3
        or len(words) > _LONGEST
        or words[0] not in _OPENS
        or words[-1] not in {",", ";", "and"}
    ):
        return "none"
    opened = 0
    while opened < len(words) and (
        words[opened] in _OPENS or (opened < _NEAR and words[opened][0].isupper())
    ):
        match = titles.starting_at(gap, opened)
        if match and match[1] != "courtesy":
            break
        opened += 1
    else:
        return "none"
    if opened >= _NEAR or any(not (w[0].isupper() or w in _JOINS or w.isdigit()) for w in words):
        lowered = [w for w in words[opened:] if not (w[0].isupper() or w in _JOINS)]
        if opened >= _NEAR or any(
            w not in titles.last_words and w not in titles.first_words for w in lowered
        ):
            return "none"
    if words[0] in {"and", ";"} or words[1] == "and":
        return "behind"
    if words[-1] in {"and", ";"}:
        return "before"
    return "either"
