"""Reckon dates that are told from the day of the document: "last month", "two years ago", "its 30th anniversary"."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Anchor", "Distances", "compile_distances", "first_page"]

# A distance of more years than this is a figure of speech, no date.
_FARTHEST_YEARS = 100
# Where a document tells its own day, it does so on its first page.
_FIRST_PAGE = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The time a document was written: the year it reports on, the month (1-12) and the ISO day where known.

    An unknown month is 0, an unknown day an empty string.
    """

    year: int
    month: int = 0
    day: str = ""

    def months_away(self, distance: int) -> str:
        """Give the month so far from this one, in ISO 8601; the year alone where the month is not known."""
        if not self.month:
            return f"{self.year:04d}"
        at = self.year * 12 + self.month - 1 + distance
        return f"{at // 12:04d}-{at % 12 + 1:02d}"

    def days_away(self, distance: int) -> str:
        """Give the day so far from this one, in ISO 8601; an empty string where the day is not known."""
        return (
            (datetime.date.fromisoformat(self.day) + datetime.timedelta(days=distance)).isoformat()
            if self.day
            else ""
        )

    def year_of(self, month: int, side: int) -> int:
        """Give the year of a month called "last" (side -1), "this" (0) or "next" (1) at this time."""
        if not self.month or side == 0:
            return self.year
        if side < 0:
            return self.year if month < self.month else self.year - 1
        return self.year if month > self.month else self.year + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Callable that finds dates told as distances; words fixed.

    ``years``, ``months`` and ``days`` map a phrase to its distance; ``numbers`` a word to its number; ``sides`` a
    word before a month ("last") to its side of today. ``words`` are those that
    distances end with, ``anniversary_words`` those that anniversaries have. A phrase of ``days`` that is no phrase of the others says
    nothing where the day is not known.
    """

    phrases: re.Pattern[str]
    ago: re.Pattern[str]
    anniversary: re.Pattern[str]
    side: re.Pattern[str]
    behind: re.Pattern[str]
    assembly: re.Pattern[str]
    assembly_month: int
    years: Mapping[str, int]
    months: Mapping[str, int]
    days: Mapping[str, int]
    numbers: Mapping[str, int]
    sides: Mapping[str, int]
    words: tuple[str, ...]
    anniversary_words: tuple[str, ...]

    def __call__(self, text: str, anchor: Anchor) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and ISO 8601 date of each distance in a text."""
        if not self.in_words(text):
            return
        for m in self.phrases.finditer(text):
            phrase = m[0].lower()
            if phrase in self.days and anchor.day:
                yield m.start(), m.end(), anchor.days_away(self.days[phrase])
            elif phrase in self.years:
                yield m.start(), m.end(), f"{anchor.year + self.years[phrase]:04d}"
            elif phrase in self.months:
                yield m.start(), m.end(), anchor.months_away(self.months[phrase])
        for m in self.ago.finditer(text):
            number = self._number(m["number"])
            if not 0 < number <= _FARTHEST_YEARS:
                continue
            if m["unit"].lower() == "year":
                yield m.start(), m.end(), f"{anchor.year - number:04d}"
            elif anchor.month:
                yield m.start(), m.end(), anchor.months_away(-number)

    def in_words(self, text: str) -> bool:
        """Tell whether a text has a word that ends a distance; without one it is not worth a search."""
        lower = text.lower()
        return any(word in lower for word in self.words)

    def anniversaries(self, text: str, year: int) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and the year of what an anniversary remembers."""
        lower = text.lower()
        if not any(word in lower for word in self.anniversary_words):
            return
        for m in self.anniversary.finditer(text):
            number = self._number(m["number"] or m["years"])
            if 0 < number <= _FARTHEST_YEARS:
                yield m.start(), m.end(), f"{year - number:04d}"

    def side_before(self, text: str, start: int) -> int | None:
        """Tell on which side of today the month at ``start`` lies by the word before it; None if none says so."""
        before = self.side.search(text, max(0, start - 12), start)
        return self.sides[before[1].lower()] if before else None

    def year_behind(self, text: str, end: int) -> int | None:
        """Give the distance of the year told behind a month: -1 for "May last year"; None if none is."""
        behind = self.behind.match(text, end)
        return self.years[behind[1].lower()] if behind else None

    def month_of(self, publisher: str, head: str, dates: Sequence[str], year: int) -> int:
        """Give the month in which a document was written, 0 if unknown.

        Args:
            publisher: Who issued it; the General Assembly's debate is held in one month.
            head: The first page of the document, which may name the Assembly.
            dates: The ISO dates of the first page, in order.
            year: The year the document reports on.
        """
        if self.assembly.search(publisher) or self.assembly.search(head):
            return self.assembly_month
        own = (d for d in dates if len(d) >= len("2016-05") and d.startswith(f"{year:04d}-"))
        return next((int(d[5:7]) for d in own), 0)

    def _number(self, word: str) -> int:
        return int(word) if word.isdigit() else self.numbers.get(word.lower(), 0)


def first_page(text: str) -> str:
    """Give the part of a document's text in which it tells its own day."""
    return text[:_FIRST_PAGE]


def compile_distances(data: Mapping[str, Any]) -> Distances:
    """Compile the tables ``relative_years``, ``relative_months``, ``relative_days``, ``distance_numbers`` and ``anchor`` of dates.toml."""
    years, months, days = data["relative_years"], data["relative_months"], data["relative_days"]
    numbers = data["distance_numbers"]

    def words(items: Sequence[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(items, key=lambda w: (-len(w), w)))

    cardinals = words([*numbers["cardinals"]])
    ordinals = words([*numbers["ordinals"]])
    return Distances(
        phrases=re.compile(rf"\b(?:{words([*years, *months, *days])})\b", re.IGNORECASE),
        ago=re.compile(rf"\b(?P<number>\d{{1,3}}|{cardinals}) (?P<unit>year|month)s? ago\b", re.IGNORECASE),
        anniversary=re.compile(
            rf"\b(?:(?P<number>\d{{1,3}}|{ordinals})(?:st|nd|rd|th)?)[ -]+(?:year[ -])?anniversary\b"
            rf"|\b(?P<years>\d{{1,3}}|{cardinals}) (?:{words(data['anniversaries']['spans'])})\b",
            re.IGNORECASE,
        ),
        side=re.compile(rf"\b({words([*data['month_sides']])}) $", re.IGNORECASE),
        behind=re.compile(rf",? (?:of )?({words([*years])})\b", re.IGNORECASE),
        assembly=re.compile(data["anchor"]["assembly"]),
        assembly_month=data["anchor"]["assembly_month"],
        years=years,
        months=months,
        days=days,
        numbers={**numbers["cardinals"], **numbers["ordinals"]},
        sides=data["month_sides"],
        words=("ago", *sorted({p.rsplit(" ", 1)[-1] for p in (*years, *months, *days)})),
        anniversary_words=("anniversary", *data["anniversaries"]["spans"]),
    )
