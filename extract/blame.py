"""Read blame in what is asked of a state and in what it is told to have done: ``criticizes``.

Who is asked to stop a wrong is blamed by the one who asks; who is told to have done one, by the teller. The doer is
looked for at the deed itself, never at its place or its victim.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.friction import actors_of
from diplograph.extract.rule_reading import read_examined, told_of
from diplograph.extract.scene import Participant, Scene

__all__ = ["Blame", "load_blame"]

_BLAMED = frozenset({"Country", "Organization"})
_STATES = frozenset({"Country"})
_CRITICS = frozenset({"Country", "Organization", "Forum", "Event"})
# Clauses whose subject is not the one who tells.
_ASIDE = frozenset({"advcl", "relcl", "acl"})
# How far a clause of asking may stand above what is asked: "called on X to act and to stop …".
_FARTHEST = 5
_TO = frozenset({"on", "upon", "to", "for"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """Callable on a scene; word lists fixed (see ``rules/blame.toml``)."""

    appeals: frozenset[str]
    appeal_nouns: frozenset[str]
    musts: frozenset[str]
    desist: frozenset[str]
    comply: frozenset[str]
    grievances: frozenset[str]
    doing: frozenset[str]
    evils: frozenset[str]
    measures: frozenset[str]
    unjust: frozenset[str]
    supposing: frozenset[str]
    spurning: frozenset[str]
    offers: frozenset[str]
    breaking: frozenset[str]
    envoys: frozenset[str]
    listing: frozenset[str]
    links: frozenset[str]
    ending: frozenset[str]
    attributing: frozenset[str]
    aiming: frozenset[str]
    imposing: frozenset[str]
    arguments: Arguments
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = (
            self.desist
            | self.comply
            | self.ending
            | self.attributing
            | self.measures
            | self.spurning
            | self.breaking
            | self.listing
            | self.evils
        )
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        parsed = scene.parsed
        told = parsed.told
        places = parsed.told_places(self.cues)
        if "neg" in parsed.deps:
            denied = [head for head, dep in zip(parsed.heads, parsed.deps, strict=True) if dep == "neg"]
            places = sorted({*places, *denied})
        for cue in places:
            word = parsed.lower[cue]
            verb = parsed.tags[cue].startswith("VB") and parsed.inside[cue] < 0
            asked = word in self.desist or word in self.comply
            if verb and (asked or (parsed.tags[cue] == "VB" and parsed.child(cue, "neg"))):
                yield from self._asked(scene, cue)
            if verb and word in self.ending and self._puts_end(scene, cue):
                yield from self._asked(scene, cue)
            if verb and word in self.attributing:
                yield from self._attributed(scene, cue)
            if word in self.measures:
                yield from self._aimed(scene, cue)
            if verb and word in self.spurning:
                yield from self._spurned(scene, cue)
            if verb and word in self.breaking:
                yield from self._broken_off(scene, cue)
            if verb and word in self.listing:
                yield from self._linked(scene, cue)
            if word in self.measures or told[cue] in self.evils:
                yield from self._done(scene, cue)

    # -- what is asked -------------------------------------------------------------------------------

    def _asked(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read who is asked to stop something, and by whom."""
        parsed = scene.parsed
        refrain = bool(parsed.child(verb, "neg"))  # "urged X not to use force"
        firm = (parsed.lower[verb] in self.desist or parsed.lower[verb] in self.ending) and not refrain
        if refrain and (parsed.lower[verb] in self.desist or parsed.lower[verb] in self.comply):
            return
        if not firm and not refrain and self.grievances.isdisjoint(self._words_below(scene, verb)):
            return
        asker = -1
        top = verb
        for _ in range(_FARTHEST):
            above, dep = parsed.heads[top], parsed.deps[top]
            if above == top or dep not in {"xcomp", "ccomp", "conj", "advcl", "acl", "relcl", "pcomp"}:
                break
            if dep != "conj" and (
                parsed.lower[above] in self.appeals
                or parsed.lower[above] in self.appeal_nouns
                or parsed.lower[above] in self.musts
            ):
                asker = above
                break
            top = above
        if asker < 0:
            if not firm and not refrain:
                yield from self._must(scene, verb)
            return
        roles = self.arguments.roles(parsed, asker)
        own = [s for t in (verb, top) for s in parsed.child(t, "nsubj", "nsubjpass")]
        asked = self._actors(
            scene, own or self._addressees(scene, asker, roles), _BLAMED if firm else _STATES
        )
        if parsed.lower[asker] in self.appeals or parsed.lower[asker] in self.appeal_nouns:
            critics = self._actors(scene, roles.get("agent", []), _CRITICS)
        else:
            critics = []
        blamed = {a.entity for a in asked}
        critics = [c for c in critics if c.entity not in blamed] or self._tellers(scene, asker, blamed)
        rule = "asked-to-stop" if firm else "asked-to-comply"
        for critic in critics:
            for one in asked:
                yield _blame(critic, one, rule, verb, 0.7 if firm else 0.5)

    def _must(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read who is told that it must do what it owes: "X must honour its obligations"."""
        parsed = scene.parsed
        if {parsed.lower[c] for c in parsed.child(verb, "aux")}.isdisjoint(self.musts):
            return
        asked = [p for p in self._actors(scene, list(parsed.child(verb, "nsubj"))) if p.how == "name"]
        if len(asked) == 1:
            for critic in self._tellers(scene, verb, {asked[0].entity}):
                yield _blame(critic, asked[0], "asked-to-comply-must", verb, 0.5)

    def _addressees(self, scene: Scene, asker: int, roles: dict[str, list[int]]) -> list[int]:
        parsed = scene.parsed
        found = list(parsed.child(asker, "dobj", "dative"))
        for name in sorted(_TO):
            found += [t for t in roles.get(name, []) if not parsed.tags[t].startswith("VB")]
        return found

    def _puts_end(self, scene: Scene, verb: int) -> bool:
        parsed = scene.parsed
        return any(parsed.lower[c] in {"end", "stop", "halt"} for c in parsed.child(verb, "dobj"))

    # -- what is done --------------------------------------------------------------------------------

    def _done(self, scene: Scene, deed: int) -> Iterator[Candidate]:
        """Read who is told to commit a wrong, by the verb above it or the participle below it."""
        parsed = scene.parsed
        if parsed.lower[deed] in self.measures and not self._is_unjust(scene, deed):
            return
        doers: list[int] = []
        top = deed
        while parsed.deps[top] == "conj" and parsed.heads[top] != top and top != parsed.heads[top]:
            top = parsed.heads[top]
        above, dep = parsed.heads[top], parsed.deps[top]
        if dep == "pobj" and parsed.deps[above] == "prep":
            if parsed.lower[above] not in {"in", "out", "to", "with", "of"}:
                above = top
            else:
                above = parsed.heads[above]
        elif dep != "dobj":
            above = top
        if above != top and parsed.lower[above] in self.doing and self._happens(scene, above):
            roles = self.arguments.roles(parsed, above)
            doers += [t for t in roles.get("agent", []) if parsed.deps[t] != "pobj"]
        for clause in parsed.child(deed, "acl"):
            if parsed.lower[clause] in self.doing and parsed.tags[clause] == "VBN":
                doers += self.arguments.roles(parsed, clause).get("agent", [])
        if dep == "nsubjpass" and parsed.lower[parsed.heads[top]] in self.doing:
            doers += [o for a in parsed.child(parsed.heads[top], "agent") for o in parsed.child(a, "pobj")]
        blamed = self._actors(scene, doers)
        if blamed:
            yield from self._told(scene, deed, blamed, "commits-wrong", 0.6)

    def _is_unjust(self, scene: Scene, noun: int) -> bool:
        parsed = scene.parsed
        beside = list(parsed.child(noun, "amod", "compound", "nmod"))
        beside += [c for t in beside for c in parsed.child(t, "conj", "amod")]
        return any(parsed.lower[t] in self.unjust for t in beside)

    def _spurned(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read who turns away from offers, texts and talks."""
        parsed = scene.parsed
        if parsed.tags[verb] == "VBG" or not self._happens(scene, verb):
            return
        objects = [
            *parsed.child(verb, "dobj"),
            *(o for p in parsed.child(verb, "prep") for o in parsed.child(p, "pobj")),
        ]
        objects += [c for t in objects for c in parsed.child(t, "conj")]
        if not any(parsed.lower[t] in self.offers for t in objects):
            return
        doers = self._actors(scene, self.arguments.roles(parsed, verb).get("agent", []))
        yield from self._told(scene, verb, doers, "spurns", 0.5)

    def _broken_off(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read whose envoy is summoned or sent home."""
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, verb)
        for envoy in roles.get("theme", []):
            if parsed.lower[envoy] not in self.envoys or parsed.child(envoy, "poss"):
                continue
            tokens = [c for c in parsed.child(envoy, "amod", "compound", "nmod") if parsed.mention[c] >= 0]
            tokens += self.arguments.roles(parsed, envoy).get("of", [])
            if parsed.lower[verb].startswith(("recall", "withdr")):
                continue  # one recalls one's own
            for critic in self._actors(scene, roles.get("agent", [])) or self._tellers(scene, verb, set()):
                for one in self._actors(scene, tokens):
                    yield _blame(critic, one, "summons-envoy", verb, 0.65)

    def _attributed(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read to whom a wrong is attributed."""
        parsed = scene.parsed
        if self.evils.isdisjoint(parsed.lower):
            return
        roles = self.arguments.roles(parsed, verb)
        doers = [
            o
            for p in parsed.child(verb, "prep")
            if parsed.lower[p] in {"to", "on"}
            for o in parsed.child(p, "pobj")
        ]
        critics = self._actors(scene, [t for t in roles.get("agent", []) if t not in doers], _CRITICS)
        for critic in critics:
            for one in self._actors(scene, doers):
                if one.entity != critic.entity:
                    yield _blame(critic, one, "attributes-wrong", verb, 0.6)

    def _aimed(self, scene: Scene, measure: int) -> Iterator[Candidate]:
        """Read at whom sanctions are aimed by a participle: "sanctions imposed on X", "measures targeting X"."""
        parsed = scene.parsed
        aimed: list[int] = []
        for clause in parsed.child(measure, "acl", "relcl"):
            if parsed.lower[clause] in self.aiming:
                aimed += [t for t in parsed.child(clause, "dobj") if parsed.tags[clause] == "VBG"]
                for prep in parsed.child(clause, "prep"):
                    if parsed.lower[prep] in {"on", "against", "at", "upon"}:
                        aimed += parsed.child(prep, "pobj")
        top = measure
        while parsed.deps[top] in {"conj", "pobj", "prep"} and parsed.heads[top] != top:
            top = parsed.heads[top]
        above = parsed.heads[top]
        if not aimed or parsed.deps[top] != "dobj" or parsed.lower[above] not in self.imposing:
            return
        roles = self.arguments.roles(parsed, above)
        critics = self._actors(scene, roles.get("agent", []), _CRITICS)
        targets = [t for token in aimed for t in (token, *parsed.child(token, "poss"))]
        for critic in critics:
            for one in self._actors(scene, targets):
                if one.entity != critic.entity:
                    yield _blame(critic, one, "sanctions-aimed", measure, 0.6)

    def _linked(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read with whom those that are put on a list of sanctions are linked."""
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, verb)
        linked: list[int] = []
        for theme in roles.get("theme", []):
            for clause in parsed.child(theme, "acl", "relcl", "amod"):
                if parsed.lower[clause] not in self.links:
                    continue
                linked += parsed.child(clause, "dobj")
                for prep in parsed.child(clause, "prep", "agent"):
                    if parsed.lower[prep] in {"to", "with", "by"}:
                        linked += parsed.child(prep, "pobj")
                    linked += [
                        o for t in parsed.child(prep, "pobj") for o in self.arguments.roles(parsed, t).get("of", [])
                    ]  # fmt: skip
        blamed = self._actors(scene, linked)
        critics = self._actors(scene, roles.get("agent", [])) or self._tellers(scene, verb, set())
        for critic in critics:
            for one in blamed:
                yield _blame(critic, one, "sanctions-linked", verb, 0.55)

    # -- who tells -----------------------------------------------------------------------------------

    def _told(
        self, scene: Scene, cue: int, blamed: list[Participant], rule: str, confidence: float
    ) -> Iterator[Candidate]:
        for critic in self._tellers(scene, cue, {b.entity for b in blamed}):
            how = "author" if critic.how == "author" else "subject"
            for one in blamed:
                yield _blame(critic, one, f"{rule}-{how}", cue, confidence)

    def _tellers(self, scene: Scene, cue: int, blamed: set[str]) -> list[Participant]:
        """Give the subject of a clause of saying above the cue that is not the blamed, else the author."""
        parsed = scene.parsed
        for token in parsed.path_up(cue)[1:]:
            if not parsed.tags[token].startswith("VB") or parsed.deps[token] in _ASIDE:
                continue
            subjects = self._actors(scene, list(parsed.child(token, "nsubj")), _CRITICS)
            if subjects and not blamed & {s.entity for s in subjects}:
                return subjects
        speakers = scene.voice or ((scene.author,) if scene.author else ())
        return [p for p in speakers if p.entity not in blamed]

    def _happens(self, scene: Scene, verb: int) -> bool:
        """Tell whether a verb tells of a deed that somebody does, neither supposed nor wanted nor denied."""
        parsed = scene.parsed
        if not parsed.tags[verb].startswith("VB") or parsed.child(verb, "neg", "nsubjpass"):
            return False
        if any(parsed.lower[c] in {"if", "unless", "whether"} for c in parsed.child(verb, "mark")):
            return False
        return {parsed.lower[c] for c in parsed.child(verb, "aux")}.isdisjoint(self.supposing)

    def _words_below(self, scene: Scene, token: int) -> frozenset[str]:
        parsed = scene.parsed
        waiting, found = [token], []
        while waiting:
            one = waiting.pop()
            found.append(parsed.lower[one])
            if parsed.inside[one] >= 0:
                found += scene.mentions[parsed.inside[one]].text.lower().split()
            waiting += parsed.children[one]
        return frozenset(found)

    def _actors(
        self, scene: Scene, tokens: Sequence[int], classes: frozenset[str] = _BLAMED
    ) -> list[Participant]:
        return actors_of(self.arguments, scene, tokens, classes)


def _blame(head: Participant, tail: Participant, rule: str, cue: int, confidence: float) -> Candidate:
    return Candidate(
        predicate="criticizes", head=head, tail=tail, rule=rule, cue=cue, confidence=confidence,
        roles=("agent", "theme"),
    )  # fmt: skip


def load_blame(folder: Path, arguments: Arguments) -> Blame:
    """Read ``blame.toml``; verbs are spelt out in all their forms.

    Raises:
        TableError: The file lacks a list, or its examples.
    """
    path = folder / "blame.toml"
    with told_of(path):
        data = read_examined(path)

        def spelt(key: str) -> frozenset[str]:
            return frozenset(f for lemma in data[key] for f in verb_forms(lemma, arguments.irregular))

        return Blame(
            appeals=spelt("appeals"),
            appeal_nouns=frozenset(data["appeal_nouns"]),
            musts=frozenset(data["musts"]),
            desist=spelt("desist"),
            comply=spelt("comply"),
            grievances=frozenset(data["grievances"]),
            doing=spelt("doing"),
            evils=frozenset(data["evils"]),
            measures=frozenset(data["measures"]),
            unjust=frozenset(data["unjust"]),
            supposing=frozenset(data["supposing"]),
            spurning=spelt("spurning"),
            offers=frozenset(data["offers"]),
            breaking=spelt("breaking"),
            envoys=frozenset(data["envoys"]),
            listing=spelt("listing"),
            links=frozenset(data["links"]),
            ending=spelt("ending"),
            attributing=spelt("attributing"),
            aiming=frozenset(data["aiming"]),
            imposing=spelt("imposing"),
            arguments=arguments,
        )
