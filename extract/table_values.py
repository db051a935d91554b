"""Read the dates and sums of cells, which have no sentence around them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from diplograph.extract.amounts import AmountReader
from diplograph.extract.dates import DateHit, DateReader
from diplograph.extract.folding import fold

__all__ = ["TableValues", "bare_words", "is_number", "unnoted"]

# ISO 8601; days first with stops (DIN 5008); with strokes only where one of the two cannot be a month.
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<d>\d\d))?")
_STOPPED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})")
_DAY_FIRST = re.compile(r"(?P<d>1[3-9]|2\d|3[01])/(?P<m>0?[1-9]|1[0-2])/(?P<y>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])/(?P<y>\d{4})")
_NUMBER = re.compile(r"[-–]?\d+(?:[., \u00a0]\d+)*\s*%?")
_WORD = re.compile(r"[^\W\d_]+")
_NOTE = re.compile(r"(?<=[^\W\d])[\d*†‡]{1,2}$|\s*(?:\[\d{1,3}\]|[*†‡]+)$")
_MARK = re.compile(r"\s*\(?(?P<mark>[A-Za-z]{1,2})\)?$")
_STRANGE = 3  # letters beside a date that still leave it a date: "c. 1950"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableValues:
    """Readers of values; settings only."""

    dates: DateReader
    amounts: AmountReader

    def date(self, words: str, reference_year: int | None) -> DateHit:
        """Read a cell that holds one date or period and nothing else; an empty hit where it does not."""
        text = _folded(words)
        told = unnoted(" ".join(words.split()))
        none = DateHit(start=0, end=0)
        for form in (_ISO, _STOPPED, _DAY_FIRST, _MONTH_FIRST):
            if m := form.fullmatch(text):
                parts = m.groupdict()
                day = f"-{int(parts['d']):02d}" if parts["d"] else ""
                written = f"{parts['y']}-{int(parts['m']):02d}{day}"
                return (
                    DateHit(start=0, end=len(text), date=written, words=told) if _is_date(written) else none
                )
        hits = self.dates(text, reference_year)
        if len(hits) != 1:
            return none
        (hit,) = hits
        beside = text[: hit.start] + text[hit.end :]
        if sum(map(len, _WORD.findall(beside))) > _STRANGE or any(c.isdigit() for c in beside):
            return none
        return DateHit(start=0, end=len(text), date=hit.date, since=hit.since, until=hit.until, words=told)

    def marked(self, words: str, marks: Collection[str]) -> tuple[str, str]:
        """Take the letter of an act off a date: "24 Sep 2013 a" gives the date and "a"."""
        match = _MARK.search(words)
        if match and match["mark"] in marks and words[: match.start()].strip()[-1:].isdigit():
            return words[: match.start()], match["mark"]
        return words, ""

    def amount(self, words: str, unit: str) -> tuple[str, str]:
        """Read the sum in a cell, plain number and currency; the unit at the head of the column may give both."""
        text = _folded(words)
        scale = " ".join(w for w in unit.split() if w.lower().rstrip("s") in self.amounts.scales)
        money = " ".join(w for w in unit.split() if w not in scale.split())
        tries = [text]
        if money:
            tries += [
                f"{money} {text} {scale}".strip(),
                f"{money}{text} {scale}".strip(),
                f"{text} {scale} {money}",
            ]
        for told in tries:
            told = " ".join(told.split())
            hits = self.amounts(told)
            if len(hits) == 1 and not _WORD.search(told[: hits[0].start] + told[hits[0].end :]):
                return hits[0].value, hits[0].currency
        return "", ""


def _folded(words: str) -> str:
    return unnoted(" ".join(fold(words, 0, len(words)).text.split())) if words else ""


def _is_date(written: str) -> bool:
    from calendar import monthrange

    year, month, *day = map(int, written.split("-"))
    return 1 <= month <= 12 and year > 0 and (not day or 1 <= day[0] <= monthrange(year, month)[1])


def bare_words(words: str, beside: Collection[str]) -> Iterator[str]:
    """Give the words of a cell without those that may stand beside any name."""
    return (word for word in _WORD.findall(unnoted(words)) if word.lower() not in beside)


def is_number(words: str) -> bool:
    """Tell whether a cell holds a number and nothing else."""
    return _NUMBER.fullmatch(words.strip()) is not None


def unnoted(words: str) -> str:
    """Take the mark of a note off the end of a cell."""
    return _NOTE.sub("", words.strip())
