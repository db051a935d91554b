"""Read who works with whom: ``cooperatesWith``, with the issue they work on.

Three sources: cue words with two sides ("cooperation with", "worked together"), groups that say or do
one thing together ("the two countries agreed"), and names made of their parties ("Japan-U.S. Alliance").
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.errors import TableError

__all__ = ["Cooperation", "CooperationRule", "load_cooperation"]

_ACTORS = frozenset({"Country", "Organization"})
# Who can be said to do something, so that it is not the author who does it.
_DOERS = _ACTORS | {"Programme", "Forum", "Event", "Person"}
# "X is a partner of Y": both roles may give both.
_PAIR = 2
# An issue term farther from the cue in the tree is somebody else's subject.
_FARTHEST_ISSUE = 6
# "explore / opportunities / for / cooperation": words higher up govern something else.
_FARTHEST_PROSPECT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationRule:
    """A cue with its sides: ``across`` pairs two lists of roles, ``among`` the members of one group.

    ``phrase`` are words one of which must follow within three, ``needs`` words one of which must stand in
    the sentence; ``needs_issue`` asks for an issue term in it, ``leader`` for a single actor on one side;
    ``before`` are words one of which must stand right before the cue and what belongs to it; ``classes`` limits the
    actors of ``across``, ``bodies`` those of its second list to organizations.
    """

    id: str
    forms: Mapping[str, str]  # surface form -> how its tag begins: "VB", "NN", "JJ" or "RB"
    phrase: frozenset[str]
    needs: frozenset[str]
    across: tuple[tuple[str, ...], tuple[str, ...]]
    among: tuple[str, ...]
    needs_issue: bool
    leader: bool
    before: frozenset[str]
    bodies: bool
    classes: frozenset[str]
    confidence: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """Callable on a scene: candidates for ``cooperatesWith``; settings only.

    ``parties`` gives the ``partyTo`` and ``participatesIn`` candidates that names entail; below one of
    ``prospects`` ("explores opportunities for") nothing is read.
    """

    by_form: Mapping[str, tuple[CooperationRule, ...]]
    largest_group: int
    arguments: Arguments
    prospects: frozenset[str]
    thanking: frozenset[str]
    hostile_names: frozenset[str]
    parties: Callable[[Scene], Iterable[Candidate]]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cues", frozenset(self.by_form))

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates: first by cue words in order of place, then by names."""
        yield from self._by_cues(scene)
        yield from self._by_names(scene)

    # -- cue words -----------------------------------------------------------------------------------

    def _by_cues(self, scene: Scene) -> Iterator[Candidate]:
        for cue in scene.parsed.places(self.cues):
            for rule in self.by_form[scene.parsed.lower[cue]]:
                if self._evokes(scene, rule, cue):
                    yield from self._pairs(scene, rule, cue)

    def _evokes(self, scene: Scene, rule: CooperationRule, cue: int) -> bool:
        parsed = scene.parsed
        index = parsed.inside[cue]
        if index >= 0 and scene.mentions[index].cls != "IssueArea":
            return False
        if not parsed.tags[cue].startswith(rule.forms[parsed.lower[cue]]):
            return False
        if rule.before and parsed.lower[min((*parsed.children[cue], cue)) - 1] not in rule.before:
            return False
        if rule.phrase and not rule.phrase & set(parsed.lower[cue + 1 : cue + 4]):
            return False
        if rule.needs and not rule.needs & set(parsed.lower):
            return False
        if rule.needs_issue and not scene.names("IssueArea"):
            return False
        return not any(parsed.lower[t] in self.prospects for t in parsed.path_up(cue)[1:_FARTHEST_PROSPECT])

    def _pairs(self, scene: Scene, rule: CooperationRule, cue: int) -> Iterator[Candidate]:
        parsed = scene.parsed
        governor = parsed.heads[cue] if parsed.tags[cue].startswith(("RB", "JJ")) else cue
        roles = self._roles(scene, governor)
        qualifiers = self._issue(scene, cue)

        def pair(one: Participant, other: Participant, how: str) -> Candidate:
            return Candidate(
                predicate="cooperatesWith", head=one, tail=other, rule=f"{rule.id}-{how}", cue=cue,
                qualifiers=qualifiers, confidence=rule.confidence, roles=(how, how),
            )  # fmt: skip

        right = [p for p in self._fill(scene, roles, rule.across[1]) if p.cls in rule.classes]
        if rule.bodies:
            right = [p for p in right if p.cls == "Organization"]
        if right:
            left = [p for p in self._fill(scene, roles, rule.across[0]) if p.cls in rule.classes]
            here, there = {p.entity for p in left}, {p.entity for p in right}
            alone = (
                here == there and len(here) == 1
            )  # "our friends, among them X, have ties with our country"
            adverb = parsed.tags[cue].startswith("RB")  # "a text adopted jointly with X and Y"
            if alone or (left and adverb and here <= there):
                subject = {"agent": roles.get("subject", ())}
                left = [p for p in self._fill(scene, subject, ("agent",)) if p.cls in rule.classes]
            crowd = len(here - there) > 1 < len(there) or (here == there and len(here) > _PAIR)
            if rule.leader and crowd:
                return
            for one in left:
                for other in right:
                    if one.entity != other.entity:
                        yield pair(one, other, "author" if one.how == "author" else "across")
            return
        group = self._fill(scene, roles, rule.among)
        if not self.thanking.isdisjoint(parsed.lower[t] for t in parsed.path_up(cue)):
            group = [
                p for p in group if p.how != "anaphor"
            ]  # "thanked X and Y for their cooperation": with whom?
        unsaid = parsed.tags[cue] in {"VBG", "VB"} and all(p.token > cue for p in group)
        if 1 < len(group) <= self.largest_group and not unsaid:  # "noting that X and Y had ratified it"
            how = "among-them" if any(p.how == "anaphor" for p in group) else "among"
            yield from (pair(a, b, how) for a, b in combinations(group, 2))

    def _roles(self, scene: Scene, cue: int) -> dict[str, list[int]]:
        """Give the roles of a cue, and five of our own.

        ``self`` is the cue with its appositions and examples ("partners such as X"), ``copula`` the subject
        of which it is said ("X is a partner"), ``modifier`` what stands before it ("UN peacekeeping"),
        ``subject`` the subject of the clause it stands in, ``doing`` who does a thing with its help.
        """
        parsed = scene.parsed
        roles = self.arguments.roles(parsed, cue)
        roles["self"] = [cue]
        roles["modifier"] = list(parsed.child(cue, "compound", "nmod", "amod"))
        head = parsed.heads[cue]
        if parsed.deps[cue] == "pobj" and parsed.lower[head] == "in" and (doers := self._doing(scene, head)):
            roles["agent"] = doers
        if parsed.deps[cue] == "pobj":
            roles["doing"] = self._doing(scene, head)
        for clause in parsed.child(cue, "relcl"):  # "the joint patrols that X and Y have been conducting"
            roles.setdefault("agent", []).extend(parsed.child(clause, "nsubj"))
        if parsed.deps[cue] == "attr":
            roles["copula"] = list(parsed.child(head, "nsubj"))
        if parsed.deps[cue] == "appos":  # "X and Y, our partners"
            roles["copula"] = [head]
        for token in parsed.path_up(cue)[1:]:
            if parsed.tags[token].startswith("VB") and (subjects := parsed.child(token, "nsubj")):
                roles["subject"] = list(subjects)
                break
        return roles

    def _doing(self, scene: Scene, prep: int) -> list[int]:
        """Give who does a thing "in cooperation with" others: the actor right before, else of the verb above."""
        parsed = scene.parsed
        before = prep - 1
        while before >= 0 and parsed.words[before] in {",", ")", "("}:
            before -= 1
        named = scene.named(before) if before >= 0 else None
        if named is not None and named.cls in _ACTORS and parsed.deps[before] in {"nsubj", "nsubjpass"}:
            return [before]
        for verb in parsed.path_up(prep):
            if parsed.tags[verb].startswith("VB"):
                by = [o for a in parsed.child(verb, "agent") for o in parsed.child(a, "pobj")]
                doers = by or list(self.arguments.roles(parsed, verb).get("agent", ()))
                known = [t for t in doers if self.arguments.stand_for(scene, t)]
                return known if by or known else []
        return []

    def _fill(
        self, scene: Scene, roles: Mapping[str, Sequence[int]], names: Sequence[str]
    ) -> list[Participant]:
        filled: dict[str, Participant] = {}
        for name in names:
            if name.startswith("else:") and filled:
                continue
            role = name.removeprefix("else:")
            if role == "author":
                others = self._spoken_for(scene, roles.get("subject", ()))
                if scene.author and not others:
                    filled.setdefault(scene.author.entity, scene.author)
                for p in others:
                    if p.cls in _ACTORS and p.how == "name":
                        filled.setdefault(p.entity, p)
                continue
            for token in roles.get(role, ()):
                for p in self.arguments.stand_for(scene, token):
                    if role == "self" and p.how != "name":
                        continue
                    actor = scene.speakers.get(p.entity, p) if p.cls == "Person" else p
                    if actor.cls in _ACTORS:
                        filled.setdefault(actor.entity, actor)
        return list(filled.values())

    def _spoken_for(self, scene: Scene, subject: Sequence[int]) -> list[Participant]:
        """Give the doers that a clause names, if the author is not among them ("the Facility works with X")."""
        those = [p for t in subject for p in self.arguments.stand_for(scene, t) if p.cls in _DOERS]
        ours = {scene.author.entity} if scene.author else set()
        return [] if any(scene.speakers.get(p.entity, p).entity in ours for p in those) else those

    def _issue(self, scene: Scene, cue: int) -> tuple[tuple[str, str], ...]:
        """Give the issue nearest to the cue in the tree, the one behind it first among equals."""
        parsed = scene.parsed
        near = [
            (parsed.distance(cue, p.token), p.token < cue, p.token, p.entity)
            for p in scene.names("IssueArea")
        ]
        near = [n for n in near if n[0] <= _FARTHEST_ISSUE]
        return (("issue", min(near)[3]),) if near else ()

    # -- names ---------------------------------------------------------------------------------------

    def _by_names(self, scene: Scene) -> Iterator[Candidate]:
        """Pair the parties of each name that is made of them."""
        if not any(m.cls in {"Event", "Forum", "Agreement"} for m in scene.mentions):
            return
        groups: dict[tuple[int, str], list[Candidate]] = {}
        for c in self.parties(scene):
            if c.predicate in {"partyTo", "participatesIn"} and c.head.cls in _ACTORS:
                groups.setdefault((c.cue, c.tail.cls), []).append(c)
        for (cue, cls), found in groups.items():
            if not 1 < len(found) <= 4:
                continue
            name = scene.mentions[scene.parsed.mention[cue]].text.lower()
            if any(word in self.hostile_names for word in name.split()):
                continue
            if any(c.head.how == "author" for c in found):  # "the 9th Dialogue with Canada": a mere occasion
                continue
            rule = f"name-{cls.lower()}"
            for a, b in combinations(found, 2):
                if a.head.entity != b.head.entity:
                    yield Candidate(
                        predicate="cooperatesWith",
                        head=a.head,
                        tail=b.head,
                        rule=f"cooperation-{rule}",
                        cue=cue,
                        qualifiers=self._issue(scene, cue),
                        confidence=0.6,
                        roles=("name", "name"),
                    )


