"""Pair the participants of a sentence and describe each pair by features that a person can read.

The features serve the ranker (:mod:`diplograph.extract.ranking`): which rules fired for the pair, the path
between its words in the dependency tree, the words that govern them, what stands between.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import Final, Literal

from diplograph.extract.candidates import Candidate
from diplograph.extract.listing import lists_of
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.model import SIGNATURES, SYMMETRIC_RELATIONS

__all__ = ["STANDINGS", "SURE", "Pair", "Standing", "pair_up", "standing", "stem"]

Standing = Literal["sure", "unsure", "pair"]

# How a claim stands with the rules, best first: a rule is sure of it, rules only suggest it, none proposes it.
STANDINGS: Final[tuple[Standing, ...]] = ("sure", "unsure", "pair")

# From this confidence on a rule's proposal is a claim by itself.
SURE: Final = 0.5

_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ied",
    "ies",
    "ed",
    "es",
    "s",
    "e",
)
# Function words tell nothing of the relation when they stand between two names.
_COMMON_TAGS = frozenset({"DT", "IN", "TO", "CC", "PRP", "PRP$", "WDT", "MD", "EX", "POS"})
# Sentences that name more are lists: pairing all with all would cost much and say little.
_MOST_PARTICIPANTS = 24
# So many words before a name are looked at.
_BEFORE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two participants, what the rules propose for them, and the features they share over all relations.

    ``relations`` are the relations whose classes fit; ``proposals`` the candidates of the rules by relation;
    ``shared`` the features that all pairs of the sentence have, ``own`` those of this pair.
    """

    head: Participant
    tail: Participant
    relations: tuple[str, ...]
    proposals: Mapping[str, tuple[Candidate, ...]]
    shared: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """All features of the pair; one that counts twice is there twice."""
        return self.shared + self.own


def standing(proposals: Sequence[Candidate]) -> Standing:
    """Say how sure the rules are of a claim, by what they propose for it."""
    if not proposals:
        return "pair"
    return "sure" if any(c.confidence >= SURE for c in proposals) else "unsure"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Cut the commonest endings off a word: crude, fast, and the same everywhere."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def pair_up(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Pair]:
    """Yield the ordered pairs of participants for which some relation is possible, in a fixed order."""
    proposals: dict[tuple[str, str], dict[str, list[Candidate]]] = {}
    for c in candidates:
        key = (c.head.entity, c.tail.entity)
        if c.predicate in SYMMETRIC_RELATIONS and key[0] > key[1]:
            key = (key[1], key[0])
        proposals.setdefault(key, {}).setdefault(c.predicate, []).append(c)
    participants = _participants(scene, candidates)
    shared = tuple(_sentence_features(scene))
    describe = _Describer(scene, proposals)
    crowded = len(participants) > _MOST_PARTICIPANTS
    for head in participants:
        for tail in participants:
            if head.entity == tail.entity:
                continue
            relations = _possible(head.cls, tail.cls, head.entity < tail.entity)
            if not relations:
                continue
            proposed = proposals.get((head.entity, tail.entity), {})
            if not proposed and (crowded or (head.token < 0 and tail.token < 0)):
                continue
            yield Pair(
                head=head,
                tail=tail,
                relations=relations,
                proposals={r: tuple(c) for r, c in sorted(proposed.items())} if proposed else {},
                shared=shared,
                own=tuple(describe(head, tail, proposed)),
            )


@cache  # of classes there are few
def _possible(head: str, tail: str, ordered: bool) -> tuple[str, ...]:
    """Give the relations that classes can stand in; one without direction is told of the lesser id alone."""
    return tuple(r for r in SIGNATURES.get((head, tail), ()) if ordered or r not in SYMMETRIC_RELATIONS)


