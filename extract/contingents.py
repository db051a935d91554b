"""Read who gives troops to a mission from what they are called: ``deploysTo``.

"X is a major troop contributor to Y", "the troop-contributing countries of Y, namely X and Z", "as a contributor of
police to Y, X …". Words: ``deployments.toml``, table ``contributor``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments
from diplograph.extract.candidates import Candidate
from diplograph.extract.deployments import Deployments
from diplograph.extract.scene import Participant, Scene

__all__ = ["Contingents", "load_contingents"]

# Words before and behind "contributor" that must tell that troops are given.
_BEFORE, _BEHIND = 5, 4
# "is one of the ten largest contributors": steps from the noun up to the verb.
_HIGHEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingents:
    """Callable on a scene: candidates for ``deploysTo``; settings only."""

    arguments: Arguments
    deployments: Deployments
    givers: frozenset[str]
    giving: frozenset[str]
    carriers: frozenset[str]
    given: frozenset[str]
    gifts: frozenset[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.givers | self.carriers | self.gifts
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the words for contributors."""
        parsed = scene.parsed
        for token in parsed.places(self.cues):
            word = parsed.lower[token]
            if parsed.inside[token] >= 0 and scene.mentions[parsed.inside[token]].cls != "IssueArea":
                continue
            if word in self.givers or (
                word in self.carriers and self.giving.intersection(parsed.lower[max(0, token - 2) : token])
            ):
                near = parsed.lower[max(0, token - _BEFORE) : token + _BEHIND]
                yield from self._contributors(scene, token, bool(self.given.intersection(near)))
            elif word in self.gifts:
                yield from self._gifts(scene, token)

    def _gifts(self, scene: Scene, noun: int) -> Iterator[Candidate]:
        """Read "the contributions of X and Y to EUFOR": what a mission is given is people."""
        roles = self.arguments.roles(scene.parsed, noun)
        holders = {
            p.entity: p
            for name in ("doer", "of", "from")
            for t in roles.get(name, ())
            for p in self.arguments.stand_for(scene, t)
            if p.cls == "Country"
        }
        missions = {
            p.entity: p
            for name in ("to", "in", "for")
            for t in roles.get(name, ())
            for p in self.arguments.stand_for(scene, t)
            if p.cls == "Programme" and p.entity in self.deployments.lands
        }
        yield from self._given(list(holders.values()), list(missions.values()), noun, "contribution-to", 0.6)

    def _contributors(self, scene: Scene, noun: int, told: bool) -> Iterator[Candidate]:
        holders = self._holders(scene, noun)
        if not holders:
            return
        given = [
            o
            for p in scene.parsed.child(noun, "prep")
            if scene.parsed.lower[p] == "of"
            for o in scene.parsed.child(p, "pobj")
        ]
        places = [
            p
            for p in self.deployments.places(scene, [noun, *given])
            if told or p.entity in self.deployments.lands
        ]
        if not places and not told:
            return
        sure, rule = 0.7, "contributor-to"
        if not places:
            missions = [p for p in scene.names("Programme") if p.entity in self.deployments.lands]
            if len({p.entity for p in missions}) == 1:
                places, sure, rule = missions[:1], 0.55, "contributor-mission"
        yield from self._given(holders, list({p.entity: p for p in places}.values()), noun, rule, sure)

    def _given(
        self, holders: list[Participant], places: list[Participant], noun: int, rule: str, sure: float
    ) -> Iterator[Candidate]:
        for place in places:
            lands = self.deployments.lands.get(place.entity, ())
            for holder in holders:
                for target, how in ((place, rule), *((land, rule + "-land") for land in lands)):
                    if self.deployments.abroad(holder, target):
                        yield Candidate(
                            predicate="deploysTo", head=holder, tail=target, rule=how, cue=noun,
                            confidence=sure if target is place else 0.5, roles=(how, target.cls),
                        )  # fmt: skip

    def _holders(self, scene: Scene, noun: int) -> list[Participant]:
        """Give who the contributors are: listed behind, in apposition, or the subject that is one of them."""
        parsed = scene.parsed
        tokens = [*self.arguments.company.behind(parsed, noun), *parsed.child(noun, "appos")]
        if parsed.deps[noun] == "appos":
            tokens.append(parsed.heads[noun])
        up = noun
        for _ in range(_HIGHEST):
            if parsed.heads[up] == up:
                break
            if parsed.lower[up] == "as" or parsed.deps[up] == "attr":
                tokens += self.arguments.roles(parsed, parsed.heads[up]).get("agent", ())
                break
            up = parsed.heads[up]
            if parsed.tags[up].startswith("VB"):
                if parsed.lower[up] in {"is", "are", "remains", "ranks", "remain", "rank", "was", "were"}:
                    tokens += self.arguments.roles(parsed, up).get("agent", ())
                break
        found = {
            p.entity: p
            for t in tokens
            for p in self.arguments.stand_for(scene, t)
            if p.cls in {"Country", "Organization"}
        }
        return list(found.values())


def load_contingents(folder: Path, arguments: Arguments, deployments: Deployments) -> Contingents:
    """Read the table ``contributor`` of ``deployments.toml``."""
    data = tomllib.loads((folder / "deployments.toml").read_text(encoding="utf-8"))["contributor"]
    return Contingents(
        arguments=arguments,
        deployments=deployments,
        givers=frozenset(data["givers"]),
        giving=frozenset(data["giving"]),
        carriers=frozenset(data["carriers"]),
        given=frozenset(data["given"]),
        gifts=frozenset(data["gifts"]),
    )
