"""Read what a text about an occasion tells of it without naming it again.

"A and B attended as observers", "noting the statement by A", "gratitude to the people of B for the warm
hospitality", "they discussed food security", "the Plan of Action was adopted": the occasion is the one that the
document is about (:mod:`diplograph.extract.about`), or the one just told of. Words: ``proceedings.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.name_lists import names_before, names_behind
from diplograph.extract.scene import Participant, Scene

__all__ = ["Proceedings", "load_proceedings"]

_ACTORS = frozenset({"Country", "Organization", "Person"})
_STATES = frozenset({"Country", "Organization"})
_AREAS = frozenset({"Place", "Country"})
_OCCASIONS = ("Event", "Forum")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"which", "whom"})
# Words between the cue and what introduces the list ("Also in attendance as observers were").
_NEAR = 6
# Words between thanks and what is thanked for.
_THANKED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """Callable on a scene: ``participatesIn``, ``hosts``, ``heldIn``, ``addresses``, ``adopts``, ``establishes``.

    ``meets`` says of a name whether it is of something that is attended, unlike a war.
    """

    meets: Callable[[str], bool]
    attended: frozenset[str]
    parts: frozenset[str]
    taking: frozenset[str]
    being: frozenset[str]
    before_verb: frozenset[str]
    after_verb: frozenset[str]
    levels: frozenset[str]
    there: frozenset[str]
    namely: frozenset[str]
    said: frozenset[str]
    said_how: frozenset[str]
    heard_by: frozenset[str]
    thanks: frozenset[str]
    hospitality: frozenset[str]
    remarks: frozenset[str]
    opening: frozenset[str]
    done: frozenset[str]
    met: frozenset[str]
    meeting_links: frozenset[str]
    dealt: frozenset[str]
    groups: frozenset[str]
    adopting: frozenset[str]
    establishing: frozenset[str]
    glue: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        if not scene.mentions:
            return
        theme = scene.theme["Event"]
        if theme is not None and scene.theme.place == "title":
            yield from self._dated(scene, theme)
        occasion, how = self._occasion(scene)
        if occasion is None:
            return
        if scene.theme.place == "roll":
            yield from self._present(scene, list(scene.names(*_ACTORS)), occasion, "roll-" + how, 0, 0.6)
        parsed = scene.parsed
        own = [p for p in scene.names(*_OCCASIONS) if p.entity != occasion.entity and self._meets(scene, p)]
        for token in parsed.places(self.attended) if not own else ():
            yield from self._attended(scene, token, occasion, how)
        for token in parsed.places(self.there) if not own else ():
            yield from self._there(scene, token, occasion, how)
        for token in parsed.places(self.said) if how == "theme" else ():
            yield from self._said(scene, token, occasion, how)
        for token in parsed.places(self.hospitality):
            yield from self._thanked(scene, token, occasion, how)
        for token in parsed.places(self.remarks) if not own else ():
            yield from self._remarks(scene, token, occasion, how)
        for token in parsed.places(self.done) if how == "theme" else ():
            yield from self._done(scene, token, occasion)
        for token in parsed.places(self.met) if how == "theme" and not own else ():
            yield from self._met(scene, token, occasion)
        if how != "latest":
            yield from self._dealt(scene, occasion, how)

    def _occasion(self, scene: Scene) -> tuple[Participant | None, str]:
        """Give the occasion told of, and whether the text is about it or only told of it last."""
        theme = scene.theme["Event"]
        meant = [p for _, found in scene.anaphors.items() for p in found if p.cls == "Event"]
        if len({p.entity for p in meant}) == 1 and self._meets(scene, meant[0]):
            return meant[0], "theme" if theme and theme.entity == meant[0].entity else "meant"
        if theme is not None:
            return theme, "theme"
        told = next((p for p in scene.latest if p.cls == "Event" and self._meets(scene, p)), None)
        return told, "latest"

    def _meets(self, scene: Scene, occasion: Participant) -> bool:
        entity = scene.entities.get(occasion.entity)
        return self.meets(entity.label if entity is not None else "")

    # -- who was there ---------------------------------------------------------------------------------

    def _attended(self, scene: Scene, token: int, what: Participant, how: str) -> Iterator[Candidate]:
        """Read "A and B (also) attended (the session) as observers": the names right before the verb."""
        parsed = scene.parsed
        if parsed.inside[token] >= 0:
            return
        word = parsed.lower[token]
        if word in self.parts and parsed.lower[token - 1] not in self.taking:
            return
        if word == "present" and parsed.lower[token - 1] not in self.being:
            return  # "the present Chairmanship"
        after = parsed.lower[token + 1] if token + 1 < len(parsed.words) else "."
        if after not in self.after_verb or (parsed.tags[token] in {"NN", "NNS"} and word not in self.parts):
            return
        behind = next((p for p in scene.names() if p.token > token), None)
        if (
            behind is not None
            and behind.token - token <= _NEAR
            and behind.cls in {"Organization", "Programme"}
        ) and after not in {"as", ".", ";", ",", "and"}:
            return  # "A attended the General Assembly"
        before = token - 1
        while before >= 0 and parsed.inside[before] < 0 and parsed.lower[before] in self.before_verb:
            before -= 1
        if "not" in parsed.lower[before : token + 1]:
            return
        if after in {"the", "at", "in"} and not self._at_it(scene, token):
            return
        listed = self._backwards(scene, before)
        start = min((p.token for p in listed), default=token)
        while start > 0 and (parsed.inside[start - 1] >= 0 or parsed.lower[start - 1] in self.glue):
            start -= 1
        if parsed.lower[start - 1] in _RELATIVE:
            return  # "the force in which A and B take part"
        yield from self._present(scene, listed, what, "attended-" + how, token, 0.6)

    def _at_it(self, scene: Scene, token: int) -> bool:
        """Tell whether what is attended, behind the verb, is the occasion, or told only by level or place."""
        parsed = scene.parsed
        near = range(token + 1, min(token + _NEAR, len(parsed.words)))
        if any(p.cls == "Event" for t in near for p in scene.anaphors.get(t, ())):
            return True
        return any(parsed.lower[t] in self.levels for t in near)

    def _backwards(self, scene: Scene, end: int) -> list[Participant]:
        listed = names_before(scene, end, glue=self.glue, closing={"Event"})
        return [p for p in listed if p.cls in _ACTORS]

    def _there(self, scene: Scene, token: int, what: Participant, how: str) -> Iterator[Candidate]:
        """Read "Also in attendance as observers were A and B", "participants included A": the names behind."""
        parsed = scene.parsed
        if parsed.inside[token] >= 0:
            return
        for link in range(token + 1, min(token + 1 + _NEAR, len(parsed.words))):
            if parsed.inside[link] >= 0:
                return
            if parsed.lower[link] in self.namely:
                break
        else:
            return
        if parsed.lower[link] in {"to"} and parsed.lower[token] != "invitations":
            return
        if parsed.lower[token] == "invited" and parsed.lower[link] != "to":
            return
        first = next((p for p in scene.names() if p.token > link), None)
        if first is None or first.token - link > 2 * _NEAR:
            return
        listed = self._forwards(scene, link)
        yield from self._present(scene, listed, what, "there-" + how, token, 0.55)

    def _forwards(self, scene: Scene, start: int) -> list[Participant]:
        listed = names_behind(scene, start, glue=self.glue, closing={"Event"})
        return [p for p in listed if p.cls in _ACTORS]

    def _present(
        self, scene: Scene, listed: list[Participant], what: Participant, rule: str, cue: int, sure: float
    ) -> Iterator[Candidate]:
        persons = [p for p in listed if p.cls == "Person"]
        for p in listed:
            form = "-title" if persons and p.cls != "Person" else ""
            if p.entity != what.entity:
                yield cued("participatesIn", p, what, rule + form, cue, sure if not form else sure - 0.2)

    def _said(self, scene: Scene, token: int, what: Participant, how: str) -> Iterator[Candidate]:
        """Read "noting the statements made by the representatives of A and B", heard at a meeting."""
        parsed = scene.parsed
        if parsed.inside[token] >= 0 or self.heard_by.isdisjoint(parsed.lower[max(0, token - _NEAR) : token]):
            return
        by = token + 1
        while by < len(parsed.words) and parsed.lower[by] in self.said_how and parsed.lower[by] != "by":
            by += 1
        if by >= len(parsed.words) or parsed.lower[by] != "by":
            return
        yield from self._present(scene, self._forwards(scene, by), what, "said-" + how, token, 0.55)

    def _thanked(self, scene: Scene, token: int, what: Participant, how: str) -> Iterator[Candidate]:
        """Read "gratitude to the Government and people of A for the warm hospitality": A is the host."""
        parsed = scene.parsed
        start = max(
            (t for t in range(max(0, token - _THANKED), token) if parsed.lower[t] in self.thanks), default=-1
        )
        if start < 0 or parsed.inside[token] >= 0:
            return
        named = next((p for p in scene.names(*_OCCASIONS) if 0 < p.token - token <= _NEAR), None)
        target = named if named is not None and self._meets(scene, named) else what
        if target is what and how == "latest":
            return
        between = [p for p in scene.names(*_ACTORS) if start < p.token < token]
        states = [p for p in between if p.cls == "Country"]
        for p in states[:1] or between[:1]:
            if p.cls in _STATES and "for" in parsed.lower[p.token : token]:
                yield cued(
                    "hosts", p, target, "thanked-host-" + ("named" if target is named else how), token, 0.6
                )

    def _dated(self, scene: Scene, what: Participant) -> Iterator[Candidate]:
        """Read the line of place and date under the title of a text that no state wrote: "Madrid, 4 December 2008"."""
        parsed = scene.parsed
        if scene.document.country or scene.names("Person", "Organization", "Forum", "Agreement"):
            return
        places = scene.names(*_AREAS)
        if not places or "CD" not in parsed.tags or any(tag in _FINITE for tag in parsed.tags):
            return
        if places[0].token <= 1 + max(
            (i for i, n in enumerate(parsed.inside) if n == parsed.inside[places[0].token]), default=0
        ):
            for p in places:
                yield cued("heldIn", what, p, "place-and-date", p.token, 0.6)

    def _done(self, scene: Scene, token: int, what: Participant) -> Iterator[Candidate]:
        """Read "Done at Kampala, Uganda, this 30th day of November": where the text was done, those met."""
        parsed = scene.parsed
        if parsed.lower[token + 1 : token + 2] in {("at",), ("in",)}:
            places = [p for p in scene.names(*_AREAS) if 0 < p.token - token <= _NEAR]
            for p in places[:2]:
                yield cued("heldIn", what, p, "done-at", token, 0.55)

    def _remarks(self, scene: Scene, token: int, what: Participant, how: str) -> Iterator[Candidate]:
        """Read "in his opening remarks A said …": whoever opens, closes or addresses an occasion is there."""
        parsed = scene.parsed
        if parsed.inside[token] >= 0 or self.opening.isdisjoint(parsed.lower[max(0, token - 3) : token]):
            return
        verb = next((t for t in parsed.path_up(token)[1:] if parsed.tags[t] in _FINITE | {"VBN"}), -1)
        subjects = [*parsed.child(verb, "nsubj")] if verb >= 0 else []
        persons = [p for s in subjects if (p := scene.named(s)) is not None and p.cls == "Person"]
        persons += [p for p in scene.names("Person") if any(parsed.heads[p.token] == s for s in subjects)]
        for p in persons[:1]:
            yield cued("participatesIn", p, what, "opens-" + how, token, 0.55)

    def _met(self, scene: Scene, token: int, what: Participant) -> Iterator[Candidate]:
        """Read "The Heads of State of A, B and C met in D" of the occasion that the text is about."""
        parsed = scene.parsed
        acts = parsed.child(token, "nsubj") and not parsed.child(token, "dobj", "nsubjpass", "auxpass", "aux")
        if parsed.inside[token] >= 0 or not acts or parsed.tags[token] not in {"VBD", "VBP"}:
            return
        for at in range(token + 1, min(token + 3, len(parsed.words))):
            if parsed.lower[at] in self.meeting_links:
                place = next((p for p in scene.names(*_AREAS) if 0 < p.token - at <= 4), None)
                if place is not None:
                    yield cued("heldIn", what, place, "met-in-theme", token, 0.55)
                break
        if parsed.deps[token] == "ROOT":
            for subject in parsed.child(token, "nsubj"):
                left = [p for p in scene.names("Country") if subject <= p.token < token]
                if len(left) > 1:
                    for p in left:
                        yield cued("participatesIn", p, what, "met-theme", token, 0.55)

    # -- what it did -----------------------------------------------------------------------------------

    def _dealt(self, scene: Scene, what: Participant, how: str) -> Iterator[Candidate]:
        """Read "they discussed food security" and "the Declaration was adopted", said of those who met."""
        parsed = scene.parsed
        verbs = [
            v
            for v in parsed.places(self.dealt | self.adopting | self.establishing)
            if parsed.inside[v] < 0
            and parsed.tags[v].startswith("VB")
            and self._is_main(scene, v)
            and self._by_group(scene, v)
        ]
        for verb in verbs:
            yield from self._results(scene, verb, what, how)
        dealt = [v for v in verbs if parsed.lower[v] in self.dealt]
        for issue in scene.names("IssueArea") if dealt else ():
            if issue.token > dealt[0]:
                yield cued("addresses", what, issue, "dealt-" + how, dealt[0], 0.5)

    def _is_main(self, scene: Scene, verb: int) -> bool:
        parsed = scene.parsed
        while parsed.deps[verb] == "conj" and parsed.heads[verb] != verb:
            verb = parsed.heads[verb]
        return parsed.heads[verb] == verb

    def _by_group(self, scene: Scene, verb: int) -> bool:
        """Tell whether those who met act: a noun of a group before the verb, or nobody ("it was agreed")."""
        parsed = scene.parsed
        subjects = [*parsed.child(verb, "nsubj", "nsubjpass")]
        if not subjects:
            top = verb
            while parsed.deps[top] == "conj" and parsed.heads[top] != top:
                top = parsed.heads[top]
            subjects = [*parsed.child(top, "nsubj", "nsubjpass")]
        for s in subjects:
            if parsed.mention[s] >= 0:
                return parsed.deps[s] == "nsubjpass" and not parsed.child(verb, "agent")
            if parsed.lower[s] in self.groups:
                return True
            if any(p.cls == "Event" for p in scene.anaphors.get(s, ())):
                return True
            return parsed.deps[s] == "nsubjpass" and not parsed.child(verb, "agent")
        return False

    def _results(self, scene: Scene, verb: int, what: Participant, how: str) -> Iterator[Candidate]:
        parsed = scene.parsed
        word = parsed.lower[verb]
        if word not in self.adopting | self.establishing:
            return
        below = [*parsed.child(verb, "dobj", "nsubjpass")]
        below += [c for b in below for c in parsed.child(b, "conj", "appos")]
        for b in below:
            named = scene.named(b)
            if named is None:
                continue
            if word in self.adopting and named.cls in {"Agreement", "Policy"}:
                yield cued("adopts", what, named, "adopted-" + how, verb, 0.45)
            elif word in self.establishing and named.cls in {"Organization", "Forum", "Programme"}:
                yield cued("establishes", what, named, "established-" + how, verb, 0.45)


def load_proceedings(folder: Path, meets: Callable[[str], bool]) -> Proceedings:
    """Read ``proceedings.toml``."""
    data = tomllib.loads((folder / "proceedings.toml").read_text(encoding="utf-8"))
    words = {f.name: frozenset(data[f.name]) for f in fields(Proceedings) if f.name != "meets"}
    return Proceedings(meets=meets, **words)
