"""Read where programmes are carried out from what their participants do: ``locatedIn``.

"The Young Southeast Asian Leaders Initiative … The participants will travel to Detroit": the participants
stand for the programme that the sentence, or the few before it, named last.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["ProgrammePlaces", "load_programme_places"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePlaces:
    """Callable on a scene: candidates for ``locatedIn`` of programmes; settings only."""

    arguments: Arguments
    participants: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]
    lies_in: Callable[[str, str], bool | None]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the subjects, then of the places."""
        if not scene.names("Place", "Country"):
            return
        named = scene.names("Programme")
        programme = named[-1] if named else next((p for p in scene.latest if p.cls == "Programme"), None)
        if programme is None:
            return
        parsed = scene.parsed
        for subject, word in enumerate(parsed.lower):
            verb = parsed.heads[subject]
            own = parsed.mention[subject] >= 0 and scene.named(subject) == programme
            if parsed.deps[subject] not in {"nsubj", "nsubjpass"} or parsed.lower[verb] not in self.verbs:
                continue
            if not own and (word not in self.participants or parsed.inside[subject] >= 0):
                continue
            rule = "programme-acts-in" if own else "participants-in" if named else "participants-in-latest"
            places = list(self._places(scene, verb))
            for place in places:
                if any(self.lies_in(p.entity, place.entity) for p in places if p.token < place.token):
                    continue  # "Kalamazoo, Michigan": the city says it
                yield Candidate(
                    predicate="locatedIn",
                    head=programme,
                    tail=place,
                    rule=rule,
                    cue=verb,
                    confidence=0.6,
                    roles=("agent", "in"),
                )

    def _places(self, scene: Scene, verb: int) -> Iterator[Participant]:
        """Give the areas under the prepositions of a verb, of its object and of the verbs joined to it."""
        parsed = scene.parsed
        verbs = [verb, *(c for c in parsed.child(verb, "conj", "xcomp") if parsed.tags[c].startswith("VB"))]
        seen: set[str] = set()
        for one in verbs:
            for governor in (one, *parsed.child(one, "dobj", "prep")):
                direct = parsed.child(governor, "dobj") if parsed.lower[governor] == "visit" else ()
                preps = [c for c in parsed.child(governor, "prep") if parsed.lower[c] in self.prepositions]
                if parsed.deps[governor] == "prep":
                    # "meet with counterparts in Kalamazoo": one noun between
                    nouns = parsed.child(governor, "pobj")
                    preps = [
                        c
                        for n in nouns
                        for c in parsed.child(n, "prep")
                        if parsed.lower[c] in self.prepositions
                    ]
                tokens = [*direct, *(o for p in preps for o in parsed.child(p, "pobj"))]
                for participant in (p for t in tokens for p in self.arguments.stand_for(scene, t)):
                    if participant.cls in {"Place", "Country"} and participant.entity not in seen:
                        seen.add(participant.entity)
                        yield participant


def load_programme_places(
    folder: Path,
    arguments: Arguments,
    irregular: Mapping[str, list[str]],
    lies_in: Callable[[str, str], bool | None],
) -> ProgrammePlaces:
    """Read the table ``programme`` of ``belonging.toml``."""
    data = tomllib.loads((folder / "belonging.toml").read_text(encoding="utf-8"))["programme"]
    return ProgrammePlaces(
        arguments=arguments,
        participants=frozenset(data["participants"]),
        prepositions=frozenset(data["prepositions"]),
        lies_in=lies_in,
        verbs=all_forms(data["verbs"], irregular),
    )
