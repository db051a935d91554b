"""Choose among readings of one stretch of text: which candidate a form means, which name wins."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.gazetteer import Candidate, Hit
from diplograph.extract.records import Document
from diplograph.ontology.vocabulary import Entry

__all__ = ["MONTHS", "Chooser", "Found", "came_later", "disjoint", "joined", "load_chooser"]

# The names of the months, for patterns: a date beside a name is no part of it.
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Characters behind a name that hold its next word.
_NEXT = 40
# A capitalised word behind a surname makes another name of both, unless a date begins there.
_CAPITAL_BEHIND = re.compile(rf" (?!{MONTHS})[A-Z][a-z]+\b(?! \d)")
# A number, with its scale word, just before a name.
_COUNTED = re.compile(r"\d(?: (?:hundred|thousand|million|billion|trillion))?(?: of)? ?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name found in a folded sentence, ``text[start:end]``.

    ``entity`` is its id, or empty where the form alone is known; ``rank`` orders the finders (0 first);
    ``dated`` tells that the name means one particular occasion; ``label`` is a fuller name than the text, or empty.
    """

    start: int
    end: int
    cls: str
    entity: str
    how: str
    rank: int
    dated: bool = False
    label: str = ""


def disjoint(found: Iterable[Found]) -> list[Found]:
    """Keep of overlapping names the longest; where two merely overlap, the one that begins first.

    Ties go to the finder with the lower rank. The result is in the order of place.
    """
    ordered = sorted(found, key=lambda f: (f.start - f.end, f.rank, f.start, f.cls, f.entity))
    outer = [
        one
        for index, one in enumerate(ordered)
        if not any(other.start <= one.start and one.end <= other.end for other in ordered[:index])
    ]
    chosen: list[Found] = []
    for one in sorted(outer, key=lambda f: (f.start, -f.end)):
        if not chosen or chosen[-1].end <= one.start:
            chosen.append(one)
    return chosen


def joined(found: Sequence[Found], text: str) -> list[Found]:
    """Make one name of two forms of the same listed name that a slash joins ("Daesh/ISIS")."""
    kept: list[Found] = []
    for one in found:
        last = kept[-1] if kept else None
        same = (
            last is not None and one.cls not in {"IssueArea", "Country"} and last.entity == one.entity != ""
        )
        if last and same and text[last.end : one.start] == "/":
            kept[-1] = replace(last, end=one.end)
        else:
            kept.append(one)
    return kept


# Years as texts tell them; numbers beyond the last are counts.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LAST_YEAR = "2049"


