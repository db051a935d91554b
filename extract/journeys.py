"""Read who goes along on a journey that sentences before tell of: ``visits``.

"X will travel to Y and Z with a delegation. Its other members include A and B.": A and B go where X goes.
Words: ``journeys.toml``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.frames import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["Journeys", "load_journeys"]

# "members of the delegation will also include": words between the party and the verb.
_FAR = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Journeys:
    """Callable on a scene: candidates for ``visits``; settings only."""

    parties: frozenset[str]
    including: frozenset[str]
    along: frozenset[str]
    list_glue: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of those who go along."""
        if not scene.trip:
            return
        words = scene.parsed.lower
        for token, word in enumerate(words):
            if scene.parsed.inside[token] >= 0:
                continue
            start = -1
            if word in self.parties:
                start = next(
                    (
                        i
                        for i in range(token + 1, min(token + _FAR, len(words)))
                        if words[i] in self.including
                    ),
                    -1,
                )
                rule = "delegation-members"
            elif word in self.along and words[token + 1 : token + 2] == ("by",):
                start, rule = token + 1, "goes-along"
            if start < 0:
                continue
            for person in self._persons(scene, start):
                for place in scene.trip:
                    yield Candidate(
                        predicate="visits",
                        head=person,
                        tail=place,
                        rule=rule,
                        cue=token,
                        confidence=0.55 if rule == "delegation-members" else 0.5,
                        roles=("member", "trip"),
                    )
            return

    def _persons(self, scene: Scene, start: int) -> list[Participant]:
        """Give the persons of a list behind a token, as long as only titles and words of lists stand between."""
        parsed = scene.parsed
        found: list[Participant] = []
        for token in range(start + 1, len(parsed.words)):
            named = scene.named(token)
            if named is not None and named.cls == "Person":
                found.append(named)
            elif (
                parsed.inside[token] < 0
                and parsed.lower[token] not in self.list_glue
                and parsed.tags[token] not in {"NNP", "NNPS"}
            ):
                break
        return found


def load_journeys(folder: Path) -> Journeys:
    """Read ``journeys.toml``."""
    data = tomllib.loads((folder / "journeys.toml").read_text(encoding="utf-8"))
    return Journeys(
        parties=frozenset(data["parties"]),
        including=frozenset(data["including"]),
        along=frozenset(data["along"]),
        list_glue=frozenset(data["list_glue"]),
    )
