"""Read who works with whom: ``cooperatesWith``, with the issue they work on.

Three sources: cue words with two sides ("cooperation with", "worked together"), groups that say or do
one thing together ("the two countries agreed"), and names made of their parties ("Japan-U.S. Alliance").
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.frames import Candidate
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.errors import TableError

__all__ = ["Cooperation", "CooperationRule", "load_cooperation"]

_ACTORS = frozenset({"Country", "Organization"})
# An issue term farther from the cue in the tree is somebody else's subject.
_FARTHEST_ISSUE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationRule:
    """A cue with its sides: ``across`` pairs two lists of roles, ``among`` the members of one group.

    ``phrase`` are words one of which must follow within three; ``needs_issue`` asks for an issue term
    in the sentence.
    """

    id: str
    forms: Mapping[str, str]  # surface form -> "VB" or "NN"
    phrase: frozenset[str]
    across: tuple[tuple[str, ...], tuple[str, ...]]
    among: tuple[str, ...]
    needs_issue: bool
    confidence: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """Callable on a scene: candidates for ``cooperatesWith``; settings only.

    ``offices`` gives ``holdsPosition`` candidates (a person speaks for their state), ``parties`` the
    ``partyTo`` and ``participatesIn`` candidates that names entail.
    """

    by_form: Mapping[str, tuple[CooperationRule, ...]]
    largest_group: int
    arguments: Arguments
    offices: Callable[[Scene], Iterable[Candidate]]
    parties: Callable[[Scene], Iterable[Candidate]]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates: first by cue words in order of place, then by names."""
        yield from self._by_cues(scene)
        yield from self._by_names(scene)

    # -- cue words -----------------------------------------------------------------------------------

    def _by_cues(self, scene: Scene) -> Iterator[Candidate]:
        parsed = scene.parsed
        holders: dict[str, Participant] | None = None
        for cue, form in enumerate(parsed.lower):
            rules = self.by_form.get(form)
            if not rules or self._inside_name(scene, cue):
                continue
            if holders is None:
                holders = {c.head.entity: c.tail for c in self.offices(scene)}
            for rule in rules:
                if self._evokes(scene, rule, cue):
                    yield from self._pairs(scene, rule, cue, holders)

    def _inside_name(self, scene: Scene, token: int) -> bool:
        index = scene.parsed.inside[token]
        return index >= 0 and scene.mentions[index].cls != "IssueArea"

    def _evokes(self, scene: Scene, rule: CooperationRule, cue: int) -> bool:
        parsed = scene.parsed
        tag = parsed.tags[cue]
        if not tag.startswith("VB" if rule.forms[parsed.lower[cue]] == "VB" else "NN"):
            return False
        if rule.phrase and not rule.phrase & set(parsed.lower[cue + 1 : cue + 4]):
            return False
        return not rule.needs_issue or bool(scene.names("IssueArea"))

    def _pairs(
        self, scene: Scene, rule: CooperationRule, cue: int, holders: Mapping[str, Participant]
    ) -> Iterator[Candidate]:
        roles = self.arguments.roles(scene.parsed, cue)
        qualifiers = self._issue(scene, cue)

        def pair(one: Participant, other: Participant, how: str) -> Candidate:
            return Candidate(
                predicate="cooperatesWith", head=one, tail=other, rule=f"{rule.id}-{how}", cue=cue,
                qualifiers=qualifiers, confidence=rule.confidence, roles=(how, how),
            )  # fmt: skip

        left = self._fill(scene, roles, rule.across[0], holders)
        right = self._fill(scene, roles, rule.across[1], holders)
        for one in left:
            for other in right:
                if one.entity != other.entity:
                    yield pair(one, other, "across" if one.how != "author" else "author")
        group = self._fill(scene, roles, rule.among, holders)
        if right and 1 < len(left) + len(right) <= self.largest_group:
            group = list({p.entity: p for p in (*group, *left, *right)}.values())
            yield from (pair(a, b, "group") for a, b in combinations(right, 2))
        if 1 < len(group) <= self.largest_group:
            yield from (pair(a, b, "among") for a, b in combinations(group, 2))

    def _fill(
        self, scene: Scene, roles: Mapping[str, Sequence[int]], names: Sequence[str], holders: Mapping[str, Participant]
    ) -> list[Participant]:
        filled: dict[str, Participant] = {}
        for name in names:
            if name.startswith("else:") and filled:
                continue
            role = name.removeprefix("else:")
            if role == "author":
                if scene.author:
                    filled.setdefault(scene.author.entity, scene.author)
                continue
            for token in roles.get(role, ()):
                for p in self.arguments.stand_for(scene, token):
                    actor = holders.get(p.entity) if p.cls == "Person" else p
                    if actor is not None and actor.cls in _ACTORS:
                        filled.setdefault(actor.entity, actor)
        return list(filled.values())

    def _issue(self, scene: Scene, cue: int) -> tuple[tuple[str, str], ...]:
        """Give the issue nearest to the cue in the tree, the one behind it first among equals."""
        parsed = scene.parsed
        near = [(parsed.distance(cue, p.token), p.token < cue, p.token, p.entity) for p in scene.names("IssueArea")]
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
            unsaid = any(c.head.how == "author" for c in found)
            rule = f"name-{cls.lower()}" + ("-with" if unsaid else "")
            for a, b in combinations(found, 2):
                if a.head.entity != b.head.entity:
                    yield Candidate(
                        predicate="cooperatesWith", head=a.head, tail=b.head, rule=f"cooperation-{rule}", cue=cue,
                        qualifiers=self._issue(scene, cue), confidence=0.6, roles=("name", "name"),
                    )  # fmt: skip


def load_cooperation(
    folder: Path,
    arguments: Arguments,
    *,
    offices: Callable[[Scene], Iterable[Candidate]],
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
            raise TableError(path, row["id"], "has no examples or counter_examples", "add at least one of each")
        forms = {form: "NN" for noun in row.get("nouns", []) for form in (noun, noun + "s")}
        forms |= {form: "VB" for lemma in row.get("verbs", []) for form in verb_forms(lemma, arguments.irregular)}
        left, right = row.get("across", ([], []))
        rule = CooperationRule(
            id=row["id"],
            forms=forms,
            phrase=frozenset(row.get("phrase", [])),
            across=(tuple(left), tuple(right)),
            among=tuple(row.get("among", [])),
            needs_issue=row.get("needs_issue", False),
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
        offices=offices,
        parties=parties,
    )
