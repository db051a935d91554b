"""Read who belongs to a text or body from lists and from where somebody acts.

"The five nations of the Pact – A, B, C –", "ratified the following: (1) …", "our NATO allies", "we work within
SADC", "Togo's Security Council term": parties and members that no verb of joining tells. Words: ``listed_parties.toml``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.parsing import Parsed
from diplograph.extract.rule_reading import read_examined
from diplograph.extract.scene import Participant, Scene

__all__ = ["ListedParties", "load_listed_parties"]

_BODIES = frozenset({"Organization", "Forum"})
_FEWEST = 2
# The lists of words of which one must stand in a sentence.
_CUES = ("nouns", "following", "parties", "allies", "inside", "together", "terms", "standing", "returns")
# So many words may stand between the name of a text and the list of its parties.
_GAP = 2
# "the Treaty, signed in Ottawa on 3 December 1997 by X": words between the name and "by".
_STEPS = 12
# So many words after "nations" the name of what they belong to may stand.
_REACH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParties:
    """Callable on a scene: candidates for ``partyTo`` and ``memberOf``; word lists fixed."""

    words: Mapping[str, frozenset[str]]
    status: Mapping[str, str]
    arguments: Arguments
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = frozenset[str]().union(*(self.words[name] for name in _CUES))
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        parsed, words = scene.parsed, self.words
        for text in scene.names("Agreement"):
            yield from self._made_between(scene, text)
        for cue in parsed.places(self.cues):
            word = parsed.lower[cue]
            if parsed.inside[cue] >= 0:
                continue
            if word in words["nouns"]:
                yield from self._listed(scene, cue)
            if word in words["following"]:
                yield from self._following(scene, cue)
            if word in words["parties"]:
                yield from self._as_party(scene, cue)
            if word in words["allies"]:
                yield from self._allies(scene, cue)
            if word in words["inside"] or (
                word in words["together"] and words["integrating"] & set(parsed.lower)
            ):
                yield from self._within(scene, cue)
            if word in words["terms"]:
                yield from self._owned(scene, cue, "term-on", 0.7, status="non-permanent")
            elif word in words["standing"]:
                yield from self._owned(scene, cue, "standing-in", 0.55)
            elif word in words["returns"]:
                yield from self._owned(scene, cue, "return-to", 0.65)

    def _listed(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        parsed = scene.parsed
        last = min(cue + _REACH, len(parsed.words))
        after = (
            range(cue + 2, last) if cue + 1 < last and parsed.lower[cue + 1] in self.words["links"] else ()
        )
        wholes = [
            p for t in after if (p := scene.named(t)) is not None
        ]  # read off the words: dashes mislead parsers
        wholes += [
            p for c in parsed.child(cue, "compound", "nmod", "amod") if (p := scene.named(c)) is not None
        ]
        whole = wholes[0] if wholes else None
        if whole is None or (whole.cls not in _BODIES and whole.cls != "Agreement"):
            return
        start = max(whole.token, cue) + 1
        opened = next(
            (
                t
                for t in range(start, min(start + _GAP, len(parsed.words)))
                if parsed.words[t] in self.words["opens"]
            ),
            None,
        )
        if opened is None:
            return
        states: dict[str, Participant] = {}
        for token in range(opened + 1, len(parsed.words)):
            named = scene.named(token)
            if named is not None and named.cls == "Country":
                states.setdefault(named.entity, named)
            elif parsed.lower[token] not in self.words["between"]:
                break
        predicate = "partyTo" if whole.cls == "Agreement" else "memberOf"
        for state in states.values() if len(states) >= _FEWEST else ():
            yield _candidate(predicate, state, whole, "listed-of", cue, 0.8)

    def _following(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Yield the texts after "ratified the following: …" with the subject of the verb."""
        parsed = scene.parsed
        colon = next((t for t in range(cue, len(parsed.words)) if parsed.words[t] == ":"), None)
        verbs = [t for t in range(cue) if parsed.lower[t] in self.status]
        if colon is None or not verbs:
            return
        heads: list[Participant] = []
        for verb in verbs:
            for token in self.arguments.roles(parsed, verb).get("agent", []):
                heads += [
                    p for p in self.arguments.stand_for(scene, token) if p.cls in {"Country", "Organization"}
                ]
        holders = {p.entity: p for p in heads} or {
            p.entity: p for p in ([scene.author] if scene.author else [])
        }
        status = next((s for v in verbs if (s := self.status[parsed.lower[v]])), "")
        for text in scene.names("Agreement"):
            if text.token > colon:
                for holder in holders.values():
                    yield _candidate("partyTo", holder, text, "following-list", cue, 0.8, status)

    def _made_between(self, scene: Scene, text: Participant) -> Iterator[Candidate]:
        """Read "the Agreement (signed in June) between X and Y", "the Treaty, concluded by X and Y", word by word."""
        parsed = scene.parsed
        made, start = "", text.token + 1
        for token in range(start, min(start + _STEPS, len(parsed.words))):
            word = parsed.lower[token]
            if parsed.inside[token] >= 0 and scene.mentions[parsed.inside[token]].cls not in {
                "Place",
                "Event",
            }:
                return
            if word in self.words["sides"] or (made and word in self.words["makers"]):
                sides = [
                    p
                    for t in self.arguments.company.run(parsed, token + 1)
                    if "in" not in parsed.lower[token + 1 : t]  # "between X and Y in Doha, Qatar"
                    if (p := scene.named(t)) is not None and p.cls in {"Country", "Organization"}
                ]
                if (
                    len(sides) >= _FEWEST
                    or (sides and self._faces_others(parsed, token))
                    or (made and word in self.words["makers"])
                ):
                    for side in sides:
                        yield _candidate(
                            "partyTo", side, text, "made-" + word, token, 0.75, self.status.get(made, "")
                        )
                return
            if word in self.status and parsed.tags[token].startswith("VB"):
                made = word
            elif (
                parsed.tags[token] in {"VBZ", "VBP", "MD", "VBG"}
                or parsed.words[token] in {";", ":"}
                or (parsed.tags[token] in {"VBD", "VBN"} and word not in self.words["linking"])
            ):
                return

    def _faces_others(self, parsed: Parsed, between: int) -> bool:
        """Tell whether the other side of a text is a group without a name: "between the Government of X and the rebels"."""
        after = parsed.lower[between + 1 : between + _STEPS]
        return "and" in after and not self.words["opponents"].isdisjoint(after[after.index("and") :])

    def _as_party(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Yield who acts "as a party to" texts, the subject of the act, else the author; and "we, the signatories of" one."""
        parsed = scene.parsed
        beside = parsed.deps[cue] == "appos" and parsed.mention[parsed.heads[cue]] < 0
        if not beside and "as" not in parsed.lower[max(0, cue - _GAP - 2) : cue]:
            return
        if parsed.lower[cue + 1 : cue + 2] not in (("to",), ("of",)):
            return
        first = next(
            (t for t in range(cue + 2, min(cue + _REACH, len(parsed.words))) if scene.named(t) is not None),
            None,
        )
        verb = next((t for t in parsed.path_up(cue)[1:] if parsed.tags[t].startswith("VB")), None)
        if first is None or verb is None:
            return
        tokens = [*parsed.child(verb, "nsubjpass"), *self.arguments.roles(parsed, verb).get("agent", [])]
        if beside:
            tokens = [parsed.heads[cue]]
        subjects = [p for t in tokens for p in self.arguments.stand_for(scene, t)]
        holders = [p for p in subjects if p.cls == "Country"]
        if not holders and scene.author and not beside:
            holders = [scene.author]
        texts = [p for t in self.arguments.company.run(parsed, first) if (p := scene.named(t)) is not None]
        for holder in holders:
            for text in texts:
                if text.cls == "Agreement":
                    yield _candidate("partyTo", holder, text, "as-party-to", cue, 0.7)

    def _allies(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Yield the speaker of "our NATO allies" as a member."""
        body = scene.named(cue - 1) if cue > 1 else None
        if body is None or body.cls not in _BODIES:
            return
        for speaker in scene.anaphors.get(cue - 2, ()):
            if speaker.cls == "Country":
                yield _candidate("memberOf", speaker, body, "our-allies", cue, 0.7)
        words = scene.parsed.lower
        if cue == 2 and words[0] == "as" and "we" in words[cue : cue + 4] and scene.author:  # both of us
            other = next(
                (p for p in scene.latest if p.cls == "Country" and p.entity != scene.author.entity), None
            )
            if other is not None:
                yield _candidate("memberOf", other, body, "as-allies-we", cue, 0.6)

    def _within(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Yield who does something "within" a body."""
        parsed = scene.parsed
        bodies = [
            p for o in parsed.child(cue, "pobj") if (p := scene.named(o)) is not None and p.cls in _BODIES
        ]
        verb = next((t for t in parsed.path_up(cue)[1:] if parsed.tags[t].startswith("VB")), None)
        if not bodies or verb is None or parsed.lower[verb] not in self.words["acts"]:
            return
        roles = self.arguments.roles(parsed, verb)
        doers = {
            p.entity: p for role in ("agent", "with") for t in roles.get(role, ()) for p in self.arguments.stand_for(scene, t)
            if p.cls == "Country"
        }  # fmt: skip
        for doer in doers.values():
            for body in bodies:
                yield _candidate("memberOf", doer, body, f"act-{parsed.lower[cue]}", cue, 0.55)

    def _owned(self, scene: Scene, cue: int, rule: str, sure: float, status: str = "") -> Iterator[Candidate]:
        """Yield the state that owns a noun, with the body that stands before it or behind its preposition."""
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, cue)
        behind = [t for name in ("in", "on", "to", "within", "at") for t in roles.get(name, ())]
        before = list(parsed.child(cue, "compound", "nmod", "amod"))
        bodies = [p for t in (*before, *behind) for p in self._bodies(scene, t)]
        holders = [
            p
            for t in parsed.child(cue, "poss")
            for p in self.arguments.stand_for(scene, t)
            if p.cls == "Country"
        ]
        holders = holders or [
            p for t in roles.get("of", ()) for p in self.arguments.stand_for(scene, t) if p.cls == "Country"
        ]
        for holder in holders:
            for body in bodies:
                yield _candidate("memberOf", holder, body, rule, cue, sure, status)

    def _bodies(self, scene: Scene, token: int) -> list[Participant]:
        parsed = scene.parsed
        tokens = [
            token,
            *(
                o
                for p in parsed.child(token, "prep")
                if parsed.lower[p] == "of"
                for o in parsed.child(p, "pobj")
            ),
        ]
        found = [p for t in tokens if (p := scene.named(t)) is not None and p.cls in _BODIES]
        return found[:1]


def _candidate(
    predicate: str,
    head: Participant,
    tail: Participant,
    rule: str,
    cue: int,
    confidence: float,
    status: str = "",
) -> Candidate:
    return Candidate(
        predicate=predicate, head=head, tail=tail, rule=rule, cue=cue, confidence=confidence,
        qualifiers=(("status", status),) if status else (), roles=("listed", "of"),
    )  # fmt: skip


def load_listed_parties(folder: Path, arguments: Arguments) -> ListedParties:
    """Read ``listed_parties.toml``; ``acts`` are spelt out in all their forms.

    Raises:
        TableError: The file lacks its examples.
    """
    path = folder / "listed_parties.toml"
    data = read_examined(path)
    keys: tuple[str, ...] = (
        "nouns",
        "links",
        "opens",
        "between",
        "following",
        "allies",
        "inside",
        "together",
        "integrating",
    )
    keys += ("parties", "standing", "terms", "returns", "sides", "makers", "linking", "opponents")
    words = {key: frozenset(data[key]) for key in keys}
    words["acts"] = frozenset(f for lemma in data["acts"] for f in verb_forms(lemma, arguments.irregular))
    return ListedParties(words=words, status=dict(data["status"]), arguments=arguments)
