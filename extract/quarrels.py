"""Read quarrels between states from what one does to the other's land or both do: ``disputesWith``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.parsing import Parsed
from diplograph.extract.rule_reading import read_examined, told_of
from diplograph.extract.scene import Participant, Scene

__all__ = ["Quarrels", "load_quarrels"]

_ONTO = frozenset({"into", "of", "on", "upon", "across", "in"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarrels:
    """Callable on a scene; word lists fixed (see ``rules/quarrels.toml``)."""

    trespasses: frozenset[str]
    domains: frozenset[str]
    quarrels: frozenset[str]
    quarrelling: frozenset[str]
    souring: frozenset[str]
    bonds: frozenset[str]
    arguments: Arguments
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.trespasses | self.quarrelling | self.souring
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        parsed = scene.parsed
        for cue in parsed.places(self.cues):
            word = parsed.lower[cue]
            if not parsed.tags[cue].startswith("VB") or parsed.inside[cue] >= 0:
                continue
            if word in self.trespasses:
                yield from self._trespass(scene, cue)
            if word in self.quarrelling or word in self.souring:
                yield from self._quarrel(scene, cue)

    def _trespass(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Pair a state with the one whose air, waters or land it violates, claims or holds."""
        parsed = scene.parsed
        if parsed.child(verb, "neg"):
            return
        roles = self.arguments.roles(parsed, verb)
        objects = [*roles.get("theme", []), *parsed.child(verb, "dobj")]
        objects += [
            o for p in parsed.child(verb, "prep") if parsed.lower[p] in _ONTO
            for o in parsed.child(p, "pobj")
        ]  # fmt: skip
        objects += [  # "lays claim to our waters"
            o for t in parsed.child(verb, "dobj") if parsed.lower[t] in self.quarrels
            for p in parsed.child(t, "prep") if parsed.lower[p] in {"to", "over"}
            for o in parsed.child(p, "pobj")
        ]  # fmt: skip
        objects += [  # "part of our territory"
            o for t in objects for p in parsed.child(t, "prep") if parsed.lower[p] == "of"
            for o in parsed.child(p, "pobj")
        ]  # fmt: skip
        owners: list[int] = []
        for token in _listed(parsed, objects):
            if parsed.lower[token] in self.domains:
                owners += parsed.child(token, "poss", "amod", "compound", "nmod")
                owners += self.arguments.roles(parsed, token).get("of", [])
        for doer in self._states(scene, roles.get("agent", [])):
            for owner in self._states(scene, owners):
                if doer.entity != owner.entity:
                    yield _pair(doer, owner, "trespass", verb)

    def _quarrel(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Pair two states that are told to quarrel: "X and Y exchanged fire", "relations between X and Y soured"."""
        parsed = scene.parsed
        if parsed.child(verb, "neg"):
            return
        below = [*parsed.child(verb, "dobj", "attr")]
        below += [o for p in parsed.child(verb, "prep", "agent") for o in parsed.child(p, "pobj")]
        subjects = parsed.child(verb, "nsubj")
        soured = parsed.lower[verb] in self.souring and any(parsed.lower[t] in self.bonds for t in subjects)
        if not soured and not any(parsed.lower[t] in self.quarrels for t in below):
            return
        roles = self.arguments.roles(parsed, verb)
        between = [o for t in subjects for o in self.arguments.roles(parsed, t).get("between", [])]
        tokens = between if soured else [*roles.get("agent", []), *roles.get("with", [])]
        sides = self._states(scene, tokens)
        if len(sides) == 2:
            yield _pair(sides[0], sides[1], "quarrel", verb)

    def _states(self, scene: Scene, tokens: Sequence[int]) -> list[Participant]:
        found: dict[str, Participant] = {}
        for token in tokens:
            for p in self.arguments.stand_for(scene, token):
                actor = scene.speakers.get(p.entity, p) if p.cls == "Person" else p
                if actor.cls == "Country":
                    found.setdefault(actor.entity, actor)
        return list(found.values())


def _listed(parsed: Parsed, tokens: Sequence[int]) -> list[int]:
    """Give tokens and those coordinated with them, each once."""
    found = dict.fromkeys(tokens)
    for token in tokens:
        found.update(dict.fromkeys(parsed.child(token, "conj")))
    return list(found)


def _pair(one: Participant, other: Participant, rule: str, cue: int) -> Candidate:
    return Candidate(
        predicate="disputesWith", head=one, tail=other, rule=rule, cue=cue, confidence=0.7,
        roles=("agent", "theme"),
    )  # fmt: skip


def load_quarrels(folder: Path, arguments: Arguments) -> Quarrels:
    """Read ``quarrels.toml``; verbs are spelt out in all their forms.

    Raises:
        TableError: The file lacks a list, or its examples.
    """
    path = folder / "quarrels.toml"
    with told_of(path):
        data = read_examined(path)

        def spelt(key: str) -> frozenset[str]:
            return frozenset(f for lemma in data[key] for f in verb_forms(lemma, arguments.irregular))

        return Quarrels(
            trespasses=spelt("trespasses"),
            domains=frozenset(data["domains"]),
            quarrels=frozenset(data["quarrels"]),
            quarrelling=spelt("quarrelling"),
            souring=spelt("souring"),
            bonds=frozenset(data["bonds"]),
            arguments=arguments,
        )
