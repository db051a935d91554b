"""Read whom a speaker charges by what it regrets, or by the harm that a deed does: ``criticizes``.

"We regret that X has not …" and "The shipment of waste by X and Y imperils our fisheries" blame without a word of blame
for X. Words: ``charges.toml``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.rule_reading import read_examined
from diplograph.extract.scene import Participant, Scene

__all__ = ["Charges", "load_charges"]

_ACTORS = frozenset({"Country", "Organization"})
_JUDGES = _ACTORS | {"Forum"}
_OWNERS = ("poss", "amod", "compound", "nmod")
_DOERS = frozenset({"by", "between"})
_SURE = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Callable on a scene; word lists fixed."""

    regretting: frozenset[str]
    states: frozenset[str]
    befalling: frozenset[str]
    harming: frozenset[str]
    dealing: frozenset[str]
    harms: frozenset[str]
    supposing: frozenset[str]
    innocent: frozenset[str]
    deeds: frozenset[str]
    arguments: Arguments
    cues: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        parsed = scene.parsed
        for cue in parsed.places(self.cues):
            if parsed.inside[cue] >= 0:
                continue
            word = parsed.lower[cue]
            if word in self.regretting or word in self.states:
                yield from self._regretted(scene, cue)
            elif parsed.tags[cue].startswith("VB"):
                yield from self._harmed(scene, cue)

    def _regretted(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read whose deed or omission is regretted: "regrets that X has not …"."""
        parsed = scene.parsed
        tops = [cue]
        if parsed.lower[cue] in self.states and parsed.deps[cue] in {"acomp", "attr"}:
            tops.append(parsed.heads[cue])  # "it is regrettable that X should have …"
        for top in tops:
            for clause in parsed.child(top, "ccomp"):
                told = parsed.lower[clause] in self.befalling and not parsed.child(clause, "neg")
                if told or clause < cue:
                    continue
                blamed = self._actors(scene, parsed.child(clause, "nsubj"))
                yield from self._told(scene, cue, blamed, "regrets-that")

    def _harmed(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read whose deed does harm: "the build-up of forces by X undermines …"."""
        parsed = scene.parsed
        if parsed.lower[cue] in self.dealing and self.harms.isdisjoint(
            parsed.lower[o] for o in parsed.child(cue, "dobj", "attr")
        ):
            return
        if not self.supposing.isdisjoint(parsed.lower[c] for c in parsed.children[cue]):
            return
        for subject in parsed.child(cue, "nsubj"):
            if (
                scene.named(subject) is not None
                or parsed.inside[subject] >= 0
                or parsed.lower[subject] in self.innocent
            ):
                continue
            doers = list(parsed.child(subject, *_OWNERS))
            below = parsed.child(subject, "prep", "agent")
            below = (*below, *(p for a in parsed.child(subject, "acl") for p in parsed.child(a, "agent")))
            doing = _DOERS | {"of"} if parsed.lower[subject] in self.deeds else _DOERS
            doers += [o for p in below if parsed.lower[p] in doing for o in parsed.child(p, "pobj")]
            blamed = [p for p in self._actors(scene, doers) if p.how == "name"]
            judges = scene.voice or ((scene.author,) if scene.author else ())
            for judge in judges:
                for one in blamed:
                    if judge.entity != one.entity:
                        yield cued("criticizes", judge, one, "harmful-deed", cue, _SURE)

    def _actors(self, scene: Scene, tokens: tuple[int, ...] | list[int]) -> list[Participant]:
        found = {p.entity: p for t in tokens for p in self.arguments.stand_for(scene, t) if p.cls in _ACTORS}
        return list(found.values())

    def _told(self, scene: Scene, cue: int, blamed: list[Participant], rule: str) -> Iterator[Candidate]:
        tokens = self.arguments.roles(scene.parsed, cue).get("agent", ())
        judges = [p for t in tokens for p in self.arguments.stand_for(scene, t) if p.cls in _JUDGES]
        if not judges:
            judges = list(scene.voice) or ([scene.author] if scene.author else [])
        for judge in {j.entity: j for j in judges}.values():
            for one in blamed:
                if judge.entity != one.entity:
                    yield cued("criticizes", judge, one, rule, cue, _SURE)


def load_charges(folder: Path, arguments: Arguments) -> Charges:
    """Read ``charges.toml``; verbs are spelt out in all their forms.

    Raises:
        TableError: The file has no examples or no counter-examples.
    """
    path = folder / "charges.toml"
    data = read_examined(path)

    def spelt(name: str) -> frozenset[str]:
        return all_forms(data[name], arguments.irregular)

    words = {name: spelt(name) for name in ("regretting", "befalling", "harming", "dealing")}
    states = frozenset(data["states"])
    return Charges(
        regretting=words["regretting"], states=states, befalling=words["befalling"],
        harming=words["harming"], dealing=words["dealing"], harms=frozenset(data["harms"]),
        supposing=frozenset(data["supposing"]), innocent=frozenset(data["innocent"]),
        deeds=frozenset(data["deeds"]), arguments=arguments,
        cues=words["regretting"] | states | words["harming"] | words["dealing"],
    )  # fmt: skip
