"""Find sums of money in a sentence: plain number and ISO 4217 code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from diplograph.ontology.vocabulary import read_table

__all__ = ["AmountHit", "AmountReader", "load_amount_reader"]

_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "mln": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountHit:
    """A sum found in ``text[start:end]``; ``value`` is a plain decimal number in whole units of ``currency``.

    ``ceiling`` tells that the text says "up to".
    """

    start: int
    end: int
    value: str
    currency: str
    ceiling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountReader:
    """Callable that finds the sums of a text; the patterns come from ``currencies.tsv``."""

    pattern: re.Pattern[str]
    codes: Mapping[str, str]

    def __call__(self, text: str) -> tuple[AmountHit, ...]:
        """Give the sums of a folded text in order; a sum in a second currency in parentheses is left out."""
        found: list[AmountHit] = []
        for m in self.pattern.finditer(text):
            sign, word = m["sign"], m["word"]
            if sign:
                number, scale, code = m["n1"], m["s1"], self.codes[sign]
            else:
                number, scale, code = m["n2"], m["s2"], self.codes[re.sub(r"(?<!u)s$", "", word)] if word not in self.codes else self.codes[word]
            if found and re.fullmatch(r" ?\((?:or |about |approximately |around |some |equivalent to |i\.e\.,? |US )*", text[found[-1].end : m.start()]):
                continue
            value = Decimal(number.replace(",", "")).scaleb(_SCALES.get((scale or "").lower(), 0))
            plain = format(value.normalize(), "f")
            ceiling = text[max(0, m.start() - 7) : m.start()].endswith("up to ")
            found.append(AmountHit(start=m.start(), end=m.end(), value=plain, currency=code, ceiling=ceiling))
        return tuple(found)


@lru_cache(maxsize=4)
def load_amount_reader(folder: Path) -> AmountReader:
    """Read ``currencies.tsv`` and compile the pattern."""
    codes: dict[str, str] = {}
    signs: list[str] = []
    words: list[str] = []
    for row in read_table(folder / "currencies.tsv"):
        for sign in row["signs"].split("|"):
            codes.setdefault(sign, row["code"])
            signs.append(sign)
        for word in row["words"].split("|"):
            codes.setdefault(word, row["code"])
            words.append(word)

    def either(items: list[str]) -> str:
        return "|".join(re.escape(i) for i in sorted(set(items), key=lambda i: (-len(i), i)))

    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = r"thousand|million|billion|trillion|mln|bn|tn|mn|[mbk](?![A-Za-z])"
    return AmountReader(
        pattern=re.compile(
            rf"(?P<sign>{either(signs)}) ?(?P<n1>{number})(?:[ -]?(?P<s1>{scale})\b)?"
            rf"|(?<![\w.,$€£¥])(?P<n2>{number})(?:[ -]?(?P<s2>{scale}))?[ -](?P<word>(?:{either(words)})(?:s\b|\b))"
        ),
        codes=codes,
    )
