"""Read reproach without a verb of blame, and quarrels before courts and under occupation.

``criticizes``: questions put to a state ("Why does X …?"), what somebody fails to do, sanctions whose target is left
unsaid, the part that somebody has in answering a wrong. ``disputesWith``: proceedings of one state against another, the
occupying Power and whose land it holds, a war "between those two countries". Words: ``reproach.toml``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.friction import actors_of
from diplograph.extract.rule_reading import read_examined, told_of
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.vocabulary import Entry

__all__ = ["Reproach", "load_reproach"]

_BLAMED = frozenset({"Country", "Organization"})
_STATES = frozenset({"Country"})
# Among the first words of a sentence stands the word that makes it a question.
_FIRST = 8
# Of a text with this word before its questions nobody knows who asks.
_ASKED_BY_OTHERS = "QUESTION:"
_PAIR = 2
# Inside names of these classes words count as they do elsewhere.
_OPEN = frozenset({"Event", "IssueArea"})
# How deep below "its role in …" the wrong may stand.
_DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproach:
    """Callable on a scene; word lists fixed; ``entries`` are the listed entities, whose facts tell where places lie."""

    asking: frozenset[str]
    failings: frozenset[str]
    being: frozenset[str]
    owed: frozenset[str]
    taking: frozenset[str]
    steps: frozenset[str]
    ours: frozenset[str]
    supposing: frozenset[str]
    sanctions: frozenset[str]
    imposed: frozenset[str]
    measures: frozenset[str]
    punishing: frozenset[str]
    parts: frozenset[str]
    answering: frozenset[str]
    wrongs: frozenset[str]
    suing: frozenset[str]
    suits: frozenset[str]
    holding: frozenset[str]
    wars: frozenset[str]
    waging: frozenset[str]
    plights: frozenset[str]
    worries: frozenset[str]
    pairs: frozenset[str]
    conflicts: frozenset[str]
    arguments: Arguments
    entries: Mapping[str, Entry]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = (
            self.failings
            | self.owed
            | self.sanctions
            | self.parts
            | self.suits
            | self.holding
            | self.wars
            | self.plights
            | self.conflicts
        )
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues, questions first."""
        parsed = scene.parsed
        if not scene.mentions:
            return
        yield from self._asked(scene)
        for cue in parsed.told_places(self.cues):
            word = parsed.told[cue]
            if parsed.inside[cue] >= 0 and scene.mentions[parsed.inside[cue]].cls not in _OPEN:
                continue
            if word in self.failings:
                yield from self._failing(scene, cue)
            if word in self.owed and parsed.tags[cue].startswith("VB"):
                yield from self._left_undone(scene, cue)
            if word in self.sanctions:
                yield from self._sanctioned(scene, cue)
            if word in self.parts:
                yield from self._shared(scene, cue)
            if word in self.suits:
                yield from self._sued(scene, cue)
            if word in self.holding:
                yield from self._occupied(scene, cue)
            if word in self.wars:
                yield from self._at_war(scene, cue)
            if word in self.plights:
                yield from self._plight(scene, cue)
            if word in self.conflicts:
                yield from self._between_two(scene, cue)

    # -- criticizes ----------------------------------------------------------------------------------

    def _asked(self, scene: Scene) -> Iterator[Candidate]:
        """Read a question that a state puts to another before the world: "Why does X …?"."""
        parsed = scene.parsed
        if parsed.words[-1:] != ("?",) or self.asking.isdisjoint(parsed.lower[:_FIRST]):
            return
        if scene.author is None or _ASKED_BY_OTHERS in scene.document.text:
            return
        subjects = [t for t in range(len(parsed.words)) if parsed.deps[t] in {"nsubj", "nsubjpass"}]
        subjects += [o for t in subjects for o in self.arguments.roles(parsed, t).get("of", [])]
        for one in self._actors(scene, subjects, _STATES):
            if one.how == "name" and one.entity != scene.author.entity:
                yield _claim("criticizes", scene.author, one, "asks-why", max(one.token, 0), 0.5)

    def _failing(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read who is said to be unable, unwilling or silent: "the Council remains paralysed"."""
        parsed = scene.parsed
        verb = parsed.heads[cue]
        if parsed.deps[cue] not in {"acomp", "oprd", "attr", "xcomp", "ccomp"} and parsed.tags[cue] != "VBN":
            return
        if parsed.tags[cue] == "VBN" and parsed.deps[cue] not in {"acomp", "oprd"}:
            verb = cue  # "is paralysed", taken for a passive
        elif parsed.lower[verb] not in self.being:
            return
        subjects = parsed.child(verb, "nsubj", "nsubjpass")
        if self._open(scene, verb):
            yield from self._told(scene, cue, self._actors(scene, subjects), "is-failing", 0.5)

    def _left_undone(self, scene: Scene, verb: int) -> Iterator[Candidate]:
        """Read who has not done what it owes: "X has not complied"."""
        parsed = scene.parsed
        if not parsed.child(verb, "neg") or parsed.child(verb, "nsubjpass"):
            return
        if any(parsed.lower[c] in self.supposing for c in parsed.child(verb, "aux", "mark")):
            return
        objects = [parsed.lower[t] for t in parsed.child(verb, "dobj")]
        taking = parsed.lower[verb] in self.taking
        if taking and objects and self.steps.isdisjoint(objects):
            return
        doers = [
            p
            for p in self._actors(scene, self.arguments.roles(parsed, verb).get("agent", []))
            if p.cls == "Country"
        ]
        yield from self._told(scene, verb, doers, "left-undone", 0.5)

    def _sanctioned(self, scene: Scene, measure: int) -> Iterator[Candidate]:
        """Read whom sanctions hit that do not say so: the one other state named, else the speaker's own."""
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, measure)
        if any(roles.get(role) for role in ("on", "against", "upon", "to", "of")):
            return
        imposers: list[int] = []
        telling = self.punishing if parsed.lower[measure] in self.measures else self.imposed
        for clause in parsed.child(measure, "acl", "relcl"):
            if parsed.lower[clause] in telling:
                if any(parsed.lower[p] in {"on", "against", "upon"} for p in parsed.child(clause, "prep")):
                    return
                imposers += [o for a in parsed.child(clause, "agent", "prep") if parsed.lower[a] == "by"
                             for o in parsed.child(a, "pobj")]  # fmt: skip
        found = self._actors(scene, imposers)
        if not found:
            return
        ids = {p.entity for p in found}
        others = [p for p in scene.names("Country") if p.entity not in ids]
        named = {p.entity: p for p in others}
        ours = not named and not self.ours.isdisjoint(parsed.lower)
        victim = next(iter(named.values())) if len(named) == 1 else scene.author if ours else None
        if victim is None or victim.entity in ids:
            return
        for one in found:
            yield _claim("criticizes", one, victim, "sanctions-by", measure, 0.55)

    def _shared(self, scene: Scene, noun: int) -> Iterator[Candidate]:
        """Read who has a part in answering a wrong: "X's role in countering the aggression of Y"."""
        parsed = scene.parsed
        owners = [*parsed.child(noun, "poss")]
        owners += [c for c in parsed.child(noun, "amod", "compound", "nmod") if parsed.mention[c] >= 0]
        roles = self.arguments.roles(parsed, noun)
        owners += [*roles.get("with", []), *roles.get("of", [])]
        sharers = self._actors(scene, owners)
        if not sharers:
            return
        wrongs = []
        for verb in self._below(scene, noun):
            if parsed.lower[verb] in self.answering:
                wrongs += [*parsed.child(verb, "dobj")]
                wrongs += [o for p in parsed.child(verb, "prep") if parsed.lower[p] in {"to", "against", "on"}
                           for o in parsed.child(p, "pobj")]  # fmt: skip
        for token in wrongs:
            doers = [token] if scene.named(token) else []
            if parsed.lower[token] in self.wrongs or parsed.mentioned(token) == "Event":
                doers = [*parsed.child(token, "poss"), *self.arguments.roles(parsed, token).get("by", [])]
                doers += [
                    c for c in parsed.child(token, "amod", "compound", "nmod") if parsed.mention[c] >= 0
                ]
            for one in self._actors(scene, doers):
                for sharer in sharers:
                    if sharer.entity != one.entity:
                        yield _claim("criticizes", sharer, one, "shares-in-answer", noun, 0.6)

    # -- disputesWith --------------------------------------------------------------------------------

    def _sued(self, scene: Scene, suit: int) -> Iterator[Candidate]:
        """Read which state brings a case against which: "the proceedings instituted by X against Y"."""
        parsed = scene.parsed
        cues = [suit]
        above = parsed.heads[suit]
        plaintiffs: list[int] = []
        if parsed.deps[suit] in {"dobj", "nsubjpass"} and parsed.lower[above] in self.suing:
            cues.append(above)
            plaintiffs += self.arguments.roles(parsed, above).get("agent", [])
        for clause in parsed.child(suit, "acl"):
            if parsed.lower[clause] in self.suing:
                cues.append(clause)
                plaintiffs += [o for a in parsed.child(clause, "agent") for o in parsed.child(a, "pobj")]
        plaintiffs += [*parsed.child(suit, "poss"), *self.arguments.roles(parsed, suit).get("by", [])]
        sued = [o for c in cues for p in parsed.child(c, "prep") if parsed.lower[p] == "against"
                for o in parsed.child(p, "pobj")]  # fmt: skip
        for one in self._actors(scene, plaintiffs, _STATES):
            for other in self._actors(scene, sued, _STATES):
                if one.entity != other.entity:
                    yield _claim("disputesWith", one, other, "sues", suit, 0.65)

    def _occupied(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read whose land somebody occupies: where the places named lie, the state named beside it, or the speaker's."""
        parsed = scene.parsed
        power = parsed.heads[cue] if parsed.lower[cue] == "occupying" else cue
        tokens = [parsed.heads[power]] if parsed.deps[power] == "appos" else []
        for noun in (power, parsed.heads[parsed.heads[cue]] if parsed.deps[cue] == "pobj" else power):
            tokens += parsed.child(noun, "poss", "compound", "nmod", "appos", "amod")
        tokens += self.arguments.roles(parsed, cue).get("by", [])
        powers = [p for p in self._actors(scene, tokens, _STATES) if p.how == "name"]
        if len(powers) != 1:
            return
        holder = powers[0]
        lands = [
            f"country/{code}"
            for p in scene.names("Place")
            for code in (self.entries[p.entity].fact_list("country") if p.entity in self.entries else ())
        ]
        victims = {key: Participant(entity=key, cls="Country", token=-1, how="inside") for key in lands}
        if not victims:
            victims = {p.entity: p for p in scene.names("Country") if p.entity != holder.entity}
        author = scene.author
        if not victims and author and not self.ours.isdisjoint(parsed.lower):
            victims[author.entity] = author
        victims.pop(holder.entity, None)
        for victim in victims.values() if len(victims) <= _PAIR and (lands or len(victims) == 1) else ():
            yield _claim("disputesWith", holder, victim, "occupying-power", cue, 0.6)

    def _at_war(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read against whom a state's war is that does not say so: the one other state named in the sentence."""
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, cue)
        if any(roles.get(role) for role in ("against", "on", "upon", "of", "with")):
            return
        tokens = [*parsed.child(cue, "poss"), *roles.get("by", [])]
        tokens += [c for c in parsed.child(cue, "amod", "compound") if parsed.mention[c] >= 0]
        verb = parsed.heads[cue]
        if parsed.deps[cue] == "dobj" and parsed.lower[verb] in self.waging:
            tokens += self.arguments.roles(parsed, verb).get("agent", [])
        doers = self._actors(scene, tokens, _STATES)
        ids = {p.entity for p in doers} | ({scene.author.entity} if scene.author else set())
        others = {p.entity: p for p in scene.names("Country") if p.entity not in ids}
        if len(doers) == 1 and len(others) == 1:
            yield _claim("disputesWith", doers[0], next(iter(others.values())), "war-of-one", cue, 0.5)

    def _plight(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read concern over the human rights situation in a state."""
        parsed = scene.parsed
        if parsed.lower[cue - 1] != "rights" or self.worries.isdisjoint(parsed.lower):
            return
        roles = self.arguments.roles(parsed, cue)
        tokens = [*roles.get("in", []), *roles.get("of", []), *parsed.child(cue, "poss", "amod")]
        blamed = self._actors(scene, tokens, _STATES)
        yield from self._told(scene, cue, blamed, "plight", 0.6)

    def _between_two(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read a war "between those two countries", the two named before in the sentence."""
        parsed = scene.parsed
        for token in self.arguments.roles(parsed, cue).get("between", []):
            if parsed.lower[token] not in self.pairs or "two" not in {
                parsed.lower[c] for c in parsed.child(token, "nummod", "amod", "det")
            }:
                continue
            named = {p.entity: p for p in scene.names("Country") if p.token < cue}
            if len(named) == _PAIR:
                for one, other in combinations(named.values(), _PAIR):
                    yield _claim("disputesWith", one, other, "war-between-the-two", cue, 0.7)

    # -- who -----------------------------------------------------------------------------------------

    def _told(
        self, scene: Scene, cue: int, blamed: Sequence[Participant], rule: str, sure: float
    ) -> Iterator[Candidate]:
        tellers = scene.voice or ((scene.author,) if scene.author else ())
        for teller in tellers:
            for one in blamed:
                if one.entity != teller.entity:
                    yield _claim("criticizes", teller, one, rule, cue, sure)

    def _open(self, scene: Scene, verb: int) -> bool:
        """Tell whether a verb states what is, neither denied nor supposed."""
        parsed = scene.parsed
        if parsed.child(verb, "neg"):
            return False
        return not any(parsed.lower[c] in self.supposing for c in parsed.child(verb, "aux", "mark"))

    def _below(self, scene: Scene, top: int) -> list[int]:
        """Give the verbs below a noun, also behind "in" and "to"."""
        parsed = scene.parsed
        waiting = [(top, 0)]
        found: list[int] = []
        while waiting:
            token, depth = waiting.pop(0)
            for child in parsed.child(token, "prep", "pcomp", "acl", "xcomp", "conj", "relcl"):
                if parsed.tags[child].startswith("VB"):
                    found.append(child)
                if depth < _DEEPEST:
                    waiting.append((child, depth + 1))
        return found

    def _actors(
        self, scene: Scene, tokens: Sequence[int], classes: frozenset[str] = _BLAMED
    ) -> list[Participant]:
        return actors_of(self.arguments, scene, tokens, classes)


def _claim(
    predicate: str, head: Participant, tail: Participant, rule: str, cue: int, sure: float
) -> Candidate:
    return Candidate(
        predicate=predicate, head=head, tail=tail, rule=rule, cue=cue, confidence=sure,
        roles=("agent", "theme"),
    )  # fmt: skip


def load_reproach(folder: Path, arguments: Arguments, *, entries: Mapping[str, Entry]) -> Reproach:
    """Read ``reproach.toml``; verbs are spelt out in all their forms.

    Raises:
        TableError: The file lacks a list, or its examples.
    """
    path = folder / "reproach.toml"
    with told_of(path):
        data = read_examined(path)

        def spelt(key: str) -> frozenset[str]:
            return frozenset(f for lemma in data[key] for f in verb_forms(lemma, arguments.irregular))

        return Reproach(
            asking=frozenset(data["asking"]),
            failings=frozenset(data["failings"]),
            being=spelt("being"),
            owed=spelt("owed"),
            taking=spelt("taking"),
            steps=frozenset(data["steps"]),
            ours=frozenset(data["ours"]),
            supposing=frozenset(data["supposing"]),
            sanctions=frozenset(data["sanctions"]),
            imposed=frozenset(data["imposed"]),
            measures=frozenset(data["measures"]),
            punishing=frozenset(data["punishing"]),
            parts=frozenset(data["parts"]),
            answering=spelt("answering"),
            wrongs=frozenset(data["wrongs"]),
            suing=spelt("suing"),
            suits=frozenset(data["suits"]),
            holding=frozenset(data["holding"]),
            wars=frozenset(data["wars"]),
            waging=spelt("waging"),
            plights=frozenset(data["plights"]),
            worries=frozenset(data["worries"]),
            pairs=frozenset(data["pairs"]),
            conflicts=frozenset(data["conflicts"]),
            arguments=arguments,
            entries=entries,
        )
