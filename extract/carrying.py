"""Carry a sum from one sentence to the next: "This new funding will reach …" speaks of the sum named before."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from diplograph.extract.amounts import AmountHit
from diplograph.extract.dates import DateHit
from diplograph.extract.scene import Scene

__all__ = ["SceneFacts", "SumCarrier", "load_sum_carrier"]

# "This funding" speaks of what was said just before, at most this many sentences back.
_FARTHEST_BACK = 2
# The sum that passes through a body stands before it, this many code points at most: "$103 million through the Bureau".
_LONGEST_WAY = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneFacts:
    """Dates and sums of a sentence, with the tokens they stand at.

    ``occasions`` and ``texts`` map events, forums and agreements to the dates that their names carry;
    ``foundings`` maps bodies to the date they were founded; ``anniversaries`` holds the years of what is remembered; ``carried`` the sums of an earlier sentence that this
    one refers to, by the body they pass through (the empty key: anybody).
    """

    dates: tuple[tuple[int, DateHit], ...] = ()
    amounts: tuple[tuple[int, AmountHit], ...] = ()
    occasions: Mapping[str, DateHit] = field(default_factory=dict)
    texts: Mapping[str, DateHit] = field(default_factory=dict)
    anniversaries: tuple[tuple[int, DateHit], ...] = ()
    foundings: Mapping[str, DateHit] = field(default_factory=dict)
    carried: Mapping[str, AmountHit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumCarrier:
    """Callable that gives sentences the sums that they refer back to; pattern fixed."""

    back_reference: re.Pattern[str]

    def __call__(self, scenes: Sequence[Scene], facts: Sequence[SceneFacts]) -> list[SceneFacts]:
        """Give the facts of sentences in order, with the sums of the sentence before where one refers to them."""
        return list(self._carried(scenes, facts))

    def _carried(self, scenes: Sequence[Scene], facts: Sequence[SceneFacts]) -> Iterator[SceneFacts]:
        for index, (scene, fact) in enumerate(zip(scenes, facts, strict=True)):
            if fact.amounts or not self.back_reference.search(scene.parsed.sentence.text):
                yield fact
                continue
            back = range(index - 1, max(-1, index - 1 - _FARTHEST_BACK), -1)
            told = next((i for i in back if facts[i].amounts), None)
            yield fact if told is None else replace(fact, carried=_sums(scenes[told], facts[told]))


def _sums(scene: Scene, facts: SceneFacts) -> Mapping[str, AmountHit]:
    """Say whose each sum of a sentence is: that of the name behind it; the first one is anybody's (the empty key)."""
    sums = [amount for _, amount in facts.amounts]
    found = {"": sums[0]}
    for mention, (start, _) in zip(scene.mentions, scene.parsed.sentence.places, strict=True):
        before = [a for a in sums if a.end <= start <= a.end + _LONGEST_WAY]
        if before and mention.cls == "Organization":
            found.setdefault(mention.entity, before[-1])
    return found


@lru_cache(maxsize=4)
def load_sum_carrier(folder: Path) -> SumCarrier:
    """Read ``amounts.toml``; adjectives may stand between the determiner and the noun."""
    data = tomllib.loads((folder / "amounts.toml").read_text(encoding="utf-8"))["back_reference"]

    def words(name: str) -> str:
        return "|".join(re.escape(w) for w in sorted(data[name], key=lambda w: (-len(w), w)))

    return SumCarrier(
        back_reference=re.compile(
            rf"\b(?:{words('determiners')}) (?:(?:{words('adjectives')}) )*(?:[\w-]+ )?(?:{words('nouns')})\b",
            re.IGNORECASE,
        )
    )