def _participants(scene: Scene, candidates: Sequence[Candidate]) -> list[Participant]:
    found: dict[str, Participant] = {}
    for p in scene.names():
        found.setdefault(p.entity, p)
    for _, stood_for in sorted(scene.anaphors.items()):
        for p in stood_for:
            found.setdefault(p.entity, p)
    for c in candidates:
        for p in (c.head, c.tail):
            found.setdefault(p.entity, _here(scene, p))
    if scene.author:
        found.setdefault(scene.author.entity, scene.author)
    for p in scene.topic:
        found.setdefault(p.entity, Participant(entity=p.entity, cls=p.cls, token=-1, how="topic"))
    return list(found.values())


def _here(scene: Scene, p: Participant) -> Participant:
    """Give a participant its token only if that token of this sentence stands for it."""
    if 0 <= p.token < len(scene.parsed.words):
        named = scene.named(p.token)
        if named is not None and named.entity == p.entity:
            return p
        if any(q.entity == p.entity for q in scene.anaphors.get(p.token, ())):
            return p
    return p if p.token < 0 else Participant(entity=p.entity, cls=p.cls, token=-1, how=p.how)


def _sentence_features(scene: Scene) -> list[str]:
    parsed = scene.parsed
    features = [f"root={stem(parsed.lower[i])}" for i, head in enumerate(parsed.heads) if head == i][:1]
    words = {
        stem(w)
        for w, inside in zip(parsed.lower, parsed.inside, strict=True)
        if inside < 0 and len(w) > 3 and w.isalpha()
    }
    features += [f"says={w}" for w in sorted(words)]
    return features


