"""Read charges and wars: ``criticizes`` from words that blame, ``disputesWith`` from wars between states.

A state is blamed by the subject of the sentence, or by the author where the sentence has no other voice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.entailment import Inside
from diplograph.extract.rule_reading import read_examined
from diplograph.extract.scene import Participant, Scene

__all__ = ["Friction", "actors_of", "load_friction", "word_at"]

_BLAMED = frozenset({"Country", "Organization"})
_CRITICS = frozenset({"Country", "Organization", "Forum", "Event"})
_ABOUT = ("about", "over", "at", "with", "by", "of", "regarding")
_AGAINST = frozenset({"against", "to"})
_TARGET_ROLES = ("against", "on", "upon", "theme", "of")
# Clauses whose subject bears or answers the wrong rather than names it.
_ASIDE = frozenset({"advcl", "relcl", "acl"})
# A longer list of subjects is a list of the blamed rather than of those who blame.
_MOST_CRITICS = 8
# A list of deeds is not read farther.
_MOST_DEEDS = 6
# More states than this "between" which there is a conflict are a region.
_MOST_PARTIES = 3


def actors_of(
    arguments: Arguments, scene: Scene, tokens: Sequence[int], classes: frozenset[str]
) -> list[Participant]:
    """Give those of some classes that tokens stand for, a person as whom it speaks for; each once, in order."""
    found: dict[str, Participant] = {}
    for token in tokens:
        for p in arguments.stand_for(scene, token):
            actor = scene.speakers.get(p.entity, p) if p.cls == "Person" else p
            if actor.cls in classes:
                found.setdefault(actor.entity, actor)
    return list(found.values())


def word_at(scene: Scene, token: int) -> str:
    """Give a word in small letters, of an event or issue the last word of its name (the parser sees another there)."""
    return scene.parsed.told[token]


@dataclass(frozen=True, slots=True, kw_only=True)
class Friction:
    """Callable on a scene; word lists fixed. ``inside`` lists the names inside a name."""

    wrongs: frozenset[str]
    acts: frozenset[str]
    charges: frozenset[str]
    wars: frozenset[str]
    conflicts: frozenset[str]
    blames: frozenset[str]
    worries: frozenset[str]
    deeds: frozenset[str]
    home_deeds: frozenset[str]
    ascribed: frozenset[str]
    integrity: frozenset[str]
    watches: frozenset[str]
    outlaws: frozenset[str]
    outrages: frozenset[str]
    arguments: Arguments
    inside: Callable[[str], Inside]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = (
            self.blames | self.worries | self.watches | self.conflicts | self.wrongs | self.acts | self.wars
        )
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        yield from self._named_wars(scene)
        yield from self._outlawed(scene)
        worried = not self.worries.isdisjoint(scene.parsed.vocabulary)
        for cue, word in enumerate(scene.parsed.lower):
            if word not in self.cues and scene.parsed.mention[cue] < 0:
                continue
            if scene.parsed.inside[cue] < 0 and (
                word in self.blames or word in self.worries or (worried and word in self.watches)
            ):
                yield from self._blamed_deeds(scene, cue)
            index = scene.parsed.inside[cue]
            if index >= 0:
                if scene.parsed.mention[cue] < 0 or scene.mentions[index].cls not in {"Event", "IssueArea"}:
                    continue
                word = scene.mentions[index].text.lower()
                word = word if word in self.wars or word in self.conflicts else word.rsplit(" ", 1)[-1]
            if not scene.parsed.tags[cue].startswith("NN"):
                continue
            if word in self.conflicts:
                yield from self._conflict(scene, cue)
            if word in self.wrongs or word in self.acts or word in self.wars:
                yield from self._read(scene, cue, word)

    def _read(self, scene: Scene, cue: int, word: str) -> Iterator[Candidate]:
        roles = self.arguments.roles(scene.parsed, cue)
        doers = self._states(scene, [*self._own(scene, cue), *roles.get("by", [])])
        if not doers and word in self.acts and self._charged(scene, cue):
            doers = self._states(scene, [t for t in roles.get("of", []) if scene.named(t)])
        if not doers:
            return
        if word in self.wars:
            aimed = [t for role in _TARGET_ROLES for t in roles.get(role, [])]
            aimed += [c for t in aimed for c in scene.parsed.child(t, "appos")]  # "on Erbil, Iraq"
            targets = self._states(scene, aimed)
            for doer in doers:
                for target in targets or self._violated(scene, doer):
                    if target.cls == doer.cls == "Country" and target.entity != doer.entity:
                        yield _candidate("disputesWith", doer, target, "war-of", cue, 0.75)
        charged = self._charged(scene, cue)
        if word not in self.wrongs and not charged:
            return
        rule = "charge" if charged else "wrong"
        critics = self._critics(scene, cue, {d.entity for d in doers})
        for critic in critics:
            how = "author" if critic.how == "author" else "subject"
            for doer in doers:
                if doer.entity != critic.entity:
                    yield _candidate("criticizes", critic, doer, f"{rule}-{how}", cue, 0.6)

    def _violated(self, scene: Scene, doer: Participant) -> list[Participant]:
        """Give the state whose sovereignty a sentence upholds that speaks of another's aggression."""
        parsed = scene.parsed
        owners = [
            o for t, word in enumerate(parsed.lower) if word in self.integrity
            for o in (*parsed.child(t, "poss", "amod"), *self.arguments.roles(parsed, t).get("of", []))
        ]  # fmt: skip
        return [p for p in self._states(scene, owners) if p.how == "name" and p.entity != doer.entity][:1]

    def _outlawed(self, scene: Scene) -> Iterator[Candidate]:
        """Read whom the author, or the subject of a text without one, condemns by telling of an outlawed group's outrages."""
        if self.outrages.isdisjoint(scene.parsed.vocabulary):
            return
        for group in scene.names("Organization"):
            if group.entity.partition("/")[2] in self.outlaws:
                speakers = scene.voice or ((scene.author,) if scene.author else ())
                for critic in speakers:
                    yield _candidate("criticizes", critic, group, "outlaw", group.token, 0.5)
                if not speakers:
                    for critic in self._critics(scene, group.token, {group.entity}):
                        yield _candidate("criticizes", critic, group, "outlaw-subject", group.token, 0.5)

    def _named_wars(self, scene: Scene) -> Iterator[Candidate]:
        """Pair the parties of an event that is a war by its name ("the Iran-Iraq War")."""
        for index, mention in enumerate(scene.mentions):
            token = scene.parsed.token_of.get(index)
            if token is None or mention.cls != "Event":
                continue
            sides, _, last = mention.text.rpartition(" ")  # without "war", lest "Iraq war" be found inside
            if last.lower() not in self.conflicts:
                continue
            states = [
                Participant(entity=key, cls=cls, token=-1, how="inside")
                for key, cls, _ in self.inside(sides).names
                if cls == "Country"
            ]
            for one, other in combinations(states, 2):
                if one.entity != other.entity:
                    yield _candidate("disputesWith", one, other, "conflict-name", token, 0.8)

    def _blamed_deeds(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read who is blamed for a deed: "condemns the decision of X", "concern over X's policy"."""
        roles = self.arguments.roles(scene.parsed, cue)
        verb = scene.parsed.tags[cue].startswith("VB")
        watched = scene.parsed.lower[cue] in self.watches
        moved = (
            verb and not watched and scene.parsed.lower[cue] not in self.blames
        )  # "is outraged by": the subject is the theme
        about = (*_ABOUT, "agent") if moved else ("theme",) if verb else _ABOUT
        objects = [t for role in about for t in roles.get(role, [])]
        if verb and not moved and not watched:  # "protested against the detention", "objects to the sale"
            objects += [
                o for p in scene.parsed.child(cue, "prep") if scene.parsed.lower[p] in _AGAINST
                for o in scene.parsed.child(p, "pobj")
            ]  # fmt: skip
        agents = roles.get("theme" if moved else "agent", [])
        if scene.parsed.tags[cue] == "JJ":  # "outraged", taken for an adjective
            objects += roles.get("doer", [])
            agents = [t for t in agents if t not in roles.get("doer", [])]
        critics = self._states(scene, agents, _CRITICS)
        own = {c.entity for c in critics}  # "X and Y share concerns about their trade": about nobody
        rule = "watched-deed" if watched else "blame-deed" if verb else "worry-deed"
        by = roles.get("by", []) if verb and scene.parsed.child(cue, "nsubj") else []
        for deed in self._listed(scene, objects):
            doers = self._states(
                scene, [*self._own(scene, deed), *by]
            )  # "condemned the shelling of towns by X"
            word = scene.parsed.lower[deed]
            placed = False
            if not doers and word in self.deeds:
                of = self.arguments.roles(scene.parsed, deed).get("of", [])
                doers = self._states(scene, [t for t in of if self._bears(scene, t)])
            if not doers:
                doers = self._states(scene, self._told(scene, deed))
            if not doers and word in self.home_deeds:  # what a state does at home: "the repression in X"
                doers = self._states(scene, self.arguments.roles(scene.parsed, deed).get("in", []))
                placed = bool(doers)
            for critic in critics:
                for doer in doers:
                    if doer.entity not in own:
                        name = "deed-at-home" if placed else rule
                        yield _candidate("criticizes", critic, doer, name, cue, 0.55 if placed else 0.65)

    def _bears(self, scene: Scene, token: int) -> bool:
        """Tell whether a noun is not merely what somebody owns: "violation of Georgia's independence"."""
        parsed = scene.parsed
        return not parsed.child(token, "poss") or parsed.lower[token] in self.arguments.bearers

    def _listed(self, scene: Scene, tokens: list[int]) -> list[int]:
        """Give tokens and those coordinated with them: "the closure of X and the arrest of Y by Z"."""
        found: list[int] = []
        waiting = list(tokens)
        while waiting and len(found) < _MOST_DEEDS:
            token = waiting.pop(0)
            if token not in found:
                found.append(token)
                waiting += scene.parsed.child(token, "conj")
        return found

    def _told(self, scene: Scene, deed: int) -> list[int]:
        """Give who did a deed by the words below it: "the killing of … by X", "strikes that X carried out"."""
        parsed = scene.parsed
        doers: list[int] = []
        below = [deed, *(o for p in parsed.child(deed, "prep") for o in parsed.child(p, "pobj"))]
        for token in below:
            for prep in parsed.child(token, "prep", "agent"):
                if parsed.lower[prep] == "by":
                    doers += parsed.child(prep, "pobj")
            for clause in parsed.child(token, "acl", "relcl"):
                for prep in parsed.child(clause, "prep", "agent"):
                    if parsed.lower[prep] == "by" or (
                        parsed.lower[clause] in self.ascribed and parsed.lower[prep] in {"to", "on"}
                    ):
                        doers += parsed.child(prep, "pobj")
                if parsed.deps[clause] == "relcl" and not parsed.child(clause, "nsubjpass", "auxpass"):
                    doers += [
                        s for s in parsed.child(clause, "nsubj") if parsed.lower[s] not in {"which", "that"}
                    ]
        return doers

    def _conflict(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Pair the states that a conflict is named by ("the Iran-Iraq war", "war between X and Y")."""
        if scene.parsed.deps[cue] == "compound":
            return  # "American and Vietnamese war dead"
        roles = self.arguments.roles(scene.parsed, cue)
        tokens = [*roles.get("between", []), *roles.get("among", []), *self._own(scene, cue)]
        if any(scene.parsed.lower[c] == "their" for c in scene.parsed.child(cue, "poss")):
            tokens = [*roles.get("agent", []), *tokens]  # "X and Y submitted their dispute"
        named = len(self._states(scene, tokens)) > 1
        if (
            not named and scene.parsed.deps[cue] == "conj" and scene.named(scene.parsed.heads[cue])
        ):  # "the X and Y clashes"
            tokens = [scene.parsed.heads[cue], *tokens]
        parties = [p for p in self._states(scene, tokens) if p.cls == "Country" and p.how != "anaphor"]
        if 1 < len(parties) <= _MOST_PARTIES:
            for one, other in combinations(parties, 2):
                yield _candidate("disputesWith", one, other, "conflict-between", cue, 0.8)

    def _own(self, scene: Scene, cue: int) -> list[int]:
        """Give the tokens before a noun that say whose act it is."""
        parsed = scene.parsed
        own = list(parsed.child(cue, "poss"))
        own += [c for c in parsed.child(cue, "amod", "compound", "nmod") if parsed.mention[c] >= 0]
        own += [
            o for p in parsed.child(cue, "prep") if parsed.lower[p] == "by" for o in parsed.child(p, "pobj")
        ]
        for clause in parsed.child(cue, "acl"):
            own += [o for p in parsed.child(clause, "agent") for o in parsed.child(p, "pobj")]
        return own

    def _charged(self, scene: Scene, cue: int) -> bool:
        parsed = scene.parsed
        waiting = list(parsed.child(cue, "amod", "conj"))
        below = [c for w in waiting for c in parsed.child(w, "conj", "amod")]
        deeper = [c for w in below for c in parsed.child(w, "conj", "amod")]
        return any(parsed.lower[t] in self.charges for t in (*waiting, *below, *deeper))

    def _states(
        self, scene: Scene, tokens: list[int], classes: frozenset[str] = _BLAMED
    ) -> list[Participant]:
        return actors_of(self.arguments, scene, tokens, classes)

    def _critics(self, scene: Scene, cue: int, blamed: set[str]) -> list[Participant]:
        """Give who speaks: the nearest subjects above the cue that are not the blamed, else the author."""
        parsed = scene.parsed
        for token in parsed.path_up(cue)[1:]:
            if parsed.tags[token].startswith("VB"):
                if (
                    parsed.deps[token] in _ASIDE
                ):  # "as Ukraine faces the aggression", "allies who respond to it"
                    continue
                subjects = self._states(scene, list(parsed.child(token, "nsubj")))
                if subjects and len(subjects) <= _MOST_CRITICS and not blamed & {s.entity for s in subjects}:
                    return subjects
        if scene.voice:
            return [p for p in scene.voice if p.entity not in blamed]
        return [scene.author] if scene.author and scene.author.entity not in blamed else []


def _candidate(
    predicate: str, head: Participant, tail: Participant, rule: str, cue: int, confidence: float
) -> Candidate:
    return Candidate(
        predicate=predicate,
        head=head,
        tail=tail,
        rule=rule,
        cue=cue,
        confidence=confidence,
        roles=("agent", "theme"),
    )


def load_friction(folder: Path, arguments: Arguments, *, inside: Callable[[str], Inside]) -> Friction:
    """Read ``friction.toml``.

    Raises:
        TableError: The file lacks its examples.
    """
    path = folder / "friction.toml"
    data = read_examined(path)
    blames, watches = (
        frozenset(f for lemma in data[key] for f in verb_forms(lemma, arguments.irregular))
        for key in ("blames", "watches")
    )
    return Friction(
        wrongs=frozenset(data["wrongs"]),
        acts=frozenset(data["acts"]),
        charges=frozenset(data["charges"]),
        wars=frozenset(data["wars"]),
        conflicts=frozenset(data["conflicts"]),
        blames=blames,
        worries=frozenset(data["worries"]),
        deeds=frozenset(data["deeds"]),
        home_deeds=frozenset(data["home_deeds"]),
        ascribed=frozenset(data["ascribed"]),
        integrity=frozenset(data["integrity"]),
        watches=watches,
        outlaws=frozenset(data["outlaws"]),
        outrages=frozenset(data["outrages"]),
        arguments=arguments,
        inside=inside,
    )
