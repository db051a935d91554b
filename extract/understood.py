"""Read acts whose treaty, text or recipient stands further up: it is what the document or section is about.

"Poland acceded in 1961, Brazil in 1975", "A deposited its instrument of ratification", "We, the Leaders of A and B, met
in C" under the title of a declaration, "Canada: CAD 100 million" in the conclusions of a donors' conference. What a text
is about is told by :mod:`diplograph.extract.about`. Words: ``understood.toml``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.name_lists import names_before, names_behind
from diplograph.extract.scene import Participant, Scene

__all__ = ["Understood", "load_understood"]

_STATES = frozenset({"Country", "Organization"})
_ISSUERS = frozenset({"Country", "Organization", "Forum"})
# Words between a verb and what makes it an act of becoming a party, or between a donor and the sum.
_NEAR = 5
# Those who issue a text are named within so many words of its first sentence.
_OPENS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Callable on a scene: ``partyTo``, ``adopts``, ``providesAssistanceTo``; settings only."""

    acts: Mapping[str, str]
    instrument_of: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates: parties first, then issuers, then donors."""
        if not scene.names(*_ISSUERS):
            return
        treaty, how = self._treaty(scene)
        if treaty is not None:
            yield from self._parties(scene, treaty, how)
        own = scene.theme["Agreement"]
        if own is not None and scene.theme.place == "opening" and self._is_own(own):
            yield from self._issuers(scene, own)
        if own is not None and self._is_own(own):
            yield from self._aligned(scene, own)
        state = scene.theme["Country"]
        if state is not None:
            yield from self._donors(scene, state)

    # -- parties ---------------------------------------------------------------------------------------

    def _treaty(self, scene: Scene) -> tuple[Participant | None, str]:
        """Give the treaty meant by "the Convention", else that of the section, else the one just told of."""
        meant = {p.entity: p for found in scene.anaphors.values() for p in found if p.cls == "Agreement"}
        if len(meant) == 1:
            return next(iter(meant.values())), "meant"
        if meant or scene.names("Agreement"):
            return None, ""
        theme = scene.theme["Agreement"]
        if theme is not None and not self._is_own(theme):
            return theme, "theme"
        return next((p for p in scene.latest if p.cls == "Agreement"), None), "latest"

    def _is_own(self, text: Participant) -> bool:
        return not self.words["own_texts"].isdisjoint(text.entity.partition("/")[2].split("-"))

    def _parties(self, scene: Scene, treaty: Participant, how: str) -> Iterator[Candidate]:
        parsed, words = scene.parsed, self.words
        for token in parsed.places(words["acts"]):
            after = parsed.lower[token + 1] if token + 1 < len(parsed.words) else "."
            if after in words["after_act"] and parsed.tags[token] in {"VBD", "VBN"} and how != "latest":
                status = self.acts[parsed.lower[token]]
                if not self._has_object(scene, token):
                    yield from self._joined(scene, token, treaty, "understood-act-" + how, status)
                    yield from self._gapped(scene, token, treaty, "understood-act-" + how, status)
        for token in parsed.places(words["deposited"]):
            near = parsed.lower[token + 1 : token + 2 * _NEAR]
            status = next((s for w, s in self.instrument_of.items() if w in near), "")
            if status and not words["instruments"].isdisjoint(near):
                yield from self._joined(scene, token, treaty, "understood-deposit-" + how, status)
                colon = next((t for t in range(token, len(parsed.words)) if parsed.words[t] == ":"), None)
                if colon is not None:
                    for p in names_behind(scene, colon, glue=words["glue"], closing={"Person"}):
                        if p.cls in _STATES:
                            yield _party(p, treaty, "understood-list-" + how, colon, status)
        for token in parsed.places(words["parties"]):
            if parsed.inside[token] >= 0 or parsed.lower[token + 1 : token + 2] in {("to",), ("of",)}:
                continue
            verb = token - 1
            while verb >= 0 and (
                parsed.lower[verb] in words["before_party"] or parsed.tags[verb] in {"JJ", "CD"}
            ):
                verb -= 1
            if verb >= 0 and parsed.lower[verb] in words["became"] and how != "latest":
                yield from self._joined(scene, verb, treaty, "understood-party-" + how, "")

    def _has_object(self, scene: Scene, token: int) -> bool:
        parsed = scene.parsed
        return bool(parsed.child(token, "dobj", "nsubjpass", "auxpass")) or any(
            parsed.lower[p] == "to" for p in parsed.child(token, "prep")
        )

    def _joined(
        self, scene: Scene, verb: int, treaty: Participant, rule: str, status: str
    ) -> Iterator[Candidate]:
        """Yield the states listed right before a verb."""
        parsed = scene.parsed
        before = verb - 1
        while before >= 0 and parsed.inside[before] < 0 and parsed.lower[before] in self.words["before_verb"]:
            before -= 1
        if not self.words["denying"].isdisjoint(parsed.lower[max(0, before - 1) : verb + _NEAR]):
            return
        for p in names_before(scene, before, glue=self.words["glue"], closing={"Event", "Person"}):
            if p.cls in _STATES:
                yield _party(p, treaty, rule, verb, status)

    def _gapped(
        self, scene: Scene, verb: int, treaty: Participant, rule: str, status: str
    ) -> Iterator[Candidate]:
        """Yield the states of "Poland acceded in 1961, Brazil in 1975 and Peru in 1981"."""
        parsed = scene.parsed
        end = next(
            (t for t in range(verb + 1, len(parsed.words)) if parsed.words[t] == ";"), len(parsed.words)
        )
        for p in scene.names("Country"):
            dated = parsed.lower[p.token + 1 : p.token + 2] in {("in",), ("on",)}
            if verb < p.token < end and dated and parsed.tags[min(p.token + 2, end - 1)] == "CD":
                yield _party(p, treaty, rule + "-gapped", verb, status)

    # -- issuers and donors ----------------------------------------------------------------------------

    def _issuers(self, scene: Scene, text: Participant) -> Iterator[Candidate]:
        """Read "We, the Leaders of A, B and C, met …" as the first sentence of a declaration: they adopt it."""
        parsed, words = scene.parsed, self.words
        if parsed.lower[0] not in words["openers"] or (
            parsed.lower[0] == "we" and parsed.words[1:2] != (",",)
        ):
            return
        cues = parsed.places(words["issuing"])
        listed = list(scene.names(*_ISSUERS))
        if not cues or not listed or listed[0].token > _OPENS:
            return
        end = next((c for c in cues if c > listed[0].token), len(parsed.words))
        sides = {p.entity: p for p in listed if p.token < end}
        if len(sides) > 1:
            for p in sides.values():
                yield cued("adopts", p, text, "understood-own-text", cues[0], 0.55)

    def _aligned(self, scene: Scene, text: Participant) -> Iterator[Candidate]:
        """Read "Norway and Iceland align themselves with this statement": they support the text they stand in."""
        parsed, words = scene.parsed, self.words
        for token in parsed.places(words["aligning"]):
            near = parsed.lower[token + 1 : token + _NEAR + 1]
            if "with" not in near or words["own_texts"].isdisjoint(near) or parsed.inside[token] >= 0:
                continue
            for p in scene.names("Country"):
                if p.token < token:
                    yield cued("supports", p, text, "understood-aligned", token, 0.55)

    def _donors(self, scene: Scene, state: Participant) -> Iterator[Candidate]:
        """Read "Canada: CAD 100 million" and "India pledged 25 million dollars" as given to the state of the text."""
        parsed, words = scene.parsed, self.words
        colon = next((t for t in range(min(2 * _OPENS, len(parsed.words))) if parsed.words[t] == ":"), -1)
        donors: list[Participant] = []
        rule, cue = "understood-pledge-line", colon
        if colon > 0 and "CD" in parsed.tags[colon : colon + _NEAR]:
            donors = names_before(scene, colon - 1, glue=words["glue"], closing={"Person", "Event"})
        else:
            verbs = [v for v in parsed.places(words["giving"]) if parsed.inside[v] < 0]
            if not verbs or self.words["sums"].isdisjoint(parsed.lower[verbs[0] : verbs[0] + 2 * _NEAR]):
                return
            if parsed.child(verbs[0], "nsubjpass"):
                return  # "was granted"
            rule, cue = "understood-pledge", verbs[0]
            before = cue - 1
            while before >= 0 and (
                parsed.lower[before] in words["before_verb"]
                or parsed.tags[before] in {"VBZ", "VBD", "VBN", "VB"}
            ):
                before -= 1
            donors = names_before(scene, before, glue=words["glue"], closing={"Person", "Event"})
            behind = [
                p for p in scene.names("Country", "Place", "Programme", "Organization") if p.token > cue
            ]
            if any(
                parsed.lower[p.token - 1] in {"to", "for"} or parsed.lower[p.token - 2] in {"to", "for"}
                for p in behind
            ):
                return
        for p in donors:
            if p.cls in _STATES and p.entity != state.entity:
                yield cued("providesAssistanceTo", p, state, rule, cue, 0.55)


def _party(state: Participant, treaty: Participant, rule: str, cue: int, status: str) -> Candidate:
    return Candidate(
        predicate="partyTo", head=state, tail=treaty, rule=rule, cue=cue, confidence=0.6,
        qualifiers=(("status", status),) if status else (), roles=("listed", "of"),
    )  # fmt: skip


def load_understood(folder: Path) -> Understood:
    """Read ``understood.toml``."""
    data = tomllib.loads((folder / "understood.toml").read_text(encoding="utf-8"))
    words = {key: frozenset(value) for key, value in data["words"].items() if key != "instrument_of"}
    return Understood(
        acts=dict(data["acts"]),
        instrument_of=dict(data["words"]["instrument_of"]),
        words={**words, "acts": frozenset(data["acts"])},
    )