class _Describer:
    """Callable that describes pairs of one sentence; what is told of a single token is told once."""

    def __init__(
        self, scene: Scene, proposals: Mapping[tuple[str, str], Mapping[str, Sequence[Candidate]]]
    ) -> None:
        """Take the sentence and what the rules propose for all its pairs."""
        self._scene = scene
        self._heads: dict[str, dict[str, list[str]]] = {}
        self._tails: dict[str, dict[str, list[str]]] = {}
        for (head, tail), proposed in proposals.items():
            for relation in proposed:
                self._heads.setdefault(tail, {}).setdefault(relation, []).append(head)
                self._tails.setdefault(head, {}).setdefault(relation, []).append(tail)
        self._author = scene.author.entity if scene.author else ""
        self._ends: dict[tuple[str, int], list[str]] = {}
        self._ups: dict[int, tuple[int, ...]] = {}
        self._on_way: dict[tuple[int, str], tuple[str, str]] = {}
        self._who: dict[tuple[str, str], tuple[str, ...]] = {}
        self._verbs: dict[int, tuple[int, str]] = {}
        self._classes_before: dict[str, list[int]] = {}
        self._lists = lists_of(scene.parsed)

    def __call__(
        self, head: Participant, tail: Participant, proposed: Mapping[str, Sequence[Candidate]]
    ) -> list[str]:
        """Give the features of a pair, in a fixed order."""
        classes = f"{head.cls}>{tail.cls}"
        features = ["always", f"classes={classes}", f"how={head.how}>{tail.how}"]
        if self._author:
            if head.entity == self._author:
                features.append("head=author")
            if tail.entity == self._author:
                features.append("tail=author")
        features += self._named("head", head)
        features += self._named("tail", tail)
        if self._scene.listed is not None:
            features += self._scene.listed(head.entity, tail.entity)
        for relation, candidates in sorted(proposed.items()):
            for c in candidates:
                features.append(f"rule={relation}:{c.rule}")
                features.append(f"rule={relation}:{c.rule}:{c.roles[0]}>{c.roles[1]}")
            features.append(f"proposed={relation}")
        if not proposed:
            features.append("proposed=none")
        features += self._rivals(head.entity, tail.entity)
        one, other = self._firsts(head.token, tail.token)
        if head.token >= 0:
            features += self._end("head", one)
        if tail.token >= 0:
            features += self._end("tail", other)
            if head.token >= 0 and head.token != tail.token:
                features += self._way(head, tail, classes)
        return features

    def _firsts(self, head: int, tail: int) -> tuple[int, int]:
        """Give for each of two tokens the first of the list it stands in, unless that is one list."""
        one, other = self._lists.get(head), self._lists.get(tail)
        if one == other:
            return head, tail
        return (one[0] if one else head), (other[0] if other else tail)

    def _nearest(self, head: int, tail: int) -> tuple[int, int]:
        """Give for each of two tokens that one of its list that is the nearest to the other one."""
        one, other = self._lists.get(head), self._lists.get(tail)
        if one == other:
            return head, tail
        if head < tail:
            return (one[1] if one else head), (other[0] if other else tail)
        return (one[0] if one else head), (other[1] if other else tail)

    def _named(self, name: str, p: Participant) -> tuple[str, ...]:
        """Say who or what a participant is, and the last word of its full name."""
        found = self._who.get((name, p.entity))
        if found is None:
            if p.cls == "IssueArea":
                found = (f"{name}={p.entity}",)
            else:
                found = (f"{name}={p.entity}", f"{name}.kind={p.entity.partition('/')[2].rpartition('-')[2]}")
            self._who[name, p.entity] = found
        return found

    def _rivals(self, head: str, tail: str) -> Iterator[str]:
        """Say for which relations the rules propose one end of a pair with somebody else."""
        for relation, heads in self._heads.get(tail, {}).items():
            if any(h != head for h in heads):
                yield f"other.head={relation}"
        for relation, tails in self._tails.get(head, {}).items():
            if any(t != tail for t in tails):
                yield f"other.tail={relation}"

    def _verb(self, token: int) -> tuple[int, str]:
        """Give the nearest verb above a token, and how what hangs on the verb there hangs on it; -1 if none."""
        found = self._verbs.get(token)
        if found is None:
            parsed = self._scene.parsed
            found, below = (-1, ""), token
            for above in self._up(token)[1:]:
                if parsed.tags[above].startswith("VB"):
                    found = above, f"{self._stems[above]}/{parsed.deps[below]}"
                    break
                below = above
            self._verbs[token] = found
        return found

    def _before(self, cls: str) -> list[int]:
        """How many tokens head a name of a class before each."""
        found = self._classes_before.get(cls)
        if found is None:
            mentions = self._scene.mentions
            is_one = [m >= 0 and mentions[m].cls == cls for m in self._scene.parsed.mention]
            found = self._classes_before[cls] = [0, *accumulate(is_one)]
        return found

    @cached_property
    def _stems(self) -> list[str]:
        return [stem(word) for word in self._scene.parsed.lower]

    @cached_property
    def _between(self) -> list[str]:
        """What each token tells that stands between two names, or an empty string."""
        parsed = self._scene.parsed
        return [
            f"between.word={word}" if tag not in _COMMON_TAGS and lower.isalpha() else ""
            for word, tag, lower in zip(self._stems, parsed.tags, parsed.lower, strict=True)
        ]

    @cached_property
    def _names_before(self) -> list[int]:
        """How many tokens head a name before each."""
        return [0, *accumulate([m >= 0 for m in self._scene.parsed.mention])]

    def _end(self, name: str, token: int) -> list[str]:
        """Describe one end of a pair: what governs it in the tree."""
        found = self._ends.get((name, token))
        if found is None:
            parsed, stems = self._scene.parsed, self._stems
            governor = parsed.heads[token]
            above = parsed.heads[governor]
            found = [
                f"{name}.governor={stems[governor]}/{parsed.deps[token]}",
                f"{name}.above={stems[above]}/{parsed.deps[governor]}",
                f"{name}.label={parsed.deps[token]}",
            ]
            if (index := parsed.mention[token]) >= 0:
                found.append(f"{name}.last={self._scene.mentions[index].text.rsplit(None, 1)[-1].lower()}")
            if verb := self._verb(token)[1]:
                found.append(f"{name}.verb={verb}")
            found += self._beside(name, token)
            self._ends[name, token] = found
        return found

    def _beside(self, name: str, token: int) -> Iterator[str]:
        """Tell the words next to a name, or to the list that begins with it: two before, one behind."""
        parsed, stems = self._scene.parsed, self._stems
        first, last = self._lists.get(token, (token, token))
        inside = parsed.inside[first]
        before = [
            stems[t]
            for t in range(max(0, first - _BEFORE), first)
            if parsed.tags[t] != "DT" and (inside < 0 or parsed.inside[t] != inside)
        ][-2:]
        behind = last + 1
        while (
            behind < len(stems)
            and parsed.inside[behind] >= 0
            and parsed.inside[behind] == parsed.inside[last]
        ):
            behind += 1
        yield f"{name}.before={before[-1] if before else ''}"
        if len(before) > 1:
            yield f"{name}.before={before[0]} {before[1]}"
        yield f"{name}.behind={stems[behind] if behind < len(stems) else ''}"

    def _up(self, token: int) -> tuple[int, ...]:
        found = self._ups.get(token)
        if found is None:
            found = self._ups[token] = self._scene.parsed.path_up(token)
        return found

    def _passed(self, token: int, classes: str) -> tuple[str, str]:
        """Describe a word on the way through the tree between names of two classes."""
        found = self._on_way.get((token, classes))
        if found is None:
            word = f"path.word={self._stems[token]}"
            found = self._on_way[token, classes] = (word, f"{word}:{classes}")
        return found

    def _way(self, first: Participant, second: Participant, classes: str) -> list[str]:
        """Describe the way from head to tail through the tree, and what stands between them."""
        parsed = self._scene.parsed
        head, tail = self._firsts(first.token, second.token)
        deps = parsed.deps
        up, top, down = _path(self._up(head), self._up(tail))
        labels = [*[deps[t] for t in up], "^", *[deps[t] for t in reversed(down)]]
        length = len(up) + len(down)
        features = ["path=" + "/".join(labels[:9]), f"path.length={min(length, 12) // 2 * 2}"]
        inside = top >= 0 and top not in (head, tail)
        for t in up[1:]:
            features += self._passed(t, classes)
        for t in down[1:]:
            features += self._passed(t, classes)
        if inside:
            features += self._passed(top, classes)
            ends = f"{deps[up[-1]] if up else ''}>{deps[down[-1]] if down else ''}"
            features.append(f"path.top={self._stems[top]}:{ends}")
        else:
            features.append("path.top=head" if top == head else "path.top=tail")
        one, other = self._verb(head)[0], self._verb(tail)[0]
        head, tail = self._nearest(first.token, second.token)
        gap = tail - head
        features.append("order=head-first" if gap > 0 else "order=tail-first")
        features.append("gap=near" if abs(gap) < 4 else "gap=middle" if abs(gap) < 12 else "gap=far")
        low, high = (head, tail) if gap > 0 else (tail, head)
        if high - low <= 6:
            features.append("between=" + " ".join(parsed.lower[low + 1 : high]))
        features += filter(None, self._between[low + 1 : min(high, low + 13)])
        names = self._names_before[high] - self._names_before[low + 1]
        features.append(f"between.names={min(names, 4)}")
        for name, cls in (("heads", first.cls), ("tails", second.cls)):
            before = self._before(cls)
            features.append(f"between.{name}={min(before[high] - before[low + 1], 3)}")
        if one >= 0 and other >= 0:
            if one == other:
                features.append("verbs=same")
            elif one in self._up(other):
                features.append("verbs=head-above")
            else:
                features.append("verbs=tail-above" if other in self._up(one) else "verbs=apart")
        return features


def _path(up: tuple[int, ...], down: tuple[int, ...]) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """Give the tokens below the lowest common ancestor on either side, and the ancestor (-1 if none)."""
    for i, t in enumerate(up):
        if t in down:
            return up[:i], t, down[: down.index(t)]
    return up, -1, down