def came_later(entry: Entry, seen: str, document: Document) -> bool:
    """Tell whether an agreement or event named after its place came more than a year after a document.

    "the Paris Agreement" of a speech of 1992 is not the one of 2015; a text that is named after its
    subject may be spoken of for many years before it is made. What the document tells of a later year counts.
    """
    year = document.reference_year
    if entry.cls not in {"Agreement", "Event"} or not year:
        return False
    when = entry.facts.get("adopted") or entry.facts.get("signed") or entry.facts.get("start") or ""
    if not when[:4].isdigit() or int(when[:4]) <= year + 1:
        return False
    if any(when[:4] <= told <= _LAST_YEAR for told in _YEAR.findall(document.text)):
        return False
    return any(seen.lower().startswith(place.replace("-", " ")) for place in entry.fact_list("place"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Callable that says what a listed form means in its sentence; word lists and entries fixed."""

    entries: Mapping[str, Entry]
    place_words: frozenset[str]
    acting_words: frozenset[str]
    acting_behind_the: frozenset[str]
    bare_nouns: frozenset[str]
    money_words: frozenset[str]
    counted_money: frozenset[str]
    languages: frozenset[str]
    speaking: re.Pattern[str]
    spoken: re.Pattern[str]

    def __call__(
        self,
        hit: Hit,
        strong: frozenset[str],
        document: Document,
        text: str,
        nearby: Sequence[str],
        behind: str = "",
        beside: str = "",
    ) -> Candidate | None:
        """Give the candidate that a form means, or None if it means none here.

        Args:
            hit: The form and all it may mean.
            strong: Entities that the document names by a strong form.
            document: For its own state.
            text: The folded sentence.
            nearby: ISO codes of the states named just before the form, nearest first.
            behind: ISO code of the state that follows with "of" ("the MFA of Estonia"), if any.
            beside: ISO code of the state of the city that stands before the form and a comma ("Atlanta, Georgia").
        """
        seen = text[hit.start : hit.end]
        if seen in self.bare_nouns:
            return None
        usable = [c for c in hit.candidates if not c.weak or c.entity in strong]
        if not usable or all(c.weak for c in usable):
            goes_on = bool(_CAPITAL_BEHIND.match(text, hit.end))
            known = sorted(hit.candidates, key=lambda c: not self._in_office(c, document.reference_year))
            near = self._of_state(known, [behind, *nearby, document.country], goes_on)
            usable = [near] if near else usable
        if beside:
            usable = [c for c in hit.candidates if c.cls == "Place" and self._lies_in(c, beside)] or usable
        usable = [c for c in usable if not self._later(c, seen, document)]
        if not usable:
            return None
        if any(c.kind == "seat" for c in usable) and any(c.cls == "Place" for c in usable):
            acting = self._acts(text, hit)
            usable = [c for c in usable if (c.kind == "seat") == acting] or usable
        if any(c.cls == "Country" for c in usable) and (
            self._is_money(text, hit.start, hit.end) or self._is_language(text, hit.start, hit.end)
        ):
            return None
        if len(usable) == 1:
            return usable[0]
        own = f"country/{document.country}"  # "Korea" and "the Congo" are the speaker's own
        year = document.reference_year
        usable.sort(
            key=lambda c: (
                c.entity != own, c.weak, c.kind == "demonym", c.cls == "Person", not self._in_office(c, year), c.entity
            )
        )  # fmt: skip
        return usable[0]

    def _of_state(
        self, candidates: Sequence[Candidate], states: Sequence[str], goes_on: bool
    ) -> Candidate | None:
        for state in filter(None, states):
            for c in candidates:
                if c.cls == "Person" and goes_on:
                    continue  # "Austin Tice" is no Austin of that state
                entry = self.entries.get(c.entity)
                if entry and state in entry.fact_list("country"):
                    return c
        return None

    def _in_office(self, candidate: Candidate, year: int | None) -> bool:
        """Tell whether a person held the listed office in a year; nothing listed speaks against it."""
        entry = self.entries.get(candidate.entity)
        if entry is None or not year:
            return True
        since, until = entry.facts.get("valid_from", "")[:4], entry.facts.get("valid_to", "")[:4]
        return not (since > str(year) or "" < until < str(year))

    def _later(self, candidate: Candidate, seen: str, document: Document) -> bool:
        """Tell whether a text or occasion named after a place came long after the document that says ``seen``."""
        entry = self.entries.get(candidate.entity)
        return entry is not None and came_later(entry, seen, document)

    def _lies_in(self, candidate: Candidate, state: str) -> bool:
        entry = self.entries.get(candidate.entity)
        return entry is not None and state in entry.fact_list("country")

    def _acts(self, text: str, hit: Hit) -> bool:
        """Tell whether a seat of government stands for its state here: it does something, it is not a place."""
        before = re.findall(r"[\w'-]+|[,(]", text[: hit.start])[-1:]
        after = re.findall(r"'s|[\w'-]+|[,.)]", text[hit.end : hit.end + _NEXT])[:1]
        if before and before[0].lower() == "the" and after and after[0] in self.acting_behind_the:
            return True  # "the Damascus regime", "the Kremlin's plans"
        if before and before[0].lower() in self.place_words:
            return False
        return bool(after) and (after[0].lower() in self.acting_words or (after[0] == "'s" and not before))

    def _is_money(self, text: str, start: int, end: int) -> bool:
        """Tell whether a state's name is part of a currency; "won" is one only behind a number."""
        match = re.match(r" ([A-Za-z]+)", text[end:])
        if not match or match[1].lower() not in self.money_words:
            return False
        return match[1].lower() not in self.counted_money or bool(_COUNTED.search(text, 0, start))

    def _is_language(self, text: str, start: int, end: int) -> bool:
        """Tell whether the adjective of a state is its language: "spoke in French", "the Spanish language"."""
        if text[start:end] not in self.languages:
            return False
        if self.spoken.match(text, end):
            return True
        return bool(self.speaking.search(text, 0, start)) and not text[end : end + 2].strip().isalnum()


def load_chooser(folder: Path, entries: Mapping[str, Entry]) -> Chooser:
    """Read ``choosing.toml``."""
    data = tomllib.loads((folder / "choosing.toml").read_text(encoding="utf-8"))
    return Chooser(
        entries=entries,
        place_words=frozenset(data["place_words"]),
        acting_words=frozenset(data["acting_words"]),
        acting_behind_the=frozenset(data["acting_behind_the"]),
        bare_nouns=frozenset(data["bare_nouns"]),
        money_words=frozenset(data["money_words"]),
        counted_money=frozenset(data["counted_money"]),
        languages=frozenset(data["languages"]),
        speaking=re.compile(rf"\b(?:{'|'.join(data['language_before'])})(?: [A-Z][a-z]+,?)*(?: and| or)? $"),
        spoken=re.compile(rf"(?: |-)(?:{'|'.join(data['language_behind'])})\b"),
    )
