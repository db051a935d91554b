"""Read what a stretch of a sentence backs: ``supports``, whatever the parser hung on what.

"Leaders welcomed the launch of X, underscored the importance of funds for Y and Z, and looked forward to …": long
sentences of communiqués list acts, and lists within them; parsers lose their way. Here an act reaches to the next one.
Words: ``stretches.toml``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments, all_forms
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.parsing import Parsed
from diplograph.extract.rule_reading import read_examined
from diplograph.extract.scene import Participant, Scene

__all__ = ["Stretches", "load_stretches"]

_BACKERS = frozenset({"Country", "Organization", "Forum", "Person"})
_BACKED = ("Agreement", "Policy", "Programme", "Forum", "Event", "Organization")
_SURE = {"body": 0.4, "backing": 0.7, "pleased": 0.6}
_DOERS = frozenset({"Organization", "Forum", "Programme"})
# A name farther from the act is hardly its object.
_FARTHEST = 45
# "The efforts deployed so far by X": a deed stands so near before its doer.
_DEED_NEAR = 5
# So many words before a preposition may stand between it and the noun that governs it.
_NOUN_NEAR = 3
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Callable on a scene: candidates for ``supports``; word lists fixed."""

    backing: frozenset[str]
    pleased: frozenset[str]
    weight: frozenset[str]
    weighed: frozenset[str]
    warmth: frozenset[str]
    warmed: frozenset[str]
    ending: frozenset[str]
    breaks: frozenset[str]
    aside: frozenset[str]
    governed: frozenset[str]
    governing: frozenset[str]
    deeds: frozenset[str]
    arguments: Arguments
    cues: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the acts."""
        parsed = scene.parsed
        named = scene.names(*_BACKED)
        if not named:
            return
        for cue in parsed.places(self.cues):
            if parsed.inside[cue] >= 0 or not self._is_act(parsed, cue):
                continue
            end = self._end(parsed, cue)
            backed = [p for p in named if cue < p.token < end and self._is_backed(parsed, cue, p)]
            if not backed:
                continue
            words = frozenset(parsed.lower[cue:end])
            if parsed.lower[cue] in self.weighed and self.weight.isdisjoint(words):
                continue
            if parsed.lower[cue] in self.warmed and self.warmth.isdisjoint(words):
                continue
            kind = "pleased" if parsed.lower[cue] in self.pleased else "backing"
            backers = self._backers(scene, cue)
            for backer in backers:
                for text in backed:
                    if backer.entity != text.entity:
                        told = "body" if text.cls == "Organization" else kind
                        yield cued("supports", backer, text, f"stretch-{told}", cue, _SURE[told])

    def _is_act(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether a word is an act or a state of mind that is told, not denied and not asked of somebody."""
        if parsed.child(cue, "neg") or any(parsed.child(v, "neg") for v in (parsed.heads[cue],)):
            return False
        if parsed.lower[cue] in self.pleased:
            return parsed.deps[cue] in {"acomp", "advcl", "ROOT", "oprd", "conj", "ccomp"}
        tag = parsed.tags[cue]
        if tag in _FINITE or tag == "VBG":
            return parsed.deps[cue] not in {"amod", "relcl", "acl", "pcomp", "compound"}
        if tag == "VB":
            return not self.arguments.is_asked(parsed, cue) and parsed.deps[cue] in {"ROOT", "conj", "xcomp"}
        return tag == "VBN" and bool(parsed.child(cue, "aux")) and not parsed.child(cue, "auxpass")

    def _end(self, parsed: Parsed, cue: int) -> int:
        """Give the token at which the stretch of an act ends."""
        last = min(len(parsed.words), cue + _FARTHEST)
        for at in range(cue + 1, last):
            if parsed.inside[at] >= 0:
                continue
            if parsed.lower[at] in self.breaks:
                return at
            acts = parsed.lower[at] in self.ending or parsed.lower[at] in self.cues
            after = parsed.words[at - 1] in {",", "and"} or parsed.tags[at - 1] == "RB"
            if acts and after and parsed.tags[at].startswith(("VB", "MD")):
                return at
            if acts and parsed.tags[at] in _FINITE and parsed.deps[at] in {"conj", "ROOT"}:
                return min([t for t in parsed.child(at, "nsubj", "nsubjpass") if t > cue], default=at)
        return last

    def _is_backed(self, parsed: Parsed, cue: int, one: Participant) -> bool:
        if one.cls in _DOERS and self._does(parsed, cue, one.token):
            return True
        return one.cls != "Organization" and self._meant(parsed, cue, one.token)

    def _meant(self, parsed: Parsed, cue: int, token: int) -> bool:
        """Tell whether a name is backed and not only the place, time or doer of something else."""
        first = token
        while first - 1 > cue and parsed.mention[first - 1] < 0 and parsed.heads[first - 1] == token:
            first -= 1
        before = first - 1
        while before > cue and self._listed(parsed, before):  # "the implementation of X, Y and the Z"
            before -= 1
        if parsed.lower[before] in self.aside:
            return False
        near = parsed.lower[max(cue, before - _NOUN_NEAR) : before]
        return parsed.lower[before] not in self.governed or not self.governing.isdisjoint(near)

    def _does(self, parsed: Parsed, cue: int, token: int) -> bool:
        """Tell whether what a body does is backed: "the efforts of X and Y", "X's leadership"."""
        behind = parsed.lower[token + 1 : token + 2 + _NOUN_NEAR]
        if behind[:1] in {("'s",), ("’s",), ("'",), ("’",)}:
            return not self.deeds.isdisjoint(behind)
        if behind and behind[0] in self.deeds:  # "ASEAN centrality"
            return True
        before = token - 1
        while before > cue and (self._listed(parsed, before) or parsed.lower[before] == "the"):
            before -= 1
        near = parsed.lower[max(cue, before - _DEED_NEAR) : before]
        return parsed.lower[before] in {"of", "by"} and not self.deeds.isdisjoint(near)

    def _listed(self, parsed: Parsed, token: int) -> bool:
        return (
            parsed.mention[token] >= 0
            or parsed.inside[token] >= 0
            or parsed.words[token] == ","
            or parsed.lower[token] in self.arguments.company.glue - {"of", "to", "in"}
        )

    def _backers(self, scene: Scene, cue: int) -> list[Participant]:
        """Give who acts: the subject, else the first subject before, else who speaks."""
        parsed = scene.parsed
        tokens = list(self.arguments.roles(parsed, cue).get("agent", ()))
        if not tokens:
            tokens = [t for t in range(cue) if parsed.deps[t] in {"nsubj", "nsubjpass"}][:1]
        found = {
            actor.entity: actor
            for t in tokens
            for p in self.arguments.stand_for(scene, t)
            for actor in (scene.speakers.get(p.entity, p) if p.cls == "Person" else p,)
            if actor.cls in _BACKERS
        }
        if found or tokens:
            return list(found.values())
        return list(scene.voice) or ([scene.author] if scene.author else [])


def load_stretches(folder: Path, arguments: Arguments) -> Stretches:
    """Read ``stretches.toml``; verbs are spelt out in all their forms.

    Raises:
        TableError: The file has no examples or no counter-examples.
    """
    path = folder / "stretches.toml"
    data = read_examined(path)

    def spelt(name: str) -> frozenset[str]:
        return all_forms(data[name], arguments.irregular)

    backing, pleased = spelt("backing"), frozenset(data["pleased"])
    return Stretches(
        backing=backing, pleased=pleased, weight=frozenset(data["weight"]), weighed=spelt("weighed"),
        warmth=frozenset(data["warmth"]), warmed=spelt("warmed"), ending=spelt("ending"),
        breaks=frozenset(data["breaks"]), aside=frozenset(data["aside"]),
        governed=frozenset(data["governed"]), governing=frozenset(data["governing"]),
        deeds=frozenset(data["deeds"]), arguments=arguments, cues=backing | pleased,
    )  # fmt: skip
