"""Find sums of money in a sentence: plain number and ISO 4217 code."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick
from diplograph.extract.rule_reading import told_of
from diplograph.ontology.vocabulary import read_table

__all__ = ["AmountHit", "AmountReader", "load_amount_reader"]

# What may stand between a sum and the same sum in a second currency: "(about", "or", "equivalent to".
_SAME_SUM = re.compile(
    r",? ?\(?(?:(?:or|about|approximately|around|some|roughly|equivalent to|i\.e\.,?|US) ?)*"
)
_CEILING = re.compile(
    r"\b(?:up to|as much as|a maximum of|no more than)(?: (?:about|approximately|some|a total of))* ?$", re.I
)

# A bare number below this is the lower end of a range whose scale stands at the upper ("$5 to $10 million").
_BARE = 1000


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
    """Callable that finds the sums of a text, by ``currencies.tsv`` and ``numbers.tsv``."""

    pattern: re.Pattern[str]
    codes: Mapping[str, str]
    scales: Mapping[str, Decimal]
    numbers: Mapping[str, Decimal]
    signs: AhoCorasick  # finds the signs of currencies
    units: AhoCorasick  # finds the words of currencies in small letters

    def __call__(self, text: str) -> tuple[AmountHit, ...]:
        """Give the sums of a folded text in order.

        The same sum told again in a second currency is left out; of a range ("$5 to $10 million") the upper
        end counts.
        """
        found: list[AmountHit] = []
        if not self._has_currency(text):
            return ()
        for m in self.pattern.finditer(text):
            number, scale, code = self._parts(m)
            hit = AmountHit(
                start=m.start(),
                end=m.end(),
                value=format((self._number(number) * scale).normalize(), "f"),
                currency=code,
                ceiling=_CEILING.search(text[max(0, m.start() - 40) : m.start()]) is not None,
            )
            if found:
                between = text[found[-1].end : hit.start]
                if (
                    hit.currency != found[-1].currency
                    and _SAME_SUM.fullmatch(between)
                    and between.strip(" ,")
                ):
                    continue
                if between in {" to ", "-", " and "} and self._unscaled(text, found[-1]) and scale > 1:
                    found.pop()  # the lower end of a range
            found.append(hit)
        return tuple(found)

    def tells(self, text: str) -> bool:
        """Tell whether a folded text names any sum."""
        return self._has_currency(text) and self.pattern.search(text) is not None

    def _has_currency(self, text: str) -> bool:
        """Tell whether a text has any sign or word of a currency: without one it is not worth a search."""
        if self.signs.find_matches_as_indexes(text):
            return True
        lower = text.lower()
        return any(
            not lower[max(0, start - 1) : start].isalpha()  # the "try" of "country" is none
            and (lower.startswith("s", end) or not lower[end : end + 1].isalnum())
            for _, start, end in self.units.find_matches_as_indexes(lower, overlapping=True)
        )

    def _parts(self, m: re.Match[str]) -> tuple[str, Decimal, str]:
        if m["sign"]:
            return (
                m["n1"],
                self.scales.get((m["s1"] or "").lower(), Decimal(1)),
                self.codes[m["sign"].lower()],
            )
        word = m["word"].lower()
        code = self.codes.get(word) or self.codes[word.removesuffix("s")]
        return m["n2"], self.scales.get((m["s2"] or "").lower(), Decimal(1)), code

    def _number(self, number: str) -> Decimal:
        word = self.numbers.get(number.lower())
        return word if word is not None else Decimal(number.replace(",", ""))

    def _unscaled(self, text: str, hit: AmountHit) -> bool:
        return text[hit.start : hit.end][-1].isdigit() and Decimal(hit.value) < _BARE


def _either(items: Iterable[str]) -> str:
    return "|".join(re.escape(i) for i in sorted(set(items), key=lambda i: (-len(i), i)))


@lru_cache(maxsize=4)
def load_amount_reader(folder: Path) -> AmountReader:
    """Read ``currencies.tsv`` and ``numbers.tsv`` and compile the pattern."""
    codes: dict[str, str] = {}
    signs: list[str] = []
    words: list[str] = []
    scales: dict[str, Decimal] = {}
    numbers: dict[str, Decimal] = {}
    with told_of(folder / "currencies.tsv"):
        for row in read_table(folder / "currencies.tsv"):
            for sign in filter(None, row["signs"].split("|")):
                codes.setdefault(sign.lower(), row["code"])
                signs.append(sign)
            for word in row["words"].split("|"):
                codes.setdefault(word.lower(), row["code"])
                words.append(word)
    with told_of(folder / "numbers.tsv"):
        for row in read_table(folder / "numbers.tsv"):
            (scales if row["kind"] == "scale" else numbers)[row["word"]] = Decimal(row["value"])
    short = [s for s in scales if len(s) == 1]
    long = [s for s in scales if len(s) > 1]
    digits = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!,?\d)"
    scale = rf"(?i:{_either(long)})s?\b|[{''.join(short)}](?![A-Za-z])"
    spelt = rf"(?i:{_either(numbers)})(?= )"
    return AmountReader(
        pattern=re.compile(
            rf"(?<![A-Za-z])(?P<sign>{_either(signs)}) ?(?P<n1>{digits})(?:[ -]?(?P<s1>{scale}))?"
            rf"|(?<![\w.,$€£¥-])(?P<n2>{digits}|{spelt})(?:[ -]?(?P<s2>{scale}))?(?:[ -]| of )?"
            rf"(?P<word>(?i:{_either(words)})(?:s\b|\b))"
        ),
        codes=codes,
        scales=scales,
        numbers=numbers,
        signs=AhoCorasick(sorted(set(signs))),
        units=AhoCorasick(sorted({word.lower() for word in words})),
    )
