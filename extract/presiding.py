"""Read who presides over an assembly, as speeches say it: ``chairs``.

"I congratulate A on his election to preside over this session", "your predecessor, A", "A, for his able leadership
of the General Assembly". Person, cue and body are read in their order. Words: ``presiding.toml``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["Presiding", "load_presiding"]

_BODIES = ("Organization", "Event", "Forum")
# Words between a person and the cue, and between the cue and the body.
_FAR = 16
_NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Presiding:
    """Callable on a scene: candidates for ``chairs``; settings only.

    ``house`` is the body that speeches are held in, spoken of where a text has its name ``house_name``.
    """

    presiding: frozenset[str]
    offices: frozenset[str]
    elections: frozenset[str]
    leading: frozenset[str]
    thanks: frozenset[str]
    work: frozenset[str]
    predecessors: frozenset[str]
    chairing: frozenset[str]
    servants: frozenset[str]
    heads: frozenset[str]
    sitting_glue: frozenset[str]
    chairs: frozenset[str]
    handing: frozenset[str]
    taking: frozenset[str]
    title_glue: frozenset[str]
    body_words: frozenset[str]
    house: str
    house_name: str
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = (
            self.heads
            | self.predecessors
            | self.presiding
            | self.offices
            | self.chairing
            | self.leading
            | self.work
        )
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the cues."""
        yield from self._handovers(scene)
        parsed = scene.parsed
        persons = scene.names("Person")
        words = parsed.lower
        for token in parsed.places(self.cues):
            word = words[token]
            if parsed.inside[token] >= 0:
                continue
            if word in self.heads:
                yield from self._titled(scene, token)
            if word in self.predecessors:
                person = self._after(scene, token)
                if person is not None:
                    yield from self._claims(scene, person, self._any_body(scene), "predecessor", token, 0.6)
            elif word in self.presiding and "which" in words[max(0, token - 6) : token]:
                which = max(t for t in range(max(0, token - 6), token) if words[t] == "which")
                behind = [p for p in persons if which < p.token < token]
                what = [p for p in scene.names(*_BODIES) if p.token < which and self._is_body(scene, p)]
                if words[which - 1] == "over" and behind and what:
                    yield from self._claims(scene, behind[0], what[-1], "over-which-presides", token, 0.7)
            elif word in self.presiding and "over" in words[token + 1 : token + 3]:
                yield from self._claims(
                    scene, self._before(persons, token), self._body(scene, token), "presides-over", token, 0.7
                )
            elif word in self.offices and self.elections & set(words[max(0, token - 8) : token]):
                start = max(t for t in range(token) if words[t] in self.elections)
                yield from self._claims(
                    scene,
                    self._elected(scene, persons, start),
                    self._body(scene, token),
                    "elected-to-preside",
                    token,
                    0.7,
                )
            elif word in self.chairing and words[token - 1] == "for":
                holder = [p for p in scene.names("Country", "Person") if 0 < token - p.token <= _NEAR]
                what = [p for p in scene.names(*_BODIES) if 0 < p.token - token <= _NEAR]
                if holder and what:
                    yield from self._claims(scene, holder[-1], what[0], "for-chairing", token, 0.7)
            elif word in self.leading and (self.thanks | self.work) & set(words[max(0, token - 8) : token]):
                rule = "thanked-for-leading"
                if word in self.work and words[token + 1 : token + 3] != ("of", "the"):
                    continue
                yield from self._claims(
                    scene, self._before(persons, token), self._body(scene, token), rule, token, 0.6
                )

    def _claims(
        self,
        scene: Scene,
        person: Participant | None,
        body: Participant | None,
        rule: str,
        cue: int,
        sure: float,
    ) -> Iterator[Candidate]:
        if person is not None and body is not None and not self._serves(scene, person):
            form = "-house" if body.token < 0 else ""
            yield Candidate(
                predicate="chairs", head=person, tail=body, rule=rule + form, cue=cue,
                confidence=sure, roles=("person", "body"),
            )  # fmt: skip

    def _titled(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "the President of the General Assembly at its tenth session, Mr. A" and "A, President of the Assembly"."""
        parsed = scene.parsed
        if parsed.lower[token + 1 : token + 2] != ("of",) or parsed.words[token] == parsed.lower[token]:
            return
        body = end = None
        for at in range(token + 2, min(token + _NEAR + 2, len(parsed.words))):
            named = scene.named(at)
            for p in (named,) if named else scene.anaphors.get(at, ()):
                if body is None and self._is_body(scene, p) and p.cls != "Forum":
                    body, end = p, at
        if body is None or end is None:
            return
        before = token - 1
        while before > 0 and parsed.inside[before] < 0 and parsed.lower[before] in {",", "the", "as", "-"}:
            before -= 1
        head = parsed.token_of.get(parsed.inside[before]) if parsed.inside[before] >= 0 else None
        named = scene.named(head) if head is not None else None
        person = named if named is not None and named.cls == "Person" and before < token - 1 else None
        if person is None:
            for at in range(end + 1, min(end + _FAR, len(parsed.words))):
                named = scene.named(at)
                word = parsed.lower[at]
                if named is not None and named.cls != "Event":
                    person = named if named.cls == "Person" else None
                    break
                if (
                    named is None
                    and parsed.inside[at] < 0
                    and word not in self.title_glue | self.sitting_glue
                ):
                    break
        yield from self._claims(scene, person, body, "titled-president", token, 0.75)

    def _handovers(self, scene: Scene) -> Iterator[Candidate]:
        """Read "A handed over the G20 presidency to B" and "A took over the chair of the OSCE from B"."""
        parsed = scene.parsed
        words = parsed.lower
        for token in parsed.places(self.chairs):
            if parsed.inside[token] >= 0:
                continue
            start = max(0, token - _FAR // 2)
            verb = next((t for t in range(token - 1, start - 1, -1) if words[t] in self.handing), -1)
            link = "to"
            if verb < 0:
                verb = next((t for t in range(token - 1, start - 1, -1) if words[t] in self.taking), -1)
                link = "from"
            if verb < 0:
                continue
            end = min(token + _FAR, len(words))
            at = next((t for t in range(verb + 1, end) if words[t] == link and t - 1 != verb), -1)
            span = range(verb, max(at, token) + 1) if at >= 0 else range(verb, end)
            bodies = [p for p in scene.names("Organization", "Forum") if p.token in span]
            if at < 0 or not bodies:
                continue
            others = [p for p in scene.names("Country", "Person") if 0 < p.token - at <= _NEAR][:1]
            actors = [p for p in scene.names("Country", "Person") if verb - _FAR < p.token < verb][-1:]
            for p in (*actors, *others) if others else ():
                yield Candidate(
                    predicate="chairs", head=p, tail=bodies[-1], rule=f"handover-{link}", cue=token,
                    confidence=0.65, roles=("handover", "of"),
                )  # fmt: skip

    def _serves(self, scene: Scene, person: Participant) -> bool:
        """Tell whether a title before a person says that they serve the body ("Secretary-General A")."""
        return bool(self.servants & set(scene.parsed.lower[max(0, person.token - _NEAR) : person.token]))

    # -- the person ----------------------------------------------------------------------------------

    def _before(self, persons: tuple[Participant, ...], cue: int) -> Participant | None:
        return next((p for p in reversed(persons) if 0 < cue - p.token <= 2 * _FAR), None)

    def _elected(self, scene: Scene, persons: tuple[Participant, ...], cue: int) -> Participant | None:
        """Give who is elected: "the election of A", else the one named before."""
        if scene.parsed.lower[cue + 1 : cue + 2] == ("of",):
            return next((p for p in persons if 0 < p.token - cue <= _FAR), None)
        return self._before(persons, cue)

    def _after(self, scene: Scene, cue: int) -> Participant | None:
        """Give the person right behind a word, with only a title between: "your predecessor, Mr. A"."""
        parsed = scene.parsed
        for token in range(cue + 1, min(cue + _FAR, len(parsed.words))):
            named = scene.named(token)
            if named is not None:
                return named if named.cls == "Person" else None
            if parsed.inside[token] < 0 and parsed.lower[token] not in self.title_glue:
                return None
        return None

    # -- the body ------------------------------------------------------------------------------------

    def _is_body(self, scene: Scene, p: Participant) -> bool:
        entity = scene.entities.get(p.entity)
        label = (entity.label if entity is not None else p.entity.replace("-", " ")).lower().split()
        return p.cls in _BODIES and bool(self.body_words & set(label))

    def _body(self, scene: Scene, cue: int) -> Participant | None:
        """Give the assembly or session named behind a cue, or the one that "this session" is of."""
        parsed = scene.parsed
        for token in range(cue + 1, min(cue + _FAR, len(parsed.words))):
            named = scene.named(token)
            for p in (named,) if named else scene.anaphors.get(token, ()):
                if self._is_body(scene, p):
                    return p
            if named is not None and named.cls == "Person":
                return None
            if named is None and parsed.lower[token] in self.body_words:
                return self._house(scene)
        return None

    def _any_body(self, scene: Scene) -> Participant | None:
        named = [p for p in scene.names(*_BODIES) if self._is_body(scene, p)]
        bodies = [p for p in named if p.cls == "Organization"]
        return (bodies or named)[0] if named else self._house(scene)

    def _house(self, scene: Scene) -> Participant | None:
        """Give the body that a speech is held in, if the text names it."""
        if self.house_name not in scene.document.text or not scene.document.country:
            return None
        return Participant(entity=self.house, cls="Organization", token=-1, how="anaphor")


def load_presiding(folder: Path) -> Presiding:
    """Read ``presiding.toml``."""
    data = tomllib.loads((folder / "presiding.toml").read_text(encoding="utf-8"))
    return Presiding(
        presiding=frozenset(data["presiding"]),
        offices=frozenset(data["offices"]),
        elections=frozenset(data["elections"]),
        leading=frozenset(data["leading"]),
        thanks=frozenset(data["thanks"]),
        work=frozenset(data["work"]),
        predecessors=frozenset(data["predecessors"]),
        chairing=frozenset(data["chairing"]),
        servants=frozenset(data["servants"]),
        heads=frozenset(data["heads"]),
        sitting_glue=frozenset(data["sitting_glue"]),
        chairs=frozenset(data["chairs"]),
        handing=frozenset(data["handing"]),
        taking=frozenset(data["taking"]),
        title_glue=frozenset(data["title_glue"]),
        body_words=frozenset(data["body_words"]),
        house=data["house"],
        house_name=data["house_name"],
    )
