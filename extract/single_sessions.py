"""Tell which number or year beside the name of an occasion belongs to it, and so one session from its series."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.choosing import Found

__all__ = ["SingleSessions", "load_single_sessions"]

# Characters before a name that can tell what it is.
_REACH = 60
_YEAR = re.compile(r" (?:19|20)\d\d\b(?![-/.,]?\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleSessions:
    """Callable on the names of a sentence: what stands beside the name of an occasion; patterns fixed."""

    numbered: re.Pattern[str]
    countable: re.Pattern[str]
    counted_series: re.Pattern[str]
    dated_by_year: frozenset[str]

    def __call__(self, found: Sequence[Found], text: str) -> list[Found]:
        """Take numbers and years into the names of occasions; a series that is numbered becomes its session."""
        return [self._whole(one, text, found) for one in found]

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
        numbered=re.compile(data["numbered"]),
        countable=re.compile(data["countable"]),
        counted_series=re.compile(data["counted_series"]),
        dated_by_year=frozenset(data["dated_by_year"]),
    )
