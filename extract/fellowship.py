"""Read who acts with whom from phrases of company: ``cooperatesWith``.

"X, together with Y, launched …", "we work hand in hand with Y and Z", "jointly with Y": each of those beside is
paired with who acts, not with one another. Words: ``cooperation.toml``, table ``company``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene

__all__ = ["Fellowship", "load_fellowship"]

_ACTORS = frozenset({"Country", "Organization"})
# An act that is none of working together stands so many words before the phrase.
_NEAR = 2
_SUBJECTS = ("nsubj", "nsubjpass")
# A longer list behind "with" is no company.
_MOST_OTHERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fellowship:
    """Callable on a scene: candidates for ``cooperatesWith``; phrases by their first word, settings only."""

    arguments: Arguments
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    apart: frozenset[str]
    made: frozenset[str]
    making: frozenset[str]
    people: frozenset[str]
    loosely: frozenset[str]
    partaking: frozenset[str]
    asking: frozenset[str]
    most: int

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the phrases."""
        words = scene.parsed.lower
        if "with" in scene.parsed.vocabulary:
            yield from self._made_with(scene)
        if self.phrases.keys().isdisjoint(scene.parsed.vocabulary):
            return
        for at, word in enumerate(words):
            for phrase in self.phrases.get(word, ()):
                if words[at : at + len(phrase)] == phrase and scene.parsed.inside[at] < 0:
                    yield from self._beside(scene, at, at + len(phrase) - 1, "-".join(phrase[:-1] or phrase))
                    break

    def _made_with(self, scene: Scene) -> Iterator[Candidate]:
        """Read "With Norway, Ireland leads …", "X developed the plan with Y", "the creation, with Y, of a centre"."""
        parsed = scene.parsed
        for at, word in enumerate(parsed.lower):
            if word != "with" or parsed.inside[at] >= 0:
                continue
            objects = [
                o
                for o in parsed.child(at, "pobj")
                if ((n := scene.named(o)) is not None and n.cls in _ACTORS) or parsed.lower[o] in self.people
            ]
            if not objects:
                continue
            above = parsed.heads[at]
            opening = (
                at == 0 and parsed.tags[above].startswith("VB") and parsed.lower[above] not in self.apart
            )
            noun = parsed.lower[above] in self.making and parsed.words[at - 1] == ","
            verb = parsed.tags[above].startswith("VB") and parsed.lower[above] in self.made
            if not (opening or noun or verb) or parsed.child(above, "neg"):
                continue
            others = {p.entity: p for o in objects for p in self._those(scene, o)}
            leaders = [p for p in self._leaders(scene, parsed, at, above) if p.entity not in others]
            if len(leaders) > self.most or len(others) > _MOST_OTHERS:
                continue
            rule = "beside-opening" if opening else "beside-made-with"
            for leader in leaders:
                for other in others.values():
                    yield Candidate(
                        predicate="cooperatesWith", head=leader, tail=other, rule=rule, cue=at,
                        confidence=0.6, roles=("leader", "beside"),
                    )  # fmt: skip

    def _beside(self, scene: Scene, first: int, prep: int, how: str) -> Iterator[Candidate]:
        parsed = scene.parsed
        objects = [o for t in range(first, prep + 1) for o in parsed.child(t, "pobj", "dobj") if o > prep]
        others = {p.entity: p for o in objects for p in self._those(scene, o)}
        if not others:
            return
        verb = next((t for t in parsed.path_up(first)[1:] if parsed.tags[t].startswith("VB")), -1)
        if verb < 0 or parsed.lower[verb] in self.apart or parsed.child(verb, "neg"):
            return
        if self.apart.intersection(parsed.lower[max(0, first - _NEAR) : first]):
            return  # "a State existing side by side with X"
        if how in self.loosely and parsed.lower[verb] in self.partaking:
            return  # "takes part in the talks alongside X"
        asked = [o for o in parsed.child(verb, "dobj") if verb < o < first]
        if asked and parsed.lower[verb] in self.asking:  # "urges Chad, together with X, to act"
            told = [p for o in asked for p in self.arguments.stand_for(scene, o)]
            leaders = [p for p in told if p.cls in _ACTORS and p.entity not in others]
        else:
            leaders = [p for p in self._leaders(scene, parsed, first, verb) if p.entity not in others]
        if len(leaders) > self.most:
            return
        for leader in leaders:
            for other in others.values():
                yield Candidate(
                    predicate="cooperatesWith", head=leader, tail=other, rule=f"beside-{how}", cue=prep,
                    confidence=0.6, roles=("leader", "beside"),
                )  # fmt: skip

    def _those(self, scene: Scene, token: int) -> list[Participant]:
        """Give who stands beside: those named, or whose people they are ("engineers from X", "the navies of X and Y")."""
        parsed = scene.parsed
        tokens = [token]
        if parsed.lower[token] in self.people:
            tokens += parsed.child(token, "amod", "compound", "poss", "nmod")
            below = [p for p in parsed.child(token, "prep") if parsed.lower[p] in {"of", "from"}]
            tokens += [o for p in below for o in parsed.child(p, "pobj")]
        found = {p.entity: p for t in tokens for p in self.arguments.stand_for(scene, t) if p.cls in _ACTORS}
        return list(found.values())

    def _leaders(self, scene: Scene, parsed: Parsed, first: int, verb: int) -> list[Participant]:
        """Give who acts: the subject that the phrase hangs on, else the agent of its verb."""
        above = parsed.heads[first]
        while parsed.tags[above] in {"IN", "RB"} and parsed.heads[above] != above:
            above = parsed.heads[above]
        roles = self.arguments.roles(parsed, verb)
        tokens = [above] if parsed.deps[above] in _SUBJECTS else list(roles.get("agent", ()))
        if not tokens:
            tokens = [t for v in parsed.path_up(verb) for t in parsed.child(v, *_SUBJECTS)][:1]
        found = {p.entity: p for t in tokens for p in self.arguments.stand_for(scene, t) if p.cls in _ACTORS}
        for t in tokens:
            for p in self.arguments.stand_for(scene, t):
                if p.cls == "Person" and (state := scene.speakers.get(p.entity)) is not None:
                    found.setdefault(state.entity, state)
        return [p for p in found.values() if p.cls in _ACTORS]


def load_fellowship(folder: Path, arguments: Arguments) -> Fellowship:
    """Read the table ``company`` of ``cooperation.toml``; verbs are spelt out in all their forms."""
    data = tomllib.loads((folder / "cooperation.toml").read_text(encoding="utf-8"))["company"]
    phrases = sorted((tuple(p.split()) for p in data["phrases"]), key=lambda p: (-len(p), p))

    def spelt(key: str) -> frozenset[str]:
        return frozenset(f for lemma in data[key] for f in verb_forms(lemma, arguments.irregular))

    return Fellowship(
        arguments=arguments,
        phrases={
            first: tuple(p for p in phrases if p[0] == first) for first in sorted({p[0] for p in phrases})
        },
        made=spelt("made"),
        people=frozenset(data["people"]),
        making=frozenset(data["making"]),
        apart=spelt("apart"),
        loosely=frozenset(data["loosely"]),
        partaking=spelt("partaking"),
        asking=spelt("asking"),
        most=data["most"],
    )