def load_cooperation(
    folder: Path,
    arguments: Arguments,
    *,
    parties: Callable[[Scene], Iterable[Candidate]],
) -> Cooperation:
    """Read ``cooperation.toml``.

    Raises:
        TableError: A rule lacks its examples.
    """
    path = folder / "cooperation.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    by_form: dict[str, list[CooperationRule]] = {}
    for row in data["rule"]:
        if not row.get("examples") or not row.get("counter_examples"):
            raise TableError(
                path, row["id"], "has no examples or counter_examples", "add at least one of each"
            )
        forms = {form: "NN" for noun in row.get("nouns", []) for form in (noun, noun + "s")}
        forms |= {
            form: "VB" for lemma in row.get("verbs", []) for form in verb_forms(lemma, arguments.irregular)
        }
        forms |= dict.fromkeys(row.get("adverbs", []), "RB") | dict.fromkeys(row.get("adjectives", []), "JJ")
        left, right = row.get("across", ([], []))
        rule = CooperationRule(
            id=row["id"],
            forms=forms,
            phrase=frozenset(row.get("phrase", [])),
            needs=frozenset(row.get("needs", [])),
            across=(tuple(left), tuple(right)),
            among=tuple(row.get("among", [])),
            needs_issue=row.get("needs_issue", False),
            leader=row.get("leader", False),
            before=frozenset(row.get("before", [])),
            bodies=row.get("bodies", False),
            classes=frozenset(row.get("classes", _ACTORS)),
            confidence=float(row["confidence"]),
            examples=tuple(row["examples"]),
            counter_examples=tuple(row["counter_examples"]),
        )
        for form in forms:
            by_form.setdefault(form, []).append(rule)
    return Cooperation(
        by_form={form: tuple(rules) for form, rules in sorted(by_form.items())},
        largest_group=data["largest_group"],
        arguments=arguments,
        prospects=frozenset(data["prospects"]),
        thanking=frozenset(data["thanking"]),
        hostile_names=frozenset(data["hostile_names"]),
        parties=parties,
    )
