"""Tell the one session that a sentence speaks of from its series, and what beside its name belongs to it."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.choosing import Found

__all__ = ["SingleSessions", "load_single_sessions"]

# Characters before a name that can tell what it is.
_REACH = 60
_YEAR = re.compile(r" (?:19|20)\d\d\b(?![-/.,]?\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleSessions:
    """Reads the neighbourhood of names of series and occasions; patterns fixed."""

    meetings: re.Pattern[str]
    standing: frozenset[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    series: re.Pattern[str]
    numbered: re.Pattern[str]
    countable: re.Pattern[str]
    counted_series: re.Pattern[str]
    dated_by_year: frozenset[str]

    def told(self, sentences: Iterable[tuple[str, Sequence[Found]]]) -> frozenset[str]:
        """Give the names of series, in small letters, that a document uses for one session.

        A name that the document also uses of the series as such is none of them.

        Args:
            sentences: The folded sentences with the names found in them.
        """
        once: set[str] = set()
        always: set[str] = set()
        for text, found in sentences:
            for one in found:
                if one.cls != "Forum":
                    continue
                seen = text[one.start : one.end]
                if seen in self.standing or not self.meetings.search(seen):
                    continue
                lead = text[max(0, one.start - _REACH) : one.start]
                if self.series.search(lead):
                    always.add(seen.lower())
                elif self.before.search(lead) or self.behind.match(text, one.end):
                    once.add(seen.lower())
        return frozenset(once - always)

    def settled(self, found: Sequence[Found], text: str, told: frozenset[str]) -> list[Found]:
        """Turn the series of ``told`` into sessions; take numbers and years into the names of occasions."""
        return [self._whole(self._session(one, text, told), text, found) for one in found]

    def _session(self, one: Found, text: str, told: frozenset[str]) -> Found:
        if one.cls != "Forum" or text[one.start : one.end].lower() not in told:
            return one
        return replace(one, cls="Event", entity="", rank=0)

    def _whole(self, one: Found, text: str, found: Sequence[Found]) -> Found:
        if one.cls not in {"Event", "Forum"} or one.dated:
            return one
        seen = text[one.start : one.end]
        if not self.countable.search(seen):
            return one
        if one.cls == "Forum" and not self.counted_series.search(seen):
            return one
        year = _YEAR.match(text, one.end) if seen.rsplit(" ", 1)[-1] in self.dated_by_year else None
        if year and seen[0].isupper():
            return replace(one, end=year.end(), cls="Event", entity="", dated=True)
        lead = max(0, one.start - _REACH)
        ordinal = self.numbered.search(text[lead : one.start])
        if ordinal is None:
            return one
        start = lead + ordinal.start("ordinal")
        if any(other.end > start and other.start < one.start for other in found):
            return one
        label = f"{ordinal['ordinal']} {one.label}" if one.label else ""
        return replace(one, start=start, cls="Event", entity="", dated=True, label=label)


def load_single_sessions(folder: Path) -> SingleSessions:
    """Read ``single_sessions.toml``."""
    data = tomllib.loads((folder / "single_sessions.toml").read_text(encoding="utf-8"))
    return SingleSessions(
        meetings=re.compile(data["meetings"]),
        standing=frozenset(data["standing"]),
        behind=re.compile(data["behind"].replace("{months}", data["months"])),
        before=re.compile(data["before"]),
        series=re.compile(data["series"]),
        numbered=re.compile(data["numbered"]),
        countable=re.compile(data["countable"]),
        counted_series=re.compile(data["counted_series"]),
        dated_by_year=frozenset(data["dated_by_year"]),
    )
