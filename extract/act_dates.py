"""Date an act by what is told beside it: the occasion it happens at, the verb that brings a text into the world."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.dates import DateHit
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Scene

__all__ = ["ActDates", "load_act_dates"]

_BODIES = frozenset({"Organization", "Forum"})
# How a body stands with the verb that says it was founded: "APEC began", "APEC was founded", "they founded APEC".
_FOUNDED_AS = frozenset({"nsubjpass", "nsubj", "dobj"})
# An occasion farther from the cue in the tree is that of another act.
_FARTHEST = 8
# "the adoption of the Charter": the word stands three steps above the name at most.
_REACH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDates:
    """Word lists, fixed; each method looks at one sentence."""

    links: frozenset[str]
    nouns: frozenset[str]
    issuing: frozenset[str]
    founding: frozenset[str]
    growing: frozenset[str]
    first: frozenset[str]
    present_words: re.Pattern[str]

    def present(self, text: str) -> int:
        """Tell where a sentence says that it does itself what it tells ("is announcing"); -1 if it does not."""
        found = self.present_words.search(text)
        return found.start() if found else -1

    def foundings(self, scene: Scene, dates: Sequence[tuple[int, DateHit]]) -> dict[str, DateHit]:
        """Say when which body was founded: "APEC was established in 1989", "since 1989, it grew from its first 12"."""
        parsed, found = scene.parsed, dict[str, DateHit]()
        grown = not self.first.isdisjoint(parsed.lower)
        for index, mention in enumerate(scene.mentions if dates else ()):
            token = parsed.token_of.get(index)
            if token is None or mention.cls not in _BODIES or parsed.deps[token] not in _FOUNDED_AS:
                continue
            verb = parsed.heads[token]
            if parsed.lower[verb] in self.founding:
                told = [(t, d) for t, d in dates if d.date]
            elif grown and parsed.lower[verb] in self.growing:
                told = [(t, replace(d, date=d.since, since="")) for t, d in dates if d.since and not d.until]
            else:
                continue
            near = [(parsed.distance(verb, t), t, d) for t, d in told]
            near = [n for n in near if n[0] <= _REACH]
            if near:
                found.setdefault(mention.entity, min(near, key=lambda n: n[:2])[2])
        return found

    def issuing_word(self, parsed: Parsed, token: int) -> int:
        """Give the verb or noun that says that the text named at a token came into the world; -1 if none does."""
        if not 0 <= token < len(parsed.words):
            return -1
        for above in parsed.path_up(token)[1 : _REACH + 1]:
            if parsed.lower[above] in self.issuing:
                return above
            if parsed.tags[above].startswith("VB"):
                break
        return -1

    def occasion(self, scene: Scene, cue: int, dates: Mapping[str, DateHit]) -> DateHit | None:
        """Give the date of the occasion that a cue happens at: "At the Summit in May, the two countries agreed"."""
        parsed = scene.parsed
        if not 0 <= cue < len(parsed.words):
            return None
        found: list[tuple[int, int, DateHit]] = []
        for index, mention in enumerate(scene.mentions):
            date = dates.get(mention.entity)
            token = parsed.token_of.get(index)
            if (
                mention.cls != "Event"
                or date is None
                or token is None
                or not self._linked(parsed, token, cue)
            ):
                continue
            steps = parsed.distance(cue, token)
            if steps <= _FARTHEST:
                found.append((steps, token, date))
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _linked(self, parsed: Parsed, token: int, cue: int) -> bool:
        """Tell whether a preposition ties an occasion to a word above it, and the cue is that word or beneath it."""
        path = parsed.path_up(token)
        for link, above in pairwise(path[1:]):
            if parsed.lower[link] in self.links and parsed.tags[link] == "IN":
                return above == cue or above in parsed.path_up(cue)
            if parsed.lower[link] not in self.nouns and parsed.tags[link] != "IN":
                return False
        return False


def load_act_dates(folder: Path, arguments: Arguments) -> ActDates:
    """Read ``act_dates.toml``; verbs are spelt out in all their forms."""
    data = tomllib.loads((folder / "act_dates.toml").read_text(encoding="utf-8"))

    def forms(verbs: Sequence[str]) -> frozenset[str]:
        return all_forms(verbs, arguments.irregular)

    return ActDates(
        links=frozenset(data["occasion"]["links"]),
        nouns=frozenset(data["occasion"]["nouns"]),
        issuing=forms(data["issuing"]["verbs"]) | set(data["issuing"]["nouns"]),
        founding=forms(data["founding"]["verbs"]),
        growing=forms(data["growing"]["verbs"]),
        first=frozenset(data["growing"]["first"]),
        present_words=re.compile(
            rf"\b(?:{'|'.join(map(re.escape, data['present']['phrases']))})\b", re.IGNORECASE
        ),
    )
