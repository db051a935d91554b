"""Say what a whole document or section is about: its one occasion, agreement, mission and state.

A communiqué names its summit in the title and speaks of "the meeting" or of those who "attended" three pages
later; a report on a mission says "the contingents", a status list "ratified on 2 May". Words: ``about.toml``.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from diplograph.extract.parsing import Parsed
from diplograph.extract.records import Document, Mention
from diplograph.extract.scene import Participant, Theme

__all__ = ["About", "load_about"]

# Blocks at the beginning that may be title, date line, place line and list of speakers.
_TITLE_BLOCKS = 6
# The first sentence of the body that is no longer a line of the title (code points).
_TITLE_LINE = 160
# Sentences of the opening in which the occasion is told.
_OPENING = 3
# A mission or state is what a document is about if it is named so often, and so many times as often as the next.
_OFTEN = {"Programme": 4, "Country": 3}
_TIMES_NEXT = {"Programme": 2, "Country": 1.5}
# Code points before and behind a name in which the verb of holding stands.
_BESIDE = 60
_BEHIND = 140
# The rest of a text about an occasion says "the meeting" or "participants" at least so often.
_GOES_ON = 2
# The longest line of a list of those present (code points).
_ROLL = 200
# A speech says so in its beginning (code points).
_SPOKEN = 800
_OPENS_SENTENCE = re.compile(r"(?:^|[.\n] ?)The $")
_TITLES = frozenset({"title", "heading"})
_THINGS = ("Event", "Agreement", "Programme")


@dataclass(frozen=True, kw_only=True)
class About:
    """Callable on a document and its names: the theme of each block; words fixed.

    ``meets`` says of a name whether it is of something that is attended, unlike a war; ``lands`` are the states that
    missions are in.
    """

    meets: Callable[[str], bool]
    lands: Mapping[str, Sequence[Participant]]
    told_by: frozenset[str]
    coming: frozenset[str]
    spoken: re.Pattern[str]
    going_on: re.Pattern[str]
    survey: re.Pattern[str]
    reports: re.Pattern[str]
    calls_roll: re.Pattern[str]
    situation: str
    parts: re.Pattern[str]
    kinds: Mapping[str, int]
    plain: frozenset[str]
    pointing: frozenset[str]
    other_ones: frozenset[str]
    telling: frozenset[str]
    state_nouns: frozenset[str]
    own_words: frozenset[str]

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The nouns that may stand for what a section is about."""
        return self.state_nouns.union(self.kinds)

    def __call__(self, document: Document, groups: Sequence[Sequence[Mention]]) -> tuple[Theme, ...]:
        """Give the theme of each sentence; ``groups`` are the mentions by sentence."""
        titled = _title_sentences(document)
        whole = self._whole(document, groups, titled)
        themes: list[Theme] = []
        theme, block, roll = whole, -1, False
        for number, sentence in enumerate(document.sentences):
            if sentence.block != block and number >= titled:
                block = sentence.block
                ends = document.text[sentence.span.end - 1]
                if document.blocks and document.blocks[block].kind in _TITLES and ends not in ",;":
                    theme = Theme(things={**whole.things, **self._named(groups[number])})
            place = "title" if number < titled else "opening" if number < titled + _OPENING else ""
            words = document.text[sentence.span.start : sentence.span.end]
            if self.calls_roll.search(words):
                roll = True
            elif roll:
                roll = len(words) <= _ROLL and not words.endswith(".") and bool(groups[number])
                place = "roll" if roll else place
            themes.append(replace(theme, place=place) if place else theme)
        return tuple(themes)

    def _whole(self, document: Document, groups: Sequence[Sequence[Mention]], titled: int) -> Theme:
        """Say what the whole document is about: by its title, its opening, what it names most."""
        head = [m for group in groups[:titled] for m in group]
        opening = [m for group in groups[titled : titled + _OPENING] for m in group]
        told = self._named(head)
        start = document.sentences[titled].span.start if titled < len(groups) else len(document.text)
        title = f"{document.title}\n{document.text[:start]}"
        if "Event" not in told and not self._surveys(document, title):
            held = [m for m in opening if self._is_held(document, m)]
            goes_on = len(self.going_on.findall(document.text, held[-1].span.end if held else 0))
            sitting = all(any(map(self._meeting, m.text.lower().split())) for m in held)
            if goes_on >= _GOES_ON or (sitting and self.reports.search(title)):
                told |= self._named(held[:1])
            if "Event" not in told and (series := self._sitting(head)):
                told["Event"] = series
        mentions = [m for group in groups for m in group]
        if "Programme" not in told and (mission := _foremost(mentions, "Programme")):
            told["Programme"] = mission
        if not document.country and (state := _foremost(mentions, "Country")):
            end = document.sentences[min(len(groups), titled + _OPENING) - 1].span.end
            names = sorted({re.escape(m.text) for m in mentions if m.entity == state.entity})
            if re.search(self.situation.replace("NAME", "|".join(names)), document.text[:end]):
                told["Country"] = state
        mission = told.get("Programme")
        if not document.country and "Country" not in told and mission is not None:
            lands = [p for p in self.lands.get(mission.entity, ()) if p.cls == "Country"]
            if len(lands) == 1:
                told["Country"] = Participant(entity=lands[0].entity, cls="Country", token=-1, how="topic")
        return Theme(things=told)

    def _sitting(self, head: Sequence[Mention]) -> Participant | None:
        """Give the one series that a title names as if it were its session ("Commonwealth Heads of Government Meeting")."""
        told = {m.entity: m for m in head if m.cls == "Forum" and self._meeting(m.text.lower().split()[-1])}
        if len(told) != 1 or not self.meets(next(iter(told.values())).text):
            return None
        return Participant(entity=next(iter(told)), cls="Forum", token=-1, how="topic")

    def _meeting(self, word: str) -> bool:
        return self.kinds.get(word) == 0

    def _surveys(self, document: Document, title: str) -> bool:
        """Tell whether a text is a speech or part of a yearbook: neither is about the first meeting it names."""
        return bool(self.survey.search(title) or self.spoken.search(document.text[:_SPOKEN]))

    def _is_held(self, document: Document, mention: Mention) -> bool:
        """Tell whether words beside a name say that it was held ("held its tenth summit", "the summit was held")."""
        if mention.cls != "Event" or not self.meets(mention.text):
            return False
        before = document.text[max(0, mention.span.start - _BESIDE) : mention.span.start]
        reach = _BEHIND if _OPENS_SENTENCE.search(before) else _BESIDE
        after = document.text[mention.span.end : mention.span.end + reach]
        if not self.coming.isdisjoint((*before.lower().split()[-2:], *mention.text.lower().split())):
            return False
        near = (*before.lower().split(), *after.lower().replace(",", " ").split())
        return not self.told_by.isdisjoint(near)

    def _named(self, mentions: Sequence[Mention]) -> dict[str, Participant]:
        """Give the one thing of each class that mentions name, if they name one."""
        found: dict[str, Participant] = {}
        for cls in _THINGS:
            own = {m.entity: m for m in mentions if m.cls == cls and self._is_whole(m)}
            if len(own) == 1:
                entity = next(iter(own))
                found[cls] = Participant(entity=entity, cls=cls, token=-1, how="topic")
        return found

    def _is_whole(self, mention: Mention) -> bool:
        if mention.cls == "Event":
            return self.meets(mention.text)
        return not self.parts.match(mention.text)

    # -- what words of a sentence stand for --------------------------------------------------------------

    def anaphors(
        self, parsed: Parsed, theme: Theme, found: Mapping[int, tuple[Participant, ...]]
    ) -> dict[int, tuple[Participant, ...]]:
        """Map nouns that nothing else is known of to what the section is about ("the meeting", "the mission")."""
        meant: dict[int, tuple[Participant, ...]] = {}
        if not theme.things:
            return meant
        for token in parsed.places(self.nouns):
            if token in found or parsed.inside[token] >= 0 or not self._is_bare(parsed, token):
                continue
            one = self._fitting(parsed.lower[token], theme)
            if one is None and parsed.lower[token] in self.state_nouns:
                one = theme["Country"]
            if one is not None:
                meant[token] = (Participant(entity=one.entity, cls=one.cls, token=token, how="anaphor"),)
        return meant

    def _fitting(self, word: str, theme: Theme) -> Participant | None:
        kind = self.kinds.get(word)
        if kind is None:
            return None
        for cls in _THINGS:
            one = theme[cls]
            if one is not None and any(
                self.kinds.get(w) == kind for w in one.entity.partition("/")[2].split("-")
            ):
                return one
        return None

    def _is_bare(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a noun has an article and nothing that tells it from others ("the meeting", no "of ministers")."""
        below = parsed.children[token]
        if not any(parsed.lower[c] in self.pointing for c in parsed.child(token, "det")):
            return False
        for c in below:
            word = parsed.lower[c]
            if parsed.mention[c] >= 0 or word in self.other_ones or parsed.tags[c] == "CD":
                return False
            label = parsed.deps[c]
            if label in {"acl", "relcl", "poss"}:
                return False  # "the meeting held in Lima"
            if label in {"amod", "compound", "nmod"} and word not in self.plain | self.own_words:
                return False
            if label == "prep" and word in self.telling:
                return False
        return True


def _title_sentences(document: Document) -> int:
    """Count the sentences of the title: short first lines that do not end as a sentence of the body does."""
    for number, sentence in enumerate(document.sentences):
        kind = document.blocks[sentence.block].kind if document.blocks else ""
        length = sentence.span.end - sentence.span.start
        if sentence.block >= _TITLE_BLOCKS or (
            kind not in _TITLES and (length > _TITLE_LINE or document.text[sentence.span.end - 1] == ".")
        ):
            return number
    return len(document.sentences)


def _foremost(mentions: Sequence[Mention], cls: str) -> Participant | None:
    """Give what of a class is named far more often than any other, or None."""
    counts = Counter(m.entity for m in mentions if m.cls == cls)
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _OFTEN[cls]:
        return None
    if len(ranked) > 1 and ranked[0][1] < _TIMES_NEXT[cls] * ranked[1][1]:
        return None
    return Participant(entity=ranked[0][0], cls=cls, token=-1, how="topic")


def load_about(
    folder: Path, meets: Callable[[str], bool], lands: Mapping[str, Sequence[Participant]]
) -> About:
    """Read ``about.toml`` and the words of ``discourse.toml`` that tell one occasion from another."""
    data = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((folder / "discourse.toml").read_text(encoding="utf-8"))
    return About(
        meets=meets,
        lands=lands,
        told_by=frozenset(data["told_by"]),
        coming=frozenset(data["coming"]),
        spoken=re.compile(data["spoken"]),
        going_on=re.compile(data["going_on"]),
        survey=re.compile(data["survey"]),
        reports=re.compile(data["reports"]),
        calls_roll=re.compile(data["calls_roll"]),
        situation=data["situation"],
        parts=re.compile(data["parts"]),
        kinds={word: row for row, kind in enumerate(data["kinds"]) for word in kind},
        plain=frozenset(data["plain"]),
        pointing=frozenset(data["pointing"]),
        other_ones=frozenset(words["other_ones"]),
        telling=frozenset(words["telling"]),
        state_nouns=frozenset(data["state_nouns"]),
        own_words=frozenset(data["own_words"]),
    )
