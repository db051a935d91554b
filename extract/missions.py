"""Read what states and bodies do with missions of peace by name: ``deploysTo``.

"Italy and France have reinforced UNIFIL" tells who gives a mission people; "resolution 1704 creating UNMIT" tells
that its body sends it to its land. Words: ``deployments.toml``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.vocabulary import Entry

__all__ = ["Missions", "load_missions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missions:
    """Callable on a scene: candidates for ``deploysTo``; settings only.

    ``lands`` and ``senders`` say of the listed missions of peace in which land they are and whose they are.
    """

    arguments: Arguments
    reinforcing: frozenset[str]
    raised: frozenset[str]
    lands: Mapping[str, tuple[Participant, ...]]
    senders: Mapping[str, Participant]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates, verbs in order of place first, then missions."""
        if not any(p.entity in self.senders for p in scene.names("Programme")):
            return
        for token, word in enumerate(scene.parsed.lower):
            if word in self.reinforcing and scene.parsed.tags[token].startswith("VB"):
                yield from self._reinforced(scene, token)
        yield from self._missions(scene)

    def _reinforced(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read "Italy and France have reinforced UNIFIL", "Ghana serves in UNMISS": states that give a mission people."""
        roles = self.arguments.roles(scene.parsed, verb)
        missions = [
            p
            for role in ("theme", "in", "to", "with")
            for t in roles.get(role, ())
            for p in self.arguments.stand_for(scene, t)
            if p.cls == "Programme" and p.entity in self.lands and p.entity in self.senders
        ]
        owners = [
            p
            for t in roles.get("agent", ())
            for p in self.arguments.stand_for(scene, t)
            if p.cls == "Country"
        ]
        for mission in missions:
            for owner in owners:
                yield _claim(owner, mission, "reinforces-mission", verb, 0.5)
                for land in self.lands[mission.entity]:
                    if owner.entity != land.entity:
                        yield _claim(owner, land, "reinforces-mission-land", verb, 0.5)

    def _missions(self, scene: Scene) -> Iterator[Candidate]:
        """Read "the deployment of UNAVEM", "resolution 1704 creating UNMIT": the body sends the mission to its land."""
        raised = not self.raised.isdisjoint(scene.parsed.lower)
        for mission in scene.names("Programme"):
            sender = self.senders.get(mission.entity)
            for land in self.lands.get(mission.entity, ()):
                if sender is not None:
                    yield _claim(
                        sender,
                        land,
                        "mission-raised" if raised else "mission-named",
                        mission.token,
                        0.45 if raised else 0.35,
                    )


def _claim(head: Participant, tail: Participant, rule: str, cue: int, sure: float) -> Candidate:
    return cued("deploysTo", head, tail, rule, cue, sure, tail.cls)


def load_missions(folder: Path, arguments: Arguments, entries: Mapping[str, Entry]) -> Missions:
    """Read ``deployments.toml``; ``entries`` tell of listed missions their land and their body."""
    data = tomllib.loads((folder / "deployments.toml").read_text(encoding="utf-8"))
    keeping = {
        key: entry
        for key, entry in sorted(entries.items())
        if entry.cls == "Programme" and "peacekeeping" in entry.facts.get("issues", "")
    }
    lands = {key: entry.facts.get("country", "") for key, entry in keeping.items()}
    senders = {key: entry.facts.get("parent", "") for key, entry in keeping.items()}
    return Missions(
        arguments=arguments,
        reinforcing=all_forms(data["reinforcing"], arguments.irregular),
        raised=all_forms(data["raised"], arguments.irregular),
        lands={
            key: (Participant(entity=f"country/{land}", cls="Country", token=-1, how="inside"),)
            for key, land in lands.items()
            if land
        },
        senders={
            key: Participant(entity=f"organization/{sender}", cls="Organization", token=-1, how="inside")
            for key, sender in senders.items()
            if sender
        },
    )
