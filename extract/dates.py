"""Find dates and periods in a sentence and write them in ISO 8601, as exact as the words."""

import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from diplograph.extract.date_relative import Anchor, Distances, compile_distances, first_page
from diplograph.extract.records import Document
from diplograph.extract.rule_reading import told_of

__all__ = ["DateHit", "DateReader", "load_date_reader"]

# Code points before a date in which the words that lead up to it are looked for.
_LONGEST_LEAD = 40
# The line that dates a document stands among its first blocks, and is short.
_HEAD_BLOCKS = 8
_LONGEST_DATELINE = 60
# Goals are set for round years: "2030 Agenda", but "2014 Action Plan".
_ROUND = 5
# Without a digit a text tells a month or a distance, or no date.
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHit:
    """A date or period found in ``text[start:end]``.

    A point in time has ``date``; a period has ``since``, ``until`` or both. ``exact`` tells whether the
    text gives the year itself (else it was taken from the reference year). ``words`` are those of the
    document, where the reader of the sentence has kept them.
    """

    start: int
    end: int
    date: str = ""
    since: str = ""
    until: str = ""
    exact: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReader:
    """Callable that finds the dates of a text; patterns and words fixed."""

    point: re.Pattern[str]
    span: re.Pattern[str]
    years: re.Pattern[str]
    distances: Distances
    decade: re.Pattern[str]
    before_start: re.Pattern[str]
    before_end: re.Pattern[str]
    numbered: re.Pattern[str]
    wordlike: frozenset[str]
    before_month: re.Pattern[str]
    quoted: re.Pattern[str]
    text_year: re.Pattern[str]
    text_joins: frozenset[str]
    issue_joins: frozenset[str]
    issue_acts: re.Pattern[str]
    text_goals: frozenset[str]
    months: Mapping[str, int]
    decades: Mapping[str, Sequence[int]]

    def __call__(
        self, text: str, reference_year: int | None, month: int = 0, day: str = ""
    ) -> tuple[DateHit, ...]:
        """Give the dates of a folded text in order.

        Args:
            text: The text, folded.
            reference_year: The year of months that have none; without it they are no dates.
            month: The month the text was written in (1-12), 0 if unknown: "last June", "next month".
            day: The ISO date of the day it was issued, empty if unknown: "today", "yesterday".
        """
        if not (_DIGIT.search(text) or any(m in text for m in self.months) or self.distances.in_words(text)):
            return ()
        found: list[DateHit] = []
        taken: list[tuple[int, int]] = [m.span() for m in self.numbered.finditer(text)]

        def add(hit: DateHit | None) -> None:
            if hit and all(hit.end <= s or e <= hit.start for s, e in taken):
                taken.append((hit.start, hit.end))
                found.append(hit)

        for m in self.span.finditer(text):
            add(self._day_span(m, reference_year))
        for m in self.years.finditer(text):
            if 1500 <= int(m["y1"]) <= 2150:
                second = m["y2"] if len(m["y2"]) == 4 else m["y1"][:2] + m["y2"]
                if int(second) > int(m["y1"]):
                    add(DateHit(start=m.start(), end=m.end(), since=m["y1"], until=second))
        for m in self.decade.finditer(text):
            first = int(m["decade"])
            low, high = self.decades.get((m["part"] or "").lower(), (0, 9))
            add(DateHit(start=m.start(), end=m.end(), since=str(first + low), until=str(first + high)))
        for m in self.point.finditer(text):
            add(self._point(m, reference_year, month))
        if reference_year:
            for start, end, date in self.distances(text, Anchor(year=reference_year, month=month, day=day)):
                add(DateHit(start=start, end=end, date=date, exact=False))
        return self._periods(text, sorted(found, key=lambda h: h.start))

    def anniversaries(self, text: str, reference_year: int | None) -> tuple[DateHit, ...]:
        """Give the years of what anniversaries remember: "the 30th anniversary" said in 2022 gives 1992."""
        return tuple(
            DateHit(start=start, end=end, date=date, exact=False)
            for start, end, date in self.distances.anniversaries(text, reference_year or 0)
            if reference_year
        )

    def month_of(self, document: Document) -> int:
        """Give the month (1-12) a document was written in, as its kind or its first page tells, or 0."""
        if document.reference_year is None:
            return 0
        head = first_page(document.text)
        hits = self(head, document.reference_year)
        dates = [hit.date for hit in hits if hit.exact]
        days = [d for hit in hits if len(d := hit.date or hit.since) == len("2016-05-01")]
        if not dates and len({day[:7] for day in days}) == 1:
            dates = days  # "will travel to Thailand June 7-14": news of one month
        return self.distances.month_of(document.publisher, head, dates, document.reference_year)

    def day_of(self, document: Document) -> str:
        """Give the ISO date of the day a document was issued, as a line of its own at its head tells, or "".

        Such a line holds a date and at most a place before it: "Tokyo, 5 February 2010".
        """
        if document.reference_year is None:
            return ""
        for block in document.blocks[:_HEAD_BLOCKS]:
            line = document.text[
                block.span.start : min(block.span.end, block.span.start + _LONGEST_DATELINE + 1)
            ]
            hits = self(line, document.reference_year) if len(line) <= _LONGEST_DATELINE else ()
            if len(hits) != 1 or not hits[0].exact or len(hits[0].date) != len("2016-05-01"):
                continue
            before = line[: hits[0].start].strip()
            alone = not line[hits[0].end :].strip(" .") and (
                not before or before.endswith((",", ":", "-", "–"))
            )
            if alone and abs(int(hits[0].date[:4]) - document.reference_year) <= 1:
                return hits[0].date
        return ""

    def joins(self, between: str) -> bool:
        """Tell whether words between the name of an agreement and a date make it the agreement's own."""
        return between.strip() in self.text_joins

    def issued(self, text: str, date: DateHit, name: int) -> bool:
        """Tell whether a date before a text's name is that of its adoption: "adoption on 25 April of resolution 2100"."""
        return text[date.end : name].strip(", ") in self.issue_joins and bool(
            self.issue_acts.search(text, max(0, date.start - _LONGEST_LEAD), date.start)
        )

    def named_year(self, text: str, length: int, reference_year: int | None) -> str:
        """Give the year that the first ``length`` code points of a text, an agreement's name, tell as its own.

        "1991 Charter", "Charter of 1991" and "resolution 60 (1946)", also where the parentheses stand behind
        the name; not "2030 Agenda", whose round year is a goal.
        """
        found = self.text_year.match(text)
        if not found or (found.end() < length and found["head"] is None):
            return ""
        year = found["head"] or found["tail"] or found["number"]
        round_year = found["head"] is not None and int(found["head"]) % _ROUND == 0
        if round_year and not self.text_goals.isdisjoint(text[:length].replace(",", "").split()):
            return ""
        return year if int(year) <= (reference_year or int(year)) else ""

    def begins(self, text: str, hit: DateHit) -> int:
        """Tell where the words of a date begin, with what leads up to it: "in early May", "since 2010"."""
        lead = self.quoted.search(text, max(0, hit.start - _LONGEST_LEAD), hit.start)
        return lead.start() if lead else hit.start

    def _point(self, m: re.Match[str], reference_year: int | None, now: int) -> DateHit | None:
        month_name, day, year = (
            m["month"] or m["month2"],
            m["day"] or m["day2"],
            m["year"] or m["year2"] or m["year3"],
        )
        if month_name is None:
            return DateHit(start=m.start(), end=m.end(), date=year) if 1500 <= int(year) <= 2150 else None
        if month_name in self.wordlike and not day and not year and not self._is_month(m):
            return None
        month = self.months[month_name.rstrip(".")]
        exact = year is not None
        if year is None and reference_year is None:
            return None
        side = None if year else self.distances.side_before(m.string, m.start())
        away = None if year or reference_year is None else self.distances.year_behind(m.string, m.end())
        if away is not None and reference_year is not None:
            reference_year += away
        elif side is not None:
            reference_year = Anchor(year=reference_year or 0, month=now).year_of(month, side)
        date = _iso(int(year) if year else reference_year or 0, month, int(day) if day else None)
        return DateHit(start=m.start(), end=m.end(), date=date, exact=exact) if date else None

    def _is_month(self, m: re.Match[str]) -> bool:
        """Tell whether a lone word such as "May", which is not always a month, is one here."""
        return (
            bool(self.before_month.search(m.string, 0, m.start())) or m.string[m.end() : m.end() + 1] == ")"
        )

    def _day_span(self, m: re.Match[str], reference_year: int | None) -> DateHit | None:
        year = m["y"] or m["y_b"] or (str(reference_year) if reference_year else None)
        if year is None:
            return None
        month = self.months[(m["m"] or m["m_b"]).rstrip(".")]
        until_month = self.months[m["m2"].rstrip(".")] if m["m2"] else month
        since = _iso(int(year), month, int(m["d1"] or m["d1_b"]))
        until = _iso(int(year), until_month, int(m["d2"] or m["d2_b"]))
        if not since or not until or until < since:
            return None
        return DateHit(start=m.start(), end=m.end(), since=since, until=until, exact=bool(m["y"] or m["y_b"]))

    def _periods(self, text: str, hits: Sequence[DateHit]) -> tuple[DateHit, ...]:
        """Join "from A to B", and turn "since A" and "until B" into half-open periods."""
        result: list[DateHit] = []
        for hit in hits:
            before = text[max(0, hit.start - 24) : hit.start]
            if not hit.date:
                result.append(hit)
                continue
            last = result[-1] if result else None
            if (
                last
                and last.since
                and not last.until
                and re.fullmatch(
                    r" ?(?:to|until|through|and|-) ?(?:summer |winter |spring |autumn |the end of |fiscal year |early |late )?",
                    text[last.end : hit.start],
                )
            ):
                since = last.since
                if not last.exact and hit.exact and len(hit.date) > 4:
                    since = hit.date[:4] + since[4:]
                result[-1] = DateHit(
                    start=last.start, end=hit.end, since=since, until=hit.date, exact=hit.exact
                )
            elif self.before_start.search(before):
                result.append(DateHit(start=hit.start, end=hit.end, since=hit.date, exact=hit.exact))
            elif self.before_end.search(before):
                result.append(DateHit(start=hit.start, end=hit.end, until=hit.date, exact=hit.exact))
            else:
                result.append(hit)
        return tuple(result)


def _iso(year: int, month: int, day: int | None) -> str:
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= monthrange(year, month)[1] else ""


@lru_cache(maxsize=4)
def load_date_reader(folder: Path) -> DateReader:
    """Read ``dates.toml`` and compile the patterns.

    Raises:
        TableError: The file says something that cannot be obeyed.
    """
    with told_of(folder / "dates.toml"):
        return _compiled(folder)


def _compiled(folder: Path) -> DateReader:
    data = tomllib.loads((folder / "dates.toml").read_text(encoding="utf-8"))
    names = "|".join(sorted(data["months"], key=lambda name: (-len(name), name)))
    month = rf"(?:{names})\b\.?"
    day = r"\d{1,2}"
    tail = r"(?:st|nd|rd|th)?"
    year = r"(?:1[5-9]|20|21)\d\d"
    between = r" ?(?:-|to|through|and) ?"

    def words(items: Sequence[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(items, key=lambda w: (-len(w), w)))

    return DateReader(
        point=re.compile(
            rf"\b(?P<day>{day}){tail}(?: of)? (?P<month>{month})(?:,? (?P<year>{year})\b)?"
            rf"|\b(?P<month2>{month})(?: (?P<day2>{day}){tail}\b(?!-?\d| ?(?:per ?cent|%)))?(?:,? (?:of )?(?P<year2>{year})\b)?"
            rf"|(?<![\d/$€£.,-])(?<!resolution )(?P<year3>{year})\b(?![\d/]|-\d|,\d|\.\d| (?:personnel|people|troops|persons|million|refugees|soldiers))"
        ),
        span=re.compile(
            rf"\b(?P<d1>{day}){tail}{between}(?P<d2>{day}){tail}(?: of)? (?P<m>{month})(?:,? (?P<y>{year})\b)?"
            rf"|\b(?P<m_b>{month}) (?P<d1_b>{day}){tail}{between}(?:(?P<m2>{month}) )?(?P<d2_b>{day}){tail}\b(?:,? (?P<y_b>{year})\b)?"
        ),
        years=re.compile(rf"(?<![\d/(])(?P<y1>{year})(?:-|/)(?P<y2>{year}|\d\d)\b(?![-/\d])"),
        distances=compile_distances(data),
        decade=re.compile(
            r"(?:\b(?P<part>early|mid|late)[- ](?:the )?)?\b(?P<decade>(?:19|20)\d0)s\b", re.IGNORECASE
        ),
        before_start=re.compile(
            rf"\b(?:{words(data['bounds']['start'])}) (?:the )?(?:(?:summer|winter|spring|autumn|beginning|end|start|early|late|of) )*$",
            re.IGNORECASE,
        ),
        before_end=re.compile(
            rf"\b(?:{words(data['bounds']['end'])}) (?:the )?(?:(?:summer|winter|spring|autumn|end|beginning|year|early|late|of) )*$",
            re.IGNORECASE,
        ),
        numbered=re.compile(data["numbered"]),
        wordlike=frozenset(data["wordlike_months"]["months"]),
        before_month=re.compile(
            rf"(?:\b(?:{words(data['wordlike_months']['before'])}) |[(/-]|\b{month}(?:,| and| or|, and) )$",
            re.IGNORECASE,
        ),
        quoted=re.compile(
            rf"\b(?:{words(data['quoted']['before'])}) (?:(?:{words(data['quoted']['between'])})[ -])*$",
            re.IGNORECASE,
        ),
        text_year=re.compile(
            rf"(?:(?:[^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*)?['’]s )?(?P<head>{year}) (?=[A-Z])|[^()]{{6,300}}(?: of (?P<tail>{year})$| ?\((?P<number>{year})\)))"
        ),
        text_joins=frozenset(data["named_years"]["joins"]),
        issue_joins=frozenset(data["issued"]["joins"]),
        issue_acts=re.compile(rf"\b(?:{words(data['issued']['acts'])})\b[^.;:]*$"),
        text_goals=frozenset(data["named_years"]["goals"]),
        months=data["months"],
        decades=data["decades"],
    )
